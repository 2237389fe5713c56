"""The pages that say no: not allowed, not there, somebody else first, and nothing works."""

from __future__ import annotations

import re
from functools import partial

from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Route

from kit import components_demo
from tests.e2e.pages.facts import Child
from tests.e2e.pages.rounds import Round

CORRECTED = re.compile(r'name="based_on"[^>]*value="[2-9]"')
# Drawn here and served under an address of the demo's, for its styles: no test brings the server so low.
LAST_RESORTS = {400: "400.html", 500: "500.html", 503: "503.html"}


def refused(one: Round) -> None:
    """A partner who would write the owner's plan; an address that is not there."""
    yara = Child.named(one.stack, "Yara")
    one.page.goto(next(yara.paths("desk:plan_edit", one.routes["desk:plan_edit"])))
    assert one.page.locator("h1").inner_text() == "Du kan inte göra det här"
    one.check("403", len(one.page.content()))
    one.page.goto("/finns-inte/")
    one.check("404", len(one.page.content()))


def without_token(one: Round) -> None:
    """A form whose cookie is gone."""
    one.page.goto("/logga-in/")
    one.page.fill("input[name=username]", "bvc")
    one.page.context.clear_cookies()
    with one.page.expect_navigation() as answer:
        one.page.press("input[name=username]", "Enter")
    assert answer.value.status == 403
    one.check("403 csrf", len(one.page.content()))


def somebody_else_first(one: Round) -> None:
    """Two at the same plan, and at the same note: both texts stand on the page."""
    yara = Child.named(one.stack, "Yara")
    one.page.goto(next(yara.paths("desk:plan_edit", one.routes["desk:plan_edit"])))
    one.page.evaluate("document.querySelector('[name=edit_no]').value = '0'")
    with one.page.expect_navigation() as answer:
        one.page.get_by_role("button", name="Spara utkastet").last.click()
    assert answer.value.status == 409
    one.check("409 plan", len(one.page.content()))
    paths = list(yara.paths("desk:entry_correct", one.routes["desk:entry_correct"]))
    (path,) = [path for path in paths if CORRECTED.search(one.page.request.get(path).text())]
    values = {"body": "Min text", "happened_on": "2026-01-07", "audience": "unit", "based_on": "1"}
    one.sends("desk:entry_correct", path, values, status=409)


def last_resorts(one: Round) -> None:
    """400, 500 and 503 stand alone; the components page stands only while developing."""
    with translation.override("sv"):
        pages = {f"/fel-{status}/": render_to_string(name) for status, name in LAST_RESORTS.items()}
        for query in ("", "?fel"):
            request = RequestFactory().get(f"/komponenter/{query}")
            context = components_demo.context(request)
            pages[f"/komponenter/{query}"] = render_to_string(
                "components/index.html", context, request=request
            )
    for path, html in pages.items():
        one.page.route(f"**{path.replace('?', '[?]')}", partial(_serve, html))
        one.page.goto(path)
        one.check(path.strip("/"), len(html.encode()))


def _serve(html: str, route: Route) -> None:
    route.fulfill(body=html, content_type="text/html")
