"""Settings, logs and translations."""

from __future__ import annotations

import logging
import sys
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from structlog.typing import EventDict

from barnensbasta import translations
from barnensbasta.celery import app
from barnensbasta.logs import foreign, without_personal_data
from barnensbasta.settings.test import UndefinedVariableError


def render(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


def test_an_undefined_variable_fails() -> None:
    assert render("{{ name }}", name="x") == "x"
    with pytest.raises(UndefinedVariableError, match="nmae"):
        render("{{ nmae }}", name="x")


def test_no_task_outlives_its_visibility() -> None:
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert visibility > settings.CELERY_TASK_TIME_LIMIT


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    missing = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks)
    assert not missing


def raised() -> EventDict:
    try:
        raise ValueError("Key (number)=(201001012398) already exists")
    except ValueError:
        return {"event": "request_failed", "request": "GET /barn/?q=Maja", "exc_info": sys.exc_info()}


def test_a_log_line_holds_no_search_and_no_value_from_an_exception() -> None:
    event = without_personal_data(None, "error", {**raised(), "user_agent": "x", "ip": "192.0.2.1"})
    assert event["request"] == "GET /barn/"
    assert event["exception"] == "ValueError"
    assert event["raised_at"]
    text = str(event)
    assert not any(word in text for word in ("Maja", "201001012398", "192.0.2.1", "user_agent"))


def test_another_librarys_exception_is_logged_by_its_kind() -> None:
    record = logging.LogRecord(
        "x", logging.ERROR, __file__, 1, "failed: %s", ("201001012398",), raised()["exc_info"]
    )
    event = without_personal_data(
        None, "error", dict(foreign(None, "error", {"event": record.getMessage(), "_record": record}))
    )
    event.pop("_record")
    assert event["exception"] == "ValueError"
    assert "201001012398" not in str(event)


def test_texts_are_found_in_python_and_in_templates() -> None:
    found = translations.used()
    assert found.get("today")  # kit/dates.py
    assert len(found) > 50


def test_a_language_is_complete_when_two_files_agree(tmp_path: Any) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    language = tmp_path / "sv"
    language.mkdir()
    (language / "a.po").write_text(header + 'msgid "Yes"\nmsgstr "Ja"\n')
    (language / "b.po").write_text(header + 'msgid "Yes"\nmsgstr "Jo"\n\nmsgid "No"\nmsgstr "Nej"\n')
    whole, wrong = translations.texts(language)
    assert {message.id for message in whole if message.id} == {"Yes", "No"}
    assert len(wrong) == 1
