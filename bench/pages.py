"""What is measured: pages, who looks, and the least that each could cost.

A page's floor is one statement, written by hand, that fetches the rows that the page shows (by the
superuser, so without row-level security, on the same indexes), and then the page's own template drawn
with the page's own values. The statements leave out who is signed in, what is recorded of the reading,
and every question of right: what those cost is what is measured.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from bench.data import LEAD, staff, uid

CASE, OTHER_CASE = uid("case", 1), uid("case", 2)
UNIT = uid("unit", 1)


@dataclass(frozen=True)
class Person:
    """Who looks: an account, and the workplace that she acts for; none for the family."""

    name: str
    account: uuid.UUID
    membership: uuid.UUID | None


CASEWORKER = Person("caseworker", staff(1, 0), uid("membership", 10))
ARBETSLEDARE = Person("arbetsledare", staff(1, LEAD), uid("membership", 10 + LEAD))
GUARDIAN = Person("guardian", uid("guardian account", 1), None)


@dataclass(frozen=True)
class Page:
    """An address, who asks for it and how, and the statement of its floor."""

    name: str
    who: Person
    path: str
    floor: str
    values: dict[str, Any] = field(default_factory=dict)
    # What is posted besides the token; none for what is only read.
    posted: dict[str, str] = field(default_factory=dict)
    # How many pages of the list come before.
    pages_before: int = 0
    saves: bool = False


_LIST = """
select c.id, k.given_name, k.family_name, k.born_on, p.state, p.next_step, p.next_on, p.closed_at, s.name,
    exists (select from cases_assignment a where a.content_object_id = c.id and a.user_id = %(account)s
        and a.unit_id = %(unit)s and a.valid @> now()) as works
from cases_case c
join people_child k on k.id = c.child_id
join cases_process p on p.case_id = c.id
left join agencies_staffmember s on s.account_id = p.responsible_id
where p.closed_at is null {whose} {which}
  and (%(after)s::uuid is null or (k.given_name, k.family_name, c.id) > (
    select l.given_name, l.family_name, b.id from cases_case b join people_child l on l.id = b.child_id
    where b.id = %(after)s))
order by k.given_name, k.family_name, c.id limit 26
"""
_MINE = """
and c.id in (select a.content_object_id from cases_assignment a
    join cases_participation q on q.content_object_id = a.content_object_id
    join agencies_unit u on u.group_id = q.group_id and u.id = a.unit_id
    where a.user_id = %(account)s and a.unit_id = %(unit)s and a.valid @> now() and q.valid @> now())
"""
_LED = """
and c.id in (select q.content_object_id from cases_participation q join agencies_unit u on u.group_id = q.group_id
    where u.id = %(unit)s and q.kind = 'full' and q.valid @> now())
"""
_EVENTS = """
select v.*, (select json_agg(json_build_array(d.to_unit_id, d.to_guardian_id, u.name, g.given_name))
    from cases_disclosure d
    left join agencies_unit u on u.id = d.to_unit_id left join people_guardian g on g.id = d.to_guardian_id
    where d.version_id = v.id and d.valid @> now()) as shown
from cases_version v
where v.case_id = %(case)s and (v.owner_unit_id = %(unit)s)
  and not exists (select from cases_version newer where newer.entry_id = v.entry_id and newer.no > v.no)
order by v.happened_on desc, v.written_at desc, v.id desc limit {most}
"""
_CASE = f"""
select row_to_json(c), row_to_json(k), row_to_json(p), s.name,
    (select json_agg(e) from ({_EVENTS.format(most=6)}) e),
    (select json_agg(json_build_array(g.given_name, g.family_name, g.phone, w.relation)) from people_guardianship w
        join people_guardian g on g.id = w.guardian_id where w.child_id = c.child_id and w.valid @> now()),
    (select json_agg(json_build_array(u.name, u.kind, m.name, m.phone)) from cases_participation q
        join agencies_unit u on u.group_id = q.group_id
        left join cases_assignment a on a.content_object_id = c.id and a.unit_id = u.id and a.valid @> now()
        left join agencies_staffmember m on m.account_id = a.user_id
        where q.content_object_id = c.id and q.valid @> now()),
    (select json_agg(json_build_array(o.state, o.valid, x.unit_id, x.state)) from consent_consent o
        join consent_scope x on x.consent_id = o.id where o.child_id = c.child_id),
    (select json_agg(n) from plans_planversion n where n.case_id = c.id),
    (select json_agg(i) from plans_insats i where i.case_id = c.id)
from cases_case c join people_child k on k.id = c.child_id join cases_process p on p.case_id = c.id
left join agencies_staffmember s on s.account_id = p.responsible_id where c.id = %(case)s
"""  # noqa: S608 (written here)
_FAMILY = """
select row_to_json(k), row_to_json(p), s.name,
    (select json_agg(json_build_array(v.id, v.kind, v.body, v.happened_on, v.unit_name, v.author_name)) from (
        select w.* from cases_disclosure d join cases_version w on w.id = d.version_id
        where d.to_guardian_id = %(guardian)s and d.case_id = c.id and d.valid @> now()
        order by w.happened_on desc, w.written_at desc limit 6) v),
    (select json_agg(json_build_array(n.no, n.agreed_at, n.next_follow_up_on)) from plans_release r
        join plans_planversion n on n.id = r.version_id
        where r.to_guardian_id = %(guardian)s and r.case_id = c.id and r.valid @> now()),
    (select json_agg(json_build_array(g.text, i.what, i.unit_name, i.contact_name, i.contact_phone)) from plans_goal g
        join plans_insats i on i.goal_id = g.id where g.case_id = c.id),
    (select json_agg(json_build_array(o.state, u.name, a.reply, a.replied_at)) from consent_consent o
        join consent_scope x on x.consent_id = o.id join agencies_unit u on u.id = x.unit_id
        join consent_answer a on a.scope_id = x.id and a.guardian_id = %(guardian)s where o.child_id = k.id),
    (select json_agg(json_build_array(e.at, e.action, e.unit)) from (
        select * from audit_event where child = k.id order by sequence desc limit 5) e)
from people_child k join cases_case c on c.child_id = k.id join cases_process p on p.case_id = c.id
left join agencies_staffmember s on s.account_id = p.responsible_id where k.id = %(child)s
"""
_SAVE = """
with e as (
    insert into cases_entry (id, case_id, owner_unit_id, kind, happened_on, created_by_id, created_at)
    values (gen_random_uuid(), %(case)s, %(unit)s, 'note', current_date, %(account)s, now()) returning *
), v as (
    insert into cases_version (id, entry_id, case_id, owner_unit_id, no, kind, category, body, data, author_id,
        author_name, author_title, unit_name, happened_on, written_at, beyond_consent)
    select gen_random_uuid(), e.id, e.case_id, e.owner_unit_id, 1, e.kind, 'basis', 'She says two words.', '{}',
        e.created_by_id, 'Elsa Ek', 'nurse', 'BVC 1', e.happened_on, e.created_at, false from e returning id
)
insert into bench_event (at, account, action, object) select now(), %(account)s, 'entry_written', v.id from v
"""
# Where a saved note's floor records itself: the chain is the page's cost, the row is not.
TABLES = "create table if not exists bench_event (at timestamptz, account uuid, action text, object uuid)"


# Every list is sorted by name, the one order that there is. Sixty cases are three pages, so the tenth
# is that of the arbetsledare, who has the unit's five hundred.
def _list(name: str, who: Person, query: str = "", which: str = "", **more: Any) -> Page:
    whose = _MINE if who is CASEWORKER else _LED
    values = {"account": who.account, "unit": UNIT, "after": None}
    return Page(name, who, f"/barn/{query}", _LIST.format(whose=whose, which=which), values, **more)


_HERE = {"case": CASE, "unit": UNIT}
LATE = "and p.next_on < current_date"
STEP = "and p.state in ('dialogue', 'gathering', 'assessment')"
PAGES: dict[str, Page] = {
    page.name: page
    for page in (
        _list("list", CASEWORKER),
        _list("list, last page", CASEWORKER, pages_before=2),
        _list("list, late", CASEWORKER, "?sena=on", LATE),
        _list("name search", CASEWORKER, which="and k.given_name || ' ' || k.family_name ilike '%%holm%%'",
              posted={"name_or_number": "holm"}),
        Page("case", CASEWORKER, f"/barn/{CASE}/", _CASE, _HERE),
        Page("case's events (300)", CASEWORKER, f"/barn/{CASE}/handelser/", _EVENTS.format(most=26), _HERE),
        Page("save a note", CASEWORKER, f"/barn/{OTHER_CASE}/anteckning/ny/", _SAVE,
             {"case": OTHER_CASE, "unit": UNIT, "account": CASEWORKER.account}, saves=True,
             posted={"kind": "note", "body": "She says two words.", "audience": "unit"}),
        _list("unit's list", ARBETSLEDARE),
        _list("unit's list, page 10", ARBETSLEDARE, pages_before=9),
        _list("unit's list, one step", ARBETSLEDARE, "?steg=find_out", STEP),
        _list("unit's name search", ARBETSLEDARE, which="and k.given_name || ' ' || k.family_name ilike '%%holm%%'",
              posted={"name_or_number": "holm"}),
        Page("family's overview", GUARDIAN, f"/familj/{uid('child', 1)}/", _FAMILY,
             {"child": uid("child", 1), "guardian": uid("guardian", 1)}),
    )
}  # fmt: skip
