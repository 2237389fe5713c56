"""Where a page's time goes: each statement's planning and execution, and the rest, which is Python."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from bench.asking import HOST
from bench.pages import Page

MOST = 12


def look(page: Page, session: str) -> str:
    """One page that is only read, warm, in this process, with its statements from the dearest down."""
    from django.db import connection
    from django.test import Client

    browser = Client(headers={"X-Forwarded-Proto": "https", "Host": HOST})
    browser.cookies["__Host-session"] = session
    asked: list[tuple[float, str, float, float]] = []

    def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        # Explained first, in the same transaction and so as the same actor; it runs twice, which
        # the functions that write would not bear.
        planned = executed = 0.0
        if sql.startswith("SELECT"):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"explain (analyze, format json) {sql}", params)
                (found,) = cursor.fetchone()
            plan = (json.loads(found) if isinstance(found, str) else found)[0]
            planned, executed = plan["Planning Time"], plan["Execution Time"]
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            asked.append((1000 * (time.perf_counter() - began), sql, planned, executed))

    logging.disable()
    for _ in range(3):
        browser.get(page.path)
    began = time.perf_counter()
    browser.get(page.path)
    total = 1000 * (time.perf_counter() - began)
    with connection.execute_wrapper(timed):
        status = browser.get(page.path).status_code
    logging.disable(logging.NOTSET)
    in_database = sum(took for took, *_ in asked)
    lines = [
        f"{page.name} ({status}): {total:.1f} ms, {len(asked)} statements, {in_database:.1f} ms of it in them"
    ]
    lines += [
        f"{took:8.1f} ms, planned {planned:.1f}, executed {executed:.1f}: {' '.join(sql.split())[:160]}"
        for took, sql, planned, executed in sorted(asked, reverse=True)[:MOST]
    ]
    return "\n".join(lines)
