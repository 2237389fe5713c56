"""What one of the family answers is nobody else's of the family (I5): a guardian gets the same
to the letter whether the other has said no, has taken a yes back that never held, or has not
answered yet. About consent and about the plan; on every page of hers, on paper and by mail.

Red when a page says whether a scope is refused, when the log tells of another's answer, when
the way goes on by who has answered, or when the plan's page or paper knows of another's no.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from cases.models import Case
from cases.rules import CloseReason
from cases.services.consents import note_answers
from cases.services.decisions import close_case
from consent.models import Answer, Consent, Route, Scope, State
from notices import services
from plans.services.agreeing import reply_for_family
from plans.services.withdrawing import note_withdrawal
from tests.access.doors import Rich
from tests.access.test_two_worlds import (
    MINUTE,
    Answers,
    ask,
    assert_same,
    documents_of,
    mutated,
    print_papers,
)
from tests.database import as_loader
from tests.worlds import World

# He has not answered yet.
SILENT = ""


@pytest.fixture
def asked(world: World) -> Consent:
    """Mamma and pappa are asked about three units; none has answered."""
    case = world.open_case(state="consent", next_step="answer")
    return world.consent(case, "bvc", "logoped", "preschool", state="waiting")


def pappas(world: World, consent: Consent) -> Answers:
    """All that pappa gets: his pages, what each of his buttons answers, and his mail."""
    browser, home = world.client("pappa"), f"/familj/{world.child.pk}/"
    pages = [
        "", "samtycke/", f"samtycke/{consent.pk}/", f"samtycke/{consent.pk}/svarat/",
        f"samtycke/{consent.pk}/ta-tillbaka/", "dokument/", "vem-har-last/", "varfor/",
    ]  # fmt: skip
    got: Answers = {f"GET {page}": ask(browser, "get", home + page) for page in pages}
    with as_loader():
        units = [str(unit) for unit in Scope.objects.filter(consent=consent).values_list("unit", flat=True)]
    for name, page, sent in (
        ("yes", f"samtycke/{consent.pk}/", {"all": "yes_to_all"}),
        ("no", f"samtycke/{consent.pk}/", {"all": "no_to_all"}),
        ("back", f"samtycke/{consent.pk}/ta-tillbaka/", {"units": units, "confirmed": "1"}),
    ):
        got[f"POST {name}"] = ask(browser, "post", home + page, sent)
    got["mail"] = sorted((m.subject, m.body) for m in mail.outbox if "pappa@example.invalid" in m.to)
    return got


def answers_of(world: World, consent: Consent, who: str, reply: str) -> dict[Any, str]:
    with as_loader():
        found = Answer.objects.filter(scope__consent=consent, guardian=world.guardians[who])
        return {answer.pk: reply for answer in found.order_by("scope__unit__name")}


def says(world: World, consent: Consent, who: str, reply: str) -> None:
    """She answers herself, about everything."""
    if reply:
        page = f"/familj/{world.child.pk}/samtycke/{consent.pk}/"
        answer = world.client(who).post(page, {"all": f"{reply}_to_all"})
        assert answer.status_code == 302


def no_herself(world: World, consent: Consent) -> None:
    says(world, consent, "mamma", "no")


def no_by_phone(world: World, consent: Consent) -> None:
    """The unit that asked notes it, which its log tells."""
    with world.act("bvc") as actor:
        note_answers(
            consent=consent, replies=answers_of(world, consent, "mamma", "no"), route=Route.PHONE, by=actor
        )


def yes_and_back(world: World, consent: Consent) -> None:
    """A yes that never held, noted and taken back."""
    with world.act("bvc") as actor:
        note_answers(
            consent=consent, replies=answers_of(world, consent, "mamma", "yes"), route=Route.PHONE, by=actor
        )
        with as_loader():
            units = list(Scope.objects.filter(consent=consent).values_list("unit", flat=True))
        note_withdrawal(
            consent=consent, unit_ids=units, guardian_id=world.guardians["mamma"].pk, child_id=None,
            route=Route.PHONE, by=actor,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("his", "hers"),
    [
        (SILENT, no_herself), (SILENT, no_by_phone), (SILENT, yes_and_back),
        ("yes", no_herself), ("yes", no_by_phone), ("no", no_herself), ("no", yes_and_back),
    ],
)  # fmt: skip
def test_i5_a_no_to_consent_looks_like_no_answer_yet(
    world: World, asked: Consent, his: str, hers: Callable[[World, Consent], None]
) -> None:
    """I5. She says no, or takes back a yes that never held; he finds what he would find if she
    had not answered."""
    says(world, asked, "pappa", his)
    before = pappas(world, asked)
    hers(world, asked)
    services.sweep(claims_for=MINUTE)
    assert_same(before, pappas(world, asked))


def test_i5_a_no_about_one_unit_of_several_moves_nothing(world: World, asked: Consent) -> None:
    """He has said yes to all, she to the first. That she says no to the rest, so that nobody waits any
    more, is not to be seen: the way goes on by what holds."""
    says(world, asked, "pappa", "yes")
    hers = list(answers_of(world, asked, "mamma", "yes"))
    with world.act("bvc") as actor:
        note_answers(consent=asked, replies={hers[0]: "yes"}, route=Route.PHONE, by=actor)
    before = pappas(world, asked)
    with world.act("bvc") as actor:
        note_answers(consent=asked, replies=dict.fromkeys(hers[1:], "no"), route=Route.PHONE, by=actor)
    with as_loader():
        assert Consent.objects.get(pk=asked.pk).state == "partly"
    assert_same(before, pappas(world, asked))


@pytest.mark.parametrize("reply", ["no", "yes"])
def test_i5_the_same_when_the_question_has_ended(world: World, asked: Consent, reply: str) -> None:
    """A question that ends with its case ends alike, refused or not answered."""
    says(world, asked, "pappa", reply)
    seen: list[Answers] = []
    for said_no in (False, True):
        if said_no:
            no_herself(world, asked)
        with transaction.atomic():
            with world.act("bvc") as actor:
                close_case(
                    case=Case.objects.get(child=asked.child), reason=CloseReason.FAMILY_DECLINES, by=actor
                )
            seen.append(pappas(world, asked))
            transaction.set_rollback(True)
    assert_same(*seen)


# --- Turned red --------------------------------------------------------------------------------------

# What is changed in the database, and what of hers then shows where he has answered so.
MUTATIONS = {
    "the log tells that an answer was noted": (
        ("access_owner.withheld_from_family(uuid)", "in ('consent_answered', 'consent_withdrawn')", "in ('')"),
        ("yes", no_by_phone),
    ),
    "he is refused where nothing can come of it": (
        ("access.my_open_scopes()", "'conflict', 'withdrawn')", "'conflict')"),
        (SILENT, yes_and_back),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_i5_answers_turn_red(world: World, asked: Consent, name: str) -> None:
    """Each mutation of ``MUTATIONS`` is found by the comparison."""
    change, (his, hers) = MUTATIONS[name]
    says(world, asked, "pappa", his)
    with mutated(*change):
        before = pappas(world, asked)
        hers(world, asked)
        with pytest.raises(AssertionError):
            assert_same(before, pappas(world, asked))


def test_i5_the_way_by_who_has_answered_turns_red(world: World, asked: Consent) -> None:
    """The family is shown the state of the case as it is: then the partial no shows."""
    condition = "case when i.some_in_force then 'invited' else 'consent' end"
    with mutated("access.family_overview(uuid)", condition, "p.state"), pytest.raises(AssertionError):
        test_i5_a_no_about_one_unit_of_several_moves_nothing(world, asked)


def test_i5_a_page_that_knows_turns_red(
    world: World, asked: Consent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says whether a unit's consent is refused."""
    monkeypatch.setattr("web.family.words.unit_state", lambda unit, page: State(unit.scope.state))
    with pytest.raises(AssertionError):
        test_i5_a_no_to_consent_looks_like_no_answer_yet(world, asked, "yes", no_herself)


# --- The plan ---------------------------------------------------------------------------------------


@pytest.fixture
def rich(world: World) -> Rich:
    """The rich world, with real documents."""
    return print_papers(Rich.load(world))


@pytest.mark.parametrize("his", [None, "yes", "yes_but", "no"])
def test_i5_a_no_to_the_plan_looks_like_no_answer_yet(rich: Rich, his: str | None) -> None:
    """I5. She says no; his page, his paper made anew and his mail are those of a world where she is silent."""
    if his:
        rich.world.family_reply(rich.team.plan, guardian="pappa", value=his, comment="Efter fyra.")
    before = plans(rich)
    with rich.world.act("mamma") as actor:
        reply_for_family(version=rich.team.plan, value="no", comment="Det är för mycket.", by=actor)
    assert_same(before, plans(rich))
    with rich.world.act("bvc"):
        page = rich.world.client("bvc").get(f"/barn/{rich.team.case.pk}/plan/")
    assert "Det är för mycket." in page.content.decode(), "whoever keeps the plan reads it"


def plans(rich: Rich) -> Answers:
    """What pappa gets of the plan, and his paper made anew."""
    browser, home = rich.world.client("pappa"), f"/familj/{rich.world.child.pk}/"
    pages = ["", f"plan/{rich.team.plan.pk}/svar/", "dokument/", "vem-har-last/"]
    got: Answers = {f"GET {page}": ask(browser, "get", home + page) for page in pages}
    for value in ("yes", "no"):
        got[f"POST {value}"] = ask(browser, "post", home + pages[1], {"value": value, "comment": ""})
    got["GET dokument/"] = _without_ids(got["GET dokument/"])
    print_papers(rich)
    got["documents"] = [(pages, text) for _path, pages, text in documents_of(rich, browser)]
    got["mail"] = sorted((m.subject, m.body) for m in mail.outbox if "pappa@example.invalid" in m.to)
    return got


def _without_ids(answer: tuple[Any, ...]) -> tuple[Any, ...]:
    """A paper made anew has another address."""
    return (*answer[:-1], re.sub(rb"/dokument/[0-9a-f-]{36}/", b"", answer[-1]))
