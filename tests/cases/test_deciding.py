"""Who decides about a consent: all, one who takes it back, the youth alone; and what a child thinks."""

from __future__ import annotations

from typing import Any

import pytest

from access.policy import birthday
from cases.models import ChildView, Maturity
from cases.services.consents import Asked, ChildSaid, ask_consent, note_answers
from cases.services.maturity import note_maturity, sign_maturity
from consent.models import Answer, Consent, Route
from consent.queries import consent_tables
from kit.errors import Refused
from plans.services.withdrawing import withdraw_consent
from tests.database import as_loader
from tests.worlds import World


def question(world: World, **changes: Any) -> Asked:
    values: dict[str, Any] = {
        "purpose": "Stöd",
        "units": {world.units["logoped"].pk: frozenset({"plan", "basis"})},
        "first_on": world.today,
        "last_on": world.day(100),
    }
    return Asked(**{**values, **changes})


def replies(world: World, consent: Consent, **who: Any) -> dict[Any, str]:
    with as_loader():
        return {a.pk: "yes" for a in Answer.objects.filter(scope__consent=consent, **who)}


def state(consent: Consent) -> str:
    with as_loader():
        return Consent.objects.get(pk=consent.pk).state


# --- Under 12 -------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [None, ChildSaid(asked=True, text="  ")])
def test_under_twelve_the_childs_view_is_noted_before_the_question(world: World, said: Any) -> None:
    case = world.open_case()
    with world.act("bvc") as actor, pytest.raises(Refused) as refused:
        ask_consent(case=case, asked=question(world, child_view=said), by=actor)
    assert refused.value.field == "child_view"


def test_the_childs_view_is_the_asking_units_alone(world: World) -> None:
    case = world.open_case()
    with world.act("bvc") as actor:
        view = ChildSaid(asked=False, text="För liten.")
        consent = ask_consent(case=case, asked=question(world, child_view=view), by=actor)
        assert ChildView.objects.get().text == "För liten."
    for username in ("mamma", "pappa", "bvc2", "logoped"):
        with world.act(username):
            assert not ChildView.objects.exists()
    page = world.client("bvc").get(f"/barn/{case.pk}/samtycke/{consent.pk}/").content.decode()
    assert "För liten." in page
    assert "Barnet har inte fått frågan." in page


def test_one_of_two_guardians_is_not_enough_and_one_no_bars(world: World) -> None:
    """Decision table row 22."""
    case = world.open_case()
    with world.act("bvc") as actor:
        said = ChildSaid(asked=True, text="Ja.")
        consent = ask_consent(case=case, asked=question(world, child_view=said), by=actor)
        of_mamma = replies(world, consent, guardian=world.guardians["mamma"])
        note_answers(consent=consent, replies=of_mamma, route=Route.PAPER, by=actor)
    assert state(consent) == "waiting"


def test_one_required_persons_withdrawal_is_enough(world: World) -> None:
    """Either guardian, for every unit, in the same second; and once is enough."""
    team = world.teamwork()
    with world.act("pappa") as actor:
        withdraw_consent(consent=team.consent, unit_ids=[world.units["logoped"].pk], by=actor)
    assert (
        world.client("logoped").get(f"/barn/{team.case.pk}/anteckning/{team.note.entry_id}/").status_code
        == 404
    )
    with world.act("logoped") as actor:
        assert team.note not in type(team.note).objects.visible_to(actor)


# --- From 12, and from 15 --------------------------------------------------------------------


@pytest.mark.parametrize(("age", "child"), [(11, False), (12, True), (14, True), (15, True), (17, True)])
def test_the_child_is_asked_from_twelve(world: World, age: int, child: bool) -> None:
    """Decision table row 23: and her no alone bars it."""
    somebody = world.add_child("barnet", birthday(world.today, -age), ("granne",))
    case = world.open_case(somebody)
    said = None if child else ChildSaid(asked=True, text="Ja.")
    with world.act("bvc") as actor:
        consent = ask_consent(case=case, asked=question(world, child_view=said), by=actor)
        (table,) = consent_tables(somebody.pk, actor)
        assert {person.is_child for person in table.people} == ({False, True} if child else {False})
        if child:
            of_guardian = replies(world, consent, guardian__isnull=False)
            note_answers(consent=consent, replies=of_guardian, route=Route.PAPER, by=actor)
            no = dict.fromkeys(replies(world, consent, child__isnull=False), "no")
            note_answers(consent=consent, replies=no, route=Route.IN_PERSON, by=actor)
    if child:
        assert state(consent) == "conflict"


def test_a_youth_decides_alone_once_another_has_signed(world: World) -> None:
    """R1.7: noted by one, signed by another of the unit; then her yes alone opens, and a
    guardian's earlier yes taken back closes nothing."""
    case = world.open_case(world.youth, "pupil_health", "kurator")
    world.assign("tva-enheter", "pupil_health", case)
    hat = world.memberships["tva-enheter/pupil_health"]
    with world.act("kurator") as actor:
        consent = ask_consent(case=case, asked=question(world), by=actor)
        made = note_maturity(case=case, consent=consent, reason="Mogen, och det gäller henne.", by=actor)
        with pytest.raises(Refused) as refused:
            sign_maturity(maturity=made, by=actor)
        assert refused.value.code == "not_ones_own"
        hers = replies(world, consent, child=world.youth)
        note_answers(consent=consent, replies=hers, route=Route.IN_PERSON, by=actor)
    assert state(consent) == "waiting", "nothing changes before it is signed"
    with world.act("tva-enheter", membership=hat) as actor:
        sign_maturity(maturity=Maturity.objects.select_related("case__child").get(), by=actor)
    assert state(consent) == "given"
    for username in ("mor", "ungdom", "bvc"):
        with world.act(username):
            assert not Maturity.objects.exists()


def test_what_was_given_before_the_signature_is_the_youths_alone(world: World) -> None:
    """All had said yes. From the signature the guardians are not required: hers is the yes that can
    be taken back, and theirs is none."""
    case = world.open_case(world.youth, "pupil_health", "kurator")
    world.assign("tva-enheter", "pupil_health", case)
    hat = world.memberships["tva-enheter/pupil_health"]
    with world.act("kurator") as actor:
        consent = ask_consent(case=case, asked=question(world), by=actor)
        note_answers(consent=consent, replies=replies(world, consent), route=Route.IN_PERSON, by=actor)
        assert state(consent) == "given"
        note_maturity(case=case, consent=consent, reason="Mogen, och det gäller henne.", by=actor)
    with world.act("mor") as mother:
        (table,) = consent_tables(world.youth.pk, mother)
        assert table.given_by(world.guardians["mor"].pk), "before the signature hers is one of those needed"
    with world.act("tva-enheter", membership=hat) as actor:
        sign_maturity(maturity=Maturity.objects.select_related("case__child").get(), by=actor)
    assert state(consent) == "given"
    with world.act("mor") as mother:
        (table,) = consent_tables(world.youth.pk, mother)
        assert not table.given_by(world.guardians["mor"].pk)
        with pytest.raises(Refused):
            withdraw_consent(consent=consent, unit_ids=[world.units["logoped"].pk], by=mother)
    assert state(consent) == "given"
    with world.act("ungdom") as youth:
        withdraw_consent(consent=consent, unit_ids=[world.units["logoped"].pk], by=youth)
    assert state(consent) == "partly", "what her own unit may see stands"


@pytest.mark.parametrize(("age", "asks"), [(14, False), (15, True), (17, True), (18, False)])
def test_the_page_of_maturity_says_for_whom_it_is(world: World, age: int, asks: bool) -> None:
    somebody = world.add_child("nagon", world.born(age), ("granne",))
    case = world.open_case(somebody)
    consent = world.consent(case, "logoped", state="waiting")
    address = f"/barn/{case.pk}/samtycke/{consent.pk}/mognad/"
    page = world.client("bvc").get(address)
    assert page.status_code == 200
    assert ('name="reason"' in page.content.decode()) is asks
    assert ("mellan 15 och 17 år" in page.content.decode()) is not asks


def test_nobody_under_fifteen_decides_alone(world: World) -> None:
    somebody = world.add_child("fjorton", world.born(14), ("granne",))
    case = world.open_case(somebody)
    with world.act("bvc") as actor:
        consent = ask_consent(case=case, asked=question(world), by=actor)
        with pytest.raises(Refused) as refused:
            note_maturity(case=case, consent=consent, reason="Mogen.", by=actor)
    assert refused.value.code == "not_of_that_age"


# --- A guardian who is none any more ----------------------------------------------------------------


def test_nobody_waits_for_a_guardian_registered_by_mistake(world: World) -> None:
    """Her answer is not required any more; what the other has said decides."""
    case = world.open_case()
    with world.act("bvc") as actor:
        said = ChildSaid(asked=True, text="Ja.")
        consent = ask_consent(case=case, asked=question(world, child_view=said), by=actor)
        of_mamma = replies(world, consent, guardian=world.guardians["mamma"])
        note_answers(consent=consent, replies=of_mamma, route=Route.PAPER, by=actor)
    address = f"/barn/{case.pk}/personer/vardnadshavare/{world.guardians['pappa'].pk}/avsluta/"
    wrong = world.client("bvc").post(address, {"how": "mistake", "reason": ""})
    assert wrong.status_code == 422
    assert world.client("bvc").post(address, {"how": "mistake", "reason": "Fel person."}).status_code == 302
    assert state(consent) == "given"
