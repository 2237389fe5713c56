"""The transaction of a request: who acts, what is refused, what is recorded.

``ATOMIC_REQUESTS`` begins inside the middleware, so a context set in plain
middleware would be lost. This one opens an outer transaction, sets the actor
there, and lets the view's own transaction be a savepoint in it: a view that
fails rolls back, while the record of a refusal is kept.
"""

from __future__ import annotations

import contextlib
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from access import actor as actors
from access.request import Request
from access.sessions import SessionStore, idle_of

logger = logging.getLogger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MEMBERSHIP_KEY = "membership"
WITHOUT_ACTOR = ("/healthz", "/static/")

_WRITES = re.compile(r"\s*(insert|update|delete|merge|truncate|alter|drop|create)\b", re.I)


class WriteInReading(Exception):
    """A page that only shows something tried to change something."""


class ActorMiddleware:
    """Sets ``request.actor``; records refusals; no record, no content."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the request within its actor's transaction."""
        acting = cast("Request", request)
        if request.path.startswith(WITHOUT_ACTOR):
            return self.get_response(acting)
        try:
            with transaction.atomic():
                response = self._respond(acting)
        except (DatabaseError, InterfaceError):
            logger.exception("database_failed")
            return unavailable()
        return response

    def _respond(self, request: Request) -> HttpResponse:
        request.refused_for = ""
        request.actor = _begin(request)
        let_idle(request)
        with _reading(request):
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        if response.status_code in {403, 404}:
            _record_refusal(request, response.status_code)
        actors.flush_events(request.actor)
        return response


def _begin(request: Request) -> actors.Actor:
    """Who acts in this request. A session for a workplace that is no longer hers is over: nothing
    of it goes on for another role that she may have (ASVS 7.4.2, 8.3.2)."""
    account_id = request.user.pk if request.user.is_authenticated else None
    if account_id is None:
        return actors.begin(None)
    chosen = request.session.get(MEMBERSHIP_KEY)
    actor = actors.begin(account_id, uuid.UUID(chosen) if chosen else None)
    if actor.account_id and chosen in {None, str(actor.membership_id or actors.FAMILY_HAT)}:
        return actor
    request.session.flush()
    request.user = AnonymousUser()
    return actors.begin(None)


def let_idle(request: Request) -> None:
    """The session lasts as long without a request as whoever acts now may do nothing."""
    if isinstance(request.session, SessionStore):
        request.session.idle = idle_of(request.actor)


def unavailable() -> HttpResponse:
    """503 without a stack trace and without anything of the page asked for."""
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = "30"
    response.headers["Cache-Control"] = "no-store"
    return response


@contextlib.contextmanager
def _reading(request: Request) -> Iterator[None]:
    """A safe method may add audit rows and touch the session, both by functions; nothing else."""
    if request.method not in SAFE_METHODS:
        yield
        return
    with connection.execute_wrapper(_refuse_writes):
        yield


def _refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if _WRITES.match(sql):
        raise WriteInReading(sql.split("(")[0])
    return execute(sql, params, many, context)


def _record_refusal(request: Request, status: int) -> None:
    """One denied event with the ids of the address, never its text, and the policy's reason."""
    actor = request.actor
    if actor.account_id is None:
        return
    match = request.resolver_match
    kwargs = match.kwargs if match else {}
    ids = {key: str(value) for key, value in kwargs.items() if isinstance(value, uuid.UUID)}
    detail: dict[str, object] = {"status": status, "method": request.method}
    if request.refused_for:
        detail["reason"] = request.refused_for
    actor.events.append(
        {
            "id": str(uuid.uuid4()),
            "role": actor.role or "",
            "kind": "denied",
            "action": match.view_name if match else "unknown",
            "case": ids.get("case_id"),
            "object": next((v for k, v in ids.items() if k != "case_id"), None),
            "detail": detail,
            "request": str(actor.request_id),
        }
    )
