"""A note as plain text, to be pasted into a journal."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.models import Version
from cases.queries.entries import text_of
from kit import dates
from web.desk.events import title_of


def journal_text(version: Version) -> str:
    """What it is, when and by whom, the text as it was written, and where it comes from.

    Neither name nor number of the child: the journal that it is pasted into is the child's already,
    and what lies in a clipboard can be pasted elsewhere.
    """
    who = ", ".join(filter(None, (version.author_name, version.author_title, version.unit_name)))
    source = _("Written %(instant)s in the service that the child's units share.") % {
        "instant": dates.instant(version.written_at)
    }
    head = f"{title_of(version)}, {dates.in_words(version.happened_on)}\n{who}"
    return f"{head}\n\n{text_of(version).strip()}\n\n{source}"
