"""What every answer says to the browser (threat 6; ASVS 3.3, 3.4, 14.3.2)."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from barnensbasta.local import ROOT
from tests.access.door_rows import ROWS
from tests.access.doors import EVERYBODY, Rich
from tests.access.test_every_url import ADDRESSES, address, knock, rich
from tests.faults.test_lost_database import dies
from tests.web.test_public import keyed, sign_in
from tests.worlds import World

__all__ = ["keyed", "rich"]  # fixtures

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Asked by machines, before any middleware that knows of people.
OFF = ("camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()")


def wrong(answer: Any) -> list[str]:
    """What an answer doesn't say."""
    found = [name for name, value in ALWAYS.items() if answer.headers.get(name) != value]
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        found.append("no-store")
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-" in policy or "frame-ancestors 'none'" not in policy:
        found.append("Content-Security-Policy")
    found += [off for off in OFF if off not in answer.headers.get("Permissions-Policy", "")]
    return found


@pytest.mark.parametrize("name", sorted(ROWS))
def test_every_page_and_every_refusal(rich: Rich, name: str) -> None:
    """Whoever may, whoever may not, and whoever isn't signed in: pages, PDFs, 302, 403 and 404."""
    door = ROWS[name]
    values = rich.values(ADDRESSES[name], door)
    inside = sorted(door.may)[:1]
    outside = sorted(EVERYBODY - door.may)[:1]
    missing = {}
    for visitor in (*inside, *outside, None):
        answer = knock(rich.world.client(visitor), address(name, values), door)
        missing[f"{visitor} {answer.status_code}"] = wrong(answer)
    assert not any(missing.values()), missing


def fails(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


_pages = [path("breaks/", dies), path("fails/", fails)]
urlpatterns = [path("", include((_pages, "public")))]


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("page", "status"), [("/fails/", 500), ("/breaks/", 503), ("/nothing/", 404)])
def test_errors_too(page: str, status: int) -> None:
    answer = Client(raise_request_exception=False).get(page)
    assert (answer.status_code, wrong(answer)) == (status, [])


def test_a_form_without_its_token(keyed: World) -> None:
    """403 by Django's own middleware, which stands outside of ours that asks who acts."""
    answer = sign_in(Client(enforce_csrf_checks=True), "bvc")
    assert (answer.status_code, wrong(answer)) == (403, [])


def test_no_page_has_a_script_or_a_style_of_its_own() -> None:
    """So that the policy needs no exception."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert directives["form-action"] == ["'self'"]
    assert directives["base-uri"] == ["'none'"]


def test_signing_out_has_the_browser_forget(keyed: World) -> None:
    """The quick exit posts to the same address (static/js/app.js), so it does too."""
    answer = keyed.client("mamma").post("/logga-ut/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert wrong(answer) == []


def test_cookies_are_seen_by_no_script_and_sent_to_nobody_else(keyed: World) -> None:
    browser = Client()
    sign_in(browser, "bvc")
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["domain"], cookie["path"]) == ("Lax", "", "/")
    assert cookie["max-age"] == ""  # forgotten when the browser is closed


def test_productions_cookies_belong_to_this_host_alone() -> None:
    """``__Host-``: secure, for the whole host, for no other (ASVS 3.3.1, 3.3.3)."""
    said = dict.fromkeys(("SECRET_KEY", "REDIS_URL", "EMAIL_HOST", "DEFAULT_FROM_EMAIL", "SERVICE_URL"), "x")
    said |= {"ALLOWED_HOSTS": "example.org", "AUDIT_ANCHORS": "x", "DATABASE_URL": "postgres://x@x/x"}
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH",
             "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_DOMAIN", "CSRF_COOKIE_PATH")  # fmt: skip
    code = f"from django.conf import settings as s; print([getattr(s, name) for name in {names!r}])"
    environment = {**os.environ, **said, "DJANGO_SETTINGS_MODULE": "barnensbasta.settings.production"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert eval(done.stdout) == ["__Host-session", True, None, "/", "__Host-csrf", True, None, "/"]  # noqa: S307


def test_nobody_has_to_put_a_person_into_an_address(world: World) -> None:
    """No form that is sent by GET has a field for a text: a name or a number goes by POST."""
    import re

    for visitor in sorted(EVERYBODY):
        browser = world.client(visitor)
        for start in (
            "/barn/",
            "/mitt-arbete/",
            "/enheten/",
            "/uppmarksamma/",
            "/administration/",
            "/familj/",
        ):
            page = browser.get(start, follow=True).content.decode()
            for form in re.findall(r'<form[^>]*method="get".*?</form>', page, re.S | re.I):
                assert not re.search(r'type="(text|search|tel)"|<textarea', form), (visitor, start)
