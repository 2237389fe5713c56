"""Saving past the page that shows the whole at the first share."""

from __future__ import annotations

import re
from typing import Any


def post_and_look(browser: Any, address: str, posted: dict[str, Any]) -> Any:
    """Saves; where a unit is shown something for the first time, after a look at the whole."""
    answer = browser.post(address, posted)
    looked = (
        re.search(r'name="looked" value="([^"]*)"', answer.content.decode())
        if answer.status_code == 200
        else None
    )
    return browser.post(address, {**posted, "looked": looked[1]}) if looked else answer
