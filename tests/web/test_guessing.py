"""Guessing user names and passwords is slowed down, and leaves nothing in clear."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, RequestFactory, override_settings

from people.models import SignInAttempt
from people.rules import FAILURES_OF_A_NAME, FAILURES_OF_AN_ADDRESS, waits_until
from tests.database import as_loader
from tests.web.test_public import events, keyed, sign_in
from tests.worlds import World
from web.addresses import client_address

__all__ = ["keyed"]  # the fixture


def attempts() -> list[SignInAttempt]:
    """Those that are kept; the app itself can't list them."""
    with as_loader():
        return list(SignInAttempt.objects.all())


def test_guesses_at_one_name_have_to_wait_even_with_the_right_password(keyed: World) -> None:
    for number in range(FAILURES_OF_A_NAME):
        assert sign_in(Client(), "bvc", f"fel {number}").status_code == 422
    response = sign_in(Client(REMOTE_ADDR="198.51.100.7"), "bvc")
    assert response.status_code == 429
    assert "för många försök" in response.content.decode()
    assert sign_in(Client(), "BVC", "fel").status_code == 429
    assert sign_in(Client(), "soc").status_code == 302
    assert len(events(action="held_back")) == 2


def test_a_name_opens_again_after_a_quarter_of_an_hour(keyed: World) -> None:
    for _ in range(FAILURES_OF_A_NAME):
        sign_in(Client(), "bvc", "fel")
    with as_loader():
        SignInAttempt.objects.update(at=keyed.at - timedelta(minutes=15))
    assert sign_in(Client(), "bvc").status_code == 302


def test_signing_in_forgets_the_failures_of_that_name(keyed: World) -> None:
    for _ in range(FAILURES_OF_A_NAME - 1):
        sign_in(Client(), "bvc", "fel")
    sign_in(Client(), "soc", "fel")
    assert sign_in(Client(), "bvc").status_code == 302
    assert len(attempts()) == 1


def test_guesses_at_many_names_from_one_address_have_to_wait(keyed: World) -> None:
    sign_in(Client(), "första", "fel")
    (template,) = attempts()
    with as_loader():
        SignInAttempt.objects.bulk_create(
            SignInAttempt(name_key=f"{n}", address_key=template.address_key, at=template.at)
            for n in range(FAILURES_OF_AN_ADDRESS)
        )
    assert sign_in(Client(), "bvc").status_code == 429
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), "bvc").status_code == 302


def test_neither_name_nor_address_is_kept_in_clear(keyed: World) -> None:
    sign_in(Client(REMOTE_ADDR="198.51.100.7"), "mitt-losenord", "fel")
    kept = str([vars(attempt) for attempt in attempts()])
    assert "name_key" in kept
    assert "198.51" not in kept
    assert "losenord" not in kept


def test_old_failures_are_forgotten(keyed: World) -> None:
    with as_loader():
        SignInAttempt.objects.create(name_key="a", address_key="b", at=keyed.days(-2))
    sign_in(Client(), "bvc", "fel")
    assert len(attempts()) == 1


def test_the_wait_is_counted_from_the_tenth_latest() -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    failures = [at - timedelta(minutes=n) for n in range(FAILURES_OF_A_NAME)]
    assert waits_until(failures, []) == failures[-1] + timedelta(minutes=15)
    assert waits_until(failures[1:], []) is None


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (1, "", ""),
    ],
)
def test_only_our_own_proxies_are_believed(proxies: int, forwarded: str, address: str) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(request) == address
