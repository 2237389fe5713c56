"""The connection to the database breaks in the middle of a request or of a piece of work."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from access import actor as actors


@login_not_required
def dies(request: HttpRequest) -> HttpResponse:
    """Its own connection is ended while it works."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")
    raise AssertionError


@login_not_required
def dies_and_hides_it(request: HttpRequest) -> HttpResponse:
    """As :func:`dies`, in code that takes any error for something else."""
    try:
        dies(request)
    except Error:
        return HttpResponse("content")
    raise AssertionError


@login_not_required
def reads(request: HttpRequest) -> HttpResponse:
    """Shows content and has that recorded."""
    request.actor.events.append({"kind": "read"})  # type: ignore[attr-defined]
    return HttpResponse("content")


urlpatterns = [
    path("dies/", dies),
    path("hides/", dies_and_hides_it),
    path("reads/", reads),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/dies/", "/hides/"])
def test_a_page_that_loses_the_database_says_503(address: str) -> None:
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 503
    assert "Tjänsten är stängd en stund" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
def test_where_the_record_cannot_be_written_no_content_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select access.audit_append('{}'::text)")

    monkeypatch.setattr(actors, "flush_events", broken)
    response = Client().get("/reads/")
    assert response.status_code == 503
    assert b"content" not in response.content.replace(b'content="', b"")
