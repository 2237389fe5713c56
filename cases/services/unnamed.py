"""Ask another unit about a child whom nobody names, answer, and end it.

What looks as if it says who the child is stops the text, whoever writes it. Only where it looks
like a name may the writer say that it is none; that she did is kept.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.actor import Actor
from access.permissions import Permission
from access.unnamed import UnnamedFacts, decide_unnamed
from access.words import require
from agencies.models import Municipality, Unit
from audit.services import record
from cases.identifying import Finding, Kind, identifying, key_of, words_of
from cases.models import UnnamedMessage, UnnamedQuestion
from cases.unnamed import AgeBand
from kit.errors import Conflict, Refused

LONGEST_TEXT = 4_000


@dataclass(frozen=True)
class UnnamedText:
    """What somebody wants to send. ``no_names``: words that she says are no names, as she was shown them."""

    text: str
    tried: str = ""
    no_names: Set[str] = field(default_factory=frozenset)


class Identifies(Refused):
    """The text looks as if it says who the child is. ``problems``: field → sentences;
    ``names``: the words that the writer may say are no names."""

    def __init__(self, problems: dict[str, list[str]], names: list[str]) -> None:
        first, sentences = next(iter(problems.items()))
        super().__init__(sentences[0], field=first)
        self.problems = problems
        self.names = names


@transaction.atomic
def ask_unnamed(*, to_unit: Unit, age: str, text: UnnamedText, by: Actor) -> UnnamedQuestion:
    """Send a question to a unit."""
    account, unit = by.writes_as
    require(
        decide_unnamed(
            Permission.ASK_UNNAMED,
            UnnamedFacts(by.role, asks=True, answers=to_unit.pk == unit, messages=0),
        )
    )
    if age not in AgeBand.values:
        raise Refused(_("Choose about how old the child is."), field="age")
    said_no_name = _check(text)
    question = UnnamedQuestion.objects.create(
        from_unit_id=unit, asked_by_id=account, to_unit=to_unit, age=age, asked_at=by.at
    )
    _add(question, 1, text, by, "question_asked", said_no_name=said_no_name)
    return question


@transaction.atomic
def answer_unnamed(*, question: UnnamedQuestion, text: UnnamedText, by: Actor) -> UnnamedMessage:
    """The unit's answer."""
    return _go_on(question, Permission.ANSWER_UNNAMED, text, by, "question_answered")


@transaction.atomic
def follow_up_unnamed(*, question: UnnamedQuestion, text: UnnamedText, by: Actor) -> UnnamedMessage:
    """One more question by the one who asked, once the first is answered."""
    return _go_on(question, Permission.ASK_UNNAMED, text, by, "question_followed_up")


@transaction.atomic
def close_unnamed(*, question: UnnamedQuestion, by: Actor) -> None:
    """Thanks, that is enough. Nobody writes in it any more; both go on reading it."""
    if not UnnamedQuestion.objects.asked_by(by).filter(pk=question.pk).exists():
        raise Refused(_("Only the one who asked can end this question."))
    newest = _messages(question, by)
    if not UnnamedQuestion.objects.filter(pk=question.pk, closed_at=None).update(
        closed_at=by.at, read_no=newest
    ):
        return
    record(by=by, kind="write", action="question_closed", object=question.pk)


@transaction.atomic
def read_unnamed(*, question: UnnamedQuestion, by: Actor) -> None:
    """The asker has read what there is; Mitt arbete tells her no more of it."""
    newest = _messages(question, by)
    mine = UnnamedQuestion.objects.asked_by(by).filter(pk=question.pk, closed_at=None)
    if mine.update(read_no=newest):
        record(by=by, kind="write", action="question_read", object=question.pk)


def facts_of(question: UnnamedQuestion, messages: int, by: Actor) -> UnnamedFacts:
    """How the question stands to somebody, as the policy asks."""
    return UnnamedFacts(
        role=by.role,
        asks=by.is_staff and (question.asked_by_id, question.from_unit_id) == (by.account_id, by.unit_id),
        answers=by.is_staff and question.to_unit_id == by.unit_id,
        messages=messages,
        closed=question.closed_at is not None,
    )


def _messages(question: UnnamedQuestion, by: Actor) -> int:
    return UnnamedMessage.objects.visible_to(by).filter(question=question).count()


def _go_on(
    question: UnnamedQuestion, permission: Permission, text: UnnamedText, by: Actor, action: str
) -> UnnamedMessage:
    """The next message; if a colleague has written it meanwhile, it is not overwritten."""
    messages = _messages(question, by)
    require(decide_unnamed(permission, facts_of(question, messages, by)))
    said_no_name = _check(text)
    try:
        with transaction.atomic():
            return _add(question, messages + 1, text, by, action, said_no_name=said_no_name)
    except IntegrityError:
        raise Conflict("") from None


def _add(
    question: UnnamedQuestion, no: int, text: UnnamedText, by: Actor, action: str, *, said_no_name: bool
) -> UnnamedMessage:
    account, _unit = by.writes_as
    made = UnnamedMessage.objects.create(
        question=question,
        no=no,
        text=text.text,
        tried=text.tried,
        said_no_name=said_no_name,
        author_id=account,
        author_name=by.name,
        author_title=by.title,
        written_at=by.at,
    )
    record(by=by, kind="write", action=action, object=question.pk, said_no_name=int(said_no_name))
    return made


# --- What is stopped ---------------------------------------------------------------------------


def _check(text: UnnamedText) -> bool:
    """Refuse what is empty, too long or says who the child is. True where the writer saw past names."""
    if not text.text.strip():
        raise Refused(_("Write your text."), field="text")
    if max(len(text.text), len(text.tried)) > LONGEST_TEXT:
        raise Refused(
            _("The text is too long. Shorten it to %(number)d characters.") % {"number": LONGEST_TEXT},
            field="text",
        )
    known = _known_words()
    found = {name: identifying(getattr(text, name), known=known) for name in ("text", "tried")}
    names = [one.words for each in found.values() for one in each if one.kind is Kind.NAME]
    unseen = {name for name in names if key_of(name) not in {key_of(word) for word in text.no_names}}
    stopping = {
        where: [one for one in each if one.kind is not Kind.NAME or one.words in unseen]
        for where, each in found.items()
    }
    if any(stopping.values()):
        problems = {where: _sentences(each) for where, each in stopping.items() if each}
        raise Identifies(problems, list(dict.fromkeys(names)))
    return bool(names)


def _known_words() -> set[str]:
    """Words of the names of units and municipalities: they name no person."""
    named = [
        *Unit.objects.values_list("name", flat=True),
        *Municipality.objects.values_list("name", flat=True),
    ]
    return set().union(*(words_of(name) for name in named))


def _sentences(found: list[Finding]) -> list[str]:
    """What was found, quoted, and what to write instead: one sentence for each kind."""
    of = {kind: [one.words for one in found if one.kind is kind] for kind in Kind}
    words = {kind: _quoted(each) for kind, each in of.items() if each}
    said = {
        Kind.NUMBER: _(
            "%(words)s looks like a personnummer or a date. Write about how old the child is instead."
        ),
        Kind.PHONE: _("%(words)s looks like a phone number. Take it away."),
        Kind.CONTACT: _("%(words)s looks like an e-mail address or an account. Take it away."),
        Kind.ADDRESS: _("%(words)s looks like an address. Take it away."),
        Kind.NAME: ngettext(
            "%(words)s looks like a name. Write “the child” instead.",
            "%(words)s look like names. Write “the child”, “the mother” or “a friend” instead.",
            len(of[Kind.NAME]),
        ),
    }
    return [said[kind] % {"words": quoted} for kind, quoted in words.items()]


def _quoted(words: list[str]) -> str:
    return ", ".join(f"”{word}”" for word in words)
