"""What must hold on a page, whoever looks and whatever stands on it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request

HEAVIEST = 100_000
NARROWEST = 320
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"]
AXE = f"""async () => {{
  const found = await axe.run(document, {{
    runOnly: {{type: "tag", values: {json.dumps(TAGS)}}}, resultTypes: ["violations", "incomplete"]}});
  const where = node => node.target.join(" ") + " " + node.html.slice(0, 120);
  const same = found.incomplete.filter(r => r.id === "color-contrast").flatMap(r => r.nodes)
    .filter(n => n.any.some(a => a.data && (a.data.messageKey === "equalRatio" || a.data.contrastRatio === 1)));
  return [...found.violations.map(r => `axe ${{r.id}}: ${{r.nodes.map(where).join(" | ")}}`),
          ...same.map(n => `contrast 1:1: ${{where(n)}}`)];
}}"""
# Wider than the window by the page itself; what scrolls inside a box of its own may.
WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return "";
  const worst = [...document.body.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 3);
  return `${root.scrollWidth - root.clientWidth} px: ` + worst.map(e => e.outerHTML.slice(0, 100)).join(" | ");
}"""
# WCAG 1.4.12, in a sheet that the policy of the page lets through.
SPACING = """on => {
  window.spaced ??= new CSSStyleSheet();
  window.spaced.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    + "word-spacing: .16em !important } p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets = on ? [window.spaced] : [];
}"""
# What somebody wrote may be one long word: it breaks inside its own cell or quotation.
WIDEST = 1280
LONG_WORD = """on => {
  for (const long of document.querySelectorAll("[data-long-word]")) long.remove();
  const places = "main :is(td, dd, blockquote, .bb-note, th > bdi, h1 > bdi, li > bdi)";
  if (on) for (const place of document.querySelectorAll(places)) {
    const long = document.createElement("span");
    long.dataset.longWord = "";
    long.textContent = "m".repeat(300);
    place.append(long);
  }
}"""
SHAPE = """() => ({
  h1: document.querySelectorAll("h1").length,
  title: document.title.trim(),
  lang: document.documentElement.lang,
  first: document.querySelector("a[href], button, input, summary, select, textarea")?.getAttribute("href"),
  main: document.querySelectorAll("main#main").length,
})"""


@dataclass
class Watch:
    """Listens to a page: what the browser complains of, and whom it asks."""

    page: Page
    origin: str
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        self.page.on("request", self._request)

    def take(self) -> list[str]:
        """What was heard since last time."""
        heard, self.heard = self.heard, []
        return heard

    def _console(self, message: ConsoleMessage) -> None:
        # The browser says every answer from 400 up aloud; those are meant.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.heard.append(f"console: {message.text[:200]}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:")):
            self.heard.append(f"asks somebody else: {request.url}")


def looked_over(page: Page, axe: str, weight: int) -> list[str]:
    """What is wrong with the page that is open."""
    shape: dict[str, Any] = page.evaluate(SHAPE)
    found = []
    if shape["h1"] != 1:
        found.append(f"{shape['h1']} h1")
    if not shape["title"] or shape["lang"] != "sv" or shape["main"] != 1:
        found.append(f"title, lang or main: {shape}")
    if shape["first"] != "#main":
        found.append(f"the skip link is not first but {shape['first']}")
    if weight >= HEAVIEST:
        found.append(f"{weight} bytes")
    page.evaluate(axe)
    found += page.evaluate(AXE)
    return found + _narrow(page)


def _narrow(page: Page) -> list[str]:
    """No sideways scrolling at 320 px, as it is, with the text spaced out, and with a long word."""
    size = page.viewport_size
    assert size
    page.set_viewport_size({**size, "width": NARROWEST})
    found = []
    for spaced in (False, True):
        page.evaluate(SPACING, spaced)
        if wider := page.evaluate(WIDER):
            found.append(f"wider than {NARROWEST} px{' with spacing' if spaced else ''} by {wider}")
    page.evaluate(SPACING, False)
    page.evaluate(LONG_WORD, True)
    for width in (NARROWEST, WIDEST):
        page.set_viewport_size({**size, "width": width})
        if wider := page.evaluate(WIDER):
            found.append(f"a long word makes the page wider than {width} px by {wider}")
    page.evaluate(LONG_WORD, False)
    page.set_viewport_size(size)
    return found


JOURNEY = """() => {
  const summary = document.querySelector(".ds-error-summary");
  const links = [...(summary?.querySelectorAll("a") || [])].map(link => {
    const field = document.getElementById(link.getAttribute("href").slice(1));
    const described = (field?.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
    const group = field?.closest("fieldset");
    return {text: link.textContent.trim(), there: Boolean(field),
            invalid: Boolean(field?.closest("[aria-invalid=true]") || group?.querySelector("[aria-invalid=true]")),
            described: [...described, ...(group?.getAttribute("aria-describedby") || "").split(" ").filter(Boolean)]
              .every(id => document.getElementById(id))};
  });
  return {title: document.title, focused: summary !== null && document.activeElement === summary, links,
          words: (summary?.textContent || "").trim()};
}"""


def error_journey(page: Page) -> list[str]:
    """ "Fel:" first in the title, the summary has the focus, and its links lead to marked fields."""
    page.wait_for_function("document.activeElement !== document.body")
    seen: dict[str, Any] = page.evaluate(JOURNEY)
    found = []
    if not seen["title"].startswith("Fel: "):
        found.append(f"title {seen['title']!r}")
    if not seen["focused"] or not seen["words"]:
        found.append("the error summary has no focus or no words")
    for link in seen["links"]:
        if not (link["there"] and link["invalid"] and link["described"]):
            found.append(f"an error leads to no field that says so: {link}")
    return found
