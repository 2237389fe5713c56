"""What the accessibility statement says: a list that is kept by hand and must be reviewed.

A test fails when ``REVIEWED_ON`` is more than a year ago (lag 2018:1937, 13 §,
and MDFFS 2019:2: the statement is reviewed at least once a year).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASSESSED_ON = date(2026, 11, 21)
REVIEWED_ON = date(2026, 11, 21)


@dataclass(frozen=True)
class Gap:
    """Something that does not fulfil the law yet: what, whom it hinders, what to do instead."""

    what: str | Promise
    criterion: str
    instead: str | Promise


GAPS = (
    Gap(
        _("The service has not been tried by people who use screen readers, magnification or voice control."),
        "EN 301 549",
        _("Tell us what does not work, and we help you by phone."),
    ),
    Gap(
        _("The pages are in Swedish only. There is no easy-to-read version and no sign language."),
        "WCAG 3.1.5",
        _("Ask your contact person for an interpreter, or to go through the page with you."),
    ),
    Gap(
        _("Words that staff have written in another language are not marked as such."),
        "WCAG 3.1.2",
        _("Ask your contact person to read the text to you."),
    ),
    Gap(
        _("The plan as a PDF is tagged for screen readers but has not been checked by a person with one."),
        "EN 301 549, 10",
        _("The same content stands on the page of the plan."),
    ),
)
