"""A test that can't run on somebody's own machine is skipped there, and fails where it must run."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def skip_unless_ci(why: str) -> NoReturn:
    """Skip; under ``CI=true`` fail, so that nothing is left out unnoticed."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
