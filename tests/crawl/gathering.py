"""What somebody meets in a page: addresses, forms, fragments, downloads. Nothing is known beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

HTMX = {"hx-get": "get", "hx-post": "post", "hx-put": "post", "hx-patch": "post", "hx-delete": "post"}
# Attributes that name an address which a script asks.
SCRIPTED = {
    "data-draft-url": "post", "data-session-look": "get", "data-session-address": "post",
    "data-url": "get", "data-href": "get",
}  # fmt: skip
# ``hx-include="[name=kind], [name=health]"``
_NAMED = re.compile(r"\[name=([\w-]+)\]")
LINKS = {"a": "href", "area": "href", "iframe": "src", "img": "src", "object": "data", "embed": "src"}


@dataclass(frozen=True)
class Target:
    """Somewhere that a page leads: an address, how it is asked for, and what is sent along;
    ``fragment`` where htmx asks for a piece of a page."""

    method: str
    address: str
    fields: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    fragment: bool = False

    @property
    def path(self) -> str:
        """Without what follows the question mark."""
        return urlsplit(self.address).path


class _Page(HTMLParser):
    """Collects the targets of one page, with the fields of its forms as they stand."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.targets: list[Target] = []
        # Within a form, until all its fields are known: method, address, names of the fields sent.
        self.fragments: list[tuple[str, str, list[str]]] = []
        self.form: tuple[str, str] | None = None
        self.fields: dict[str, str] = {}
        self.text_of = ""
        self.option_of = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in LINKS and given.get(LINKS[tag]):
            self._add("get", given[LINKS[tag]])
        for name, method in SCRIPTED.items():
            if given.get(name):
                self._add(method, given[name])
        for name, method in HTMX.items():
            if given.get(name):
                self.fragments.append((method, given[name], _NAMED.findall(given.get("hx-include", ""))))
        if tag == "form":
            self.form = (given.get("method", "get").lower(), given.get("action") or self.base)
            self.fields = {}
        elif tag in {"input", "textarea", "select", "button"}:
            self._control(tag, given)
        elif tag == "option" and self.option_of and given.get("value"):
            chosen = "selected" in given or not self.fields.get(self.option_of)
            self.fields[self.option_of] = given["value"] if chosen else self.fields[self.option_of]

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if given.get("formaction"):
            self._add("post", given["formaction"], dict(self.fields))
        if not name or tag == "button" or kind in {"submit", "file"}:
            return
        if tag == "textarea":
            self.text_of = name
            self.fields[name] = ""
        elif tag == "select":
            self.option_of = name
            self.fields.setdefault(name, "")
        elif kind in {"radio", "checkbox"}:
            # What is chosen, or else the first: as if somebody had made a choice.
            if "checked" in given or name not in self.fields:
                self.fields[name] = given.get("value", "on")
        else:
            self.fields[name] = given.get("value", "") or _typed(kind)

    def handle_data(self, data: str) -> None:
        if self.text_of:
            self.fields[self.text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self.text_of] = self.fields.get(self.text_of, "").strip() or "Prövat av en annan."
            self.text_of = ""
        elif tag == "select":
            self.option_of = ""
        elif tag == "form" and self.form:
            self._add(*self.form, self.fields)
            self._add_fragments(self.fields)
            self.form = None

    def close(self) -> None:
        super().close()
        self._add_fragments({})

    def _add_fragments(self, fields: dict[str, str]) -> None:
        """As htmx sends them: what is posted goes with the whole form, what is got with what it names."""
        for method, address, names in self.fragments:
            chosen = fields if method == "post" else {name: fields[name] for name in names if name in fields}
            # Also as nobody's script asks.
            for fragment in (True, False):
                self._add(method, address, chosen, fragment=fragment)
        self.fragments = []

    def _add(
        self, method: str, address: str, fields: dict[str, str] | None = None, *, fragment: bool = False
    ) -> None:
        parts = urlsplit(urljoin(self.base, address))
        if parts.netloc or parts.scheme or parts.path.startswith("/static/"):
            return
        sent = {name: value for name, value in (fields or {}).items() if name != "csrfmiddlewaretoken"}
        query = parts.query
        if method == "get" and sent:
            query = "&".join(filter(None, (query if fragment else "", urlencode(sent))))
        where = parts.path + (f"?{query}" if query else "")
        self.targets.append(Target(method, where, tuple(sorted(sent.items())), fragment))


def targets(html: str, base: str) -> Iterator[Target]:
    """Everything within the site that the page at ``base`` leads to. A form that is sent by GET is
    an address like any other."""
    page = _Page(base)
    page.feed(html)
    page.close()
    yield from page.targets


def _typed(kind: str) -> str:
    """What somebody types who was given nothing."""
    return {"date": "2026-01-15", "email": "nagon@example.org", "tel": "0701234567", "number": "1"}.get(
        kind, "Prövat av en annan."
    )
