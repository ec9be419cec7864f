"""The letters: what they ask of a commune and an agency is what the engine found, and no day that nobody named."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from docx.document import Document

from ntm_rules.dataset.problem_kinds import KINDS
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear, Dataset, InputFile, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.i18n import use_language
from ntm_rules.report.tables.asked import agencies_to_write_to, asked_of_commune
from ntm_rules.report.word.letters import LetterSubject, agency_letter, commune_letter, handed_in_paper
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.standing.handing_in import Handed
from ntm_rules.standing.lacks import Lack, body_of
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.gaps import gap_words
from tests.report.word.opened import body_of as rows_of
from tests.report.word.opened import cells, opened, table_titled

DAY = dt.date(2026, 11, 29)


@pytest.fixture(scope="module")
def subject(bare: Rulebook, bare_evaluation: Evaluation, sample: Dataset) -> LetterSubject:
    """All communes of the sample, from the body that the set names."""
    header = bare.loaded.header
    return LetterSubject(Overview(bare_evaluation, sample, DAY), header.reporting, header.legal_basis)


def document(content: bytes, tmp_path: Path) -> Document:
    path = tmp_path / "letter.docx"
    path.write_bytes(content)
    return opened(path)


def texts(found: Document) -> list[str]:
    return [p.text for p in found.paragraphs]


def has(found: Document, title: str) -> bool:
    return any(title in text for text in texts(found))


def test_every_gap_and_every_figure_owed_of_a_commune_stands_in_its_letter(
    subject: LetterSubject, tmp_path: Path
) -> None:
    overview, rules = subject.overview, subject.overview.evaluation.rules
    for one in overview.handing_in.communes[::6]:
        assert one.record is not None
        found = document(commune_letter(subject, one), tmp_path)
        gaps = []
        for held, gap in overview.evaluation.gaps(one.record):
            node = held.requirement
            gaps.append([node.id, gap_words(rules, node, gap), rules.agencies[node.lead].name.vi])
        title = "Chưa đạt những gì, còn thiếu bao nhiêu"
        shown = rows_of(cells(table_titled(found, title)), 1) if has(found, title) else []
        assert [[row[0], *row[2:]] for row in shown] == gaps
        owed = [lacking.requirement.id for lacking in overview.lacks.of(one.record, Lack.FIGURE)]
        listed = rows_of(cells(table_titled(found, "Số liệu còn thiếu")), 1) if has(found, "Số liệu còn thiếu") else []
        assert [row[0] for row in listed] == owed


def test_the_agencies_letters_together_hold_every_gap_once_and_every_conclusion_awaited(
    subject: LetterSubject, tmp_path: Path
) -> None:
    overview, evaluation = subject.overview, subject.overview.evaluation
    names = [unit.name for unit in evaluation.rules.communes.within()]
    shown: Counter[str] = Counter()
    rulings: Counter[tuple[str, str]] = Counter()
    for agency in agencies_to_write_to(overview):
        found = document(agency_letter(subject, agency), tmp_path)
        if has(found, "mà xã chưa đạt"):
            for row in rows_of(cells(table_titled(found, "mà xã chưa đạt")), 1):
                assert sum(name in row[3] for name in names) == int(row[2])
                assert row[3].count("xã trả lời “Không”, cần thực hiện:") <= 1, "the same is said once, for all of them"
                shown[row[0]] += int(row[2])
        if has(found, "Kết luận các xã đang chờ cơ quan"):
            for row in rows_of(cells(table_titled(found, "Kết luận các xã đang chờ cơ quan")), 1):
                rulings[agency, row[0]] += int(row[2])
    expected: Counter[str] = Counter()
    awaited: Counter[tuple[str, str]] = Counter()
    for record in range(len(evaluation.records)):
        expected.update(held.requirement.id for held, _gap in evaluation.gaps(record))
        for lacking in overview.lacks.of(record, Lack.RULING):
            awaited[body_of(evaluation.rules, lacking.requirement), lacking.requirement.id] += 1
    assert shown == expected
    assert rulings == awaited
    assert awaited, "the sample awaits conclusions"


def test_a_letter_has_the_head_of_one_and_its_day_is_dots_until_one_is_given(
    subject: LetterSubject, tmp_path: Path
) -> None:
    one = subject.overview.handing_in.communes[0]
    found = document(commune_letter(subject, one), tmp_path)
    left = [p.text for row in found.tables[0].rows for p in row.cells[0].paragraphs if p.text]
    name = one.commune.name
    assert left == [
        "UBND TỈNH LAI CHÂU",
        "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "Số:        /………-………",
        f"V/v hoàn thiện hồ sơ tự đánh giá năm 2026 của xã {name}",
        "DỰ THẢO - chưa ký, chưa lấy số",
    ]
    assert f"Kính gửi: Ủy ban nhân dân xã {name}" in texts(found)
    asked = next(text for text in texts(found) if text.startswith("Đề nghị Ủy ban"))
    assert asked.endswith("gửi kết quả về Sở Nông nghiệp và Môi trường trước ngày ……/……/20….")
    dated = LetterSubject(subject.overview, subject.reporting, by=dt.date(2027, 1, 15))
    asked = next(
        text for text in texts(document(commune_letter(dated, one), tmp_path)) if text.startswith("Đề nghị Ủy ban")
    )
    assert asked.endswith("trước ngày 15/01/2027.")


def test_the_agency_that_owes_a_decision_is_told_with_the_days_it_is_overdue(
    subject: LetterSubject, tmp_path: Path
) -> None:
    found = document(agency_letter(subject, "so-nong-nghiep-moi-truong"), tmp_path)
    assert any(
        "quá hạn 121 ngày, tính đến ngày 29/11/2026" in text or "quá hạn 121 ngày tính đến ngày 29/11/2026" in text
        for text in texts(found)
    )
    other = document(agency_letter(subject, "so-y-te"), tmp_path)
    assert not any("quá hạn" in text for text in texts(other))


def test_nobody_writes_to_himself(subject: LetterSubject, tmp_path: Path) -> None:
    assert subject.reporting is not None
    said = texts(document(agency_letter(subject, subject.reporting.by), tmp_path))
    assert "Kính gửi: Sở Nông nghiệp và Môi trường" in said
    assert any(words.startswith("UBND tỉnh Lai Châu đã tổng hợp") for words in said)
    assert any("gửi kết quả về UBND tỉnh Lai Châu trước ngày" in words for words in said)
    head = document(agency_letter(subject, subject.reporting.by), tmp_path).tables[0]
    assert head.rows[0].cells[0].text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU"]
    assert "/UBND-" in head.rows[1].cells[0].text


def test_an_agency_that_owes_only_a_decision_is_asked_for_it_and_not_to_help_communes(
    bare: Rulebook, subject: LetterSubject, tmp_path: Path
) -> None:
    nobody = evaluate(bare.for_year(2026), [], years=[2026])
    alone = LetterSubject(Overview(nobody, Dataset([]), DAY), subject.reporting)
    assert agencies_to_write_to(alone.overview) == ["so-nong-nghiep-moi-truong"], "it owes the province's set"
    said = texts(document(agency_letter(alone, "so-nong-nghiep-moi-truong"), tmp_path))
    (asked,) = [text for text in said if text.startswith("Đề nghị Sở")]
    assert "tham mưu, trình cấp có thẩm quyền ban hành các văn bản nêu trên" in asked
    assert "các xã" not in asked
    both = texts(document(agency_letter(subject, "so-nong-nghiep-moi-truong"), tmp_path))
    (asked,) = [text for text in both if text.startswith("Đề nghị Sở")]
    assert "ban hành các văn bản nêu trên; kết luận, hướng dẫn và hỗ trợ các xã" in asked


def test_who_lacks_nothing_is_asked_for_nothing(bare: Rulebook, subject: LetterSubject, tmp_path: Path) -> None:
    nobody = evaluate(bare.for_year(2026), [], years=[2026])
    alone = LetterSubject(Overview(nobody, Dataset([]), DAY), subject.reporting)
    said = texts(document(agency_letter(alone, "so-y-te"), tmp_path))
    assert not [text for text in said if text.startswith("Đề nghị")]


def test_what_is_asked_stays_on_the_page_of_the_signature(subject: LetterSubject, tmp_path: Path) -> None:
    for content in (
        agency_letter(subject, "so-y-te"),
        commune_letter(subject, subject.overview.handing_in.communes[4]),
    ):
        found = document(content, tmp_path)
        (asked,) = [p for p in found.paragraphs if p.text.startswith("Đề nghị ")]
        assert asked.paragraph_format.keep_with_next


def test_who_handed_in_nothing_or_nothing_usable_is_written_to_as_such_and_counted_apart(
    bare: Rulebook, tmp_path: Path
) -> None:
    income = {"income_per_capita": Reported(State.PRESENT, 40_000_000)}
    records = [CommuneYear("03390", "Bình Lư", 2026, values=income), CommuneYear("03394", "Sin Suối Hồ", 2026)]
    inputs = [
        InputFile("a.xlsx", "0" * 64, 1, (("03390", 2026),)),
        InputFile("b.xlsx", "1" * 64, 1, (("03394", 2026),)),
        InputFile("b (2).xlsx", "2" * 64, 1, (("03394", 2026),)),
    ]
    dataset = Dataset(records, inputs=inputs)
    evaluation = evaluate(bare.for_year(2026), records, years=[2026])
    subject = LetterSubject(Overview(evaluation, dataset, DAY), None)
    said = {}
    for one in subject.overview.handing_in.communes[:4]:
        found = document(commune_letter(subject, one), tmp_path)
        said[one.state] = "\n".join(texts(found))
        if one.state is not Handed.USABLE:
            assert not has(found, "Chưa đạt những gì"), "nothing is claimed of it"
    assert (
        "đã nhận phiếu tự đánh giá năm 2026 của xã Sin Suối Hồ (2 tệp) nhưng chưa số liệu nào dùng được"
        in said[Handed.NOTHING_USABLE]
    )
    assert "chưa nhận được phiếu tự đánh giá năm 2026" in said[Handed.NOTHING]
    assert "lập phiếu tự đánh giá năm 2026, gửi kết quả về" in said[Handed.NOTHING]
    table = rows_of(cells(table_titled(document(handed_in_paper(subject), tmp_path), "Tình hình nộp")), 1)
    assert len(table) == 36
    by_name = {row[1]: row[2:] for row in table}
    assert by_name["Xã Bình Lư"] == ["Có phiếu dùng được", "1", "0", "0"]
    assert by_name["Xã Sin Suối Hồ"][1] == "2", "how often: the versions handed in"
    assert [row[3] for row in table].count("0") == 34


def test_letters_are_written_in_english_too(subject: LetterSubject, tmp_path: Path) -> None:
    use_language("en")
    found = document(commune_letter(subject, subject.overview.handing_in.communes[0]), tmp_path)
    said = texts(found)
    assert said[0].startswith("To: People's Committee of ")
    assert any("and send the result to Department of Agriculture and Environment by" in text for text in said)


def test_no_letter_speaks_of_a_command_of_the_program() -> None:
    for code, kind in KINDS.items():
        said = kind.mend_on_paper or kind.mend
        assert not re.search(r"--[a-z]|\bntm ", said), code


def test_a_letter_that_asks_for_documents_alone_does_not_say_that_nothing_is_missing(
    subject: LetterSubject, tmp_path: Path
) -> None:
    asked = {
        one.commune.code: (one, asked_of_commune(subject.overview, one)) for one in subject.overview.handing_in.communes
    }
    bare_alone = [one for one, rows in asked.values() if rows.bare and not (rows.mistakes or rows.owed or rows.short)]
    nothing = LetterSubject(subject.overview, subject.reporting)
    for one in bare_alone or [asked["03390"][0]]:
        said = "\n".join(texts(document(commune_letter(nothing, one), tmp_path)))
        assert "chưa nêu văn bản minh chứng" in said
        assert "Những nội dung cần hoàn thiện như sau:" in said
        assert "không còn nội dung nào" not in said


def test_what_came_for_another_year_and_several_files_are_told_in_the_letter(
    subject: LetterSubject, tmp_path: Path
) -> None:
    one = subject.overview.handing_in.communes[0]
    late = replace(one, state=Handed.NOTHING, record=None, files=(), problems=(), of_other_years=(("a.xlsx", 2025),))
    said = "\n".join(texts(document(commune_letter(subject, late), tmp_path)))
    assert "chưa nhận được phiếu tự đánh giá năm 2026 của xã Bình Lư; đã nhận tệp a.xlsx, là phiếu năm 2025." in said
    said = "\n".join(texts(document(commune_letter(subject, replace(one, files=("a.xlsx", "b.xlsx"))), tmp_path)))
    assert "Xã này nộp 2 tệp: a.xlsx, b.xlsx." in said


def test_a_letter_names_a_table_of_reasons_only_where_there_is_one(subject: LetterSubject, tmp_path: Path) -> None:
    one = replace(subject.overview.handing_in.communes[0], state=Handed.NOTHING_USABLE, problems=())
    said = "\n".join(texts(document(commune_letter(subject, one), tmp_path)))
    assert "Bảng 1" not in said
    assert "chưa số liệu nào dùng được: chưa điền số liệu nào" in said


def test_a_growth_that_fails_for_a_mistake_in_last_years_figure_points_to_the_mistake(
    bare: Rulebook, tmp_path: Path
) -> None:
    income = {"income_per_capita": Reported(State.PRESENT, 400_000_000)}
    records = [CommuneYear("03390", "Bình Lư", 2026, values=income)]
    wrong = Problem("not-a-number", "a.xlsx", "Số liệu", "G30", 0, "03390", "", 2025, "income_per_capita", "41.5")
    for problems, told in (([wrong], "xem bảng lỗi ở trên"), ([], "thiếu số liệu năm trước")):
        dataset = Dataset(records, problems, [InputFile("a.xlsx", "0" * 64, 1, (("03390", 2026),))])
        subject = LetterSubject(Overview(evaluate(bare.for_year(2026), records, years=[2026]), dataset, DAY), None)
        one = subject.overview.handing_in.communes[0]
        owed = {row[0]: row[2] for row in asked_of_commune(subject.overview, one).owed.rows}
        assert told in owed["3.1"]
