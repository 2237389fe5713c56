"""One rich world with a row in every protected table, and who may read which row.

``READERS`` is written by hand from the rules (access model, section 4): for each
row the people who may read it; everybody else may not. It is what the mutation
tests re-check.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model

from access.actor import FAMILY_HAT
from cases.models import ChildView, GrantPeriod, Maturity, Process, Version
from consent.models import Answer, Consent, Scope
from notices.models import Delivery, Reminder
from people.models import Guardianship
from plans.models import Citation, Goal, Insats
from tests.access.closed_rows import closed_rows
from tests.access.meeting_rows import meeting_rows
from tests.access.readers import FAMILY, NOBODY
from tests.access.rows_without_a_case import rows_without_a_case
from tests.database import as_loader
from tests.worlds import Teamwork, World


@dataclass(frozen=True)
class FixedWorld:
    """The world, its rows by name, and its people as (account, membership)."""

    world: World
    rows: dict[str, Model]

    def key(self, name: str) -> Any:
        """The primary key of a row."""
        return self.rows[name].pk

    def hat(self, actor: str) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """An actor's account and the membership she acts in."""
        if actor == NOBODY:
            return None, None
        account = self.world.accounts[actor.split("/")[0]].pk
        if actor in FAMILY:
            return account, FAMILY_HAT
        return account, self.world.memberships[actor].pk

    def stored(self, name: str) -> dict[str, Any]:
        """A row as PostgreSQL has it: column → value. Reads as the loader."""
        row = self.rows[name]
        table, column = row._meta.db_table, row._meta.pk.column
        with as_loader(), connection.cursor() as cursor:
            cursor.execute(f'select to_jsonb(t) from "{table}" t where "{column}" = %s', [row.pk])  # noqa: S608
            (value,) = cursor.fetchone()
        found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
        return found


def build(world: World) -> FixedWorld:
    """Load the world that ``READERS`` tells of."""
    team = world.teamwork()
    rows: dict[str, Model] = {
        "municipality": world.units["bvc"].municipality,  # type: ignore[dict-item]
        "unit_bvc": world.units["bvc"],
        "staff_logoped": world.accounts["logoped"].staffmember,
        "membership_logoped": world.memberships["logoped"],
        "child_a": world.child,
        "child_b": world.children["grannbarn"],
        "child_y": world.youth,
        "guardian_mamma": world.guardians["mamma"],
        "guardian_far": world.guardians["far"],
        "contact_youth": world.youth.contact,
    }
    rows |= _case_a(world, team) | _consents(world, team)
    rows |= _plan(world, team, rows["hidden_note"])  # type: ignore[arg-type]
    rows |= _other_cases(world) | _youths_case(world) | _queues(world)
    rows |= meeting_rows(world, rows)
    rows |= _around(world, rows) | world.reviews_of_two_units() | rows_without_a_case(world)
    with as_loader():
        rows["grant_period"] = GrantPeriod.objects.earliest("reason")
        for who, child in (
            ("mamma", world.child),
            ("granne", world.children["grannbarn"]),
            ("far", world.youth),
        ):
            rows[f"custody_{who}"] = Guardianship.objects.get(child=child, guardian=world.guardians[who])
        rows["event"] = _event(world)
        rows |= closed_rows(world, rows["case_v"])
    return FixedWorld(world, rows)


def _case_a(world: World, team: Teamwork) -> dict[str, Model]:
    case = team.case
    ended = world.assign("bvc2", "bvc", case, valid=(world.days(-20), world.days(-1)))
    world.assign("soc", "social", case)
    gone = world.participate("social", case, valid=(world.days(-20), world.days(-1)))
    with as_loader():
        gone.delete()
        process = Process.objects.get(case=case)
    corrected = world.version(team.note.entry, 2, "bvc")
    kept, taken = world.signal(), world.signal(to_unit="bvc", case=case, taken_by="bvc")
    hidden = world.entry("bvc", "bvc", case)
    shown_hidden = {who: world.show(hidden, to_guardian=who) for who in ("mamma", "pappa")}
    with as_loader():
        shown_mamma = team.note.disclosures.get(to_guardian=world.guardians["mamma"])
        participations = {p.group_id: p for p in case.participation_set.all()}
        assignment = case.assignment_set.get(user=world.accounts["bvc"])
    return {
        "case_a": case,
        "process_a": process,
        "participation_bvc_a": participations[world.units["bvc"].group_id],
        "participation_logoped_a": participations[world.units["logoped"].group_id],
        "assignment_bvc_a": assignment,
        "assignment_ended": ended,
        "signal_kept": kept,
        "signal_inbox": world.signal(to_unit="bvc", case=None),
        "signal_taken": taken,
        "text_kept": kept.text,
        "text_taken": taken.text,
        "entry_note": team.note.entry,
        "entry_closed": team.closed_note.entry,
        "entry_logoped": team.logoped_note.entry,
        "entry_words": team.child_words.entry,
        "entry_hidden": hidden.entry,
        "hidden_note": hidden,
        "shown_hidden_mamma": shown_hidden["mamma"],
        "shown_hidden_pappa": shown_hidden["pappa"],
        "hiding": world.hide(hidden, "mamma"),
        "concern": world.concern("bvc", "bvc", case),
        "journaled_bvc": world.journaled(team.note, "bvc", "bvc"),
        "journaled_logoped": world.journaled(team.note, "logoped", "logoped"),
        "journaled_unshown": world.journaled(team.closed_note, "logoped", "logoped"),
        "note": team.note,
        "note_corrected": corrected,
        "closed_note": team.closed_note,
        "logoped_note": team.logoped_note,
        "words": team.child_words,
        "shown_logoped": team.shown,
        "shown_mamma": shown_mamma,
        "draft_a": world.draft("bvc", "bvc", case),
        "draft_signal": world.draft("forskola", "preschool", None, "signal"),
        "listing_a": world.listing(world.child, "bvc"),
        "handover_a": world.handover(case, "bvc", "bvc", "logoped"),
        "handover_declined": world.handover(
            case, "bvc", "bvc", "logoped", outcome="declined", answered_by="logoped", reason="Nej."
        ),
    }


def _consents(world: World, team: Teamwork) -> dict[str, Model]:
    waiting = world.consent(team.case, "school", state="waiting")
    empty = world.consent(team.case, "pupil_health", state="waiting")
    with as_loader():
        Answer.objects.filter(scope__consent=empty).delete()
        practical = Consent.objects.get(child=world.child, scope__unit=world.units["police"])
        logoped = Scope.objects.get(consent=team.consent, unit=world.units["logoped"])
        school = Scope.objects.get(consent=waiting)
        return {
            "consent_a": team.consent,
            "consent_practical": practical,
            "consent_waiting": waiting,
            "consent_unanswered": empty,
            "scope_unanswered": Scope.objects.get(consent=empty),
            "scope_logoped": logoped,
            "scope_police": Scope.objects.get(consent=practical, unit=world.units["police"]),
            "scope_leisure": Scope.objects.get(consent=practical, unit=world.units["leisure"]),
            "scope_waiting": school,
            "answer_mamma": Answer.objects.get(scope=logoped, guardian=world.guardians["mamma"]),
            "answer_mamma_waiting": Answer.objects.get(scope=school, guardian=world.guardians["mamma"]),
            "answer_pappa_waiting": Answer.objects.get(scope=school, guardian=world.guardians["pappa"]),
            "invitation_waiting": world.invitation(team.case, team.consent, "preschool"),
            "invitation_taken": world.invitation(team.case, team.consent, "logoped", taken_by="logoped"),
        }


def _plan(world: World, team: Teamwork, hidden: Version) -> dict[str, Model]:
    agreed = team.plan
    draft = world.plan(team.case, agreed=False, plan=agreed.plan, no=2)
    bare = world.plan(team.case, agreed=False, plan=agreed.plan, no=3, rows=())
    ended = world.entry("logoped", "logoped", team.case, "child_words")
    world.show(ended, to_unit="bvc", consent=team.consent, valid=(world.days(-9), world.days(-1)))
    citing = world.plan(team.case, agreed=False, plan=agreed.plan, no=4, rows=(), child_words=ended)
    with as_loader():
        Goal.objects.filter(version=bare).delete()
        goal, goal_draft = Goal.objects.get(version=agreed), Goal.objects.get(version=draft)
    rows = {unit: world.row_of(agreed, unit) for unit in ("bvc", "logoped", "leisure", "police")}
    goal_hidden = world.goal(agreed, "Ett mål", cites=hidden, unit="logoped")
    goal_citing = world.goal(draft, "Ett mål", cites=team.note)
    with as_loader():
        row_hidden = Insats.objects.get(goal=goal_hidden)
        citation, citation_draft = (Citation.objects.get(goal=one) for one in (goal_hidden, goal_citing))
    held = world.follow_up(agreed, "bvc")
    return {
        "plan": agreed.plan,
        "plan_agreed": agreed,
        "plan_draft": draft,
        "plan_bare": bare,
        "plan_citing": citing,
        "goal": goal,
        "goal_draft": goal_draft,
        "goal_hidden": goal_hidden,
        "row_hidden": row_hidden,
        "status_hidden": world.status(row_hidden, "logoped"),
        "citation": citation,
        "citation_draft": citation_draft,
        "row_bvc": rows["bvc"],
        "row_logoped": rows["logoped"],
        "row_leisure": rows["leisure"],
        "row_police": rows["police"],
        "row_draft": world.row_of(draft, "bvc"),
        "status_logoped": world.status(rows["logoped"], "logoped"),
        "status_leisure": world.status(rows["leisure"], "fritid"),
        "release_logoped": team.releases["logoped"],
        "release_leisure": team.releases["leisure"],
        "release_mamma": team.releases["mamma"],
        "reply_logoped": world.unit_reply(agreed, "logoped", "logoped"),
        "reply_bvc_draft": world.unit_reply(draft, "bvc", "bvc"),
        "family_reply_mamma": world.family_reply(agreed, guardian="mamma"),
        "follow_up": held,
        "follow_up_later": world.follow_up(agreed, "bvc"),
        "goal_result": world.results(held, goal),
        "goal_result_hidden": world.results(held, goal_hidden),
        "row_result_logoped": world.results(held, rows["logoped"]),
        "row_result_hidden": world.results(held, row_hidden),
        "row_result_leisure": world.results(held, rows["leisure"], "not_done", "Gruppen var full."),
        "document_mamma": world.document(team.releases["mamma"]),
        "document_emptied": world.document(team.releases["mamma"], pages=0),
    }


def _other_cases(world: World) -> dict[str, Model]:
    case_b = world.open_case(world.children["grannbarn"], "school", "mentor")
    consent_b = world.consent(case_b, "bvc", from_unit="school", asked_by="mentor")
    world.assign("tva-enheter", "bvc", case_b)
    own = world.participate("pupil_health", case_b, "own")
    world.assign("kurator", "pupil_health", case_b)
    kurator_note = world.entry("pupil_health", "kurator", case_b)
    world.show(kurator_note, to_unit="school", consent=consent_b)
    school_note = world.entry("school", "mentor", case_b)
    expired = world.show(
        school_note, to_unit="pupil_health", consent=consent_b, valid=(world.days(-20), world.days(-1))
    )
    child_v = world.add_child("vaxjobarn", world.born(5))
    case_v = world.open_case(child_v, "social_vaxjo", "soc-vaxjo")
    with as_loader():
        process_b = Process.objects.get(case=case_b)
    return {
        "case_b": case_b,
        "process_b": process_b,
        "consent_b": consent_b,
        "participation_own_b": own,
        "entry_kurator_b": kurator_note.entry,
        "entry_school_b": school_note.entry,
        "kurator_note_b": kurator_note,
        "school_note_b": school_note,
        "shown_expired": expired,
        "concern_own_b": world.concern("pupil_health", "kurator", case_b),
        "handover_b": world.handover(case_b, "school", "mentor", "bvc"),
        "child_v": child_v,
        "case_v": case_v,
    }


def _youths_case(world: World) -> dict[str, Model]:
    with as_loader():
        Guardianship.objects.filter(guardian=world.guardians["far"]).update(contested=False)
    case_y = world.open_case(world.youth, "pupil_health", "kurator")
    world.assign("tva-enheter", "pupil_health", case_y)
    consent_y = world.consent(case_y, "school", state="waiting", from_unit="pupil_health", asked_by="kurator")
    note_y = world.entry("pupil_health", "kurator", case_y)
    shown_y = world.show(note_y, to_child=world.youth)
    world.show(note_y, to_guardian="mor")
    only_y, hidden_y = (world.entry("pupil_health", "kurator", case_y) for _ in range(2))
    shown_only_y = world.show(only_y, to_child=world.youth)
    world.show(hidden_y, to_child=world.youth)
    world.show(hidden_y, to_guardian="mor")
    shown_far = world.show(note_y, to_guardian="far")
    hiding_y = world.hide(hidden_y, "far")
    with as_loader():
        Guardianship.objects.filter(guardian=world.guardians["far"]).update(contested=True)
        answers = Answer.objects.filter(scope__consent=consent_y)
        return {
            "case_y": case_y,
            "process_y": Process.objects.get(case=case_y),
            "consent_y": consent_y,
            "answer_far": answers.get(guardian=world.guardians["far"]),
            "answer_ungdom": answers.get(child=world.youth),
            "assignment_kurator_y": case_y.assignment_set.get(user=world.accounts["kurator"]),
            "entry_y": note_y.entry,
            "entry_only_y": only_y.entry,
            "entry_hidden_y": hidden_y.entry,
            "only_y": only_y,
            "hidden_y": hidden_y,
            "shown_y": shown_y,
            "shown_only_y": shown_only_y,
            "hiding_y": hiding_y,
            "note_y": note_y,
            "shown_far": shown_far,
        }


def _around(world: World, rows: dict[str, Model]) -> dict[str, Model]:
    """Adults without custody, and what goes with a consent."""
    world.add_guardian("familjehem")
    with as_loader():
        maturity = Maturity.objects.create(
            consent_id=rows["consent_y"].pk, case_id=rows["case_y"].pk, unit=world.units["pupil_health"],
            reason="Mogen nog.", noted_by=world.accounts["kurator"], noted_by_name="Kurator", noted_at=world.at,
        )  # fmt: skip
        child_view = ChildView.objects.create(
            consent_id=rows["consent_waiting"].pk, case_id=rows["case_a"].pk, unit=world.units["bvc"], asked=True,
            text="Jag vill.", noted_by=world.accounts["bvc"], noted_at=world.at,
        )  # fmt: skip
    ended = (world.days(-20), world.days(-1))
    return {
        "adult": world.other_adult("familjehem", world.child, "bvc", "bvc", rights=("plan",)),
        "adult_ended": world.other_adult("familjehem", world.child, "bvc", "bvc", valid=ended),
        "maturity": maturity,
        "child_view": child_view,
    }


def _queues(world: World) -> dict[str, Model]:
    waiting = world.outbox("mamma")
    with as_loader():
        return {"outbox": waiting, "reminder": Reminder.objects.get(), "delivery": Delivery.objects.get()}


def _event(world: World) -> Model:
    from audit.models import Event
    from audit.services import record

    with world.act(None) as nobody:
        record(by=nobody, kind="write", action="test")
    return Event.objects.earliest("sequence")
