"""Protected identity and locked cases through the services: at once by one, opened again by two."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection, transaction

from access.actor import begin
from access.ticket import Kind
from agencies.models import Listing
from cases.models import Case, Invitation, Signal
from cases.queries.circle import circle_of, identity_of, is_protected, names_waiting
from cases.queries.people import unit_children
from cases.services import circle
from cases.services.circle import Colleague
from cases.services.signals import Noticed, send_signal
from kit.errors import Refused
from people.models import Child, Guardian, Protection, YouthContact
from people.numbers import LegalSex, make_test_number
from tests.database import as_loader
from tests.worlds import World

WHY = "Hotbild mot familjen."
Level = Protection.Level
Source = Protection.Source


@pytest.fixture
def number(world: World) -> str:
    """The child's personnummer, a test number."""
    digits = make_test_number(world.child.born_on, LegalSex.FEMALE).digits
    with as_loader():
        Child.objects.filter(pk=world.child.pk).update(number=digits, reserve_number=None)
    return digits


def protect(world: World, case: Case, level: Protection.Level = Level.MARKED, by: str = "bvc") -> None:
    """Raise the protection as somebody."""
    with world.act(by) as actor:
        circle.raise_protection(case=case, level=level, source=Source.FAMILY, by=actor)


def cases_of(world: World, username: str) -> set[uuid.UUID]:
    """What somebody sees by the ORM, which must be what the database lets through."""
    with world.act(username) as actor:
        found = set(Case.objects.visible_to(actor).values_list("pk", flat=True))
        assert found == set(Case.objects.values_list("pk", flat=True))
        return found


def colleague(world: World, username: str, unit: str = "bvc") -> Colleague:
    """A person in a unit."""
    return Colleague(world.accounts[username].pk, world.units[unit].pk)


@pytest.mark.parametrize("level", list(Level))
def test_raising_hides_at_once_from_all_but_whoever_raised(world: World, level: Protection.Level) -> None:
    """The same unit's arbetsledare and colleagues, the other units, the family: nobody is left."""
    case = world.teamwork().case
    world.assign("bvc2", "bvc", case)
    others = ("bvc2", "bvc-ledare", "logoped", "forskola", "fritid", "polis", "mamma", "pappa")
    assert all(case.pk in cases_of(world, username) for username in others)
    protect(world, case, level)
    assert not [username for username in others if case.pk in cases_of(world, username)]
    assert case.pk in cases_of(world, "bvc")


def test_name_and_number_leave_the_childs_row(world: World, number: str) -> None:
    """An alias stands there for as long; whoever is named asks for the name, which is a deed."""
    case = world.open_case()
    protect(world, case)
    with world.act("bvc") as actor:
        child = Child.objects.get(pk=world.child.pk)
        assert child.family_name != world.child.family_name
        assert child.number is None
        found = identity_of(case.pk, actor)
        assert found is not None
        assert (found.name, found.number) == (world.child.name, number)
        assert is_protected(world.child.pk)
    with world.act("bvc2") as actor:
        assert identity_of(case.pk, actor) is None
        assert not is_protected(world.child.pk)


def test_assumed_identity_looks_ordinary(world: World, number: str) -> None:
    """Fingerade uppgifter: name and number stay, nothing marks it to others who are named."""
    case = world.open_case()
    protect(world, case, Level.ASSUMED)
    with world.act("bvc-ledare") as actor:
        assert [w.case_id for w in names_waiting(actor)] == []  # somebody is named
    with world.act("bvc") as actor:
        circle.name_colleague(case=case, who=colleague(world, "bvc2"), reason=WHY, by=actor)
    with world.act("bvc-ledare") as actor:
        (waiting,) = names_waiting(actor)
        assert waiting.id
        circle.give_naming(named_id=waiting.id, by=actor)
    with world.act("bvc2") as actor:
        child = Child.objects.get(pk=world.child.pk)
        assert (child.name, child.number) == (world.child.name, number)
        found = circle_of(case.pk, actor)
        assert found is not None
        assert found.protection is None
        assert found.level is None


def test_raised_once_and_only_by_whoever_holds_the_case(world: World) -> None:
    """Not by a unit that merely takes part, nor a colleague who isn't assigned; not twice."""
    case = world.teamwork().case
    for username in ("bvc2", "logoped", "polis", "soc", "enhetsadmin", "mamma"):
        with world.act(username) as actor, pytest.raises(Refused):
            circle.raise_protection(case=case, level=Level.MARKED, source=Source.STAFF, by=actor)
    protect(world, case, by="bvc-ledare")
    with world.act("bvc-ledare") as actor, pytest.raises(Refused):
        circle.raise_protection(case=case, level=Level.MARKED, source=Source.STAFF, by=actor)
    protect(world, case, Level.REGISTERED, by="bvc-ledare")  # a stricter level is no lowering


def test_lowering_takes_two_and_gives_name_and_number_back(world: World, number: str) -> None:
    """Whoever asked can't decide; a colleague who isn't named can't either."""
    case = world.open_case()
    protect(world, case)
    with world.act("bvc") as actor:
        assert not circle.lower_protection(case=case, reason=WHY, by=actor)
        assert not circle.lower_protection(case=case, reason=WHY, by=actor)  # she asks again, no more
    with world.act("bvc2") as actor, pytest.raises(Refused):
        circle.lower_protection(case=case, reason=WHY, by=actor)
    _name(world, case, "bvc2")
    with world.act("bvc2") as actor:
        assert circle.lower_protection(case=case, reason="", by=actor)
    with world.act("bvc") as actor:
        child = Child.objects.get(pk=world.child.pk)
        assert (child.name, child.number, child.reserve_number) == (world.child.name, number, None)
    with as_loader():
        row = Protection.objects.get()
        assert (row.given_name, row.number) == ("", "")
        assert {row.lower_asked_by_id, row.lowered_by_id} == {
            world.accounts["bvc"].pk, world.accounts["bvc2"].pk
        }  # fmt: skip
    assert case.pk in cases_of(world, "bvc-ledare")


def _name(world: World, case: Case, username: str, unit: str = "bvc") -> None:
    """Asked for by ``bvc`` and given by the arbetsledare."""
    with world.act("bvc") as actor:
        assert not circle.name_colleague(
            case=case, who=colleague(world, username, unit), reason=WHY, by=actor
        )
    with world.act("bvc-ledare") as actor:
        named_id = names_waiting(actor)[0].id
        assert named_id is not None
        circle.give_naming(named_id=named_id, by=actor)


def test_naming_takes_the_arbetsledare_who_learns_no_name(world: World) -> None:
    """She sees who is asked for and why; the case stays hidden from her; the named one works on it."""
    case = world.teamwork().case
    protect(world, case)
    with world.act("bvc") as actor:
        circle.name_colleague(case=case, who=colleague(world, "logoped", "logoped"), reason=WHY, by=actor)
    assert case.pk not in cases_of(world, "logoped")
    with world.act("soc-ledare") as actor:
        assert names_waiting(actor) == []
    with world.act("bvc-ledare") as actor:
        (waiting,) = names_waiting(actor)
        assert (waiting.unit, waiting.reason, waiting.case_id) == ("logoped", WHY, None)
        assert waiting.id
        circle.give_naming(named_id=waiting.id, by=actor)
    assert case.pk in cases_of(world, "logoped")
    assert case.pk not in cases_of(world, "bvc-ledare")
    with world.act("bvc") as actor:
        found = circle_of(case.pk, actor)
        assert found is not None
        (logoped,) = [n for n in found.named if n.unit == "logoped"]
    with world.act("logoped") as actor:
        circle.end_naming(named_id=logoped.id, by=actor)
    assert case.pk not in cases_of(world, "logoped")


def test_nobody_gives_what_she_asked_for_herself(world: World) -> None:
    """An arbetsledare who is named names directly; one who isn't can't ask."""
    case = world.open_case()
    protect(world, case, by="bvc-ledare")
    with world.act("bvc-ledare") as actor:
        assert circle.name_colleague(case=case, who=colleague(world, "bvc2"), reason=WHY, by=actor)
    assert case.pk in cases_of(world, "bvc2")
    with world.act("bvc2") as actor, connection.cursor() as cursor:
        cursor.execute(
            "select access.named_put(%s, %s, %s, %s)",
            [case.pk, world.accounts["bvc"].pk, world.units["bvc"].pk, WHY],
        )
        assert cursor.fetchone()[0] is None


def test_a_case_without_anybody_reaches_the_arbetsledare(world: World, number: str) -> None:
    """The register raised it: she learns that there is one, not whose, and names."""
    case = world.open_case()
    with world.act(None) as nobody:
        assert circle.raise_from_register(number=number, level=Level.REGISTERED, by=nobody)
        assert not circle.raise_from_register(number="200001012384", level=Level.MARKED, by=nobody)
    assert not [u for u in ("bvc", "bvc-ledare", "bvc2") if case.pk in cases_of(world, u)]
    with world.act("bvc-ledare") as actor:
        (waiting,) = names_waiting(actor)
        assert (waiting.person, waiting.case_id) == ("", case.pk)
        with pytest.raises(Refused):  # another unit's person is not hers to name now
            circle.name_for_empty(
                case_id=case.pk, who=colleague(world, "logoped", "logoped"), reason=WHY, by=actor
            )
        circle.name_for_empty(case_id=case.pk, who=colleague(world, "bvc"), reason=WHY, by=actor)
        assert names_waiting(actor) == []
    assert case.pk in cases_of(world, "bvc")
    with world.act("bvc") as somebody, connection.cursor() as cursor:
        cursor.execute("select access.protection_raise_from_register(%s, 'marked', 'x')", [number])
        assert cursor.fetchone()[0] is None
        assert somebody.account_id


def test_a_page_of_nobodys_is_not_the_register(world: World, number: str) -> None:
    """What background work may do answers no page, one before sign-in neither."""
    with transaction.atomic(), connection.cursor() as cursor:
        assert begin(None, kind=Kind.PAGE).account_id is None
        cursor.execute("select access.protection_raise_from_register(%s, 'marked', 'x')", [number])
        assert cursor.fetchone()[0] is None
    with as_loader():
        assert not Protection.objects.exists()


def test_protected_registration_keeps_no_whereabouts(world: World) -> None:
    """Phone, e-mail, school and BVC go, and whatever writes them later finds that they don't stay."""
    case = world.open_case(world.youth, "pupil_health", "kurator")
    world.listing(world.youth, "school")
    with as_loader():
        Guardian.objects.filter(pk=world.guardians["mor"].pk).update(phone="070-000 00 00")
    with world.act("kurator") as actor:
        circle.raise_protection(case=case, level=Level.REGISTERED, source=Source.FAMILY, by=actor)
    world.listing(world.youth, "school")
    with as_loader():
        Guardian.objects.filter(pk=world.guardians["mor"].pk).update(
            phone="070-1", email="mor@example.invalid"
        )
        mor = Guardian.objects.get(pk=world.guardians["mor"].pk)
        assert (mor.phone, mor.email) == ("", "")
        assert not Listing.objects.filter(child=world.youth).exists()
        assert not YouthContact.objects.filter(child=world.youth).exists()
        YouthContact.objects.bulk_create([YouthContact(child=world.youth, email="x@example.invalid")])
        assert not YouthContact.objects.filter(child=world.youth).exists()


def test_a_marking_keeps_them_to_those_named(world: World) -> None:
    """Sekretessmarkering warns; it removes nothing."""
    case = world.open_case()
    world.listing(world.child, "preschool")
    protect(world, case)
    with as_loader():
        assert Listing.objects.filter(child=world.child).exists()
        assert Guardian.objects.get(pk=world.guardians["mamma"].pk).email


def test_the_units_list_of_children_and_signals(world: World, number: str) -> None:
    """Gone from the list to choose from; a signal sent before is gone; one sent now looks ordinary."""
    case = world.open_case()
    world.listing(world.child, "preschool")
    before = world.signal(to_unit="bvc", case=case)
    invitation = world.invitation(case, world.consent(case, "logoped", opens=False), "logoped")
    with world.act("forskola") as actor:
        assert world.child.name in {child.name for child in unit_children(actor)}
    protect(world, case)
    with world.act("forskola") as actor:
        assert unit_children(actor) == []
        assert not Signal.objects.filter(pk=before.pk).exists()
        send_signal(noticed=_noticed(world, number), by=actor)
        (after,) = Signal.objects.visible_to(actor)
        assert after.typed_name == "Nytt Namn"
    for username in ("bvc2", "bvc-ledare", "tva-enheter"):
        with world.act(username) as actor:
            assert not Signal.objects.exists()
    with world.act("logoped"):
        assert not Invitation.objects.filter(pk=invitation.pk).exists()
    with world.act("bvc") as actor:
        assert {s.pk for s in Signal.objects.visible_to(actor)} == {before.pk, after.pk}
        assert world.child.family_name not in Signal.objects.get(pk=before.pk).typed_name


def _noticed(world: World, number: str) -> Noticed:
    values: dict[str, Any] = {
        "name": "Nytt Namn", "number": number, "born_on": world.child.born_on, "municipality_code": "0761",
        "seen": "x", "seen_on": world.today, "works": "", "family_knows": True,
        "yes_from": "Mamma", "yes_on": world.today,
    }  # fmt: skip
    names = Noticed.__dataclass_fields__
    return Noticed(**{key: value for key, value in values.items() if key in names})


def test_nobody_reads_or_writes_the_tables(world: World) -> None:
    """Only the functions do."""
    case = world.open_case()
    protect(world, case)
    for table in (
        "people_protection",
        "cases_lock",
        "cases_named",
        "cases_admission",
        "cases_protectionreview",
    ):
        with world.act("bvc"), connection.cursor() as cursor:
            cursor.execute(
                "select has_table_privilege(current_user, %s, 'select, insert, update, delete')", [table]
            )
            assert cursor.fetchone()[0] is False, table
