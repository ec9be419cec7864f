"""Head and close of a paper: the bodies named, everything a person must give left blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules.i18n import use_language
from ntm_rules.report.word.components import (
    BLANK,
    Issuer,
    add_closing,
    add_head,
    add_title,
    agency_as_issuer,
    people_s_committee,
)
from ntm_rules.report.word.layout import Paper
from tests.report.word.opened import opened


def head_and_close(
    issuer: Issuer, tmp_path: Path, recipients: tuple[str, ...] = ()
) -> tuple[list[list[str]], list[list[str]]]:
    paper = Paper("Thử")
    add_head(paper, issuer)
    add_title(paper, "BÁO CÁO", "Kết quả")
    add_closing(paper, issuer, recipients)
    path = tmp_path / "paper.docx"
    path.write_bytes(paper.bytes())
    head, close = opened(path).tables
    lines = [
        [[p.text for p in cell.paragraphs if p.text] for row in t.rows for cell in row.cells] for t in (head, close)
    ]
    return lines[0], lines[1]


def test_a_communes_paper_is_headed_by_its_peoples_committee_and_left_to_sign(tmp_path: Path) -> None:
    head, close = head_and_close(people_s_committee("Xã Khun Há", "Khun Há"), tmp_path)
    assert head == [
        ["ỦY BAN NHÂN DÂN", "XÃ KHUN HÁ"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ["Số:        /BC-UBND", "DỰ THẢO - chưa ký, chưa lấy số"],
        ["Khun Há, ngày      tháng      năm 20…"],
    ]
    assert close == [
        ["Nơi nhận:", f"- {BLANK};", f"- {BLANK};", "- Lưu: VT, ………."],
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    ]


def test_an_agencys_sign_superior_and_signer_are_left_for_it(tmp_path: Path) -> None:
    head, close = head_and_close(agency_as_issuer("Sở Y tế", "Lai Châu"), tmp_path, ("UBND tỉnh",))
    assert head[0] == [BLANK, "SỞ Y TẾ"]
    assert head[2][0] == "Số:        /BC-………"
    assert close[0][1] == "- UBND tỉnh;"
    assert close[1] == ["(Quyền hạn, chức vụ của người ký)"]


def test_a_superior_that_the_set_names_stands_above_the_agency(tmp_path: Path) -> None:
    head, _close = head_and_close(agency_as_issuer("Sở Y tế", "Lai Châu", "UBND tỉnh Lai Châu"), tmp_path)
    assert head[0] == ["UBND TỈNH LAI CHÂU", "SỞ Y TẾ"]


def test_where_the_set_names_nobody_both_lines_are_dots(tmp_path: Path) -> None:
    head, _close = head_and_close(Issuer((), place="Tỉnh A"), tmp_path)
    assert [set(line) for line in head[0]] == [{"…"}, {"…"}]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_number_no_day_and_no_name_is_given(language: str, tmp_path: Path) -> None:
    use_language(language)
    head, close = head_and_close(people_s_committee("Xã A", "A"), tmp_path)
    said = " ".join(" ".join(lines) for lines in (*head, *close))
    assert [character for character in said if character.isdigit()] == ["2", "0"], "the century alone"
