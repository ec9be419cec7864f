"""The page to sign in where a provider is set up, in a real browser: accessible, narrow and wide, also where it is away."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.web.test_in_browser import Person, Served, assert_fit, wait
from tests.web.visiting import served

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome

AWAY = """
[provider]
issuer = "http://127.0.0.1:9"
client_id = "ntm"
client_secret = "bi-mat"
name = "Cổng đăng nhập của tỉnh (thử)"
"""


@pytest.mark.long
def test_the_page_to_sign_in_offers_the_provider_and_says_when_it_is_away(browser: Chrome, tmp_path: Path) -> None:
    pytest.importorskip("django", reason="the extra web is not installed")
    pytest.importorskip("authlib", reason="the extra oidc is not installed")
    folder = tmp_path / "ntm-web"
    words = [sys.executable, "-m", "ntm_rules", "web", "init", "--folder", str(folder)]
    subprocess.run(words, check=True, capture_output=True)
    with (folder / "ntm-web.toml").open("a", encoding="utf-8") as settings:
        settings.write(AWAY)
    with served(folder) as server:
        person = Person(browser, Served(f"http://127.0.0.1:{server.port}", "", folder))
        browser.get("about:blank")
        browser.delete_all_cookies()
        person.opens("/dang-nhap")
        person.sees("main", "Cổng đăng nhập của tỉnh (thử)")
        assert_fit(person, "sign in, with a provider")
        person.presses("main form[action*='noi-khac'] button, main a[href*='noi-khac']")
        wait(lambda: "noi-khac" in browser.current_url or "dang-nhap" in browser.current_url, "asked at the provider")
        person.sees("main", "Cổng đăng nhập của tỉnh (thử)")
        assert_fit(person, "the provider is away")
