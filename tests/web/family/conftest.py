"""A family with everything shown to it, and what every page test asks of an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from consent.models import Consent
from people.models import Child
from plans.models import Document
from tests.web.family.support import Home
from tests.worlds import World


@pytest.fixture
def home(world: World) -> Home:
    """The small world's child with a team, a plan, notes, words, a document and readings."""
    return Home.of(world)


@pytest.fixture
def asked(world: World) -> Callable[..., Consent]:
    """A case of a child in which a consent waits for answers."""

    def ask(*units: str, child: Child | None = None, **values: Any) -> Consent:
        case = world.open_case(child, state="consent", next_step="answer")
        return world.consent(case, *(units or ("bvc", "logoped", "preschool")), state="waiting", **values)

    return ask


@pytest.fixture
def document(world: World, home: Home) -> Document:
    """Mamma's PDF of the plan."""
    return world.document(home.team.releases["mamma"])
