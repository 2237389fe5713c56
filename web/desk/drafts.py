"""How a form finds its draft again. ``draft_url`` goes into ``<c-form draft_url=…>``;
``with_draft`` is the ``initial`` of a case page's form."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from cases.services.drafts import draft_of
from kit import dates
from web.desk.case_page import CasePage

ADDRESS = "/utkast/"


def draft_url(target: str, case_id: uuid.UUID | None = None) -> str:
    """Where a form posts all its fields at each pause; ``target`` names the form,
    such as ``entry:note``."""
    query = {"target": target}
    if case_id is not None:
        query["case"] = str(case_id)
    return f"{ADDRESS}?{urlencode(query)}"


def with_draft(page: CasePage, target: str, **initial: Any) -> dict[str, Any]:
    """The form's initial values, with what the actor has typed and not saved on top."""
    draft = draft_of(case_id=page.case.pk, target=target, actor=page.actor)
    return {**initial, **draft.fields} if draft else initial


def typed_before(page: CasePage, target: str) -> tuple[dict[str, str], str]:
    """The draft's fields and when it was kept, in words; empty if there is none.
    Only for forms whose every field has one value."""
    draft = draft_of(case_id=page.case.pk, target=target, actor=page.actor)
    if draft is None:
        return {}, ""
    fields = {key: value for key, value in draft.fields.items() if isinstance(value, str)}
    return fields, dates.clock(draft.saved_at)
