"""Step 9: those who may not, at every address; and the arbetsledare with a purpose."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import APIRequestContext, expect

from tests.e2e.story.tale import Tale
from tests.e2e.walking import Walker, part

STRANGERS = ("bvc2", "soc", "soc2", "soc-vaxjo", "polis", "styrgrupp", "admin", "dataskydd")
ADDRESS = re.compile(r'(href|action|hx-get|hx-post|data-draft-url)="([^"#]+)')
PURPOSE = "Saga är sjuk och Tindras mamma har ringt."


def addresses_of(tale: Tale, ines: Walker) -> list[str]:
    """Every address on the pages of bvc that names the case, its entries or its plan."""
    found = [tale.case_page()]
    for address in found:
        answer = ines.page.request.get(address, max_redirects=0)
        text = answer.text() if answer.status == 200 else ""
        for _, link in ADDRESS.findall(text):
            parts = urlsplit(urljoin(answer.url, link.replace("&amp;", "&")))
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if tale.case_id in path and path not in found:
                found.append(path)
    return [*found, tale.document]


def tried_by_strangers(tale: Tale) -> None:
    """404 for each, by GET and by POST, and a denied row in the audit for each try."""
    ines = tale.enter("bvc", part="every address of hers")
    addresses = addresses_of(tale, ines)
    assert len(addresses) > 30, addresses
    for kind in ("plan/", "anteckning/", "hjul/", "samtycke/", "logg/"):
        assert any(f"{tale.case_id}/{kind}" in address for address in addresses), kind
    for who in STRANGERS:
        stranger = tale.enter(who, part="tries them")
        answer = stranger.open(tale.case_page())
        assert answer.status == 404
        stranger.heading("Sidan går inte att visa")
        stranger.misses("Milo", "Tranberg")
        tried = _denied(tale, who)
        for address in addresses:
            assert _answers(stranger.page.request, address, stranger) == [404, 404], (who, address)
        assert _denied(tale, who) - tried == 2 * len(addresses), who


def _answers(request: APIRequestContext, address: str, who: Walker) -> list[int]:
    token = next(c["value"] for c in who.page.context.cookies() if c.get("name", "").startswith("csrf"))
    headers = {"X-CSRFToken": token, "Referer": who.page.url}
    return [request.get(address).status, request.post(address, headers=headers).status]


def _denied(tale: Tale, who: str) -> int:
    ((count,),) = tale.stack.rows(
        "select count(*) from audit_event e join people_account a on a.id = e.account"
        " where e.kind = 'denied' and a.username = %s",
        who,
    )
    assert isinstance(count, int)
    return count


def opened_by_the_lead(tale: Tale) -> None:
    """Rut sees her unit's cases as heads; content takes a purpose and 24 hours."""
    rut = tale.enter("soc-ledare", part="opens with a purpose")
    rut.menu("Enheten")
    row = rut.page.get_by_role("row").filter(has_text="Tindra Sjöglimt")
    expect(row.get_by_role("cell")).to_have_count(3)
    rut.link("Tindra Sjöglimt")
    rut.heading("Tindra Sjöglimt")
    address = rut.page.url
    assert rut.page.request.get(f"{address}handelser/").status == 404
    rut.button(part("Öppna i 24 timmar"))
    expect(rut.page).to_have_title(re.compile("^Fel:"))
    rut.fill("Varför behöver du läsa?", PURPOSE)
    rut.button(part("Öppna i 24 timmar"))
    rut.link("Händelser")
    expect(rut.page.locator("main li h3, main li h2").first).to_be_visible()
    ((hours,),) = tale.stack.rows(
        "select round(extract(epoch from (e.detail->>'until')::timestamptz - e.at) / 3600)"
        " from audit_event e join people_account a on a.id = e.account"
        " where a.username = 'soc-ledare' and e.detail ? 'until' order by e.sequence desc limit 1"
    ) or [(None,)]
    assert hours in (None, 24)


def known_to_the_family(tale: Tale) -> None:
    """It stands in *Vem har läst*, with the purpose."""
    tora = tale.enter("c-mamma", part="sees that the lead has read", phone=True)
    tora.menu("Vem har läst")
    row = tora.page.get_by_role("listitem").filter(has_text=PURPOSE).first
    expect(row).to_contain_text(part("Socialtjänsten barn och unga"))
    expect(row).to_contain_text(re.compile("socialsekreterare", re.IGNORECASE))
    tora.look()


def six_figures(tale: Tale) -> None:
    """Step 10: six figures of the whole municipality, rounded, and nothing finer."""
    greta = tale.enter("styrgrupp")
    greta.heading("Kommunen i siffror")
    figures = greta.page.locator("main li").filter(has=greta.page.get_by_role("heading", level=2))
    expect(figures).to_have_count(6)
    names = (
        "Signaler",
        "Nya ärenden",
        "Från signal till beslutad plan",
        "Planer som gäller",
        "Uppföljt i tid",
    )
    greta.reads(*names, "Avslutat med mål uppnått", "Det kommer mer", "Vi visar inte små tal")
    for text in figures.all_inner_texts():
        number = re.search(r"\b(\d+)\b", text)
        if "ungefär" in text or "%" in text:
            assert number and int(number[1]) % 5 == 0, text
    assert greta.page.get_by_role("table").count() == 0
    greta.look()
