"""A session ends at once with the role, the workplace or the account that it is for (threat 16)."""

from __future__ import annotations

from access.actor import FAMILY_HAT
from cases.models import Assignment
from people.models import Account
from tests.database import as_loader
from tests.web.test_public import kept_sessions
from tests.worlds import World


def test_a_membership_that_ended_ends_its_session(world: World) -> None:
    """Out at the next request, though she has another workplace still (ASVS 7.4.2; decision 41)."""
    other = world.memberships["tva-enheter/pupil_health"]
    browser = world.client("tva-enheter", membership=other)
    with as_loader():
        other.valid = (world.days(-300), world.at)
        other.save()
    assert browser.get("/barn/")["Location"] == "/logga-in/?next=%2Fbarn%2F&utgangen=1"
    assert not kept_sessions()
    assert world.client("tva-enheter").get("/barn/").status_code == 200


def test_an_account_that_is_closed_ends_its_sessions(world: World) -> None:
    browser = world.client("mamma")
    with as_loader():
        Account.objects.filter(username="mamma").update(is_active=False)
    assert browser.get("/familj/")["Location"] == "/logga-in/?next=%2Ffamilj%2F&utgangen=1"


def test_rights_are_read_in_every_request(world: World) -> None:
    """What was assigned or ended a second ago holds in the next request (ASVS 8.3.2)."""
    case = world.open_case()
    browser = world.client("bvc")
    assert browser.get(f"/barn/{case.pk}/").status_code == 200
    with as_loader():
        Assignment.objects.all().delete()
    assert browser.get(f"/barn/{case.pk}/").status_code == 404


def test_a_role_that_ends_leaves_no_family_behind(world: World) -> None:
    """Whoever is a guardian too has to sign in anew: nothing of the office goes on at home."""
    with as_loader():
        world.guardians["mamma"].account = world.accounts["bvc"]
        world.guardians["mamma"].save()
    office, home = world.client("bvc"), world.client("bvc", membership=FAMILY_HAT)
    with as_loader():
        world.memberships["bvc"].valid = (world.days(-300), world.at)
        world.memberships["bvc"].save()
    assert office.get("/familj/")["Location"] == "/logga-in/?next=%2Ffamilj%2F&utgangen=1"
    assert home.get("/familj/")["Location"].startswith("/familj/")
