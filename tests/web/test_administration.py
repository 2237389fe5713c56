"""The administration: units, colleagues, roles and settings; never a child."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.urls import reverse

from access.policy import STOCKHOLM
from agencies.models import Appointment, Membership, Organisation, StaffMember, Unit
from agencies.rules import is_municipality_itself
from audit.models import Event
from tests.database import as_loader
from tests.web.colleagues import confirm_all
from tests.web.counting import statements
from tests.worlds import World

START = "/administration/"
MANAGERS = {"admin", "enhetsadmin"}


def last_event(action: str) -> Event:
    with as_loader():
        return Event.objects.filter(action=action).latest("sequence")


def today(world: World, plus: int = 0) -> str:
    return world.day(plus).isoformat()


def new_colleague(world: World, **changes: Any) -> dict[str, Any]:
    form = {
        "key": str(uuid.uuid4()),
        "name": "Nya Kollegan",
        "title": "förskollärare",
        "role": "caseworker",
        "phone": "010-000 00 09",
        "email": "nya@example.invalid",
        "starts_on": today(world),
        "last_on": "",
    }
    return {**form, **changes}


def unit_address(world: World, unit: str, rest: str = "") -> str:
    return f"{START}enhet/{world.unit(unit).pk}/{rest}"


def end_address(world: World, username: str) -> str:
    return f"{START}roll/{world.memberships[username].pk}/avsluta/"


def all_addresses(world: World) -> dict[str, set[str]]:
    """Every address of the door, and who may open it."""
    return {
        START: {"admin", "enhetsadmin"},
        unit_address(world, "preschool"): {"admin"},
        unit_address(world, "preschool", "andra/"): {"admin"},
        unit_address(world, "preschool", "ny-kollega/"): {"admin"},
        unit_address(world, "preschool", "kollega/"): {"admin"},
        unit_address(world, "bvc"): {"enhetsadmin"},
        unit_address(world, "bvc", "andra/"): {"enhetsadmin"},
        unit_address(world, "logoped"): set(),
        unit_address(world, "social"): {"admin"},
        unit_address(world, "social_vaxjo"): set(),
        unit_address(world, "police"): set(),
        end_address(world, "forskola"): {"admin"},
        end_address(world, "soc"): {"admin"},
        end_address(world, "styrgrupp"): {"admin"},
        end_address(world, "bvc2"): {"enhetsadmin"},
        end_address(world, "soc-vaxjo"): set(),
        end_address(world, "dataskydd"): set(),
        f"{START}kommunen/": {"admin"},
        f"{START}roller/": {"admin", "dataskydd"},
        f"{START}roller/caseworker/": {"admin", "dataskydd"},
        f"{START}roller/finns-inte/": set(),
        f"{START}enhet/{uuid.uuid4()}/": set(),
        f"{START}roll/{uuid.uuid4()}/avsluta/": set(),
    }


# --- Who comes in -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "username",
    ["bvc", "bvc-ledare", "rektor", "mamma", "ungdom", "styrgrupp", "admin", "enhetsadmin", "dataskydd"],
)
def test_each_page_opens_for_those_it_is_for_and_is_404_for_the_rest(world: World, username: str) -> None:
    browser = world.client(username)
    for address, open_to in all_addresses(world).items():
        if (username, address) == ("dataskydd", START):
            assert browser.get(address)["Location"] == f"{START}roller/"
            continue
        expected = 200 if username in open_to else 404
        assert browser.get(address).status_code == expected, address
        if expected == 404:
            # 405: the page is there for her role, only this unit is not.
            assert browser.post(address).status_code in {404, 405}, address


def test_the_unknown_are_sent_to_sign_in(world: World) -> None:
    for address in all_addresses(world):
        assert Client().get(address)["Location"].startswith("/logga-in/?next=%2Fadministration"), address


def test_an_administrator_of_a_board_looks_after_the_board_alone(world: World) -> None:
    world.add_account("namndadmin")
    membership = world.add_membership(
        "namndadmin", role="administrator", organisation=world.organisations["Lessebo socialnämnd"]
    )
    with as_loader():
        StaffMember.objects.create(account=world.accounts["namndadmin"], name="Nämnd Testsson")
    browser = world.client("namndadmin", membership=membership)
    page = browser.get(START).content.decode()
    assert "social" in page
    assert "preschool" not in page
    assert browser.get(f"{START}kommunen/").status_code == 404
    assert browser.get(unit_address(world, "preschool")).status_code == 404
    assert browser.get(unit_address(world, "social")).status_code == 200


def test_the_municipality_does_not_look_after_independent_schools(world: World) -> None:
    with as_loader():
        world.organisations["Friskolan AB"] = Organisation.objects.create(
            name="Friskolan AB", municipality_id="0761", is_public=False
        )
    world.add_unit("friskola", "independent_school", "Friskolan AB", "0761")
    assert world.client("admin").get(unit_address(world, "friskola")).status_code == 404


@pytest.mark.parametrize(
    ("organisation", "municipality", "itself"),
    [
        ("Lessebo kommun", "Lessebo", True),
        ("Tingsryds kommun", "Tingsryd", True),
        ("Lessebo socialnämnd", "Lessebo", False),
        ("Växjö kommun", "Lessebo", False),
    ],
)
def test_the_municipality_itself_is_known_by_its_name(
    organisation: str, municipality: str, itself: bool
) -> None:
    assert is_municipality_itself(organisation, municipality) == itself


def test_no_page_shows_a_child(world: World) -> None:
    world.teamwork()
    for username in ("admin", "enhetsadmin", "dataskydd"):
        browser = world.client(username)
        for address in all_addresses(world):
            response = browser.get(address)
            for child in world.children.values():
                assert child.family_name not in response.content.decode() or not child.family_name
            assert "Barn Familjesson" not in response.content.decode()


def test_these_roles_read_nothing_of_children(world: World) -> None:
    world.teamwork()
    for username in ("admin", "enhetsadmin", "dataskydd"):
        with world.act(username), connection.cursor() as cursor:
            for table in (
                "people_child",
                "people_guardian",
                "cases_case",
                "cases_entry",
                "plans_plan",
                "agencies_listing",
            ):
                cursor.execute(f"select count(*) from {table}")  # noqa: S608
                assert cursor.fetchone() == (0,), (username, table)


# --- Units --------------------------------------------------------------------------------


def test_the_overview_lists_the_municipalitys_units_by_organisation(world: World) -> None:
    page = world.client("admin").get(START).content.decode()
    for name in ("preschool", "school", "pupil_health", "leisure", "social"):
        assert f">{name}</a>" in page
    assert ">bvc</a>" not in page
    assert page.index("Lessebo kommun</h2>") < page.index("Lessebo socialnämnd</h2>")
    assert "https://kommun.invalid/oro" in page
    assert "Styrgrupp Testsson" in page


def test_a_unit_shows_its_colleagues_and_not_those_who_left(world: World) -> None:
    world.add_staff("f.d.", "preschool")
    with as_loader():
        world.memberships["f.d."].valid = DateTimeTZRange(world.days(-9), world.days(-1))
        world.memberships["f.d."].save()
    page = world.client("admin").get(unit_address(world, "preschool")).content.decode()
    assert "Forskola Testsson" in page
    assert "Specialpedagog" in page
    assert "F.D. Testsson" not in page


def test_a_units_particulars_are_changed_and_recorded(world: World) -> None:
    address = unit_address(world, "preschool", "andra/")
    form = {
        "phone": "0478-125 00",
        "hours": "vardagar 6–18",
        "does": "Lek och lärande.",
        "does_not": "Vi ställer inga diagnoser.",
        "on_call": "1177",
    }
    assert world.client("admin").post(address, form)["Location"] == unit_address(world, "preschool")
    with as_loader():
        unit = Unit.objects.filter(pk=world.unit("preschool").pk)
        assert unit.values(*form, "shared_computers").get() == {
            **form,
            "shared_computers": False,
        }
    event = last_event("unit_changed")
    assert (event.object, event.account, event.detail) == (
        world.unit("preschool").pk,
        world.accounts["admin"].pk,
        {"shared_computers": "False"},
    )


@pytest.mark.parametrize("username", ["admin", "enhetsadmin"])
def test_a_unit_says_that_its_computers_are_shared(world: World, username: str) -> None:
    """Whoever administers the unit says it, and sees on its page what it means."""
    name = "preschool" if username == "admin" else "bvc"
    browser = world.client(username)
    page = browser.get(unit_address(world, name)).content.decode()
    assert "loggas ut efter tjugo minuter" in page
    browser.post(unit_address(world, name, "andra/"), {"shared_computers": "on"})
    page = browser.get(unit_address(world, name)).content.decode()
    assert "loggas ut efter fem minuter" in page
    assert "checked" in browser.get(unit_address(world, name, "andra/")).content.decode()
    with as_loader():
        assert [u.pk for u in Unit.objects.filter(shared_computers=True)] == [world.unit(name).pk]


def test_a_phone_number_that_is_none_is_refused_and_kept(world: World) -> None:
    response = world.client("admin").post(unit_address(world, "preschool", "andra/"), {"phone": "ring mig"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fel:" in page
    assert 'value="ring mig"' in page


# --- Colleagues ------------------------------------------------------------------------------


def test_a_new_colleague_gets_an_opaque_account_that_works(world: World) -> None:
    response = world.client("admin").post(
        unit_address(world, "preschool", "ny-kollega/"), new_colleague(world)
    )
    assert response["Location"] == unit_address(world, "preschool")
    page = confirm_all(world)
    username, password = re.findall(r"<code>(.+?)</code>", page)
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}", username)
    browser = Client()
    assert browser.post("/logga-in/", {"username": username, "password": password}).status_code == 302
    assert browser.get("/")["Location"] == "/mitt-arbete/"
    event = last_event("colleague_added")
    assert "Nya" not in str(event.detail)
    assert event.detail["role"] == "caseworker"
    with as_loader():
        membership = Membership.objects.get(account=event.detail["account"])
        assert (membership.unit_id, membership.title) == (world.unit("preschool").pk, "förskollärare")


def test_sending_the_form_twice_makes_one_account(world: World) -> None:
    browser, form = world.client("admin"), new_colleague(world)
    address = unit_address(world, "preschool", "ny-kollega/")
    assert browser.post(address, form).status_code == 302
    again = browser.post(address, form)
    assert again.status_code == 422
    assert "redan föreslagen" in again.content.decode()
    confirm_all(world)
    assert "redan föreslagen" in browser.post(address, form).content.decode()
    with as_loader():
        assert Membership.objects.filter(account=form["key"]).count() == 1


def test_a_key_that_is_another_persons_account_takes_nothing_over(world: World) -> None:
    victim = world.accounts["soc-vaxjo"]
    before = victim.password
    form = new_colleague(world, key=str(victim.pk))
    admin = world.client("admin")
    assert admin.post(unit_address(world, "preschool", "ny-kollega/"), form).status_code == 302
    world.add_staff("ledare", "preschool", role="lead")
    refused = world.client("ledare").post(f"/nya-roller/{victim.pk}/", {"confirm": "1"})
    assert refused.status_code == 403
    assert "redan tillagd" in refused.content.decode()
    with as_loader():
        victim.refresh_from_db()
        assert victim.password == before
        assert Membership.objects.filter(account=victim).count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Skriv kollegans namn"),
        ({"title": ""}, "Skriv kollegans titel"),
        ({"role": ""}, "Välj en roll"),
        ({"role": "administrator"}, "Det valet finns inte längre"),
        ({"starts_on": "2020-01-01"}, "Första dagen kan inte vara före i dag"),
        ({"starts_on": "inte en dag"}, "Skriv datumet som år, månad och dag"),
        ({"starts_on": "2099-02-01", "last_on": "2099-01-01"}, "Sista dagen kan inte vara före första dagen"),
        ({"email": "nya@"}, "Skriv hela e-postadressen"),
        ({"key": "x"}, "Fel:"),
    ],
)
def test_mistakes_are_told_and_what_was_typed_is_kept(
    world: World, changes: dict[str, str], message: str
) -> None:
    form = new_colleague(world, **changes)
    response = world.client("admin").post(unit_address(world, "preschool", "ny-kollega/"), form)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "nya@" in page
    with as_loader():
        assert not Appointment.objects.exists()


def test_a_last_day_belongs_to_the_period(world: World) -> None:
    form = new_colleague(world, starts_on=today(world, 3), last_on=today(world, 5))
    world.client("admin").post(unit_address(world, "preschool", "ny-kollega/"), form)
    confirm_all(world)
    with as_loader():
        valid = Membership.objects.get(account=form["key"]).valid
    assert (valid.upper - valid.lower).days in {3}
    assert valid.upper.astimezone(STOCKHOLM).hour == 0


def test_somebody_with_an_account_gets_a_second_workplace(world: World) -> None:
    form = {"username": "kurator", "title": "kurator", "role": "caseworker", "starts_on": today(world)}
    assert world.client("admin").post(unit_address(world, "preschool", "kollega/"), form).status_code == 302
    assert world.client("kurator").get("/byt-enhet/").content.decode().count('type="radio"') < 2
    confirm_all(world)
    assert world.client("kurator").get("/byt-enhet/").content.decode().count('type="radio"') == 2


@pytest.mark.parametrize(
    ("username", "message"),
    [
        ("finns-inte", "Det finns ingen kollega med det användarnamnet."),
        ("mamma", "Det finns ingen kollega med det användarnamnet."),
        ("admin", "Du kan inte ge dig själv en roll."),
        ("forskola", "Kollegan har redan den rollen här."),
    ],
)
def test_families_strangers_and_oneself_cannot_be_added(world: World, username: str, message: str) -> None:
    form = {"username": username, "title": "x", "role": "caseworker", "starts_on": today(world)}
    response = world.client("admin").post(unit_address(world, "preschool", "kollega/"), form)
    assert response.status_code == 422
    assert message in response.content.decode()


# --- What every page costs -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "username", "count"),
    [
        ("overview", "admin", 10),
        ("overview", "enhetsadmin", 5),
        ("unit", "admin", 8),
        ("unit_edit", "admin", 5),
        ("colleague_new", "admin", 5),
        ("colleague_known", "admin", 5),
        ("membership_end", "admin", 6),
        ("municipality_edit", "admin", 4),
        ("roles", "dataskydd", 6),
        ("role_holders", "dataskydd", 5),
        ("appointments", "admin", 7),
        ("appointments", "bvc-ledare", 5),
    ],
)
def test_pages_ask_a_fixed_number_of_times(world: World, name: str, username: str, count: int) -> None:
    kwargs: dict[str, Any] = {
        "membership_end": {"membership_id": world.memberships["forskola"].pk},
        "role_holders": {"role": "caseworker"},
        "unit": {"unit_id": world.unit("preschool").pk},
    }
    kwargs |= dict.fromkeys(("unit_edit", "colleague_new", "colleague_known"), kwargs["unit"])
    address = reverse(f"administration:{name}", kwargs=kwargs.get(name))
    browser = world.client(username)
    few = statements(browser, address)
    for number in range(5):
        world.add_staff(f"till-{number}", "preschool")
        world.add_unit(f"enhet-{number}", "preschool", "Lessebo kommun", "0761")
    many = statements(browser, address)
    assert len(few) == len(many) == count, many
