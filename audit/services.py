"""Queue events; the middleware or task chains them last before commit."""

from __future__ import annotations

import uuid
from typing import Any

from access.actor import Actor


def record(
    *,
    by: Actor,
    kind: str,
    action: str,
    child: uuid.UUID | None = None,
    case: uuid.UUID | None = None,
    object: uuid.UUID | None = None,
    **detail: Any,
) -> None:
    """Queue one event of one of ``Event.Kind``, with ids only.

    ``detail`` may hold numbers, codes and ids, never a name, a number of a
    person, or anything anybody wrote (I13).
    """
    by.events.append(
        {
            "id": str(uuid.uuid4()),
            "role": by.role or "",
            "kind": kind,
            "action": action,
            "child": str(child) if child else None,
            "case": str(case) if case else None,
            "object": str(object) if object else None,
            "detail": {key: str(value) for key, value in detail.items()},
            "request": str(by.request_id),
        }
    )
