"""Every page, from the resolver, as those who see it: full, empty and with errors.

A page is opened in the browser once for each shape that it takes: a page with the same parts in
it, though it be somebody else's, says nothing new. Pictures: ``make pictures``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.e2e.album import Album
from tests.e2e.pages import faults, wrong
from tests.e2e.pages.addresses import NOT_PAGES, addresses
from tests.e2e.pages.facts import Child
from tests.e2e.pages.prepared import answer_and_take_back, prepare
from tests.e2e.pages.rounds import Round, Visited, unvisited
from tests.e2e.stack import Stack
from tests.e2e.visitors import Visitors
from tests.skipping import skip_unless_ci

# Who works with whom. Theo is a child about whom nothing is written yet.
DESK = {
    "bvc": ("Yara", "Juni", "Theo", "Vilja", "Barn"),
    "rektor": ("Nova", "Ture"),
    "logoped": ("Yara",),
    "kurator": ("Tindra",),
    "fritid": ("Tindra",),
    "soc-ledare": ("Tindra",),
    "forskola": ("Yara",),
    "bvc2": (),
}
FAMILY = {"a-mamma": "Yara", "c-pappa": "Tindra", "ny-mamma": "Milo", "ungdom": "Malte"}
OFFICE = ("styrgrupp", "admin", "jurist", "dataskydd", "granskare")
PUBLIC = ("", "tva-enheter", "c-mamma")
EVERYBODY = {
    "bvc before",
    *DESK,
    *FAMILY,
    *OFFICE,
    *(who or "nobody" for who in PUBLIC),
    "several",
    "errors",
    "faults",
}

REVIEWS = """
    select r.id, r.signed_at is not null from reviews_logreview r join agencies_unit u on u.id = r.unit_id
    where u.name = 'BVC Lessebo' order by r.month"""

Enter = Callable[..., Round]


@pytest.fixture(scope="module")
def visited() -> Visited:
    """What all the tests here have seen."""
    return Visited()


@pytest.fixture(scope="module")
def album() -> Album:
    """The pictures."""
    return Album("pages")


@pytest.fixture
def enter(demo: Stack, visitors: Visitors, axe: str, visited: Visited, album: Album) -> Iterator[Enter]:
    """``enter("bvc")`` begins her round on a phone; it must end with ``done``."""
    begun: list[Round] = []

    def entered(who: str, called: str = "") -> Round:
        page = visitors.enter(who, phone=True) if who else visitors.context(phone=True).new_page()
        begun.append(Round(demo, page, axe, visited, album, called or who or "nobody"))
        return begun[-1]

    yield entered
    for one in begun:
        one.page.context.close()


def test_prepared(enter: Enter) -> None:
    """What the demo lacks: a child without a note, and a proposal that waits for the units."""
    bvc = enter("bvc", "bvc before")
    bvc.see_all("desk:")
    prepare(bvc)
    assert bvc.all_faults() == []


@pytest.mark.parametrize("who", PUBLIC)
def test_public(enter: Enter, who: str) -> None:
    """What stands open, and what everybody has who is signed in."""
    one = enter(who)
    one.see_all("public:")
    assert one.all_faults() == []


@pytest.mark.parametrize("who", OFFICE)
def test_office(enter: Enter, demo: Stack, who: str) -> None:
    """Figures, units and roles."""
    one = enter(who)
    one.see_all("steering:")
    one.see_all("administration:")
    for (unit,) in demo.rows(
        "select id from agencies_unit where name = any(%s)", ["BVC Lessebo", "Furulundsskolan"]
    ):
        for name in ("unit", "unit_edit", "colleague_new", "colleague_known"):
            one.see(f"administration:{name}", one.fill(f"administration:{name}", unit_id=unit))
    one.see("administration:role_holders", one.fill("administration:role_holders", role="caseworker"))
    one.see("administration:role_holders", one.fill("administration:role_holders", role="unit_administrator"))
    one.see(
        "administration:expectation", one.fill("administration:expectation", at="follow_up", party="child")
    )
    for (school_break,) in demo.rows("select id from agencies_schoolbreak"):
        one.see("administration:break_remove", one.fill("administration:break_remove", break_id=school_break))
    one.see("administration:deadline", one.fill("administration:deadline", deadline="meet"))
    one.see("administration:membership_end", wrong.membership(one))
    _law(one)
    appointments(one)
    if who == "granskare":
        judge_all(one)
    assert one.all_faults() == []


def _law(one: Round) -> None:
    """The grounds: one that has had one version, and one of which a version waits, is signed, is declined."""
    for code, _no in (("B4", 1), *one.stack.rows("select code, no from consent_legalbasis where no > 1")):
        for name in ("administration:law_ground", "administration:law_propose"):
            one.see(name, one.fill(name, code=code))
    for code, no in one.stack.rows("select code, no from consent_legalbasis where no > 1"):
        one.see("administration:law_version", one.fill("administration:law_version", code=code, no=no))


def appointments(one: Round) -> None:
    """A role that waits for another than the one who proposed it."""
    for (key,) in one.stack.rows("select id from agencies_appointment"):
        one.see("administration:appointment", one.fill("administration:appointment", appointment_id=key))


def judge_all(one: Round) -> None:
    """The reviews, each access, and the signature when all is judged."""
    for review, signed in one.stack.rows(REVIEWS):
        one.see("administration:review", one.fill("administration:review", review_id=review))
        one.see("administration:review", one.fill("administration:review", review_id=review) + "?visa=regler")
        one.see("administration:review_sign", one.fill("administration:review_sign", review_id=review))
        for (access,) in one.stack.rows(
            "select id from reviews_reviewedaccess where review_id = %s order by no", review
        ):
            path = one.fill("administration:review_access", review_id=review, access_id=access)
            one.see("administration:review_access", path)
            if not signed:
                one.page.goto(path)
                one.page.get_by_role("radio", name="Inget att anmärka på").check()
                with one.page.expect_navigation():
                    one.page.get_by_role("button", name="Spara och gå vidare").click()
        one.see("administration:review", one.fill("administration:review", review_id=review) + "?visa=kvar")
        one.see("administration:review_sign", one.fill("administration:review_sign", review_id=review))


@pytest.mark.parametrize("who", FAMILY)
def test_family(enter: Enter, demo: Stack, who: str) -> None:
    """A plan in force, a family with two wills, a youth, and a family whom nobody has asked."""
    one = enter(who)
    one.see_all("family:")
    one.see_all("family:", Child.named(demo, FAMILY[who]))
    if who == "a-mamma":
        answer_and_take_back(one)
    assert one.all_faults() == []


def test_no_child_and_several(enter: Enter, demo: Stack) -> None:
    """Where a guardian chooses a child, and what is said to her who has none."""
    one = enter("ny-pappa", "several")
    for children in ((), ("Yara", "Malte")):
        with demo.register_says("ny-pappa", *children):
            one.see("family:choose", "/familj/")
    assert one.all_faults() == []


@pytest.mark.parametrize("who", DESK)
def test_desk(enter: Enter, demo: Stack, who: str) -> None:
    """The pages of the case for its owner, a partner, one with rows of her own, and a lead."""
    one = enter(who)
    one.see_all("desk:")
    for name in DESK[who]:
        one.see_all("desk:", Child.named(demo, name))
    for (handover,) in demo.rows("select id from cases_handover where outcome = ''"):
        one.see("desk:handover", one.fill("desk:handover", handover_id=handover))
    for (emergency,) in demo.rows("select id from cases_emergency where reviewed_at is null"):
        one.see("desk:emergency_review", one.fill("desk:emergency_review", emergency_id=emergency))
    for (question,) in demo.rows("select id from cases_unnamedquestion"):
        one.see("desk:unnamed", one.fill("desk:unnamed", question_id=question))
    for (signal,) in demo.rows(
        "select s.id from cases_signal s join people_account a on a.id = s.sent_by_id where a.username = %s",
        who,
    ):
        for name in ("desk:signal", "desk:notice_done"):
            one.see(name, one.fill(name, signal_id=signal))
    assert one.all_faults() == []


def test_errors(enter: Enter) -> None:
    """Each form comes back with what to mend, and the page holds as any other."""
    for who, send in wrong.ERRORS.items():
        one = enter(who, "errors")
        send(one)
        assert one.all_faults() == []


def test_faults(enter: Enter) -> None:
    """403, 404, 409 and the pages that stand when nothing else does; the components page."""
    for who, look in (
        ("logoped", faults.refused),
        ("", faults.without_token),
        ("bvc", faults.somebody_else_first),
        ("", faults.last_resorts),
    ):
        one = enter(who, "faults")
        look(one)
        assert one.all_faults() == []


def test_every_address_is_visited(visited: Visited) -> None:
    """A new address without a visit fails here; so does a reason that outlives its address."""
    if visited.rounds < EVERYBODY:
        skip_unless_ci(f"not everybody has gone round: {EVERYBODY - visited.rounds}")
    assert unvisited(visited) == set()
    assert set(NOT_PAGES) <= set(addresses())
    assert visited.forms - visited.sent_wrong == wrong.NEVER_WRONG & visited.forms
