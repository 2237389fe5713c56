"""What somebody has typed and not saved: kept on the server, for her alone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import QuerySet

from access.actor import Actor
from cases.models import Draft

LONGEST_FIELD = 20_000
MOST_FIELDS = 120
MOST_VALUES = 50

# What a form field holds: one text, or the ticked values of a group of boxes.
Typed = str | list[str]


@transaction.atomic
def save_draft(*, case_id: uuid.UUID | None, target: str, fields: Mapping[str, Typed], by: Actor) -> None:
    """Keep the typed fields of a form, instead of those kept before."""
    kept = {
        key: _cut(value) for key, value in list(fields.items())[:MOST_FIELDS] if key != "csrfmiddlewaretoken"
    }
    changed = _mine(case_id, target, by).update(fields=kept, saved_at=by.at)
    if not changed:
        assert by.account_id  # noqa: S101 (nobody else has a form to type in)
        Draft.objects.create(
            account_id=by.account_id,
            unit_id=by.unit_id,
            case_id=case_id,
            target=target,
            fields=kept,
            saved_at=by.at,
        )


def draft_of(*, case_id: uuid.UUID | None, target: str, actor: Actor) -> Draft | None:
    """The actor's draft of a form, if she has one."""
    return _mine(case_id, target, actor).first()


def drafts_of(*, targets: Collection[str], actor: Actor) -> dict[str, Draft]:
    """The actor's drafts of several forms that belong to no case, by target."""
    mine = Draft.objects.filter(account=actor.account_id, unit=actor.unit_id, case=None, target__in=targets)
    return {draft.target: draft for draft in mine}


@transaction.atomic
def discard_draft(*, case_id: uuid.UUID | None, target: str, by: Actor) -> None:
    """Forget a draft, because the form was saved or given up."""
    _mine(case_id, target, by).delete()


def _cut(value: Typed) -> Typed:
    """No longer than anybody types."""
    if isinstance(value, str):
        return value[:LONGEST_FIELD]
    return [each[:LONGEST_FIELD] for each in value[:MOST_VALUES]]


def _mine(case_id: uuid.UUID | None, target: str, actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(account=actor.account_id, unit=actor.unit_id, case=case_id, target=target)
