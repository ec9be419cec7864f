"""The pages in a real browser: accessible, narrow and wide, without a script, without a network, on paper."""

from __future__ import annotations

import base64
import io
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from ntm_rules.report.pages.writing import write_pages
from ntm_rules.report.site.pages import SITE
from tests.report.browsing import NARROW, WIDE, at_width, measured
from tests.report.site.conftest import Files

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

KINDS = (
    "mot-trang.html",
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


@pytest.mark.long
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
        quiet.execute_script("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")  # type: ignore[no-untyped-call]
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
        "(h => [h.getBoundingClientRect().top, h.textContent])(document.querySelector('.heat thead th:nth-child(3)'))",
    )
    assert top >= -1
    assert "Quy hoạch" in text


def test_a_letter_leads_to_its_explanation(quiet: Chrome, folders: dict[str, Path]) -> None:
    at_width(quiet, WIDE)
    quiet.get((folders["vi"] / "index.html").as_uri())
    quiet.find_element("css selector", ".heat tbody tr:last-child td:nth-child(10) a").click()
    assert quiet.current_url.endswith("/don-vi-03595.html#tieu-chi-8")
    target = quiet.find_element("css selector", ":target")
    assert "Tiêu chí 8. Môi trường" in target.text
    assert 0 <= measured(quiet, "document.querySelector(':target').getBoundingClientRect().top") < 800


def test_tables_can_be_sorted_by_their_numbers(quiet: Chrome, folders: dict[str, Path]) -> None:
    quiet.get((folders["vi"] / "gan-dat-chuan.html").as_uri())
    column = (
        "[...document.querySelector('table').querySelectorAll('tbody td:nth-child(6)')].map(e => Number(e.textContent))"
    )
    before = measured(quiet, column)
    button = quiet.find_element("css selector", "thead th:nth-child(6) button")
    button.click()
    assert measured(quiet, column) == sorted(before)
    button.click()
    assert measured(quiet, column) == sorted(before, reverse=True)
    assert quiet.find_element("css selector", "thead th:nth-child(6)").get_attribute("aria-sort") == "descending"


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


def test_every_dot_lies_on_its_side_of_the_target_and_none_hides_another(
    quiet: Chrome, folders: dict[str, Path]
) -> None:
    for width in (NARROW, WIDE):
        at_width(quiet, width)
        quiet.get((folders["vi"] / "chi-tieu-6-1.html").as_uri())
        middle = "(e => { const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })"
        dots = measured(quiet, f"[...document.querySelectorAll('.plot .dot')].map({middle})")
        assert len(dots) == 5
        assert all(abs(x - u) > 8 or abs(y - v) > 8 for i, (x, y) in enumerate(dots) for u, v in dots[:i])
        kinds = measured(quiet, "[...document.querySelectorAll('.plot .dot')].map(e => e.className)")
        assert any("v-not-met" in kind for kind in kinds)


def test_no_words_run_over_the_part_of_a_bar_in_which_they_stand(quiet: Chrome, folders: dict[str, Path]) -> None:
    """A part shows as much as it has room for: letter and number, the number, or its colour alone."""
    told = (
        "[...document.querySelectorAll('.part > [class^=digits-]')].filter(e => e.checkVisibility())"
        ".map(e => [e.textContent, e.getBoundingClientRect().width - e.parentElement.clientWidth])"
    )
    for name in ("co-quan.html", "index.html", "gan-dat-chuan.html", "don-vi-03508.html", "chi-tieu-8-1.html"):
        for width in (WIDE, 390, NARROW):
            at_width(quiet, width)
            quiet.get((folders["vi"] / name).as_uri())
            found = measured(quiet, told)
            assert [one for one in found if one[1] > 0] == [], (name, width)
            assert found


def test_the_map_is_seen_whole_and_no_name_on_it_is_cut(quiet: Chrome, folders: dict[str, Path]) -> None:
    tiles = (
        "[...document.querySelectorAll('.tiles .tile')].map(e => [e.textContent, getComputedStyle(e).overflowWrap,"
        " e.scrollWidth - e.clientWidth])"
    )
    hidden = "[...document.querySelectorAll('.maps')].map(e => e.scrollWidth - e.clientWidth)"
    for name in ("mot-trang.html", "chi-tieu-8-1.html"):
        for width in (WIDE, 900, 390):
            at_width(quiet, width)
            quiet.get((folders["vi"] / name).as_uri())
            found = measured(quiet, tiles)
            assert len(found) == 38, "36 communes and two wards"
            assert [one for one in found if one[1] != "normal" or one[2] > 2] == [], (
                name,
                width,
            )  # the space between tiles
            assert max(measured(quiet, hidden)) <= 0, (name, width)


def test_a_table_of_counts_is_seen_whole_on_a_phone(quiet: Chrome, folders: dict[str, Path]) -> None:
    at_width(quiet, 390)
    quiet.get((folders["vi"] / "index.html").as_uri())
    hidden = "[...document.querySelectorAll('.wide:has(> .counts)')].map(e => e.scrollWidth - e.clientWidth)"
    assert measured(quiet, hidden)
    assert max(measured(quiet, hidden)) <= 0


def test_how_many_communes_miss_an_indicator_is_seen_on_a_phone_without_scrolling(
    quiet: Chrome, folders: dict[str, Path]
) -> None:
    at_width(quiet, 390)
    quiet.get((folders["vi"] / "chi-tieu.html").as_uri())
    beyond = (
        "[...document.querySelectorAll('.wide table tbody tr')].map(e => e.cells[3].getBoundingClientRect().right"
        " - e.closest('.wide').getBoundingClientRect().right)"
    )
    found = measured(quiet, beyond)
    assert len(found) == 48
    assert max(found) <= 0


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


def test_a_name_is_found_without_its_marks_and_only_what_is_not_met_can_be_kept(
    quiet: Chrome, folders: dict[str, Path]
) -> None:
    at_width(quiet, WIDE)
    quiet.get((folders["vi"] / "index.html").as_uri())
    shown = "[...document.querySelectorAll('.heat tbody tr')].filter(e => e.checkVisibility()).map(e => e.cells[0].textContent)"
    everyone = measured(quiet, shown)
    quiet.find_element("css selector", "#loc-1").send_keys("ta tong")
    assert measured(quiet, shown) == ["Tà Tổng"]
    assert quiet.find_element("css selector", ".filter [role=status]").text == "Đang hiện: 1/5"
    quiet.find_element("css selector", "#loc-1").clear()
    quiet.find_element("css selector", "#loc-1").send_keys(" ")
    assert measured(quiet, shown) == everyone
    quiet.execute_script(  # type: ignore[no-untyped-call]
        "const s = document.querySelector('#loc-3'); s.selectedIndex = 8; s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    missed = "[...document.querySelectorAll('.heat tbody tr')].filter(e => e.cells[9].matches('.v-not-met')).map(e => e.cells[0].textContent)"
    assert 0 < len(measured(quiet, missed)) < len(everyone)
    assert measured(quiet, shown) == measured(quiet, missed)


def test_folds_open_where_a_link_leads_also_without_a_script_and_on_paper(
    quiet: Chrome, folders: dict[str, Path]
) -> None:
    at_width(quiet, WIDE)
    there = (folders["vi"] / "don-vi-03595.html").as_uri()
    seen = "document.getElementById('yeu-cau-8-1-b').checkVisibility({contentVisibilityAuto: true})"
    quiet.get(there)
    assert not measured(quiet, seen)
    quiet.get(there + "#yeu-cau-8-1-b")
    assert measured(quiet, seen)
    quiet.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        quiet.get(there)
        printed = quiet.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    finally:
        quiet.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    text = " ".join(
        sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages
    )
    assert "chưa đạt, còn thiếu 0,04 điểm %" in " ".join(text.split())
    assert "Tìm tên" not in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_for_a_leader_is_one_sheet(quiet: Chrome, folders: dict[str, Path], language: str) -> None:
    quiet.get((folders[language] / "mot-trang.html").as_uri())
    assert sheets(quiet) == 1


def sheets(browser: Chrome) -> int:
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    return len(pypdf.PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages)
