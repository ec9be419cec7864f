"""`ntm report self-assessment`: what it writes, what it refuses, what it says."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import shutil
from pathlib import Path

import pytest
from docx import Document

from tests.conftest import SAMPLE, Ntm, results_in
from tests.forms.commune.conftest import Officer
from tests.report.word.opened import cells, opened, table_titled

FORM = SAMPLE / "03595-than-uyen.xlsx"
PROVINCE = SAMPLE.parent / "lai-chau-2026.csv"
COMMAND = ("report", "self-assessment")


def test_it_writes_the_paper_and_leaves_the_form_as_it_was(ntm: Ntm, tmp_path: Path) -> None:
    form = Path(shutil.copy(FORM, tmp_path / "phieu.xlsx"))
    before = hashlib.sha256(form.read_bytes()).hexdigest()
    run = ntm(*COMMAND, form, "-o", tmp_path / "moi" / "bao-cao.docx")
    assert (run.returncode, run.stderr) == (0, "")
    *said, counts = run.stdout.splitlines()[:5]
    assert counts.startswith("Kiểm tra chéo: "), "before anybody signs"
    assert said == [
        f"Đã ghi: {tmp_path / 'moi' / 'bao-cao.docx'}",
        "Đây là bản dự thảo chưa ký: số, ngày và chữ ký do người có thẩm quyền ghi.",
        f"Phiếu kiểm tra, không ký: {tmp_path / 'moi' / 'bao-cao-kiem-tra.docx'}",
        "SỐ LIỆU MINH HỌA: số liệu bịa ra để minh họa, không phải số liệu thật",
    ]
    assert sorted(p.name for p in results_in(tmp_path / "moi")) == ["bao-cao-kiem-tra.docx", "bao-cao.docx"]
    assert hashlib.sha256(form.read_bytes()).hexdigest() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["moi", "phieu.xlsx"]


def test_a_file_of_that_name_is_replaced_and_that_is_said(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "bao-cao.docx"
    said = "Tệp cũ cùng tên đã được thay."
    assert said not in ntm(*COMMAND, FORM, "-o", out).stdout
    first = out.read_bytes()
    assert said in ntm(*COMMAND, FORM, "-o", out).stdout.splitlines()
    assert out.read_bytes() == first, "the same form gives the same bytes"


def test_a_paper_that_a_person_has_worked_on_is_not_replaced(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "bao-cao.docx"
    ntm(*COMMAND, FORM, "-o", out)
    document = Document(str(out))
    document.core_properties.last_modified_by = "Nguyễn Văn A"
    document.save(str(out))
    mine = out.read_bytes()
    run = ntm(*COMMAND, FORM, "-o", out)
    assert (run.returncode, f"{out} đã có người sửa" in run.stderr, out.read_bytes()) == (2, True, mine)


def test_a_sheet_of_checks_that_a_person_made_is_never_replaced(ntm: Ntm, tmp_path: Path) -> None:
    own = tmp_path / "bao-cao-kiem-tra.docx"
    own.write_bytes(b"cua toi")
    run = ntm(*COMMAND, FORM, "-o", tmp_path / "bao-cao.docx")
    assert run.returncode == 2
    assert str(own) in run.stderr
    assert own.read_bytes() == b"cua toi"
    assert not (tmp_path / "bao-cao.docx").exists()


def test_problems_of_the_data_make_the_status_three_and_stand_on_screen(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(*COMMAND, SAMPLE / "03430-khun-ha.xlsx", "-o", tmp_path / "a.docx")
    assert run.returncode == 3
    assert "• 03430-khun-ha.xlsx, trang tính «Số liệu», ô E79: đọc được «1.234»" in run.stdout


def test_a_sheet_that_says_another_commune_is_told_on_screen_and_in_the_sheet_of_checks(
    ntm: Ntm, tmp_path: Path
) -> None:
    officer = Officer(FORM.read_bytes())
    next(sheet for sheet in officer.sheets() if sheet.title == "Số liệu")["B3"].value = "03601"
    form = tmp_path / "phieu.xlsx"
    form.write_bytes(officer.data())
    run = ntm(*COMMAND, form, "-o", tmp_path / "a.docx")
    assert run.returncode == 3
    assert "• phieu.xlsx, trang tính «Số liệu», ô " in run.stdout
    assert "03601" in run.stdout
    checks = "\n".join(p.text for p in Document(str(tmp_path / "a-kiem-tra.docx")).paragraphs)
    assert "Mọi số liệu trong phiếu đều đọc được" not in checks
    assert "03601" in str(cells(table_titled(opened(tmp_path / "a-kiem-tra.docx"), "Số liệu không dùng được")))


def test_of_a_file_of_many_communes_one_is_chosen(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    refused = ntm(*COMMAND, PROVINCE, "-o", out)
    assert (refused.returncode, out.exists()) == (2, False)
    assert "--commune" in refused.stderr
    assert ntm(*COMMAND, PROVINCE, "--commune", "3595", "-o", out).returncode == 0
    assert Document(str(out)).core_properties.title.startswith("Kết quả tự đánh giá của xã Than Uyên năm 2026 ")


def test_another_day_of_the_law_is_told(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    days = ("--as-of", "30/6/2026", "--known-on", "2026-12-31")
    assert ntm(*COMMAND, FORM, *days, "--year", "2026", "-o", out).returncode == 0
    said = [p.text for p in Document(str(out)).paragraphs]
    assert any(
        words.endswith("quy định có hiệu lực tại ngày 30/6/2026, đã ban hành đến ngày 31/12/2026.") for words in said
    )


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("bao-cao.pdf", "bao-cao.pdf: hãy nêu tên tệp kết thúc bằng .docx"),
        (".", "là thư mục; hãy nêu tên tệp kết thúc bằng .docx"),
        ("phieu.docx", "chính là phiếu của xã, không bao giờ bị ghi vào"),
    ],
)
def test_what_cannot_be_written_to_is_refused_before_anything_is_read(
    ntm: Ntm, tmp_path: Path, out: str, words: str
) -> None:
    form = Path(shutil.copy(FORM, tmp_path / "phieu.docx"))
    before = form.read_bytes()
    run = ntm(*COMMAND, form, "-o", tmp_path / out)
    assert run.returncode == 2
    assert words in run.stderr
    assert form.read_bytes() == before


def test_a_missing_form_and_a_year_without_figures_write_nothing(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    missing = ntm(*COMMAND, tmp_path / "khong-co.xlsx", "-o", out)
    assert (missing.returncode, "Không có tệp hoặc thư mục" in missing.stderr) == (2, True)
    empty = ntm(*COMMAND, FORM, "--year", "2028", "-o", out)
    assert empty.returncode == 2
    assert "Không có số liệu năm 2028" in empty.stdout
    assert not out.exists()


def test_a_paper_that_is_open_elsewhere_is_told_as_such(
    ntm: Ntm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.docx"
    ntm(*COMMAND, FORM, "-o", out)
    before = out.read_bytes()

    move = Path.replace

    def held(self: Path, target: Path) -> Path:
        if self == out:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", held)
    run = ntm(*COMMAND, FORM, "-o", out)
    assert run.returncode == 2
    said = f"Không thay được {out}: hãy đóng tệp ở chương trình đang mở (Word, Excel) rồi chạy lại"
    assert run.stderr.splitlines() == [said]
    assert out.read_bytes() == before


def test_a_form_filled_in_gives_its_figures_and_its_sheet_of_documents(ntm: Ntm, tmp_path: Path) -> None:
    """The blank form of `ntm template`, filled in with another program as an officer does."""
    form, out = tmp_path / "phieu.xlsx", tmp_path / "bao-cao.docx"
    previous = SAMPLE / "03430-khun-ha.xlsx"
    made = ntm("template", "--commune", "03430", "--year", "2026", "--previous", previous, "-o", form)
    assert made.returncode in (0, 3), made.stderr
    officer = Officer(form.read_bytes())
    officer.put("households_safe_electricity_share", numerator=1693, denominator=1870, note="theo hóa đơn")
    officer.document(
        "households_safe_electricity_share",
        number="12/BC-ĐL",
        date=dt.date(2027, 1, 15),
        issuer="Điện lực",
        title="Danh sách hộ dùng điện",
    )
    form.write_bytes(officer.data())
    run = ntm(*COMMAND, form, "-o", out)
    assert run.returncode in (0, 3), run.stderr
    document = opened(out)
    row = {r[0]: r for r in cells(table_titled(document, "kết quả thực hiện Bộ tiêu chí năm 2026"))}["2.4"]
    assert row[2:7] == ["%", "87,35", "", "90,53", "Chưa quy định mức đạt"], "last year's figure is on the form itself"
    assert row[9].endswith("Xã ghi chú: theo hóa đơn")
    head, *body = cells(table_titled(document, "văn bản, tài liệu minh chứng năm"))
    assert head[1:] == ["Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Trích yếu, hoặc nguyên văn xã ghi", "Cho chỉ tiêu"]
    assert body == [["1", "12/BC-ĐL", "15/01/2027", "Điện lực", "Danh sách hộ dùng điện", "2.4"]]
