"""A person at a screen: finds things by what they are called, and what she does is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from tests.e2e.album import Album, Row

Words = str | re.Pattern[str]  # the whole name, or a part of it: part("…")
NARROW = 700  # a phone's width
# Whether a press asks for another page.
LEAVES = """e => e.localName === "a"
  ? !e.hasAttribute("download") && !(e.getAttribute("href") || "#").startsWith("#")
  : Boolean(e.form && e.type === "submit")"""


def part(text: str) -> re.Pattern[str]:
    """A name that holds the text."""
    return re.compile(re.escape(text))


@dataclass
class Walker:
    """Somebody signed in. Screens are documents that loaded; clicks are presses on links,
    buttons, choices and boxes. Filling in a text is neither."""

    page: Page
    album: Album
    row: Row
    fresh: bool = True
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("domcontentloaded", lambda _: self._arrived())
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.row.screens += 1

    # --- Moving about ----------------------------------------------------------------

    def open(self, path: str) -> Response:
        """An address that somebody has typed, kept or been sent."""
        self.look()
        answer = self.page.goto(path)
        assert answer is not None
        return answer

    def link(self, name: Words, *, within: Locator | None = None, nth: int | None = None) -> None:
        """Press a link."""
        self._press((within or self.page).get_by_role("link", name=name, exact=True), nth)

    def button(self, name: Words, *, within: Locator | None = None, nth: int | None = None) -> None:
        """Press a button."""
        self._press((within or self.page).get_by_role("button", name=name, exact=True), nth)

    def details(self, name: Words) -> None:
        """Open what is folded."""
        self._press(self.page.locator("summary").filter(has_text=name))

    def menu(self, name: Words) -> None:
        """A link of the main menu, which a phone keeps folded."""
        size = self.page.viewport_size
        if size and size["width"] > NARROW:
            return self.link(name, within=self.page.get_by_role("navigation", name="Huvudmeny"))
        self.details("Meny")
        return self.link(name, within=self.page.get_by_role("navigation", name="Meny"))

    # --- Filling in -------------------------------------------------------------------

    def fill(self, label: Words, text: str, *, within: Locator | None = None) -> None:
        """Type into a field."""
        (within or self.page).get_by_label(label, exact=True).fill(text)

    def choose(self, name: Words, *, within: Locator | None = None) -> None:
        """One of several choices."""
        (within or self.page).get_by_role("radio", name=name, exact=True).check()
        self.row.clicks += 1

    def tick(self, name: Words, *, within: Locator | None = None) -> None:
        """A box."""
        (within or self.page).get_by_role("checkbox", name=name, exact=True).check()
        self.row.clicks += 1

    def pick(self, label: Words, option: Words, *, within: Locator | None = None) -> None:
        """An option of a list: one press opens it, one chooses."""
        box = (within or self.page).get_by_label(label, exact=True)
        texts = box.locator("option").all_inner_texts()
        match = re.compile(re.escape(option)) if isinstance(option, str) else option
        box.select_option(label=next(text for text in texts if match.search(text)))
        self.row.clicks += 2

    # --- Reading ----------------------------------------------------------------------

    def reads(self, *texts: Words) -> None:
        """All of it stands in the page's main part."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def misses(self, *texts: Words) -> None:
        """None of it stands anywhere on the page."""
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def heading(self, text: Words) -> None:
        """The page's one h1."""
        expect(self.page.locator("h1")).to_have_count(1)
        expect(self.page.locator("h1")).to_contain_text(text)

    def look(self, title: str = "") -> None:
        """Keep pictures of the page, once for each address and person."""
        if self.fresh or title:
            self.fresh = False
            self.album.take_once(self.page, f"{self.row.who}-{self._path()}-{title}")

    # --- Inside -------------------------------------------------------------------------

    def _press(self, found: Locator, nth: int | None = None) -> None:
        found = found if nth is None else found.nth(nth)
        self.look()
        if found.evaluate(LEAVES):
            with self.page.expect_event("load"):
                found.click()
        else:
            found.click()
        self.row.clicks += 1

    def _arrived(self) -> None:
        self.fresh = True
        self.row.screens += 1

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that answers 404, 409 or 422 is said aloud by the browser; it is meant to be there.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"{self.page.url}: {message.text}")

    def _path(self) -> str:
        """The address without what is different each time."""
        return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", self.page.url.split("/", 3)[-1].split("?")[0])
