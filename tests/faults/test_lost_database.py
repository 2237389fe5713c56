"""The connection to the database breaks in the middle of a request or of a piece of work."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from access import actor as actors
from tests import services


def dies(request: HttpRequest) -> HttpResponse:
    """Its connection is ended while it works."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    with psycopg.connect(services.address().superuser_url(), autocommit=True) as superuser:
        superuser.execute("select pg_terminate_backend(%s)", [pid])
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    raise AssertionError


def dies_and_hides_it(request: HttpRequest) -> HttpResponse:
    """As :func:`dies`, in code that takes any error for something else."""
    try:
        dies(request)
    except Error:
        return HttpResponse("content")
    raise AssertionError


def reads(request: HttpRequest) -> HttpResponse:
    """Shows content and has that recorded."""
    request.actor.events.append({"kind": "read"})  # type: ignore[attr-defined]
    return HttpResponse("content")


_pages = [path("dies/", dies), path("hides/", dies_and_hides_it), path("reads/", reads)]
# The door that opens for the unknown.
urlpatterns = [path("", include((_pages, "public")))]


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
