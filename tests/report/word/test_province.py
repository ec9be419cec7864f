"""The province's paper: what it counts is what the engine found, of how many, and who issues it is the set's word."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.scores import tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to, vietnamese
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.tables.province_forms import form_05, form_05_notes, form_06, form_06_notes
from ntm_rules.report.tables.table import words_of
from ntm_rules.report.word.province import ProvinceSubject, province_paper
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.standing.agencies import agencies, by_effect
from ntm_rules.standing.ceiling import ceiling_of
from ntm_rules.standing.communes import communes
from ntm_rules.standing.nearest import nearest
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.periods import Periods
from tests.report.word.opened import body_of, cells, footnotes, headings, opened, table_titled, under

DAY = dt.date(2026, 11, 29)


def test_its_parts_stand_in_order(papers: Mapping[str, Path]) -> None:
    assert headings(opened(papers["province"])) == [
        "I. PHẠM VI, CĂN CỨ",
        "II. KẾT QUẢ ĐÁNH GIÁ",
        "III. CHỈ TIÊU NHIỀU XÃ CHƯA ĐẠT NHẤT",
        "IV. THEO CƠ QUAN CHỦ TRÌ",
        "V. NỘI DUNG CHƯA CÓ QUY ĐỊNH MỨC ĐẠT",
        "VI. SỐ LIỆU CÒN THIẾU VÀ VẤN ĐỀ VỀ SỐ LIỆU",
        "VII. KIẾN NGHỊ, ĐỀ XUẤT",
        "BIỂU 05",
        "BIỂU 06",
    ]


def test_the_set_says_who_issues_it_and_who_receives_it(papers: Mapping[str, Path]) -> None:
    tables = opened(papers["province"]).tables
    lines = [p.text for p in tables[0].rows[0].cells[0].paragraphs if p.text]
    assert lines == ["UBND TỈNH LAI CHÂU", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"]
    close = next(t for t in tables if "Nơi nhận:" in t.rows[0].cells[0].text)
    said = close.rows[0].cells[0].text.splitlines()
    assert said[:2] == ["Nơi nhận:", "- Như trên;"]
    text = [p.text for p in opened(papers["province"]).paragraphs]
    at = text.index("Kính gửi:")
    assert text[at + 1 : at + 3] == ["- Ủy ban nhân dân tỉnh Lai Châu;", "- Bộ Nông nghiệp và Môi trường."]


def test_counts_state_of_how_many_and_recognition_stands_apart(
    papers: Mapping[str, Path], under_illustration: Evaluation
) -> None:
    said = under(opened(papers["province"]), "II. KẾT QUẢ ĐÁNH GIÁ")
    found = communes(under_illustration)
    for band in under_illustration.rules.bands:
        n = sum(one.band_id == band.id for one in found)
        assert f"- {band.title.vi}: {n}/36 xã có báo cáo dùng được." in said
    met = sum(one.meets is Verdict.MET for one in found)
    assert met == 1
    assert f"- Đạt đủ mọi tiêu chí phải áp dụng: {met}/36 xã có báo cáo dùng được." in said
    assert any(words.startswith("- Có quyết định công nhận: 0/36 xã báo cáo đã có quyết định") for words in said)


def test_the_table_of_criteria_is_the_engines_cell_by_cell(
    papers: Mapping[str, Path], under_illustration: Evaluation
) -> None:
    evaluation = under_illustration
    head, *body = cells(table_titled(opened(papers["province"]), "Bảng 1."))
    assert head[2:] == [str(v.label) for v in LEGEND_ORDER]
    for at, row in zip(evaluation.level("criterion"), body, strict=True):
        found = [evaluation.verdict(at, r) for r in range(36)]
        assert (row[0], row[2:]) == (evaluation.table[at].id, [str(found.count(v)) for v in LEGEND_ORDER])


def test_every_commune_has_its_row_most_criteria_met_first(
    papers: Mapping[str, Path], under_illustration: Evaluation
) -> None:
    _head, *body = cells(table_titled(opened(papers["province"]), "Bảng 2."))
    by_name = {one.report.name: one for one in communes(under_illustration)}
    assert len(body) == 36
    for row in body:
        one = by_name[row[1]]
        assert one.group is not None
        title = under_illustration.rules.groups[one.group].title.vi
        counts = [f"{c.met}/{c.judgeable}/{c.applicable}" for c in (one.criteria, one.indicators)]
        assert row[2:] == [title, *counts, str(one.meets.label), "chưa báo cáo"]
    met = [int(row[3].partition("/")[0]) for row in body]
    assert met == sorted(met, reverse=True)


def test_the_indicators_most_missed_and_the_agencies_are_counted_as_elsewhere(
    papers: Mapping[str, Path], under_illustration: Evaluation
) -> None:
    evaluation, document = under_illustration, opened(papers["province"])
    missed = {}
    for at in evaluation.level("indicator"):
        counts = tally(evaluation.verdict(at, r) for r in range(36))
        missed[evaluation.table[at].id] = (counts.not_met, f"{counts.not_met}/{counts.applicable}")
    body = body_of(cells(table_titled(document, "Bảng 4.")), 1)
    assert [row[2] for row in body] == [missed[row[0]][1] for row in body]
    most = sorted((n for n, _words in missed.values() if n), reverse=True)
    equal = [n for n in most if n >= most[11]]
    assert [missed[row[0]][0] for row in body] == equal, "those that equal the twelfth are there too"
    rest = (
        f"Bảng nêu {len(equal)} trong {len(most)} chỉ tiêu có xã chưa đạt; các chỉ tiêu còn lại có trong bảng kết quả "
        "kèm theo báo cáo."
    )
    assert under(document, "III. CHỈ TIÊU NHIỀU XÃ CHƯA ĐẠT NHẤT")[-1] == rest
    shown = body_of(cells(table_titled(document, "Bảng 5.")), 1)
    found = agencies(evaluation)
    expected = [
        [str(n) for n in (c.indicators, c.met, c.not_met, c.owed, c.ruling, c.no_target, c.not_applicable, c.elsewhere)]
        for c in found
    ]
    assert [[*row[1:4], *row[5:]] for row in shown] == expected
    assert [row[4] for row in shown] == [f"{vietnamese(nearest_to(c.share * 100, 1))}%" for c in found]
    assert len(shown) == 17
    telling = [c for c in by_effect(found) if c.gaining]
    effects = body_of(cells(table_titled(document, "Bảng 6.")), 1)
    assert [row[1:] for row in effects] == [
        [str(c.gaining), str(c.criteria_gained), str(c.completing)] for c in telling
    ]
    assert effects, "somebody is a bottleneck"


def test_what_can_be_judged_and_the_most_that_can_be_met_stand_first(
    bare_evaluation: Evaluation, sample: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "tinh.docx"
    path.write_bytes(province_paper(ProvinceSubject(Overview(bare_evaluation, sample, DAY), reporting=None)))
    document = opened(path)
    first, headline = under(document, "II. KẾT QUẢ ĐÁNH GIÁ")[:2]
    ceiling = ceiling_of(bare_evaluation)
    assert first == "1. Kết quả chung"
    assert headline == (
        f"{ceiling.whole[0]}/10 tiêu chí đánh giá trọn được; mức cao nhất có thể hiện nay là {ceiling.highest[0]}/10: "
        f"{ceiling.reached}/36 xã có phiếu dùng được đã đạt mức này."
    )
    awaited = under(document, "V. NỘI DUNG CHƯA CÓ QUY ĐỊNH MỨC ĐẠT")
    assert "hạn 31/7/2026); quá hạn 121 ngày tính đến ngày 29/11/2026:" in awaited[0]


def test_the_nearest_stand_in_the_order_of_the_rule_that_is_said(
    papers: Mapping[str, Path], under_illustration: Evaluation
) -> None:
    document = opened(papers["province"])
    ranked = nearest(under_illustration)
    rows = body_of(cells(table_titled(document, "Bảng 3.")), 1)
    last = ranked[9].place
    expected = [
        [
            str(one.place),
            under_illustration.records[one.record].name,
            str(one.criteria_left),
            str(one.left.requirements),
        ]
        for one in ranked
        if one.place <= last
    ]
    assert [row[:4] for row in rows] == expected
    assert any(p.text.startswith("Cách xếp: Xếp theo số tiêu chí còn thiếu") for p in document.paragraphs)


def test_a_tie_at_the_end_of_the_most_missed_is_not_cut(
    bare_evaluation: Evaluation, sample: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "tinh.docx"
    path.write_bytes(province_paper(ProvinceSubject(Overview(bare_evaluation, sample, DAY), reporting=None)))
    body = body_of(cells(table_titled(opened(path), "Bảng 4.")), 1)
    assert [(row[0], row[2]) for row in body[-2:]] == [("3.6", "12/36"), ("10.3", "12/36")]
    assert len(body) == 13


def test_what_cross_checks_found_is_counted_and_errors_and_warnings_name_the_communes(
    papers: Mapping[str, Path], under_illustration: Evaluation, sample: Dataset
) -> None:
    findings = cross_check(under_illustration, sample)
    n = {
        severity: sum(finding.severity == severity for finding in findings) for severity in ("error", "warning", "info")
    }
    said = under(opened(papers["province"]), "VI. SỐ LIỆU CÒN THIẾU VÀ VẤN ĐỀ VỀ SỐ LIỆU")
    counts = f"- Kiểm tra chéo: {n['error']} lỗi, {n['warning']} cảnh báo, {n['info']} lưu ý. "
    assert counts + "Đây là chỗ cần xem lại, không làm thay đổi kết quả nào." in said
    (line,) = [words for words in said if words.startswith("- Xã có cảnh báo theo kiểm tra chéo")]
    warned = {finding.name for finding in findings if finding.severity == "warning"}
    assert warned
    assert line.startswith(f"- Xã có cảnh báo theo kiểm tra chéo ({len(warned)}): ")
    assert set(line.partition("): ")[2].rstrip(".").split(", ")) == warned


def test_a_set_without_cross_checks_says_nothing_of_them(
    bare_evaluation: Evaluation, sample: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "tinh.docx"
    path.write_bytes(province_paper(ProvinceSubject(Overview(bare_evaluation, sample, DAY), reporting=None)))
    assert not [p.text for p in opened(path).paragraphs if "chéo" in p.text]


def test_the_annexed_forms_hold_the_counts_of_the_forms(
    papers: Mapping[str, Path], under_illustration: Evaluation
) -> None:
    periods = Periods(under_illustration, None, 2026)
    document = opened(papers["province"])
    fifth = cells(table_titled(document, "Biểu 05."))
    assert fifth[0][3:9] == ["Mọi xã"] * 3 + ["Xã nhóm 1"] * 3
    assert [head.replace("\N{ZERO WIDTH SPACE}", "") for head in fifth[1][3:6]] == [
        "KQ đến 31/12/2025",
        "TH năm 2026",
        "KH 6T cuối năm 2026",
    ]
    assert fifth[2:] == [list(map(words_of, row)) for row in form_05(periods).rows]
    assert cells(table_titled(document, "Biểu 06."))[1:] == [list(map(words_of, row)) for row in form_06(periods).rows]


def test_what_nobody_could_judge_is_a_footnote_below_each_form(bare_evaluation: Evaluation, tmp_path: Path) -> None:
    periods = Periods(bare_evaluation, None, 2026)
    path = tmp_path / "tinh.docx"
    path.write_bytes(province_paper(ProvinceSubject(Overview(bare_evaluation, Dataset(()), DAY), reporting=None)))
    document = opened(path)
    said = [p.text.replace("\N{NO-BREAK SPACE}", " ") for p in document.paragraphs]
    for notes, form in ((form_05_notes(periods), "Biểu 05."), (form_06_notes(periods), "Biểu 06.")):
        below = said[next(at for at, text in enumerate(said) if text.startswith(form)) :]
        assert notes
        for note in notes:
            assert f"{note.rstrip('.')}." in below
    fifth = cells(table_titled(document, "Biểu 05."))
    blank = [row[0] for row in fifth[4:] if not row[4]]
    assert blank
    (note,) = [text for text in said if text.startswith("Để trống, không phải 0")]
    assert all(f"tiêu chí {criterion} (" in note for criterion in blank)


def test_what_is_signed_names_no_file_and_no_check(papers: Mapping[str, Path]) -> None:
    for name in ("province", "agency"):
        said = " ".join(p.text for p in opened(papers[name]).paragraphs)
        assert not re.search(r"\.xlsx|\.csv|\bKC\d|suy luận|báo chí", said, re.IGNORECASE), name


def test_communes_without_a_report_are_named_and_kept_out_of_no_denominator(
    bare: Rulebook, sample: Dataset, tmp_path: Path
) -> None:
    three = [r for r in sample.records if r.code in ("03390", "03394", "03405")]
    evaluation = evaluate(bare.for_year(2026), three, years=[2026])
    path = tmp_path / "ba-xa.docx"
    path.write_bytes(province_paper(ProvinceSubject(Overview(evaluation, Dataset(three), DAY), reporting=None)))
    document = opened(path)
    scope = under(document, "I. PHẠM VI, CĂN CỨ")
    assert "Có 3/36 xã trong danh mục đã nộp báo cáo năm 2026 dùng được." in scope
    silent = next(words for words in scope if words.startswith("- Chưa nộp (33): "))
    assert len(silent.partition(": ")[2].split(", ")) == 33
    assert "- Đạt dưới 5 tiêu chí: 3/3 xã có báo cáo dùng được." in under(document, "II. KẾT QUẢ ĐÁNH GIÁ")
    lines = [p.text for p in document.tables[0].rows[0].cells[0].paragraphs if p.text]
    assert {character for line in lines for character in line} == {"…"}, "the set was not asked who reports"


def test_the_same_evaluation_gives_the_same_bytes(bare_evaluation: Evaluation, sample: Dataset) -> None:
    subject = ProvinceSubject(Overview(bare_evaluation, sample, DAY), reporting=None)
    assert province_paper(subject) == province_paper(subject)


def test_groups_that_no_decision_fixes_are_said_to_be_provisional(papers: Mapping[str, Path]) -> None:
    said = [p.text.replace("\u00a0", " ") for p in opened(papers["province"]).paragraphs]
    assert any(words.startswith("Nhóm của 32 xã dùng để tổng hợp ở đây là tạm xác định.") for words in said)
    assert any(
        note.strip().startswith("Tạm xác định, chờ danh sách nhóm xã chính thức")
        for note in footnotes(papers["province"])
    )
