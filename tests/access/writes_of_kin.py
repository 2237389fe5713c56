"""Who may link two children past the services: whoever works on both cases, in her own name."""

from __future__ import annotations

from tests.access.attempts import ALLOWED, IMPOSSIBLE, NO_ROW, NOW, REFUSED, TWICE, Attempts

# One line for each attempt.
# fmt: off


def kin(a: Attempts) -> None:
    """Both cases of ``kin_a`` are "bvc"'s; of ``kin_ab`` nobody works on both."""
    world, rows = a.fixed.world, a.fixed.rows
    account, unit = world.accounts, world.units
    link: object = rows["kin_a"]
    back = {"ended_by_id": account["bvc"], "ended_at": NOW, "end_reason": "Fel barn."}
    anew = {"added_at": NOW, "ended_by_id": None, "ended_at": None, "end_reason": ""}
    a.insert("bvc links two children", "bvc", "kin_ended", ALLOWED, **anew)
    a.insert("bvc links two with an end to it", "bvc", "kin_ended", REFUSED, added_at=NOW)
    a.update("bvc ends what has ended", "bvc", "kin_ended", NO_ROW, **back)
    a.insert("bvc links what is linked", "bvc", "kin_a", TWICE, added_at=NOW)
    a.insert("bvc links a child whose case she does not work on", "bvc", "kin_ab", REFUSED, added_at=NOW)
    a.insert("bvc links as of yesterday", "bvc", "kin_a", REFUSED)
    a.insert("bvc links in a colleague's name", "bvc", "kin_a", REFUSED, added_at=NOW, added_by_id=account["bvc2"])
    a.insert("bvc links for another unit", "bvc", "kin_a", REFUSED, added_at=NOW, unit_id=unit["logoped"])
    a.insert("logoped links with only one of the cases", "logoped", "kin_a", REFUSED, added_at=NOW,
        unit_id=unit["logoped"], added_by_id=account["logoped"])
    a.insert("a lead links unassigned", "bvc-ledare", "kin_a", REFUSED, added_at=NOW,
        added_by_id=account["bvc-ledare"])
    a.insert("bvc links a child to itself", "bvc", "kin_a", IMPOSSIBLE, added_at=NOW, other_id=link.one_id)  # type: ignore[attr-defined]
    a.update("bvc takes the link away", "bvc", "kin_a", ALLOWED, **back)
    a.update("bvc takes it away without a reason", "bvc", "kin_a", IMPOSSIBLE, **back | {"end_reason": ""})
    a.update("bvc takes the link away in a colleague's name", "bvc", "kin_a", REFUSED,
        **back | {"ended_by_id": account["bvc2"]})
    a.update("bvc takes the link away as of yesterday", "bvc", "kin_a", REFUSED,
        **back | {"ended_at": world.days(-1).isoformat()})
    a.update("bvc takes away a link of another's", "bvc", "kin_ab", NO_ROW, **back)
    a.update("logoped takes the link away", "logoped", "kin_a", NO_ROW, **back | {"ended_by_id": account["logoped"]})
    a.update("a lead takes the link away", "bvc-ledare", "kin_a", NO_ROW,
        **back | {"ended_by_id": account["bvc-ledare"]})
    a.update("bvc makes it another relation", "bvc", "kin_a", REFUSED, relation="household")
    a.delete("bvc removes the link", "bvc", "kin_a", REFUSED)
