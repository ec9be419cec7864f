"""The second factor and tokens in a real browser: set up, asked for, shown once; accessible, narrow and wide."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.web.test_in_browser import Person, Served, assert_fit, served, wait

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["served"]  # a fixture


@pytest.mark.long
def test_a_second_factor_is_set_up_and_asked_for(browser: Chrome, served: Served) -> None:
    import pyotp

    person = Person(browser, served)
    person.signs_in("thuong-truc")
    person.opens("/ma-thu-hai")
    assert_fit(person, "second factor")
    secret = pyotp.TOTP(person.reads("code"))
    person.types("[name=code]", secret.now())
    person.presses("button.main")
    person.sees("[role=status]", "Đã thiết lập mã xác thực")
    browser.delete_all_cookies()
    person.opens("/dang-nhap")
    person.types("[name=username]", "thuong-truc")
    person.types("[name=password]", served.password)
    person.presses("button.main")
    wait(lambda: browser.current_url.endswith("/ma"), "asked for the code")
    assert_fit(person, "code")
    person.types("[name=code]", secret.at(int(time.time()) + 30))  # the next: each is taken once
    person.presses("button.main")
    wait(lambda: browser.current_url == f"{served.address}/", "signed in")


@pytest.mark.long
def test_a_token_is_given_and_shown_once(browser: Chrome, served: Served) -> None:
    person = Person(browser, served)
    person.opens("/the-truy-cap")
    assert_fit(person, "no token yet")
    person.types("[name=name]", "Kho dữ liệu của tỉnh")
    person.presses("[name=scope][value=figures]")
    day = time.strftime("%m%d%Y", time.localtime(time.time() + 30 * 86400))
    person.finds("[name=until]").send_keys(day)
    person.presses("button.main")
    person.sees("[role=status]", "ntm_")
    assert_fit(person, "tokens")
    person.opens("/the-truy-cap")
    assert "ntm_" not in person.reads("main")
