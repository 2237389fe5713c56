"""Which organisation is the municipality itself, which roles a unit has, why a role ends."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

# Without what is read wrongly: 0 and o, 1, i and l.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class EndReason(models.TextChoices):
    """Why somebody's role ends; a code, because an event may hold nothing that is typed."""

    LEFT = "left", _("Has left")
    MOVED = "moved", _("Has changed workplace")
    OTHER_ROLE = "other_role", _("Has got another role")
    MISTAKE = "mistake", _("Was added by mistake")
    MISUSE = "misuse", _("Should no longer have access")


def is_municipality_itself(organisation: str, municipality: str) -> bool:
    """Whether an organisation is the municipality: "Lessebo kommun", or with the
    name's old genitive "Tingsryds kommun". Its boards have other names."""
    return organisation in {f"{municipality} kommun", f"{municipality}s kommun"}


def new_username() -> str:
    """An opaque user name: it says nothing of the person (ADR 0010)."""
    return f"{_word(4)}-{_word(4)}"


def new_password() -> str:
    """A first password of 78 bits, in groups that can be read aloud."""
    return "-".join(_word(4) for _ in range(4))


def _word(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))
