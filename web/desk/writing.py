"""What the pages on which one writes share: drafts, refused files, refusals that keep the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.services.drafts import discard_draft, draft_of
from kit import dates
from kit.errors import Refused
from kit.forms import BaseForm
from web.desk.case_page import CasePage
from web.desk.drafts import draft_url

T = TypeVar("T")

DISCARD = "discard"


@dataclass(frozen=True)
class Typing:
    """The draft of one form: what was typed, when, and where more is posted."""

    page: CasePage
    target: str
    fields: dict[str, Any]
    saved_at: datetime | None

    @property
    def url(self) -> str:
        """Where every pause posts the form."""
        return draft_url(self.target, self.page.case.pk)

    @property
    def notice(self) -> str:
        """That there is a draft, and from when; empty where there is none."""
        if self.saved_at is None:
            return ""
        today = dates.as_day(self.saved_at) == self.page.actor.today
        when = dates.clock(self.saved_at) if today else dates.instant(self.saved_at)
        return _("You have a draft from %(time)s.") % {"time": when}

    def discard(self) -> None:
        """Forget it."""
        discard_draft(case_id=self.page.case.pk, target=self.target, by=self.page.actor)


def typing(page: CasePage, target: str) -> Typing:
    """The actor's draft of this form. Who may read is never taken from a draft."""
    draft = draft_of(case_id=page.case.pk, target=target, actor=page.actor)
    kept = draft.fields if draft else {}
    fields = {key: value for key, value in kept.items() if isinstance(value, str) and key != "audience"}
    return Typing(page, target, fields, draft.saved_at if draft else None)


def is_whole(form: BaseForm, request: HttpRequest) -> bool:
    """Whether the form can be saved. Files are refused; the text is kept."""
    valid = form.is_valid()
    if not request.FILES:
        return valid
    form.add_error(None, _("Files can't be sent here, so the file was not saved. Your text is still here."))
    return False


def attempt(form: BaseForm, action: Callable[[], T]) -> T | None:
    """What the service answers; ``None`` with the reason in the form if it refuses."""
    try:
        return action()
    except Refused as refused:
        form.refuse(refused)
        return None
