"""Who may tell the sender of a signal what, past the services: what the family's yes covers, and no more."""

from __future__ import annotations

from tests.access.attempts import ALLOWED, NOW, REFUSED, TWICE, Attempts

# One line for each attempt.
# fmt: off


def feedback(a: Attempts) -> None:
    """The preschool's signal was received by BVC; a consent covers the preschool in case A."""
    rows, account, unit = a.fixed.rows, a.fixed.world.accounts, a.fixed.world.units
    told = {"given_at": NOW, "what": "otherwise"}
    a.insert("bvc tells the sender", "bvc", "feedback_a", ALLOWED, **told)
    a.insert("bvc tells the sender of the plan", "bvc", "feedback_a", ALLOWED, **told | {"what": "plan"})
    a.insert("bvc tells the sender something else", "bvc", "feedback_a", REFUSED, **told | {"what": "all"})
    a.insert("bvc tells the sender the same twice", "bvc", "feedback_a", TWICE, **told | {"what": "talked"})
    a.insert("bvc tells the sender as of yesterday", "bvc", "feedback_a", REFUSED, what="otherwise")
    a.insert("bvc tells in a colleague's name", "bvc", "feedback_a", REFUSED, **told, given_by_id=account["bvc2"])
    a.insert("bvc2 tells the sender unassigned", "bvc2", "feedback_a", REFUSED, **told, given_by_id=account["bvc2"])
    a.insert("forskola tells itself", "forskola", "feedback_a", REFUSED, **told, unit_id=unit["preschool"],
        given_by_id=account["forskola"])
    a.insert("logoped tells the sender", "logoped", "feedback_a", REFUSED, **told, unit_id=unit["logoped"],
        given_by_id=account["logoped"])
    a.insert("bvc tells of what nobody has received", "bvc", "feedback_a", REFUSED, **told,
        signal_id=rows["signal_inbox"])
    a.insert("bvc tells of another case", "bvc", "feedback_a", REFUSED, **told, case_id=rows["case_b"])
    a.update("bvc rewrites what the sender was told", "bvc", "feedback_a", REFUSED, what="plan")
    a.delete("bvc removes what the sender was told", "bvc", "feedback_a", REFUSED)
