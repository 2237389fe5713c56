"""Addresses of the family's pages, and their answers as text."""

from __future__ import annotations

import html
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.database import as_loader
from tests.worlds import Teamwork, World

EVERYBODY_ELSE = (
    "granne", "mor", "ungdom", "bvc", "bvc2", "bvc-ledare", "logoped", "soc-ledare", "polis", "soc-vaxjo",
    "enhetsadmin", "granskare", "styrgrupp", "admin", "dataskydd",
)  # fmt: skip


@dataclass
class Home:
    """A child's pages in a world with a team around her."""

    world: World
    team: Teamwork

    @classmethod
    def of(cls, world: World) -> Home:
        return cls(world, world.teamwork())

    @property
    def address(self) -> str:
        return f"/familj/{self.world.child.pk}/"

    @property
    def consent_address(self) -> str:
        return f"{self.address}samtycke/{self.team.consent.pk}/"

    def addresses(self) -> list[str]:
        """Every page of the child that is there for ``mamma``, the file aside."""
        return [
            self.address,
            self.address + "anteckningar/",
            self.address + f"anteckningar/{self.team.note.pk}/",
            self.address + "samtycke/",
            self.consent_address,
            self.consent_address + "svarat/",
            self.consent_address + "ta-tillbaka/",
            self.address + f"plan/{self.team.plan.pk}/svar/",
            self.address + "vem-har-last/",
            self.address + "vem-har-last/spara/",
            self.address + "dokument/",
        ]


def text_of(response: Any) -> str:
    """What a reader sees in the main part of a page, on one line."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main))).strip()


def seen(browser: Client, address: str) -> str:
    """The main text of a page that is there."""
    response = browser.get(address)
    assert response.status_code == 200, address
    return text_of(response)


def follow(browser: Client, address: str, data: dict[str, Any]) -> Any:
    """Post a form and follow its redirect, as a browser without scripts does."""
    response = browser.post(address, data)
    assert response.status_code == 302, text_of(response)
    return browser.get(response["Location"])


def read_by(
    world: World, username: str, action: str, *, object: uuid.UUID | None = None, times: int = 1
) -> None:
    """Somebody opens a page about the world's child."""
    from audit.services import record

    for _ in range(times):
        with world.act(username) as actor:
            record(by=actor, kind="read", action=action, child=world.child.pk, object=object)


def body(response: Any) -> bytes:
    """The answer without the form token, which differs each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-session-\w+="\d+"', b"", response.content)


def rows(model: Any, **conditions: Any) -> list[Any]:
    """What lies in a table, as it is."""
    with as_loader():
        return list(model.objects.filter(**conditions))
