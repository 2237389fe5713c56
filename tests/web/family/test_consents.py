"""Consent as the family meets it: answering, waiting for others, taking back; without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from cases.models import Case
from consent.models import Answer, Consent, Scope
from kit.errors import Refused
from people.models import Child
from tests.database import as_loader
from tests.web.family.support import Home, follow, rows, seen, text_of
from tests.worlds import World


def home_of(world: World, child: Child | None = None) -> str:
    return f"/familj/{(child or world.child).pk}/"


def address_of(consent: Consent) -> str:
    return f"/familj/{consent.child_id}/samtycke/{consent.pk}/"


def fields_of(browser: Client, address: str) -> list[str]:
    """The names of the rows on the answer page, in order."""
    page = browser.get(address).content.decode()
    return list(dict.fromkeys(re.findall(r'name="(answer_[^"]+)"', page)))


# --- Answering ---------------------------------------------------------------------------


def test_nothing_is_ticked_and_both_answers_are_as_large(world: World, asked: Callable[..., Consent]) -> None:
    page = world.client("mamma").get(address_of(asked())).content.decode()
    assert "checked" not in page
    buttons = re.findall(r"<button ([^>]*)name=\"all\" value=\"(\w+)\"", page)
    assert [value for _, value in buttons] == ["yes_to_all", "no_to_all"]
    assert buttons[0][0] == buttons[1][0]


def test_the_question_says_who_what_and_until_when(world: World, asked: Callable[..., Consent]) -> None:
    text = seen(world.client("mamma"), address_of(asked("bvc", "logoped", categories=("plan", "health"))))
    assert "Gemensamt stöd" in text
    assert "logoped Får läsa: Planen och det som gäller hälsa" in text
    assert "Det gäller längst till och med" in text
    assert "Hjälpen från var och en kan fortsätta." in text


def test_yes_to_all_waits_for_the_other(world: World, asked: Callable[..., Consent]) -> None:
    consent = asked()
    response = follow(world.client("mamma"), address_of(consent), {"all": "yes_to_all"})
    text = text_of(response)
    assert "Tack. Ditt svar är sparat." in text
    assert "Vi väntar på svar. Inget delas innan dess." in text
    assert {answer.reply for answer in rows(Answer, guardian=world.guardians["mamma"])} == {"yes"}
    assert {answer.reply for answer in rows(Answer, guardian=world.guardians["pappa"])} == {""}
    overview = seen(world.client("mamma"), home_of(world))
    assert "Du har svarat. Vi väntar på svar. Inget delas innan dess." in overview
    assert "Svara på frågan" not in overview


def test_when_all_have_said_yes_it_holds(world: World, asked: Callable[..., Consent]) -> None:
    consent = asked()
    follow(world.client("mamma"), address_of(consent), {"all": "yes_to_all"})
    text = text_of(follow(world.client("pappa"), address_of(consent), {"all": "yes_to_all"}))
    assert "De som har fått ett ja får nu se det de behöver." in text
    assert {scope.state for scope in rows(Scope)} == {"given"}
    listing = seen(world.client("mamma"), home_of(world) + "samtycke/")
    assert "Gäller till och med" in listing
    assert "person till" not in listing


def test_one_no_is_enough(world: World, asked: Callable[..., Consent]) -> None:
    consent = asked()
    follow(world.client("pappa"), address_of(consent), {"all": "yes_to_all"})
    text = text_of(follow(world.client("mamma"), address_of(consent), {"all": "no_to_all"}))
    assert "Inget delas." in text
    assert {scope.state for scope in rows(Scope)} == {"conflict"}
    # And it can be changed.
    assert "Ändra ditt svar" in seen(world.client("mamma"), home_of(world) + "samtycke/")
    follow(world.client("mamma"), address_of(consent), {"all": "yes_to_all"})
    assert {scope.state for scope in rows(Scope)} == {"given"}


def test_one_at_a_time(world: World, asked: Callable[..., Consent]) -> None:
    browser, consent = world.client("mamma"), asked()
    first, second, third = fields_of(browser, address_of(consent))
    text = text_of(follow(browser, address_of(consent), {first: "yes", second: "no"}))
    assert "En del av dina svar är sparade" in text
    assert fields_of(browser, address_of(consent)) == [first, second, third]
    text = text_of(follow(browser, address_of(consent), {third: "yes"}))
    assert "Tack. Ditt svar är sparat." in text


def test_no_answer_at_all_is_an_error(world: World, asked: Callable[..., Consent]) -> None:
    browser, consent = world.client("mamma"), asked()
    response = browser.post(address_of(consent), {})
    assert response.status_code == 422
    page = response.content.decode()
    first = fields_of(browser, address_of(consent))[0]
    assert f'href="#id_{first}_0"' in page
    assert "Välj ja eller nej för minst en" in page
    assert '<details class="bb-details" open>' in page
    assert "<title>Fel: Frågan om samtycke – Min sida</title>" in page


def test_another_persons_answer_cannot_be_given(world: World, asked: Callable[..., Consent]) -> None:
    """The other guardian's row posted by hand changes nothing."""
    consent = asked("bvc")
    theirs = rows(Answer, guardian=world.guardians["pappa"])[0]
    response = world.client("mamma").post(address_of(consent), {f"answer_{theirs.pk}": "yes"})
    assert response.status_code == 422
    assert rows(Answer, pk=theirs.pk)[0].reply == ""


def test_what_has_ended_cannot_be_answered(world: World, asked: Callable[..., Consent]) -> None:
    consent = asked(valid=(world.days(-30), world.days(-1)))
    browser = world.client("mamma")
    assert "Det finns inget mer att svara på här." in seen(browser, address_of(consent))
    assert browser.post(address_of(consent), {"all": "yes_to_all"}).status_code == 422
    assert "Gäller inte längre" in seen(browser, home_of(world) + "samtycke/")
    assert "Svara på frågan" not in seen(browser, home_of(world))


def test_a_youth_answers_for_herself_and_hears_du(world: World, asked: Callable[..., Consent]) -> None:
    consent = asked(child=world.youth)
    browser = world.client("ungdom")
    assert "Om du säger nej" in seen(browser, address_of(consent))
    text = text_of(follow(browser, address_of(consent), {"all": "yes_to_all"}))
    assert "Vi väntar på svar." in text
    assert {answer.reply for answer in rows(Answer, child=world.youth)} == {"yes"}


# --- Two guardians ------------------------------------------------------------------------


def test_nothing_of_the_other_guardian_is_shown(home: Home) -> None:
    """Neither name, phone nor address of the other, nor what he wrote, on any page or in any state."""
    world = home.world
    with as_loader():
        pappa = world.guardians["pappa"]
        pappa.given_name, pappa.family_name = "Kalle", "Hemligsson"
        pappa.phone, pappa.email = "070-123 45 67", "kalle@hemlig.invalid"
        pappa.save()
    world.family_reply(home.team.plan, guardian="pappa", value="yes_but", comment="Mitt eget förbehåll")
    own_note = world.entry("bvc", "bvc", home.team.case, body="Till pappa ensam.")
    world.show(own_note, to_guardian="pappa")
    waiting = world.consent(home.team.case, "school", state="waiting")
    conflict = world.consent(home.team.case, "pupil_health", state="conflict")
    browser = world.client("mamma")
    for address in [*home.addresses(), address_of(waiting), address_of(conflict)]:
        page = browser.get(address).content.decode()
        for secret in (
            "Kalle",
            "Hemligsson",
            "070-123",
            "hemlig.invalid",
            "Mitt eget förbehåll",
            "Till pappa ensam",
        ):
            assert secret not in page, (address, secret)
    assert browser.get(home.address + f"anteckningar/{own_note.pk}/").status_code == 404


def test_anothers_no_is_not_said(home: Home) -> None:
    """Whoever said yes reads the same whether the other has said no or nothing."""
    world = home.world
    consent = world.consent(home.team.case, "pupil_health", state="conflict")
    with as_loader():
        Answer.objects.filter(scope__consent=consent, guardian=world.guardians["mamma"]).update(reply="yes")
        Answer.objects.filter(scope__consent=consent, guardian=world.guardians["pappa"]).update(reply="no")
    text = seen(world.client("mamma"), home.address + "samtycke/")
    assert "pupil_health Alla har inte sagt ja" in text
    assert "olika" not in text
    assert "Pappa" not in text
    assert "pupil_health Nej" in seen(world.client("pappa"), home.address + "samtycke/")


# --- Taking back ----------------------------------------------------------------------------


def test_taking_back_in_two_screens_with_a_receipt(home: Home) -> None:
    world = home.world
    browser, unit = world.client("mamma"), str(world.units["logoped"].pk)
    address = home.consent_address + "ta-tillbaka/"
    first = browser.get(address).content.decode()
    assert "checked" not in first
    assert "Du behöver inte säga varför." in first
    second = browser.get(address, {"next": "1", "units": unit}).content.decode()
    assert "logoped kan inte längre läsa det som andra har skrivit, och inte planen." in second
    assert "Det de själva har skrivit måste de spara enligt lag." in second
    assert "textarea" not in second
    assert rows(Scope, unit=world.units["logoped"])[0].state == "given"  # nothing has changed yet
    receipt = text_of(follow(browser, address, {"units": [unit]}))
    assert "Du har tagit tillbaka ditt ja" in receipt
    assert "1 anteckning som andra har visat och planen går inte längre att läsa där." in receipt
    assert "Om de har skrivit något själva måste de behålla det enligt lag." in receipt
    assert "preschool" not in receipt


def test_who_took_it_back_is_hers_to_know(home: Home) -> None:
    """She reads that she took it back, the other only that the consent no longer holds:
    on the overview, on the list and on the consent's own page."""
    world = home.world
    world.client("mamma").post(
        home.consent_address + "ta-tillbaka/", {"units": [str(world.units["logoped"].pk)]}
    )
    pages = (home.address, home.address + "samtycke/", home.consent_address)
    for page in pages:
        hers, his = seen(world.client("mamma"), page), seen(world.client("pappa"), page)
        assert "Du tog tillbaka ditt ja" in hers, page
        assert "illbaka" not in his.replace("Ta tillbaka ett ja", "").replace(
            "Se, ändra eller ta tillbaka samtycke", ""
        ), page
    assert "Pausad Samtycket för logoped gäller inte längre." in seen(world.client("pappa"), home.address)
    assert "logoped Gäller inte längre Fick läsa:" in seen(world.client("pappa"), pages[1])


def test_it_closes_at_once_for_the_unit_and_nobody_else(home: Home) -> None:
    from cases.models import Version

    world = home.world
    world.client("mamma").post(
        home.consent_address + "ta-tillbaka/", {"units": [str(world.units["logoped"].pk)]}
    )
    with world.act("logoped") as actor:
        assert [v.pk for v in Version.objects.visible_to(actor)] == [home.team.logoped_note.pk]
        assert list(Case.objects.worked_on_by(actor)) == []
    with world.act("forskola") as actor:
        assert Case.objects.worked_on_by(actor).get() == home.team.case


def test_all_units_at_once(home: Home) -> None:
    world = home.world
    units = [str(world.units[name].pk) for name in ("bvc", "logoped", "preschool")]
    receipt = text_of(follow(world.client("mamma"), home.consent_address + "ta-tillbaka/", {"units": units}))
    for name in ("bvc", "logoped", "preschool"):
        assert name in receipt
    assert "Om de har skrivit något själva måste de behålla det enligt lag." in receipt
    assert world.client("mamma").get(home.consent_address + "ta-tillbaka/").status_code == 404


def test_a_yes_given_twice_is_taken_back_once(home: Home) -> None:
    """Two consents cover the same unit: to the family it is one yes."""
    world = home.world
    again = world.consent(home.team.case, "logoped", opens=False)
    world.client("mamma").post(
        home.consent_address + "ta-tillbaka/", {"units": [str(world.units["logoped"].pk)]}
    )
    assert {scope.state for scope in rows(Scope, unit=world.units["logoped"])} == {"withdrawn"}
    assert "Tillbakataget" in seen(world.client("mamma"), address_of(again))


def test_choosing_nothing_is_an_error(home: Home) -> None:
    browser, address = home.world.client("mamma"), home.consent_address + "ta-tillbaka/"
    for response in (browser.get(address, {"next": "1"}), browser.post(address, {})):
        assert response.status_code == 422
        assert "Välj minst en" in text_of(response)
    stranger = str(home.world.units["police"].pk)
    assert browser.post(address, {"units": [stranger]}).status_code == 422


def test_the_receipt_is_the_readers_own(home: Home) -> None:
    world = home.world
    address = home.consent_address + "tillbakataget/"
    assert world.client("pappa").get(address).status_code == 404
    browser = world.client("mamma")
    assert browser.get(address).status_code == 404
    follow(browser, home.consent_address + "ta-tillbaka/", {"units": [str(world.units["logoped"].pk)]})
    session = str(dict(browser.session))
    assert "logoped" not in session  # ids and numbers only
    assert world.client("pappa").get(address).status_code == 404


def test_sending_it_twice_changes_nothing_more(home: Home) -> None:
    browser, address = home.world.client("mamma"), home.consent_address + "ta-tillbaka/"
    data = {"units": [str(home.world.units["logoped"].pk)]}
    assert browser.post(address, data).status_code == 302
    assert browser.post(address, data).status_code == 422


def test_nobody_withdraws_for_another_family(home: Home) -> None:
    world = home.world
    data = {"units": [str(world.units["logoped"].pk)]}
    for username in ("granne", "mor", "ungdom", "bvc", "styrgrupp"):
        assert world.client(username).post(home.consent_address + "ta-tillbaka/", data).status_code == 404
    assert rows(Scope, unit=world.units["logoped"])[0].state == "given"


@pytest.mark.parametrize("path", ["svarat/", "tillbakataget/"])
def test_the_result_pages_change_nothing(home: Home, path: str) -> None:
    assert home.world.client("mamma").post(home.consent_address + path).status_code == 405


def test_refused_is_told_on_the_page(
    world: World, asked: Callable[..., Consent], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise Refused("Svaret gick inte att spara. Inget har ändrats.")

    monkeypatch.setattr("web.family.views.consents.answer_consent", refuse)
    response = world.client("mamma").post(address_of(asked()), {"all": "yes_to_all"})
    assert response.status_code == 422
    assert "Svaret gick inte att spara" in text_of(response)
