"""The primary key that every own table uses."""

import re
import uuid

from django.db import models


class Identified(models.Model):
    """A row whose UUID is made here, not by the database.

    ``RETURNING`` on a table that its writer may not read fails under
    row-level security, so the writer must know the key beforehand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


_REFERENCE = re.compile(r"([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})")


def reference_of(key: uuid.UUID) -> str:
    """A short reference to a row that tells nothing of it, to be said and looked up: 3F9A-21C7."""
    text = key.hex[:8].upper()
    return f"{text[:4]}-{text[4:]}"


def keys_of(reference: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The first and the last key that a reference can be short for; ``None`` where it is none."""
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        return None
    begins = "".join(found.groups())
    return uuid.UUID(begins + "0" * 24), uuid.UUID(begins + "f" * 24)
