"""Fråga utan namn: advice from another unit about a child whom nobody names.

It belongs to no case and to no child, and nothing leads from it to one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from access.unnamed import MOST_MESSAGES
from agencies.models import Unit
from cases.deadlines import SET_BY_TRIGGER
from kit.identity import Identified

if TYPE_CHECKING:
    from access.actor import Actor


class AgeBand(models.TextChoices):
    """About how old the child is: rough, so that it points at nobody."""

    UNSAID = "", _("I don't want to say")
    BABY = "0-2", _("0-2 years")
    SMALL = "3-5", _("3-5 years")
    YOUNG = "6-9", _("6-9 years")
    MIDDLE = "10-12", _("10-12 years")
    TEEN = "13-15", _("13-15 years")
    YOUTH = "16-17", _("16-17 years")


class UnnamedQuestionQuerySet(models.QuerySet["UnnamedQuestion"]):
    """Questions, in the field's words."""

    def asked_by(self, actor: Actor) -> UnnamedQuestionQuerySet:
        """A question is the actor's own if, and only if, she asked it for the unit that she acts for."""
        return self.filter(asked_by=actor.account_id, from_unit=actor.unit_id)

    def asked_of(self, actor: Actor) -> UnnamedQuestionQuerySet:
        """A question is the unit's to answer if, and only if, the actor works for the unit it went to."""
        return self.filter(to_unit=actor.unit_id)

    def visible_to(self, actor: Actor) -> UnnamedQuestionQuerySet:
        """A question is visible if, and only if, the actor asked it or her unit was asked."""
        return self.asked_by(actor) | self.asked_of(actor)

    def with_last(self) -> models.QuerySet[Any]:
        """With the last message's number, instant and day to answer by. An odd one waits for the unit."""
        last = UnnamedMessage.objects.filter(question=OuterRef("pk")).order_by("-no")
        return self.annotate(
            last_no=Subquery(last.values("no")[:1]),
            last_at=Subquery(last.values("written_at")[:1]),
            answer_by=Subquery(last.values("answer_by")[:1]),
        )


class UnnamedQuestion(Identified):
    """That somebody asks another unit for advice without saying which child it is about.

    ``read_no`` is the last message that the asker has opened.
    """

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    age = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)
    asked_at = models.DateTimeField()
    read_no = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[UnnamedQuestion]] = models.Manager.from_queryset(
        UnnamedQuestionQuerySet
    )()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="question_to_another_unit", condition=~Q(to_unit=F("from_unit"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class UnnamedMessageQuerySet(models.QuerySet["UnnamedMessage"]):
    """Messages of a question."""

    def visible_to(self, actor: Actor) -> UnnamedMessageQuerySet:
        """A message is visible if, and only if, its question is."""
        return self.filter(question__in=UnnamedQuestion.objects.visible_to(actor).values("pk"))


class UnnamedMessage(Identified):
    """One message of it; never changed. An odd ``no`` is the asker's, an even one the unit's.

    ``tried`` is what the asker has tried already. ``said_no_name``: words looked like names, and
    whoever wrote said that they were none. ``answer_by`` is the last day on which the unit's answer is
    in time, set by ``cases/process.sql`` when the row is made.
    """

    question = models.ForeignKey(UnnamedQuestion, models.CASCADE, related_name="messages")
    no = models.PositiveSmallIntegerField()
    text = models.TextField()
    tried = models.TextField(blank=True)
    said_no_name = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=120)
    author_title = models.CharField(max_length=80)
    written_at = models.DateTimeField()
    answer_by = models.DateField(db_default=SET_BY_TRIGGER)

    objects: ClassVar[models.Manager[UnnamedMessage]] = models.Manager.from_queryset(UnnamedMessageQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "no"], name="message_number_of_a_question"),
            models.CheckConstraint(
                name="message_within_its_turns", condition=Q(no__gte=1, no__lte=MOST_MESSAGES)
            ),
            models.CheckConstraint(name="message_tried_when_asked", condition=Q(no=1) | Q(tried="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)
