"""The book in a real browser, narrow and wide: nothing overflows, nothing is fetched, nothing complains."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ntm_rules.report.book.pages import BOOK
from ntm_rules.report.pages.writing import write_pages
from tests.report.book.conftest import Files
from tests.report.browsing import NARROW, WIDE, at_width, measured

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

PAGES = (
    "index.html",
    "tieu-chi-2.html",
    "chi-tieu-8-1.html",
    "chi-tieu-6-1.html",
    "co-quan-so-nong-nghiep-moi-truong.html",
    "van-ban-cho-bo-tieu-chi-xa-ntm-lai-chau.html",
    "so-lieu.html",
    "xa-va-nhom-xa.html",
    "cach-doc-ket-qua.html",
    "kiem-tra-cheo.html",
    "nguyen-van-ke-hoach-5434.html",
    "tat-ca.html",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, illustrative: Files) -> Path:
    """The English book with overlays, on disk: its longest words are the widest."""
    path = tmp_path_factory.mktemp("sach")
    write_pages(BOOK, path, illustrative, {})
    return path


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_page_is_wider_than_the_window(quiet: Chrome, folder: Path, width: int) -> None:
    at_width(quiet, width)
    for name in PAGES:
        quiet.get((folder / name).as_uri())
        assert measured(quiet, "innerWidth") == width
        assert measured(quiet, "document.documentElement.scrollWidth") <= width, name
        assert measured(quiet, "document.styleSheets.length") == 1, name


def boxes(browser: Chrome) -> tuple[dict[str, float], dict[str, float]]:
    law, rule = (
        measured(browser, f"document.querySelector('{selector}').getBoundingClientRect().toJSON()")
        for selector in (".law", ".rule")
    )
    return law, rule


def test_the_text_and_the_rule_stand_side_by_side_when_wide_and_stacked_when_narrow(
    quiet: Chrome, folder: Path
) -> None:
    quiet.get((folder / "chi-tieu-8-1.html").as_uri())
    at_width(quiet, WIDE)
    law, rule = boxes(quiet)
    assert law["right"] <= rule["left"]
    assert abs(law["top"] - rule["top"]) < 2
    at_width(quiet, NARROW)
    law, rule = boxes(quiet)
    assert law["bottom"] <= rule["top"]
    assert abs(law["left"] - rule["left"]) < 2


def test_a_link_to_the_plan_goes_to_the_row_and_a_mark_leads_back(quiet: Chrome, folder: Path) -> None:
    at_width(quiet, WIDE)
    quiet.get((folder / "chi-tieu-8-1.html").as_uri())
    quiet.find_element("link text", "see it in the text").click()
    row = quiet.find_element("css selector", "tr:target")
    assert row.find_element("css selector", "mark").is_displayed()
    assert 0 <= measured(quiet, "document.querySelector('tr:target').getBoundingClientRect().top") < 800
    row.find_element("link text", "Indicator 8.1").click()
    assert quiet.current_url.endswith("/chi-tieu-8-1.html")


def test_the_keyboard_reaches_the_content_at_once(quiet: Chrome, folder: Path) -> None:
    quiet.get((folder / "chi-tieu-8-1.html").as_uri())
    body = quiet.find_element("tag name", "body")
    body.send_keys("\ue004")  # Tab
    assert measured(quiet, "document.activeElement.className") == "skip"
    assert measured(quiet, "document.activeElement.getBoundingClientRect().top") >= 0
    quiet.switch_to.active_element.send_keys("\ue007")  # Enter
    assert quiet.current_url.endswith("#noi-dung")


def test_on_paper_there_is_no_navigation_and_the_columns_are_stacked(quiet: Chrome, folder: Path) -> None:
    at_width(quiet, WIDE)
    quiet.get((folder / "chi-tieu-8-1.html").as_uri())
    quiet.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        shown = "[...document.querySelectorAll('nav, .skip, .trail')].map(e => e.getClientRects().length)"
        assert set(measured(quiet, shown)) == {0}
        law, rule = boxes(quiet)
        assert law["bottom"] <= rule["top"]
        printed = quiet.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    finally:
        quiet.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    pdf = base64.b64decode(printed["data"])
    assert pdf.startswith(b"%PDF")
    a4 = b"/MediaBox [0 0 594.95996 841.91998]"
    assert a4 in pdf, pdf[pdf.find(b"/MediaBox") :][:60]
