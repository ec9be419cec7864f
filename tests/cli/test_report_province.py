"""`ntm report province` and `ntm report agency`: their files, what they never overwrite, what they refuse."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.conftest import ILLUSTRATIVE, SAMPLES, Ntm, ReportRun, results_in
from tests.other_set.conftest import DATA as OTHER_DATA
from tests.other_set.conftest import LAW as OTHER_LAW

DATA = SAMPLES / "lai-chau-2026.csv"
PROVINCE = ("report", "province", DATA)
AGENCY = ("report", "agency", DATA)


@pytest.fixture(scope="module")
def province(report_runs: Mapping[str, ReportRun]) -> Path:
    """The folder of one run under the illustrative overlay."""
    out, run = report_runs["province"]
    assert (run.returncode, run.stderr) == (0, "")
    *said, counts = run.stdout.splitlines()
    assert counts.startswith("Kiểm tra chéo: ")
    assert said == [
        *(f"Đã ghi: {out / name}" for name in ("bao-cao-tong-hop.docx", "bieu-05-06.xlsx", "ket-qua.xlsx")),
        "Các báo cáo là bản dự thảo chưa ký: số, ngày và chữ ký do người có thẩm quyền ghi.",
        "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH: một số mức đạt chuẩn là số bịa ra để minh họa",
        "SỐ LIỆU MINH HỌA: số liệu bịa ra để minh họa, không phải số liệu thật",
    ]
    return out


def test_it_writes_the_paper_the_forms_and_the_workbook_of_results(province: Path) -> None:
    assert [path.name for path in results_in(province)] == ["bao-cao-tong-hop.docx", "bieu-05-06.xlsx", "ket-qua.xlsx"]
    sheets = openpyxl.load_workbook(province / "ket-qua.xlsx").sheetnames
    assert (sheets[0], "Kiểm tra chéo" in sheets) == ("Tổng hợp", True), "as ntm batch writes it"


def test_a_second_run_replaces_its_own_files_with_the_same_bytes(ntm: Ntm, province: Path, tmp_path: Path) -> None:
    for path in results_in(province):
        (tmp_path / path.name).write_bytes(path.read_bytes())
        os.utime(tmp_path / path.name, (0, 0))
    assert ntm(*PROVINCE, "--overlay", ILLUSTRATIVE, "-o", tmp_path).returncode == 0
    assert all(path.stat().st_mtime > 0 for path in tmp_path.iterdir())
    for path in results_in(province):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_paper_that_a_person_has_worked_on_is_never_replaced(ntm: Ntm, province: Path, tmp_path: Path) -> None:
    for path in results_in(province):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    paper = tmp_path / "bao-cao-tong-hop.docx"
    document = Document(str(paper))
    document.add_paragraph("Kiến nghị của Sở")
    document.core_properties.last_modified_by = "Nguyễn Văn A"
    document.save(str(paper))
    worked_on, forms = paper.read_bytes(), (tmp_path / "bieu-05-06.xlsx").stat().st_mtime_ns
    run = ntm(*PROVINCE, "-o", tmp_path)
    assert run.returncode == 2
    assert run.stderr.splitlines() == [
        f"{paper} đã có người sửa, hoặc không do chương trình này ghi ra; hãy chuyển đi nơi khác hoặc chọn thư mục khác"
    ]
    assert paper.read_bytes() == worked_on
    assert (tmp_path / "bieu-05-06.xlsx").stat().st_mtime_ns == forms


@pytest.mark.parametrize("content", [b"khong phai zip", b""])
def test_a_file_that_is_not_ours_is_never_replaced(ntm: Ntm, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bieu-05-06.xlsx").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "ket-qua.xlsx", "w") as archive:
        archive.writestr("a.txt", "x")
    run = ntm(*PROVINCE, "-o", tmp_path)
    assert run.returncode == 2
    assert [line.partition(" ")[0] for line in run.stderr.splitlines()] == [
        str(tmp_path / "bieu-05-06.xlsx"),
        str(tmp_path / "ket-qua.xlsx"),
    ]
    assert (tmp_path / "bieu-05-06.xlsx").read_bytes() == content


def test_a_file_where_a_folder_is_asked_for_and_missing_data_are_refused(ntm: Ntm, tmp_path: Path) -> None:
    taken = tmp_path / "tep"
    taken.write_text("x")
    assert "là một tệp; hãy chọn một thư mục để ghi kết quả" in ntm(*PROVINCE, "-o", taken).stderr
    run = ntm("report", "province", tmp_path / "khong-co", "-o", tmp_path / "out")
    assert (run.returncode, "Không có tệp hoặc thư mục" in run.stderr) == (2, True)
    outside = ntm(*PROVINCE, "--year", "2031", "-o", tmp_path / "out")
    assert (outside.returncode, "2031" in outside.stderr) == (2, True)
    empty = ntm(*PROVINCE, "--year", "2029", "-o", tmp_path / "out")
    assert (empty.returncode, "Không có số liệu năm 2029" in empty.stdout) == (2, True)
    assert not (tmp_path / "out").exists()


def test_english_is_complete(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm("report", "province", OTHER_DATA, *OTHER_LAW, "--lang", "en", "-o", tmp_path)
    assert run.stdout.splitlines()[3] == (
        "The papers are unsigned drafts: number, day and signature are for people to give."
    )
    document = Document(str(tmp_path / "bao-cao-tong-hop.docx"))
    assert document.core_properties.language == "en-GB"
    assert openpyxl.load_workbook(tmp_path / "bieu-05-06.xlsx")["Biểu 05"]["B3"].value == "Content"


# --- agencies ----------------------------------------------------------------------------------


def test_all_agencies_and_an_index_are_written(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm("report", "agency", OTHER_DATA, *OTHER_LAW, "--all", "-o", tmp_path)
    assert (run.returncode, run.stderr) == (3, "")
    assert run.stdout.splitlines()[:2] == [f"Đã ghi 7 tệp vào {tmp_path}", f"Đã ghi: {tmp_path / 'muc-luc.xlsx'}"]
    index = openpyxl.load_workbook(tmp_path / "muc-luc.xlsx")["Mục lục"]
    named = {cell.value for row in index.iter_rows(min_row=4, min_col=9, max_col=10) for cell in row}
    assert named == {
        f"{id_}.{kind}" for id_ in ("ban-kinh-te", "chi-cuc-nuoc", "doi-kiem-lam") for kind in ("docx", "xlsx")
    }
    assert {path.name for path in results_in(tmp_path)} == named | {"muc-luc.xlsx"}


def test_one_agency_or_several_are_written_without_an_index(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(*AGENCY, "--agency", "so-y-te", "--agency", "so-noi-vu", "-o", tmp_path)
    assert run.returncode == 0
    assert [path.name for path in results_in(tmp_path)] == [
        "so-noi-vu.docx",
        "so-noi-vu.xlsx",
        "so-y-te.docx",
        "so-y-te.xlsx",
    ]


def test_an_agency_that_is_not_known_is_refused_with_the_nearest_and_the_list(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(*AGENCY, "--agency", "so-yte", "-o", tmp_path / "out")
    assert run.returncode == 2
    first, second, third = run.stderr.splitlines()
    assert (first, second) == ("Không có cơ quan so-yte", "Có phải ý bạn là “so-y-te”?")
    assert third.startswith("Các cơ quan chủ trì: so-nong-nghiep-moi-truong, so-xay-dung, ")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [(), ("--all", "--agency", "so-y-te")])
def test_either_agencies_or_all_must_be_said(ntm: Ntm, tmp_path: Path, options: tuple[str, ...]) -> None:
    run = ntm(*AGENCY, *options, "-o", tmp_path)
    assert (run.returncode, "ghi --agency MÃ hoặc --all" in run.stderr) == (2, True)
