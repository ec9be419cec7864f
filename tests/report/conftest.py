"""The smallest set, for tests that change a word of it; a browser for pages that must be quiet in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.report.browsing import requests
from tests.rulebook.conftest import tiny as tiny

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@pytest.fixture
def quiet(browser: Chrome) -> Iterator[Chrome]:
    """The browser; a test fails when a page complained on the console or asked for anything but its own files."""
    for log in ("browser", "performance"):
        browser.get_log(log)  # type: ignore[no-untyped-call]
    yield browser
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    asked = list(requests(browser))
    assert any(address.endswith(".css") for address in asked)
    assert [address for address in asked if not address.startswith("file:///")] == []
