"""Each figure with its words: what it counts, and what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from steering.queries import Figures
from steering.rules import LEAST, LEAST_BASE


@dataclass(frozen=True)
class Card:
    """A figure as the page shows it. ``value`` is empty where it is too small,
    and ``hidden`` says why."""

    key: str
    title: Promise
    value: str
    unit: str
    hidden: str
    counts: Promise
    silent_on: Promise


def cards_of(figures: Figures) -> list[Card]:
    """The six cards, in the order of the work with a child."""
    return [
        _count(
            "signals",
            figures.signals,
            _("Signals"),
            _("Times somebody in a unit wrote down that a child may need something more, and said so here."),
            _(
                "Not how many children need help. More signals can mean that units see more, and that is good."
            ),
        ),
        _count(
            "cases_opened",
            figures.cases_opened,
            _("Cases opened"),
            _("Cases that began, because the guardians said yes to the signal being sent on."),
            _("Not how it went. A child who gets help without a case is not counted."),
        ),
        _days(
            figures.days_to_plan,
            _("From signal to agreed plan"),
            _(
                "Half of the plans agreed in the period took this long or less, "
                "counted from the first signal about the child."
            ),
            _("Not why it took the time it took. Cases that never got a plan are not counted."),
        ),
        _count(
            "plans_in_force",
            figures.plans_in_force,
            _("Plans in force"),
            _(
                "Plans on the last day of the period: agreed, in an open case, with consent where "
                "several units take part, and nobody in the family has said no."
            ),
            _("Not whether the help is given as the plan says."),
        ),
        _share(
            figures.followed_up_in_time,
            _("Followed up in time"),
            _("Of the follow-ups that were due in the period, those held on the day agreed or before."),
            _("Not whether the follow-up was a good one. One held a day late counts as late."),
        ),
        _count(
            "goals_reached",
            figures.goals_reached,
            _("Closed with goals reached"),
            _("Cases closed in the period because the goals of the plan were reached."),
            _("Not how children do afterwards. Cases that ended for another reason are not failures."),
        ),
    ]


def _count(key: str, count: int | None, title: Promise, counts: Promise, silent_on: Promise) -> Card:
    hidden = str(_("fewer than %(least)d")) % {"least": LEAST}
    value, unit = ("", "") if count is None else (str(count), str(_("about")))
    return Card(key, title, value, unit, "" if value else hidden, counts, silent_on)


def _days(days: int | None, title: Promise, counts: Promise, silent_on: Promise) -> Card:
    hidden = str(_("fewer than %(least)d plans")) % {"least": LEAST}
    value, unit = ("", "") if days is None else (str(days), ngettext("day", "days", days))
    return Card("days_to_plan", title, value, unit, "" if value else hidden, counts, silent_on)


def _share(percent: int | None, title: Promise, counts: Promise, silent_on: Promise) -> Card:
    hidden = str(_("fewer than %(base)d follow-ups")) % {"base": LEAST_BASE}
    value, unit = ("", "") if percent is None else (str(percent), "%")
    return Card("followed_up_in_time", title, value, unit, "" if value else hidden, counts, silent_on)
