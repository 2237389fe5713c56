"""Who may write what in the fixed world, one line for each attempt.

Each attempt is made in the database alone, without any service: an insert is a
copy of a row that exists with a few columns changed. ``ALLOWED`` is one row;
``NO_ROW`` is an update or delete that finds nothing; ``REFUSED`` an error of
row-level security or a missing grant.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from tests.access.fixed_world import FixedWorld

ALLOWED, NO_ROW, REFUSED = 1, 0, "42501"
IMMUTABLE_PLAN = "BB003"


@dataclass(frozen=True)
class Attempt:
    """One statement by one actor, and how it must end."""

    name: str
    actor: str
    table: str
    sql: str
    values: dict[str, Any]
    outcome: int | str


class Attempts:
    """Collects attempts on a fixed world."""

    def __init__(self, fixed: FixedWorld) -> None:
        self.fixed = fixed
        self.all: list[Attempt] = []

    def insert(self, name: str, actor: str, like: str, outcome: int | str, /, **changes: Any) -> None:
        """A copy of the row ``like`` under a new key, with ``changes``."""
        row = self.fixed.rows[like]
        key = row._meta.pk.column  # type: ignore[union-attr]
        stored = self.fixed.stored(like)
        if key == "id":
            stored["id"] = str(uuid.uuid4())
        stored |= {column: self._value(value) for column, value in changes.items()}
        table = row._meta.db_table
        sql = f'insert into "{table}" select * from jsonb_populate_record(null::"{table}", %(row)s::jsonb)'  # noqa: S608
        self.all.append(Attempt(name, actor, table, sql, {"row": json.dumps(stored)}, outcome))

    def update(self, name: str, actor: str, row: str, outcome: int | str, /, **changes: Any) -> None:
        """The row's columns set to ``changes``."""
        found = self.fixed.rows[row]
        table, key = found._meta.db_table, found._meta.pk.column  # type: ignore[union-attr]
        record = f'jsonb_populate_record(null::"{table}", %(set)s::jsonb)'
        pairs = ", ".join(f'"{column}" = ({record})."{column}"' for column in changes)
        sql = f'update "{table}" set {pairs} where "{key}" = %(key)s'  # noqa: S608
        values = {"set": json.dumps({c: self._value(v) for c, v in changes.items()}), "key": found.pk}
        self.all.append(Attempt(name, actor, table, sql, values, outcome))

    def delete(self, name: str, actor: str, row: str, outcome: int | str) -> None:
        """The row removed."""
        found = self.fixed.rows[row]
        table, key = found._meta.db_table, found._meta.pk.column  # type: ignore[union-attr]
        sql = f'delete from "{table}" where "{key}" = %(key)s'  # noqa: S608
        self.all.append(Attempt(name, actor, table, sql, {"key": found.pk}, outcome))

    def blind(self, name: str, actor: str, statement: str, table: str, outcome: int | str) -> None:
        """A statement without a condition, which PostgreSQL runs past the policies for reading."""
        self.all.append(Attempt(name, actor, table, statement, {}, outcome))

    @staticmethod
    def _value(value: Any) -> Any:
        if isinstance(value, Model):
            return str(value.pk)
        return str(value) if isinstance(value, uuid.UUID) else value


def period(lower: datetime | None, upper: datetime | None) -> str:
    """A half-open period as PostgreSQL writes it."""
    return f"[{lower.isoformat() if lower else ''},{upper.isoformat() if upper else ''})"


def attempts(fixed: FixedWorld) -> list[Attempt]:
    """All of them."""
    collected = Attempts(fixed)
    for group in (_places, _consents, _case, _entries, _disclosures, _plans, _rows, _releases, _replies):
        group(collected)
    return collected.all


def _places(a: Attempts) -> None:
    world, rows = a.fixed.world, a.fixed.rows
    account, unit = world.accounts, world.units
    rows["municipality_vaxjo"] = unit["social_vaxjo"].municipality  # type: ignore[assignment]
    rows["unit_preschool"], rows["membership_forskola"] = unit["preschool"], world.memberships["forskola"]
    rows["staff_bvc"] = account["bvc"].staffmember
    a.update("admin changes her municipality", "admin", "municipality", ALLOWED, report_url="https://ny.invalid/")
    a.update("admin changes another municipality", "admin", "municipality_vaxjo", NO_ROW, report_url="https://x.invalid/")
    a.update("bvc changes the municipality", "bvc", "municipality", NO_ROW, report_url="https://x.invalid/")
    a.update("admin renames a municipality", "admin", "municipality", REFUSED, name="Nybo")
    a.update("admin changes a unit of hers", "admin", "unit_preschool", ALLOWED, phone="1")
    a.update("admin changes another's unit", "admin", "unit_bvc", NO_ROW, phone="1")
    a.update("unit administrator changes her unit", "enhetsadmin", "unit_bvc", ALLOWED, phone="1")
    a.update("admin changes a unit's kind", "admin", "unit_preschool", REFUSED, kind="police")
    a.insert("admin names a colleague", "admin", "staff_bvc", ALLOWED, account_id=account["granne"])
    a.insert("bvc names a colleague", "bvc", "staff_bvc", REFUSED, account_id=account["granne"])
    a.update("bvc changes her phone", "bvc", "staff_bvc", ALLOWED, phone="1")
    a.update("bvc changes a colleague's phone", "bvc", "staff_logoped", NO_ROW, phone="1")
    a.update("bvc gives her name to another account", "bvc", "staff_bvc", REFUSED, account_id=account["granne"])
    new = {"account_id": account["bvc2"]}
    a.insert("admin employs", "admin", "membership_forskola", ALLOWED, **new)
    a.insert("admin employs elsewhere", "admin", "membership_forskola", REFUSED, **new, unit_id=unit["bvc"])
    a.insert("admin employs herself", "admin", "membership_forskola", REFUSED, account_id=account["admin"])
    steering = {"unit_id": None, "role": "steering"}
    a.insert("admin appoints to the steering group", "admin", "membership_forskola", ALLOWED, **new, **steering, municipality_id="0761")
    a.insert("admin appoints to another's", "admin", "membership_forskola", REFUSED, **new, **steering, municipality_id="0780")
    a.insert("unit administrator employs", "enhetsadmin", "membership_forskola", ALLOWED, **new, unit_id=unit["bvc"])
    a.insert("unit administrator employs elsewhere", "enhetsadmin", "membership_forskola", REFUSED, **new)
    a.insert("steering group employs", "styrgrupp", "membership_forskola", REFUSED, **new)
    a.insert("bvc employs", "bvc", "membership_logoped", REFUSED, **new, unit_id=unit["bvc"])
    a.update("admin changes a title", "admin", "membership_forskola", ALLOWED, title="x")
    a.update("admin changes a title elsewhere", "admin", "membership_logoped", NO_ROW, title="x")
    a.update("admin moves somebody elsewhere", "admin", "membership_forskola", REFUSED, unit_id=unit["bvc"])


def _consents(a: Attempts) -> None:
    world, account, unit = a.fixed.world, a.fixed.world.accounts, a.fixed.world.units
    a.update("bvc changes the child's language", "bvc", "child_a", ALLOWED, language="ar")
    a.update("logoped changes the child's language", "logoped", "child_a", NO_ROW, language="ar")
    a.update("bvc changes the child's birth date", "bvc", "child_a", REFUSED, born_on="2000-01-01")
    a.insert("bvc asks", "bvc", "consent_waiting", ALLOWED)
    a.insert("bvc asks for another child", "bvc", "consent_waiting", REFUSED, child_id=world.children["vaxjobarn"])
    a.insert("bvc asks in the logoped's name", "bvc", "consent_waiting", REFUSED, from_unit_id=unit["logoped"])
    a.insert("bvc writes that it is given", "bvc", "consent_waiting", REFUSED, state="given")
    a.insert(
        "logoped asks for a case he does not hold", "logoped", "consent_waiting", REFUSED,
        from_unit_id=unit["logoped"], asked_by_id=account["logoped"],
    )  # fmt: skip
    social = {"unit_id": unit["social"]}
    a.insert("bvc adds a unit to her question", "bvc", "scope_waiting", ALLOWED, **social)
    a.insert("bvc adds a unit to a consent given", "bvc", "scope_logoped", REFUSED, **social, state="waiting", valid=None)
    a.insert("bvc adds a unit with a yes", "bvc", "scope_waiting", REFUSED, **social, state="given")
    a.insert("mentor adds a unit to another's question", "mentor", "scope_waiting", REFUSED, **social)
    ask = {"scope_id": a.fixed.rows["scope_unanswered"]}
    a.insert("bvc asks mamma", "bvc", "answer_mamma_waiting", ALLOWED, **ask)
    a.insert("bvc asks with the answer", "bvc", "answer_mamma_waiting", REFUSED, **ask, reply="yes")
    a.insert("bvc asks who is no guardian", "bvc", "answer_mamma_waiting", REFUSED, **ask, guardian_id=world.guardians["mor"])
    a.insert("logoped asks", "logoped", "answer_mamma_waiting", REFUSED, **ask)
    noted = {"reply": "yes", "route": "paper", "noted_by_id": account["bvc"]}
    a.update("bvc notes an answer", "bvc", "answer_pappa_waiting", ALLOWED, **noted)
    a.update("bvc notes it as electronic", "bvc", "answer_pappa_waiting", REFUSED, **noted | {"route": "electronic"})
    a.update("bvc notes as a colleague", "bvc", "answer_pappa_waiting", REFUSED, **noted | {"noted_by_id": account["bvc2"]})
    a.update("bvc makes an answer needless", "bvc", "answer_pappa_waiting", REFUSED, required=False)
    replied = {"reply": "yes", "route": "electronic", "noted_by_id": None}
    a.update("pappa answers", "pappa", "answer_pappa_waiting", ALLOWED, **replied)
    a.update("pappa answers on paper", "pappa", "answer_pappa_waiting", REFUSED, **replied | {"route": "paper"})
    a.update("pappa answers for mamma", "pappa", "answer_mamma_waiting", NO_ROW, **replied)
    a.update("a father whose custody is contested answers", "far", "answer_far", NO_ROW, **replied)
    a.update("kurator answers for the youth", "kurator", "answer_ungdom", REFUSED, **replied)
    a.update("the youth answers", "ungdom", "answer_ungdom", ALLOWED, **replied)
    every = "update consent_answer set reply = 'yes', noted_by_id = "
    noted_by_bvc = every + f"'{account['bvc'].pk}', route = 'paper'"
    a.blind("bvc notes every answer", "bvc", noted_by_bvc, "consent_answer", 12)  # two guardians, six units
    a.blind("pappa gives every answer", "pappa", every + "null, route = 'electronic'", "consent_answer", 6)


def _case(a: Attempts) -> None:
    world, rows, account, unit = a.fixed.world, a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    a.update("bvc writes the next step", "bvc", "process_a", ALLOWED, next_step="met")
    a.update("logoped writes the next step", "logoped", "process_a", NO_ROW, next_step="met")
    a.update("a lead writes the next step", "bvc-ledare", "process_a", NO_ROW, next_step="met")
    a.update("bvc moves the case to another child", "bvc", "process_a", REFUSED, child_id=rows["child_b"])
    a.update("bvc changes whose case it is", "bvc", "case_a", REFUSED, child_id=rows["child_b"])
    a.insert("bvc makes a case", "bvc", "case_a", REFUSED)
    a.insert("bvc lets a unit take part", "bvc", "participation_logoped_a", REFUSED, group_id=unit["social"].group)
    by = {"user_id": account["bvc2"], "granted_by_id": account["bvc-ledare"]}
    a.insert("a lead assigns", "bvc-ledare", "assignment_bvc_a", ALLOWED, **by)
    a.insert("a lead assigns in another unit", "bvc-ledare", "assignment_bvc_a", REFUSED, **by, unit_id=unit["logoped"])
    a.insert("a lead assigns to a case not hers", "bvc-ledare", "assignment_bvc_a", REFUSED, **by, content_object_id=rows["case_v"])
    a.insert("a lead assigns in another's name", "bvc-ledare", "assignment_bvc_a", REFUSED, **by | {"granted_by_id": account["bvc"]})
    a.insert("bvc2 assigns herself", "bvc2", "assignment_bvc_a", REFUSED, **by | {"granted_by_id": account["bvc2"]})
    a.update("a lead prolongs", "bvc-ledare", "assignment_ended", REFUSED, valid=period(world.days(-20), None))
    a.delete("a lead ends an assignment", "bvc-ledare", "assignment_bvc_a", ALLOWED)
    a.delete("one leaves a case", "bvc", "assignment_bvc_a", ALLOWED)
    a.delete("one puts a colleague out", "tva-enheter/pupil_health", "assignment_kurator_y", NO_ROW)
    a.delete("logoped puts bvc out", "logoped", "assignment_bvc_a", NO_ROW)
    every = "delete from cases_assignment"
    a.blind("a lead ends every assignment", "bvc-ledare", every, "cases_assignment", 3)  # those of her unit
    a.blind("one ends every assignment", "bvc", every, "cases_assignment", 1)  # her own
    a.update("one takes a signal past the function", "bvc2", "signal_inbox", REFUSED, taken_by_id=account["bvc2"])
    a.insert("one sends past the function", "forskola", "signal_kept", REFUSED)
    mine = {"target": "entry:new"}
    a.insert("bvc keeps a draft", "bvc", "draft_a", ALLOWED, **mine)
    a.insert("bvc keeps a draft for the logoped", "bvc", "draft_a", REFUSED, **mine, account_id=account["logoped"])
    a.insert("bvc keeps a draft in another unit", "bvc", "draft_a", REFUSED, **mine, unit_id=unit["logoped"])
    a.insert("bvc2 keeps a draft in a case not hers", "bvc2", "draft_a", REFUSED, **mine, account_id=account["bvc2"])
    a.update("bvc saves her draft", "bvc", "draft_a", ALLOWED, fields={"body": "mer"})
    a.update("bvc hands over her draft", "bvc", "draft_a", REFUSED, account_id=account["bvc2"])
    a.delete("bvc throws her draft away", "bvc", "draft_a", ALLOWED)
    a.delete("bvc2 throws it away", "bvc2", "draft_a", NO_ROW)
    a.blind("forskola throws every draft away", "forskola", "delete from cases_draft", "cases_draft", 1)


def _entries(a: Attempts) -> None:
    world, rows, account, unit = a.fixed.world, a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    a.insert("bvc writes", "bvc", "entry_note", ALLOWED)
    a.insert("bvc writes as the logoped's unit", "bvc", "entry_note", REFUSED, owner_unit_id=unit["logoped"])
    a.insert("bvc writes as a colleague", "bvc", "entry_note", REFUSED, created_by_id=account["bvc2"])
    a.insert("bvc2 writes unassigned", "bvc2", "entry_note", REFUSED, created_by_id=account["bvc2"])
    a.insert("kurator writes where only the own is kept", "kurator", "entry_kurator_b", REFUSED)
    a.insert("mamma writes", "mamma", "entry_note", REFUSED, created_by_id=account["mamma"])
    next_version = {"no": 3}
    a.insert("bvc corrects", "bvc", "note_corrected", ALLOWED, **next_version)
    a.insert("bvc corrects in a colleague's name", "bvc", "note_corrected", REFUSED, **next_version, author_id=account["bvc2"])
    a.insert("logoped corrects what bvc wrote", "logoped", "note_corrected", REFUSED, **next_version, author_id=account["logoped"])
    a.insert(
        "logoped corrects it as his own", "logoped", "note_corrected", "23503", **next_version,
        author_id=account["logoped"], owner_unit_id=unit["logoped"],
    )  # fmt: skip
    a.insert("bvc moves a version to another case", "bvc", "note_corrected", REFUSED, **next_version, case_id=rows["case_v"])
    a.insert("bvc writes the child's words as a note", "bvc", "words", "23503", no=2, kind="note")
    for row in ("entry_note", "note"):
        a.update(f"bvc changes {row}", "bvc", row, REFUSED, happened_on="2020-01-01")
        a.delete(f"bvc removes {row}", "bvc", row, REFUSED)


def _disclosures(a: Attempts) -> None:
    world, rows, account, unit = a.fixed.world, a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    now = period(world.at, world.days(30))
    to_preschool = {"to_unit_id": unit["preschool"], "valid": now}
    a.insert("bvc shows to the preschool", "bvc", "shown_logoped", ALLOWED, **to_preschool)
    a.insert("bvc shows to the school", "bvc", "shown_logoped", REFUSED, to_unit_id=unit["school"], valid=now)
    a.insert(
        "bvc shows on a consent not answered", "bvc", "shown_logoped", REFUSED,
        to_unit_id=unit["school"], valid=now, consent_id=rows["consent_waiting"],
    )  # fmt: skip
    a.insert(
        "bvc shows on another child's consent", "bvc", "shown_logoped", REFUSED,
        to_unit_id=unit["bvc"], valid=now, consent_id=rows["consent_b"],
    )  # fmt: skip
    a.insert(
        "bvc shows the police more than practical", "bvc", "shown_logoped", REFUSED,
        to_unit_id=unit["police"], valid=now, consent_id=rows["consent_practical"],
    )  # fmt: skip
    a.insert("bvc shows past the consent's end", "bvc", "shown_logoped", REFUSED, **to_preschool | {"valid": period(world.at, None)})
    a.insert("bvc shows as a colleague", "bvc", "shown_logoped", REFUSED, **to_preschool, decided_by_id=account["bvc2"])
    a.insert("logoped shows what bvc wrote", "logoped", "shown_logoped", REFUSED, **to_preschool, decided_by_id=account["logoped"])
    to_pappa = {"to_guardian_id": world.guardians["pappa"], "valid": now}
    a.insert("bvc shows pappa", "bvc", "shown_mamma", ALLOWED, **to_pappa)
    a.insert("bvc shows a stranger", "bvc", "shown_mamma", REFUSED, **to_pappa | {"to_guardian_id": world.guardians["granne"]})
    a.insert("bvc shows pappa on a consent", "bvc", "shown_mamma", REFUSED, **to_pappa, consent_id=rows["consent_a"])
    words = {"version_id": rows["words"]}
    a.insert("bvc shows the child's words unasked", "bvc", "shown_mamma", REFUSED, **to_pappa, **words, child_asked=False)
    a.insert("bvc shows the child's words, asked", "bvc", "shown_mamma", ALLOWED, **to_pappa, **words, child_asked=True)
    a.insert("kurator shows a father whose custody is contested", "kurator", "shown_far", REFUSED, valid=now)
    to_child = {"to_guardian_id": None, "valid": now}
    a.insert("kurator shows the youth", "kurator", "shown_far", ALLOWED, **to_child, to_child_id=rows["child_y"])
    a.insert("kurator shows another child", "kurator", "shown_far", REFUSED, **to_child, to_child_id=rows["child_b"])
    ended = {"valid": period(world.days(-2), world.at)}
    a.update("bvc stops sharing", "bvc", "shown_logoped", ALLOWED, **ended)
    a.update("bvc stops sharing what had not begun", "bvc", "shown_logoped", ALLOWED, valid="empty")
    a.update("logoped ends what he was shown", "logoped", "shown_logoped", NO_ROW, **ended)
    a.update("bvc prolongs", "bvc", "shown_logoped", REFUSED, valid=period(world.days(-2), None))
    a.update("bvc turns it to another unit", "bvc", "shown_logoped", REFUSED, to_unit_id=unit["school"])


def _plans(a: Attempts) -> None:
    rows, account, unit = a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    logoped = {"owner_unit_id": unit["logoped"], "created_by_id": account["logoped"]}
    a.insert("bvc begins a plan", "bvc", "plan", ALLOWED)
    a.insert("bvc begins a plan as a colleague", "bvc", "plan", REFUSED, created_by_id=account["bvc2"])
    a.insert("logoped begins a plan", "logoped", "plan", REFUSED, **logoped)
    a.update("bvc closes the plan", "bvc", "plan", ALLOWED, state="closed")
    a.update("logoped closes the plan", "logoped", "plan", NO_ROW, state="closed")
    a.update("bvc gives the plan away", "bvc", "plan", REFUSED, owner_unit_id=unit["logoped"])
    new = {"no": 9}
    a.insert("bvc begins a version", "bvc", "plan_bare", ALLOWED, **new)
    a.insert("bvc writes an agreed version", "bvc", "plan_agreed", REFUSED, **new)
    a.insert("logoped begins a version", "logoped", "plan_bare", REFUSED, **new, owner_unit_id=unit["logoped"])
    a.insert("bvc cites what she can't read", "bvc", "plan_bare", REFUSED, **new, child_words_id=rows["note_y"])
    a.insert("bvc cites what she can", "bvc", "plan_bare", ALLOWED, **new, child_words_id=rows["words"])
    a.update("bvc writes in the draft", "bvc", "plan_draft", ALLOWED, edit_no=1)
    a.update("bvc cites in the draft what she can't read", "bvc", "plan_draft", REFUSED, wheel_id=rows["note_y"])
    a.update("bvc agrees as a colleague", "bvc", "plan_draft", REFUSED, agreed_by_id=account["bvc2"])
    a.update("bvc writes in what is agreed", "bvc", "plan_agreed", NO_ROW, edit_no=1)
    a.update("bvc gives the draft away", "bvc", "plan_bare", REFUSED, owner_unit_id=unit["logoped"])
    a.delete("bvc throws a draft away", "bvc", "plan_bare", ALLOWED)
    a.delete("bvc throws away what is agreed", "bvc", "plan_agreed", NO_ROW)


def _rows(a: Attempts) -> None:
    rows, account, unit = a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    a.insert("bvc adds a goal", "bvc", "goal_draft", ALLOWED)
    a.insert("bvc adds a goal to what is agreed", "bvc", "goal", REFUSED)
    a.insert("logoped adds a goal", "logoped", "goal_draft", REFUSED)
    a.update("bvc rewords a goal", "bvc", "goal_draft", ALLOWED, text="x")
    a.update("bvc rewords a goal that is agreed", "bvc", "goal", NO_ROW, text="x")
    a.delete("bvc removes a goal that is agreed", "bvc", "goal", NO_ROW)
    a.insert("bvc adds an insats", "bvc", "row_draft", ALLOWED)
    a.insert("bvc adds an insats to what is agreed", "bvc", "row_bvc", REFUSED)
    a.insert("bvc adds an insats to another version's goal", "bvc", "row_draft", "23503", goal_id=rows["goal"])
    a.insert("logoped adds an insats", "logoped", "row_draft", REFUSED)
    a.update("bvc rewords an insats", "bvc", "row_draft", ALLOWED, what="x")
    a.update("bvc rewords an insats that is agreed", "bvc", "row_bvc", NO_ROW, what="x")
    a.update("logoped rewords his insats", "logoped", "row_logoped", NO_ROW, what="x")
    a.insert("logoped says how it goes", "logoped", "status_logoped", ALLOWED)
    a.insert("logoped says it as another", "logoped", "status_logoped", REFUSED, set_by_id=account["bvc"])
    a.insert("logoped says how bvc's goes", "logoped", "status_logoped", REFUSED, lineage=rows["row_bvc"].lineage)  # type: ignore[attr-defined]
    a.insert("bvc says how the logoped's goes", "bvc", "status_logoped", REFUSED, set_by_id=account["bvc"])
    a.insert(
        "bvc says how the logoped's goes as hers", "bvc", "status_logoped", REFUSED,
        set_by_id=account["bvc"], unit_id=unit["bvc"],
    )  # fmt: skip
    a.insert("logoped says it in another case", "logoped", "status_logoped", REFUSED, case_id=rows["case_y"])
    a.update("logoped changes what he said", "logoped", "status_logoped", REFUSED, value="done")


def _releases(a: Attempts) -> None:
    world, rows, unit = a.fixed.world, a.fixed.rows, a.fixed.world.units
    now = {"valid": period(world.at, world.days(30))}
    a.insert("bvc releases to the preschool", "bvc", "release_logoped", ALLOWED, **now, to_unit_id=unit["preschool"])
    a.insert("bvc releases to the school", "bvc", "release_logoped", REFUSED, **now, to_unit_id=unit["school"])
    a.insert("bvc releases the whole to leisure", "bvc", "release_leisure", REFUSED, **now, rows="all")
    a.insert("bvc releases to a stranger", "bvc", "release_mamma", REFUSED, to_guardian_id=world.guardians["granne"])
    a.insert("bvc releases to pappa", "bvc", "release_mamma", ALLOWED, to_guardian_id=world.guardians["pappa"])
    a.insert("bvc releases to pappa on a consent", "bvc", "release_mamma", REFUSED, consent_id=rows["consent_a"])
    a.insert("bvc releases to another child", "bvc", "release_mamma", REFUSED, to_guardian_id=None, to_child_id=rows["child_b"])
    a.insert("logoped releases", "logoped", "release_logoped", REFUSED, **now, to_unit_id=unit["preschool"])
    a.insert("logoped releases as his own", "logoped", "release_logoped", REFUSED, **now, owner_unit_id=unit["logoped"])
    ended = {"valid": period(world.days(-2), world.at)}
    a.update("bvc ends a release", "bvc", "release_logoped", ALLOWED, **ended)
    a.update("logoped ends his release", "logoped", "release_logoped", NO_ROW, **ended)
    a.update("bvc prolongs a release", "bvc", "release_logoped", REFUSED, valid=period(world.days(-2), None))


def _replies(a: Attempts) -> None:
    world, rows, account, unit = a.fixed.world, a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    forskola = {"unit_id": unit["preschool"], "replied_by_id": account["forskola"]}
    a.insert("forskola agrees", "forskola", "reply_logoped", ALLOWED, **forskola)
    a.insert("forskola agrees for the police", "forskola", "reply_logoped", REFUSED, **forskola | {"unit_id": unit["police"]})
    a.insert("forskola agrees as another", "forskola", "reply_logoped", REFUSED, **forskola | {"replied_by_id": account["bvc"]})
    a.insert(
        "forskola agrees in a case that is hidden", "forskola", "reply_logoped", "23503", **forskola, case_id=rows["case_y"]
    )
    a.insert(
        "school agrees to a plan it isn't shown", "mentor", "reply_logoped", REFUSED,
        unit_id=unit["school"], replied_by_id=account["mentor"],
    )  # fmt: skip
    a.update("logoped changes his mind", "logoped", "reply_logoped", ALLOWED, agrees=False)
    a.update("bvc changes the logoped's mind", "bvc", "reply_logoped", NO_ROW, agrees=False)
    a.update("logoped replies as another", "logoped", "reply_logoped", REFUSED, replied_by_id=account["bvc"])
    a.delete("bvc clears the draft's replies", "bvc", "reply_bvc_draft", ALLOWED)
    a.delete("bvc clears what was replied to the agreed", "bvc", "reply_logoped", NO_ROW)
    pappa = {"guardian_id": world.guardians["pappa"]}
    a.insert("pappa answers the plan", "pappa", "family_reply_mamma", ALLOWED, **pappa)
    a.insert("pappa answers as mamma", "pappa", "family_reply_mamma", REFUSED)
    a.insert("pappa answers also for a child", "pappa", "family_reply_mamma", REFUSED, **pappa, child_id=rows["child_b"])
    a.insert("pappa answers a draft", "pappa", "family_reply_mamma", REFUSED, **pappa, version_id=rows["plan_draft"])
    a.insert("bvc answers for mamma", "bvc", "family_reply_mamma", REFUSED)
    a.insert("bvc follows up", "bvc", "follow_up", ALLOWED)
    a.insert("bvc follows up as a colleague", "bvc", "follow_up", REFUSED, held_by_id=account["bvc2"])
    a.insert("logoped follows up", "logoped", "follow_up", REFUSED, held_by_id=account["logoped"])
    a.insert("mamma's document is made", "mamma", "document_mamma", ALLOWED)
    a.insert("pappa makes mamma's document", "pappa", "document_mamma", REFUSED)
    a.update("mamma changes her document", "mamma", "document_mamma", REFUSED, pages=2)
