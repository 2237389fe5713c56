"""Three questions about children whom nobody names: one answered, one that waits, one that has waited too long."""

from __future__ import annotations

from datetime import datetime

from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from cases.models import UnnamedMessage, UnnamedQuestion

BVC, SOCIAL = "BVC Lessebo", "Socialtjänsten barn och unga"


def tell_questions(stage: Stage) -> None:
    """What they say is invented, and is about nobody."""
    with stage.rows.area("unnamed"):
        staff, at = stage.staff, stage.moments.at
        answered = _asked(
            stage, staff.persona("forskola"), BVC, "3-5", at(4, "10.15"),
            "Ett barn i gruppen pratar bara hemma och aldrig här. Det leker gärna och förstår allt vi säger. "
            "När behöver vi be någon titta närmare på det?",
            "Vi har använt bilder och låtit barnet peka, och vi har pratat med föräldrarna.",
        )  # fmt: skip
        _message(
            stage, answered, 2, staff.persona("bvc"), at(2, "14.40"),
            "Att vara tyst på förskolan den första terminen är vanligt. Har det varat längre än så, och barnet pratar "
            "hemma, kan föräldrarna ringa oss på BVC. Pressa inte fram ord, fortsätt med bilderna och låt barnet "
            "svara på sitt sätt.",
        )  # fmt: skip
        _asked(
            stage, staff.persona("fritid"), BVC, "", at(1, "15.20"),
            "Vi möter småsyskon som följer med till fritidsgården sent på kvällen. Vad är rimligt att säga "
            "till föräldrarna om sömn?",
        )  # fmt: skip
        _asked(
            stage, staff.persona("polis"), SOCIAL, "13-15", at(14, "9.30"),
            "En ung person sitter ofta ensam vid stationen om nätterna. Vilket stöd finns att erbjuda innan det har "
            "blivit ett problem?",
            "Vi har stannat och pratat, och frågat om någon vuxen kan hämta.",
        )  # fmt: skip


def _asked(
    stage: Stage, by: Worker, to: str, age: str, at: datetime, text: str, tried: str = ""
) -> UnnamedQuestion:
    made = stage.rows.add(
        UnnamedQuestion(
            from_unit=by.unit,
            asked_by=by.account,
            to_unit=stage.places.unit(to),
            age=age,
            asked_at=at,
            read_no=1,
        )
    )
    _message(stage, made, 1, by, at, text, tried)
    return made


def _message(
    stage: Stage, question: UnnamedQuestion, no: int, by: Worker, at: datetime, text: str, tried: str = ""
) -> None:
    stage.rows.add(
        UnnamedMessage(
            question=question,
            no=no,
            text=text,
            tried=tried,
            author=by.account,
            author_name=by.name,
            author_title=by.title,
            written_at=at,
        )
    )
