"""Showing on another legal ground than consent: the choice, the test of harm, the second signature,
and what the recipient then reads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from audit.models import Event
from cases.models import Disclosure, Invitation, Version
from cases.queries.timeline import notes_asking
from cases.services import grounds
from cases.services.entries import Audience, Written, write_entry
from tests.database import as_loader
from tests.web.desk.looking import post_and_look
from tests.web.desk.test_entries import page_of, text_of
from tests.worlds import Teamwork, World

WHY_NOT = "Det behövs inte för det ni ska göra."
SENTENCE = "Barnet behöver ett stöd som bara ni kan ge."


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def ground(world: World, version: Version, unit: str) -> str:
    return page_of(version, f"lagstod/{world.unit(unit).pk}/")


def offered(world: World, version: Version, unit: str, username: str = "bvc") -> list[str]:
    """The grounds that a page offers, in order."""
    text = text_of(world.client(username).get(ground(world, version, unit)))
    return [code for code in (f"B{n}" for n in range(1, 16)) if f'name="basis" value="{code}"' in text]


def stored(version: Version) -> list[Disclosure]:
    with as_loader():
        return list(Disclosure.objects.filter(version=version).exclude(basis__in=["B1", "B14"]))


def test_the_first_time_the_whole_is_looked_at(world: World, team: Teamwork) -> None:
    """As with consent: what that unit will see, by its own queries; nothing is saved before, and what
    was typed comes along. The second time there is no such page."""
    version = team.closed_note
    browser, address = world.client("bvc"), ground(world, version, "social")
    posted = {"basis": "B6", "text": SENTENCE}
    look = browser.post(address, posted)
    assert look.status_code == 200
    page = text_of(look)
    assert f"Så här ser det ut för {world.unit('social').name}" in page
    assert "Bara för oss." in page  # what is to be shown
    assert "Pratar lite." not in page  # what the team may read and this unit may not
    assert "Inget som du får läsa." in page
    assert stored(version) == []
    back = browser.post(address, {**posted, "change": "1"})
    assert (back.status_code, SENTENCE in text_of(back)) == (200, True)
    with as_loader():
        seen = Event.objects.get(action="previewed_as")
    assert seen.detail["as_unit"] == str(world.unit("social").pk)
    assert post_and_look(browser, address, posted).status_code == 302
    assert len(stored(version)) == 1
    with world.act("bvc") as actor:
        another = write_entry(
            case=team.case, written=Written("note", "En till.", actor.today), audience=Audience(), by=actor
        )
    assert browser.post(ground(world, another, "social"), posted).status_code == 302


def test_to_a_unit_that_takes_part_the_whole_is_what_it_sees(world: World, team: Teamwork) -> None:
    """The preschool has been shown the plan and no note yet: at the first one the plan stands there."""
    world.release(team.plan, to_unit="preschool", consent=team.consent)
    page = text_of(
        world.client("bvc").post(
            ground(world, team.closed_note, "preschool"), {"basis": "B2", "text": SENTENCE}
        )
    )
    assert "Så här ser det ut för preschool" in page
    assert "Språklek varje dag" in page


def test_the_unit_is_chosen_first(world: World, team: Teamwork) -> None:
    browser, address = world.client("bvc"), page_of(team.closed_note, "lagstod/")
    assert browser.post(address, {}).status_code == 422
    answer = browser.post(address, {"unit": str(world.unit("social").pk)})
    assert answer["Location"] == ground(world, team.closed_note, "social")


@pytest.mark.parametrize(
    ("unit", "codes"),
    [
        ("social", ["B2", "B5", "B6"]),
        ("school", ["B2", "B3"]),
        ("police", ["B2", "B3", "B9"]),
        ("logoped", ["B1", "B2", "B6"]),  # the consent covers it
    ],
)
def test_what_can_be_lawful_is_offered(world: World, team: Teamwork, unit: str, codes: list[str]) -> None:
    """Three at most; nothing that the matrix bars for what BVC writes."""
    assert offered(world, team.closed_note, unit) == codes


def test_shown_on_what_the_child_needs(world: World, team: Teamwork) -> None:
    """B6 to social services: recorded, invited, taken, read, and only that."""
    version = team.closed_note
    browser, address = world.client("bvc"), ground(world, version, "social")
    missing = browser.post(address, {"basis": "B6", "text": " "})
    assert missing.status_code == 422
    assert "Skriv vilken vård eller vilket stöd den behövs för." in text_of(missing)
    assert post_and_look(browser, address, {"basis": "B6", "text": SENTENCE}).status_code == 302
    (one,) = stored(version)
    assert (one.basis, one.basis_no, one.rule, one.test, one.outcome) == (
        "B6",
        1,
        "OSL 25:1",
        "reversed",
        "lifted",
    )
    assert one.grounds == SENTENCE and one.decided_by_id == world.accounts["bvc"].pk  # noqa: PT018
    with as_loader():
        event = Event.objects.get(action="version_shown", object=version.pk)
        invitation = Invitation.objects.get(case=team.case, to_unit=world.unit("social"))
    assert event.detail["basis"] == "B6" and SENTENCE not in str(event.detail)  # noqa: PT018
    reader = world.client("soc")
    assert reader.get(page_of(version)).status_code == 404
    assert reader.post(f"/enheten/inbjudan/{invitation.pk}/ta/").status_code == 302
    assert "Bara för oss." in text_of(reader.get(page_of(version)))
    assert reader.get(page_of(team.note)).status_code == 404
    assert world.client("soc2").get(page_of(version)).status_code == 404
    text = text_of(reader.get(f"/barn/{team.case.pk}/"))
    assert "logoped" not in text.lower()  # nothing of the others
    assert reader.get(f"/barn/{team.case.pk}/anteckning/ny/").status_code == 404


def test_stopped_and_nothing_is_left(world: World, team: Teamwork) -> None:
    """The unit that read only this takes no part any more."""
    version = team.closed_note
    browser = world.client("bvc")
    post_and_look(browser, ground(world, version, "social"), {"basis": "B6", "text": SENTENCE})
    with as_loader():
        invitation = Invitation.objects.get(case=team.case, to_unit=world.unit("social"))
    reader = world.client("soc")
    reader.post(f"/enheten/inbjudan/{invitation.pk}/ta/")
    (one,) = stored(version)
    assert browser.post(page_of(version, f"dela/{one.pk}/sluta/")).status_code == 302
    assert reader.get(page_of(version)).status_code == 404
    assert reader.get(f"/barn/{team.case.pk}/").status_code == 404


def test_who_sees_what_names_a_unit_without_consent(world: World, team: Teamwork) -> None:
    """A column of its own, with the ground and its end; others' notes are not shown it."""
    browser, version = world.client("bvc"), team.closed_note
    table = f"/barn/{version.case_id}/vem-ser-vad/"
    name = world.unit("social").name
    assert f"<bdi>{name}</bdi></th>" not in text_of(browser.get(table))
    post_and_look(browser, ground(world, version, "social"), {"basis": "B6", "text": SENTENCE})
    shown = text_of(browser.get(table))
    assert f"<bdi>{name}</bdi></th>" in shown
    assert shown.count("med annat lagstöd, till") == 1


def test_what_is_shown_is_not_decided_twice(world: World, team: Teamwork) -> None:
    """Two tabs: the second one says that it is done, and writes nothing."""
    browser, address = world.client("bvc"), ground(world, team.closed_note, "social")
    post_and_look(browser, address, {"basis": "B6", "text": SENTENCE})
    again = browser.post(address, {"basis": "B6", "text": SENTENCE})
    assert again.status_code == 422
    assert "Det här visas redan för dem" in text_of(again)
    assert len(stored(team.closed_note)) == 1


def test_a_ground_that_is_not_offered_is_refused(world: World, team: Teamwork) -> None:
    """A forged choice ends in the form, not in a row."""
    for unit, code in (("social", "B4"), ("school", "B6"), ("police", "B11"), ("social", "B15")):
        answer = world.client("bvc").post(
            ground(world, team.closed_note, unit), {"basis": code, "text": SENTENCE}
        )
        assert answer.status_code == 422, code
    assert stored(team.closed_note) == []


def test_noted_that_it_is_not_shown(world: World, team: Teamwork) -> None:
    """The test came to no: kept, opens nothing."""
    browser, address = world.client("bvc"), ground(world, team.closed_note, "social")
    wrong = browser.post(address, {"refuse": "1", "no-text": ""})
    assert wrong.status_code == 422
    assert "<title>Fel:" in text_of(wrong)
    assert '<a href="#id_no-text">' in text_of(wrong)
    assert browser.post(address, {"refuse": "1", "no-text": "Familjen lider men."}).status_code == 302
    (one,) = stored(team.closed_note)
    assert one.outcome == "refused" and one.valid.isempty  # noqa: PT018
    with as_loader():
        assert not Invitation.objects.filter(to_unit=world.unit("social")).exists()
    text = text_of(browser.get(page_of(team.closed_note, "menprovningar/")))
    assert "Familjen lider men." in text and "Visas inte" in text  # noqa: PT018


def test_about_somebody_else_consent_is_not_enough(world: World, team: Teamwork) -> None:
    """R1.8: the yes about the child does not lift what is about a parent."""
    browser = world.client("bvc")
    page = browser.get(f"/barn/{team.case.pk}/anteckning/lasare/?kind=note&beyond_consent=on")
    assert 'value="team-' not in text_of(page)
    with world.act("bvc") as actor:
        written = Written("note", "Om mamma.", actor.today, beyond_consent=True)
        about_mother = write_entry(case=team.case, written=written, audience=Audience(), by=actor)
    assert "B1" not in offered(world, about_mother, "logoped")
    assert "B6" in offered(world, about_mother, "logoped")


# --- The second person ----------------------------------------------------------------------------


def test_another_person_signs(world: World, team: Teamwork) -> None:
    """Closed until then; not by the one who decided; then open, and in the log of tests."""
    world.assign("bvc2", "bvc", team.case)
    waiting = world.waits_for_signature(team.closed_note, "logoped", by="bvc2", second="colleague")
    address = f"/barn/{team.case.pk}/skriv-under/{waiting.pk}/"
    assert world.client("logoped").get(page_of(team.closed_note)).status_code == 404
    decider = world.client("bvc2")
    assert "Någon annan på enheten måste skriva under" in text_of(decider.get(address))
    assert decider.post(address, {"sign": "1"}).status_code >= 400
    signer = world.client("bvc")
    assert "Skriv under det som en kollega vill visa" in text_of(signer.get("/mitt-arbete/"))
    assert "Bara för oss." in text_of(signer.get(address))
    assert signer.post(address, {"sign": "1"}).status_code == 302
    assert "Bara för oss." in text_of(world.client("logoped").get(page_of(team.closed_note)))
    assert signer.get(address).status_code == 404  # nothing waits any more
    with as_loader():
        signed = Disclosure.objects.get(pk=waiting.pk)
        assert signed.signed_by == world.accounts["bvc"]
        assert Event.objects.filter(action="disclosure_signed").count() == 1


def test_a_lawyer_signs_what_asks_for_one(world: World, team: Teamwork) -> None:
    waiting = world.waits_for_signature(team.closed_note, "logoped", by="bvc2", second="lawyer")
    address = f"/barn/{team.case.pk}/skriv-under/{waiting.pk}/"
    signer = world.client("bvc")
    assert "Skriv under det som en kollega vill visa" not in text_of(signer.get("/mitt-arbete/"))
    assert "Bara en jurist kan skriva under" in text_of(signer.get(address))
    assert signer.post(address, {"sign": "1"}).status_code >= 400
    world.add_staff("regionjurist", "bvc", role="lawyer")
    world.assign("regionjurist", "bvc", team.case)
    assert world.client("regionjurist").post(address, {"sign": "1"}).status_code == 302
    assert "Bara för oss." in text_of(world.client("logoped").get(page_of(team.closed_note)))


def test_the_second_person_says_no(world: World, team: Teamwork) -> None:
    waiting = world.waits_for_signature(team.closed_note, "logoped", by="bvc2", second="colleague")
    address = f"/barn/{team.case.pk}/skriv-under/{waiting.pk}/"
    signer = world.client("bvc")
    for because in ("", "Nej.", " " * 12):
        wrong = signer.post(address, {"refuse": "1", "because": because})
        assert wrong.status_code == 422
        assert 'href="#id_because"' in text_of(wrong)
        assert text_of(wrong).count("Skriv med några ord varför du inte skriver under.") == 2
    with as_loader():
        assert Disclosure.objects.get(pk=waiting.pk).outcome != "refused"
    assert signer.post(address, {"refuse": "1", "because": WHY_NOT}).status_code == 302
    assert world.client("logoped").get(page_of(team.closed_note)).status_code == 404
    with as_loader():
        assert Disclosure.objects.get(pk=waiting.pk).outcome == "refused"
    tests = text_of(world.client("bvc").get(page_of(team.closed_note, "menprovningar/")))
    assert "Bvc Testsson skrev inte under" in tests
    assert WHY_NOT in tests
    with as_loader():
        assert WHY_NOT not in str(Event.objects.get(action="disclosure_declined").detail)


def test_whoever_asked_is_told_why_not(world: World, team: Teamwork) -> None:
    """In her list of work and the child's, for two weeks or until she has decided anew; nobody else's."""
    world.assign("bvc2", "bvc", team.case)
    waiting = world.waits_for_signature(team.closed_note, "logoped", by="bvc2", second="colleague")
    with world.act("bvc") as actor:
        grounds.decline(disclosure=waiting, because=WHY_NOT, by=actor)
    asked, tests = world.client("bvc2"), page_of(team.closed_note, "menprovningar/")
    for page in ("/mitt-arbete/", f"/barn/{team.case.pk}/"):
        shown = text_of(asked.get(page))
        assert "Läs varför en kollega inte skrev under" in shown
        assert f'href="{tests}"' in shown
        assert "Läs varför" not in text_of(world.client("bvc").get(page))
    assert WHY_NOT in text_of(asked.get(tests))
    assert WHY_NOT not in text_of(world.client("logoped").get(f"/barn/{team.case.pk}/handelser/"))
    for days, told in ((13, True), (15, False)):
        with world.act("bvc2", at=world.days(days)) as actor:
            assert [version.pk for version in notes_asking(actor)] == [team.closed_note.pk] * told
    anew = world.at + timedelta(minutes=1)
    world.waits_for_signature(team.closed_note, "logoped", by="bvc2", second="colleague", decided_at=anew)
    assert "Läs varför" not in text_of(asked.get("/mitt-arbete/"))


def test_whoever_asked_takes_it_back_without_a_word(world: World, team: Teamwork) -> None:
    """And is told of nothing."""
    world.assign("bvc2", "bvc", team.case)
    waiting = world.waits_for_signature(team.closed_note, "logoped", by="bvc2", second="colleague")
    address = f"/barn/{team.case.pk}/skriv-under/{waiting.pk}/"
    asked = world.client("bvc2")
    assert 'name="because"' not in text_of(asked.get(address))
    assert "Ta tillbaka" in text_of(asked.get(address))
    assert asked.post(address, {"refuse": "1"}).status_code == 302
    assert "Läs varför" not in text_of(asked.get("/mitt-arbete/"))


def test_the_database_asks_why_not_too(world: World, team: Teamwork) -> None:
    waiting = world.waits_for_signature(team.closed_note, "logoped", by="bvc2", second="colleague")
    with world.act("bvc"), connection.cursor() as cursor:
        for because, done in (("         nej", False), (WHY_NOT, True)):
            cursor.execute("select access.disclosure_decline(%s, %s)", [waiting.pk, because])
            assert cursor.fetchone() == (done,)


# --- Vad får jag dela? ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("username", "to", "about", "says", "says_not"),
    [
        ("rektor", "SOC", "help", "Generalklausulen", "Nej: Generalklausulen"),
        ("soc", "SKOLA", "help", "Nej: Barnet behöver vård eller stöd", "Ja, om det stämmer: Barnet behöver"),
        ("soc", "POL", "crime_risk", "Ja, om det stämmer: Risk att den unga begår brott", "Nej: Risk"),
        (
            "bvc",
            "SOC",
            "help",
            "Ja, om det stämmer: Barnet behöver vård eller stöd",
            "Ja, om det stämmer: Gener",
        ),
    ],
)
def test_two_questions_and_an_answer(
    world: World, username: str, to: str, about: str, says: str, says_not: str
) -> None:
    """With the paragraph, for one's own unit."""
    text = " ".join(text_of(world.client(username).get(f"/vad-far-jag-dela/?till={to}&om={about}")).split())
    assert says in text and says_not not in text  # noqa: PT018
    assert "OSL" in text


def test_advice_asks_for_both(world: World) -> None:
    browser = world.client("bvc")
    assert browser.get("/vad-far-jag-dela/").status_code == 200
    answer = browser.get("/vad-far-jag-dela/?till=SOC&om=")
    assert answer.status_code == 422
    assert "Välj vad det gäller" in text_of(answer)


def test_what_waits_to_be_signed_is_no_row_of_the_familys(world: World, team: Teamwork) -> None:
    """Nor why it was not signed, which may be just what she is not to know: row-level security."""
    with as_loader():
        waiting = Disclosure.objects.create(
            version=team.closed_note, case=team.case, owner_unit=world.unit("bvc"),
            to_guardian=world.guardians["mamma"], basis="B14", second="colleague", ends_at=world.days(30),
            decided_by=world.accounts["bvc2"], decided_at=world.days(-1), valid=DateTimeTZRange(empty=True),
        )  # fmt: skip
    for declined in (False, True):
        with world.act("bvc") as actor:
            assert Disclosure.objects.filter(pk=waiting.pk).exists()
            if declined:
                grounds.decline(disclosure=waiting, because=WHY_NOT, by=actor)
        with world.act("mamma"):
            assert not Disclosure.objects.filter(pk=waiting.pk).exists()
