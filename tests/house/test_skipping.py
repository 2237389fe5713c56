"""A skip hides nothing where everything must run."""

from __future__ import annotations

import re

import pytest

from barnensbasta.local import ROOT
from tests.skipping import skip_unless_ci

_SKIPS = re.compile(
    r"pytest\.(?:skip|importorskip|mark\.skip\w*|xfail|mark\.xfail)\b|unittest\.skip|skipTest"
)
_HERE = {"tests/skipping.py", "tests/house/test_skipping.py"}


def test_under_ci_what_would_be_skipped_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no browser here"):
        skip_unless_ci("no browser here")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="no browser here"):
        skip_unless_ci("no browser here")


def test_nothing_is_skipped_in_any_other_way() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if str(path.relative_to(ROOT)) not in _HERE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _SKIPS.search(line)
    ]
    assert not found, found
