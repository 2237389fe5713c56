"""The words of the process (its table is ``cases.process``), and who is responsible by age."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from access import law
from access.units import UnitKind


class ProcessState(models.TextChoices):
    """The states of the process (domain description, section 4)."""

    NOTICED = "noticed", _("Newly noticed")
    DIALOGUE = "dialogue", _("Dialogue with the family")
    GATHERING = "gathering", _("Gathering information")
    ASSESSMENT = "assessment", _("Assessment")
    CONSENT = "consent", _("Asking for consent")
    INVITED = "invited", _("Invited")
    MET = "met", _("Meeting held")
    PLANNING = "planning", _("Plan being drafted")
    IMPLEMENTING = "implementing", _("Carrying out")
    FOLLOW_UP = "follow_up", _("Follow-up")
    DORMANT = "dormant", _("Resting")
    CLOSED = "closed", _("Closed case")


class Step(models.TextChoices):
    """The four steps that people see."""

    NOTICE = "notice", _("Notice")
    FIND_OUT = "find_out", _("Find out")
    COLLABORATE = "collaborate", _("Work together")
    FOLLOW_UP = "follow_up", _("Follow up")


class CloseReason(models.TextChoices):
    """Why a case is closed (domain description, section 4)."""

    GOALS_REACHED = "goals_reached", _("Goals reached")
    ORDINARY_SERVICE = "ordinary_service", _("Needs are met in ordinary services")
    HANDED_OVER = "handed_over", _("Handed over to another service")
    SIP = "sip", _("Became a SIP")
    INVESTIGATION = "investigation", _("Became an investigation by social services")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent withdrawn")
    FAMILY_DECLINES = "family_declines", _("The family declines")
    MOVED = "moved", _("Moved away")
    TURNED_18 = "turned_18", _("Turned 18")
    REGISTERED_BY_MISTAKE = "mistake", _("Registered by mistake")


class SignalEnd(models.TextChoices):
    """Why what somebody noticed was not sent on."""

    FAMILY_NO = "family_no", _("The family said no")
    NOT_NEEDED = "not_needed", _("It is no longer needed")


class Outcome(models.TextChoices):
    """What a test of harm came to; ``access.law.Outcome`` in words."""

    NOT_SECRET = law.Outcome.NOT_SECRET.value, _("Not secret here")
    LIFTED = law.Outcome.LIFTED.value, _("Secrecy is lifted")
    REFUSED = law.Outcome.REFUSED.value, _("Not shown")


class NextStep(models.TextChoices):
    """The next step as a code, so that each reader gets it in her own words."""

    TALK = "talk", _("Talk with the family")
    FIND_OUT = "find_out", _("Find out more, together")
    HAND_OVER = "hand_over", _("Ask the family about the other service")
    SUPPORT = "support", _("Follow up your own support")
    CLOSE = "close", _("Close the case")
    ASK = "ask", _("Ask the family for consent")
    ANSWER = "answer", _("The family answers about consent")
    PLAN = "plan", _("Make the plan together")
    FOLLOW_UP = "follow_up", _("Follow up the plan together")
    LOOK_AGAIN = "look_again", _("Look again whether help is needed")


def responsible_kind(born_on: date, on: date) -> UnitKind:
    """The kind of unit that is responsible (barnensbästa-ansvarig) by age.

    The midwife before birth, BVC until förskoleklass, then the school. A child
    starts förskoleklass in August of the year it turns six (SkolL 7:10).
    """
    if born_on > on:
        return UnitKind.MATERNITY_CARE
    starts_school = date(born_on.year + 6, 8, 15)
    return UnitKind.CHILD_HEALTH if on < starts_school else UnitKind.SCHOOL


# Who is responsible by age, in turn; another kind of unit that is, is so by somebody's decision.
_STAGES = (UnitKind.MATERNITY_CARE, UnitKind.CHILD_HEALTH, UnitKind.SCHOOL)
# A hand-over is suggested so long before the day: there is a term to prepare it in.
SUGGESTED_BEFORE = timedelta(days=90)


def next_kind(kind: UnitKind, born_on: date, on: date) -> UnitKind | None:
    """The kind of unit that is to be responsible after this one, if the child's age says that it is
    time, or soon will be; never one of an earlier age."""
    now = UnitKind.SCHOOL if kind is UnitKind.INDEPENDENT_SCHOOL else kind
    by_age = responsible_kind(born_on, on + SUGGESTED_BEFORE)
    if now not in _STAGES or _STAGES.index(by_age) <= _STAGES.index(now):
        return None
    return by_age
