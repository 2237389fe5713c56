"""The pages of a closed case: raise, name, let in, show, open again by two."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from cases.models import Case, Named
from people.models import Protection
from tests.database import as_loader
from tests.papers import paper_text
from tests.worlds import World

WHY = "Hotbild mot familjen sedan i går."


@pytest.fixture
def case(world: World) -> Case:
    """A case that two at BVC work on."""
    case = world.open_case()
    world.assign("bvc2", "bvc", case)
    return case


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def raise_it(world: World, case: Case, level: str = "marked") -> Any:
    """Sent as the form sends it."""
    data = {"level": level, "source": "police"}
    return world.client("bvc").post(f"/barn/{case.pk}/skydd/hoj/", data)


def test_one_press_hides_name_and_case(world: World, case: Case) -> None:
    """The colleague gets 404; whoever raised it meets the alias and a banner."""
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 200
    assert raise_it(world, case).status_code == 302
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 404
    pages = [
        f"/barn/{case.pk}/",
        f"/barn/{case.pk}/personer/",
        f"/barn/{case.pk}/skydd/",
        "/barn/",
        "/mitt-arbete/",
    ]
    for page in pages:
        text = text_of(world.client("bvc").get(page))
        assert world.child.name not in text, page
        assert ("Skyddade personuppgifter." in text) == ("/barn/0" in page or str(case.pk) in page), page


def test_the_form_says_what_is_missing(world: World, case: Case) -> None:
    """Nothing is chosen: 422 and words."""
    answer = world.client("bvc").post(f"/barn/{case.pk}/skydd/hoj/", {})
    assert answer.status_code == 422
    assert "Välj vilket skydd det är" in text_of(answer)


def test_the_name_is_shown_on_one_page_and_recorded(world: World, case: Case) -> None:
    """By a press; nowhere else."""
    raise_it(world, case)
    client = world.client("bvc")
    assert client.get(f"/barn/{case.pk}/skydd/visa/").status_code == 405
    assert world.child.name in text_of(client.post(f"/barn/{case.pk}/skydd/visa/"))
    with as_loader():
        assert Event.objects.filter(action="identity_shown", case=case.pk).count() == 1


def test_assumed_identity_has_neither_banner_nor_alias(world: World, case: Case) -> None:
    """It looks like any other child."""
    raise_it(world, case, "assumed")
    text = text_of(world.client("bvc").get(f"/barn/{case.pk}/"))
    assert world.child.name in text
    assert "Skyddade personuppgifter." not in text
    assert "Låst ärende." not in text


def test_a_colleague_is_asked_for_and_the_arbetsledare_says_yes(world: World, case: Case) -> None:
    """She sees whom and why; never the child's name, nor its alias."""
    raise_it(world, case)
    who = f"{world.accounts['bvc2'].pk}:{world.units['bvc'].pk}"
    answer = world.client("bvc").post(f"/barn/{case.pk}/skydd/utse/", {"who": who, "reason": WHY})
    assert answer.status_code == 302
    lead = world.client("bvc-ledare")
    assert "väntar på att du utser personal" in text_of(lead.get("/mitt-arbete/"))
    page = text_of(lead.get("/enheten/utse/"))
    assert "Bvc2 Testsson" in page
    assert WHY in page
    with as_loader():
        named = Named.objects.get(valid=None)
        case.child.refresh_from_db()
    assert case.child.name not in page
    assert world.child.name not in page
    assert (
        world.client("soc-ledare").post("/enheten/utse/", {"named": named.pk, "yes": "1"}).status_code == 302
    )
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 404
    assert lead.post("/enheten/utse/", {"named": named.pk, "yes": "1"}).status_code == 302
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 200
    assert lead.get(f"/barn/{case.pk}/").status_code == 404


def test_opening_again_takes_two(world: World, case: Case) -> None:
    """Locked by the arbetsledare; she asks, the caseworker decides."""
    lead, worker = world.client("bvc-ledare"), world.client("bvc")
    assert lead.post(f"/barn/{case.pk}/skydd/las/", {"reason": "kort"}).status_code == 422
    assert lead.post(f"/barn/{case.pk}/skydd/las/", {"reason": WHY}).status_code == 302
    assert worker.get(f"/barn/{case.pk}/").status_code == 404
    who = f"{world.accounts['bvc'].pk}:{world.units['bvc'].pk}"
    assert lead.post(f"/barn/{case.pk}/skydd/utse/", {"who": who, "reason": WHY}).status_code == 302
    assert "Låst ärende." in text_of(worker.get(f"/barn/{case.pk}/"))
    assert lead.post(f"/barn/{case.pk}/skydd/las-upp/", {"reason": WHY}).status_code == 302
    lead.post(f"/barn/{case.pk}/skydd/las-upp/", {"reason": WHY})
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 404
    assert WHY in text_of(worker.get(f"/barn/{case.pk}/skydd/las-upp/"))
    assert worker.post(f"/barn/{case.pk}/skydd/las-upp/").status_code == 302
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 200


def test_a_guardian_is_let_in_and_shut_out(world: World, case: Case) -> None:
    """A decision for one, with its reason."""
    world.client("bvc").post(f"/barn/{case.pk}/skydd/las/", {"reason": WHY})
    address = f"/barn/{case.pk}/skydd/familj/{world.guardians['mamma'].pk}/"
    client = world.client("bvc")
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"reason": WHY}).status_code == 302
    assert WHY in text_of(client.get(f"/barn/{case.pk}/skydd/"))
    assert client.get(f"/barn/{case.pk}/skydd/familj/{world.guardians['granne'].pk}/").status_code == 404
    assert client.post(address).status_code == 302
    assert WHY not in text_of(client.get(address))


def test_a_sibling_is_a_line_on_my_work(world: World, case: Case) -> None:
    """Not which child it is because of."""
    sibling = world.add_child("syskon", world.born(8), ("mamma",))
    other = world.open_case(sibling, "school", "mentor")
    raise_it(world, case)
    client = world.client("mentor")
    page = text_of(client.get("/mitt-arbete/"))
    assert "Se över om barnet behöver skydd" in page
    assert world.child.name not in page
    assert client.post(f"/barn/{other.pk}/skydd/se-over/", {"reason": WHY}).status_code == 302
    assert "Se över om barnet behöver skydd" not in text_of(client.get("/mitt-arbete/"))
    assert client.get(f"/barn/{other.pk}/skydd/se-over/").status_code == 404


def test_paper_is_left_blank(world: World, case: Case) -> None:
    """A closed case's pages carry the class that the printer's stylesheet hides."""
    raise_it(world, case)
    assert "bb-case--no-paper" in text_of(world.client("bvc").get(f"/barn/{case.pk}/"))
    with as_loader():
        assert Protection.objects.count() == 1


def test_a_pdf_takes_a_reason_and_says_who_and_when(world: World) -> None:
    """Blocked by default: none for the family; for whoever is named with her name on every page."""
    case = world.teamwork().case
    client, address = world.client("bvc"), f"/barn/{case.pk}/skydd/utskrift/"
    assert client.get(address).status_code == 404  # not closed
    raise_it(world, case)
    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {"reason": "meeting"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    text = paper_text(answer.content)
    assert "Utskrivet av Bvc Testsson" in text
    assert world.child.name not in text
    assert world.client("logoped").post(address, {"reason": "meeting"}).status_code == 404
    with as_loader():
        event = Event.objects.get(action="printed_closed_plan")
    assert (event.case, event.detail) == (case.pk, {"reason": "meeting"})
