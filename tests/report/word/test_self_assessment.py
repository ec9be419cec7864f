"""The commune's report says what the engine found, cell by cell, and claims nothing more."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from docx.oxml.ns import qn

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset, Evidence, Reported, State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.scores import tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import VALUE_SCALE, vietnamese
from ntm_rules.report.word.commune_checks import commune_checks
from ntm_rules.report.word.self_assessment import self_assessment_paper
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.one_commune import report_of, the_commune
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.runs.self_assessment import self_assessment
from ntm_rules.wording.gaps import gap_words
from tests.other_set.conftest import DATA, SET
from tests.report.verdict_rows import verdict_rows
from tests.report.word.opened import body_of, cells, footnotes, headings, opened, table_titled, under

FORM_10 = "Xã Khun Há: kết quả thực hiện Bộ tiêu chí năm 2026"
DOCUMENTS = "văn bản, tài liệu minh chứng năm 2026"
LABELS = {v.name: str(v.label) for v in Verdict}
ANSWERS = {"yes": "Có", "no": "Không", "met": "Kết luận: đạt", "not_met": "Kết luận: không đạt", "": ""}


def test_its_parts_stand_in_order_with_headings_of_word(papers: Mapping[str, Path]) -> None:
    document = opened(papers["commune"])
    assert headings(document) == [
        "I. THÔNG TIN CHUNG",
        "II. KẾT QUẢ ĐÁNH GIÁ",
        "III. NỘI DUNG CHƯA ĐẠT VÀ MỨC CÒN THIẾU",
        "IV. SỐ LIỆU CÒN THIẾU",
        "V. NỘI DUNG CHƯA CÓ QUY ĐỊNH MỨC ĐẠT",
        "VI. ĐIỀU KIỆN KHÁC ĐỂ ĐƯỢC CÔNG NHẬN",
        "VII. TÀI LIỆU MINH CHỨNG",
        "VIII. KIẾN NGHỊ, ĐỀ XUẤT",
        "PHỤ LỤC I. KẾT QUẢ THEO TIÊU CHÍ, CHỈ TIÊU (theo dạng Biểu 10)",
        "PHỤ LỤC II. DANH MỤC VĂN BẢN, TÀI LIỆU MINH CHỨNG",
    ]
    assert headings(document, "Title") == ["BÁO CÁO"]
    (about,) = headings(document, "Subtitle")
    assert about.startswith(
        "Kết quả tự đánh giá của xã Khun Há năm 2026 theo Bộ tiêu chí xã nông thôn mới tỉnh Lai Châu"
    )


def test_commune_group_with_its_source_and_law_are_stated(papers: Mapping[str, Path]) -> None:
    said = under(opened(papers["commune"]), "I. THÔNG TIN CHUNG")
    assert said == [
        "Xã Khun Há (mã đơn vị hành chính 03430, Lai Châu) tự đánh giá theo số liệu năm 2026 do xã tổng hợp.",
        "Xã thuộc nhóm: Xã nhóm 3.",
        "Kết quả được đánh giá theo Bộ tiêu chí xã nông thôn mới tỉnh Lai Châu giai đoạn 2026-2030 (theo Phụ lục III Kế "
        "hoạch số 5434/KH-UBND), quy định có hiệu lực tại ngày 31/12/2026.",
    ]
    (note,) = footnotes(papers["commune"])
    assert note.startswith("Tạm xác định, chờ danh sách nhóm xã chính thức: ")
    assert note.casefold().count("tạm xác định") == 1
    assert "Quyết định 113/QĐ-UBND ngày 16/01/2026" in note


def test_the_head_names_whom_it_is_for_and_the_grounds_with_kind_number_day_issuer_and_subject(
    papers: Mapping[str, Path],
) -> None:
    document = opened(papers["commune"])
    text = [p.text.replace("\N{NO-BREAK SPACE}", " ") for p in document.paragraphs]
    at = text.index("Kính gửi:")
    assert text[at + 1 : at + 3] == ["- UBND tỉnh Lai Châu;", "- Sở Nông nghiệp và Môi trường."]
    grounds = [p for p in document.paragraphs if p.text.startswith("Căn cứ ")]
    assert [p.text[-1] for p in grounds] == [";", ";", "."]
    assert all(run.italic for p in grounds for run in p.runs)
    assert grounds[1].text.replace("\N{NO-BREAK SPACE}", " ") == (
        "Căn cứ Nghị quyết số 17-NQ/TU ngày 05 tháng 5 năm 2026 của Ban Chấp hành Đảng bộ tỉnh Lai Châu về xây dựng nông "
        "thôn mới, giảm nghèo bền vững và phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi giai đoạn "
        "2026 - 2030, định hướng đến năm 2035;"
    )


def test_what_is_signed_names_no_file_no_check_and_no_guess(papers: Mapping[str, Path]) -> None:
    for name in ("commune", "zone"):
        document = opened(papers[name])
        cells_said = [text for table in document.tables for row in cells(table) for text in row]
        said = "\n".join([*(p.text for p in document.paragraphs), *cells_said])
        assert not re.search(r"\.xlsx|\.csv|trang tính|Suy luận|báo chí|KC\d|lai-chau-2026-2030|bien-xanh-2031", said)


def test_the_signature_stands_before_the_annexes(papers: Mapping[str, Path]) -> None:
    body = list(opened(papers["commune"]).element.body.iterchildren())
    texts = ["".join(t.text or "" for t in element.iter(qn("w:t"))) for element in body]
    signed = next(at for at, text in enumerate(texts) if "TM. ỦY BAN NHÂN DÂN" in text)
    annexes = [at for at, text in enumerate(texts) if text.startswith("PHỤ LỤC I")]
    assert len(annexes) == 2
    assert signed < min(annexes)


def test_a_share_of_households_asked_is_called_that(papers: Mapping[str, Path]) -> None:
    table = {row[0]: row for row in cells(table_titled(opened(papers["commune"]), FORM_10))}
    assert table["DK.2.a"][1] == "Tỷ lệ hộ được lấy ý kiến về kết quả xây dựng nông thôn mới"


def test_the_table_by_criterion_counts_as_the_engine_does(papers: Mapping[str, Path], khun_ha: Evaluation) -> None:
    table = cells(table_titled(opened(papers["commune"]), "Bảng 1."))
    expected = []
    for at in khun_ha.level("criterion"):
        counts = tally(khun_ha.verdict(child, 0) for child in khun_ha.table[at].children)
        numbers = [str(n) for n in (counts.not_met, counts.no_data, counts.no_target)]
        met = f"{counts.met}/{counts.applicable}"
        expected.append([khun_ha.table[at].id, met, *numbers, str(khun_ha.verdict(at, 0).label)])
    assert [[row[0], *row[2:]] for row in body_of(table, 1)] == expected


def test_every_node_is_a_row_of_the_annex_with_the_engines_result_and_verdict(
    papers: Mapping[str, Path], khun_ha: Evaluation
) -> None:
    table = body_of(cells(table_titled(opened(papers["commune"]), FORM_10)), 2)
    shown = [(row[0], row[2], row[5], row[6]) for row in table if row[6]]
    expected = []
    for row in verdict_rows(khun_ha):
        if row.level == "criterion" and row.id in khun_ha.rules.indicator_by_id:
            continue  # a criterion that is its own only indicator has one row, with the figure
        if row.level == "commune" or (row.level == "requirement" and row.id in khun_ha.rules.indicator_by_id):
            indicator = khun_ha.rules.indicator_by_id.get(row.id)
            if indicator is None or indicator.criterion:
                continue
        actual = row.actual
        if row.level == "indicator" and isinstance(khun_ha.rules.indicator_by_id[row.id].condition, Requirement):
            at = khun_ha.row_of["requirement", row.id]
            one = next(r for r in verdict_rows(khun_ha) if (r.level, r.id) == ("requirement", row.id))
            actual, row = one.actual, one
            assert khun_ha.verdict(at, 0).name == row.verdict
        expected.append((row.id, row.unit, written(khun_ha, row.id, actual), LABELS[row.verdict]))
    assert sorted(shown) == sorted(expected)
    assert [row[0] for row in table if row[0] in ("1", "2.1", "2.1.a", "10", "DK.3")] == [
        "1",
        "2.1",
        "2.1.a",
        "10",
        "DK.3",
    ]


def written(evaluation: Evaluation, id_: str, actual: str) -> str:
    requirement = evaluation.rules.requirement_by_id.get(id_)
    if requirement is None or not actual:
        return ""
    measure = evaluation.rules.measures[requirement.measure]
    if measure.kind == "grade":
        grades = evaluation.rules.scales[measure.scale or ""].grades
        return next(grade.label.vi for grade in grades if grade.id == actual)
    return ANSWERS[actual] if actual in ANSWERS else vietnamese(Decimal(actual))


def test_the_year_before_has_results_where_reported_and_no_verdict_where_the_set_does_not_cover_it(
    papers: Mapping[str, Path],
) -> None:
    table = {row[0]: row for row in cells(table_titled(opened(papers["commune"]), FORM_10))}
    assert table["2.4"][3] == "87,35"
    assert table["3.1"][3] == "", "a growth of the year before is not known"
    assert table["3.1"][9].startswith("năm 2025: 31,63 triệu đồng/người/năm; "), "the level its growth started from"
    assert {row[4] for id_, row in table.items() if id_ != "TT"} == {""}


def test_of_a_year_of_which_only_the_start_of_a_growth_is_known_nothing_is_judged(papers: Mapping[str, Path]) -> None:
    table = {
        row[0]: row for row in cells(table_titled(opened(papers["zone"]), "kết quả thực hiện Bộ tiêu chí năm 2032"))
    }
    assert table["B-04"][3] == ""
    assert "năm 2031: 1.200 tấn" in table["B-04"][9]
    assert {row[4] for id_, row in table.items() if id_ != "TT"} == {""}


def test_the_year_before_is_judged_where_the_set_covers_it(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    reported = "90010,Đặc khu Hòn Mây,2031,coastal_forest_area,4,,,,\n"
    data.write_text(DATA.read_text(encoding="utf-8") + reported, encoding="utf-8")
    rulebook = open_rulebook(LawAsked(str(SET)))
    dataset = read_dataset([data], rulebook.questionnaire())
    record = the_commune(rulebook, dataset, "90010", 2032)
    assert record is not None
    before = self_assessment(report_of(rulebook, dataset, record)).before
    assert before.result is not None


def test_the_columns_of_the_plan_are_left_to_fill(papers: Mapping[str, Path]) -> None:
    over, under_, *body = cells(table_titled(opened(papers["commune"]), FORM_10))
    assert over[3:9] == ["KQ đến 31/12/2025"] * 2 + ["TH năm 2026"] * 2 + ["KH 6T cuối năm 2026"] * 2
    assert under_[3:9] == ["Kết quả", "Đánh giá"] * 3
    assert {cell for row in body for cell in row[7:9]} == {""}


def test_a_note_says_target_count_and_gap_or_why_there_is_no_verdict(papers: Mapping[str, Path]) -> None:
    table = {row[0]: row[9] for row in cells(table_titled(opened(papers["commune"]), FORM_10))}
    assert table["2.1.c"] == "Mức đạt: ≥ 100%; 21,139 / 28,418 km; còn thiếu 25,62 điểm %: 7,279 km"
    assert table["6.2"] == "số liệu đã ghi không dùng được; xem phiếu kiểm tra"
    assert table["3.10"] == "Chỉ cần một trong 4 nội dung"
    assert table["2.1"] == "Phải đủ cả 5 nội dung"


def test_gaps_are_told_in_prose_with_their_size_and_whose_job_they_are(
    papers: Mapping[str, Path], khun_ha: Evaluation
) -> None:
    said = under(opened(papers["commune"]), "III. NỘI DUNG CHƯA ĐẠT VÀ MỨC CÒN THIẾU")
    items = [words for words in said if words.startswith("- ")]
    gaps = list(khun_ha.gaps(0))
    assert len(items) == len(gaps)
    for (held, gap), item in zip(gaps, items, strict=True):
        requirement = held.requirement
        assert item.startswith(f"- {requirement.id}. ")
        assert gap_words(khun_ha.rules, requirement, gap) in item
        assert item.endswith(f". Nội dung này do {khun_ha.rules.agencies[requirement.lead].name.vi} chủ trì.")
        told = item.partition(": ")[2]
        assert not set("≥≤") & set(told), "the law's words may have signs, a sentence of the paper has none"
    for words in (
        "xã báo cáo 49,63%, trong khi mức đạt là từ 80% trở lên; còn thiếu 30,37 điểm %: 378,071 tấn.",
        "xã báo cáo 74,38%, trong khi mức đạt là 100%; còn thiếu 25,62 điểm %: 7,279 km.",
        "trong khi mức đạt là từ Hoàn thành tốt nhiệm vụ trở lên; còn thiếu 1 bậc xếp loại.",
        "theo kết luận đã báo cáo, nội dung này chưa đạt; cần kết luận đạt của cơ quan có thẩm quyền.",
    ):
        assert any(words in item for item in items), words


def test_figures_owed_and_targets_awaited_say_which_and_who(papers: Mapping[str, Path]) -> None:
    document = opened(papers["commune"])
    (owed,) = under(document, "IV. SỐ LIỆU CÒN THIẾU")
    assert owed == (
        "- 6.2. Tỷ lệ hộ có nhà ở kiên cố: số liệu đã ghi không dùng được; xem phiếu kiểm tra. "
        "Nội dung này do Sở Xây dựng chủ trì."
    )
    awaited = under(document, "V. NỘI DUNG CHƯA CÓ QUY ĐỊNH MỨC ĐẠT")
    assert (
        "có 14 nội dung đang chờ, gồm 1, 2.2.b, 2.4, 2.5, 3.1, 3.8, 4.1, 4.2, 6.1, 6.3, 6.4, 7.2, 8.2, 8.3."
        in awaited[0]
    )
    assert "Sở Nông nghiệp và Môi trường tham mưu, hạn 31/7/2026" in awaited[0]
    assert "DK.1, DK.2.a, DK.2.b, DK.3" in awaited[1]


def test_documents_are_listed_for_what_they_back_and_bare_figures_named(
    papers: Mapping[str, Path], checks: Mapping[str, Path]
) -> None:
    document = opened(papers["commune"])
    head, *body = cells(table_titled(document, DOCUMENTS))
    assert head == ["TT", "Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Cho chỉ tiêu"], (
        "a column in which nothing stands is left out"
    )
    assert body[6] == ["7", "000/TB-MH (minh họa)", "08/01/2027", "", "9.1.a, 9.1.b, 9.1.c, 9.1.d"]
    said = under(document, "VII. TÀI LIỆU MINH CHỨNG")
    assert said == [
        "Xã nêu 9 văn bản, tài liệu minh chứng, liệt kê tại Phụ lục II; 12/76 số liệu, nội dung đã báo cáo có nêu văn bản."
    ]
    (bare,) = under(opened(checks["commune"]), "III. SỐ LIỆU CHƯA NÊU VĂN BẢN")
    assert bare.startswith("Có số liệu mà chưa nêu văn bản, minh chứng (64/76 nội dung đã báo cáo): 2.1.a")


def test_problems_of_the_data_are_listed_with_place_and_mend_on_the_sheet_of_checks(
    checks: Mapping[str, Path],
) -> None:
    _head, *body = cells(table_titled(opened(checks["commune"]), "Bảng 1."))
    place = "03430-khun-ha.xlsx, trang tính «Số liệu», ô E79"
    assert body == [
        ["1", place, "đọc được «1.234», có thể là 1234 hoặc 1,234", "Ghi lại là 1234: ở đây đếm bằng số nguyên."]
    ]


def test_errors_and_warnings_of_the_cross_checks_are_a_table_and_change_no_verdict(
    bare: Rulebook, sample: Dataset, tmp_path: Path
) -> None:
    record = next(r for r in sample.records if (r.name, r.year) == ("Than Uyên", 2026))
    subject = self_assessment(report_of(bare, sample, record))
    path = tmp_path / "than-uyen-kiem-tra.docx"
    path.write_bytes(commune_checks(subject))
    document = opened(path)
    said = under(document, "II. KIỂM TRA CHÉO")
    notes = sum(finding.severity == "info" for finding in subject.findings)
    assert said[0] == (
        f"- Kiểm tra chéo: 0 lỗi, 1 cảnh báo, {notes} lưu ý. Đây là chỗ cần xem lại, không làm thay đổi kết quả nào."
    )
    head, *body = cells(table_titled(document, "Kiểm tra chéo: lỗi và cảnh báo"))
    assert head == ["TT", "Mã kiểm tra", "Mức độ", "Phát hiện", "Cần làm gì"]
    ((n, check, severity, found, mend),) = body
    assert (n, check, severity) == ("1", "KC23", "cảnh báo")
    assert found == "Yêu cầu 8.1.b: năm trước 93,11%, năm nay 79,96%, mức đạt ≥ 80%; không còn đạt."
    assert mend.startswith("Kiểm tra số liệu cả hai năm")


def test_only_tables_that_are_written_are_numbered(papers: Mapping[str, Path]) -> None:
    def numbers(name: str) -> list[str]:
        return [title for title in headings(opened(papers[name]), "Caption") if re.match(r"Bảng \d", title)]

    assert numbers("zone") == ["Bảng 1. Kết quả theo tiêu chí"]
    assert numbers("commune") == ["Bảng 1. Kết quả theo tiêu chí"]


def test_invented_targets_and_figures_are_said_in_the_text_and_on_every_page(papers: Mapping[str, Path]) -> None:
    document = opened(papers["commune-en"])
    text = [p.text for p in document.paragraphs]
    assert text.count("ILLUSTRATIVE - NOT LAW: some targets are invented for demonstration") == 3, (
        "first page and both annexes"
    )
    (footer,) = (p.text for p in document.sections[0].footer.paragraphs)
    assert footer == "DRAFT - not signed, not numbered · ILLUSTRATIVE - NOT LAW · INVENTED DATA"
    (bare,) = (p.text for p in opened(papers["commune"]).sections[0].footer.paragraphs)
    assert bare == "DỰ THẢO - chưa ký, chưa lấy số · SỐ LIỆU MINH HỌA"


def test_a_commune_that_meets_every_criterion_is_not_called_recognised(papers: Mapping[str, Path]) -> None:
    said = under(opened(papers["commune-en"]), "II. RESULTS")
    assert said[0].startswith("Criteria met: 10 of 10 that can be judged whole today")
    assert said[1] == "Of the 10 criteria that apply, 10 are met."
    assert "The commune meets every criterion that applies." in said
    assert (
        "No decision of recognition was reported. Recognition is decided by the competent authority; this report does "
        "not claim it."
    ) in said


def test_results_are_told_in_whole_sentences(papers: Mapping[str, Path]) -> None:
    said = under(opened(papers["commune"]), "II. KẾT QUẢ ĐÁNH GIÁ")
    assert said[1:3] == [
        "Trong 10 tiêu chí phải áp dụng, xã đạt 0 tiêu chí; 7 tiêu chí chưa đạt; 1 tiêu chí chưa đánh giá được vì thiếu "
        "số liệu hoặc đang chờ kết luận; 2 tiêu chí chưa có quy định mức đạt.",
        "Trong 45 chỉ tiêu phải áp dụng, xã đạt 17 chỉ tiêu; 13 chỉ tiêu chưa đạt; 1 chỉ tiêu chưa đánh giá được vì thiếu "
        "số liệu hoặc đang chờ kết luận; 14 chỉ tiêu chưa có quy định mức đạt.",
    ]
    assert "Xã chưa đạt đủ mọi tiêu chí." in said


def test_a_picture_stands_in_it_with_every_number_in_words(papers: Mapping[str, Path]) -> None:
    (shape,) = opened(papers["commune"]).inline_shapes
    assert shape._inline.docPr.get("descr").startswith("Chỉ tiêu của từng tiêu chí, Khun Há, năm 2026.")


# --- records made by hand ----------------------------------------------------------------------


def paper_of(rulebook: Rulebook, record: CommuneYear, tmp_path: Path, *before: CommuneYear) -> Path:
    subject = self_assessment(report_of(rulebook, Dataset([*before, record]), record))
    path = tmp_path / "paper.docx"
    path.write_bytes(self_assessment_paper(replace(subject, chart=None)))
    return path


def test_the_list_of_documents_shows_number_day_issuer_and_title(bare: Rulebook, tmp_path: Path) -> None:
    evidence = [
        Evidence("income_per_capita", "12/BC-TK", dt.date(2027, 2, 5), "Thống kê tỉnh", "Thu nhập", "bản sao"),
        Evidence("", "", None, "", "Không rõ của chỉ tiêu nào"),
    ]
    record = CommuneYear("03430", "Khun Há", 2026, evidence=evidence)
    head, *body = cells(table_titled(opened(paper_of(bare, record, tmp_path)), DOCUMENTS))
    assert head == [
        "TT",
        "Số, ký hiệu",
        "Ngày",
        "Cơ quan ban hành",
        "Trích yếu, hoặc nguyên văn xã ghi",
        "Cho chỉ tiêu",
    ]
    assert body == [
        ["1", "12/BC-TK", "05/02/2027", "Thống kê tỉnh", "Thu nhập. bản sao", "3.1"],
        ["2", "", "", "", "Không rõ của chỉ tiêu nào", ""],
    ]


def test_a_commune_with_nothing_usable_has_no_headline_and_no_class(bare: Rulebook, tmp_path: Path) -> None:
    said = under(opened(paper_of(bare, CommuneYear("03430", "Khun Há", 2026), tmp_path)), "II. KẾT QUẢ ĐÁNH GIÁ")
    assert said[0] == "Phiếu của xã chưa có số liệu nào dùng được nên chưa kết luận được về kết quả."
    assert not [words for words in said if "mức cao nhất" in words or "xã thuộc loại" in words]


def test_equal_documents_are_listed_once_for_all_that_they_back(bare: Rulebook, tmp_path: Path) -> None:
    evidence = [
        Evidence("income_per_capita", "12/BC-TK", dt.date(2027, 2, 5), "", "Thu nhập", ""),
        Evidence("multidimensional_poverty_rate", "12/bc-tk", dt.date(2027, 2, 5), "Thống kê tỉnh", "Thu nhập", ""),
        Evidence("trained_workers_share", "12/BC-TK", dt.date(2026, 1, 5), "Thống kê tỉnh", "Lao động", ""),
    ]
    values = {"material_areas_certified": Reported(State.PRESENT, 1, document="12/BC-TK")}
    record = CommuneYear("03430", "Khun Há", 2026, values=values, evidence=evidence)
    _head, *body = cells(table_titled(opened(paper_of(bare, record, tmp_path)), DOCUMENTS))
    assert body[0] == ["1", "12/BC-TK", "05/02/2027", "Thống kê tỉnh", "Thu nhập", "3.1, 3.2.a, 6.1"]
    assert [row[1:3] for row in body[1:]] == [["12/BC-TK", "05/01/2026"]], "of another day it is another document"


def test_last_years_figures_that_the_form_carries_are_shown_and_never_judged(bare: Rulebook, tmp_path: Path) -> None:
    carried = {"income_per_capita": Reported(State.PRESENT, 40 * VALUE_SCALE)}
    now = {"income_per_capita": Reported(State.PRESENT, 44 * VALUE_SCALE)}
    record = CommuneYear("03430", "Khun Há", 2026, values=now, carried=carried)
    row = {r[0]: r for r in cells(table_titled(opened(paper_of(bare, record, tmp_path)), FORM_10))}["3.1"]
    assert row[3:7] == ["", "", "", "Chưa có số liệu"]
    assert row[9].startswith("năm 2025: 40 triệu đồng/người/năm")


def test_words_of_the_reporter_cannot_break_the_file_nor_the_page(bare: Rulebook, tmp_path: Path) -> None:
    nasty = "a\x00b\x0b<w:p/>" + "x" * 3000
    reported = Reported(State.PRESENT, 1, document=nasty, note=nasty)
    record = CommuneYear("03430", "Khun Há", 2026, values={"material_areas_certified": reported})
    document = opened(paper_of(bare, record, tmp_path))
    table = {row[0]: row for row in cells(table_titled(document, FORM_10))}
    assert table["3.2.a"][9] == "Xã ghi chú: a\\x00b\\x0b<w:p/>" + "x" * 3000
    assert cells(table_titled(document, DOCUMENTS))[1][1].startswith("a\ufffdb")


def test_a_group_that_is_not_known_is_said_without_advice_on_files(
    bare: Rulebook, illustrated: Rulebook, tmp_path: Path
) -> None:
    ungrouped = replace(illustrated, overlays=tuple(o.model_copy(update={"groups": {}}) for o in illustrated.overlays))
    record = CommuneYear("03595", "Than Uyên", 2026, values={"income_per_capita": Reported(State.PRESENT, VALUE_SCALE)})
    last = CommuneYear("03595", "Than Uyên", 2025, values={"income_per_capita": Reported(State.PRESENT, VALUE_SCALE)})
    document = opened(paper_of(ungrouped, record, tmp_path, last))
    owed = under(document, "IV. SỐ LIỆU CÒN THIẾU")
    said = "3.1. Tốc độ tăng thu nhập bình quân đầu người: mức đạt khác nhau theo nhóm xã, chưa xác định xã này thuộc nhóm nào."
    assert owed.index("Không phải do xã thiếu mà đang chờ nơi khác:") < next(
        at for at, words in enumerate(owed) if said in words
    )
    assert any(said in words for words in owed)
    assert "groups" not in "".join(owed)
    assert "Hiện chưa xác định xã thuộc nhóm nào." in under(document, "I. THÔNG TIN CHUNG")


def test_the_same_record_gives_the_same_bytes(bare: Rulebook, sample: Dataset) -> None:
    record = next(r for r in sample.records if r.year == 2026)
    first, second = (self_assessment_paper(self_assessment(report_of(bare, sample, record))) for _ in range(2))
    assert first == second


def test_a_decision_of_recognition_is_recorded_as_reported(bare: Rulebook, tmp_path: Path) -> None:
    decision = Reported(State.PRESENT, 1, document="QĐ 01/QĐ-UBND")
    record = CommuneYear("03430", "Khun Há", 2026, values={"recognition_decision": decision})
    said = under(opened(paper_of(bare, record, tmp_path)), "II. KẾT QUẢ ĐÁNH GIÁ")
    assert any("Xã báo cáo đã có quyết định công nhận (QĐ 01/QĐ-UBND)." in words for words in said)
    refused = replace(record, values={"recognition_decision": decision._replace(value=0)})
    said = under(opened(paper_of(bare, refused, tmp_path)), "II. KẾT QUẢ ĐÁNH GIÁ")
    assert any("Xã báo cáo chưa được công nhận." in words for words in said)


def test_another_set_is_written_in_its_own_words(papers: Mapping[str, Path]) -> None:
    document = opened(papers["zone"])
    head = " ".join(p.text for cell in document.tables[0].rows[0].cells for p in cell.paragraphs)
    assert "ĐẶC KHU HÒN MÂY" in head
    everything = "\n".join(p.text for p in document.paragraphs)
    assert not re.search(r"Lai Châu|5434|\bDK\.", everything)
    assert "VI. ĐIỀU KIỆN" not in everything, "the set has no further conditions"
    table = {row[0]: row for row in cells(table_titled(document, "kết quả thực hiện Bộ tiêu chí năm 2032"))}
    assert table["A-01-rung-hay-ke"][1] == "Chỉ cần một trong 2 nội dung"
    assert table["A-01-dien-tich"][1:7] == ["Diện tích rừng ven biển", "ha", "", "", "3", "Đạt"]
