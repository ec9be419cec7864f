"""What stands on the pages is what the engine says: letters, counts with denominators, values, gaps, orders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.views.sheet import share_words
from ntm_rules.standing.agencies import by_effect
from ntm_rules.standing.completeness import of_commune
from ntm_rules.standing.lacks import Lack
from ntm_rules.standing.nearest import Order
from ntm_rules.wording.findings import finding_words, mend_words
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.standing import order_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words
from tests.report.pages.html_pages import Element

Pages = dict[str, Element]


def under(page: Element, id_: str) -> Element:
    return next(element for element in page.walk() if element.attributes.get("id") == id_)


def table_after(page: Element, id_: str) -> list[list[Element]]:
    """The rows of the first table after a heading: their cells."""
    elements = list(page.walk())
    start = next(i for i, e in enumerate(elements) if e.attributes.get("id") == id_)
    table = next(e for e in elements[start:] if e.tag == "table")
    return [[cell for cell in row.children if cell.tag in ("td", "th")] for row in table.all("tbody")[0].all("tr")]


def words(rows: list[list[Element]]) -> list[list[str]]:
    return [[cell.words for cell in row] for row in rows]


def commune_pages(contents: Contents, pages: Pages) -> Iterator[tuple[int, Element]]:
    for record, at in enumerate(contents.records):
        yield record, pages[f"don-vi-{at.code}.html"]


def said_of(contents: Contents, row: int, record: int) -> str:
    """A verdict's words; one that waits for a body's conclusion, or the commune's group, is no lack of data."""
    kind = contents.overview.lacks.kind(row, record)
    waits = {Lack.RULING: "Chờ kết luận", Lack.GROUP: "Chờ xếp nhóm xã"}
    return waits.get(kind) or str(contents.evaluation.verdict(row, record).label)


# --- all communes ------------------------------------------------------------------------------


@pytest.mark.long
def test_every_letter_of_the_heat_map_is_the_engines_verdict_and_leads_to_it(contents: Contents, pages: Pages) -> None:
    evaluation = contents.evaluation
    columns = [*evaluation.level("criterion"), *evaluation.level("recognition")]
    rows = table_after(pages["index.html"], "tung-xa")
    assert len(rows) == len(contents.records)
    for record, row in enumerate(rows):
        assert row[0].words == contents.records[record].name
        counted = contents.overview.communes[record].criteria
        assert row[1].words == f"{counted.met}/{counted.applicable}", "what decides is seen first on a phone"
        for cell, at in zip(row[2 : 2 + len(columns)], columns, strict=True):
            verdict = evaluation.verdict(at, record)
            assert cell.words == f"{verdict.letter}{said_of(contents, at, record)}"
            assert f"v-{verdict.name.lower().replace('_', '-')}" in cell.attributes["class"].split()
            file, _, anchor = cell.all("a")[0].attributes["href"].partition("#")
            assert file == f"don-vi-{contents.records[record].code}.html"
            explained = under(pages[file], anchor)
            if evaluation.table[at].level == "criterion":
                badge = explained.all("span", "badge")[0]
                assert badge.words == f"{verdict.letter} {said_of(contents, at, record)}"


def test_counts_of_communes_stand_before_their_denominators(contents: Contents, pages: Pages) -> None:
    total = len(contents.records)
    by_band = Counter(band.id for r in range(total) if (band := contents.evaluation.band(r)))
    found = {row[0].words: [cell.words for cell in row[1:]] for row in table_after(pages["index.html"], "theo-nhom")}
    for band in contents.rules.bands:
        assert found[band.title.vi][0] == f"{by_band[band.id]}/{total}"
        by_group = [int(cell.partition("/")[0]) for cell in found[band.title.vi][1:]]
        assert sum(by_group) == by_band[band.id]
    groups = [*contents.rules.groups, None]
    of = [f"{n}/{n}" for n in (sum(g == group for g in contents.evaluation.groups) for group in groups)]
    assert found["Được đánh giá"] == [f"{total}/{total}", *of]
    shown = [item.words for item in pages["index.html"].all("ul", "figures")[0].all("li")]
    cells = Counter(
        contents.evaluation.verdict(row, record)
        for row in contents.evaluation.level("indicator")
        for record in range(total)
    )
    applying = cells.total() - cells[Verdict.NOT_APPLICABLE]
    assert shown == [
        f"1/{total} xã đạt đủ mọi tiêu chí",
        f"0/{total} xã đã có quyết định công nhận, theo báo cáo",
        f"{cells[Verdict.MET]}/{contents.judgeable} lượt chỉ tiêu × xã đạt, trên số đánh giá được (phải áp dụng: {applying})",
        f"{total}/36 xã có báo cáo dùng được; {36 - total} xã chưa nộp",
    ]


def test_what_is_wrong_and_what_to_look_at_again_is_counted_on_the_first_page(contents: Contents, pages: Pages) -> None:
    lines = [item.words for item in under(pages["index.html"], "so-lieu").all("li")]
    problems = Counter(problem.severity for problem in contents.dataset.problems)
    found = Counter(finding.severity for finding in contents.findings)
    assert problems["error"] > 0
    assert found["warning"] > 0
    assert lines == [
        f"Vấn đề về số liệu: {problems['error']} lỗi, {problems['warning']} cảnh báo",
        f"Kiểm tra chéo: {found['error']} lỗi, {found['warning']} cảnh báo, {found['info']} lưu ý."
        " Đây là chỗ cần xem lại, không làm thay đổi kết quả nào.",
    ]
    links = [link.attributes["href"] for link in under(pages["index.html"], "so-lieu").all("a")]
    assert links == ["so-lieu.html#van-de", "so-lieu.html#kiem-tra-cheo"]


def test_every_finding_of_the_cross_checks_is_on_the_page_of_data_the_gravest_first(
    contents: Contents, pages: Pages
) -> None:
    rules = contents.rules
    expected = [
        [finding.name, str(finding.severity.words), finding.check.id, finding_words(rules, finding)]
        for severity in ("error", "warning", "info")
        for finding in cross_check(contents.evaluation, contents.dataset)
        if finding.severity == severity
    ]
    rows = words(table_after(pages["so-lieu.html"], "kiem-tra-cheo"))
    assert [row[:4] for row in rows] == expected
    assert "không làm thay đổi kết quả nào" in pages["so-lieu.html"].words


def test_a_communes_page_holds_its_own_findings_by_check_with_what_to_do(contents: Contents, pages: Pages) -> None:
    findings = cross_check(contents.evaluation, contents.dataset)
    for record, page in commune_pages(contents, pages):
        code = contents.records[record].code
        own = [finding for finding in findings if finding.code == code]
        lists = page.all("ul", "findings")
        said = [item.words for one in lists for inner in one.all("ul", "found") for item in inner.all("li")]
        assert len(said) == len(own)
        for finding in own:
            assert any(one.startswith(finding_words(contents.rules, finding)) for one in said)
            assert f"→ {mend_words(contents.rules, finding)}" in lists[0].words
        assert "không làm thay đổi kết quả nào" in page.words
    assert "8.1.b" in pages["don-vi-03595.html"].all("ul", "findings")[0].words


def test_communes_without_a_report_are_named(contents: Contents, pages: Pages) -> None:
    silent = [c.name for c in contents.rules.communes.within() if c.code not in {r.code for r in contents.records}]
    said = pages["index.html"].words
    assert len(silent) == 36 - len(contents.records)
    assert ", ".join(silent) in said
    assert "Phường Đoàn Kết" in said


def test_the_nearest_stand_in_both_orders_with_what_each_rests_on(contents: Contents, pages: Pages) -> None:
    view = contents.overview
    for id_, ranking in (("xep-thu-tu", view.nearest), ("theo-khoang-cach", view.nearest_by_distance)):
        rows = words(table_after(pages["gan-dat-chuan.html"], id_))
        assert [(*row[:4], *row[5:11]) for row in rows] == [
            (
                str(one.place),
                contents.records[one.record].name,
                str(one.criteria_left),
                str(one.left.requirements),
                str(one.left.gaps),
                str(one.commune.owed),
                str(one.commune.rulings),
                str(one.waiting),
                f"{one.commune.criteria.met}/{one.commune.criteria.judgeable}",
                f"{one.commune.indicators.met}/{one.commune.indicators.judgeable}",
            )
            for one in ranking
        ]
    said = pages["gan-dat-chuan.html"].words
    assert order_words(Order.FEWEST) in said
    assert order_words(Order.DISTANCE) in said


# --- a commune ---------------------------------------------------------------------------------


def test_a_communes_gaps_are_the_evaluations_with_value_target_and_what_is_missing(
    contents: Contents, pages: Pages
) -> None:
    evaluation, rules = contents.evaluation, contents.rules
    for record, page in commune_pages(contents, pages):
        expected = []
        for held, gap in evaluation.gaps(record):
            requirement = held.requirement
            expected.append(
                (
                    requirement.id,
                    actual_words(rules, held),
                    target_words(rules, requirement, held.target),
                    gap_words(rules, requirement, gap),
                    rules.agencies[requirement.lead].name.vi,
                )
            )
        ors = {"3.3": "3.3", "3.10": "3.10"}
        things = len({ors.get(one[0].rpartition(".")[0], one[0]) for one in expected})
        assert f"{things} khoảng cách phải thu hẹp" in page.words
        assert things < len(expected) or len(expected) < 2, "an or counts as one"
        if not expected:
            assert "Không có yêu cầu nào đã đánh giá mà chưa đạt." in page.words
            continue
        rows = table_after(page, "con-thieu")
        shown = [(r[0].words, r[2].all("a")[0].words, r[3].words, r[4].words, r[5].words) for r in rows]
        assert shown == expected


def test_every_indicator_of_a_commune_is_explained_with_the_engines_verdict(contents: Contents, pages: Pages) -> None:
    evaluation = contents.evaluation
    for record, page in commune_pages(contents, pages):
        sections = page.all("section", "explained")
        assert len(sections) == len(contents.indicators)
        for indicator, section in zip(contents.indicators, sections, strict=True):
            verdict = evaluation.verdict(contents.row(indicator.id), record)
            said = said_of(contents, contents.row(indicator.id), record)
            assert section.all("span", "badge")[0].words == f"{verdict.letter} {said}"
            concluded = section.all("p", "verdict")[-1].words
            assert concluded.startswith(f"{indicator.id}: {str(verdict.label).upper()}, ")
            for requirement in indicator.requirements():
                explained = under(page, f"yeu-cau-{requirement.id.lower().replace('.', '-')}")
                assert explained.words


def test_an_explanation_states_value_comparison_gap_and_that_a_target_is_invented(pages: Pages) -> None:
    said = under(pages["don-vi-03595.html"], "yeu-cau-8-1-b").words
    assert "79,96% (1.999 / 2.500 tấn)" in said
    assert "từ 80% trở lên: chưa đạt, còn thiếu 0,04 điểm %, tức 1 tấn." in said
    assert "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH" in under(pages["don-vi-03595.html"], "yeu-cau-6-1").words


def test_figures_owed_and_mistakes_of_a_form_stand_on_its_communes_page(contents: Contents, pages: Pages) -> None:
    page = pages["don-vi-03508.html"]
    complete = of_commune(contents.rules, next(r for r in contents.records if r.code == "03508"))
    assert f"Đã báo cáo {complete.given}/{complete.asked} số liệu" in page.words
    assert "không dùng được: 2." in page.words
    assert "03508-hong-thu.xlsx, trang tính «Số liệu», ô D126" in page.words
    found = {item.words for inner in page.all("ul", "found") for item in inner.all("li")}
    owed = [item.words for item in page.all("li") if item.words.startswith("6.3 ") and item.words not in found]
    assert len(owed) == 1
    assert owed[0].endswith("ghi hai lần, hai kết quả khác nhau. Sở Nông nghiệp và Môi trường")


def test_what_opens_a_line_has_a_capital(contents: Contents, pages: Pages) -> None:
    small = contents.rules.requirement_by_id["8.1.b"].text
    assert small.startswith("tỷ lệ")
    rows = {row[0].words: row[1].words for row in table_after(pages["don-vi-03595.html"], "con-thieu")}
    assert rows["8.1.b"] == "T" + small[1:]
    agency = pages["co-quan-so-nong-nghiep-moi-truong.html"]
    assert f"8.1.b. T{small[1:]}" in [heading.words for heading in agency.all("h3")]
    for name, page in pages.items():
        for heading in (*page.all("h1"), *page.all("h2"), *page.all("h3")):
            said = re.sub(r"^[\d.a-z]+\. ", "", heading.words)
            assert not said[:1].islower(), (name, said)


def test_awaited_targets_are_listed_by_the_decision_they_wait_on(bare: Contents, english: dict[str, bytes]) -> None:
    from tests.report.pages.html_pages import read_page

    page = read_page(english["don-vi-03595.html"])
    listed = [item for item in page.all("li") if "due 31/7/2026" in item.words]
    record = next(i for i, r in enumerate(bare.records) if r.code == "03595")
    awaited = {requirement.id for requirement in bare.awaited[record]}
    assert awaited
    assert {link.words for item in listed for link in item.all("a")} <= awaited
    assert {link.words for item in page.all("li") for link in item.all("a")} >= awaited


# --- indicators and agencies -------------------------------------------------------------------


def test_an_indicators_communes_come_nearest_to_pass_first_with_their_values(contents: Contents, pages: Pages) -> None:
    rows = table_after(pages["chi-tieu-6-1.html"], "tung-xa")
    evaluation, rules = contents.evaluation, contents.rules
    requirement = rules.requirement_by_id["6.1"]
    at = evaluation.row_of["requirement", "6.1"]

    def key(record: int) -> tuple[bool, object]:
        gap = evaluation.gap(at, record)
        return (gap is None, gap.closeness if gap else 0)

    order = sorted(range(len(contents.records)), key=key)  # type: ignore[arg-type]
    assert [row[0].words for row in rows] == [contents.records[record].name for record in order]
    for record, row in zip(order, rows, strict=True):
        held = evaluation.held(evaluation.row_of["requirement", requirement.id], record)
        assert row[3].all("a")[0].words == actual_words(rules, held)
        assert row[4].words == target_words(rules, requirement, held.target)
        verdict = evaluation.verdict(contents.row("6.1"), record)
        assert row[2].words == f"{verdict.letter} {verdict.label}"


def test_the_index_of_indicators_counts_communes_of_all(contents: Contents, pages: Pages) -> None:
    total = len(contents.records)
    for criterion in contents.rules.criteria:
        rows = words(table_after(pages["chi-tieu.html"], f"tieu-chi-{criterion.id}"))
        for indicator, row in zip(criterion.indicators, rows, strict=True):
            at = contents.row(indicator.id)
            counts = Counter(contents.evaluation.verdict(at, record) for record in range(total))
            order = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.NOT_APPLICABLE)
            assert row[0] == indicator.id
            assert row[2:7] == [f"{counts[verdict]}/{total}" for verdict in order]


def test_an_indicators_page_gives_the_law_in_characters_and_who_leads(pages: Pages) -> None:
    page = pages["chi-tieu-8-1.html"]
    assert "đạt ≥ 80%;" in page.all("blockquote")[0].words
    assert page.all("p", "reading") == [], "signs of typesetting are no slip"
    facts = {row.all("dt")[0].words: row.all("dd")[0].words for row in page.all("dl", "facts")[0].all("div")}
    assert facts["Căn cứ"].startswith("5434/KH-UBND ngày 01/7/2026")
    assert facts["Cơ quan chủ trì"] == "Sở Nông nghiệp và Môi trường"
    assert facts["Mức đạt chuẩn 8.1.b"].endswith("≥ 80%")


def test_a_slip_of_the_transcription_stands_below_what_is_meant(pages: Pages) -> None:
    page = pages["chi-tieu-7-1.html"]
    assert page.all("blockquote")[0].words.startswith("Điểm bưu chính")
    assert page.all("p", "reading")[0].words.startswith("Bản chép: Điểm buru chính")
    assert [word.words for word in page.all("p", "reading")[0].all("em")] == ["buru"]


def test_no_page_shows_signs_of_typesetting(pages: Pages) -> None:
    assert [name for name, page in pages.items() if "\\geq" in page.words or "\\leq" in page.words] == []


def test_agencies_are_counted_with_their_share_and_what_they_would_change(contents: Contents, pages: Pages) -> None:
    total = len(contents.reported)
    rows = words(table_after(pages["co-quan.html"], "bang"))
    assert [(row[0], *map(int, (row[1], *row[3:7], row[8], row[9])), row[10], row[11]) for row in rows] == [
        (
            contents.rules.agencies[one.agency].name.vi,
            *(one.indicators, one.met, one.not_met, one.owed, one.no_target, one.ruling, one.elsewhere),
            share_words(one.share),
            f"{one.gaining}/{total}",
        )
        for one in contents.overview.agencies
    ]
    stuck = [one for one in by_effect(contents.overview.agencies) if one.gaining]
    bars = pages["co-quan.html"].all("figure", "lengths")[0].all("li")
    assert [bar.words for bar in bars] == [
        f"{contents.rules.agencies[one.agency].name.vi} {one.gaining}/{total}" for one in stuck
    ]


def test_an_agencys_page_lists_who_is_short_the_nearest_first_and_who_owes_figures(
    contents: Contents, pages: Pages
) -> None:
    page = pages["co-quan-so-nong-nghiep-moi-truong.html"]
    by_requirement: dict[str, list[tuple[object, int]]] = {}
    for record in range(len(contents.records)):
        for held, gap in contents.evaluation.gaps(record):
            by_requirement.setdefault(held.requirement.id, []).append((gap.closeness, record))
    rows = table_after(page, "yeu-cau-8-1-b")
    order = [record for _closeness, record in sorted(by_requirement["8.1.b"])]  # type: ignore[type-var]
    assert [row[0].words for row in rows] == [contents.records[record].name for record in order]
    assert rows[0][0].words == "Than Uyên"
    assert rows[0][3].words == "còn thiếu 0,04 điểm %: 1 tấn"
    section = under(page, "yeu-cau-6-3")
    owing = [
        r
        for r in range(len(contents.records))
        if "6.3" in {one.requirement.id for one in contents.overview.lacks.of(r)}
    ]
    assert owing
    assert [item.all("a")[0].words for item in section.all("li")] == [contents.records[r].name for r in owing]


# --- data --------------------------------------------------------------------------------------


def test_completeness_is_counted_by_commune_and_the_problems_are_listed(contents: Contents, pages: Pages) -> None:
    rows = words(table_after(pages["so-lieu.html"], "tung-xa"))
    for record, row in enumerate(rows[: len(contents.records)]):
        one = of_commune(contents.rules, contents.records[record])
        assert row[:4] == [
            contents.records[record].name,
            f"{one.given}/{one.asked}",
            str(one.missing),
            str(one.unusable),
        ]
    assert [row[1] for row in rows[len(contents.records) :]] == ["chưa có báo cáo"] * (36 - len(contents.records))
    problems = words(table_after(pages["so-lieu.html"], "van-de"))
    assert [row[3] for row in problems] == [str(p.message()) for p in contents.dataset.problems]


def test_the_letter_of_the_further_conditions_leads_to_all_of_them(contents: Contents, pages: Pages) -> None:
    row = table_after(pages["index.html"], "tung-xa")[0]
    link = row[2 + len(contents.rules.criteria)].all("a")[0].attributes["href"]
    assert link == "don-vi-03390.html#dieu-kien"
    assert under(pages["don-vi-03390.html"], "dieu-kien").all("h3")[0].words == "Điều kiện khác để xét công nhận"


def test_every_count_in_a_table_leads_to_where_it_is_told(pages: Pages) -> None:
    for name in ("index.html", "chi-tieu.html", "co-quan.html", "so-lieu.html", "co-quan-so-y-te.html"):
        for table in pages[name].all("table"):
            for cell in table.all("td"):
                counted = bool(re.fullmatch(r"[\d.]+(/[\d.]+)?", cell.words))
                assert not counted or cell.all("a"), (name, cell.words)
