"""How a role ends: at once, with a reason, and never by oneself."""

from __future__ import annotations

import pytest

from agencies import services
from agencies.models import Membership
from agencies.rules import EndReason
from kit.errors import Refused
from tests.database import as_loader
from tests.web.colleagues import confirm_all
from tests.web.test_administration import (
    START,
    end_address,
    last_event,
    new_colleague,
    today,
    unit_address,
)
from tests.worlds import World


def test_a_role_ends_at_once_with_a_reason(world: World) -> None:
    colleague = world.client("forskola")
    assert colleague.get("/")["Location"] == "/mitt-arbete/"
    address = end_address(world, "forskola")
    page = world.client("admin").get(address).content.decode()
    assert "Forskola Testsson" in page
    assert "Säg till enhetens arbetsledare" in page
    assert world.client("admin").post(address, {}).status_code == 422
    assert colleague.get("/")["Location"] == "/mitt-arbete/"
    assert world.client("admin").post(address, {"reason": "left"})["Location"] == unit_address(
        world, "preschool"
    )
    assert colleague.get("/")["Location"] == "/logga-in/"  # her session is over
    event = last_event("membership_ended")
    assert (event.object, event.detail["reason"]) == (world.memberships["forskola"].pk, "left")
    assert world.client("admin").get(address).status_code == 404


def test_a_role_that_has_not_begun_never_does(world: World) -> None:
    form = new_colleague(world, starts_on=today(world, 30))
    browser = world.client("admin")
    browser.post(unit_address(world, "preschool", "ny-kollega/"), form)
    confirm_all(world)
    with as_loader():
        membership = Membership.objects.get(account=form["key"])
    assert browser.post(f"{START}roll/{membership.pk}/avsluta/", {"reason": "mistake"}).status_code == 302
    with as_loader():
        membership.refresh_from_db()
    assert membership.valid.isempty


def test_nobody_ends_her_own_role(world: World) -> None:
    response = world.client("admin").get(end_address(world, "admin"))
    assert response.status_code == 403
    assert "Du kan inte avsluta din egen roll." in response.content.decode()
    assert world.client("admin").post(end_address(world, "admin"), {"reason": "left"}).status_code == 403
    own = world.client("enhetsadmin").get(end_address(world, "enhetsadmin"))
    assert own.status_code == 403


def test_the_services_refuse_whatever_page_calls_them(world: World) -> None:
    membership = world.memberships["forskola"]
    for username in ("bvc", "rektor", "styrgrupp", "dataskydd", "mamma"):
        with world.act(username) as actor, pytest.raises(Refused):
            services.end_membership(membership=membership, reason=EndReason.LEFT, by=actor)
    for username, other in (("enhetsadmin", "forskola"), ("admin", "bvc2"), ("admin", "dataskydd")):
        with world.act(username) as actor, pytest.raises(Refused):
            services.end_membership(membership=world.memberships[other], reason=EndReason.LEFT, by=actor)
