"""`ntm template`: forms for communes, and nothing written over."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.rulebook.loader import LoadedSet
from tests.conftest import ILLUSTRATIVE, SAMPLE, SAMPLES, Ntm
from tests.forms.commune.conftest import Officer, questions_of
from tests.other_set.conftest import SET

TEMPLATE = ("template", "--year", "2026")


def head(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path)["Số liệu"]
    return [sheet[cell].value for cell in ("B3", "D3", "H3")]


@pytest.mark.long
def test_a_form_for_one_commune_by_code_or_name(ntm: Ntm, tmp_path: Path) -> None:
    for number, commune in enumerate(("03394", "3394", "Sin Suối Hồ", "xã sin suối hồ", "sin suoi ho")):
        out = tmp_path / f"{number}.xlsx"
        run = ntm(*TEMPLATE, "--commune", commune, "-o", out)
        assert (run.returncode, run.stdout) == (0, f"Đã ghi: {out}\n")
        assert head(out) == ["03394", "Sin Suối Hồ", 2026]


def test_a_form_put_into_a_folder_is_named_for_its_commune_and_year(ntm: Ntm, tmp_path: Path) -> None:
    assert ntm(*TEMPLATE, "--commune", "03394", "-o", tmp_path).returncode == 0
    assert ntm(*TEMPLATE, "-o", tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["03394-sin-suoi-ho-2026.xlsx", "phieu-2026.xlsx"]


@pytest.mark.long
def test_all_communes_get_their_form_with_last_years_figures(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "phieu"
    run = ntm(*TEMPLATE, "--all", "--previous", SAMPLES / "lai-chau-2026.csv", "-o", out)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[0] == f"Đã ghi 36 phiếu vào {out}"
    names = sorted(path.name for path in out.iterdir())
    assert (len(names), names[0]) == (36, "03390-binh-lu-2026.xlsx")
    officer = Officer((out / names[0]).read_bytes())
    assert officer.cell("income_per_capita", "previous").value
    assert "/" in str(officer.cell("solid_houses_share", "previous").value)


def test_a_form_of_last_year_or_what_one_of_this_year_carries_serves_as_the_year_before(
    ntm: Ntm, tmp_path: Path
) -> None:
    out = tmp_path / "a.xlsx"
    run = ntm(*TEMPLATE, "--commune", "03394", "--previous", SAMPLE / "03394-sin-suoi-ho.xlsx", "-o", out)
    assert run.returncode == 0
    assert Officer(out.read_bytes()).cell("income_per_capita", "previous").value


def test_communes_without_a_year_before_are_named(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(
        *TEMPLATE, "--commune", "03405", "--previous", SAMPLE / "03394-sin-suoi-ho.xlsx", "-o", tmp_path / "a.xlsx"
    )
    assert "Không có số liệu năm 2025: Tả Lèng" in run.stdout


def test_problems_of_last_years_files_are_told(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(*TEMPLATE, "--commune", "03430", "--previous", SAMPLE / "03430-khun-ha.xlsx", "-o", tmp_path / "a.xlsx")
    assert run.returncode == 3
    assert "đọc được «1.234»" in " ".join(run.stdout.split())


@pytest.mark.long
def test_problems_of_other_communes_are_not_told_for_one_form(ntm: Ntm, tmp_path: Path) -> None:
    next_year = ("template", "--year", "2027", "--previous", SAMPLE, "--commune")
    run = ntm(*next_year, "03394", "-o", tmp_path / "a.xlsx")
    assert (run.returncode, "Vấn đề về số liệu" in run.stdout) == (0, False)
    run = ntm(*next_year, "03613", "-o", tmp_path / "b.xlsx")
    assert run.returncode == 3
    assert "Vấn đề về số liệu: 2 lỗi" in run.stdout
    assert "03508-hong-thu" not in run.stdout


def test_nothing_is_written_over_unless_told_to(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    out.write_bytes(b"dang dien")
    run = ntm(*TEMPLATE, "--commune", "03394", "-o", out)
    assert run.returncode == 2
    assert "không bị ghi đè" in run.stderr or "đã có" in run.stderr
    assert out.read_bytes() == b"dang dien"
    assert ntm(*TEMPLATE, "--commune", "03394", "-o", out, "--force").returncode == 0
    folder = tmp_path / "tat-ca"
    folder.mkdir()
    (folder / "03394-sin-suoi-ho-2026.xlsx").write_bytes(b"dang dien")
    run = ntm(*TEMPLATE, "--all", "-o", folder)
    assert run.returncode == 2
    assert "03394-sin-suoi-ho-2026.xlsx" in run.stderr
    assert [path.read_bytes() for path in folder.iterdir()] == [b"dang dien"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("template", "--year", "2025", "-o", "a.xlsx"), "2026"),
        (("template", "--year", "2026", "-o", "a.docx"), ".xlsx"),
        (("template", "--year", "2026", "--commune", "Sin Suối Hổ", "-o", "a.xlsx"), "03394 Sin Suối Hồ"),
        (("template", "--year", "2026", "--commune", "03388", "-o", "a.xlsx"), "03388"),
        (("template", "--year", "2026", "--commune", "03394", "--all", "-o", "a"), "--all"),
        (("template", "--year", "2026", "--previous", "khong-co.xlsx", "-o", "a.xlsx"), "khong-co.xlsx"),
        (("template", "-o", "a.xlsx"), "--year"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_written(
    ntm: Ntm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = ntm(*arguments)
    assert run.returncode == 2
    assert said in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_illustrative_targets_are_said(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(*TEMPLATE, "--commune", "03394", "--overlay", ILLUSTRATIVE, "-o", tmp_path / "a.xlsx")
    assert "KHÔNG PHẢI QUY ĐỊNH" in run.stdout


def test_the_same_command_writes_the_same_bytes(ntm: Ntm, tmp_path: Path) -> None:
    forms = []
    for name in ("a.xlsx", "b.xlsx"):
        ntm(*TEMPLATE, "--commune", "03394", "-o", tmp_path / name)
        forms.append((tmp_path / name).read_bytes())
    assert forms[0] == forms[1]


def test_another_set_makes_its_own_forms(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm("template", "--criteria", SET, "--year", "2032", "--all", "-o", tmp_path / "a")
    assert run.returncode == 0, run.stderr
    book = openpyxl.load_workbook(io.BytesIO(next(iter(sorted((tmp_path / "a").iterdir()))).read_bytes()))
    assert "Số liệu" in book.sheetnames


def test_in_english(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(*TEMPLATE, "--commune", "03394", "-o", tmp_path / "a.xlsx", "--lang", "en")
    assert run.stdout == f"Written: {tmp_path / 'a.xlsx'}\n"
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[:2] == ["Guide", "Figures"]


FORM = SAMPLE / "03394-sin-suoi-ho.xlsx"


def test_a_unit_that_the_criteria_are_not_for_is_called_by_its_name(ntm: Ntm, tmp_path: Path) -> None:
    for wanted in ("03388", "Phường Đoàn Kết"):
        run = ntm("template", "--commune", wanted, "--year", "2026", "-o", tmp_path / "phieu.xlsx")
        said = "03388 Phường Đoàn Kết không thuộc loại đơn vị mà bộ tiêu chí này áp dụng"
        assert (run.returncode, run.stderr.strip()) == (2, said)
    assert list(tmp_path.iterdir()) == []


def test_invented_figures_of_the_year_before_are_called_so(ntm: Ntm, tmp_path: Path, loaded: LoadedSet) -> None:
    out = tmp_path / "phieu.xlsx"
    run = ntm("template", "--commune", "03394", "--year", "2027", "--previous", FORM, "-o", out)
    assert run.returncode == 0
    assert "SỐ LIỆU MINH HỌA: số liệu bịa ra để minh họa, không phải số liệu thật" in run.stdout
    officer = Officer(out.read_bytes())
    assert officer.book["Số liệu"]["D4"].value == "Số liệu năm 2026 là số liệu minh họa"
    out.write_bytes(officer.put("income_per_capita", value=50).data())
    assert read_dataset([out], questions_of(loaded)).illustrative
    own = tmp_path / "that.xlsx"
    ntm("template", "--commune", "03405", "--year", "2027", "--previous", FORM, "-o", own)
    assert not read_dataset([own], questions_of(loaded)).illustrative


@pytest.mark.long
def test_last_years_growth_is_no_report_of_last_year(ntm: Ntm, tmp_path: Path) -> None:
    """Nobody reported for 2026: it is neither judged nor counted, whatever 2027's growth starts from."""
    form = tmp_path / "phieu.xlsx"
    ntm("template", "--commune", "03394", "--year", "2027", "-o", form)
    form.write_bytes(Officer(form.read_bytes()).put("income_per_capita", value=44.5, previous=41).data())
    run = ntm("assess", form, "--year", "2026")
    assert run.returncode == 2
    assert "Không có số liệu năm 2026; có số liệu năm 2027." in run.stdout
    assert "Tốc độ tăng: 8,53%" in ntm("assess", form, "--explain", "3.1").stdout
    ntm("report", "province", form, "-o", tmp_path / "tinh")
    sheet = Officer((tmp_path / "tinh" / "bieu-05-06.xlsx").read_bytes()).book.worksheets[0]
    reported = next(row for row in sheet.iter_rows(values_only=True) if "trong đó có báo cáo" in [str(c) for c in row])
    assert [cell for cell in reported[3:6] if cell not in ("", None)] == [1]


def test_an_english_form_speaks_of_answers_in_english(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    ntm("template", "--commune", "03394", "--year", "2027", "--previous", FORM, "--lang", "en", "-o", out)
    sheet = Officer(out.read_bytes()).book["Figures"]
    heads = {str(cell.value): cell.column for cell in sheet[5]}
    before = {
        sheet.cell(row, heads["Measure"]).value: sheet.cell(row, heads["Year before"]).value
        for row in range(6, sheet.max_row + 1)
    }
    assert before["planning_criterion_met"] == "Yes"
    at = next(row for row in range(6, sheet.max_row) if sheet.cell(row, heads["Measure"]).value == "government_grade")
    assert {str(word) for word in before.values() if word} & {"Có", "Không", "Đạt", "Không đạt"} == set()
    sheet.cell(at, heads["Value"]).value = "Rather good"
    assert sheet.parent is not None
    sheet.parent.save(out)
    said = " ".join(ntm("assess", out, "--lang", "en").stdout.split())
    assert "Answer one of: " in said
    assert "Hoàn thành" not in said
