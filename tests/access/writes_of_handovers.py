"""Who may write what about a hand-over past the services: propose and take back, and no more."""

from __future__ import annotations

from tests.access.attempts import ALLOWED, IMPOSSIBLE, NO_ROW, NOW, REFUSED, TWICE, Attempts

# One line for each attempt.
# fmt: off


def handovers(a: Attempts) -> None:
    """Case A is BVC's, where only "bvc" works on it; case B the school's, and BVC takes part on consent."""
    world, rows = a.fixed.world, a.fixed.rows
    account, unit = world.accounts, world.units
    new = {"kind": "coordination", "proposed_at": NOW}
    a.insert("bvc hands over", "bvc", "handover_a", ALLOWED, **new)
    a.insert("bvc hands over with somebody in mind", "bvc", "handover_a", ALLOWED, **new,
        to_account_id=account["logoped"])
    a.insert("bvc hands over with somebody elsewhere in mind", "bvc", "handover_a", REFUSED, **new,
        to_account_id=account["bvc2"])
    a.insert("bvc hands over what waits already", "bvc", "handover_a", TWICE)
    a.insert("bvc hands over in a colleague's name", "bvc", "handover_a", REFUSED, **new,
        proposed_by_id=account["bvc2"])
    a.insert("bvc2 hands over unassigned", "bvc2", "handover_a", REFUSED, **new,
        proposed_by_id=account["bvc2"])
    a.insert("a lead hands over unassigned", "bvc-ledare", "handover_a", REFUSED, **new,
        proposed_by_id=account["bvc-ledare"])
    a.insert("bvc hands over for the logoped", "bvc", "handover_a", REFUSED, **new,
        from_unit_id=unit["logoped"], to_unit_id=unit["bvc"])
    a.insert("logoped hands over what he does not have", "logoped", "handover_a", REFUSED, **new,
        from_unit_id=unit["logoped"], to_unit_id=unit["preschool"], proposed_by_id=account["logoped"])
    a.insert("bvc hands over another's case", "tva-enheter", "handover_b", REFUSED, **new,
        from_unit_id=unit["bvc"], to_unit_id=unit["school"], proposed_by_id=account["tva-enheter"])
    a.insert("bvc hands over to its own unit", "bvc", "handover_a", IMPOSSIBLE, **new, to_unit_id=unit["bvc"])
    for name in ("police", "leisure", "social", "school"):
        a.insert(f"bvc hands over to {name}", "bvc", "handover_a", REFUSED, **new, to_unit_id=unit[name])
    a.insert("bvc hands over something else", "bvc", "handover_a", REFUSED, **new | {"kind": "insats"})
    a.insert("bvc hands over since yesterday", "bvc", "handover_a", REFUSED, **new, starts_on=str(world.day(-1)))
    a.insert("bvc hands over without a word", "bvc", "handover_a", REFUSED, **new, note="")
    done = {"answered_by_id": account["bvc"], "answered_at": NOW}
    a.insert("bvc hands over what is accepted", "bvc", "handover_a", REFUSED, **new, **done, outcome="accepted")
    back = {"outcome": "withdrawn", **done}
    a.update("bvc takes it back", "bvc", "handover_a", ALLOWED, **back)
    a.update("bvc takes it back in a colleague's name", "bvc", "handover_a", REFUSED,
        **back | {"answered_by_id": account["bvc2"]})
    a.update("bvc takes it back as of yesterday", "bvc", "handover_a", REFUSED,
        **back | {"answered_at": world.days(-1).isoformat()})
    a.update("bvc accepts her own", "bvc", "handover_a", REFUSED, **back | {"outcome": "accepted"})
    a.update("bvc2 takes it back unassigned", "bvc2", "handover_a", NO_ROW, **back)
    a.update("bvc takes back what is answered", "bvc", "handover_declined", NO_ROW, **back)
    mine = back | {"answered_by_id": account["logoped"]}
    a.update("logoped takes it back", "logoped", "handover_a", NO_ROW, **mine)
    a.update("logoped accepts past the function", "logoped", "handover_a", NO_ROW, **mine | {"outcome": "accepted"})
    a.update("tva-enheter takes back the school's", "tva-enheter", "handover_b", NO_ROW,
        **back | {"answered_by_id": account["tva-enheter"]})
    a.update("bvc rewrites what she wrote", "bvc", "handover_a", REFUSED, note="x")
    a.update("bvc sends it elsewhere", "bvc", "handover_a", REFUSED, to_unit_id=unit["preschool"])
    a.update("bvc moves it to another case", "bvc", "handover_a", REFUSED, case_id=rows["case_b"])
    a.delete("bvc removes a hand-over", "bvc", "handover_a", REFUSED)
    every = f"update cases_handover set outcome = 'withdrawn', answered_by_id = '{account['bvc'].pk}', answered_at = access.at()"  # noqa: S608, E501
    a.blind("bvc takes everything back", "bvc", every, "cases_handover", 1)
