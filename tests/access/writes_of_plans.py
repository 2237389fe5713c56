"""Who may write what in the fixed world: plans, their rows, releases and replies."""

from __future__ import annotations

from tests.access.attempts import ALLOWED, NO_ROW, OTHER_OWNER, REFUSED, Attempts, period

# One line for each attempt.
# fmt: off


def plans(a: Attempts) -> None:
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
    a.insert("logoped begins a version", "logoped", "plan_bare", REFUSED, **new,
        owner_unit_id=unit["logoped"])
    a.insert("bvc cites what she can't read", "bvc", "plan_bare", REFUSED, **new,
        child_words_id=rows["note_y"])
    a.insert("bvc cites what she can", "bvc", "plan_bare", ALLOWED, **new, child_words_id=rows["words"])
    a.update("bvc writes in the draft", "bvc", "plan_draft", ALLOWED, edit_no=1)
    a.update("bvc cites in the draft what she can't read", "bvc", "plan_draft", REFUSED,
        wheel_id=rows["note_y"])
    a.update("bvc writes on where she cites what is closed now", "bvc", "plan_citing", ALLOWED, edit_no=1)
    a.update("bvc agrees as a colleague", "bvc", "plan_draft", REFUSED, agreed_by_id=account["bvc2"])
    a.update("bvc writes in what is agreed", "bvc", "plan_agreed", NO_ROW, edit_no=1)
    a.update("bvc gives the draft away", "bvc", "plan_bare", REFUSED, owner_unit_id=unit["logoped"])
    a.delete("bvc throws a draft away", "bvc", "plan_bare", ALLOWED)
    a.delete("bvc throws away what is agreed", "bvc", "plan_agreed", NO_ROW)


def rows(a: Attempts) -> None:
    rows, account, unit = a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    a.insert("bvc adds a goal", "bvc", "goal_draft", ALLOWED)
    a.insert("bvc adds a goal to what is agreed", "bvc", "goal", REFUSED)
    a.insert("logoped adds a goal", "logoped", "goal_draft", REFUSED)
    a.update("bvc rewords a goal", "bvc", "goal_draft", ALLOWED, text="x")
    a.update("bvc rewords a goal that is agreed", "bvc", "goal", NO_ROW, text="x")
    a.delete("bvc removes a goal that is agreed", "bvc", "goal", NO_ROW)
    a.insert("bvc lets a goal build on a note", "bvc", "citation_draft", ALLOWED, cited_id=rows["logoped_note"])
    a.insert("bvc lets it build on what she can't read", "bvc", "citation_draft", REFUSED, cited_id=rows["note_y"])
    a.insert("bvc lets an agreed goal build on it", "bvc", "citation", REFUSED, cited_id=rows["logoped_note"])
    a.insert("bvc lets another version's goal build on it", "bvc", "citation_draft", OTHER_OWNER,
        goal_id=rows["goal_hidden"], cited_id=rows["logoped_note"])
    a.insert("logoped lets it build on his note", "logoped", "citation_draft", REFUSED, cited_id=rows["logoped_note"])
    a.delete("bvc takes it away from a draft", "bvc", "citation_draft", ALLOWED)
    a.delete("bvc takes it away from what is agreed", "bvc", "citation", NO_ROW)
    a.insert("bvc adds an insats", "bvc", "row_draft", ALLOWED)
    a.insert("bvc adds an insats to what is agreed", "bvc", "row_bvc", REFUSED)
    a.insert("bvc adds an insats to another version's goal", "bvc", "row_draft", OTHER_OWNER,
        goal_id=rows["goal"])
    a.insert("logoped adds an insats", "logoped", "row_draft", REFUSED)
    a.update("bvc rewords an insats", "bvc", "row_draft", ALLOWED, what="x")
    a.update("bvc rewords an insats that is agreed", "bvc", "row_bvc", NO_ROW, what="x")
    a.update("logoped rewords his insats", "logoped", "row_logoped", NO_ROW, what="x")
    a.insert("logoped says how it goes", "logoped", "status_logoped", ALLOWED)
    a.insert("logoped says it as another", "logoped", "status_logoped", REFUSED, set_by_id=account["bvc"])
    lineage = rows["row_bvc"].lineage  # type: ignore[attr-defined]
    a.insert("logoped says how bvc's goes", "logoped", "status_logoped", REFUSED, lineage=lineage)
    of_bvc = {"set_by_id": account["bvc"]}
    a.insert("bvc says how the logoped's goes", "bvc", "status_logoped", REFUSED, **of_bvc)
    a.insert("bvc says it as hers", "bvc", "status_logoped", REFUSED, **of_bvc, unit_id=unit["bvc"])
    a.insert("logoped says it in another case", "logoped", "status_logoped", REFUSED, case_id=rows["case_y"])
    a.update("logoped changes what he said", "logoped", "status_logoped", REFUSED, value="done")


def releases(a: Attempts) -> None:
    world, rows, unit = a.fixed.world, a.fixed.rows, a.fixed.world.units
    now = {"valid": period(world.at, world.days(30))}
    a.insert("bvc releases to the preschool", "bvc", "release_logoped", ALLOWED, **now,
        to_unit_id=unit["preschool"])
    a.insert("bvc releases to the school", "bvc", "release_logoped", REFUSED, **now,
        to_unit_id=unit["school"])
    a.insert("bvc releases the whole to leisure", "bvc", "release_leisure", REFUSED, **now, rows="all")
    a.insert("bvc releases to a stranger", "bvc", "release_mamma", REFUSED,
        to_guardian_id=world.guardians["granne"])
    a.insert("bvc releases to pappa", "bvc", "release_mamma", ALLOWED,
        to_guardian_id=world.guardians["pappa"])
    a.insert("bvc releases to pappa on a consent", "bvc", "release_mamma", REFUSED,
        consent_id=rows["consent_a"])
    a.insert("bvc releases to another child", "bvc", "release_mamma", REFUSED, to_guardian_id=None,
        to_child_id=rows["child_b"])
    a.insert("logoped releases", "logoped", "release_logoped", REFUSED, **now, to_unit_id=unit["preschool"])
    a.insert("logoped releases as his own", "logoped", "release_logoped", REFUSED, **now,
        owner_unit_id=unit["logoped"])
    ended = {"valid": period(world.days(-2), world.at)}
    a.update("bvc ends a release", "bvc", "release_logoped", ALLOWED, **ended)
    a.update("logoped ends his release", "logoped", "release_logoped", NO_ROW, **ended)
    a.update("bvc prolongs a release", "bvc", "release_logoped", REFUSED, valid=period(world.days(-2), None))


def replies(a: Attempts) -> None:
    world, rows, account, unit = a.fixed.world, a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    forskola = {"unit_id": unit["preschool"], "replied_by_id": account["forskola"]}
    a.insert("forskola agrees", "forskola", "reply_logoped", ALLOWED, **forskola)
    a.insert("forskola agrees for the police", "forskola", "reply_logoped", REFUSED,
        **forskola | {"unit_id": unit["police"]})
    a.insert("forskola agrees as another", "forskola", "reply_logoped", REFUSED,
        **forskola | {"replied_by_id": account["bvc"]})
    a.insert("forskola agrees in a case that is hidden", "forskola", "reply_logoped", OTHER_OWNER, **forskola,
        case_id=rows["case_y"])
    a.insert("school agrees to a plan it isn't shown", "mentor", "reply_logoped", REFUSED,
        unit_id=unit["school"], replied_by_id=account["mentor"])
    a.update("logoped changes his mind", "logoped", "reply_logoped", ALLOWED, agrees=False)
    a.update("bvc changes the logoped's mind", "bvc", "reply_logoped", NO_ROW, agrees=False)
    a.update("logoped replies as another", "logoped", "reply_logoped", REFUSED, replied_by_id=account["bvc"])
    a.delete("bvc clears the draft's replies", "bvc", "reply_bvc_draft", ALLOWED)
    a.delete("bvc clears what was replied to the agreed", "bvc", "reply_logoped", NO_ROW)
    pappa = {"guardian_id": world.guardians["pappa"]}
    a.insert("pappa answers the plan", "pappa", "family_reply_mamma", ALLOWED, **pappa)
    a.insert("pappa answers as mamma", "pappa", "family_reply_mamma", REFUSED)
    a.insert("pappa answers also for a child", "pappa", "family_reply_mamma", REFUSED, **pappa,
        child_id=rows["child_b"])
    a.insert("pappa answers a draft", "pappa", "family_reply_mamma", REFUSED, **pappa,
        version_id=rows["plan_draft"])
    a.insert("bvc answers for mamma", "bvc", "family_reply_mamma", REFUSED)
    a.insert("bvc follows up", "bvc", "follow_up", ALLOWED)
    a.insert("bvc follows up as a colleague", "bvc", "follow_up", REFUSED, held_by_id=account["bvc2"])
    a.insert("logoped follows up", "logoped", "follow_up", REFUSED, held_by_id=account["logoped"])
    later = {"follow_up_id": rows["follow_up_later"]}
    for what, other in (("goal", {"goal_id": rows["goal_draft"]}), ("row", {"insats_id": rows["row_draft"]})):
        one = "goal_result" if what == "goal" else "row_result_logoped"
        a.insert(f"bvc says what came of a {what}", "bvc", one, ALLOWED, **later)
        a.insert(f"bvc says it of another version's {what}", "bvc", one, OTHER_OWNER, **later, **other)
        a.insert(f"logoped says what came of a {what}", "logoped", one, REFUSED, **later)
        a.insert(f"logoped says what came of a {what} as his", "logoped", one, REFUSED, **later,
            owner_unit_id=unit["logoped"])
        a.update(f"bvc says anew what came of a {what}", "bvc", one, REFUSED, value="done")
    a.insert("mamma's document is made", "mamma", "document_mamma", ALLOWED)
    a.insert("pappa makes mamma's document", "pappa", "document_mamma", REFUSED)
    a.update("mamma changes her document", "mamma", "document_mamma", NO_ROW, pages=2)
    a.update("mamma gives it another day", "mamma", "document_mamma", REFUSED, rendered_at="2020-01-01")
    a.update("her work fills what was emptied", "mamma", "document_emptied", ALLOWED, pages=2)
    a.update("her work leaves it empty", "mamma", "document_emptied", REFUSED, pages=0)
    a.update("pappa fills it", "pappa", "document_emptied", NO_ROW, pages=2)
