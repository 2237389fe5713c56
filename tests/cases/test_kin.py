"""Links between children: made and seen by whoever works on both cases, and by nobody else."""

from __future__ import annotations

import pytest

from access.actor import Actor
from audit.models import Event
from cases.models import Case, Kin
from cases.queries.kin import can_be_linked, kin_of
from cases.services.kin import link_children, unlink_children
from kit.errors import Refused
from tests.database import as_loader
from tests.web.desk.test_inbox import text_of
from tests.worlds import World


@pytest.fixture
def two(world: World) -> tuple[Case, Case]:
    """A child and a sister with the same mother, both BVC's; the logoped works with the first alone."""
    case = world.open_case()
    sister = world.open_case(world.add_child("syster", world.born(7), ("mamma",)))
    world.consent(case, "bvc", "logoped")
    world.assign("logoped", "logoped", case)
    world.open_case(world.add_child("annan", world.born(4), ("granne",)))
    return case, sister


def linked(two: tuple[Case, Case], by: Actor) -> Kin:
    return link_children(case=two[0], to=two[1], relation="sibling", by=by)


def test_whoever_works_on_both_links_and_sees(world: World, two: tuple[Case, Case]) -> None:
    """From both sides, once, and recorded with both children; the one with the same mother first."""
    case, sister = two
    with world.act("bvc") as actor:
        assert next(each.pk for each in can_be_linked(case, actor)) == sister.pk
        made = linked(two, actor)
        assert [each.case.pk for each in kin_of(case.pk, actor)] == [sister.pk]
        assert [each.case.pk for each in kin_of(sister.pk, actor)] == [case.pk]
        assert sister.pk not in {each.pk for each in can_be_linked(case, actor)}
        with pytest.raises(Refused, match="redan kopplade"):
            link_children(case=sister, to=case, relation="household", by=actor)
    with as_loader():
        found = Event.objects.filter(action="kin_linked", object=made.pk).values_list("child", flat=True)
        assert set(found) == {case.child_id, sister.child_id}


@pytest.mark.parametrize("who", ["logoped", "bvc2", "bvc-ledare", "mamma", "granne"])
def test_nobody_else_sees_or_makes_one(world: World, two: tuple[Case, Case], who: str) -> None:
    """Neither whoever works on one of them, nor the mother of both: each page is that child's."""
    world.kin(*two, "bvc", "bvc")
    with world.act(who) as actor:
        assert kin_of(two[0].pk, actor) == []
        assert not Kin.objects.exists()
        with pytest.raises(Refused):
            linked(two, actor)


def test_taken_away_with_a_reason(world: World, two: tuple[Case, Case]) -> None:
    """Once; and then the two can be linked again."""
    with world.act("bvc") as actor:
        made = linked(two, actor)
        with pytest.raises(Refused, match="varför"):
            unlink_children(kin=made, reason=" ", by=actor)
        unlink_children(kin=made, reason="Fel barn.", by=actor)
        with pytest.raises(Refused, match="redan"):
            unlink_children(kin=made, reason="Fel barn.", by=actor)
        assert kin_of(two[0].pk, actor) == []
        linked(two, actor)


def test_the_pages(world: World, two: tuple[Case, Case]) -> None:
    """On Personer of both; what is wrong stands on the page."""
    case, sister = two
    nurse, address = world.client("bvc"), f"/barn/{case.pk}/personer/syskon/"
    assert "Välj hur de hör ihop." in text_of(nurse.post(address, {"other": str(sister.pk)}))
    assert nurse.post(address, {"other": str(sister.pk), "relation": "sibling"}).status_code == 302
    for here, there in ((case, sister), (sister, case)):
        assert f'href="/barn/{there.pk}/"' in text_of(nurse.get(f"/barn/{here.pk}/personer/"))
    with as_loader():
        made = Kin.objects.get()
    away = f"{address}{made.pk}/ta-bort/"
    assert nurse.post(away, {"reason": ""}).status_code == 422
    assert nurse.post(away, {"reason": "Fel barn."}).status_code == 302
    assert nurse.get(away).status_code == 404
    assert "Syskon och hushåll" in text_of(nurse.get(f"/barn/{case.pk}/personer/"))
    assert str(sister.pk) not in text_of(world.client("logoped").get(f"/barn/{case.pk}/personer/"))
