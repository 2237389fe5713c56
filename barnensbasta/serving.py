"""Gunicorn's settings: ``gunicorn --config python:barnensbasta.serving barnensbasta.wsgi``.

How many and where comes from the environment: BIND, WEB_WORKERS, WEB_THREADS.
"""

import gc
import os
from typing import Any

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
control_socket_disable = True
# The worker's sign of life is a file: in memory, not on a disk that may be slow.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# A request in flight at SIGTERM has so long to end. Compose waits longer.
graceful_timeout = 30
# The pages are loaded once, before the workers are forked, which then share that memory.
preload_app = True


def when_ready(_: Any) -> None:
    """Freeze the heap after start, in the parent, before the first worker is forked.

    What is loaded by now – Django, models, views, addresses – lives as long as the process. Frozen,
    the collector never looks at it again: full collections, which stop every thread in the middle of
    a page, only pass over what requests have made; and, because a collection writes into each
    object's header that it looks at, the pages of memory that parent and workers share stay shared.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # imports every view, which the first request would do else
    gc.collect()
    gc.freeze()
