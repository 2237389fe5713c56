"""Steps 4 and 6: the plan over three units, agreed; and the reminders of its follow-up."""

from __future__ import annotations

import functools
import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.e2e.story.tale import Tale, wait_for
from tests.e2e.walking import part

GOAL = "Milo gör sig förstådd"
SIGN = "Han säger två ord i följd"
FAMILY_STEP = "Läser en bok varje kväll"
ROWS = (
    ("Träffar Milo varje vecka", "Loke Asperud"),
    ("Språklek i en liten grupp", "Maj Trollvik"),
    ("Följer upp hörseln", "Ines Flodmark"),
)
FOLLOW_UP = timedelta(days=60)
DIGESTS = """
    select o.id, d.result, d.message_id from notices_outbox o join people_account a on a.id = o.recipient_id
    join notices_delivery d on d.outbox_id = o.id
    where a.username = %s and o.kind = 'digest_mail' and o.key = %s and d.result = 'sent'"""


def written(tale: Tale) -> None:
    """Goals and insatser for three units, added button by button, and what the family does."""
    ines = tale.enter("bvc", part="writes the plan and sends it to the units")
    ines.link("Gör en plan tillsammans: Milo Tranberg")
    ines.button("Skriv en plan")
    ines.button("Lägg till ett mål")
    ines.fill("Vad ska bli bättre?", GOAL)
    ines.fill(part("Hur märker vi"), SIGN)
    ines.pick(part("Område i hjulet"), "Utvecklas")
    for number, (what, who) in enumerate(ROWS, start=1):
        ines.button(part("Lägg till en insats"))
        expect(ines.page.get_by_label("Vad ska göras?")).to_have_count(number)
        expect(ines.page.get_by_label("Vad ska göras?").last).to_be_focused()
        row = ines.page.get_by_role("group", name=re.compile(rf"\b{number}$")).last
        ines.fill("Vad ska göras?", what, within=row)
        ines.pick("Vem ansvarar?", who, within=row)
    ines.button("Lägg till något familjen gör")
    ines.fill("Vad gör familjen själv?", FAMILY_STEP)
    ines.fill(part("Nästa uppföljning"), str(date.fromisoformat(tale.today) + FOLLOW_UP))
    ines.pick(re.compile("^Hjul"), re.compile(r"\d{4}"))
    ines.button("Spara utkastet")
    ines.reads(GOAL, *(what for what, _ in ROWS), FAMILY_STEP)
    ines.link("Skicka till enheterna")
    ines.reads("Förskolan Trollsländan", "Logopedmottagningen")
    ines.button("Skicka till enheterna")
    ines.reads("Vi väntar på enheterna")


def units_agreed(tale: Tale) -> None:
    """Each unit that is to do something says yes to it."""
    for who in ("logoped", "forskola"):
        one = tale.enter(who, part="answers the proposal")
        one.link("Svara på planförslaget: Milo Tranberg")
        one.link("Svara på förslaget")
        one.choose(re.compile("^Ja"))
        one.button("Skicka svaret")
        one.reads("Din enhet har sagt ja.")


def agreed(tale: Tale) -> None:
    """Version 1, and each unit reports on its own row only."""
    ines = tale.enter("bvc", part="agrees")
    ines.link(part("plan"), within=ines.page.get_by_role("listitem").filter(has_text="Milo Tranberg"), nth=0)
    ines.reads("Alla enheter som har något att göra i planen har sagt ja")
    ines.link("Fastställ planen")
    ines.button("Fastställ och visa för familjen")
    ines.reads("Version 1, fastställd", "Gäller", "Nästa uppföljning")
    ((version, _),) = tale.stack.rows(
        "select v.id, v.no from plans_planversion v where v.case_id = %s and v.agreed_at is not null",
        tale.case_id,
    )
    tale.version_id = str(version)
    loke = tale.enter("logoped", part="updates his own row")
    loke.link("Milo Tranberg")
    loke.link("Plan")
    expect(loke.page.get_by_role("link", name=part("Berätta hur det går"))).to_have_count(1)
    loke.link(part("Berätta hur det går"))
    loke.heading(ROWS[0][0])
    loke.choose("Pågår")
    loke.button("Spara")
    expect(loke.page.get_by_role("listitem").filter(has_text=ROWS[0][0]).first).to_contain_text("Pågår")


def reminded(tale: Tale) -> None:
    """Fourteen days before: one digest, however often the task runs; three days before: the next."""
    due = date.fromisoformat(tale.today) + FOLLOW_UP
    for days in (14, 3):
        on = (due - timedelta(days=days)).isoformat()
        mails = len(tale.stack.mails())
        for _ in range(2):
            tale.stack.manage("send_reminders", "--as-of", on)
        sent = tale.stack.rows(DIGESTS, "bvc", on)
        assert len(sent) == 1, (on, sent)
        identity = str(sent[0][2])
        wait_for(functools.partial(_has_come, tale, identity), "the digest")
        assert len(tale.stack.mails()) > mails
    stages = tale.stack.rows(
        "select r.stage from notices_reminder r join people_account a on a.id = r.recipient_id"
        " where a.username = 'bvc' and r.subject = %s order by 1",
        tale.version_id,
    )
    assert [stage for (stage,) in stages] == ["before_14", "before_3"]


def _has_come(tale: Tale, identity: str) -> bool:
    """Whether the mail with that Message-ID lies in the mailbox."""
    return identity in [mail["Message-ID"] for mail in tale.stack.mails()]
