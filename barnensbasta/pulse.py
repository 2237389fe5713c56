"""Signs of life of worker and beat, which answer no address: a file that each touches.

``python -m barnensbasta.start health worker`` looks at its age. The worker touches it from its main loop,
whatever its tasks do; beat each time it sends one. Whether work is really done says ``/healthz``.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

# Beat sends something every few seconds, and a worker's loop turns as often.
LATE_SECONDS = 60


def path(name: str) -> Path:
    """The file of ``worker`` or ``beat``; PULSE names another folder than the system's for such."""
    return Path(os.environ.get("PULSE") or tempfile.gettempdir()) / f"barnensbasta-{name}.alive"


def is_felt(name: str) -> bool:
    """Whether it has touched its file lately."""
    try:
        return time.time() - path(name).stat().st_mtime < LATE_SECONDS
    except OSError:
        return False


def of_worker(**_: Any) -> None:
    """A worker's main loop has turned."""
    path("worker").touch()


def of_beat(**_: Any) -> None:
    """Beat is about to send a task."""
    path("beat").touch()
