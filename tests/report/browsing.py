"""Looking at pages in a browser: how wide the window is, what a page asks for, what it measures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

NARROW, WIDE = 360, 1280
"""Windows of a phone and of a desk, in pixels."""


def requests(browser: Chrome) -> Iterator[str]:
    """What pages on disk asked for since the log was last read; the browser's own start page is not one."""
    for entry in browser.get_log("performance"):  # type: ignore[no-untyped-call]
        message = json.loads(entry["message"])["message"]
        sent = message["method"] == "Network.requestWillBeSent"
        if sent and message["params"]["documentURL"].startswith("file:"):
            yield message["params"]["request"]["url"]


def at_width(browser: Chrome, width: int) -> None:
    """Make the window so wide; a narrow one is a phone's."""
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width == NARROW}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def measured(browser: Chrome, script: str) -> Any:
    """What an expression is worth in the page."""
    return browser.execute_script(f"return {script}")  # type: ignore[no-untyped-call]
