"""Link two children's cases, and take the link away again."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Case, Kin
from kit.errors import Refused


@transaction.atomic
def link_children(*, case: Case, to: Case, relation: str, by: Actor) -> Kin:
    """Say that two children whose cases the actor works on have to do with each other."""
    for each in (case, to):
        standing(each.pk, by).require(Permission.WRITE_ENTRY)
    if relation not in Kin.Relation.values:
        raise Refused(_("Choose what they are to each other."), field="relation")
    if case.child_id == to.child_id:
        raise Refused(_("Choose another child."), field="other")
    account, unit = by.writes_as
    one, other = sorted((case, to), key=lambda each: each.pk)
    try:
        with transaction.atomic():
            made = Kin.objects.create(
                one=one, other=other, relation=relation, unit_id=unit, added_by_id=account,
                added_by_name=by.name, added_at=by.at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("These two are linked already."), field="other") from None
    _record("kin_linked", made, by)
    return made


@transaction.atomic
def unlink_children(*, kin: Kin, reason: str, by: Actor) -> None:
    """Take the link away; that it was there, and why it went, is kept."""
    for case_id in (kin.one_id, kin.other_id):
        standing(case_id, by).require(Permission.WRITE_ENTRY)
    if not reason.strip():
        raise Refused(_("Write why the link is taken away."), field="reason")
    changed = (
        Kin.objects.visible_to(by)
        .in_force()
        .filter(pk=kin.pk)
        .update(ended_by_id=by.account_id, ended_at=by.at, end_reason=reason.strip())
    )
    if not changed:
        raise Refused(_("Somebody has taken it away already."))
    _record("kin_unlinked", kin, by)


def _record(action: str, kin: Kin, by: Actor) -> None:
    """In the log of both."""
    for case in (kin.one, kin.other):
        record(by=by, kind="write", action=action, case=case.pk, child=case.child_id, object=kin.pk)
