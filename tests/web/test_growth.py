"""Consent and plan pages, of the desk and of the family: what they ask the database does not grow
with how many units, answers, versions, rows and replies there are, and they stay small."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from cases.models import Case
from consent.models import Answer, Consent
from plans.models import Goal, Insats, PlanVersion
from tests.database import as_loader
from tests.web.counting import statements
from tests.worlds import World

UNITS = ("bvc", "logoped", "preschool", "school", "pupil_health", "social")
MANY_UNITS = 12  # in one consent; more than any child has
MANY_CONSENTS = 12
MANY_VERSIONS = 12
MANY_ROWS = 24  # of one plan, three to each of eight goals
LARGEST = 100_000

# What each page takes at most, session and context included.
DESK = {
    "samtycke/": 12, "samtycke/nytt/": 16, "samtycke/{given}/": 13, "samtycke/{waiting}/": 13,
    "samtycke/{waiting}/svar/{guardian}/": 11, "samtycke/{given}/ta-tillbaka/{guardian}/": 11,
    "plan/": 28, "plan/redigera/": 19, "plan/folj-upp/": 21, "plan/{agreed}/": 18, "plan/{draft}/foresla/": 15,
    "plan/{draft}/faststall/": 15, "plan/insats/{row}/": 12, "vem-ser-vad/": 18,
}  # fmt: skip
# The plan as another unit of the team sees it, and what it says of its own rows.
TEAM = {"plan/": 26, "plan/{agreed}/": 17, "plan/{draft}/svar/": 15, "samtycke/": 11}
FAMILY = {
    "": 18, "samtycke/": 9, "samtycke/{waiting}/": 9, "samtycke/{given}/": 9, "samtycke/{given}/svarat/": 9,
    "samtycke/{given}/ta-tillbaka/": 9, "plan/{agreed}/svar/": 8, "dokument/": 7,
}  # fmt: skip


@dataclass
class Grown:
    """A case in which one of each thing is there, until it has grown."""

    world: World
    case: Case = field(init=False)
    given: Consent = field(init=False)
    waiting: Consent = field(init=False)
    agreed: PlanVersion = field(init=False)
    draft: PlanVersion = field(init=False)

    def __post_init__(self) -> None:
        world = self.world
        self.case = world.open_case(state="implementing")
        self.given = world.consent(self.case, "bvc", "logoped")
        self.waiting = world.consent(self.case, "school", state="waiting")
        world.assign("logoped", "logoped", self.case)
        self.agreed = world.plan(self.case, rows=("bvc", "logoped"), no=50)
        self.draft = world.plan(
            self.case, rows=("bvc", "logoped"), agreed=False, plan=self.agreed.plan, no=99
        )
        for version in (self.agreed, self.draft):
            self._show(version)

    def addresses(self, start: str, pages: dict[str, int]) -> dict[str, str]:
        """Each page's address."""
        ids = {
            "given": self.given.pk,
            "waiting": self.waiting.pk,
            "guardian": self.world.guardians["mamma"].pk,
            "agreed": self.agreed.pk,
            "draft": self.draft.pk,
            "row": self.world.row_of(self.agreed, "bvc").pk,
        }
        return {page: start + page.format(**ids) for page in pages}

    def grow(self) -> None:
        """Many of everything."""
        for consent in (self.given, self.waiting):
            self._widen(consent)
        for number in range(MANY_CONSENTS):
            state = ("given", "waiting", "refused", "withdrawn", "conflict")[number % 5]
            self.world.consent(self.case, *UNITS, state=state, opens=False)
        for version in (self.agreed, self.draft):
            self._lengthen(version)
        for number in range(2, MANY_VERSIONS):
            older = self.world.plan(self.case, rows=("bvc", "logoped"), plan=self.agreed.plan, no=number)
            self._show(older)

    def _show(self, version: PlanVersion) -> None:
        """To the other unit and the guardians, who answer."""
        self.world.release(version, to_unit="logoped", consent=self.given)
        self.world.unit_reply(version, "logoped", "logoped")
        for guardian in ("mamma", "pappa"):
            self.world.release(version, to_guardian=guardian)
            self.world.family_reply(version, guardian=guardian, value="yes_but")
        self.world.status(self.world.row_of(version, "logoped"), "logoped")

    def _widen(self, consent: Consent) -> None:
        """More units in one consent."""
        with as_loader():
            scope = consent.scope_set.latest("pk")
            answers = list(Answer.objects.filter(scope=scope))
        for number in range(MANY_UNITS):
            name = f"{consent.pk.hex[:6]} enhet {number}"
            self.world.add_unit(name, "health_care", "Region Kronoberg", "0761")
            with as_loader():
                more = type(scope)(
                    consent=consent, unit=self.world.units[name], categories=scope.categories,
                    state=scope.state, ends_at=scope.ends_at, valid=scope.valid,
                )  # fmt: skip
                more.save(force_insert=True)
                for answer in answers:
                    Answer.objects.create(
                        scope=more, guardian_id=answer.guardian_id, reply=answer.reply, route=answer.route,
                        replied_at=answer.replied_at,
                    )  # fmt: skip

    def _lengthen(self, version: PlanVersion) -> None:
        """More goals and rows, each reported on, and more answers. An agreed version's rows never
        change, so they are added while it is not yet agreed."""
        of: dict[str, Any] = {"version": version, "case": self.case, "owner_unit": version.owner_unit}
        goal = None
        for number in range(2, MANY_ROWS):
            unit = self.world.units[("bvc", "logoped")[number % 2]]
            with as_loader():
                if goal is None or number % 3 == 0:
                    goal = Goal.objects.create(**of, position=number, text=f"Mål {number}")
                row = Insats.objects.create(
                    **of,
                    goal=goal,
                    position=number,
                    what="Språklek varje dag",
                    unit=unit,
                    unit_name=unit.name,
                )
            for username in ("bvc", "logoped"):
                if unit == self.world.units[username]:
                    self.world.status(row, username)
        for _ in range(10):
            self.world.family_reply(version, guardian="mamma", value="yes_but")


@pytest.mark.parametrize(
    ("username", "pages"),
    [("bvc", DESK), ("logoped", TEAM), ("mamma", FAMILY)],
    ids=["desk", "team", "family"],
)
def test_one_and_many_take_the_same_statements(world: World, username: str, pages: dict[str, int]) -> None:
    """The same number for one row and for many, at most so many, and under 100 kB."""
    grown = Grown(world)
    browser = world.client(username)
    start = f"/familj/{world.child.pk}/" if username == "mamma" else f"/barn/{grown.case.pk}/"
    addresses = grown.addresses(start, pages)
    few = {page: statements(browser, address) for page, address in addresses.items()}
    grown.grow()
    wrong = []
    for page, address in addresses.items():
        many, size = statements(browser, address), len(browser.get(address).content)
        if len(many) != len(few[page]):
            wrong.append(f"{page}: {len(few[page])} for one, {len(many)} for many")
        if len(many) > pages[page]:
            wrong.append(f"{page}: {len(many)} statements, at most {pages[page]}")
        if size >= LARGEST:
            wrong.append(f"{page}: {size} bytes")
    assert not wrong, "\n".join(wrong)
