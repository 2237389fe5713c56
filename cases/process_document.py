"""The process as a drawing and tables for people who read the code: ``docs/process.md``."""

from __future__ import annotations

from django.utils.translation import override

from cases.deadlines import FIRST_DAYS, Deadline
from cases.process import PROCESS
from cases.rules import CloseReason, ProcessState, Step


def process_document() -> str:
    """The whole document, as Markdown with one Mermaid drawing."""
    with override("en"):
        lines = [
            "# The process",
            "",
            "Drawn from `cases/process.py` by `manage.py process_document`; a test holds the two together. The",
            "database follows the same table (`cases/process.sql`), and a page of the desk shows it.",
            "",
            *_drawing(),
            "",
            "## States",
            "",
            *_states(),
            "",
            "## Deadlines",
            "",
            "Working days: Monday to Friday but for public holidays and the eves of Midsummer, Christmas and New",
            "Year. A municipality sets its own at `/administration/tidsgranser/`, for what begins after that. A",
            "day that is set stays, and a step within the same deadline keeps it.",
            "",
            *_deadlines(),
            "",
            "## Why a case is closed",
            "",
            *_reasons(),
            "",
        ]
    return "\n".join(lines)


def _drawing() -> list[str]:
    """Each step a box with its states; closing, which every state leads to, is left out."""
    lines = ["```mermaid", "stateDiagram-v2"]
    for number, step in enumerate(Step, start=1):
        lines.append(f'    state "{number}. {step.label}" as step{number} {{')
        lines += [f"        {s.value}: {s.label}" for s in PROCESS if PROCESS[s].step is step]
        lines.append("    }")
    for state, stage in PROCESS.items():
        exits = [each for each in ProcessState if each in stage.exits and each is not ProcessState.CLOSED]
        lines += [f"    {state.value} --> {each.value}" for each in exits]
    return [*lines, "```", "", "Every open state leads to *Closed case* too."]


def _states() -> list[str]:
    head = [
        "| State | Step | Entered when | By whoever may | Next step | Deadline | Leads to |",
        "|---|---|---|---|---|---|---|",
    ]
    rows = []
    for state, stage in PROCESS.items():
        by = ", ".join(f"`{permission}`" for permission in sorted(stage.by)) or "a rule of the database"
        exits = ", ".join(f"`{each}`" for each in ProcessState if each in stage.exits)
        step = str(stage.next_step.label) if stage.next_step else "–"
        due = f"`{stage.deadline}`" if stage.deadline else "–"
        cells = (f"`{state}` {state.label}", stage.step.label, stage.entry, by, step, due, exits)
        rows.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return head + rows


def _deadlines() -> list[str]:
    rows = [f"| `{deadline}` | {deadline.label} | {FIRST_DAYS[deadline]} |" for deadline in Deadline]
    return ["| Deadline | What | Working days from the beginning |", "|---|---|---|", *rows]


def _reasons() -> list[str]:
    rows = []
    for reason in CloseReason:
        states = [f"`{state}`" for state, stage in PROCESS.items() if reason in stage.closes]
        rows.append(f"| `{reason}` | {reason.label} | {', '.join(states)} |")
    return ["| Reason | In words | From |", "|---|---|---|", *rows]
