"""Who may write what in the fixed world: consents, cases, entries, disclosures, reviews, the law."""

from __future__ import annotations

import uuid

from tests.access.attempts import (
    ALLOWED,
    IMPOSSIBLE,
    NO_ROW,
    NOW,
    OTHER_OWNER,
    REFUSED,
    TWICE,
    Attempt,
    Attempts,
    period,
)
from tests.access.fixed_world import FixedWorld
from tests.access.writes_of_feedback import feedback
from tests.access.writes_of_handovers import handovers
from tests.access.writes_of_kin import kin
from tests.access.writes_of_meetings import meetings
from tests.access.writes_of_places import (
    appointments,
    appointments_at_once,
    breaks,
    deadlines,
    expectations,
    places,
)
from tests.access.writes_of_plans import plans, releases, replies, rows
from tests.access.writes_of_questions import unnamed

# One line for each attempt.
# fmt: off


def attempts(fixed: FixedWorld) -> list[Attempt]:
    """All of them."""
    collected = Attempts(fixed)
    groups = (
        places, expectations, deadlines, breaks, appointments, appointments_at_once, _consents, _case, _entries,
        _disclosures, _kept, _journal, unnamed, _reviews, _law, _wheel_words, plans, rows, releases, replies, handovers,
        meetings, feedback, kin,
    )  # fmt: skip
    for group in groups:
        group(collected)
    return collected.all


def _reviews(a: Attempts) -> None:
    world, account = a.fixed.world, a.fixed.world.accounts
    judged = {"judgement": "fine", "reason": "", "judged_by_id": account["granskare"],
        "judged_at": world.at.isoformat()}
    a.update("a reviewer judges", "granskare", "access", ALLOWED, **judged)
    a.update("she judges in a colleague's name", "granskare", "access", REFUSED,
        **judged | {"judged_by_id": account["bvc2"]})
    a.update("she judges her own", "granskare", "access_own", NO_ROW, **judged)
    a.update("she judges what is signed", "granskare", "access_signed", NO_ROW, **judged)
    a.update("she judges another unit's", "granskare", "access_school", NO_ROW, **judged)
    a.update("the one who read judges", "bvc", "access", NO_ROW, **judged)
    a.update("a reviewer takes a flag away", "granskare", "access_own", REFUSED, flags=[])
    a.update("a reviewer makes it a colleague's", "granskare", "access_own", REFUSED,
        account_id=account["bvc2"])
    a.update("a reviewer signs past the function", "granskare", "review", REFUSED,
        signed_at=world.at.isoformat())
    a.insert("a reviewer makes a review", "granskare", "review", REFUSED, month="2000-01-01")
    a.delete("a reviewer removes an access", "granskare", "access", REFUSED)
    by_her = f"judgement = 'fine', judged_by_id = '{account['granskare'].pk}', judged_at = access.at()"
    every = "update reviews_reviewedaccess set " + by_her  # noqa: S608
    a.blind("a reviewer judges everything", "granskare", every, "reviews_reviewedaccess", 1)


def _wheel_words(a: Attempts) -> None:
    account = a.fixed.world.accounts
    new = {"no": 3, "made_by_id": account["admin"], "made_at": NOW}
    a.insert("admin words the wheel", "admin", "wheel_edition", ALLOWED, **new)
    a.insert("admin words the wheel in another's name", "admin", "wheel_edition", REFUSED,
        **new | {"made_by_id": account["jurist"]})
    a.insert("admin worded it yesterday", "admin", "wheel_edition", REFUSED,
        **new | {"made_at": str(a.fixed.world.days(-1))})
    a.insert("admin skips an edition", "admin", "wheel_edition", REFUSED, **new | {"no": 4})
    a.insert("a unit administrator words the wheel", "enhetsadmin", "wheel_edition", REFUSED,
        **new | {"made_by_id": account["enhetsadmin"]})
    a.insert("bvc words the wheel", "bvc", "wheel_edition", REFUSED, **new | {"made_by_id": account["bvc"]})
    a.insert("a mother words the wheel", "mamma", "wheel_edition", REFUSED, **new | {"made_by_id": account["mamma"]})
    a.update("admin mends an edition", "admin", "wheel_edition", REFUSED, why="x")
    a.delete("admin takes an edition back", "admin", "wheel_edition", REFUSED)


def _law(a: Attempts) -> None:
    world, account = a.fixed.world, a.fixed.world.accounts
    new = {"no": 2, "proposed_by_id": account["admin"], "proposed_at": NOW, "why": "x", "code": "B4",
        "starts_on": str(world.today)}
    a.insert("admin proposes", "admin", "law_first", ALLOWED, **new)
    a.insert("admin proposes in another's name", "admin", "law_first", REFUSED,
        **new | {"proposed_by_id": account["jurist"]})
    a.insert("a lawyer proposes", "jurist", "law_first", REFUSED, **new | {"proposed_by_id": account["jurist"]})
    a.insert("a unit administrator proposes", "enhetsadmin", "law_first", REFUSED,
        **new | {"proposed_by_id": account["enhetsadmin"]})
    a.insert("bvc proposes", "bvc", "law_first", REFUSED, **new | {"proposed_by_id": account["bvc"]})
    a.insert("admin skips a version", "admin", "law_first", REFUSED, **new | {"no": 3})
    a.insert("admin makes a ground", "admin", "law_first", REFUSED, **new | {"code": "B99", "no": 1})
    a.insert("admin proposes since yesterday", "admin", "law_first", REFUSED,
        **new | {"starts_on": str(world.day(-1))})
    a.insert("admin proposes what is signed", "admin", "law_first", REFUSED, **new,
        signed_by_id=account["jurist"], signed_at=NOW)
    a.insert("admin proposes a second that waits", "admin", "law_first", TWICE, **new | {"code": "B3", "no": 4})
    a.insert("admin asks for consent elsewhere", "admin", "law_first", IMPOSSIBLE, **new, needs=["consent"])
    shows = {"valid": period(world.at, world.days(30)), "consent_id": None, "to_unit_id": world.units["police"]}
    a.insert("bvc shows the police on the law as it was", "bvc", "shown_logoped", REFUSED, **shows, basis="B9")
    a.insert("bvc shows the police on the law as it is", "bvc", "shown_logoped", ALLOWED, **shows, basis="B9",
        basis_no=2)
    signed = {"signed_by_id": account["jurist"], "signed_at": NOW}
    declined = {"declined_by_id": account["jurist"], "declined_at": NOW, "declined_because": "x"}
    a.update("a lawyer signs", "jurist", "law_waiting", ALLOWED, **signed)
    a.update("a lawyer declines", "jurist", "law_waiting", ALLOWED, **declined)
    a.update("she signs in another's name", "jurist", "law_waiting", REFUSED,
        **signed | {"signed_by_id": account["bvc"]})
    a.update("she signs as of yesterday", "jurist", "law_waiting", REFUSED,
        **signed | {"signed_at": world.days(-1).isoformat()})
    a.update("she signs and declines", "jurist", "law_waiting", REFUSED, **signed | declined)
    a.update("she signs what she proposed", "jurist", "law_lawyers_own", NO_ROW, **signed)
    a.update("she signs what was declined", "jurist", "law_declined", NO_ROW, **signed)
    a.update("she declines what is signed", "jurist", "law_signed", NO_ROW, **declined)
    a.update("she declines the first", "jurist", "law_first", NO_ROW, **declined)
    a.update("she mends the text", "jurist", "law_waiting", REFUSED, text="x")
    a.update("the proposer signs", "admin", "law_waiting", NO_ROW, **signed | {"signed_by_id": account["admin"]})
    a.update("bvc signs", "bvc", "law_waiting", NO_ROW, **signed | {"signed_by_id": account["bvc"]})
    a.delete("admin takes it back", "admin", "law_waiting", REFUSED)
    every = f"update consent_legalbasis set signed_by_id = '{account['jurist'].pk}', signed_at = access.at()"  # noqa: S608
    a.blind("a lawyer signs everything", "jurist", every, "consent_legalbasis", 1)


def _consents(a: Attempts) -> None:
    world, account, unit = a.fixed.world, a.fixed.world.accounts, a.fixed.world.units
    a.update("bvc changes the child's language", "bvc", "child_a", ALLOWED, language="ar")
    a.update("logoped changes the child's language", "logoped", "child_a", NO_ROW, language="ar")
    a.update("bvc changes the child's birth date", "bvc", "child_a", REFUSED, born_on="2000-01-01")
    a.insert("bvc asks", "bvc", "consent_waiting", ALLOWED)
    a.insert("bvc asks for another child", "bvc", "consent_waiting", REFUSED,
        child_id=world.children["vaxjobarn"])
    a.insert("bvc asks in the logoped's name", "bvc", "consent_waiting", REFUSED,
        from_unit_id=unit["logoped"])
    a.insert("bvc writes that it is given", "bvc", "consent_waiting", REFUSED, state="given")
    a.insert("logoped asks for a case he does not hold", "logoped", "consent_waiting", REFUSED,
        from_unit_id=unit["logoped"], asked_by_id=account["logoped"])
    social = {"unit_id": unit["social"]}
    a.insert("bvc adds a unit to her question", "bvc", "scope_waiting", ALLOWED, **social)
    a.insert("bvc adds a unit to a consent given", "bvc", "scope_logoped", REFUSED, **social, state="waiting",
        valid=None)
    a.insert("bvc adds a unit with a yes", "bvc", "scope_waiting", REFUSED, **social, state="given")
    a.insert("mentor adds a unit to another's question", "mentor", "scope_waiting", REFUSED, **social)
    ask = {"scope_id": a.fixed.rows["scope_unanswered"]}
    a.insert("bvc asks mamma", "bvc", "answer_mamma_waiting", ALLOWED, **ask)
    a.insert("bvc asks with the answer", "bvc", "answer_mamma_waiting", REFUSED, **ask, reply="yes")
    a.insert("bvc asks who is no guardian", "bvc", "answer_mamma_waiting", REFUSED, **ask,
        guardian_id=world.guardians["mor"])
    a.insert("logoped asks", "logoped", "answer_mamma_waiting", REFUSED, **ask)
    noted = {"reply": "yes", "route": "paper", "noted_by_id": account["bvc"]}
    a.update("bvc notes an answer", "bvc", "answer_pappa_waiting", ALLOWED, **noted)
    a.update("bvc notes it as electronic", "bvc", "answer_pappa_waiting", REFUSED,
        **noted | {"route": "electronic"})
    a.update("bvc notes as a colleague", "bvc", "answer_pappa_waiting", REFUSED,
        **noted | {"noted_by_id": account["bvc2"]})
    a.update("bvc makes an answer needless", "bvc", "answer_pappa_waiting", REFUSED, required=False)
    replied = {"reply": "yes", "route": "electronic", "noted_by_id": None}
    a.update("pappa answers", "pappa", "answer_pappa_waiting", ALLOWED, **replied)
    a.update("pappa answers on paper", "pappa", "answer_pappa_waiting", REFUSED,
        **replied | {"route": "paper"})
    a.update("pappa answers for mamma", "pappa", "answer_mamma_waiting", NO_ROW, **replied)
    a.update("a father whose custody is contested answers", "far", "answer_far", NO_ROW, **replied)
    a.update("kurator answers for the youth", "kurator", "answer_ungdom", REFUSED, **replied)
    a.update("the youth answers", "ungdom", "answer_ungdom", ALLOWED, **replied)
    for reply in ("no", "", "withdrawn"):  # a yes given is taken back through the function alone
        takes = replied | {"reply": reply}
        a.update(f"mamma makes her yes {reply or 'empty'}", "mamma", "answer_mamma", NO_ROW, **takes)
        a.update(f"bvc makes it {reply or 'empty'}", "bvc", "answer_mamma", NO_ROW, **noted | {"reply": reply})
    every = "update consent_answer set reply = 'yes', noted_by_id = "
    noted_by_bvc = every + f"'{account['bvc'].pk}', route = 'paper'"
    # Of six units five have a yes; the sixth is open, and its two guardians' answers with it.
    a.blind("bvc notes every answer", "bvc", noted_by_bvc, "consent_answer", 2)
    a.blind("pappa gives every answer", "pappa", every + "null, route = 'electronic'", "consent_answer", 1)


def _case(a: Attempts) -> None:
    world, rows, account, unit = a.fixed.world, a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    a.update("bvc writes the next step", "bvc", "process_a", ALLOWED, next_step="met")
    a.update("logoped writes the next step", "logoped", "process_a", NO_ROW, next_step="met")
    a.update("a lead writes the next step", "bvc-ledare", "process_a", NO_ROW, next_step="met")
    a.update("bvc makes another unit responsible", "bvc", "process_a", REFUSED, responsible_unit_id=unit["logoped"])
    a.update("bvc makes nobody responsible", "bvc", "process_a", REFUSED, responsible_id=None)
    a.update("bvc makes another unit coordinate", "bvc", "process_a", REFUSED, coordinator_unit_id=unit["logoped"])
    a.update("bvc makes a colleague coordinate", "bvc", "process_a", REFUSED, coordinator_id=account["bvc2"])
    a.update("bvc moves the case to another child", "bvc", "process_a", REFUSED, child_id=rows["child_b"])
    a.update("bvc changes whose case it is", "bvc", "case_a", REFUSED, child_id=rows["child_b"])
    a.insert("bvc makes a case", "bvc", "case_a", REFUSED)
    a.insert("bvc lets a unit take part", "bvc", "participation_logoped_a", REFUSED,
        group_id=unit["social"].group)
    by = {"user_id": account["bvc2"], "granted_by_id": account["bvc-ledare"]}
    a.insert("a lead assigns", "bvc-ledare", "assignment_bvc_a", ALLOWED, **by)
    a.insert("a lead assigns in another unit", "bvc-ledare", "assignment_bvc_a", REFUSED, **by,
        unit_id=unit["logoped"])
    a.insert("a lead assigns to a case not hers", "bvc-ledare", "assignment_bvc_a", REFUSED, **by,
        content_object_id=rows["case_v"])
    a.insert("a lead assigns in another's name", "bvc-ledare", "assignment_bvc_a", REFUSED,
        **by | {"granted_by_id": account["bvc"]})
    a.insert("bvc2 assigns herself", "bvc2", "assignment_bvc_a", REFUSED,
        **by | {"granted_by_id": account["bvc2"]})
    a.update("a lead prolongs", "bvc-ledare", "assignment_ended", REFUSED,
        valid=period(world.days(-20), None))
    a.delete("a lead ends an assignment", "bvc-ledare", "assignment_bvc_a", ALLOWED)
    a.delete("one leaves a case", "bvc", "assignment_bvc_a", ALLOWED)
    a.delete("one puts a colleague out", "tva-enheter/pupil_health", "assignment_kurator_y", NO_ROW)
    a.delete("logoped puts bvc out", "logoped", "assignment_bvc_a", NO_ROW)
    every = "delete from cases_assignment"
    a.blind("a lead ends every assignment", "bvc-ledare", every, "cases_assignment", 5)  # those of her unit
    a.blind("one ends every assignment", "bvc", every, "cases_assignment", 3)  # her own
    a.update("one takes a signal past the function", "bvc2", "signal_inbox", REFUSED,
        taken_by_id=account["bvc2"])
    a.insert("one sends past the function", "forskola", "signal_kept", REFUSED)
    mine = {"target": "entry:new"}
    a.insert("bvc keeps a draft", "bvc", "draft_a", ALLOWED, **mine)
    a.insert("bvc keeps a draft for the logoped", "bvc", "draft_a", REFUSED, **mine,
        account_id=account["logoped"])
    a.insert("bvc keeps a draft in another unit", "bvc", "draft_a", REFUSED, **mine, unit_id=unit["logoped"])
    a.insert("bvc2 keeps a draft in a case not hers", "bvc2", "draft_a", REFUSED, **mine,
        account_id=account["bvc2"])
    a.update("bvc saves her draft", "bvc", "draft_a", ALLOWED, fields={"body": "mer"})
    a.update("bvc hands over her draft", "bvc", "draft_a", REFUSED, account_id=account["bvc2"])
    a.delete("bvc throws her draft away", "bvc", "draft_a", ALLOWED)
    a.delete("bvc2 throws it away", "bvc2", "draft_a", NO_ROW)
    a.blind("forskola throws every draft away", "forskola", "delete from cases_draft", "cases_draft", 1)


def _entries(a: Attempts) -> None:
    rows, account, unit = a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    a.insert("bvc writes", "bvc", "entry_note", ALLOWED)
    a.insert("bvc writes as the logoped's unit", "bvc", "entry_note", REFUSED, owner_unit_id=unit["logoped"])
    a.insert("bvc writes as a colleague", "bvc", "entry_note", REFUSED, created_by_id=account["bvc2"])
    a.insert("bvc2 writes unassigned", "bvc2", "entry_note", REFUSED, created_by_id=account["bvc2"])
    a.insert("kurator writes where only the own is kept", "kurator", "entry_kurator_b", REFUSED)
    a.insert("mamma writes", "mamma", "entry_note", REFUSED, created_by_id=account["mamma"])
    next_version = {"no": 3}
    a.insert("bvc corrects", "bvc", "note_corrected", ALLOWED, **next_version)
    a.insert("bvc corrects in a colleague's name", "bvc", "note_corrected", REFUSED, **next_version,
        author_id=account["bvc2"])
    a.insert("logoped corrects what bvc wrote", "logoped", "note_corrected", REFUSED, **next_version,
        author_id=account["logoped"])
    a.insert("logoped corrects it as his own", "logoped", "note_corrected", OTHER_OWNER, **next_version,
        author_id=account["logoped"], owner_unit_id=unit["logoped"])
    a.insert("bvc moves a version to another case", "bvc", "note_corrected", REFUSED, **next_version,
        case_id=rows["case_v"])
    a.insert("bvc writes the child's words as a note", "bvc", "words", OTHER_OWNER, no=2, kind="note")
    for row in ("entry_note", "note"):
        a.update(f"bvc changes {row}", "bvc", row, REFUSED, happened_on="2020-01-01")
        a.delete(f"bvc removes {row}", "bvc", row, REFUSED)


def _kept(a: Attempts) -> None:
    """What a unit keeps to itself: hidden from one guardian, and notes of orosanmälningar."""
    world, rows, account = a.fixed.world, a.fixed.rows, a.fixed.world.accounts
    now, pappa = period(world.at, None), world.guardians["pappa"]
    new = {"guardian_id": pappa, "valid": now}
    a.insert("bvc hides from pappa", "bvc", "hiding", ALLOWED, **new)
    a.insert("bvc hides it in a colleague's name", "bvc", "hiding", REFUSED, **new, decided_by_id=account["bvc2"])
    a.insert("bvc2 hides it unassigned", "bvc2", "hiding", REFUSED, **new, decided_by_id=account["bvc2"])
    a.insert("logoped hides what bvc wrote", "logoped", "hiding", REFUSED, **new, decided_by_id=account["logoped"])
    a.insert("bvc hides from a stranger", "bvc", "hiding", REFUSED, **new | {"guardian_id": world.guardians["granne"]})
    a.insert("bvc hides without a reason", "bvc", "hiding", REFUSED, **new, reason="")
    a.insert("bvc hides until a day", "bvc", "hiding", REFUSED, **new | {"valid": period(world.at, world.days(9))})
    a.insert("bvc hides for more than six months", "bvc", "hiding", REFUSED, **new,
        review_on=str(world.day(186)))
    lifted = {"valid": period(world.days(-1), world.at), "lifted_by_id": account["bvc"]}
    a.update("bvc lifts it", "bvc", "hiding", ALLOWED, **lifted)
    a.update("bvc lifts it as a colleague", "bvc", "hiding", REFUSED, **lifted | {"lifted_by_id": account["bvc2"]})
    a.update("bvc lifts it later", "bvc", "hiding", REFUSED,
        **lifted | {"valid": period(world.days(-1), world.days(9))})
    a.update("logoped lifts it", "logoped", "hiding", NO_ROW, **lifted)
    a.update("mamma lifts it", "mamma", "hiding", NO_ROW, **lifted)
    every = "update cases_hiding set valid = 'empty', lifted_by_id = "
    a.blind("bvc lifts every one", "bvc", every + f"'{account['bvc'].pk}'", "cases_hiding", 1)
    a.update("bvc rewrites why", "bvc", "hiding", REFUSED, reason="x")
    to_mamma = {"version_id": rows["hidden_note"], "valid": period(world.at, world.days(30))}
    a.insert("bvc shows mamma what is hidden from her", "bvc", "shown_hidden_mamma", REFUSED, **to_mamma)
    a.insert("bvc shows pappa what is hidden from mamma", "bvc", "shown_hidden_pappa", ALLOWED, **to_mamma)
    a.insert("kurator shows the youth what is hidden from her father", "kurator", "shown_y", REFUSED,
        version_id=rows["hidden_y"])
    other = {"consent_id": rows["consent_unanswered"]}
    a.insert("bvc notes what the child thinks", "bvc", "child_view", ALLOWED, **other)
    a.insert("bvc notes what it thinks as a colleague", "bvc", "child_view", REFUSED, **other,
        noted_by_id=account["bvc2"])
    a.insert("bvc notes it of another's question", "bvc", "child_view", REFUSED, consent_id=rows["consent_b"])
    a.insert("bvc notes that somebody decides alone", "bvc", "maturity", ALLOWED, **other,
        unit_id=world.units["bvc"], case_id=rows["case_a"], noted_by_id=account["bvc"])
    a.insert("bvc notes it on another's question", "bvc", "maturity", REFUSED, consent_id=rows["consent_b"],
        unit_id=world.units["bvc"], case_id=rows["case_a"], noted_by_id=account["bvc"])
    a.insert("bvc notes and signs", "bvc", "maturity", REFUSED, **other, unit_id=world.units["bvc"],
        case_id=rows["case_a"], noted_by_id=account["bvc"], signed_by_id=account["bvc"])
    a.insert("mentor notes it where BVC asked", "logoped", "maturity", REFUSED, **other,
        unit_id=world.units["logoped"], case_id=rows["case_a"], noted_by_id=account["logoped"])
    a.update("tva-enheter signs past the function", "tva-enheter/pupil_health", "maturity", REFUSED,
        signed_by_id=account["tva-enheter"])
    a.insert("bvc gives rights past the function", "bvc", "adult", REFUSED)
    a.update("bvc ends them past the function", "bvc", "adult", REFUSED, end_reason="x")
    mine = {"note": uuid.uuid4(), "no": 1}
    a.insert("bvc notes an orosanmälan", "bvc", "concern", ALLOWED, **mine)
    a.insert("bvc notes it as a colleague", "bvc", "concern", REFUSED, **mine, author_id=account["bvc2"])
    a.insert("bvc2 notes it unassigned", "bvc2", "concern", REFUSED, **mine, author_id=account["bvc2"])
    a.insert("logoped notes it for bvc", "logoped", "concern", REFUSED, **mine, author_id=account["logoped"])
    a.insert("bvc goes on with her note", "bvc", "concern", ALLOWED, no=2)
    a.insert("bvc skips a version", "bvc", "concern", REFUSED, no=3)
    a.insert("bvc goes on with another unit's note", "bvc", "concern", REFUSED,
        note=rows["concern_own_b"].note, no=2)  # type: ignore[attr-defined]
    a.update("bvc rewrites a note", "bvc", "concern", REFUSED, reason="x")
    a.delete("bvc removes it", "bvc", "concern", REFUSED)


def _journal(a: Attempts) -> None:
    """What has been taken into a unit's own record: by the function alone."""
    a.insert("bvc notes in a journal past the function", "bvc", "journaled_bvc", REFUSED)
    a.update("bvc moves it to another's journal", "bvc", "journaled_bvc", REFUSED,
        unit_id=a.fixed.world.units["logoped"])
    a.delete("bvc takes it out of the journal", "bvc", "journaled_bvc", REFUSED)


def _disclosures(a: Attempts) -> None:
    world, rows, account, unit = a.fixed.world, a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    now = period(world.at, world.days(30))
    to_preschool = {"to_unit_id": unit["preschool"], "valid": now}
    a.insert("bvc shows to the preschool", "bvc", "shown_logoped", ALLOWED, **to_preschool)
    a.insert("bvc shows to the school", "bvc", "shown_logoped", REFUSED, to_unit_id=unit["school"], valid=now)
    a.insert("bvc shows on a consent not answered", "bvc", "shown_logoped", REFUSED,
        to_unit_id=unit["school"], valid=now, consent_id=rows["consent_waiting"])
    a.insert("bvc shows on another child's consent", "bvc", "shown_logoped", REFUSED, to_unit_id=unit["bvc"],
        valid=now, consent_id=rows["consent_b"])
    a.insert("bvc shows the police more than practical", "bvc", "shown_logoped", REFUSED,
        to_unit_id=unit["police"], valid=now, consent_id=rows["consent_practical"])
    a.insert("bvc shows past the consent's end", "bvc", "shown_logoped", REFUSED,
        **to_preschool | {"valid": period(world.at, None)})
    a.insert("bvc shows as a colleague", "bvc", "shown_logoped", REFUSED, **to_preschool,
        decided_by_id=account["bvc2"])
    a.insert("logoped shows what bvc wrote", "logoped", "shown_logoped", REFUSED, **to_preschool,
        decided_by_id=account["logoped"])
    to_pappa = {"to_guardian_id": world.guardians["pappa"], "valid": now}
    a.insert("bvc shows pappa", "bvc", "shown_mamma", ALLOWED, **to_pappa)
    a.insert("bvc shows a stranger", "bvc", "shown_mamma", REFUSED,
        **to_pappa | {"to_guardian_id": world.guardians["granne"]})
    a.insert("bvc shows pappa on a consent", "bvc", "shown_mamma", IMPOSSIBLE, **to_pappa,
        consent_id=rows["consent_a"])
    shows = {"valid": now, "consent_id": None}
    a.insert("bvc shows the school on a test of harm", "bvc", "shown_logoped", ALLOWED, **shows,
        to_unit_id=unit["school"], basis="B2", outcome="not_secret")
    a.insert("bvc shows the school what the child needs", "bvc", "shown_logoped", REFUSED, **shows,
        to_unit_id=unit["school"], basis="B6")
    a.insert("bvc shows social services what the child needs", "bvc", "shown_logoped", ALLOWED, **shows,
        to_unit_id=unit["social"], basis="B6")
    a.insert("bvc weighs", "bvc", "shown_logoped", REFUSED, **shows, to_unit_id=unit["social"], basis="B4")
    a.insert("bvc shows for ten years", "bvc", "shown_logoped", REFUSED, **shows | {
        "valid": period(world.at, world.days(3650))}, to_unit_id=unit["social"], basis="B6")
    a.insert("bvc shows on a ground that is none", "bvc", "shown_logoped", REFUSED, **shows,
        to_unit_id=unit["social"], basis="B99")
    a.insert("bvc signs her own", "bvc", "shown_logoped", REFUSED, **shows, to_unit_id=unit["social"],
        basis="B2", signed_by_id=account["bvc2"])
    a.insert("bvc opens what waits for a signature", "bvc", "shown_logoped", IMPOSSIBLE, **shows,
        to_unit_id=unit["social"], basis="B2", second="colleague")
    words = {"version_id": rows["words"]}
    a.insert("bvc shows the child's words unasked", "bvc", "shown_mamma", REFUSED, **to_pappa, **words,
        child_asked=False)
    a.insert("bvc shows the child's words, asked", "bvc", "shown_mamma", ALLOWED, **to_pappa, **words,
        child_asked=True)
    a.insert("kurator shows a father whose custody is contested", "kurator", "shown_far", REFUSED, valid=now)
    to_child = {"to_guardian_id": None, "valid": now}
    a.insert("kurator shows the youth", "kurator", "shown_far", ALLOWED, **to_child,
        to_child_id=rows["child_y"])
    a.insert("kurator shows another child", "kurator", "shown_far", REFUSED, **to_child,
        to_child_id=rows["child_b"])
    ended = {"valid": period(world.days(-2), world.at)}
    a.update("bvc stops sharing", "bvc", "shown_logoped", ALLOWED, **ended)
    a.update("bvc stops sharing what had not begun", "bvc", "shown_logoped", ALLOWED, valid="empty")
    a.update("logoped ends what he was shown", "logoped", "shown_logoped", NO_ROW, **ended)
    a.update("bvc prolongs", "bvc", "shown_logoped", REFUSED, valid=period(world.days(-2), None))
    a.update("bvc turns it to another unit", "bvc", "shown_logoped", REFUSED, to_unit_id=unit["school"])
