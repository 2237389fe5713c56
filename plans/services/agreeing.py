"""Propose a plan to the units, agree on it, and answer as a family."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import family_standing, standing
from cases.rules import NextStep, ProcessState
from cases.services.decisions import move_process
from kit.errors import Refused
from notices.models import Outbox
from notices.services import queue
from people.models import Child, Guardian
from plans.models import FamilyReply, Goal, Insats, Plan, PlanVersion, Release, UnitReply
from plans.services.releasing import end_releases, release_to_family, release_to_units


@transaction.atomic
def propose_plan(*, version: PlanVersion, by: Actor) -> None:
    """Show the draft to the units of the team, which say whether they agree."""
    standing(version.case_id, by).require(Permission.EDIT_PLAN)
    _check_complete(version)
    changed = PlanVersion.objects.filter(
        pk=version.pk, agreed_at__isnull=True, discarded_at__isnull=True, proposed_at__isnull=True
    ).update(proposed_at=by.at)
    if not changed:
        raise Refused(_("The plan has already been sent to the units."))
    release_to_units(version=version, by=by)
    record(
        by=by,
        kind="write",
        action="plan_proposed",
        case=version.case_id,
        child=version.case.child_id,
        object=version.pk,
    )


@transaction.atomic
def reply_for_unit(*, version: PlanVersion, agrees: bool, comment: str, by: Actor) -> None:
    """Say for one's unit whether it can do its rows as written."""
    standing(version.case_id, by).require(Permission.UPDATE_OWN_ROW)
    account, unit = by.writes_as
    reply = {
        "agrees": agrees,
        "comment": comment,
        "replied_by_id": account,
        "replied_by_name": by.name,
        "replied_at": by.at,
    }
    if version.agreed_at:
        raise Refused(_("The plan is already agreed."))
    if not UnitReply.objects.filter(version=version, unit=by.unit_id).update(**reply):
        UnitReply.objects.create(
            version=version,
            case_id=version.case_id,
            owner_unit_id=version.owner_unit_id,
            unit_id=unit,
            **reply,
        )
    record(by=by, kind="write", action="plan_unit_replied", case=version.case_id,
           child=version.case.child_id, object=version.pk, agrees=agrees)  # fmt: skip


@transaction.atomic
def agree_plan(*, version: PlanVersion, by: Actor) -> None:
    """Fix the version for good, show it to the family and order its document.

    Every other unit with a row must have said that it agrees.
    """
    standing(version.case_id, by).require(Permission.AGREE_PLAN)
    _check_complete(version)
    _check_units_agree(version, by)
    if version.next_follow_up_on is None:
        raise Refused(_("Write when you follow up the plan."))
    case = version.case
    changed = PlanVersion.objects.filter(
        pk=version.pk, agreed_at__isnull=True, discarded_at__isnull=True
    ).update(agreed_at=by.at, agreed_by=by.account_id)
    if not changed:
        raise Refused(_("The plan is already agreed."))
    if version.proposed_at is None:
        release_to_units(version=version, by=by)
    _end_older(version, by)
    Plan.objects.filter(pk=version.plan_id).update(state=Plan.State.AGREED)
    releases = release_to_family(version=version, case=case, by=by)
    order_documents(releases=releases, by=by)
    move_process(
        case=case, to=ProcessState.IMPLEMENTING, by=by,
        next_step=NextStep.FOLLOW_UP, next_on=version.next_follow_up_on,
    )  # fmt: skip
    record(by=by, kind="write", action="plan_agreed", case=case.pk,
           child=case.child_id, object=version.pk)  # fmt: skip


@transaction.atomic
def reply_for_family(*, version: PlanVersion, value: str, comment: str, by: Actor) -> None:
    """A guardian's or youth's answer beside the plan; a no keeps it out of force.

    Whoever is a guardian and under age herself answers as the child about her own
    plan, and as the guardian about her child's.
    """
    child = version.case.child
    family_standing(child, by).require(Permission.REPLY_TO_PLAN)
    if value == FamilyReply.Value.YES_BUT and not comment.strip():
        raise Refused(_("Write what you want to change or add."))
    as_child = by.child_id == child.pk
    FamilyReply.objects.create(
        version=version,
        case_id=version.case_id,
        owner_unit_id=version.owner_unit_id,
        guardian_id=None if as_child else by.guardian_id,
        child_id=child.pk if as_child else None,
        value=value,
        comment=comment,
        replied_at=by.at,
    )
    record(by=by, kind="write", action="plan_family_replied", case=version.case_id,
           child=child.pk, object=version.pk, value=value)  # fmt: skip


def order_documents(*, releases: list[Release], by: Actor) -> None:
    """Queue the PDF of each family release, and a mail that says nothing of it."""
    guardians = Guardian.objects.filter(pk__in=[r.to_guardian_id for r in releases])
    youths = Child.objects.filter(pk__in=[r.to_child_id for r in releases])
    accounts = {person.pk: person.account_id for person in (*guardians, *youths)}
    for release in releases:
        person = release.to_guardian_id or release.to_child_id
        recipient = accounts.get(person) if person else None
        if recipient is None:
            continue
        key = f"{release.pk}:{by.at.isoformat()}"
        queue(by=by, recipient=recipient, kind=Outbox.Kind.PLAN_DOCUMENT, key=key,
              subject=release.pk)  # fmt: skip
        queue(by=by, recipient=recipient, kind=Outbox.Kind.NEWS_MAIL, key=key,
              subject=release.pk)  # fmt: skip


def _check_complete(version: PlanVersion) -> None:
    if not Goal.objects.filter(version=version).exists():
        raise Refused(_("The plan is empty. Add the first goal together with the family."))
    if not Insats.objects.filter(version=version).exists():
        raise Refused(_("Write at least one thing that somebody does."))


def _check_units_agree(version: PlanVersion, by: Actor) -> None:
    units = set(Insats.objects.filter(version=version, unit__isnull=False).values_list("unit", flat=True)) - {
        by.unit_id
    }
    agreed = set(UnitReply.objects.filter(version=version, agrees=True).values_list("unit", flat=True))
    if waiting := units - agreed:
        names = ", ".join(
            Insats.objects.filter(version=version, unit__in=waiting)
            .order_by("unit_name")
            .values_list("unit_name", flat=True)
            .distinct()
        )
        raise Refused(_("These have not agreed yet: %(units)s.") % {"units": names})


def _end_older(version: PlanVersion, by: Actor) -> None:
    """The newest agreed version is the one that units and family are shown."""
    end_releases(Release.objects.filter(version__plan=version.plan_id).exclude(version=version), by)
    with connection.cursor() as cursor:  # and the plan of a unit that has handed the case over ends
        cursor.execute("select access.plan_takes_over(%s)", [version.pk])
