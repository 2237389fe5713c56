"""Non-interference (I5, I6): all that somebody gets is the same in a world without what she may
not know of.

One world is asked at every door, then it gets what is hidden – the entry, what is read and
shown of it, the goal, the insats and the status that derive from it, the note of an
orosanmälan – and is asked again. Status, headers, bodies, documents (text and pages) and mails
must be the same to the letter, but for what each request draws at random. What is hidden came
about in the order that leaves the most traces: shown first, printed, and then hidden.

Red for each of ``MUTATIONS``: a definer loses its one condition.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import psycopg
import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from psycopg import sql

from cases.models import Version
from cases.services.concerns import ConcernText, note_concern
from cases.services.entries import Audience, Written, write_entry
from cases.wheel import Perspective, Sector, SectorScore, Wheel
from notices import services
from plans.models import Citation, Document, Goal, Insats
from plans.services.hiding import Reasoned, hide_entry
from tests import services as services_of_tests
from tests.access.door_rows import ROWS
from tests.access.doors import GUARDIANS, Rich
from tests.access.test_every_url import ADDRESSES, address
from tests.database import as_loader
from tests.papers import paper_text
from tests.worlds import World

MINUTE = timedelta(minutes=1)
SECRET = "Det som inte får märkas."
AT_RANDOM = re.compile(
    rb'nonce="[^"]*"|nonce-[^\'; "]+|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": ?"[^"]*"'
    rb'|"token": "[^"]*"|"(seconds|longest)": \d+|data-session-(seconds|longest)="\d+"'
)
HEADERS = ("ETag", "Last-Modified", "Location", "Content-Disposition", "Content-Type", "Cache-Control")

Answers = dict[str, Any]


@pytest.fixture
def rich(world: World) -> Rich:
    """The rich world, with real documents for both guardians."""
    return print_papers(Rich.load(world))


# --- What somebody gets -----------------------------------------------------------------


def answers(rich: Rich, visitor: str) -> Answers:
    """What stands behind every door, all of a visitor's own documents, and her mail."""
    client = rich.world.client(visitor)
    got: Answers = {}
    for name, door in ROWS.items():
        values = rich.values(ADDRESSES[name], door)
        path = address(name, values) + door.query
        got[name] = ask(client, "get", path)
        if name.startswith("family:"):
            got[f"{name}, posted"] = ask(client, "post", path, dict(door.data))
    withdraw = f"/familj/{rich.world.child.pk}/samtycke/{rich.team.consent.pk}/ta-tillbaka/"
    got["receipt"] = _receipt(client, withdraw, rich)
    got["documents"] = documents_of(rich, client) if visitor in GUARDIANS else []
    got["mail"] = sorted(
        (str(m.subject), str(m.body)) for m in mail.outbox if f"{visitor}@example.invalid" in m.to
    )
    return got


def ask(client: Client, how: str, path: str, data: Mapping[str, Any] | None = None) -> tuple[Any, ...]:
    with transaction.atomic():
        answer = getattr(client, how)(path, data or {})
        transaction.set_rollback(True)
    body = AT_RANDOM.sub(b"", b"".join(answer) if answer.streaming else answer.content)
    if answer.get("Content-Type") == "application/pdf":
        body = paper_text(body).encode()
    headers = {name: answer.get(name) for name in HEADERS}
    return answer.status_code, headers, len(body), body


def _receipt(client: Client, path: str, rich: Rich) -> tuple[Any, ...]:
    """Taking a yes back, and the receipt that counts what closed."""
    with as_loader():
        units = [str(scope.unit_id) for scope in rich.team.consent.scope_set.order_by("pk")]
    with transaction.atomic():
        client.post(path, {"units": units})
        answer = client.get(path.replace("ta-tillbaka", "tillbakataget"))
        transaction.set_rollback(True)
    return answer.status_code, AT_RANDOM.sub(b"", answer.content)


def documents_of(rich: Rich, client: Client) -> list[tuple[str, int, str]]:
    page = client.get(f"/familj/{rich.world.child.pk}/dokument/").content.decode()
    found = []
    for path in sorted(set(re.findall(r'href="(/familj/[^"]+/dokument/[0-9a-f-]{36}/)"', page))):
        pdf = client.get(path).content
        found.append((path, len(pypdfium2.PdfDocument(io.BytesIO(pdf))), paper_text(pdf)))
    assert found, "she has documents, and they are in both worlds"
    return found


def print_papers(rich: Rich) -> Rich:
    """Each guardian's document made anew, as her, instead of those there were."""
    with as_loader():
        Document.objects.all().delete()
    for who in sorted(GUARDIANS):
        with rich.world.act("bvc") as actor:
            services.queue(
                by=actor,
                recipient=rich.world.accounts[who].pk,
                kind="plan_document",
                key=f"two-worlds-{who}-{uuid.uuid4()}",
                subject=rich.team.releases[who].pk,
            )
    services.sweep(claims_for=MINUTE)
    with as_loader():
        rich.document = Document.objects.get(release=rich.team.releases["mamma"])
    return rich


def assert_same(before: Answers, after: Answers) -> None:
    """The same to the letter; says where it is not."""
    different = [name for name in before if before[name] != after[name]]
    assert not different, "\n".join(_difference(name, before[name], after[name]) for name in different)
    assert before.keys() == after.keys()


def _difference(name: str, before: Any, after: Any) -> str:
    """The lines that differ."""
    old, new = (str(got).replace("\\n", "\n").splitlines() for got in (before, after))
    lines = [
        line
        for line in difflib.unified_diff(old, new, lineterm="", n=0)
        if line[:2] not in {"--", "++", "@@"}
    ]
    return f"{name}: " + "\n".join(lines[:6])


# --- What is hidden ---------------------------------------------------------------------


def note(rich: Rich) -> Version:
    """An entry that the guardians are shown, and a unit of the team; so that something closes."""
    return _written(rich, Written(kind="note", body=SECRET, happened_on=rich.world.today))


def wheel(rich: Rich) -> Version:
    """A wheel, which the plan's paper would draw."""
    data = Wheel(Perspective.PROFESSIONAL, tuple(SectorScore(s, 2, hard=SECRET) for s in Sector)).data()
    return _written(rich, Written(kind="wheel", body="", happened_on=rich.world.today, data=data))


def _written(rich: Rich, written: Written) -> Version:
    world = rich.world
    audience = Audience(
        units=frozenset({world.units["logoped"].pk}),
        guardians=frozenset(world.guardians[who].pk for who in GUARDIANS),
    )
    with world.act("bvc") as actor:
        return write_entry(case=rich.team.case, written=written, audience=audience, by=actor)


def derive(rich: Rich, version: Version) -> None:
    """A goal that builds on it, with an insats and how it goes; and that somebody has read it."""
    goal = rich.world.goal(rich.team.plan, SECRET, cites=version, unit="logoped")
    with as_loader():
        row = Insats.objects.get(goal=goal)
    rich.world.status(row, "logoped")
    read(rich, version)


def read(rich: Rich, version: Version) -> None:
    """Its own unit and the one that is shown it open it, on pages of their own."""
    for who in ("bvc", "logoped"):
        rich.world.client(who).get(f"/barn/{rich.team.case.pk}/anteckning/{version.entry_id}/")


def hide(rich: Rich, version: Version, guardian: str) -> None:
    """By the service, after she has got it on paper; then the work that this orders is done."""
    print_again(rich)
    with rich.world.act("bvc") as actor:
        why = Reasoned("Barnet kan fara illa.", rich.world.day(90))
        hide_entry(entry=version.entry, guardian_id=rich.world.guardians[guardian].pk, why=why, by=actor)
    # As its owner sees it, and lists it, afterwards.
    rich.world.client("bvc").get(f"/barn/{rich.team.case.pk}/anteckning/{version.entry_id}/")
    services.sweep(claims_for=MINUTE)


def print_again(rich: Rich) -> None:
    """The papers as they are while nothing is hidden yet: they show it."""
    with as_loader():
        Document.objects.update(pdf=b"", pages=0, sha256="")
    for who in sorted(GUARDIANS):
        with rich.world.act("bvc") as actor:
            services.queue(
                by=actor, recipient=rich.world.accounts[who].pk, kind="plan_document",
                key=f"two-worlds-again-{who}", subject=rich.team.releases[who].pk,
            )  # fmt: skip
    services.sweep(claims_for=MINUTE)
    with as_loader():
        papers = [bytes(one.pdf) for one in Document.objects.all()]
    assert any(SECRET in paper_text(paper) for paper in papers), "it stood on paper before it was hidden"


# --- The two worlds ------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [note, wheel])
def test_i5_a_guardian_gets_the_same_without_what_is_hidden_from_her(
    rich: Rich, entry: Callable[[Rich], Version]
) -> None:
    """I5. Shown, printed, read and built upon, then hidden: nothing at her doors tells of it."""
    before = answers(rich, "mamma")
    version = entry(rich)
    derive(rich, version)
    hide(rich, version, "mamma")
    assert_same(before, answers(rich, "mamma"))
    there = answers(rich, "pappa")
    assert SECRET.encode() in there["family:overview"][3], "the other guardian reads it on"
    assert SECRET in there["documents"][0][2]


def test_i5_the_childs_own_words_leave_no_trace_before_they_are_shown(rich: Rich) -> None:
    """I5. Not hidden by anybody's decision, but closed until the child was asked (OSL 12:3)."""
    world = rich.world
    before = {who: answers(rich, who) for who in GUARDIANS}
    with world.act("bvc") as actor:
        written = Written(kind="child_words", body=SECRET, happened_on=world.today)
        audience = Audience(units=frozenset({world.units["logoped"].pk}))
        version = write_entry(case=rich.team.case, written=written, audience=audience, by=actor)
    derive(rich, version)
    services.sweep(claims_for=MINUTE)
    for who in GUARDIANS:
        assert_same(before[who], answers(rich, who))
    shown = world.client("logoped").get(f"/barn/{rich.team.case.pk}/anteckning/{version.entry_id}/")
    assert SECRET.encode() in shown.content, "whom they were shown to reads them"


@pytest.mark.parametrize("visitor", ["mamma", "logoped", "polis", "bvc-ledare", "styrgrupp"])
def test_nobody_outside_the_unit_finds_a_note_of_an_orosanmalan(rich: Rich, visitor: str) -> None:
    """Decision table rows 25 and 26: noted without consent, and no trace in any view, log or count."""
    before = answers(rich, visitor)
    text = ConcernText(
        what="made", happened_on=rich.world.today, reason=SECRET, consulted=True,
        reply="opened", reply_on=rich.world.today,
    )  # fmt: skip
    with rich.world.act("bvc") as actor:
        note_concern(case=rich.team.case, text=text, by=actor)
    page = rich.world.client("bvc").get(f"/barn/{rich.team.case.pk}/orosanmalan/")
    assert SECRET.encode() in page.content
    assert_same(before, answers(rich, visitor))


@pytest.mark.parametrize("visitor", ["logoped", "polis", "bvc2", "rektor"])
def test_i6_a_unit_gets_the_same_without_what_another_has_not_shown_it(rich: Rich, visitor: str) -> None:
    """I6. Written, corrected, shown to mamma and hidden from pappa: another unit finds nothing.

    Red when what is shown opens the whole case.
    """
    before = answers(rich, visitor)
    world = rich.world
    with world.act("bvc") as actor:
        written = Written(kind="note", body=SECRET, happened_on=world.today)
        audience = Audience(guardians=frozenset({world.guardians["mamma"].pk}))
        version = write_entry(case=rich.team.case, written=written, audience=audience, by=actor)
        why = Reasoned("Barnet kan fara illa.", world.day(90))
        hide_entry(entry=version.entry, guardian_id=world.guardians["pappa"].pk, why=why, by=actor)
    own = world.client("bvc").get(f"/barn/{rich.team.case.pk}/anteckning/{version.entry_id}/")
    assert SECRET.encode() in own.content, "its own unit reads it"
    assert_same(before, answers(rich, visitor))


# --- Turned red -------------------------------------------------------------------------------

# What is changed, and how: each alone makes something at her doors different.
VERSIONS = "e.{0} <> all((select access.my_hidden_versions())::uuid[])"
HIDDEN = "access_owner.hidden_entries(uuid, uuid, uuid[], uuid[])"
MUTATIONS = {
    "a goal does not inherit": ("access.my_hidden_goals()", "c.cited_id = any(", "false and c.cited_id = any("),
    "the log tells of readings": (
        "access_owner.withheld_from_family(uuid)",
        "e.object = any((select access.my_hidden_versions())::uuid[])",
        "false",
    ),
    "hidden is what nobody decided": (HIDDEN, "h.valid @> (select access.at())", "false"),
    "the receipt counts": ("access_owner.close_unit(uuid, uuid, uuid)", VERSIONS.format("version_id"), "true"),
    "the paper stays": ("access.documents_renew(uuid, uuid)", "p.valid @> (select access.at())", "false"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_i5_turns_red(rich: Rich, name: str) -> None:
    """Each mutation of ``MUTATIONS`` is found by the comparison."""
    with mutated(*MUTATIONS[name]):
        before = answers(rich, "mamma")
        version = note(rich)
        derive(rich, version)
        hide(rich, version, "mamma")
        with pytest.raises(AssertionError):
            assert_same(before, answers(rich, "mamma"))


@contextlib.contextmanager
def mutated(function: str, condition: str, instead: str) -> Iterator[None]:
    """One condition of one definer changed, and put back. Through a connection of its own: the
    app's role and the loader's may not even look at a function."""
    url = services_of_tests.address().superuser_url(services_of_tests.database_name())
    with psycopg.connect(url, autocommit=True) as owner:
        (source,) = owner.execute("select pg_get_functiondef(%s::regprocedure)", [function]).fetchone()  # type: ignore[misc]
        assert condition in source, f"{function} has no such condition any more"
        owner.execute(sql.SQL(source.replace(condition, instead)))
        try:
            yield
        finally:
            owner.execute(sql.SQL(source))


def test_the_goal_is_there_to_be_hidden(rich: Rich) -> None:
    """What the comparison rests on: a goal cites the entry, and units read it."""
    version = note(rich)
    derive(rich, version)
    with rich.world.act("bvc"):
        assert Goal.objects.filter(pk__in=Citation.objects.filter(cited=version).values("goal")).exists()
