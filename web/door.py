"""Every door is closed: only the pages of web.public open for somebody unknown."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from access.actor import Actor
from access.roles import AT_WORK, Role
from access.sessions import SessionStore
from web.addresses import SIGN_IN, own_path, wanted_page
from web.request import Request

OPEN = "public"
View = Callable[..., HttpResponseBase]


class DoorMiddleware:
    """Sends whoever is not signed in to the sign-in page, and back afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here: the address is not yet resolved."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Turn away the unknown before the view runs; whoever is known is there, so her
        session is prolonged."""
        match = request.resolver_match
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None and actor.account_id:
            _prolong(request, view)
            return None
        if actor is None or (match and OPEN in match.namespaces):
            return None
        return _to_sign_in(request)


def only_looks(view: View) -> View:
    """A view that a script asks by itself, so that it says nothing of anybody being there."""
    view.only_looks = True  # type: ignore[attr-defined]
    return view


def _prolong(request: HttpRequest, view: View) -> None:
    if isinstance(request.session, SessionStore) and not getattr(view, "only_looks", False):
        request.session.prolong()


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; a script gets 401, which makes it reload its page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    query = {"next": own_path(wanted_page(request))}
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        # The browser still shows a session that is no more.
        query["utgangen"] = "1"
    query = {key: value for key, value in query.items() if value}
    return redirect(f"{SIGN_IN}?{urlencode(query)}" if query else SIGN_IN)


def for_signed_in(view: View) -> View:
    """A view of the public door for whoever is signed in, in whatever role."""

    @functools.wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.account_id is None:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def only_for(*roles: Role) -> Callable[[View], View]:
    """A view for these roles; for everybody else the page does not exist."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return wrap


# For whoever works with children in a unit.
staff_only = only_for(*AT_WORK)
