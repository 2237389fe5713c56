"""The table of who may do what, drawn from the policy itself: ``docs/permissions.md``.

Nothing here says what a role may do. ``decide`` is asked with everything in somebody's favour, and
then with one thing less at a time: what makes the difference is a condition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import override

from access.facts import ActionFacts, Circle, EmergencyFacts
from access.permissions import Permission
from access.policy import decide
from access.reasons import Reason
from access.roles import FAMILY, ROLES, Role
from access.shield import decide_emergency
from access.tables import AGES, VIEWERS, age_of, instant_of, row_of
from access.words import REASONS, ROLES_IN_WORDS

Change = Callable[[ActionFacts], ActionFacts]
AT_WORK = [role for role in Role if role not in FAMILY]
NO = "–"


def _best(role: Role) -> ActionFacts:
    """Everything in her favour but an emergency, which is no favour to whoever is assigned."""
    return ActionFacts(
        role=role,
        unit_participates="full",
        assigned=True,
        holds_case=True,
        circle=Circle(closed=True, named=True),
        leads_holder=True,
    )


@dataclass(frozen=True)
class Conditions:
    """What somebody at work needs, for one permission. Each is found by doing without it."""

    takes_part: bool
    in_full: bool
    named: bool
    assigned: bool
    emergency: bool
    holds: bool
    leading: bool
    still_open: bool

    def hold(self, facts: ActionFacts) -> bool:
        """Whether facts fulfil them; a test holds them against ``decide`` for all there are."""
        if self.takes_part and not facts.unit_participates:
            return False
        if self.named and facts.circle.closed and not facts.circle.named:
            return False
        if not self.assigned or (self.leading and facts.leads_holder):
            return True
        if not facts.assigned:
            return self.emergency and facts.emergency
        in_part = self.in_full and facts.unit_participates == "own"
        elsewhere = self.holds and not facts.holds_case
        return not (in_part or elsewhere or (self.still_open and facts.closed))

    def in_words(self) -> str:
        """One after the other."""
        if not self.takes_part:
            return "nothing more"
        kept = "" if self.in_full else " or keeps just its own notes there"
        words = [f"her unit takes part in the case{kept}"]
        if self.named:
            words.append("she is named, where it is locked or the child's identity protected")
        if self.assigned:
            words.append(self._working())
        return "; ".join(words)

    def _working(self) -> str:
        words = "she is assigned"
        words += ", in the unit that holds it" if self.holds else ""
        words += ", while it is not closed" if self.still_open else ", also once it is closed"
        words += "; or has opened it in an emergency" if self.emergency else ""
        return words + ("; or she is head of the unit that holds it" if self.leading else "")


def conditions(permission: Permission, role: Role) -> Conditions | None:
    """What the role needs; nothing where it may not whatever the case."""
    best = _best(role)
    if not decide(permission, best):
        return None

    def fails(change: Change, facts: ActionFacts = best) -> bool:
        return not decide(permission, change(facts))

    # As an arbetsledare of the holder less may be asked, so what is asked of the others first.
    works = replace(best, leads_holder=False)
    unassigned = replace(works, assigned=False)
    return Conditions(
        takes_part=fails(lambda facts: replace(facts, unit_participates="")),
        in_full=fails(lambda facts: replace(facts, unit_participates="own"), works),
        named=fails(lambda facts: replace(facts, circle=Circle(closed=True))),
        assigned=fails(lambda facts: facts, unassigned),
        emergency=not fails(lambda facts: replace(facts, emergency=True), unassigned),
        holds=fails(lambda facts: replace(facts, holds_case=False), works),
        leading=not fails(lambda facts: replace(facts, leads_holder=True), unassigned),
        still_open=fails(lambda facts: replace(facts, closed=True), works),
    )


def who_may_what() -> str:
    """The whole document, as Markdown."""
    with override("en"):
        lines = [
            "# Who may do what",
            "",
            "Drawn from `access/policy.py` by `manage.py access_tables`; a test holds the two together.",
            "",
            "What stands here is the most that somebody may. Of what a case holds she still sees only what her",
            "own unit wrote and what its owner has shown; `docs/who-sees-what.md` says that of the family.",
            "",
            "## At work",
            "",
            *_matrix(),
            "",
            "## What it takes",
            "",
            *_in_words(),
            "",
            "## Which case an emergency opens",
            "",
            *_emergencies(),
            "",
            "## In the family",
            "",
            *_families(),
            "",
            "## What whoever may not is told",
            "",
            *_refusals(),
        ]
    return "\n".join(lines) + "\n"


def _matrix() -> list[str]:
    names = [str(ROLES_IN_WORDS[role].label) for role in AT_WORK]
    rows = [row_of(["", *names]), row_of(["---"] * (len(AT_WORK) + 1))]
    for permission in Permission:
        cells = ["yes" if conditions(permission, role) else NO for role in AT_WORK]
        if set(cells) != {NO}:
            rows.append(row_of([_name(permission), *cells]))
    return rows


def _in_words() -> list[str]:
    rows = [row_of(["", "for", "if"]), row_of(["---"] * 3)]
    for permission in Permission:
        by_words: dict[str, list[str]] = {}
        for role in AT_WORK:
            needed = conditions(permission, role)
            if needed:
                by_words.setdefault(needed.in_words(), []).append(str(ROLES_IN_WORDS[role].label))
        rows += [row_of([_name(permission), ", ".join(roles), words]) for words, roles in by_words.items()]
    return rows


_EMERGENCIES = {
    "her unit takes part in full": EmergencyFacts(Role.CASEWORKER, "full"),
    "her unit keeps just its own notes": EmergencyFacts(Role.CASEWORKER, "own"),
    "her unit takes no part": EmergencyFacts(Role.CASEWORKER),
    "it is locked or the child's identity protected": EmergencyFacts(
        Role.CASEWORKER, "full", Circle(closed=True, named=True)
    ),
    "she is assigned": EmergencyFacts(Role.CASEWORKER, "full", assigned=True),
    "an earlier one was not reviewed in time": EmergencyFacts(Role.CASEWORKER, "full", suspended=True),
}


def _emergencies() -> list[str]:
    """``decide_emergency``, of a case of each kind."""
    rows = [row_of(["", "opens", "why"]), row_of(["---"] * 3)]
    for what, facts in _EMERGENCIES.items():
        decided = decide_emergency(facts)
        rows.append(row_of([what, "yes" if decided else NO, str(REASONS[decided.reason])]))
    return rows


def _families() -> list[str]:
    """By custody, age and given rights, whichever of the family's two hats she wears."""
    rows = [row_of(["", "", *(age_of(age) for age in AGES)]), row_of(["---"] * (len(AGES) + 2))]
    for name, viewer in VIEWERS.items():
        for permission in Permission:
            if not any(permission in ROLES[role] for role in FAMILY):
                continue
            decided = [
                decide(permission, ActionFacts(Role.GUARDIAN, family=viewer(instant_of(age)))) for age in AGES
            ]
            rows.append(row_of([name, _name(permission), *("yes" if one else NO for one in decided)]))
    return rows


def _refusals() -> list[str]:
    """Every reason that ``decide`` gives, of somebody at work and of the family."""
    views = [viewer(instant_of(age)) for viewer in VIEWERS.values() for age in AGES]
    asked = [facts for role in Role for facts in _worse(role)]
    asked += [ActionFacts(role, family=view) for role in FAMILY for view in views]
    decided = [decide(permission, facts) for permission in Permission for facts in asked]
    refused = {decision.reason for decision in decided if not decision}
    told = [reason for reason in Reason if reason in refused]
    rows = [row_of(["code", "words"]), row_of(["---"] * 2)]
    return rows + [row_of([f"`{reason.value}`", str(REASONS[reason])]) for reason in told]


def _worse(role: Role) -> list[ActionFacts]:
    """With one thing less at a time."""
    best = replace(_best(role), leads_holder=False)
    return [
        replace(best, unit_participates=""),
        replace(best, unit_participates="own"),
        replace(best, circle=Circle(closed=True)),
        replace(best, assigned=False),
        replace(best, assigned=False, emergency=True),
        replace(best, holds_case=False),
        replace(best, closed=True),
    ]


def _name(permission: Permission) -> str:
    return permission.value.replace("_", " ")
