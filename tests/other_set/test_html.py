"""Pages and charts of a set of another shape: letters as ids, regions, points, no further conditions, two years."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.gaps import things_to_do
from ntm_rules.report.charts import province
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.pages import render_site
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import YearsRead
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.runs.site import site_contents
from ntm_rules.standing.distance import distance
from ntm_rules.standing.lacks import Lack
from tests.conftest import Ntm
from tests.other_set.conftest import AMENDMENT, DATA, LAW, SET
from tests.other_set.test_commands import INDICATORS, LAI_CHAU_WORDS
from tests.other_set.test_cross_checks import FOUND
from tests.report.pages.html_pages import Element, read_pages


@pytest.fixture(scope="module")
def contents() -> Contents:
    rulebook = open_rulebook(LawAsked(str(SET)))
    read = YearsRead(rulebook, read_dataset([DATA], rulebook.questionnaire()), [2032])
    return replace(site_contents(read), day=dt.date(2032, 12, 31))


@pytest.fixture(scope="module")
def pages(ntm: Ntm, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    out = tmp_path_factory.mktemp("trang") / "trang"
    done = ntm("report", "html", DATA, *LAW, "-o", out)
    assert done.returncode == 3, "one unit of the data is of another type, which is only a warning"
    return read_pages({path.name: path.read_bytes() for path in out.iterdir()})


def test_every_letter_is_the_engines_verdict(contents: Contents, pages: dict[str, Element]) -> None:
    evaluation = contents.evaluation
    [heat] = pages["index.html"].all("table", "heat")
    for record, row in enumerate(heat.all("tbody")[0].all("tr")):
        verdicts = [evaluation.verdict(at, record) for at in evaluation.level("criterion")]
        cells = row.all("td", "cell")
        assert [cell.words for cell in cells] == [f"{verdict.letter}{verdict.label}" for verdict in verdicts]


def test_no_word_of_another_set_is_said(pages: dict[str, Element]) -> None:
    assert [(name, found) for name, page in pages.items() if (found := LAI_CHAU_WORDS.search(page.words))] == []


def test_every_indicator_has_its_page_and_its_explanation(contents: Contents, pages: dict[str, Element]) -> None:
    assert {f"chi-tieu-{id_.lower()}.html" for id_ in INDICATORS} <= set(pages)
    for record, at in enumerate(contents.records):
        badges = [
            section.all("span", "badge")[0].words
            for section in pages[f"don-vi-{at.code}.html"].all("section", "explained")
        ]
        verdicts = [contents.evaluation.verdict(contents.row(id_), record) for id_ in INDICATORS]
        waits = {Lack.RULING: "Chờ kết luận", Lack.GROUP: "Chờ xếp nhóm xã"}
        kinds = [contents.overview.lacks.kind(contents.row(id_), record) for id_ in INDICATORS]
        said = [waits.get(kind) or verdict.label for kind, verdict in zip(kinds, verdicts, strict=True)]
        assert badges == [f"{verdict.letter} {words}" for verdict, words in zip(verdicts, said, strict=True)]


def test_points_are_shown_and_never_order(contents: Contents, pages: dict[str, Element]) -> None:
    said = pages["gan-dat-chuan.html"].words
    assert "Điểm không tham gia xếp thứ tự" in said
    rows = [
        [cell.words for cell in row.children if cell.tag in ("td", "th")]
        for row in pages["gan-dat-chuan.html"].all("tbody")[0].all("tr")
    ]
    points = {row[1]: row[11] for row in rows}
    assert points["Hòn Mây"] == "62,5/80"
    left = [(one.criteria_left, one.left.requirements, one.left.distance) for one in contents.overview.nearest]
    assert left == sorted(left)


def test_an_or_within_an_or_is_one_thing_to_do(contents: Contents, pages: dict[str, Element]) -> None:
    below = ["A-01-dien-tich", "A-01-nguoi-giu", "A-01-tau-tuan", "A-01-ke"]
    assert things_to_do(contents.rules, below) == 1
    assert things_to_do(contents.rules, [*below, "A-02"]) == 2
    assert "4 khoảng cách phải thu hẹp" in pages["don-vi-90020.html"].words


def test_the_sets_own_cross_checks_are_on_its_pages_and_none_where_a_set_has_none(
    contents: Contents, pages: dict[str, Element]
) -> None:
    table = pages["so-lieu.html"].all("table")[-1]
    rows = [[cell.words for cell in row.children if cell.tag in ("td", "th")] for row in table.all("tr")[1:]]
    order = ["error", "warning", "info"]
    expected = [(check, said) for _code, check, _s, _m, said in sorted(FOUND, key=lambda one: order.index(one[2]))]
    assert [(row[2], row[3]) for row in rows] == expected
    line = "Kiểm tra chéo: 1 lỗi, 2 cảnh báo, 5 lưu ý. Đây là chỗ cần xem lại, không làm thay đổi kết quả nào."
    assert line in pages["index.html"].words
    assert line in pages["so-lieu.html"].words
    without = replace(contents.evaluation, rules=replace(contents.rules, cross_checks=()))
    bare = read_pages(render_site(replace(contents, evaluation=without)))
    assert not [name for name, page in bare.items() if "Kiểm tra chéo" in page.words]


def test_without_further_conditions_nothing_is_said_of_them(pages: dict[str, Element]) -> None:
    assert not [name for name, page in pages.items() if re.search(r"\bĐK\b|Điều kiện khác để xét", page.words)]


def test_a_year_that_only_a_growth_starts_from_is_no_year_reported(
    contents: Contents, pages: dict[str, Element]
) -> None:
    assert contents.earlier == []
    assert contents.overview.years is None
    assert "hai-nam.html" not in pages
    assert not [
        name for name, page in pages.items() if "qua các năm" in page.words.lower() and name.startswith("don-vi")
    ]


def test_bands_and_criteria_of_another_shape_are_drawn(contents: Contents, pages: dict[str, Element]) -> None:
    total = len(contents.records)
    bands = pages["index.html"].all("figure", "lengths")[0].all("li")
    assert bands[0].words == f"Mọi đặc khu {total}/{total}"
    counts = Counter(contents.evaluation.verdict(contents.evaluation.level("criterion")[0], r) for r in range(total))
    said = province.criteria_chart(contents.evaluation).description
    assert all(f"{verdict.label} {n}" in said.split(";")[0] for verdict, n in counts.items())


def test_an_amendment_and_another_language_are_taken(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm(
        "report", "html", DATA, *LAW, "--overlay", AMENDMENT, "--lang", "en", "--year", "2032", "-o", tmp_path / "x"
    )
    assert done.returncode == 3
    said = read_pages({"nguon.html": (tmp_path / "x" / "nguon.html").read_bytes()})["nguon.html"].words
    assert AMENDMENT.name in said


def test_of_alternatives_the_nearest_says_how_far_an_indicator_is(contents: Contents) -> None:
    """Forest short by a fifth and boats by half, nobody to guard it and no sea wall: half is left."""
    commune_ = next(c for c in contents.rules.communes.within() if c.group == "vung-thap")
    values = {
        "has_coast": Reported(State.PRESENT, 1),
        "forest_guarded": Reported(State.PRESENT, 0),
        "sea_wall_ruling": Reported(State.PRESENT, 0),
        "coastal_forest_area": Reported(State.PRESENT, 10 * 10**7),
        "fishing_boats": Reported(State.PRESENT, 1 * 10**7),
    }
    found = evaluate(contents.rules, [CommuneYear(commune_.code, commune_.name, 2032, values)])
    far = {
        id_: distance(found, found.row_of["requirement", id_], 0)
        for id_ in ("A-01-giu", "A-01-rung", "A-01-rung-hay-ke")
    }
    assert far == {"A-01-giu": Fraction(1, 2), "A-01-rung": Fraction(1, 2), "A-01-rung-hay-ke": Fraction(1, 2)}
    assert distance(found, found.row_of["requirement", "A-01-dien-tich"], 0) == Fraction(1, 5)
    assert distance(found, found.row_of["indicator", "A-01"], 0) == Fraction(1, 2)


def test_a_register_without_tiles_has_no_map(pages: dict[str, Element]) -> None:
    assert not [name for name, page in pages.items() if page.all("ul", "tiles")]
