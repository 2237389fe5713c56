"""What goes wrong becomes a page in plain Swedish; every door but the public one is closed."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path

from audit.models import Event
from barnensbasta import urls
from kit.errors import Conflict, Refused
from people.rules import FAILURES_OF_A_NAME
from tests.database import as_loader
from tests.worlds import World
from web.door import DoorMiddleware

PROBLEMS: dict[str, Exception] = {
    "refused": Refused("Du kan inte dela: samtycket gäller inte.", code="unit_not_consented"),
    "conflict": Conflict("Eva ändrade planen 10.42."),
    "missing": Http404(),
    "away": OperationalError("server closed the connection"),
    "suspicious": SuspiciousOperation("x"),
    "broken": RuntimeError("ett kanariefågelvärde"),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    """A view that does as its address says."""
    if how == "slow":
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = '20ms'")
            cursor.execute("select pg_sleep(20)")
    raise PROBLEMS[how]


urlpatterns = [
    path("fel/<str:how>/", fail),
    *urls.urlpatterns,
]


@pytest.mark.parametrize(
    ("how", "status", "says"),
    [
        ("refused", 403, "Du kan inte dela: samtycket gäller inte."),
        ("conflict", 409, "Eva ändrade planen 10.42."),
        ("missing", 404, "Sidan finns inte, eller så får du inte se den."),
        ("away", 503, "Tjänsten är stängd en stund"),
        ("slow", 503, "Tjänsten är stängd en stund"),
        ("suspicious", 400, "Vi kunde inte läsa det du skickade"),
        ("broken", 500, "Något gick fel"),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_each_problem_has_its_page(world: World, how: str, status: int, says: str) -> None:
    browser = world.client("bvc")
    browser.raise_request_exception = False
    response = browser.get(f"/fel/{how}/")
    page = response.content.decode()
    assert response.status_code == status
    assert says in page
    assert page.count("<h1>") == 1
    assert '<html lang="sv"' in page
    for secret in ("Traceback", "kanariefågel", "closed the connection", "RuntimeError"):
        assert secret not in page


def test_no_statement_of_a_page_goes_on_for_ever(db: None) -> None:
    """The tests' role and the app's have the same limit (access/roles.sql)."""
    with connection.cursor() as cursor:
        cursor.execute("show statement_timeout")
        assert cursor.fetchone() == ("30s",)
        cursor.execute("select setconfig from pg_db_role_setting s join pg_roles r on r.oid = s.setrole"
                       " where r.rolname = 'barnensbasta_app'")  # fmt: skip
        assert "statement_timeout=30s" in cursor.fetchone()[0]


@override_settings(ROOT_URLCONF=__name__)
def test_a_refusal_is_recorded(world: World) -> None:
    world.client("bvc").get("/fel/refused/")
    with as_loader():
        event = Event.objects.get(kind="denied")
    assert (event.account, event.detail["status"]) == (world.accounts["bvc"].pk, 403)
    assert event.detail["reason"] == "unit_not_consented"


@override_settings(ROOT_URLCONF=__name__)
def test_what_is_missing_has_no_reason(world: World) -> None:
    """404 says nothing of why, not in the audit either."""
    world.client("bvc").get("/fel/missing/")
    with as_loader():
        assert "reason" not in Event.objects.get(kind="denied").detail


def test_too_large_a_form_is_refused(world: World) -> None:
    browser = Client(raise_request_exception=False)
    response = browser.post("/logga-in/", {f"f{n}": "x" for n in range(2100)})
    assert response.status_code == 400
    assert "Vi kunde inte läsa" in response.content.decode()


def test_a_file_on_the_sign_in_form_changes_nothing(world: World, tmp_path: Any) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    with file.open() as opened:
        assert Client().post("/logga-in/", {"username": opened}).status_code == 422


# --- The doors ---------------------------------------------------------------------------


def patterns(of: list[URLPattern | URLResolver], inside: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every named address, as (namespace, name)."""
    for entry in of:
        if isinstance(entry, URLResolver):
            names = (*inside, entry.namespace) if entry.namespace else inside
            yield from patterns(entry.url_patterns, names)
        elif entry.name:
            yield ":".join(inside), entry.name


def test_only_the_public_door_opens_for_the_unknown(world: World) -> None:
    """The middleware turns the unknown away from every other address, whatever its view does."""
    door = DoorMiddleware(lambda _: HttpResponse())
    seen = Counter[str]()
    for namespace, name in patterns(list(get_resolver().url_patterns)):
        request = RequestFactory().get("/någonstans/")
        with world.act(None) as nobody:
            request.actor = nobody  # type: ignore[attr-defined]
            request.resolver_match = type("Match", (), {"namespaces": namespace.split(":")})()
            answer = door.process_view(request, fail, (), {})
        seen[namespace] += 1
        assert (answer is None) == (namespace == "public"), (namespace, name)
    assert {"public", "desk", "family", "steering", "administration"} <= set(seen)


def test_a_real_address_of_each_door_asks_for_signing_in(world: World) -> None:
    for address in ("/mitt-arbete/", f"/barn/{uuid.uuid4()}/", "/familj/", "/styrgrupp/", "/administration/"):
        assert Client().get(address)["Location"].startswith("/logga-in/?next="), address
        assert Client().post(address)["Location"].startswith("/logga-in/"), address


# --- Guessing from many sides at once -----------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_once_are_counted_one_by_one() -> None:
    statuses: Counter[int] = Counter()

    def guess() -> None:
        try:
            form = {"username": "bvc", "password": "fel"}
            statuses[Client().post("/logga-in/", form).status_code] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(FAILURES_OF_A_NAME + 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == {422: FAILURES_OF_A_NAME, 429: 4}


def test_a_page_that_is_not_there_keeps_the_readers_own_door(world: World) -> None:
    """A family gets its own words, its menu and the quick exit; staff may ask for access."""
    world.open_case()
    gone = f"/barn/{uuid.uuid4()}/"
    family = world.client("mamma").get(gone).content.decode()
    assert "data-quick-exit" in family
    assert "ringa den som du har kontakt med" in family
    for word in ("arbete", "arbetsledare", "Be om åtkomst", "Mitt arbete"):
        assert word not in family, word
    staff = world.client("bvc").get(gone).content.decode()
    assert "Be om åtkomst" in staff
    assert 'href="/mitt-arbete/"' in staff


def test_everybody_can_sign_out_on_a_phone(world: World) -> None:
    """Pages of no door have the phone's menu for whoever is signed in."""
    page = world.client("bvc").get("/hjalp/").content.decode()
    menu = page[page.index('<details class="bb-menu">') : page.index("</details>")]
    assert 'action="/logga-ut/"' in menu
    assert "bb-menu" not in Client().get("/hjalp/").content.decode()
