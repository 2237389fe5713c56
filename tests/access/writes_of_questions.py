"""Who may write what in the fixed world: questions about a child whom nobody names."""

from __future__ import annotations

from tests.access.attempts import ALLOWED, IMPOSSIBLE, NO_ROW, NOW, REFUSED, Attempts

# One line for each attempt.
# fmt: off


def unnamed(a: Attempts) -> None:
    """They take turns; what is written stays; only the asker ends it."""
    world, account, unit = a.fixed.world, a.fixed.world.accounts, a.fixed.world.units
    a.insert("forskola asks", "forskola", "question", ALLOWED, asked_at=NOW)
    a.insert("forskola asks as a colleague", "forskola", "question", REFUSED, asked_at=NOW, asked_by_id=account["bvc"])
    a.insert("forskola asks for another unit", "forskola", "question", REFUSED, asked_at=NOW,
        from_unit_id=unit["school"])
    a.insert("forskola asks as of yesterday", "forskola", "question", REFUSED)
    a.insert("forskola asks what is ended", "forskola", "question", REFUSED, asked_at=NOW, closed_at=NOW)
    a.insert("forskola asks her own unit", "forskola", "question", IMPOSSIBLE, asked_at=NOW,
        to_unit_id=unit["preschool"])
    a.insert("enhetsadmin asks", "enhetsadmin", "question", REFUSED, asked_at=NOW, asked_by_id=account["enhetsadmin"],
        from_unit_id=unit["logoped"])
    a.insert("mamma asks", "mamma", "question", REFUSED, asked_at=NOW, asked_by_id=account["mamma"])
    a.update("forskola ends it", "forskola", "question", ALLOWED, closed_at=NOW)
    a.update("forskola has read it", "forskola", "question", ALLOWED, read_no=1)
    a.update("forskola ends it as of yesterday", "forskola", "question", REFUSED, closed_at=world.days(-1).isoformat())
    a.update("forskola takes the end back", "forskola", "question_closed", NO_ROW, closed_at=None)
    a.update("bvc ends what she was asked", "bvc", "question", NO_ROW, closed_at=NOW)
    a.update("tva-enheter ends it in the other unit", "tva-enheter", "question_of_two", NO_ROW, closed_at=NOW)
    a.update("logoped ends it", "logoped", "question", NO_ROW, closed_at=NOW)
    a.update("forskola sends it elsewhere", "forskola", "question", REFUSED, to_unit_id=unit["school"])
    a.blind("logoped ends everything", "logoped", "update cases_unnamedquestion set closed_at = access.at()",
        "cases_unnamedquestion", 0)
    a.delete("forskola removes it", "forskola", "question", REFUSED)
    bvc = {"author_id": account["bvc"], "written_at": NOW}
    a.insert("bvc answers", "bvc", "message", ALLOWED, **bvc, no=2)
    a.insert("bvc answers as a colleague", "bvc", "message", REFUSED, no=2, written_at=NOW, author_id=account["bvc2"])
    a.insert("bvc answers as of yesterday", "bvc", "message", REFUSED, no=2, author_id=account["bvc"])
    a.insert("bvc answers where it is answered", "bvc", "message_answer", REFUSED, **bvc, no=3)
    a.insert("bvc skips a turn", "bvc", "message", REFUSED, **bvc, no=4)
    a.insert("bvc answers what is ended", "bvc", "message_closed", REFUSED, **bvc, no=3)
    a.insert("logoped answers", "logoped", "message", REFUSED, no=2, author_id=account["logoped"], written_at=NOW)
    forskola = {"author_id": account["forskola"], "written_at": NOW}
    a.insert("forskola asks once more", "forskola", "message_answer", ALLOWED, **forskola, no=3)
    a.insert("forskola asks before the answer", "forskola", "message", REFUSED, **forskola, no=2)
    a.insert("forskola asks once more in what is ended", "forskola", "message_closed", REFUSED, **forskola, no=3)
    a.insert("enhetsadmin answers", "enhetsadmin", "message", REFUSED, no=2, author_id=account["enhetsadmin"],
        written_at=NOW)
    a.update("forskola rewrites it", "forskola", "message", REFUSED, text="x")
    a.update("bvc rewrites the answer", "bvc2", "message_answer", REFUSED, text="x")
    a.delete("bvc removes the answer", "bvc2", "message_answer", REFUSED)
