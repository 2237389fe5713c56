"""Loggranskning, page by page: judged, signed, taken out, and what nobody else is shown."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.models import StaffMember
from audit.models import Event
from audit.services import record
from cases.models import Case
from kit.dates import as_day
from notices import services as notices
from notices.models import Delivery, Outbox
from reviews.models import LogReview, ReviewedAccess
from reviews.rules import month_before
from reviews.services import remind
from tests.database import as_loader
from tests.reviews.support import long_assigned, made, opens, workday
from tests.worlds import World

START = "/granskning/"


@pytest.fixture
def case(world: World) -> Case:
    """A case that "bvc" has worked on all the time."""
    return long_assigned(world)


@pytest.fixture
def review(world: World, case: Case) -> LogReview:
    """Two accesses, one of them at an unusual hour."""
    opens(world, "bvc", case, world.clock(workday(world), 9), action="opened_plan")
    opens(world, "bvc", case, world.clock(workday(world, 2), 22), action="opened_entry")
    return made(world)[0]


def accesses(review: LogReview) -> list[ReviewedAccess]:
    with as_loader():
        return list(ReviewedAccess.objects.filter(review=review).order_by("no"))


def of_the_school(world: World) -> Case:
    """A case of a unit that belongs to the municipality itself."""
    case = world.open_case(world.children["grannbarn"], "school", "mentor")
    with as_loader():
        case.assignment_set.update(valid=world.period((world.days(-300), None)))
    return case


def address(review: LogReview, access: ReviewedAccess | None = None, below: str = "") -> str:
    return f"{START}{review.pk}/{f'{access.pk}/' if access else below}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def events(**found: Any) -> list[Event]:
    with as_loader():
        return list(Event.objects.filter(**found).order_by("sequence"))


def make_late(review: LogReview, days: int = 1) -> None:
    """Its day passed so many days ago."""
    with as_loader():
        due_on = as_day(review.made_at) - timedelta(days=days)
        LogReview.objects.filter(pk=review.pk).update(due_on=due_on)


# --- The reviewer's way through ------------------------------------------------------------------


def test_from_the_first_page_to_the_signature(world: World, case: Case, review: LogReview) -> None:
    browser = world.client("granskare")
    assert browser.get("/")["Location"] == START
    assert "0 av 2 är bedömda" in text(browser.get(START))
    first, second = accesses(review)
    page = text(browser.get(address(review, first)))
    for words in ("Bvc Testsson", "Läste planen", "9.00", case.pk.hex[:4].upper()):
        assert words in page
    assert case.child.family_name not in page
    answer = browser.post(address(review, first), {"judgement": "fine", "reason": ""})
    assert answer["Location"] == address(review, second)
    assert "Ovanlig tid" in text(browser.get(address(review, second)))
    asked = {"judgement": "asked", "reason": "Jourade den kvällen."}
    assert browser.post(address(review, second), asked)["Location"] == address(review)
    assert browser.get(address(review, below="signera/")).status_code == 200
    assert browser.post(address(review, below="signera/"))["Location"] == address(review)
    page = text(browser.get(START))
    assert "Signerade granskningar" in page
    assert "Ingen granskning väntar på dig" in page
    with as_loader():
        signed = LogReview.objects.get()
    assert signed.signed_by_id == world.accounts["granskare"].pk
    assert [e.action for e in events(kind="write", account=world.accounts["granskare"].pk)] == [
        "access_judged", "access_judged", "review_signed",
    ]  # fmt: skip


def test_what_is_not_fine_needs_a_reason(world: World, review: LogReview) -> None:
    browser = world.client("granskare")
    path = address(review, accesses(review)[0])
    for wrong, says in (
        ({}, "Välj vad du kom fram till"),
        ({"judgement": "misuse", "reason": " "}, "Skriv kort vad du har kommit fram till"),
        ({"judgement": "nonsense"}, "finns inte längre"),
    ):
        answer = browser.post(path, wrong)
        assert answer.status_code == 422
        assert says in text(answer)
    assert accesses(review)[0].judgement == ""


def test_nobody_judges_her_own(world: World, case: Case) -> None:
    """The reviewer who also works in the unit; her own waits for somebody else."""
    hat = world.memberships["granskare"]
    world.add_membership("granskare", unit="bvc", valid=(world.days(-300), None))
    world.assign("granskare", "bvc", case, valid=(world.days(-300), None))
    with as_loader():
        mine = world.accounts["granskare"].membership_set.get(role="caseworker")
    with world.act("granskare", membership=mine, at=world.clock(workday(world), 9)) as actor:
        record(by=actor, kind="read", action="opened_case", case=case.pk, child=case.child_id)
    review, (own,) = made(world)
    browser = world.client("granskare", membership=hat)
    page = text(browser.get(address(review, own)))
    assert "Det här har du själv öppnat" in page
    assert "<textarea" not in page
    assert browser.post(address(review, own), {"judgement": "fine"}).status_code == 422
    assert accesses(review)[0].judgement == ""
    world.add_staff("granskare2", "bvc", "log_reviewer")
    world.client("granskare2").post(address(review, own), {"judgement": "fine"})
    assert accesses(review)[0].judgement == "fine"


def test_it_is_signed_when_all_is_judged_and_once(world: World, review: LogReview) -> None:
    browser = world.client("granskare")
    path = address(review, below="signera/")
    assert browser.post(path).status_code == 403
    for access in accesses(review):
        browser.post(address(review, access), {"judgement": "fine"})
    assert browser.post(path).status_code == 302
    assert browser.post(path).status_code == 403
    answer = browser.post(address(review, accesses(review)[0]), {"judgement": "misuse", "reason": "Nej."})
    assert answer.status_code == 422
    assert "Granskningen är signerad" in text(answer)
    assert {a.judgement for a in accesses(review)} == {"fine"}


def test_narrowed_and_in_pages(world: World, review: LogReview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.administration.reviews.views.PAGE", 1)
    browser = world.client("granskare")
    first = text(browser.get(address(review)))
    assert "sida=2" in first
    assert "sida=3" not in text(browser.get(address(review) + "?sida=2"))
    assert "22.00" in text(browser.get(address(review) + "?visa=regler"))
    browser.post(address(review, accesses(review)[0]), {"judgement": "fine"})
    assert "sida=2" not in text(browser.get(address(review) + "?visa=kvar"))
    for nonsense in ("?visa=x", "?sida=0", "?sida=x", "?sida=99999"):
        assert browser.get(address(review) + nonsense).status_code == 200


# --- The file --------------------------------------------------------------------------------------


def test_the_file_is_of_what_is_signed_and_recorded(world: World, review: LogReview) -> None:
    browser = world.client("granskare")
    assert browser.get(address(review, below="fil/")).status_code == 403
    first, second = accesses(review)
    browser.post(address(review, first), {"judgement": "fine"})
    browser.post(address(review, second), {"judgement": "misuse", "reason": "=HYPERLINK(1)"})
    browser.post(address(review, below="signera/"))
    answer = browser.get(address(review, below="fil/"))
    assert answer["Content-Disposition"] == f'attachment; filename="loggranskning-{review.month:%Y-%m}.csv"'
    assert answer["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(text(answer).removeprefix("\ufeff")), delimiter=";"))
    assert [row[8] for row in rows[-2:]] == ["Inget att anmärka på", "Jag misstänker missbruk"]
    assert rows[-1][9] == "'=HYPERLINK(1)"
    (event,) = events(kind="export")
    assert (event.action, event.object, event.unit) == ("review_exported", review.pk, world.units["bvc"].pk)


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    from web.administration.reviews.words import safe

    assert safe(cell) == f"'{cell}"
    assert safe("Ines = bra") == "Ines = bra"


# --- Those who follow it --------------------------------------------------------------------------


def test_a_late_review_reaches_the_lead_and_the_ombud(world: World, review: LogReview) -> None:
    """As a line on their first page, and never anything of what is in it."""
    school = of_the_school(world)
    world.add_staff("granskare2", "school", "log_reviewer")
    opens(world, "mentor", school, world.clock(workday(world), 9))
    late = made(world, "school")[0]
    assert "loggranskning" not in text(world.client("rektor").get("/mitt-arbete/"))
    assert "Loggranskningar som" not in text(world.client("dataskydd").get("/administration/roller/"))
    make_late(late)
    assert "loggranskning för" in text(world.client("rektor").get("/mitt-arbete/"))
    page = text(world.client("dataskydd").get("/administration/roller/"))
    assert "Loggranskningar som behöver någon" in page
    assert "school, " in page
    assert "loggranskare" not in page
    # Another unit's lead, the colleagues, and the ombud of another organisation's unit.
    make_late(review)
    for username in ("soc-ledare", "mentor", "bvc"):
        assert "loggranskning" not in text(world.client(username).get("/mitt-arbete/"))
    assert "Loggranskningar som behöver någon" in text(world.client("dataskydd").get(START))


def test_a_review_that_nobody_can_do_reaches_the_lead_at_once(world: World, mailoutbox: list[Any]) -> None:
    """On her first page and by mail, before it is late, with whom to turn to; until somebody has the role."""
    opens(world, "mentor", of_the_school(world), world.clock(workday(world), 9))
    made(world, "school")
    words = "Ingen kan göra den: verksamheten har ingen loggranskare. Be verksamhetens administratör"
    assert words in text(world.client("rektor").get("/mitt-arbete/"))
    assert "Verksamheten har ingen loggranskare" in text(world.client("dataskydd").get(START))
    for username in ("soc-ledare", "mentor"):
        assert "loggransk" not in text(world.client(username).get("/mitt-arbete/"))
    assert (remind(), remind()) == (1, 0)
    assert sent(world) == [("rektor", "sent")]
    assert mailoutbox[0].subject == "En loggranskning väntar"
    world.add_staff("granskare2", "school", "log_reviewer")
    assert "loggransk" not in text(world.client("rektor").get("/mitt-arbete/"))
    assert remind() == 1
    assert sent(world) == [("granskare2", "sent"), ("rektor", "sent")]


def test_what_the_only_reviewer_opened_herself_reaches_the_lead(world: World, case: Case) -> None:
    """Nobody judges her own, so somebody else has to; not while other things are left to a second one."""
    world.assign("granskare", "bvc", case, valid=(world.days(-300), None))
    mine = world.add_membership("granskare", unit="bvc", valid=(world.days(-300), None))
    with world.act("granskare", membership=mine, at=world.clock(workday(world), 9)) as actor:
        record(by=actor, kind="read", action="opened_case", case=case.pk, child=case.child_id)
    made(world)
    page = text(world.client("bvc-ledare").get("/mitt-arbete/"))
    assert "har verksamhetens enda loggranskare öppnat själv" in page
    world.add_staff("granskare2", "bvc", "log_reviewer")
    assert "loggransk" not in text(world.client("bvc-ledare").get("/mitt-arbete/"))


def test_no_rule_tells_what_the_family_is_called(world: World, case: Case) -> None:
    """The reviewer sees the reader's name: that it is the family's too would tell whose case it is."""
    with as_loader():
        StaffMember.objects.filter(pk=world.accounts["bvc"].pk).update(name=f"Ines {case.child.family_name}")
    opens(world, "bvc", case, world.clock(workday(world), 9))
    review, (one,) = made(world)
    assert one.flags == ["own_name"]
    browser = world.client("granskare")
    for path in (address(review), address(review, one)):
        page = text(browser.get(path))
        assert "Kan känna familjen" in page
        assert "efternamn" not in page
        assert "namn som" not in page


def test_the_ombud_sees_figures_alone(world: World) -> None:
    school = of_the_school(world)
    opens(world, "mentor", school, world.clock(workday(world), 22))
    late = made(world, "school")[0]
    browser = world.client("dataskydd")
    page = text(browser.get(START))
    assert '<th role="rowheader" scope="row">school</th>' in page
    assert "Mentor" not in page
    assert late.pk.hex not in page.replace("-", "")
    assert browser.get(address(late)).status_code == 404
    with world.act("dataskydd"):
        assert not LogReview.objects.exists()
        assert not ReviewedAccess.objects.exists()


def test_figures_of_her_own_organisations_alone(world: World, review: LogReview) -> None:
    """BVC is the region's, not the municipality's."""
    assert "Ingen granskning är gjord än" in text(world.client("dataskydd").get(START))


@pytest.mark.parametrize("username", ["bvc", "bvc-ledare", "enhetsadmin", "admin", "styrgrupp", "mamma"])
def test_nobody_else_gets_figures(world: World, review: LogReview, username: str) -> None:
    with world.act(username), connection.cursor() as cursor:
        cursor.execute("select * from access.review_figures()")
        assert cursor.fetchall() == []
        cursor.execute("select * from access.review_events(%s)", [accesses(review)[0].pk])
        assert cursor.fetchall() == []


# --- Mail ---------------------------------------------------------------------------------------------


def sent(world: World) -> list[tuple[str, str]]:
    """Who has got a mail about a review, in order."""
    notices.sweep()
    with as_loader():
        found = Delivery.objects.filter(kind=Outbox.Kind.REVIEW_MAIL).order_by("at", "recipient__username")
        return [(one.recipient.username, one.result) for one in found]


def test_mails_say_only_that_a_review_waits(world: World, review: LogReview, mailoutbox: list[Any]) -> None:
    assert remind() == 1
    assert remind() == 0
    assert sent(world) == [("granskare", "sent")]
    (mail,) = mailoutbox
    assert mail.subject == "En loggranskning väntar"
    for secret in ("bvc", "Testsson", str(review.pk), "barn ", world.child.family_name):
        assert secret not in mail.body


def test_a_late_one_is_told_each_week_to_lead_and_ombud(world: World, review: LogReview) -> None:
    remind()
    make_late(review, 1)
    assert remind() == 1
    make_late(review, 3)
    assert remind() == 0
    make_late(review, 8)
    assert remind() == 1
    assert sorted(sent(world)) == [("bvc-ledare", "sent"), ("bvc-ledare", "sent"), ("granskare", "sent")]


def test_a_signed_one_is_told_of_no_more(world: World, review: LogReview) -> None:
    remind()
    with as_loader():
        LogReview.objects.update(signed_by=world.accounts["granskare"], signed_at=world.at)
    assert sent(world) == [("granskare", "dropped")]


# --- What it costs ------------------------------------------------------------------------------------


def count(browser: Any, path: str) -> int:
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        assert browser.get(path).status_code == 200
    return len([q for q in captured.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_pages_ask_a_fixed_number_of_times(world: World) -> None:
    few = world.review("bvc", world.access())
    browser = world.client("granskare")
    pages = {START: 6, address(few): 8, address(few, accesses(few)[0]): 11}
    for path, most in pages.items():
        assert count(browser, path) <= most, path
    with as_loader():
        LogReview.objects.filter(pk=few.pk).update(month=month_before(few.month))
    many = world.review("bvc", *(world.access() for _ in range(60)))
    assert count(browser, START) == count(browser, START) <= pages[START]
    assert count(browser, address(many)) <= pages[address(few)]


# --- The walls agree ----------------------------------------------------------------------------------


def test_the_queryset_and_the_database_show_the_same_reviews(world: World) -> None:
    """For everybody, in each of her roles; and nothing once the role has ended."""
    ours, theirs = world.review("bvc", world.access()), world.review("school", world.access("mentor"))
    world.add_membership(
        "granskare", unit="school", role="log_reviewer", valid=(world.days(-20), world.days(-1))
    )
    other = world.add_membership("bvc", unit="school", role="log_reviewer", valid=(world.days(-9), None))
    seen: dict[str, set[Any]] = {}
    for username in world.accounts:
        hats = [None, other] if username == "bvc" else [None]
        for hat in hats:
            with world.act(username, membership=hat) as actor:
                visible = set(LogReview.objects.visible_to(actor).values_list("pk", flat=True))
                assert visible == set(LogReview.objects.values_list("pk", flat=True)), username
                seen[f"{username} {'other' if hat else ''}".strip()] = visible
    assert {who: found for who, found in seen.items() if found} == {
        "granskare": {ours.pk},
        "bvc other": {theirs.pk},
    }
    with as_loader():
        world.memberships["granskare"].valid = world.period((world.days(-300), world.days(-1)))
        world.memberships["granskare"].save()
    assert world.client("granskare").get(address(ours)).status_code == 404
