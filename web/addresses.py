"""Where people come in, where each starts, and whom she came from."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from access.actor import Actor
from access.roles import Role

SIGN_IN = "/logga-in/"

_STARTS = {
    Role.CASEWORKER: "/mitt-arbete/",
    Role.LEAD: "/mitt-arbete/",
    Role.LAWYER: "/mitt-arbete/",
    Role.UNIT_ADMINISTRATOR: "/administration/",
    Role.LOG_REVIEWER: "/granskning/",
    Role.ADMINISTRATOR: "/administration/",
    Role.DATA_PROTECTION: "/administration/",
    Role.STEERING: "/styrgrupp/",
    Role.GUARDIAN: "/familj/",
    Role.YOUTH: "/familj/",
}


def start_of(actor: Actor) -> str | None:
    """The first page of the role she acts in; ``None`` for a person without any."""
    return _STARTS[actor.role] if actor.role else None


def own_path(address: str) -> str:
    """The address if it is a path of this site, else ``""``: nobody is sent elsewhere."""
    if not address.startswith("/") or address.startswith(SIGN_IN):
        return ""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def wanted_page(request: HttpRequest) -> str:
    """The page to come back to after signing in: for a form, the page that it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    return own_path(referer.path) if referer.netloc == request.get_host() else ""


def client_address(request: HttpRequest) -> str:
    """The address that the request came from.

    Behind ``settings.TRUSTED_PROXIES`` proxies of our own the outermost of
    them wrote it into X-Forwarded-For; what stands to the left of that entry
    is the client's own word.
    """
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
