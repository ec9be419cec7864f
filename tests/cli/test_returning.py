"""`--return` of assess and batch: forms given back, and the ones handed in never touched."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet
from tests.conftest import SAMPLE, Ntm
from tests.forms.commune.conftest import Officer

FORM = SAMPLE / "03508-hong-thu.xlsx"


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    path = tmp_path / "nộp" / "phiếu xã.xlsx"
    path.parent.mkdir()
    shutil.copy(FORM, path)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def listed(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Lỗi cần sửa"].iter_rows(min_row=5)]


def test_a_form_comes_back_with_its_mistakes_and_what_asks_for_a_second_look(
    ntm: Ntm, handed_in: Path, tmp_path: Path
) -> None:
    before, out = handed_in.read_bytes(), tmp_path / "trả.xlsx"
    run = ntm("assess", handed_in, "--return", out)
    assert run.returncode == 3
    assert "Đã ghi phiếu trả lại, giữ nguyên câu trả lời: 2 lỗi cần sửa," in " ".join(run.stdout.split())
    assert handed_in.read_bytes() == before
    rows = listed(out)
    assert [row[1] for row in rows][:2] == ["lỗi", "lỗi"]
    assert {row[5] for row in rows[:2]} == {"23,28", "120%"}
    (without_evidence,) = (row for row in rows[2:] if str(row[6]).startswith("KC31"))
    assert without_evidence[1] == "lưu ý"
    assert str(without_evidence[3]).startswith("Minh chứng, "), "what is missing is entered there"
    assert str(without_evidence[6]).startswith(f"KC31. {without_evidence[4]} "), "too many to name one"
    officer = Officer(out.read_bytes())
    assert officer.cell("online_procedures_share", "value").value == "120%"
    assert officer.cell("online_procedures_share", "value").comment is not None


def test_a_mended_form_comes_back_without_errors(ntm: Ntm, handed_in: Path, tmp_path: Path) -> None:
    officer = Officer(handed_in.read_bytes())
    officer.put("online_procedures_share", value=92).put("households_clean_water_share", value=None)
    handed_in.write_bytes(officer.data())
    run = ntm("assess", handed_in, "--return", tmp_path / "trả.xlsx")
    assert run.returncode == 0, run.stdout
    assert "lỗi" not in {row[1] for row in listed(tmp_path / "trả.xlsx")}


def test_the_form_handed_in_is_never_written_over(ntm: Ntm, handed_in: Path) -> None:
    before = handed_in.read_bytes()
    for target in (handed_in, handed_in.parent / "." / handed_in.name):
        run = ntm("assess", handed_in, "--return", target, "--force")
        assert run.returncode == 2
        assert "không bao giờ bị ghi đè" in run.stderr
    run = ntm("batch", handed_in.parent, "--out", handed_in.parent / "kq", "--return", handed_in.parent, "--force")
    assert run.returncode == 2
    assert handed_in.read_bytes() == before


def test_another_file_is_written_over_only_when_told(ntm: Ntm, handed_in: Path, tmp_path: Path) -> None:
    out = tmp_path / "trả.xlsx"
    out.write_bytes(b"khac")
    assert ntm("assess", handed_in, "--return", out).returncode == 2
    assert out.read_bytes() == b"khac"
    assert ntm("assess", handed_in, "--return", out, "--force").returncode == 3
    assert ntm("assess", handed_in, "--return", tmp_path / "a.docx").returncode == 2


@pytest.mark.long
def test_batch_gives_back_forms_with_problems_or_with_errors_or_warnings_of_the_cross_checks(
    ntm: Ntm, tmp_path: Path
) -> None:
    results, out, forms = tmp_path / "kq", tmp_path / "trả", tmp_path / "nộp"
    forms.mkdir()
    for code in ("03390", "03430", "03508", "03595", "03613"):  # one right, one doubted, three with mistakes
        shutil.copy(next(SAMPLE.glob(f"{code}-*.xlsx")), forms)
    run = ntm("batch", forms, "--out", results, "--return", out)
    assert run.returncode == 3
    with_problems = {row["file"] for row in rows_of(results / "problems.csv")}
    doubted = {row["file"] for row in rows_of(results / "cross-checks.csv") if row["severity"] in ("error", "warning")}
    assert len(with_problems) == 3
    assert doubted - with_problems
    assert {path.name for path in out.iterdir()} == with_problems | doubted
    assert not (out / "03390-binh-lu.xlsx").exists()
    assert f"Đã trả {len(with_problems | doubted)} phiếu vào {out}" in run.stdout
    assert {row[5] for row in listed(out / "03613-nam-so.xlsx") if row[1] == "lỗi"} >= {"96,5", "Cơ bản đạt"}
    assert "cảnh báo" in {row[1] for row in listed(out / "03595-than-uyen.xlsx")}
    doubted_cell = Officer((out / "03595-than-uyen.xlsx").read_bytes()).cell(
        "household_waste_treated_share", "numerator"
    )
    assert doubted_cell.comment is not None
    assert "KC23" in doubted_cell.comment.text


def test_what_reading_has_told_is_not_told_again_by_the_cross_checks(ntm: Ntm) -> None:
    screen = " ".join(ntm("assess", SAMPLE / "03613-nam-so.xlsx").stdout.split())
    assert screen.count("96,5") == 1
    assert "KC50 (lỗi)" in screen
    assert "1 chỗ, đã nêu ở trên trong phần «Vấn đề về số liệu»" in screen


def test_batch_gives_back_no_form_that_is_not_filled_in_or_right(ntm: Ntm, tmp_path: Path) -> None:
    ntm("template", "--year", "2026", "--commune", "03394", "-o", tmp_path / "nộp" / "a.xlsx")
    run = ntm("batch", tmp_path / "nộp", "--out", tmp_path / "kq", "--return", tmp_path / "trả")
    assert "Không phiếu nào có gì cần sửa" in run.stdout
    assert not (tmp_path / "trả").exists()


def test_what_cannot_be_given_back_is_named(ntm: Ntm, tmp_path: Path) -> None:
    folder = tmp_path / "nộp"
    folder.mkdir()
    (folder / "hỏng.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    shutil.copy(FORM, folder / "a.xlsx")
    run = ntm("batch", folder, "--out", tmp_path / "kq", "--return", tmp_path / "trả")
    assert "Không trả được vì không đọc được" in " ".join(run.stdout.split())
    assert "hỏng.xlsx" in run.stdout
    run = ntm("assess", folder / "hỏng.xlsx", "--return", tmp_path / "b.xlsx")
    assert run.returncode == 2
    assert "Không trả được phiếu" in run.stdout
    assert not (tmp_path / "b.xlsx").exists()


def test_a_blank_form_comes_back_too(ntm: Ntm, tmp_path: Path) -> None:
    ntm("template", "--year", "2026", "--commune", "03394", "-o", tmp_path / "a.xlsx")
    run = ntm("assess", tmp_path / "a.xlsx", "--return", tmp_path / "b.xlsx")
    assert run.returncode == 3
    assert "phiếu chưa điền. Điền rồi đánh giá lại." in " ".join(run.stdout.split())
    assert "0 lỗi cần sửa, 1 chỗ cần xem lại" in " ".join(run.stdout.split())
    assert (tmp_path / "b.xlsx").exists()


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@pytest.fixture(scope="module")
def forms(loaded: LoadedSet, lai_chau: CriteriaSet) -> dict[str, bytes]:
    """A form of each of two communes, with one mistake, and one without."""
    maker = FormMaker(loaded, lai_chau, 2026)
    one, other = (maker.form(loaded.communes[code]) for code in ("03394", "03405"))
    return {
        "one": Officer(one).put("income_per_capita", value="12 km").data(),
        "other": Officer(other).put("income_per_capita", value="13 km").data(),
        "right": Officer(other).put("income_per_capita", value=40).data(),
    }


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.long
def test_two_forms_of_one_name_both_come_back(ntm: Ntm, tmp_path: Path, forms: dict[str, bytes]) -> None:
    data = laid(tmp_path / "nop", {"A/phieu.xlsx": forms["one"], "B/phieu.xlsx": forms["other"]})
    run = ntm("batch", data, "--out", tmp_path / "kq", "--return", tmp_path / "tra")
    assert run.returncode == 3
    communes = {
        path.name: Officer(path.read_bytes()).book["Số liệu"]["D3"].value for path in (tmp_path / "tra").iterdir()
    }
    assert communes == {"A-phieu.xlsx": "Sin Suối Hồ", "B-phieu.xlsx": "Tả Lèng"}


def test_no_form_handed_in_is_written_over_whoevers_it_is(ntm: Ntm, tmp_path: Path, forms: dict[str, bytes]) -> None:
    data = laid(tmp_path, {"A/phieu.xlsx": forms["one"], "B/phieu.xlsx": forms["right"]})
    run = ntm("batch", data / "A", data / "B", "--out", tmp_path / "kq", "--return", data / "B", "--force")
    assert run.returncode == 2
    assert f"{data / 'B' / 'phieu.xlsx'} là phiếu đã nộp, không bao giờ bị ghi đè" in " ".join(run.stderr.split("\n"))
    assert (data / "B" / "phieu.xlsx").read_bytes() == forms["right"]


def test_a_form_of_which_nothing_can_be_read_is_not_given_back_blank(
    ntm: Ntm, tmp_path: Path, forms: dict[str, bytes]
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(forms["one"])) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == "xl/worksheets/sheet2.xml":
                text = text.replace(b"</sheetData>", FAR.encode())
            after.writestr(name, text)
    form = laid(tmp_path, {"phieu.xlsx": stream.getvalue()}) / "phieu.xlsx"
    run = ntm("assess", form, "--return", tmp_path / "tra.xlsx")
    assert not (tmp_path / "tra.xlsx").exists()
    assert "Không trả được phiếu: không đọc được" in run.stdout
    ntm("batch", form, "--out", tmp_path / "kq", "--return", tmp_path / "tra")
    assert list((tmp_path / "tra").iterdir()) == []


@pytest.mark.long
def test_what_did_not_come_back_is_said(ntm: Ntm, tmp_path: Path, forms: dict[str, bytes]) -> None:
    officer = Officer(forms["one"])
    sheet = officer.cell("income_per_capita", "value").parent
    sheet.cell(5, sheet.max_column + 1).value = "Cột riêng của xã"
    form = laid(tmp_path, {"phieu.xlsx": officer.data()}) / "phieu.xlsx"
    run = ntm("assess", form, "--return", tmp_path / "tra.xlsx")
    assert "có phần trong phiếu không đọc được" in " ".join(run.stdout.split())
    assert "giữ nguyên câu trả lời" not in " ".join(run.stdout.split())
    run = ntm("batch", form, "--out", tmp_path / "kq", "--return", tmp_path / "tra")
    assert "Có phần không đọc được trong các phiếu sau" in " ".join(run.stdout.split())


@pytest.mark.long
def test_it_opens_on_its_list_which_counts_as_the_screen_does(ntm: Ntm, handed_in: Path, tmp_path: Path) -> None:
    officer = Officer(handed_in.read_bytes())
    officer.book["Số liệu"]["R8"] = "ngoài bảng"
    handed_in.write_bytes(officer.data())
    out = tmp_path / "trả.xlsx"
    said = " ".join(ntm("assess", handed_in, "--return", out).stdout.split())
    assert openpyxl.load_workbook(out).active.title == "Lỗi cần sửa"
    rows = listed(out)
    assert "ngoài bảng" in {row[5] for row in rows}
    errors = sum(row[1] == "lỗi" for row in rows)
    assert f"{errors} lỗi cần sửa, {len(rows) - errors} chỗ cần xem lại" in said
    assert openpyxl.load_workbook(out)["Lỗi cần sửa"]["A2"].value == f"Lỗi: {errors}; cần xem lại: {len(rows) - errors}"
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), key=["lỗi", "cảnh báo", "lưu ý"].index)


def test_why_a_form_cannot_be_returned_is_said(ntm: Ntm, tmp_path: Path) -> None:
    ntm("template", "--year", "2026", "-o", tmp_path / "chung.xlsx")
    (tmp_path / "số.csv").write_text("Mã xã,Năm,rural_roads_connected\n03394,2026,Có\n", encoding="utf-8")
    for name, why in (
        ("chung.xlsx", "phiếu không ghi của xã nào"),
        ("số.csv", "chỉ trả được phiếu là tệp Excel (.xlsx)"),
    ):
        run = ntm("assess", tmp_path / name, "--return", tmp_path / "trả.xlsx")
        assert why in " ".join(run.stdout.split()), name
        assert not (tmp_path / "trả.xlsx").exists()


@pytest.mark.long
@pytest.mark.parametrize("name", ["03430.xlsx", "Khun Ha 2026.xlsx"])
def test_a_form_refused_for_its_name_comes_back_with_that_mistake_and_to_be_confirmed(
    ntm: Ntm, handed_in: Path, tmp_path: Path, name: str
) -> None:
    officer = Officer(handed_in.read_bytes())
    officer.put("online_procedures_share", value=92).put("households_clean_water_share", value=None)
    handed_in.write_bytes(officer.data())
    form = handed_in.rename(handed_in.with_name(name))
    run = ntm("assess", form, "--return", tmp_path / "a.xlsx")
    assert run.returncode == 2
    assert "1 lỗi cần sửa, 0 chỗ cần xem lại" in " ".join(run.stdout.split())
    ntm("batch", form.parent, "--out", tmp_path / "kq", "--return", tmp_path / "trả")
    for returned in (tmp_path / "a.xlsx", tmp_path / "trả" / name):
        (mistake,) = listed(returned)
        assert mistake[1] == "lỗi"
        assert "03430 Khun Há" in str(mistake[6])
        assert (
            mistake[7]
            == "Đổi tên tệp theo đúng xã ghi bên trong (03508 Hồng Thu); hoặc sửa lại tên xã, mã xã ở bên trong."
        )
        head = [row[0].value for row in openpyxl.load_workbook(returned)["Lỗi cần sửa"]["A2:A3"]]
        assert head[0] == "Lỗi: 1; cần xem lại: 0"
        assert str(head[1]).startswith("Chưa rõ phiếu của xã nào")


@pytest.mark.long
def test_each_of_two_files_that_differ_is_told_the_other_and_the_cross_checks_of_its_own_documents(
    ntm: Ntm, handed_in: Path, tmp_path: Path
) -> None:
    officer = Officer(handed_in.read_bytes())
    officer.put("online_procedures_share", value=92).put("households_clean_water_share", value=None)
    handed_in.write_bytes(officer.data())
    officer.put("online_procedures_share", value=93)
    officer.document("online_procedures_share", number="77/BC-UBND", date=None)
    other = handed_in.with_name("phiếu xã (sửa).xlsx")
    other.write_bytes(officer.data())
    ntm("batch", handed_in.parent, "--out", tmp_path / "kq", "--return", tmp_path / "trả")
    told = {name: listed(tmp_path / "trả" / name) for name in (handed_in.name, other.name)}
    for name, beside, here, there in (
        (handed_in.name, other.name, "92", "93"),
        (other.name, handed_in.name, "93", "92"),
    ):
        (conflict,) = (row for row in told[name] if row[1] == "lỗi")
        cell = officer.cell("online_procedures_share", "value").coordinate
        assert conflict[3] == f"Số liệu, {cell}"
        assert conflict[5] == here
        assert f"ở đây ghi «{here}», nhưng {beside}, trang tính «Số liệu», ô {cell} ghi «{there}»" in str(conflict[6])
    documents = {name: [row for row in rows if "77/BC-UBND" in str(row[6])] for name, rows in told.items()}
    assert documents[handed_in.name] == []
    assert len(documents[other.name]) == 1


@pytest.mark.long
def test_a_form_that_says_a_year_outside_the_period_comes_back_as_one_of_the_year_it_was_made_for(
    ntm: Ntm, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(FORM)
    book["Số liệu"]["H3"] = 2025
    book.save(tmp_path / "a.xlsx")
    run = ntm("assess", tmp_path / "a.xlsx", "--return", tmp_path / "b.xlsx")
    assert "--return ghi ra phiếu đó" in " ".join(run.stdout.split()), "what the mend promises"
    assert "Không trả được phiếu" not in run.stdout
    back = openpyxl.load_workbook(tmp_path / "b.xlsx")["Số liệu"]
    assert str(back["H3"].value) == "2026"
    typed = openpyxl.load_workbook(FORM)["Số liệu"]
    assert [row[3].value for row in back.iter_rows(min_row=6)] == [row[3].value for row in typed.iter_rows(min_row=6)]
    again = ntm("assess", tmp_path / "b.xlsx")
    assert "chưa ai xác nhận; không đọc phần nào" in " ".join(again.stdout.split())
