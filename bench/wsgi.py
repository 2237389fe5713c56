"""The pages, and beside them their floors under ``/golv/``, in one and the same server.

The first question to a floor is answered by the page itself; template, values and request are kept.
After that a floor runs its statement and draws the template with what was kept: nothing else.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, unquote

import psycopg
from django.db import connection
from django.template.backends.django import Template

from barnensbasta.wsgi import application as pages
from bench.pages import PAGES, Page
from people import rules

START = "/golv/"
URL = os.environ["BENCH_SUPERUSER_URL"]


@dataclass(frozen=True)
class Drawn:
    """What a page was drawn with."""

    template: Template
    values: dict[str, Any] | None
    request: Any
    status: str


class _Here(threading.local):
    """Of this thread: its connection past all policies, and what is being watched."""

    connection: psycopg.Connection[Any] | None = None
    watching = False
    drawn: tuple[Template, dict[str, Any] | None, Any] | None = None


_here = _Here()
_kept: dict[str, Drawn] = {}
_lock = threading.Lock()
_render = Template.render


def _watched(self: Template, context: dict[str, Any] | None = None, request: Any = None) -> Any:
    if _here.watching and request is not None:
        _here.drawn = (self, context, request)
    return _render(self, context, request)


Template.render = _watched  # type: ignore[method-assign, assignment]
# Nobody searches as often as this does; that it is counted stays part of the page.
rules.SEARCHES = 10**9


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A page, or its floor."""
    path = environ["PATH_INFO"].encode("latin-1").decode()
    if not path.startswith(START):
        return pages(environ, start_response)
    page = PAGES[unquote(path.removeprefix(START))]
    key = f"{page.name}?{environ['QUERY_STRING']}"
    if page.saves:
        _rows(page, {})
        start_response("302 Found", [("Location", "/"), ("Content-Length", "0")])
        return [b""]
    with _lock:
        if key not in _kept:
            return _first(page, key, environ, start_response)
    drawn = _kept[key]
    _rows(page, parse_qs(environ["QUERY_STRING"]))
    with connection.execute_wrapper(_refuse):
        html = drawn.template.render(drawn.values, drawn.request).encode()
    start_response(drawn.status, [("Content-Type", "text/html"), ("Content-Length", str(len(html)))])
    return [html]


def _first(
    page: Page, key: str, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    status = ""

    def remember(said: str, *rest: Any) -> Any:
        nonlocal status
        status = said
        return start_response(said, *rest)

    body = environ["wsgi.input"].read()
    asked = {**environ, "PATH_INFO": quote(page.path.partition("?")[0]), "wsgi.input": io.BytesIO(body)}
    _here.watching = True
    try:
        response = pages(asked, remember)
        answer = [b"".join(response)]
        response.close()  # says that the request is over
    finally:
        _here.watching = False
    if _here.drawn is None or not status.startswith("200"):
        raise RuntimeError(f"{page.name} answered {status}")
    if not _rows(page, parse_qs(environ["QUERY_STRING"])):
        raise RuntimeError(f"the floor of {page.name} fetches nothing")
    template, values, request = _here.drawn
    _kept[key] = Drawn(template, values, request, status)
    return answer


def _rows(page: Page, query: dict[str, list[str]]) -> int:
    if _here.connection is None:
        _here.connection = psycopg.connect(URL, autocommit=True)
    after = query.get("efter", [None])[0]
    cursor = _here.connection.execute(page.floor, {**page.values, "after": after})
    return len(cursor.fetchall()) if cursor.description else 0


def _refuse(*_: Any) -> Any:
    raise RuntimeError("a floor asked the database while it was drawn")
