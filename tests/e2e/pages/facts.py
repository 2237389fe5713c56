"""What the addresses name: the demo's children and what is written about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from tests.e2e.stack import Stack

PART = re.compile(r"<\w+:(\w+)>")

ONE_OF_EACH = """
    select distinct on (e.kind, e.owner_unit_id) e.id from cases_entry e where e.case_id = %s
    order by e.kind, e.owner_unit_id, (select count(*) from cases_version v where v.entry_id = e.id) desc"""
SHOWN = """
    select distinct on (d.owner_unit_id) v.entry_id, d.id from cases_disclosure d
    join cases_version v on v.id = d.version_id where d.case_id = %s and d.valid @> now()
    order by d.owner_unit_id"""
OTHER_UNITS = """
    select e.id, u.id from (select distinct on (owner_unit_id) id from cases_entry where case_id = %s) e,
    agencies_unit u where u.kind = 'police' or u.name = 'Råd och stöd'"""
CONSENTS = (
    "select distinct on (state) id from consent_consent where child_id = %s order by state, asked_at desc"
)
GUARDIANS = "select guardian_id from people_guardianship where child_id = %s and valid @> now()"
VERSIONS = "select id from plans_planversion where case_id = %s order by no desc limit 3"
ROWS = """
    select i.id from plans_insats i where i.version_id =
    (select id from plans_planversion where case_id = %s and agreed_at is not null order by no desc limit 1)"""
TO_SIGN = """
    select id from cases_disclosure where case_id = %s and second <> ''
    and signed_at is null and outcome <> 'refused'"""
NAMED = "select id from cases_named where case_id = %s and valid @> now()"
WORKING = "select user_id from cases_assignment where content_object_id = %s and valid @> now()"
HIDDEN = "select entry_id, id from cases_hiding where case_id = %s and upper_inf(valid)"
CONCERNS = "select distinct note from cases_concern where case_id = %s"
HANDOVERS = "select id from cases_handover where case_id = %s and outcome = ''"
MEETINGS = (
    "select meeting from cases_meeting where case_id = %s group by meeting having bool_and(state = 'booked')"
)
KIN = "select id from cases_kin where ended_at is null and %s in (one_id, other_id)"
RECEIVED = "select id from cases_signal where case_id = %s and taken_at is not null"
ADULTS = "select id from cases_otheradult where child_id = %s and valid @> now()"
NOTES = """
    select distinct on (v.kind) d.version_id from cases_disclosure d join cases_version v on v.id = d.version_id
    where d.case_id = %s and d.to_guardian_id is not null and d.valid @> now()"""


@dataclass(frozen=True)
class Child:
    """A child by given name, and the ids that its addresses hold."""

    ids: dict[str, list[tuple[Any, ...]]]

    @classmethod
    def named(cls, stack: Stack, name: str) -> Child:
        """The demo's only child of that given name who has a case, or the only one."""
        ((child, case),) = stack.rows(
            "select p.id, c.id from people_child p left join cases_case c on c.child_id = p.id"
            " where p.given_name = %s order by c.opened_at desc nulls last limit 1",
            name,
        )
        return cls(
            {
                "case_id": [(case,)] if case else [],
                "child_id": [(child,)],
                "entry_id": stack.rows(ONE_OF_EACH, case),
                "entry_id disclosure_id": stack.rows(SHOWN, case),
                "disclosure_id": stack.rows(TO_SIGN, case),
                "entry_id unit_id": stack.rows(OTHER_UNITS, case),
                "consent_id": stack.rows(CONSENTS, child),
                "person_id": stack.rows(GUARDIANS, child),
                "version_id": stack.rows(VERSIONS, case),
                "insats_id": stack.rows(ROWS, case),
                "named_id": stack.rows(NAMED, case),
                "account_id": stack.rows(WORKING, case),
                "entry_id hiding_id": stack.rows(HIDDEN, case),
                "note_id": stack.rows(CONCERNS, case),
                "handover_id": stack.rows(HANDOVERS, case),
                "kin_id": stack.rows(KIN, case),
                "received signal_id": stack.rows(RECEIVED, case),
                "meeting_id": stack.rows(MEETINGS, case),
                "adult_id": stack.rows(ADULTS, child),
                "note version_id": stack.rows(NOTES, case),
            }
        )

    def paths(self, name: str, route: str) -> Iterator[str]:
        """The address filled in with each of the child's things that it names."""
        wanted = PART.findall(route)
        keys = [key for key in wanted if key in {"case_id", "child_id"}]
        rest = " ".join(key for key in wanted if key not in keys)
        rest = {"family:note": "note version_id", "desk:feedback": "received signal_id"}.get(name, rest)
        pools = [[dict(zip([key], row, strict=True)) for row in self.ids[key]] for key in keys]
        for group in [rest] if rest in self.ids else rest.split():
            names = group.removeprefix("note ").removeprefix("received ").split()
            pools.append([dict(zip(names, row, strict=True)) for row in self.ids.get(group, [])])
        for chosen in product(*pools):
            yield fill_in(route, {key: value for part in chosen for key, value in part.items()})


def fill_in(route: str, values: dict[str, Any]) -> str:
    """The route as an address."""
    return "/" + PART.sub(lambda match: str(values[match[1]]), route)
