"""Everybody walks through the program; what each has met, everybody else tries (threat 1, I1, I8).

The addresses, forms and fragments are those that pages lead to, not those of the URL table
(``test_every_url`` has that). Whose a thing is comes from ``READERS``, written by hand, and whether
an answer tells of it from a sign in every text that stands nowhere else; in PDFs too.
"""

from __future__ import annotations

import pytest

from cases.querysets import EntryQuerySet, VersionQuerySet
from plans.models import Document
from tests.access.readers import READERS
from tests.crawl.crawling import Crawl
from tests.crawl.marked import VISITORS
from tests.crawl.walking import ask, route
from tests.database import as_loader
from tests.papers import paper_text
from tests.worlds import World

# Every visitor tries what all have met; so many tests share the visitors.
PARTS = 2
HIDDEN_GOAL = READERS["goal_hidden"]


@pytest.fixture
def crawl(world: World) -> Crawl:
    """Before anybody has taken a step."""
    return Crawl.of(world)


def test_what_one_has_met_is_tried_by_everybody_else(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of each kind, by each in turn; and with the walls down the crawl says so."""
    crawl.walk(most=1)
    crawl.replay(crawl.one_of_each_kind(crawl.met.addresses()), every=36)
    crawl.replay(crawl.one_of_each_kind(crawl.met.forms()), every=36)
    crawl.write("one of each kind, every thirty-sixth time")
    assert not crawl.wrong, "\n".join(crawl.wrong)
    assert len(crawl.met.addresses()) >= 500
    assert len(crawl.met.forms()) >= 250
    assert len(crawl.met.fragments()) >= 30
    assert crawl.met.papers.total() >= 5
    assert crawl.tried["addresses"] >= 500
    assert crawl.tried["beside nothing"] >= 200
    assert crawl.tried["forms"] >= 300
    assert crawl.tried["fragments"] >= 30
    readable = [sign for sign, who in crawl.judge.signs.items() if who]
    assert len(crawl.met.signs) >= len(readable) * 0.8
    _a_sign_on_the_wrong_paper_is_seen(crawl)
    _walls_down_are_seen(crawl, monkeypatch)


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(PARTS))
def test_everything_is_tried_by_everybody_else(crawl: Crawl, part: int) -> None:
    """Two of each kind walked through, and all that was met tried by all, a part of them at a time."""
    visitors = VISITORS[part::PARTS]
    crawl.walk(most=2, senders=visitors)
    for visitor in visitors:
        crawl.replay([*crawl.met.addresses(), *crawl.met.forms()], by=(visitor,))
        # After each, so that one sees how far it has come.
        crawl.write(f"everything, part {part + 1} of {PARTS}")
        assert not crawl.wrong, "\n".join(crawl.wrong)


def _a_sign_on_the_wrong_paper_is_seen(crawl: Crawl) -> None:
    """The father's paper in place of the mother's, with the goal that is hidden from her: the walk
    notices, though there is nothing to see from the address or the answer's status."""
    fixed = crawl.judge.fixed
    with as_loader():
        fathers = Document.objects.get(pk=fixed.key("document_pappa")).pdf
    theirs = paper_text(bytes(fathers))
    hidden = sorted(sign for sign, who in crawl.judge.signs.items() if who == HIDDEN_GOAL and sign in theirs)
    assert hidden, "the goal and its row stand on the father's paper"
    papers = [t for t in crawl.met.addresses() if str(fixed.key("document_mamma")) in t.address]
    assert papers, "the mother has met hers"
    for paper in papers:
        assert not crawl.judge.betrayed("mamma", ask(crawl.browser("mamma"), paper).text)
    with as_loader():
        Document.objects.filter(pk=fixed.key("document_mamma")).update(pdf=fathers)
    for paper in papers:
        answer = ask(crawl.browser("mamma"), paper)
        assert answer.status == 200
        assert crawl.judge.betrayed("mamma", answer.text) == hidden


def _walls_down_are_seen(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without row-level security and without the filters of what is written, entries are read by
    those whom they are not for; with either of the two they are not."""
    found = [target for target in crawl.met.addresses() if route(target.address) == "desk:entry"]
    assert len(found) >= 3
    with as_loader():
        crawl.replay(found)
    assert not crawl.wrong, "the filters alone hold"
    for filters in (VersionQuerySet, EntryQuerySet):
        monkeypatch.setattr(filters, "visible_to", lambda rows, actor: rows.all())
    crawl.replay(found)
    assert not crawl.wrong, "row-level security alone holds"
    with as_loader():
        crawl.replay(found)
    assert any("is shown tecken" in wrong for wrong in crawl.wrong), "nobody noticed that the walls are down"
