"""Within how many working days each step is to be done, as each municipality sets it.

The first numbers come with the installation; a municipality's administrator sets her own. No row is
changed: the latest holds from then on, for what begins after it. A day that is set stays.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Municipality
from kit.identity import Identified

LONGEST_WHY = 400
FEWEST_DAYS, MOST_DAYS = 1, 60
# Stands in a row only until the database has set the day by which it is to be answered.
SET_BY_TRIGGER = date(1970, 1, 1)


class Deadline(models.TextChoices):
    """What has a day by which it is to be done."""

    RECEIVE = "receive", _("Receive what somebody noticed")
    DECIDE = "decide", _("Talk with the family and decide what is needed")
    ACT = "act", _("Do what was decided")
    ANSWER = "answer", _("The family answers about consent")
    MEET = "meet", _("Meet and make the plan")
    ACCEPT = "accept", _("Answer a hand-over")
    ADVISE = "advise", _("Answer a question without a name")


# Working days. Two to receive, ten to decide and fifteen to meet are the county's 2, 14 and 21
# calendar days (domain description, section 4), five to accept is its measure of hand-overs; the
# others are ours.
FIRST_DAYS: dict[Deadline, int] = {
    Deadline.RECEIVE: 2,
    Deadline.DECIDE: 10,
    Deadline.ACT: 5,
    Deadline.ANSWER: 10,
    Deadline.MEET: 15,
    Deadline.ACCEPT: 5,
    Deadline.ADVISE: 5,
}


class DeadlineSetting(Identified):
    """How long a municipality gives a step, in working days; of persons only the account that set
    it. Says nothing of any child."""

    municipality = models.ForeignKey(Municipality, models.PROTECT)
    deadline = models.CharField(max_length=12, choices=Deadline.choices)
    no = models.PositiveSmallIntegerField()
    working_days = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=LONGEST_WHY)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "deadline", "no"], name="deadline_version"),
            models.CheckConstraint(name="deadline_after_the_first", condition=models.Q(no__gt=1)),
            models.CheckConstraint(
                name="deadline_within_reason",
                condition=models.Q(working_days__gte=FEWEST_DAYS, working_days__lte=MOST_DAYS),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
