"""How the province stands, on the pages: the headline, documents awaited, who handed in, two years, one sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.i18n import use_language
from ntm_rules.report.pages.writing import write_pages
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.pages import SITE, render_page, style
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import YearsRead
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.runs.site import site_contents
from ntm_rules.standing.values import Lack
from ntm_rules.standing.years import Move
from ntm_rules.wording.decisions import waiting_counts
from ntm_rules.wording.standing import (
    counts_apart_words,
    headline,
    headline_of_commune,
    law_of_years_words,
    no_longer_words,
)
from tests.conftest import SAMPLE
from tests.report.pages.html_pages import Element, read_page, read_pages
from tests.report.site.conftest import DAY, contents_of, rendered
from tests.report.site.test_figures import table_after, under, words
from tests.report.site.test_in_browser import sheets

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

YES, NO = Reported(State.PRESENT, 1), Reported(State.PRESENT, 0)


def test_what_can_be_judged_today_stands_first(bare: Contents) -> None:
    pages = read_pages(rendered(bare, "vi"))
    said = [f"{line}." for line in headline(bare.rules, bare.overview.ceiling)]
    for name in ("index.html", "mot-trang.html"):
        first = pages[name].all("div", "headline")[0]
        assert [line.words for line in first.all("p")] == said
    for record in bare.reported:
        page = pages[f"don-vi-{bare.records[record].code}.html"]
        counts = bare.overview.communes[record].criteria, bare.overview.communes[record].indicators
        assert page.all("div", "headline")[0].words == headline_of_commune(*counts)
        assert page.all("ul", "figures")[0].all("b")[0].words == f"{counts[0].met}/{counts[0].judgeable}"


def test_documents_awaited_have_an_owner_a_day_and_the_days_overdue(bare: Contents) -> None:
    rows = words(table_after(read_pages(rendered(bare, "vi"))["index.html"], "van-ban-cho"))
    [document] = [one for one in bare.overview.awaited if one.due == dt.date(2026, 7, 31)]
    [row] = [row for row in rows if row[2] == "31/7/2026"]
    assert row[1] == "Sở Nông nghiệp và Môi trường"
    assert row[3] == "121 ngày"
    assert row[4].startswith(f"{len(document.indicators)} chỉ tiêu")
    assert len(rows) == len(bare.overview.awaited)


def test_targets_all_fixed_await_nothing(contents: Contents, pages: dict[str, Element]) -> None:
    assert contents.overview.awaited == []
    assert "Văn bản còn chờ" not in pages["index.html"].words
    assert "mọi mức đạt đã có" in pages["mot-trang.html"].words


@pytest.fixture(scope="module")
def partly(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """One commune in order, one whose file is damaged, one whose form says nothing."""
    folder = tmp_path_factory.mktemp("phieu")
    (folder / "03430-khun-ha.xlsx").write_bytes(b"no workbook")
    (folder / "03595-than-uyen.xlsx").write_bytes((SAMPLE / "03595-than-uyen.xlsx").read_bytes())
    dataset = read_dataset([folder], open_rulebook(LawAsked()).questionnaire())
    blank = CommuneYear("03508", "Hồng Thu", 2026)
    return contents_of(replace(dataset, records=[*dataset.records, blank], illustrative=False))


def test_who_handed_in_nothing_usable_is_no_commune_without_gaps(partly: Contents) -> None:
    pages = read_pages(rendered(partly, "vi"))
    index = pages["index.html"].words
    assert "1/36 xã có báo cáo dùng được; 2 xã nộp phiếu nhưng chưa dùng được; 33 xã chưa nộp" in index
    for code, name in (("03430", "Khun Há"), ("03508", "Hồng Thu")):
        page = pages[f"don-vi-{code}.html"]
        assert "Nộp phiếu nhưng chưa dùng được" in page.words
        assert "Không có yêu cầu nào đã đánh giá mà chưa đạt" not in page.words
        assert not page.all("ul", "figures")
        assert name not in [row[1] for row in words(table_after(pages["gan-dat-chuan.html"], "xep-thu-tu"))]
        assert name not in [row[0] for row in words(table_after(pages["index.html"], "tung-xa"))]
        assert name in pages["chi-tieu-8-1.html"].words
    data = {row[0]: row[1] for row in words(table_after(pages["so-lieu.html"], "tung-xa"))}
    assert data["Khun Há"] == "Nộp phiếu nhưng chưa dùng được"
    assert "03430-khun-ha.xlsx" in under(pages["don-vi-03430.html"], "vi-sao").parent.words  # type: ignore[union-attr]
    assert [row[0] for row in words(table_after(pages["chi-tieu-8-1.html"], "tung-xa"))] == ["Than Uyên"]
    tiles = {tile.words.split(" ")[0]: tile for tile in pages["index.html"].all("ul", "tiles")[0].all("li")}
    assert tiles["Khun"].all("a", "silent")[0].attributes["href"] == "don-vi-03430.html"
    counted = next(row for row in words(table_after(pages["index.html"], "theo-nhom")) if row[0] == "Được đánh giá")
    assert counted[1] == "1/1"


@pytest.mark.long
def test_every_link_of_such_pages_leads_somewhere(partly: Contents) -> None:
    files = rendered(partly, "vi")
    ids = {name: {e.attributes.get("id") for e in page.walk()} for name, page in read_pages(files).items()}
    broken = []
    for name, page in read_pages(files).items():
        for link in page.all("a"):
            file, _, anchor = link.attributes["href"].partition("#")
            if (file or name) not in files or (anchor and anchor not in ids[file or name]):
                broken.append((name, link.attributes["href"]))
    assert broken == []


@pytest.fixture(scope="module")
def two_years() -> Contents:
    """Than Uyên gained 2.3 and lost 2.1.a since 2026, and says that it has been recognised; Bình Lư has only 2027."""
    rulebook = open_rulebook(LawAsked())
    dataset = read_dataset([SAMPLE / "03595-than-uyen.xlsx"], rulebook.questionnaire())
    now = next(record for record in dataset.records if record.code == "03595" and record.year == 2026)
    before = {**now.values, "disaster_preparedness_in_place": NO, "rural_roads_connected": YES}
    recognition = Reported(State.PRESENT, 1, document="Quyết định 7/QĐ-UBND")
    after = {
        **now.values,
        "disaster_preparedness_in_place": YES,
        "rural_roads_connected": NO,
        "recognition_decision": recognition,
    }
    records = [
        CommuneYear("03595", "Than Uyên", 2026, before),
        CommuneYear("03595", "Than Uyên", 2027, after),
        CommuneYear("03390", "Bình Lư", 2027, after),
    ]
    return replace(site_contents(YearsRead(rulebook, Dataset(records, [], dataset.inputs), [2027])), day=DAY)


@pytest.mark.long
def test_two_years_say_what_rose_and_what_fell(two_years: Contents) -> None:
    pages = read_pages(rendered(two_years, "vi"))
    years = two_years.overview.years
    assert years is not None
    moved = {(change.id, change.move) for change in years.of_level("indicator")}
    assert ("2.3", Move.ROSE) in moved
    said = pages["don-vi-03595.html"].all("ul", "moves")[0].words
    assert "Nay đạt: chỉ tiêu 2.3" in said
    assert law_of_years_words(years) in pages["don-vi-03595.html"].words
    assert "Xã không có báo cáo dùng được của năm 2026" in pages["don-vi-03390.html"].words
    page = pages["hai-nam.html"]
    assert "Chỉ so sánh 1 xã" in page.words
    for id_, level in (("theo-xa-tieu-chi", "criterion"), ("theo-xa-chi-tieu", "indicator")):
        counts = years.by_commune(level)
        if counts:
            rows = words(table_after(page, id_))
            told = [[change.id for change in years.of_level(level, move)] for move in Move]
            assert rows == [["Than Uyên", *(f"{len(ids)} {', '.join(ids)}".strip() for ids in told)]], (
                "how many and which"
            )
    rows = words(table_after(page, "theo-chi-tieu"))
    assert {row[0].split(" ")[0] for row in rows} == set(years.by_id("indicator"))
    trend = under(pages["index.html"], "qua-cac-nam").parent
    assert trend is not None
    assert "2026: 1 xã được đánh giá" in pages["index.html"].words
    assert "2027: 2 xã được đánh giá" in pages["index.html"].words


def test_a_commune_recognised_and_no_longer_up_to_it_is_told(two_years: Contents) -> None:
    pages = read_pages(rendered(two_years, "vi"))
    fallen = [one for one in two_years.overview.recognised if one.no_longer]
    assert {one.code for one in fallen} == {"03390", "03595"}
    for one in fallen:
        assert no_longer_words(one) in pages["index.html"].words
        assert no_longer_words(one) in pages[f"don-vi-{one.code}.html"].words
    assert "Đã công nhận mà nay chưa đạt đủ (2):" in pages["mot-trang.html"].words


def test_a_conclusion_awaited_is_no_figure_owed(forms: Dataset) -> None:
    one = next(record for record in forms.records if record.code == "03595" and record.year == 2026)
    awaited = {**one.values, "health_criteria_ruling": Reported(State.AWAITED)}
    rulings = [m.id for m in open_rulebook(LawAsked()).for_year(2026).measures.values() if m.kind == "ruling"]
    awaited |= {measure: Reported(State.AWAITED) for measure in rulings}
    contents = contents_of(Dataset([CommuneYear(one.code, one.name, 2026, awaited)], [], forms.inputs))
    page = read_pages(rendered(contents, "vi"))["don-vi-03595.html"]
    listed = under(page, "cho-ket-luan").parent
    assert listed is not None
    assert "Chờ kết luận của" in listed.words
    assert "Kết luận còn chờ, không phải số liệu xã còn thiếu" in page.words
    assert contents.lacking[0]


def province(communes: int, day: dt.date = DAY) -> Contents:
    """A province of so many communes, each on a tile, all with the figures of one."""
    rulebook = open_rulebook(LawAsked())
    read = read_dataset([SAMPLE / "03463-ta-tong.xlsx"], rulebook.questionnaire())
    values = next(record for record in read.records if record.year == 2026).values
    rules = rulebook.for_year(2026)
    units = [
        Commune(f"{10000 + i}", f"Mường Thượng Nguồn {i}", "xa", dt.date(2025, 7, 1), tile=(1 + i // 8, 1 + i % 8))
        for i in range(communes)
    ]
    rules = replace(rules, communes=Register(units, "xa"))
    records: Sequence[CommuneYear] = [CommuneYear(unit.code, unit.name, 2026, values) for unit in units]
    dataset = Dataset(list(records), [], read.inputs, illustrative=True)
    return Contents(evaluate(rules, records, years=[2026]), [], dataset, [], {}, (), day)


@pytest.mark.long
@pytest.mark.parametrize("communes", [0, 1, 56, 100])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_for_a_leader_is_one_sheet_whatever_the_province(
    quiet: Chrome, tmp_path: Path, communes: int, language: str
) -> None:
    contents = province(communes)
    try:
        use_language(language)
        sheet = render_page(contents, "sheet")
    finally:
        use_language(None)
    write_pages(SITE, tmp_path, {"mot-trang.html": sheet, **style(contents)}, {})
    quiet.get((tmp_path / "mot-trang.html").as_uri())
    assert sheets(quiet) == 1
    page = read_page(sheet)
    assert len(page.all("ul", "figures")[0].all("li")) == 5
    assert len(page.all("ul", "tiles")) == (communes in (1, 56)), (
        "a map too large for the sheet is left to the first page"
    )
    assert len(page.all("ol", "nearest")[0].all("li")) == max(1, min(5, communes))


def test_what_waits_for_a_decision_is_counted_without_what_is_none(bare: Contents) -> None:
    for document in bare.overview.awaited:
        said = waiting_counts(document)
        assert ("chỉ tiêu" in said) is bool(document.indicators)
        assert ("điều kiện" in said) is bool(document.conditions)
        assert said in read_page(render_page(bare, "sheet")).words
    assert {bool(one.conditions) for one in bare.overview.awaited} == {True, False}


def test_each_count_of_what_is_missing_says_what_it_counts(forms: Dataset) -> None:
    one = next(record for record in forms.records if record.code == "03390" and record.year == 2026)
    one = replace(one, values={**one.values, "planning_criterion_met": Reported(State.INVALID, written="?")})
    blank = CommuneYear("03433", "Bum Tở", 2026)
    contents = contents_of(Dataset([one, blank], [], forms.inputs))
    pages = read_pages(rendered(contents, "vi"))
    record = next(at for at, found in enumerate(contents.records) if found.code == "03390")
    owed = len(contents.lacking[record][Lack.FIGURE])
    page = pages["don-vi-03390.html"].words
    assert f"{owed} yêu cầu thiếu số liệu (chưa báo cáo hoặc không dùng được)" in page
    assert f"Số yêu cầu thiếu số liệu: {owed}." in page
    for name in ("don-vi-03390.html", "so-lieu.html"):
        assert counts_apart_words() in pages[name].words
    asked = len(contents.rules.reported_measures)
    lacking = len(contents.lacking[1 - record][Lack.FIGURE])
    said = f"Mọi số liệu, câu trả lời mà quy định hỏi xã: {asked}. Số yêu cầu thiếu số liệu: {lacking}."
    assert said in pages["don-vi-03433.html"].words


def test_the_figures_of_an_indicator_are_of_the_communes_counted_beside_them(forms: Dataset) -> None:
    one = next(record for record in forms.records if record.code == "03390" and record.year == 2026)
    pages = read_pages(
        rendered(contents_of(Dataset([one, CommuneYear("03433", "Bum Tở", 2026)], [], forms.inputs)), "vi")
    )
    first = words(table_after(pages["so-lieu.html"], "tung-chi-tieu"))[0]
    assert first[0] == "1"
    assert first[2] == "1/1"
    assert first[-1] == "0/1"
