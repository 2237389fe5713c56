"""The youth's plan: no more than each of her guardians is shown (I21)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from cases.models import Case
from people.models import Child
from plans.models import PlanVersion, Release
from plans.services.releasing import release_to_family
from tests.database import as_loader
from tests.worlds import World


@pytest.fixture
def version(world: World) -> PlanVersion:
    return world.plan(world.open_case(world.youth, "pupil_health", "kurator"), "pupil_health", "kurator")


def reads(world: World, version: PlanVersion, username: str = "ungdom") -> bool:
    """The same by the filter and by the database."""
    with world.act(username) as actor:
        by_filter = PlanVersion.objects.visible_to(actor).filter(pk=version.pk).exists()
        with connection.cursor() as cursor:
            cursor.execute("select exists (select from plans_planversion where id = %s)", [version.pk])
            (by_database,) = cursor.fetchone()
    assert by_filter == by_database
    return by_filter


def test_shown_when_each_guardian_is(world: World, version: PlanVersion) -> None:
    world.release_to_youth(version, but=("far",))
    assert reads(world, version, "mor")
    assert not reads(world, version), "her father is not shown it"
    world.release(version, to_guardian="far")
    assert reads(world, version)
    with as_loader():
        Release.objects.filter(to_guardian=world.guardians["mor"]).update(
            valid=world.period((world.days(-2), world.days(-1)))
        )
    assert not reads(world, version), "her mother is shown it no more"


def test_of_age_it_is_hers(world: World, version: PlanVersion) -> None:
    world.release_to_youth(version, but=("mor", "far"))
    assert not reads(world, version)
    with as_loader():
        Child.objects.filter(pk=world.youth.pk).update(born_on=world.born(18))
    assert reads(world, version)


@pytest.mark.parametrize("age", [15, 16])
def test_agreeing_shows_it_to_all_or_not_to_her(world: World, age: int) -> None:
    """From 16, together with her guardians. Who decides for her without being let read the plan
    (a god man with the right to answer alone) keeps it from her too."""
    child = world.add_child("nagon", world.born(age), ("mor", "far"))
    case: Case = world.open_case(child)
    version = world.plan(case)
    with world.act("bvc") as actor:
        to = {
            (r.to_guardian_id, r.to_child_id) for r in release_to_family(version=version, case=case, by=actor)
        }
    assert ((None, child.pk) in to) is (age == 16)
    world.add_guardian("godman")
    world.other_adult("godman", child, "bvc", "bvc", kind="god_man", rights=("answers",))
    with world.act("bvc") as actor:
        to = {
            (r.to_guardian_id, r.to_child_id) for r in release_to_family(version=version, case=case, by=actor)
        }
    assert (None, child.pk) not in to


def test_an_ended_release_is_not_hers_to_find(world: World, version: PlanVersion) -> None:
    release = world.release_to_youth(version)
    with world.act("ungdom"):
        assert Release.objects.filter(pk=release.pk).exists()
    with as_loader():
        Release.objects.filter(pk=release.pk).update(
            valid=world.period((release.valid.lower, release.valid.lower + timedelta(hours=1)))
        )
    with world.act("ungdom"):
        assert not Release.objects.filter(pk=release.pk).exists()
