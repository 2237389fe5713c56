"""Vem har läst: what was shown without a yes, a nödöppning, and two people who are called the same."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection

from access.law import told_to_family
from access.units import UnitKind
from audit.models import Event
from audit.services import record
from cases.models import Disclosure, Emergency, Version
from cases.services.grounds import Weighed, show_on_ground
from cases.services.grounds import sign as sign_ground
from tests import services as services_of_tests
from tests.database import as_loader
from tests.web.family.support import Home, read_by, rows, seen
from tests.web.family.test_log_extract import saved, text_of_pdf

WHY = "Barnet behöver det för sitt stöd."


def log(home: Home, who: str = "mamma") -> str:
    text = seen(home.world.client(who), home.address + "vem-har-last/")
    return text.split("Undrar du över")[0]


def shown(home: Home, unit: str, basis: str, *, version: Version | None = None) -> Disclosure:
    """BVC shows the note that mamma reads to a unit, on a ground."""
    if basis in {"B9", "B10"}:  # what they ask for is not at stake here
        return home.world.show(version or home.team.note, to_unit=unit, basis=basis)
    with home.world.act("bvc") as actor:
        return show_on_ground(
            version=version or home.team.note,
            to_unit=home.world.units[unit],
            weighed=Weighed(basis, WHY),
            by=actor,
        )


def opens(home: Home, who: str, disclosure: Disclosure) -> None:
    """Somebody there opens just that note, as its page records it."""
    with home.world.act(who) as actor:
        record(
            by=actor, kind="read", action="opened_entry", child=home.world.child.pk,
            case=home.team.case.pk, object=disclosure.version_id,
            basis=disclosure.basis, disclosure=disclosure.pk,
        )  # fmt: skip


# --- Without a yes -------------------------------------------------------------------------------


def test_to_which_unit_and_on_what_ground(home: Home) -> None:
    """B2 to the school: page and paper name it, in plain words with the paragraph; so also when it reads."""
    opens(home, "rektor", shown(home, "school", "B2"))
    ground = "Utan samtycke: det som visades är inte hemligt för dem (OSL 10 kap., menprövning)"
    for text in (log(home), text_of_pdf(saved(home).content)):
        assert "isade en anteckning för school" in text
        assert text.count(ground) == 2
        assert "äste en anteckning som ni också kan läsa" in text
        assert WHY not in text
    assert "school" not in log(home, "pappa"), "the note is not shown to him"


def test_the_ground_is_told_in_the_version_that_was_decided_on(home: Home) -> None:
    home.world.consent(home.team.case, "social", opens=False)
    shown(home, "social", "B6")
    home.world.law_version("B6")
    assert "det behövs för vård eller stöd (OSL 26:9 och 25:12)" in log(home)


def test_by_consent_and_to_herself(home: Home) -> None:
    for disclosure, to in ((home.team.shown, "logoped"), (_to_mamma(home), "dig")):
        with home.world.act("bvc") as actor:
            record(by=actor, kind="write", action="version_shown", child=home.world.child.pk,
                   object=disclosure.version_id, disclosure=disclosure.pk)  # fmt: skip
        assert f"Visade en anteckning för {to}" in log(home)
    assert log(home).count("Med samtycke (OSL 12:2 och 10:1)") == 1
    assert "Utan samtycke" not in log(home)


def _to_mamma(home: Home) -> Disclosure:
    found: Disclosure = rows(Disclosure, version=home.team.note, to_guardian=home.world.guardians["mamma"])[0]
    return found


@pytest.mark.parametrize(
    ("unit", "basis"),
    [("police", "B2"), ("police", "B9"), ("police", "B10"), ("social", "B2"), ("social", "B6")],
)
def test_what_may_not_be_told_leaves_no_trace(home: Home, unit: str, basis: str) -> None:
    """§4: neither that it was shown nor that it was read. The police, and the social services where
    she does not know that they are with the child; whatever is about crime or violence."""
    before = log(home), text_of_pdf(saved(home).content)[-600:]
    opens(home, {"police": "polis", "social": "soc"}[unit], shown(home, unit, basis))
    assert (log(home), text_of_pdf(saved(home).content)[-600:]) == before


def test_the_social_services_are_named_where_she_knows_of_them(home: Home) -> None:
    home.world.consent(home.team.case, "social", opens=False)
    opens(home, "soc", shown(home, "social", "B6"))
    text = log(home)
    assert "Visade en anteckning för social" in text
    assert "det behövs för vård eller stöd" in text


def test_a_note_that_she_does_not_read_is_not_told_of(home: Home) -> None:
    before = log(home)
    opens(home, "rektor", shown(home, "school", "B2", version=home.team.closed_note))
    assert log(home) == before


def test_a_unit_is_told_of_with_that_note_alone(home: Home) -> None:
    """What else the unit opens is not hers to know: it may be about something else."""
    opens(home, "rektor", shown(home, "school", "B2"))
    before = log(home)
    read_by(home.world, "rektor", "opened_case")
    read_by(home.world, "rektor", "opened_entry", object=home.team.closed_note.pk)
    assert log(home) == before


def test_what_waits_for_a_signature_is_told_once_it_is_signed(home: Home) -> None:
    """Neither the proposal nor a no to it: then nothing was shown."""
    before = log(home)
    waits = home.world.waits_for_signature(home.team.note, "school", by="bvc2", second="colleague")
    with home.world.act("bvc") as actor:
        for action in ("disclosure_to_sign", "disclosure_declined", "disclosure_refused"):
            record(by=actor, kind="write", action=action, child=home.world.child.pk,
                   object=waits.version_id, disclosure=waits.pk)  # fmt: skip
    assert log(home) == before
    with home.world.act("bvc") as actor:
        sign_ground(disclosure=waits, by=actor)
    assert log(home).count("Visade en anteckning för school") == 1


def test_rule_and_database_tell_the_same() -> None:
    """Every ground, kind of unit, known or not."""
    url = services_of_tests.address().superuser_url(services_of_tests.database_name())
    import psycopg

    with psycopg.connect(url) as owner:
        for code, kind, known in product([f"B{n}" for n in range(1, 16)], UnitKind, (True, False)):
            (told,) = owner.execute(
                "select access_owner.told_to_family(%s, %s, %s)", [code, kind.value, known]
            ).fetchone()  # type: ignore[misc]
            assert told is told_to_family(code, kind, known=known), (code, kind, known)


def test_grounds_have_words() -> None:
    """Whatever is told of is told in words."""
    from access.law import TOLD_TO_FAMILY
    from cases.queries.readings import EMERGENCIES, GROUNDS

    assert set(GROUNDS) == TOLD_TO_FAMILY
    assert set(EMERGENCIES) == set(Emergency.Code)


# --- A nödöppning ---------------------------------------------------------------------------------


def emergency(home: Home, *, minutes: int, lasted: int, who: str = "bvc2") -> Emergency:
    """Somebody opened the case in an emergency, so many minutes ago."""
    world = home.world
    at = world.at - timedelta(minutes=minutes)
    with as_loader():
        made = Emergency.objects.create(
            account=world.accounts[who], unit=world.units["bvc"], case=home.team.case, code="stand_in",
            text="Kollegan är sjuk och mamma ringde.", opened_at=at,
            valid=world.period((at, at + timedelta(minutes=lasted))), review_due_on=world.day(3),
        )  # fmt: skip
    with world.act(who) as actor:
        record(by=actor, kind="emergency", action="emergency_opened", child=world.child.pk,
               case=home.team.case.pk, object=made.pk)  # fmt: skip
        if lasted < minutes:
            record(by=actor, kind="emergency", action="emergency_ended", child=world.child.pk,
                   case=home.team.case.pk, object=made.pk)  # fmt: skip
    with as_loader():
        Event.objects.filter(object=made.pk, action="emergency_opened").update(at=at)
    return made


def test_a_nodoppning_is_one_line_with_its_end_and_why(home: Home) -> None:
    from kit import dates

    made = emergency(home, minutes=50, lasted=20)
    clock = f"{dates.clock(made.opened_at)}–{dates.clock(made.valid.upper)}"
    for text in (log(home), text_of_pdf(saved(home).content)):
        assert text.count("(nödöppning)") == 1, text
        assert clock in text
        assert "Varför: den som brukar ha kontakten gick inte att nå" in text
        assert "ringde" not in text, "what she wrote is her unit's"


def test_one_that_goes_on_says_until_when(home: Home) -> None:
    from kit import dates

    made = emergency(home, minutes=5, lasted=60)
    assert f"Pågår nu, längst till {dates.clock(made.valid.upper)}" in log(home)


# --- Two people -----------------------------------------------------------------------------------


def twice(home: Home, *readers: str) -> list[Any]:
    for who in readers:
        read_by(home.world, who, "opened_plan")
    page = home.world.client("mamma").get(home.address + "vem-har-last/").content.decode()
    return page.split("bb-readings__day")[1:]


def test_two_with_the_same_title_are_two_lines(home: Home) -> None:
    """BVC's two nurses have read the plan, one of them twice: two lines, told apart without a name."""
    lines = twice(home, "bvc", "bvc2", "bvc")
    assert len(lines) == 2
    text = log(home)
    for words in ("person 1 av 2 den dagen", "person 2 av 2 den dagen", "Läste planen, 2 gånger"):
        assert text.count(words) == 1, words
    assert "Testsson" not in text
    paper = text_of_pdf(saved(home).content)
    assert "person 2 av 2 den dagen" in paper


def test_one_person_is_one_line(home: Home) -> None:
    lines = twice(home, "bvc", "bvc")
    assert len(lines) == 1
    assert "person 1" not in log(home)


def test_another_day_is_counted_for_itself(home: Home) -> None:
    twice(home, "bvc", "bvc2")
    with as_loader():
        event = Event.objects.filter(action="opened_plan").order_by("sequence").first()
        assert event
        Event.objects.filter(pk=event.pk).update(at=home.world.days(-3))
    assert "person" not in log(home).replace("personer", "")


def test_no_id_of_a_reader_leaves_the_database(home: Home) -> None:
    """They are told apart by a number that means nothing."""
    read_by(home.world, "bvc", "opened_plan")
    with home.world.act("mamma"), connection.cursor() as cursor:
        cursor.execute("select * from access.reads_of_child(%s)", [home.world.child.pk])
        found = str(cursor.fetchall())
    assert str(home.world.accounts["bvc"].pk) not in found
