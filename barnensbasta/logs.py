"""Logs that hold ids and nothing about a person.

Whatever reaches the log passes one gate that drops addresses, query strings and the text of
exceptions: a search holds a name, and a database's message quotes the value it refused.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

DROPPED = ("user_agent", "ip", "exc_info", "stack_info")


def without_personal_data(_: object, __: str, event: EventDict) -> EventDict:
    """Keep method, path and ids; of an exception keep its kind and where it was raised."""
    if isinstance(request := event.get("request"), str):
        event["request"] = request.partition("?")[0]
    raised = event.get("exc_info")
    for name in DROPPED:
        event.pop(name, None)
    if isinstance(raised, tuple) and raised[0] is not None:
        frames = traceback.extract_tb(raised[2])
        event["exception"] = raised[0].__qualname__
        event["raised_at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return event


def foreign(_: object, __: str, event: EventDict) -> EventDict:
    """Of another library's record keep the message, without a web address's query."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None and record.exc_info:
        event["exc_info"] = record.exc_info
        # Libraries write the exception into the message: keep only the template of it.
        event["event"] = str(record.msg)
    if record is not None and record.name.startswith("django."):
        event["event"] = event["event"].partition("?")[0]
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def exception_tuple(_: object, __: str, event: EventDict) -> EventDict:
    """``exc_info=True`` or an exception, as the tuple that the gate reads."""
    raised = event.get("exc_info")
    if isinstance(raised, BaseException):
        event["exc_info"] = (type(raised), raised, raised.__traceback__)
    elif raised and not isinstance(raised, tuple):
        import sys

        event["exc_info"] = sys.exc_info()
    return event


def logging_config(*, json: bool, level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: one handler, JSON for machines or lines for a terminal."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            exception_tuple,
            without_personal_data,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if json
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, foreign, exception_tuple, without_personal_data],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},  # request_finished says what a 404 was
            "django.server": {"handlers": [], "propagate": True},
            # Celery tells of each task's arguments at INFO.
            "celery": {"level": "WARNING"},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }
