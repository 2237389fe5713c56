"""Who may write what in the fixed world: places, consents, cases, entries, disclosures."""

from __future__ import annotations

from tests.access.attempts import ALLOWED, NO_ROW, OTHER_OWNER, REFUSED, Attempt, Attempts, period
from tests.access.fixed_world import FixedWorld
from tests.access.writes_of_plans import plans, releases, replies, rows

# One line for each attempt.
# fmt: off


def attempts(fixed: FixedWorld) -> list[Attempt]:
    """All of them."""
    collected = Attempts(fixed)
    for group in (_places, _consents, _case, _entries, _disclosures, plans, rows, releases, replies):
        group(collected)
    return collected.all


def _places(a: Attempts) -> None:
    world, rows = a.fixed.world, a.fixed.rows
    account, unit = world.accounts, world.units
    rows["municipality_vaxjo"] = unit["social_vaxjo"].municipality  # type: ignore[assignment]
    rows["unit_preschool"], rows["membership_forskola"] = unit["preschool"], world.memberships["forskola"]
    rows |= {f"membership_{name}": world.memberships[name] for name in ("admin", "dataskydd")}
    rows["staff_bvc"] = account["bvc"].staffmember
    a.update("admin changes her municipality", "admin", "municipality", ALLOWED,
        report_url="https://ny.invalid/")
    a.update("admin changes another municipality", "admin", "municipality_vaxjo", NO_ROW,
        report_url="https://x.invalid/")
    a.update("bvc changes the municipality", "bvc", "municipality", NO_ROW, report_url="https://x.invalid/")
    a.update("admin renames a municipality", "admin", "municipality", REFUSED, name="Nybo")
    a.update("admin changes a unit of hers", "admin", "unit_preschool", ALLOWED, phone="1")
    a.update("admin changes another's unit", "admin", "unit_bvc", NO_ROW, phone="1")
    a.update("unit administrator changes her unit", "enhetsadmin", "unit_bvc", ALLOWED, phone="1")
    a.update("admin changes a unit's kind", "admin", "unit_preschool", REFUSED, kind="police")
    a.insert("admin names a colleague", "admin", "staff_bvc", ALLOWED, account_id=account["granne"])
    a.insert("admin names herself anew", "admin", "staff_bvc", REFUSED, account_id=account["admin"])
    a.insert("bvc names a colleague", "bvc", "staff_bvc", REFUSED, account_id=account["granne"])
    a.update("bvc changes her phone", "bvc", "staff_bvc", ALLOWED, phone="1")
    a.update("bvc changes a colleague's phone", "bvc", "staff_logoped", NO_ROW, phone="1")
    a.update("bvc gives her name to another account", "bvc", "staff_bvc", REFUSED,
        account_id=account["granne"])
    new = {"account_id": account["bvc2"]}
    a.insert("admin employs", "admin", "membership_forskola", ALLOWED, **new)
    a.insert("admin employs elsewhere", "admin", "membership_forskola", REFUSED, **new, unit_id=unit["bvc"])
    a.insert("admin employs herself", "admin", "membership_forskola", REFUSED, account_id=account["admin"])
    a.insert("admin appoints to the steering group", "admin", "membership_forskola", REFUSED, **new,
        unit_id=None, role="steering", municipality_id="0761")
    a.insert("admin appoints an ombud", "admin", "membership_forskola", REFUSED, **new,
        role="data_protection")
    a.insert("unit administrator employs", "enhetsadmin", "membership_forskola", ALLOWED, **new,
        unit_id=unit["bvc"])
    a.insert("unit administrator employs elsewhere", "enhetsadmin", "membership_forskola", REFUSED, **new)
    a.insert("steering group employs", "styrgrupp", "membership_forskola", REFUSED, **new)
    a.insert("bvc employs", "bvc", "membership_logoped", REFUSED, **new, unit_id=unit["bvc"])
    ended = {"valid": period(world.days(-365), world.at)}
    a.update("admin ends a membership", "admin", "membership_forskola", ALLOWED, **ended)
    a.update("admin ends one elsewhere", "admin", "membership_logoped", NO_ROW, **ended)
    a.update("admin ends her own", "admin", "membership_admin", NO_ROW, **ended)
    a.update("admin ends the ombud's", "admin", "membership_dataskydd", NO_ROW, **ended)
    a.update("admin prolongs a membership", "admin", "membership_forskola", REFUSED,
        valid=period(world.days(-365), None))
    a.update("admin moves somebody", "admin", "membership_forskola", REFUSED, unit_id=unit["school"])
    a.update("admin gives another role", "admin", "membership_forskola", REFUSED, role="lead")
    a.update("unit administrator ends one elsewhere", "enhetsadmin", "membership_forskola", NO_ROW, **ended)
    a.update("bvc ends a colleague's", "bvc", "membership_logoped", NO_ROW, **ended)


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
    a.blind("a lead ends every assignment", "bvc-ledare", every, "cases_assignment", 3)  # those of her unit
    a.blind("one ends every assignment", "bvc", every, "cases_assignment", 1)  # her own
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
    a.insert("bvc shows pappa on a consent", "bvc", "shown_mamma", REFUSED, **to_pappa,
        consent_id=rows["consent_a"])
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
