"""What gunicorn is told, and the heap that it freezes before it forks."""

from __future__ import annotations

import subprocess
import sys

from barnensbasta import serving
from barnensbasta.local import ROOT

# In a process of its own, as the parent of the workers is: this one's heap is not to be frozen.
FROZEN = """
import gc, sys
import barnensbasta.wsgi
from barnensbasta import serving
assert gc.get_freeze_count() == 0
assert "web.desk.views.cases" not in sys.modules
serving.when_ready(None)
assert "web.desk.views.cases" in sys.modules, "views are not yet loaded"
alive = len(gc.get_objects())
assert gc.get_freeze_count() > 10 * alive, (gc.get_freeze_count(), alive)
"""


def test_the_heap_is_frozen_once_everything_is_loaded() -> None:
    """In the parent, so that the workers share it: the pages are loaded before the fork."""
    assert serving.preload_app
    done = subprocess.run(
        [sys.executable, "-c", FROZEN], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
