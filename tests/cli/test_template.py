"""`ntm template`: blank forms, whose they are, and what they carry of the year before."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.rulebook.loader import LoadedSet
from tests.conftest import SAMPLE, Ntm
from tests.forms.conftest import Officer, questions_of

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
