"""What the steps of the story share: who comes in, and what is known so far."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from tests.e2e.album import Album, Steps
from tests.e2e.stack import Stack
from tests.e2e.visitors import Visitors
from tests.e2e.walking import Walker
from tests.skipping import skip_unless_ci

CASE = re.compile(r"/barn/([0-9a-f-]{36})/")
WAIT_SECONDS = 60

Found = TypeVar("Found")


@dataclass
class Tale:
    """The child, the case and the people, from step to step."""

    stack: Stack
    visitors: Visitors
    album: Album
    steps: Steps
    now: str = ""
    told: set[int] = field(default_factory=set)
    present: list[Walker] = field(default_factory=list)
    receipt: str = ""
    case_id: str = ""
    version_id: str = ""
    document: str = ""

    @contextlib.contextmanager
    def step(self, number: int, name: str) -> Iterator[None]:
        """Tell one step; the one before must have gone well."""
        if number > 1 and number - 1 not in self.told:
            skip_unless_ci(f"step {number - 1} did not go through")
        self.now = f"{number} {name}"
        try:
            yield
            for walker in self.present:
                walker.look()
                assert not walker.problems, (walker.row.who, walker.problems)
            self.told.add(number)
        finally:
            for walker in self.present:
                walker.page.context.close()
            self.present.clear()

    def enter(self, username: str, *, part: str = "", phone: bool = False) -> Walker:
        """Somebody comes to her start page; what she does from there is counted."""
        page = self.visitors.enter(username, phone=phone)
        row = self.steps.row(f"{self.now}{f': {part}' if part else ''}", username)
        self.present.append(Walker(page, self.album, row))
        return self.present[-1]

    def note_case(self, walker: Walker) -> None:
        """Remember the case from the address that the walker stands on."""
        found = CASE.search(walker.page.url)
        assert found, walker.page.url
        self.case_id = found[1]

    @property
    def child(self) -> tuple[UUID, str]:
        """Milo's id and number, as the register has them."""
        ((key, number),) = self.stack.rows(
            "select id, number from people_child where given_name = 'Milo' and family_name = 'Tranberg'"
        )
        assert isinstance(key, UUID)
        return key, str(number)

    @property
    def home(self) -> str:
        """The child's page for the family."""
        return f"/familj/{self.child[0]}/"

    def case_page(self, below: str = "") -> str:
        """An address of the case."""
        return f"/barn/{self.case_id}/{below}"

    @property
    def today(self) -> str:
        """Today where the demo lives, as a date field takes it."""
        return str(self.stack.rows("select (now() at time zone 'Europe/Stockholm')::date::text")[0][0])

    def denied(self) -> int:
        """How many denials the audit holds."""
        ((count,),) = self.stack.rows("select count(*) from audit_event where kind = 'denied'")
        assert isinstance(count, int)
        return count


def wait_for(find: Callable[[], Found | None], what: str) -> Found:
    """What the background work brings about, within a minute."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if found := find():
            return found
        time.sleep(0.25)
    raise AssertionError(f"{what} did not come within {WAIT_SECONDS} s")
