"""What is recorded besides openings: who came in, roles and accounts, what was shown, files.

Each with unit and request; by ids and codes, never a name, a number or anything written.
"""

from __future__ import annotations

import json
from typing import Any

from audit.models import Event
from cases.models import Disclosure
from people.models import Password
from tests.database import as_loader
from tests.worlds import World


def events(**found: Any) -> list[Event]:
    with as_loader():
        return list(Event.objects.filter(**found).order_by("sequence"))


def test_roles_are_recorded_by_ids(world: World) -> None:
    """Given and ended: by whom, to whom, which, where, why."""
    browser = world.client("enhetsadmin")
    today = str(world.today)
    unit = world.units["bvc"]
    form = {"username": "soc", "title": "loggranskare", "role": "log_reviewer", "starts_on": today}
    assert browser.post(f"/administration/enhet/{unit.pk}/kollega/", form).status_code == 302
    (proposed,) = events(kind="role")
    assert (proposed.action, proposed.account, proposed.unit) == (
        "role_proposed",
        world.accounts["enhetsadmin"].pk,
        unit.pk,
    )
    world.client("bvc-ledare").post(f"/nya-roller/{proposed.object}/", {"confirm": "1"})
    given = events(kind="role")[-1]
    assert (given.action, given.account, given.unit) == (
        "colleague_added",
        world.accounts["bvc-ledare"].pk,
        unit.pk,
    )
    assert given.detail == {
        "account": str(world.accounts["soc"].pk), "place": str(unit.pk), "role": "log_reviewer", "reason": "",
    }  # fmt: skip
    browser.post(f"/administration/roll/{given.object}/avsluta/", {"reason": "misuse"})
    ended = events(kind="role")[-1]
    assert (ended.action, ended.object, ended.detail["reason"]) == (
        "membership_ended",
        given.object,
        "misuse",
    )
    assert given.request is not None


def test_a_new_account_is_recorded_by_its_id(world: World) -> None:
    browser, today = world.client("enhetsadmin"), str(world.today)
    key = "0b0e7e3c-7f0a-4c9e-9d57-0a8c7a6f0001"
    form = {"key": key, "name": "Ny Kollega", "title": "sjuksköterska", "role": "caseworker", "starts_on": today,
            "email": "ny@example.invalid"}  # fmt: skip
    browser.post(f"/administration/enhet/{world.units['bvc'].pk}/ny-kollega/", form)
    assert events(kind="account") == []
    world.client("bvc-ledare").post(f"/nya-roller/{key}/", {"confirm": "1"})
    (event,) = events(kind="account")
    assert (event.action, str(event.object)) == ("account_opened", key)
    assert "Ny Kollega" not in json.dumps(event.detail)


def test_who_came_in_and_who_did_not(world: World) -> None:
    """Signed in, refused, and out."""
    with as_loader():
        world.accounts["bvc"].set_password("rätt lösenord")
        Password.objects.update_or_create(
            account=world.accounts["bvc"], defaults={"hash": world.accounts["bvc"].password}
        )
    browser = world.client()
    browser.post("/logga-in/", {"username": "bvc", "password": "fel"})
    browser.post("/logga-in/", {"username": "bvc", "password": "rätt lösenord"})
    browser.post("/logga-ut/")
    assert [e.action for e in events(kind="sign_in")] == ["failed", "ok", "out"]
    assert {e.account or e.detail.get("account") for e in events(kind="sign_in")} >= {
        world.accounts["bvc"].pk
    }


def test_what_another_unit_wrote_is_read_by_a_disclosure(world: World) -> None:
    """Its id and its basis; one's own unit's by the assignment; a guardian's by her own right."""
    team = world.teamwork()
    note = team.note
    for username, path in (
        ("logoped", f"/barn/{team.case.pk}/anteckning/{note.entry_id}/"),
        ("bvc", f"/barn/{team.case.pk}/anteckning/{note.entry_id}/"),
        ("mamma", f"/familj/{world.child.pk}/anteckningar/{note.pk}/"),
    ):
        assert world.client(username).get(path).status_code == 200
    with as_loader():
        to_mamma = Disclosure.objects.get(version=note, to_guardian=world.guardians["mamma"])
    by_logoped, by_bvc, by_mamma = events(kind="read", object=note.pk)
    assert by_logoped.detail == {"basis": "B1", "disclosure": str(team.shown.pk)}
    assert by_bvc.detail == {"basis": "assigned"}
    assert by_mamma.detail == {"basis": "B14", "disclosure": str(to_mamma.pk)}


def test_a_document_that_leaves_is_an_export(world: World) -> None:
    team = world.teamwork()
    document = world.document(team.releases["mamma"])
    world.client("mamma").get(f"/familj/{world.child.pk}/dokument/{document.pk}/")
    (event,) = events(kind="export")
    assert (event.action, event.object) == ("family_downloaded_document", document.pk)


def test_refusals_are_recorded_with_what_was_asked_for(world: World) -> None:
    team = world.teamwork()
    assert world.client("soc").get(f"/barn/{team.case.pk}/").status_code == 404
    (event,) = events(kind="denied")
    assert (event.case, event.unit, event.action) == (team.case.pk, world.units["social"].pk, "desk:case")
    assert event.detail["status"] in {404, "404"}


def test_the_reviewers_own_unit_stands_with_what_she_does(world: World) -> None:
    """Also those whose role opens no child act for a unit."""
    review = world.review("bvc", world.access())
    world.client("granskare").get(f"/granskning/{review.pk}/")
    (event,) = events(action="opened_review")
    assert (event.unit, event.role, event.object) == (world.units["bvc"].pk, "log_reviewer", review.pk)
