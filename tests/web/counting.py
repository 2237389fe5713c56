"""How many SQL statements a page takes, transaction control and the test's own aside."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_NOT_THE_PAGES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "select coalesce(current_setting", "select set_config")


def statements(browser: Client, address: str) -> list[str]:
    """The statements of one GET that answers 200."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(_NOT_THE_PAGES)]
