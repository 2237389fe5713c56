"""Step 9: those who may not, at every address; and the arbetsledare with a purpose."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import expect

from tests.e2e.story.tale import Tale
from tests.e2e.walking import Walker, part

STRANGERS = ("bvc2", "soc", "soc2", "soc-vaxjo", "polis", "styrgrupp", "admin", "dataskydd")
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')
POST = re.compile(
    r'(?:hx-post|data-draft-url)="([^"#]+)|<form(?=[^>]*method="post")(?:[^>]*action="([^"]*)")?'
)
PURPOSE = "Saga är sjuk och Tindras mamma har ringt."


def addresses_of(tale: Tale, ines: Walker) -> list[tuple[str, str]]:
    """Everything on the pages of bvc that names the case, its entries or its plan, with how it is asked."""
    found = [("get", tale.case_page())]
    for method, address in found:
        answer = ines.page.request.get(address, max_redirects=0) if method == "get" else None
        text = answer.text() if answer and answer.status == 200 else ""
        links = [("get", link) for link in LINK.findall(text)]
        links += [("post", one or other or address) for one, other in POST.findall(text)]
        for how, link in links:
            parts = urlsplit(urljoin(f"{tale.stack.url}{address}", link.replace("&amp;", "&")))
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if tale.case_id in path and (how, path) not in found:
                found.append((how, path))
    return [*found, ("get", tale.document)]


def tried_by_strangers(tale: Tale) -> None:
    """404 for each, and a denied row in the audit for each try."""
    ines = tale.enter("bvc", part="every address of hers")
    addresses = addresses_of(tale, ines)
    for kind in ("plan/", "anteckning/", "hjul/", "samtycke/", "logg/"):
        assert any(f"{tale.case_id}/{kind}" in address for _, address in addresses), kind
    assert len(addresses) > 30
    assert sum(how == "post" for how, _ in addresses) > 8
    for who in STRANGERS:
        stranger = tale.enter(who, part=f"tries {len(addresses)} addresses")
        assert stranger.open(tale.case_page()).status == 404
        stranger.heading("Sidan går inte att visa")
        stranger.misses("Milo", "Tranberg")
        tried = _denied(tale, who)
        answers = {one: _answer(stranger, *one) for one in addresses}
        assert set(answers.values()) == {404}, (who, [one for one, said in answers.items() if said != 404])
        assert _denied(tale, who) - tried == len(addresses), who


def _answer(who: Walker, how: str, address: str) -> int:
    if how == "get":
        return who.page.request.get(address).status
    token = next(c["value"] for c in who.page.context.cookies() if c.get("name", "").startswith("csrf"))
    headers = {"X-CSRFToken": token, "Referer": who.page.url}
    return who.page.request.post(address, headers=headers).status


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
        "select extract(epoch from upper(a.valid) - lower(a.valid)) / 3600 from cases_assignment a"
        " join people_account p on p.id = a.user_id where p.username = 'soc-ledare' and a.reason = %s",
        PURPOSE,
    )
    assert hours == 24


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
        "Från uppmärksammat till beslutad plan",
        "Planer som gäller",
        "Uppföljt i tid",
    )
    greta.reads(*names, "Avslutat med mål uppnått", "Det kommer mer", "Vi visar inte små tal")
    for text in figures.all_inner_texts():
        number = re.search(r"\b(\d+)\b", text)
        if "ungefär" in text or "%" in text:
            assert number
            assert int(number[1]) % 5 == 0, text
    assert greta.page.get_by_role("table").count() == 0
    greta.look()
