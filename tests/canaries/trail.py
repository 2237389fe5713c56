"""What every request leaves behind: addresses, headers, cookies, file names, and the text of statements."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

from tests.papers import paper_text
from tests.worlds import World

# What a page lets one follow or send to. Not tel: and mailto:, by which a page shows a number to ring.
LINK = re.compile(r'\b(?:href|action|src|formaction|hx-[a-z]+|data-[a-z-]*url)="([^"]*)"')
FILE = re.compile(r'filename\*?="?([^";]+)')


@dataclass
class Trail:
    """Collected from request to request."""

    addresses: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def client(self, world: World, username: str) -> Client:
        """Somebody's browser, whose every request is noted."""
        browser = world.client(username)
        asks: Callable[..., Any] = browser.request

        def request(**wanted: Any) -> Any:
            answer = asks(**wanted)
            self._note(wanted, answer)
            return answer

        browser.request = request  # type: ignore[method-assign]
        return browser

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """The text of each statement, as it goes to the server and into pg_stat_activity: the values go
        beside it, which is why none may stand in it."""

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            self.statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield

    def _note(self, wanted: dict[str, Any], answer: Any) -> None:
        body = b"".join(answer) if answer.streaming else answer.content
        self.statuses.append(answer.status_code)
        self.addresses.append(f"{wanted['PATH_INFO']}?{wanted.get('QUERY_STRING', '')}")
        self.headers += [f"{name}: {value}" for name, value in answer.headers.items()]
        self.cookies += [str(morsel.output()) for morsel in answer.cookies.values()]
        self.files += FILE.findall(answer.headers.get("Content-Disposition", ""))
        if answer.get("Content-Type") == "application/pdf":
            self.pages.append(paper_text(body))
            return
        text = body.decode()
        self.pages.append(text)
        self.addresses += [link for link in LINK.findall(text) if not link.startswith(("tel:", "mailto:"))]
