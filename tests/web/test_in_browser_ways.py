"""Other ways of using the pages in a real browser: by keyboard alone, without script, on paper."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.web.test_in_browser import EMPTY, TREATED, Person, Served, served, wait

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["served"]  # a fixture
OPEN = "03394"
FOCUSED = "const at = document.activeElement; return at ? (at.name || '') + ' ' + (at.innerText || at.value || '') : ''"
pytestmark = pytest.mark.long


class AtKeys:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def send(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def reaches(self, words: str, most: int = 400) -> None:
        """Go on with Tab until what has the focus says so, and see that it is shown to have it."""
        from selenium.webdriver import Keys

        for _turn in range(most):
            self.send(Keys.TAB)
            if words in str(self.browser.execute_script(FOCUSED)):  # type: ignore[no-untyped-call]
                outline = "const at = getComputedStyle(document.activeElement); return at.outlineStyle + at.boxShadow"
                assert self.browser.execute_script(outline) != "nonenone", words  # type: ignore[no-untyped-call]
                return
        raise AssertionError(words)


def test_a_commune_signs_in_enters_a_figure_and_submits_by_keyboard_alone(browser: Chrome, served: Served) -> None:
    from selenium.webdriver import Keys

    person, keys = Person(browser, served), AtKeys(browser)
    browser.delete_all_cookies()
    person.opens("/dang-nhap")
    keys.reaches("username")
    keys.send(f"cb.{EMPTY}", Keys.TAB, served.password, Keys.ENTER)
    wait(lambda: browser.current_url == f"{served.address}/", "signed in")
    dossier = person.dossier_of("Bình Lư")
    person.opens(f"{dossier}/muc/8")
    keys.reaches(f"{TREATED}:value")
    keys.send("78,5")
    wait(lambda: "Đã lưu" in person.reads(f"#so-{TREATED} [data-state]"), "saved while typing")
    keys.reaches("Lưu trang này")
    keys.send(Keys.ENTER)
    wait(lambda: person.finds(f"#so-{TREATED} [data-part=value]").get_attribute("value") == "78,5", "still there")
    keys.reaches("Đăng xuất")
    keys.send(Keys.ENTER)
    wait(lambda: "/dang-nhap" in browser.current_url, "signed out")
    keys.reaches("username")
    keys.send(f"ct.{EMPTY}", Keys.TAB, served.password, Keys.ENTER)
    wait(lambda: browser.current_url == f"{served.address}/", "signed in")
    person.opens(dossier)
    keys.reaches("Nộp hồ sơ")
    keys.send(Keys.ENTER)
    person.sees("main", "Đã nộp")
    keys.reaches("Rút hồ sơ")
    keys.send(Keys.ENTER)
    person.sees("main", "Đang nhập")


@pytest.fixture
def without_script(browser: Chrome) -> Iterator[Chrome]:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        yield browser
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_without_script_figures_are_saved_refused_and_submitted_page_by_page(
    without_script: Chrome, served: Served
) -> None:
    person, officer, head = Person(without_script, served), f"cb.{EMPTY}", f"ct.{EMPTY}"
    person.signs_in(officer)
    dossier = person.dossier_of("Bình Lư")
    person.opens(f"{dossier}/muc/8")
    cell = f"#so-{TREATED} [data-part=value]"
    person.types(cell, "1.234")
    person.presses("button.main")
    person.sees(f"#so-{TREATED}", "1234 hoặc 1,234")
    assert person.finds(cell).get_attribute("value") == "1.234", "what was typed stays"
    person.types(cell, "79,95")
    person.presses("button.main")
    person.sees("[role=status]", "Đã lưu 1")
    assert "0,05" in person.reads(f"#so-{TREATED} .held")
    person.signs_in(head)
    person.opens(dossier)
    person.presses("form[action$='/buoc/submit'] button")
    person.sees("main", "Đã nộp")
    person.presses("form[action$='/buoc/take-back'] button")
    person.sees("main", "Đang nhập")


@pytest.mark.parametrize("path", ["", "/muc/8", "/nhat-ky", "/doi-chieu"])
def test_on_paper_a_page_keeps_what_is_said_and_leaves_out_what_is_pressed(
    browser: Chrome, served: Served, path: str
) -> None:
    pypdf = pytest.importorskip("pypdf")
    person = Person(browser, served)
    person.signs_in("lanh-dao" if path == "/doi-chieu" else f"cb.{OPEN}")
    if path == "/doi-chieu":
        person.opens("/dot/1")
    dossier = person.dossier_of("Sin Suối Hồ")
    person.opens(f"{dossier}{path}")
    heading = person.reads("h1")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert heading in text
    assert len(pages) < 20
    for pressed in ("Đăng xuất", "Lưu trang này", "Thêm tệp", "English"):
        assert pressed not in text
