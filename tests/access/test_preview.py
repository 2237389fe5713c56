"""*Förhandsvisa som …*: what it shows is what the one herself sees, of what the asker may read."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from hypothesis import event, given, settings
from hypothesis import strategies as st

from access import actor as actors
from access.whom import Recipient
from cases.models import Case, Disclosure, Entry, Version
from cases.queries.preview import viewpoints
from plans.models import FollowUp, Goal, GoalResult, Insats, InsatsResult, Plan, PlanVersion, Release
from tests.access import fixed_world
from tests.access.fixed_world import FixedWorld
from tests.access.loading import Loaded, load
from tests.access.readers import ACTORS
from tests.access.small_worlds import SmallWorld, family_worlds, small_worlds
from tests.worlds import World

WHAT: dict[str, type[Model]] = {
    "version": Version,
    "entry": Entry,
    "plan": Plan,
    "plan_version": PlanVersion,
    "goal": Goal,
    "insats": Insats,
    "follow_up": FollowUp,
    "goal_result": GoalResult,
    "insats_result": InsatsResult,
}
Ids = dict[str, set[uuid.UUID]]


def seen(*whom: Any, case: uuid.UUID) -> Ids:
    """What all of them may see of a case, by the second wall, while the first asks who acts."""
    found = {}
    for what, model in WHAT.items():
        rows: Any = model.objects.all()  # type: ignore[attr-defined]
        for one in whom:
            rows = rows.visible_to(one)
        found[what] = set(rows.filter(case=case).values_list("pk", flat=True))
    return found


def opens(to: Recipient, case: uuid.UUID) -> Ids:
    """By what the one reads, as far as the asker's own rows say: what her unit owns, and what the
    disclosures and releases to her that the asker may read show. Bare, past the second wall."""
    mine = (
        {"to_unit": to.unit_id}
        if to.unit_id
        else {"to_guardian": to.guardian_id}
        if to.guardian_id
        else {"to_child": to.child_id}
    )
    shown = set(Disclosure.objects.filter(case=case, **mine).values_list("version", flat=True))
    released = set(Release.objects.filter(case=case, **mine).values_list("version", flat=True))
    owned = {"owner_unit": to.unit_id} if to.unit_id else {"pk": None}

    def rows(model: Any, **shown_as: Any) -> set[uuid.UUID]:
        return set(model.objects.filter(case=case, **shown_as).values_list("pk", flat=True)) | set(
            model.objects.filter(case=case, **owned).values_list("pk", flat=True)
        )

    return {
        "version": rows(Version, pk__in=shown),
        "entry": rows(Entry, versions__in=shown),
        "plan": rows(Plan, versions__in=released),
        "plan_version": rows(PlanVersion, pk__in=released),
        "goal": rows(Goal, version__in=released),
        "insats": rows(Insats, version__in=released),
        "follow_up": rows(FollowUp, version__in=released),
        "goal_result": rows(GoalResult, version__in=released),
        "insats_result": rows(InsatsResult, version__in=released),
    }


def both(*of: Ids) -> Ids:
    return {what: set.intersection(*(one[what] for one in of)) for what in WHAT}


Hat = tuple[uuid.UUID | None, uuid.UUID | None]


def disagreements(hats: Iterable[Hat], cases: Iterable[uuid.UUID], at: Any) -> Iterator[tuple[str, Any]]:
    """Every worker and whomever she may look as: a name of the pair, and where the preview is
    something else than what that one sees of what she may read; ``None`` where it is the same."""
    hats = list(hats)
    for case in cases:
        real: dict[tuple[str, uuid.UUID | None], Ids] = {}
        for hat in hats:
            actor = actors.begin(*hat, at=at)
            own = seen(actor, case=case)
            works = Case.objects.filter(pk=case)
            if actor.is_staff and (works.worked_on_by(actor) | works.remembered_by(actor)).exists():
                _add(real, ("unit", actor.unit_id), own)
            elif actor.is_family:
                for family, person in (("guardian", actor.guardian_id), ("child", actor.child_id)):
                    if person:
                        _add(real, (family, person), own)
        for hat in hats:
            actor = actors.begin(*hat, at=at)
            the_case = Case.objects.worked_on_by(actor).filter(pk=case).select_related("child").first()
            for view in viewpoints(the_case, actor) if the_case else []:
                kind, pk = view.key.split(":")
                them = real.get((kind, uuid.UUID(pk)))
                if them is None:
                    continue
                shows = seen(actor, view.recipient, case=case)
                expected = both(them, seen(actor, case=case), opens(view.recipient, case))
                yield f"{kind} {view.name}", None if shows == expected else (actor.unit_name, shows, expected)


def _add(real: dict[Any, Ids], key: Any, own: Ids) -> None:
    known = real.setdefault(key, {what: set() for what in WHAT})
    for what, ids in own.items():
        known[what] |= ids


@pytest.fixture
def fixed(world: World) -> FixedWorld:
    return fixed_world.build(world)


def test_in_the_fixed_world(fixed: FixedWorld) -> None:
    """Every worker of every case as every unit and everybody in the family whom she knows of."""
    hats = [fixed.hat(name) for name in ACTORS]
    cases = [fixed.key(name) for name in ("case_a", "case_b", "case_y", "case_v")]
    found = list(disagreements(hats, cases, fixed.world.at))
    assert [wrong for _, wrong in found if wrong] == []
    assert {"guardian Mamma Familjesson", "guardian Pappa Familjesson", "child Ungdom Familjesson"} <= {
        name for name, _ in found
    }
    assert len({name for name, _ in found if name.startswith("unit")}) >= 4, found


# Each example asks everybody as everybody.
@settings(max_examples=(settings.default or settings()).max_examples // 3)
@given(drawn=st.one_of(small_worlds(), family_worlds()))
def test_in_small_worlds(world: World, drawn: SmallWorld) -> None:
    """The same, where closed cases, hidings, ages, ended periods and kept entries are drawn."""
    with _example(drawn, world) as loaded:
        hats = [(acting.account, acting.membership) for acting in loaded.hats()]
        cases = [loaded.rows[("case", case, 0)].pk for case in (0, 1)]
        for name, wrong in disagreements(hats, cases, loaded.at):
            event(f"looked as {name.split()[0]}")
            assert wrong is None, (name, wrong)


@contextlib.contextmanager
def _example(drawn: SmallWorld, world: World) -> Iterator[Loaded]:
    with transaction.atomic():
        yield load(drawn, world)
        transaction.set_rollback(True)
