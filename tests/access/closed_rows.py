"""One row of each table about closed cases, all over since yesterday, so that they close nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from cases.models import Admission, Emergency, Lock, Named, ProtectionReview
from kit.dates import as_day
from people.models import Protection
from tests.worlds import World


def closed_rows(world: World, case: Any) -> dict[str, Model]:
    """By name, as ``fixed_world.READERS`` has them. Called as the loader."""
    by, at, over = world.accounts["soc-vaxjo"], world.at, world.period((world.days(-9), world.days(-1)))
    said = {"case": case, "reason": "x" * 20}
    return {
        "protection": Protection.objects.create(
            child=case.child, level="marked", source="staff", raised_at=at, valid=over
        ),
        "lock": Lock.objects.create(**said, locked_by=by, locked_at=at, valid=over),
        "named": Named.objects.create(
            **said, account=by, unit=world.units["social_vaxjo"], asked_at=at, valid=over
        ),
        "admission": Admission.objects.create(
            **said, child=case.child, youth=case.child, decided_by=by, decided_at=at, valid=over
        ),
        "protection_review": ProtectionReview.objects.create(case=case, asked_at=at, done_at=at),
        "emergency": Emergency.objects.create(
            case=case, account=by, unit=world.units["social_vaxjo"], code="acute", text="x" * 20,
            opened_at=at, valid=over, review_due_on=as_day(at),
        ),
    }  # fmt: skip
