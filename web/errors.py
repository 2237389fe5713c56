"""What the domain refuses becomes a page in plain Swedish."""

from __future__ import annotations

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.actor import Actor
from access.middleware import unavailable
from kit.errors import Conflict, Refused


class ErrorsMiddleware:
    """Refused → 403 with the reason (its code for the audit), Conflict → 409, a database that is away → 503.

    Django rolls the view's work back before it asks here, and the actor's
    middleware, further out, records the refusal.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here: exceptions are handed to :meth:`process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an exception of the domain; ``None`` leaves the rest to Django."""
        forget_undone_writes(request)
        if isinstance(error, Refused):
            request.refused_for = error.code  # type: ignore[attr-defined]
            return render(request, "403.html", {"reason": error.reason}, status=403)
        if isinstance(error, Conflict):
            return render(request, "409.html", {"theirs": error.theirs}, status=409)
        if isinstance(error, OperationalError | InterfaceError):
            return unavailable()
        return None


def forget_undone_writes(request: HttpRequest) -> None:
    """What the view wrote is rolled back, so the audit must not say that it happened."""
    acting: Actor | None = getattr(request, "actor", None)
    if acting is not None:
        acting.events[:] = [event for event in acting.events if event["kind"] != "write"]
