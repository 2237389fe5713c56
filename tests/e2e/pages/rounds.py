"""One person's round of the pages: each shape of a page is opened in the browser once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.e2e.album import Album
from tests.e2e.pages.addresses import NOT_PAGES, addresses
from tests.e2e.pages.checks import Watch, error_journey, looked_over
from tests.e2e.pages.facts import Child, fill_in
from tests.e2e.stack import Stack

TAG = re.compile(r"<([a-z]\w*)((?:\s[^>]*)?)>")
KIND = re.compile(r'\b(?:class|role|type|aria-invalid)="[^"]*"')
# A form of the page's own (the header's sign-out stands before main) that one fills in and posts.
FORM = re.compile(
    r'<main.*<form[^>]*method="post"(?:(?!</form>).)*<(?:textarea|select|input[^>]*type="(?!hidden))', re.S
)
ELSEWHERE = {301, 302, 404, 405}
# Empties the form, fills in what is given and sends it as Enter would.
SEND = """([selector, values]) => {
  const form = document.querySelector(selector);
  for (const field of form.elements) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = false;
    else if (field.localName !== "select" && !["hidden", "submit", "button"].includes(field.type)) field.value = "";
  }
  for (const [name, value] of Object.entries(values)) {
    for (const field of form.querySelectorAll(`[name$="${name}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
      else field.value = value;
    }
  }
  form.requestSubmit();
}"""


@dataclass
class Visited:
    """What all the tests of the module have seen."""

    shapes: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    rounds: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    sent_wrong: set[str] = field(default_factory=set)


@dataclass
class Round:
    """Somebody's browser, and what was wrong on the pages that it showed."""

    stack: Stack
    page: Page
    axe: str
    visited: Visited
    album: Album
    who: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = Watch(self.page, self.stack.url)
        self.routes = addresses()

    def see(self, name: str, path: str) -> None:
        """Open the page if it is one for her and has a shape of its own."""
        answer = self.page.request.get(path, max_redirects=0)
        if answer.status in ELSEWHERE:
            return
        body = answer.body()
        self.visited.names.add(name)
        if FORM.search(body.decode()):
            self.visited.forms.add(name)
        if self._is_new(name, body.decode()):
            self.page.goto(path)
            self.check(name, len(body))

    def see_all(self, door: str, child: Child | None = None) -> None:
        """Every page of a door that names nothing, or what is the child's."""
        for name, route in self.routes.items():
            if not name.startswith(door) or name in NOT_PAGES:
                continue
            for path in child.paths(name, route) if child else [] if "<" in route else [f"/{route}"]:
                self.see(name, path)

    def fill(self, name: str, **values: Any) -> str:
        """The address of a page by its name."""
        return fill_in(self.routes[name], values)

    def sends(
        self,
        name: str,
        path: str,
        values: dict[str, str] | None = None,
        *,
        form: str = "main form",
        status: int = 422,
    ) -> None:
        """Send the page's form with nothing in it but ``values``; it comes back with what to mend."""
        self.page.goto(path)
        with self.page.expect_navigation() as navigation:
            self.page.evaluate(SEND, [form, values or {}])
        answer = navigation.value
        self.visited.sent_wrong.add(name)
        if answer.status != status:
            self.faults.append(f"{name} {path}: sent with errors it answered {answer.status}")
        elif status == 422:
            self.faults += [f"{name} with errors: {one}" for one in error_journey(self.page)]
        self.check(f"{name} {status}", len(self.page.content().encode()))

    def check(self, title: str, weight: int) -> None:
        """Look the open page over and keep a picture."""
        self.album.take(self.page, f"{title}-{self.who}", 390)
        wrong = [*looked_over(self.page, self.axe, weight), *self.watch.take()]
        path = self.page.url.removeprefix(self.stack.url)
        self.faults += [f"{title} as {self.who}, {path}: {one}" for one in wrong]

    def all_faults(self) -> list[str]:
        """All that was wrong; the round is over."""
        self.visited.rounds.add(self.who)
        return self.faults

    def _is_new(self, name: str, text: str) -> bool:
        text = text[text.find("<main") :]  # the frame around it is the same on each page of a door
        parts = frozenset(f"{tag} {' '.join(KIND.findall(rest))}" for tag, rest in TAG.findall(text))
        new = (name, parts) not in self.visited.shapes
        self.visited.shapes.add((name, parts))
        return new


def unvisited(visited: Visited, left_out: Iterable[str] = NOT_PAGES) -> set[str]:
    """The addresses that nobody has seen and that have no reason for it."""
    return set(addresses()) - visited.names - set(left_out)
