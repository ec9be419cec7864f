"""The pages in a real browser: accessible, narrow and wide, without a script, without a network, on paper."""

from __future__ import annotations

import base64
import io
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from ntm_rules.cli.report_html import SITE
from ntm_rules.report.pages.writing import write_pages
from tests.report.browsing import NARROW, WIDE, at_width, measured
from tests.report.site.conftest import Files

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

KINDS = (
    "index.html",
    "chi-tieu.html",
    "chi-tieu-8-1.html",
    "co-quan.html",
    "co-quan-so-nong-nghiep-moi-truong.html",
    "don-vi-03508.html",
    "gan-dat-chuan.html",
    "so-lieu.html",
    "chu-giai.html",
    "nguon.html",
)
"""One page of every kind."""
RICHEST = ("index.html", "don-vi-03508.html")
"""Those looked at in English too, as wide as on a desk."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, files: Files, english: Files) -> dict[str, Path]:
    """The pages on disk, by language."""
    found = {"vi": tmp_path_factory.mktemp("vi"), "en": tmp_path_factory.mktemp("en")}
    write_pages(SITE, found["vi"], files, {})
    write_pages(SITE, found["en"], english, {})
    return found


@pytest.mark.parametrize(
    ("language", "kinds", "checked", "other"), [("vi", KINDS, NARROW, WIDE), ("en", RICHEST, WIDE, NARROW)]
)
def test_every_kind_of_page_is_accessible_and_no_wider_than_the_window(
    quiet: Chrome, folders: dict[str, Path], language: str, kinds: tuple[str, ...], checked: int, other: int
) -> None:
    axe = next(p for p in package_files("axe_core_python").iterdir() if p.name == "axe.min.js").read_text("utf-8")
    for name in kinds:
        at_width(quiet, other)
        quiet.get((folders[language] / name).as_uri())
        assert measured(quiet, "document.documentElement.scrollWidth") <= other, name
        at_width(quiet, checked)
        assert measured(quiet, "document.documentElement.scrollWidth") <= checked, name
        quiet.execute_script(axe)  # type: ignore[no-untyped-call]
        found = quiet.execute_async_script(  # type: ignore[no-untyped-call]
            "axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
        )
        assert found["passes"], "axe looked at something"
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], name
    assert measured(quiet, "document.documentElement.lang") == language


def test_wide_tables_scroll_in_a_region_that_the_keyboard_reaches(quiet: Chrome, folders: dict[str, Path]) -> None:
    at_width(quiet, NARROW)
    quiet.get((folders["vi"] / "index.html").as_uri())
    found = measured(
        quiet,
        "[...document.querySelectorAll('.wide')].map(e => [e.tabIndex, e.getAttribute('role'), !!e.ariaLabel,"
        " e.scrollWidth > e.clientWidth, getComputedStyle(e).overflowX])",
    )
    assert [one[:3] for one in found] == [[0, "region", True]] * len(found)
    assert all(one[4] == "auto" for one in found if one[3])
    assert any(one[3] for one in found)


def test_the_heads_of_the_heat_map_stay_in_view(quiet: Chrome, folders: dict[str, Path]) -> None:
    quiet.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": WIDE, "height": 700, "deviceScaleFactor": 1, "mobile": False}
    )
    quiet.get((folders["vi"] / "index.html").as_uri())
    quiet.execute_script("document.querySelector('.heat tbody tr:last-child').scrollIntoView({block: 'start'})")  # type: ignore[no-untyped-call]
    top, text = measured(
        quiet,
        "(h => [h.getBoundingClientRect().top, h.textContent])(document.querySelector('.heat thead th:nth-child(2)'))",
    )
    assert top >= -1
    assert "Quy hoạch" in text


def test_a_letter_leads_to_its_explanation(quiet: Chrome, folders: dict[str, Path]) -> None:
    at_width(quiet, WIDE)
    quiet.get((folders["vi"] / "index.html").as_uri())
    quiet.find_element("css selector", ".heat tbody tr:last-child td:nth-child(9) a").click()
    assert quiet.current_url.endswith("/don-vi-03595.html#tieu-chi-8")
    target = quiet.find_element("css selector", ":target")
    assert "Tiêu chí 8. Môi trường" in target.text
    assert 0 <= measured(quiet, "document.querySelector(':target').getBoundingClientRect().top") < 800


def test_tables_can_be_sorted_by_their_numbers(quiet: Chrome, folders: dict[str, Path]) -> None:
    quiet.get((folders["vi"] / "gan-dat-chuan.html").as_uri())
    column = "[...document.querySelectorAll('tbody td:nth-child(5)')].map(e => Number(e.textContent))"
    before = measured(quiet, column)
    button = quiet.find_element("css selector", "thead th:nth-child(5) button")
    button.click()
    assert measured(quiet, column) == sorted(before)
    button.click()
    assert measured(quiet, column) == sorted(before, reverse=True)
    assert quiet.find_element("css selector", "thead th:nth-child(5)").get_attribute("aria-sort") == "descending"


def test_without_a_script_everything_is_there(quiet: Chrome, folders: dict[str, Path]) -> None:
    at_width(quiet, WIDE)
    counted = "[document.querySelectorAll('a, td, img').length, document.querySelectorAll('button').length]"
    quiet.get((folders["vi"] / "index.html").as_uri())
    things, buttons = measured(quiet, counted)
    quiet.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        quiet.get((folders["vi"] / "index.html").as_uri())
        document = quiet.execute_cdp_cmd("DOM.getDocument", {})["root"]["nodeId"]
        found = [
            len(quiet.execute_cdp_cmd("DOM.querySelectorAll", {"nodeId": document, "selector": selector})["nodeIds"])
            for selector in ("a, td, img", "button")
        ]
    finally:
        quiet.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert buttons > 0
    assert found == [things, 0]


def test_every_picture_is_drawn(quiet: Chrome, folders: dict[str, Path]) -> None:
    quiet.get((folders["vi"] / "don-vi-03508.html").as_uri())
    found = measured(quiet, "[...document.images].map(i => [i.complete, i.naturalWidth])")
    assert len(found) == 3
    assert all(complete and width > 400 for complete, width in found)


def test_on_paper_the_page_is_a4_and_says_on_each_sheet_what_is_invented(
    quiet: Chrome, folders: dict[str, Path]
) -> None:
    quiet.get((folders["vi"] / "chi-tieu-8-1.html").as_uri())
    printed = quiet.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    sheets = pypdf.PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages
    assert len(sheets) >= 2
    for sheet in sheets:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
        assert "SỐ LIỆU MINH HỌA" in " ".join(sheet.extract_text().split())
    assert "Than Uyên" in " ".join(sheet.extract_text() for sheet in sheets)
    assert "↕" not in sheets[0].extract_text()
