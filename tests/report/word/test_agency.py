"""The paper and the workbooks of the lead agencies: the same share, in Word and in Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from docx.document import Document

from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.word.agency import AgencySubject, agency_paper
from ntm_rules.report.xlsx.agency import write_agency, write_index
from ntm_rules.report.xlsx.book import About
from ntm_rules.rulebook.models import Reporting, Source, Text
from ntm_rules.standing.agency_share import AgencyShare, agency_share
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words
from tests.report.word.opened import body_of, cells, headings, opened, table_titled, under

ABOUT = About(lines=[("Bộ", "thử")], illustrative=["SỐ LIỆU MINH HỌA: bịa"])


def subject_of(share: AgencyShare, **more: Any) -> AgencySubject:
    overview = Overview(share.evaluation, Dataset(share.evaluation.records), dt.date(2026, 11, 29))
    return AgencySubject(share, overview, **more)


def agency_document(subject: AgencySubject, tmp_path: Path) -> Document:
    path = tmp_path / "agency.docx"
    path.write_bytes(agency_paper(subject))
    return opened(path)


def expected_rows(share: AgencyShare, id_: str) -> list[list[str]]:
    """Commune, part, value, target and gap of every own gap, nearest first."""
    evaluation = share.evaluation
    found = next(one for one in share.shares if one.indicator.id == id_)
    rows = []
    for n, short in enumerate(found.short, 1):
        for held, gap in short.gaps:
            requirement = held.requirement
            actual = actual_words(evaluation.rules, held)
            said = [
                target_words(evaluation.rules, requirement, held.target),
                gap_words(evaluation.rules, requirement, gap),
            ]
            rows.append([str(n), evaluation.records[short.record].name, requirement.id, actual, *said])
    return rows


def test_its_parts_stand_in_order_and_its_indicators_below_a_heading_each(papers: Mapping[str, Path]) -> None:
    document = opened(papers["agency"])
    assert headings(document) == ["I. PHẠM VI, CĂN CỨ", "II. TỔNG HỢP", "III. TỪNG CHỈ TIÊU", "IV. KIẾN NGHỊ, ĐỀ XUẤT"]
    assert [h.partition(" ")[0] for h in headings(document, "Heading 2")] == ["2.4.", "2.5.", "3.10.", "7.3."]


def test_indicators_and_communes_are_counted_as_the_share_says(
    papers: Mapping[str, Path], bare_evaluation: Evaluation
) -> None:
    share, document = agency_share(bare_evaluation, "so-cong-thuong"), opened(papers["agency"])
    by_indicator = body_of(cells(table_titled(document, "Bảng 1.")), 1)
    assert [(row[0], row[2:]) for row in by_indicator] == [
        (found.indicator.id, [str(found.count(v)) for v in LEGEND_ORDER]) for found in share.shares
    ]
    by_commune = body_of(cells(table_titled(document, "Bảng 2.")), 1)
    assert [row[1] for row in by_commune] == [bare_evaluation.records[r].name for r in share.nearest_first()]
    for row, record in zip(by_commune, share.nearest_first(), strict=True):
        counts = [str(share.of_record(record, v)) for v in (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET)]
        assert row[3:] == [f"{share.of_record(record, Verdict.MET)}/4", *counts]


def test_who_is_short_of_an_indicator_is_listed_with_value_target_and_gap(
    papers: Mapping[str, Path], bare_evaluation: Evaluation
) -> None:
    share, document = agency_share(bare_evaluation, "so-cong-thuong"), opened(papers["agency"])
    shown = body_of(cells(table_titled(document, "Xã chưa đạt 3.10")), 1)
    assert shown == expected_rows(share, "3.10")
    alone = body_of(cells(table_titled(document, "Xã chưa đạt 7.3")), 1)
    assert alone == [[*row[:2], *row[3:]] for row in expected_rows(share, "7.3")], "one requirement needs no column"


def test_alternatives_and_parts_of_which_the_same_is_said_stand_in_one_row_of_their_commune(
    under_illustration: Evaluation, tmp_path: Path
) -> None:
    share = agency_share(under_illustration, "so-nong-nghiep-moi-truong")
    document = agency_document(subject_of(share), tmp_path)
    rows = body_of(cells(table_titled(document, "Xã chưa đạt 3.3")), 1)
    assert [row[0] for row in rows] == [str(n) for n in range(1, 11)]
    assert {tuple(row[2:]) for row in rows} == {
        ("3.3.a, 3.3.b, 3.3.c", "Không", "Có", "xã trả lời “Không”, cần thực hiện (chỉ cần một trong 3 nội dung)")
    }
    several = []
    for id_ in ("2.2", "3.2", "3.3", "3.4", "3.5", "8.1"):
        rows = body_of(cells(table_titled(document, f"Xã chưa đạt {id_}")), 1)
        spread = [[*row[:2], part, *row[3:]] for row in rows for part in row[2].split(", ")]
        assert sorted(spread) == sorted(expected_rows(share, id_)), "nothing is lost"
        several += [row for row, before in zip(rows[1:], rows, strict=False) if row[:2] == before[:2]]
    assert several, "where something else is said the commune has a row more"


def test_communes_are_said_to_stand_nearest_first_only_where_a_number_orders_them(
    under_illustration: Evaluation, tmp_path: Path
) -> None:
    share = agency_share(under_illustration, "so-nong-nghiep-moi-truong")
    captions = headings(agency_document(subject_of(share), tmp_path), "Caption")
    assert "Xã chưa đạt 8.1, xã gần đạt nhất trước" in captions
    assert "Xã chưa đạt 3.3" in captions
    for found in (one for one in share.shares if one.short):
        sized = any(own.gap.shortfall is not None for short in found.short for own in short.gaps)
        said = f"Xã chưa đạt {found.indicator.id}" + (", xã gần đạt nhất trước" if sized else "")
        assert said in captions


def test_cross_checks_of_its_own_figures_are_counted_with_the_communes(
    under_illustration: Evaluation, sample: Dataset, tmp_path: Path
) -> None:
    findings = cross_check(under_illustration, sample)
    for agency, with_warnings in (
        ("so-nong-nghiep-moi-truong", "Bản Bo, Phong Thổ, Khổng Lào, Than Uyên."),
        ("so-y-te", ""),
    ):
        share = agency_share(under_illustration, agency)
        said = under(agency_document(subject_of(share, findings=findings), tmp_path), "II. TỔNG HỢP")
        measures = {r.measure for r in under_illustration.rules.requirements() if r.lead == agency}
        its = [finding for finding in findings if measures & set(finding.measures)]
        n = {
            severity: sum(finding.severity == severity for finding in its) for severity in ("error", "warning", "info")
        }
        counts = f"- Kiểm tra chéo: {n['error']} lỗi, {n['warning']} cảnh báo, {n['info']} lưu ý. "
        assert counts + "Đây là chỗ cần xem lại, không làm thay đổi kết quả nào." in said
        found = [words for words in said if words.startswith("- Xã có cảnh báo theo kiểm tra chéo")]
        assert found == ([f"- Xã có cảnh báo theo kiểm tra chéo (4): {with_warnings}"] if with_warnings else [])
    silent = agency_document(subject_of(share), tmp_path)
    assert not [words for words in under(silent, "II. TỔNG HỢP") if "chéo" in words], "a set without cross-checks"


def test_the_body_above_it_is_the_set_s_word_or_a_line_of_dots(bare_evaluation: Evaluation, tmp_path: Path) -> None:
    heads = {}
    for agency in ("so-y-te", "van-phong-ubnd-tinh", "cong-an-tinh"):
        document = agency_document(subject_of(agency_share(bare_evaluation, agency)), tmp_path)
        heads[agency] = next(p.text for p in document.tables[0].rows[0].cells[0].paragraphs if p.text)
    assert heads == {
        "so-y-te": "UBND TỈNH LAI CHÂU",
        "van-phong-ubnd-tinh": "UBND TỈNH LAI CHÂU",
        "cong-an-tinh": "…" * 12,
    }


def test_the_one_that_reports_has_the_body_above_it_from_there_where_it_says_none(bare_evaluation: Evaluation) -> None:
    share = agency_share(bare_evaluation, "cong-an-tinh")
    source = Source(document="ke-hoach")
    reporting = Reporting(by="cong-an-tinh", superior=Text(vi="Bộ", en="Ministry"), source=source)
    assert subject_of(share, reporting=reporting).superior == "Bộ"
    assert subject_of(share, reporting=reporting.model_copy(update={"by": "so-y-te"})).superior == ""


def test_the_law_s_words_begin_a_heading_with_a_capital(under_illustration: Evaluation, tmp_path: Path) -> None:
    share = agency_share(under_illustration, "so-xay-dung")
    document = agency_document(subject_of(share), tmp_path)
    parts = [p.text for p in document.paragraphs if p.text.startswith("- 2.1.c:")]
    assert parts == ["- 2.1.c: Tỷ lệ đường xã đạt chuẩn theo quy hoạch đạt 100%."]
    assert all(h.partition(" ")[2][0].isupper() for h in headings(document, "Heading 2"))


def test_what_is_awaited_says_which_decision(papers: Mapping[str, Path]) -> None:
    said = under(opened(papers["agency"]), "III. TỪNG CHỈ TIÊU")
    assert any("hạn 31/7/2026" in words and words.endswith("có 1 nội dung đang chờ, gồm 2.4.") for words in said)


def test_figures_owed_name_the_communes_and_conditions_stand_apart(
    under_illustration: Evaluation, tmp_path: Path
) -> None:
    share = agency_share(under_illustration, "so-nong-nghiep-moi-truong")
    path = tmp_path / "so.docx"
    path.write_bytes(agency_paper(subject_of(share)))
    document = opened(path)
    said = under(document, "III. TỪNG CHỈ TIÊU")
    for found in (one for one in share.shares if not one.is_condition):
        for owed in found.owed:
            names = ", ".join(under_illustration.records[r].name for r in owed.records)
            assert any(
                w.startswith(f"- {owed.requirement.id}, chưa có số liệu:") and w.endswith(f"{names}.") for w in said
            )
    assert any(one.owed for one in share.shares)
    apart = under(document, "IV. ĐIỀU KIỆN KHÁC ĐỂ ĐƯỢC CÔNG NHẬN")
    assert any(words.startswith("DK.1. Không có nợ đọng") for words in apart)
    assert [row for row in cells(table_titled(document, "Bảng 1.")) if row[0].startswith("DK")] == []
    assert agency_paper(subject_of(share)) == path.read_bytes()


def test_the_workbook_has_the_same_rows_with_numbers_to_sort(under_illustration: Evaluation, tmp_path: Path) -> None:
    share = agency_share(under_illustration, "so-nong-nghiep-moi-truong")
    path = tmp_path / "so.xlsx"
    write_agency(path, share, 2026, ABOUT)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Tổng hợp", "Xã", "Chưa đạt", "Số liệu còn thiếu", "Chờ quy định", "Về lần chạy này"]
    assert {sheet.cell(2, 1).value for sheet in book} == {"SỐ LIỆU MINH HỌA: bịa"}
    short = pd.read_excel(path, engine="openpyxl", sheet_name="Chưa đạt", header=2, dtype=str, keep_default_na=False)
    found = short[short["Chỉ tiêu"] == "8.1"]
    shown = found[["Thứ tự (gần đạt nhất trước)", "Xã", "Nội dung", "Số liệu", "Mức đạt chuẩn", "Còn thiếu gì"]]
    assert shown.to_numpy().tolist() == expected_rows(share, "8.1")
    numbers = pd.read_excel(path, engine="openpyxl", sheet_name="Chưa đạt", header=2)
    first = (
        numbers[numbers["Chỉ tiêu"] == 8.1]
        if numbers["Chỉ tiêu"].dtype.kind == "f"
        else numbers[numbers["Chỉ tiêu"] == "8.1"]
    )
    assert first.iloc[0][["Xã", "Còn thiếu", "Khối lượng", "Đơn vị"]].tolist() == ["Than Uyên", 0.04, 1, "tấn"]
    owed = pd.read_excel(path, engine="openpyxl", sheet_name="Số liệu còn thiếu", header=2)
    assert len(owed) == sum(len(one.records) for s in share.shares for one in s.owed)
    write_agency(tmp_path / "again.xlsx", share, 2026, ABOUT)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_the_index_links_to_every_agencys_files(bare_evaluation: Evaluation, tmp_path: Path) -> None:
    shares = [agency_share(bare_evaluation, agency) for agency in bare_evaluation.rules.lead_agencies]
    path = tmp_path / "muc-luc.xlsx"
    write_index(path, shares, 2026, ABOUT)
    sheet = openpyxl.load_workbook(path)["Mục lục"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [row[8:10] for row in rows] == [(f"{s.agency}.docx", f"{s.agency}.xlsx") for s in shares]
    assert [row[0] for row in rows][:2] == ["Sở Nông nghiệp và Môi trường", "Sở Xây dựng"]
    assert sheet.cell(4, 9).hyperlink.target == "so-nong-nghiep-moi-truong.docx"
