"""What the family thinks of the plan, and the plan as a file."""

from __future__ import annotations

import uuid

import pytest

from audit.models import Event
from kit.dates import as_day
from plans.models import Document, FamilyReply
from tests.database import as_loader
from tests.web.family.support import Home, follow, rows, seen, text_of


def address_of(home: Home) -> str:
    return home.address + f"plan/{home.team.plan.pk}/svar/"


def test_nothing_is_ticked_and_a_no_says_what_it_does(home: Home) -> None:
    browser = home.world.client("mamma")
    assert "checked" not in browser.get(address_of(home)).content.decode()
    text = seen(browser, address_of(home))
    assert "Nej Planen gäller inte förrän ni är överens." in text


@pytest.mark.parametrize(
    ("value", "comment"), [("yes", ""), ("yes_but", "Helst på eftermiddagar."), ("no", "")]
)
def test_each_answer_is_saved_and_shown(home: Home, value: str, comment: str) -> None:
    browser = home.world.client("mamma")
    text = text_of(follow(browser, address_of(home), {"value": value, "comment": comment}))
    (reply,) = rows(FamilyReply)
    assert (reply.value, reply.comment, reply.guardian_id) == (
        value,
        comment,
        home.world.guardians["mamma"].pk,
    )
    assert "Ditt svar om planen:" in text
    assert comment in text
    assert ("Planen gäller inte" in text) == (value == "no")
    history = seen(browser, address_of(home))
    assert "Det här har du svarat förut" in history


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, "Välj ja, ja men eller nej"),
        ({"value": "yes_but"}, "Skriv vad du vill ändra eller lägga till"),
        ({"value": "yes_but", "comment": "   "}, "Skriv vad du vill ändra eller lägga till"),
        ({"value": "maybe"}, "Det valet finns inte längre"),
    ],
)
def test_errors_keep_what_was_typed(home: Home, data: dict[str, str], error: str) -> None:
    response = home.world.client("mamma").post(address_of(home), data)
    assert response.status_code == 422
    assert error in text_of(response)
    assert not rows(FamilyReply)


def test_the_others_no_is_not_hers_to_know(home: Home) -> None:
    """Her page says the rule, and nothing of what anybody else has answered."""
    before = seen(home.world.client("mamma"), home.address)
    home.world.family_reply(home.team.plan, guardian="pappa", value="no")
    assert seen(home.world.client("mamma"), home.address) == before
    assert "Planen gäller så länge ingen i familjen säger nej." in before
    assert "Planen gäller inte" not in before


def test_a_later_yes_puts_it_in_force_again(home: Home) -> None:
    browser = home.world.client("mamma")
    home.world.family_reply(home.team.plan, guardian="mamma", value="no")
    text = text_of(follow(browser, address_of(home), {"value": "yes", "comment": ""}))
    assert "Planen gäller inte" not in text
    assert len(rows(FamilyReply)) == 2


def test_a_version_that_was_not_shown_cannot_be_answered(home: Home) -> None:
    world = home.world
    draft = world.plan(home.team.case, agreed=False, plan=home.team.plan.plan, no=2)
    browser = world.client("mamma")
    for version in (draft.pk, uuid.uuid4()):
        address = home.address + f"plan/{version}/svar/"
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"value": "yes"}).status_code == 404
    assert not rows(FamilyReply)


# --- The file --------------------------------------------------------------------------------


def test_the_warning_comes_before_the_file(home: Home, document: Document) -> None:
    page = home.world.client("mamma").get(home.address + "dokument/").content.decode()
    assert page.index("Filen sparas där du är inloggad") < page.index(f"dokument/{document.pk}/")
    assert "Spara planen (PDF, 1 sida)" in text_of(home.world.client("mamma").get(home.address + "dokument/"))


def test_the_file_is_saved_and_kept_by_no_cache(home: Home, document: Document) -> None:
    response = home.world.client("mamma").get(home.address + f"dokument/{document.pk}/")
    assert response.status_code == 200
    assert response.content == b"%PDF-"
    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"] == f'attachment; filename="plan-{as_day(document.rendered_at)}.pdf"'
    )
    assert response["Cache-Control"] == "no-store"
    assert rows(Event, action="family_downloaded_document")[0].object == document.pk


def test_the_other_guardians_file_is_not_hers(home: Home, document: Document) -> None:
    theirs = home.world.document(home.team.releases["pappa"])
    browser = home.world.client("mamma")
    assert browser.get(home.address + f"dokument/{theirs.pk}/").status_code == 404
    assert str(theirs.pk) not in browser.get(home.address + "dokument/").content.decode()
    assert home.world.client("pappa").get(home.address + f"dokument/{document.pk}/").status_code == 404


def test_while_it_is_being_made(home: Home) -> None:
    text = seen(home.world.client("mamma"), home.address + "dokument/")
    assert "Dokumentet görs i ordning. Ladda om om en stund." in text


def test_only_the_newest_of_a_version_is_offered(home: Home, document: Document) -> None:
    with as_loader():
        newer = Document.objects.create(
            release=document.release, pdf=b"%PDF-2", sha256="1" * 64, pages=3, rendered_at=home.world.at
        )
    page = home.world.client("mamma").get(home.address + "dokument/").content.decode()
    assert str(newer.pk) in page
    assert str(document.pk) not in page


def test_without_a_plan_there_is_no_file(home: Home) -> None:
    text = seen(home.world.client("granne"), f"/familj/{home.world.children['grannbarn'].pk}/dokument/")
    assert "Det finns inget dokument än" in text


def test_a_youth_gets_her_own(home: Home) -> None:
    world = home.world
    case = world.open_case(world.youth, "social", "soc")
    plan = world.plan(case, "social", "soc", rows=("social",))
    mine = world.document(world.release_to_youth(plan))
    mothers = world.document(world.release(plan, to_guardian="mor"))
    browser, address = world.client("ungdom"), f"/familj/{world.youth.pk}/dokument/"
    assert browser.get(f"{address}{mine.pk}/").status_code == 200
    assert browser.get(f"{address}{mothers.pk}/").status_code == 404
    text = text_of(
        follow(browser, f"/familj/{world.youth.pk}/plan/{plan.pk}/svar/", {"value": "yes", "comment": ""})
    )
    assert "Ditt svar om planen: Ja" in text
    assert rows(FamilyReply)[0].child_id == world.youth.pk
