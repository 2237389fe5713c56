"""The table of who sees what by age, drawn from the rules themselves: ``docs/who-sees-what.md``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from access.ages import (
    ADULT_AT,
    CHILD_ANSWERS_FROM,
    MATURITY_FROM,
    PLAN_FOR_CHILD_FROM,
    YOUTH_READS_FROM,
    birthday,
    midnight,
)
from access.facts import AdultFacts, AdultKind, AdultRight, CustodyFacts, FamilyFacts, FamilyShareFacts
from access.family import (
    RIGHTS_OF,
    FamilyView,
    Notes,
    child_view_is_asked,
    decide_child_share,
    decide_family_share,
    family_view,
    who_must_answer,
)

AGES = (0, CHILD_ANSWERS_FROM, PLAN_FOR_CHILD_FROM, MATURITY_FROM, YOUTH_READS_FROM, ADULT_AT)
BORN = date(2008, 2, 29)
Viewer = Callable[[datetime], FamilyFacts]

NOTES = {
    Notes.ALL: "the notes shown to her",
    Notes.SINCE_THIRTEEN: "of the notes shown to her those decided since 13",
    Notes.SHOWN_TO_ALL: "the notes shown to her and to each guardian",
    Notes.NONE: "",
}


def _adult(kind: AdultKind, rights: frozenset[AdultRight]) -> Viewer:
    return lambda at: FamilyFacts(BORN, at, adult=AdultFacts(kind, rights))


VIEWERS: dict[str, Viewer] = {
    "Guardian": lambda at: FamilyFacts(BORN, at, custody=CustodyFacts("g")),
    "Guardian, custody contested": lambda at: FamilyFacts(
        BORN, at, custody=CustodyFacts("g", contested=True)
    ),
    "The child": lambda at: FamilyFacts(BORN, at, is_the_child=True),
    "God man of an unaccompanied child": _adult(AdultKind.GOD_MAN, RIGHTS_OF[AdultKind.GOD_MAN]),
    "Familjehem that may read plan and notes": _adult(
        AdultKind.FOSTER_HOME, RIGHTS_OF[AdultKind.FOSTER_HOME]
    ),
    "Parent without custody that may read the plan": _adult(AdultKind.PARENT, frozenset({AdultRight.PLAN})),
}


def who_sees_what() -> str:
    """The whole document, as Markdown."""
    lines = [
        "# Who sees what, by age",
        "",
        "Drawn from `access/family.py` by `manage.py access_tables`; a test holds the two together.",
        "",
        "Each age begins at 00:00 in Sweden on the birthday, on 28 February in other years for whoever is",
        "born on the 29th. Whatever stands here, nobody in the family sees what is hidden from her",
        "(OSL 12:3), nor a note or a plan before its owner has shown it.",
        "",
        row_of(["", *(age_of(age) for age in AGES)]),
        row_of(["---"] * (len(AGES) + 1)),
    ]
    for name, viewer in VIEWERS.items():
        lines.append(row_of([name, *(_view(family_view(viewer(instant_of(age)))) for age in AGES)]))
    lines += [
        row_of(["Unit that works with the child", *(["its own notes, and what is shown to it"] * len(AGES))]),
        "",
        "## Who answers about consent",
        "",
        row_of(["", *(age_of(age) for age in AGES)]),
        row_of(["---"] * (len(AGES) + 1)),
        row_of(["All must say yes", *(_answers(age, decides_alone=False) for age in AGES)]),
        row_of(["With a maturity assessment, signed", *(_answers(age, decides_alone=True) for age in AGES)]),
        row_of(
            [
                "What the child thinks is noted",
                *("yes" if child_view_is_asked(BORN, instant_of(age)) else "–" for age in AGES),
            ]
        ),
        "",
        "## The child's own words and own wheel",
        "",
        row_of(["", *(age_of(age) for age in AGES)]),
        row_of(["---"] * (len(AGES) + 1)),
        row_of(["To a guardian, the child not asked", *(_own_words(age, asked=False) for age in AGES)]),
        row_of(["To a guardian, the child asked", *(_own_words(age, asked=True) for age in AGES)]),
        row_of(
            ["On the child's own page, shown to no guardian", *(_own_page(age, shown=False) for age in AGES)]
        ),
        row_of(
            ["On the child's own page, shown to each guardian", *(_own_page(age, shown=True) for age in AGES)]
        ),
    ]
    return "\n".join(lines) + "\n"


def row_of(cells: list[str]) -> str:
    """A row of a table."""
    return "| " + " | ".join(cells) + " |"


def age_of(age: int) -> str:
    """The head of an age's column."""
    return f"from {age}" if age else "under 12"


def instant_of(age: int) -> datetime:
    """When the child of the tables reaches an age."""
    return midnight(birthday(BORN, age))


def _view(view: FamilyView) -> str:
    parts = [
        "the plan" if view.plan else "",
        NOTES[view.notes],
        "answers about consent" if view.answers else "",
        "answers the plan" if view.replies else "",
        "who has read" if view.log else "",
    ]
    return ", ".join(part for part in parts if part) or "–"


def _answers(age: int, *, decides_alone: bool) -> str:
    custody = (CustodyFacts("g"), CustodyFacts("h"))
    required = who_must_answer(BORN, custody, instant_of(age), decides_alone=decides_alone)
    who = ["all guardians"] if required.guardians else []
    return " and ".join(
        [*who, *(["the child" if age < ADULT_AT else "she herself"] if required.child else [])]
    )


def _own_words(age: int, *, asked: bool) -> str:
    if not family_view(VIEWERS["Guardian"](instant_of(age))):
        return "–"
    shown = decide_family_share(FamilyShareFacts(True, asked, None, born_on=BORN, at=instant_of(age)))
    return "can be shown" if shown else "no"


def _own_page(age: int, *, shown: bool) -> str:
    guardians = frozenset({"g", "h"})
    decision = decide_child_share(
        BORN, instant_of(age), shown_to=guardians if shown else frozenset(), guardians=guardians, hidden=False
    )
    if decision:
        return "can be shown"
    return "no: only that they were received, and who reads them" if age >= YOUTH_READS_FROM else "no page"
