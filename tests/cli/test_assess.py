"""`ntm assess`: one commune, in words; light enough to start at once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from tests.conftest import ILLUSTRATIVE, SAMPLE, SAMPLES, Ntm
from tests.forms.commune.conftest import Officer
from tests.rulebook.conftest import tiny as tiny
from tests.rulebook.tiny import CONDITIONS, MEASURES, Tiny

BINH_LU = SAMPLE / "03390-binh-lu.xlsx"
KHUN_HA = SAMPLE / "03430-khun-ha.xlsx"


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_a_commune_sees_what_is_met_what_is_missing_and_who_to_turn_to(ntm: Ntm) -> None:
    run = ntm("assess", KHUN_HA, COLUMNS="400")
    said = squeezed(run.stdout)
    assert "Xã Khun Há (03430), năm 2026, Xã nhóm 3" in said
    title = re.search(
        r"Chưa đạt, và cơ quan cần liên hệ \((\d+)\)(.*?)(?:Yêu cầu thiếu|Đang chờ cơ quan khác|Vấn đề về)", said
    )
    assert title
    listed = set(re.findall(r"│ (\d+\.\d+(?:\.[a-z])?) │", title[2]))
    alternatives = {id_ for id_ in listed if id_.startswith("3.10.")}
    assert len(alternatives) == 4
    assert int(title[1]) == len(listed) - len(alternatives) + 1, "of four alternatives one is enough"
    assert "còn thiếu 30,37 điểm %: 378,071 tấn" in said
    assert "Sở Nông nghiệp và Môi trường" in said
    assert re.search(r"quá hạn \d+ ngày tính đến ngày", said)
    assert "tiêu chí đánh giá trọn được hiện nay" in said.partition("Chưa đạt, và")[0]
    assert "chỉ cần một trong 4 nội dung" in said
    assert "hạn 31/7/2026" in said
    assert run.returncode == 3, "its workbook holds a planted mistake"
    assert "ô E79" in said


@pytest.mark.parametrize(
    ("figures", "verdict", "table", "missing"),
    [
        ("satisfied_residents_share,89,,", "Chưa đạt", "Chưa đạt, và cơ quan cần liên hệ (1)", "còn thiếu 1 điểm %"),
        ("", "Chưa có số liệu", "Yêu cầu thiếu số liệu (2)", "Tỷ lệ người dân hài lòng: chưa báo cáo"),
        ("satisfied_residents_share,,90,100", "Đạt", "", ""),
    ],
)
def test_a_further_condition_that_fails_or_lacks_its_figure_is_listed_with_what_it_lacks_and_its_lead(
    ntm: Ntm, tiny: Tiny, tmp_path: Path, figures: str, verdict: str, table: str, missing: str
) -> None:
    tiny.write(CONDITIONS, SATISFIED)
    tiny.change(MEASURES, "- id: roads_share", f"{RESIDENTS}- id: roads_share")
    data = tmp_path / "data.csv"
    lines = (f"03400,,2026,{line},\n" for line in [*MET, *([figures] if figures else [])])
    data.write_text("commune_code,commune,year,measure,value,numerator,denominator,note\n" + "".join(lines), "utf-8")
    said = squeezed(ntm("assess", data, "--criteria", tiny.folder).stdout)
    assert f"Điều kiện khác để được công nhận: {verdict}" in said
    for words in (table, missing):
        assert words in said
    if table:
        row = said[said.index(table) :]
        assert "DK.1" in row
        assert "Sở B" in row[row.index("DK.1") :]
    else:
        assert "DK.1" not in said


def test_a_further_condition_without_a_target_is_told_with_the_decision_it_waits_for(
    ntm: Ntm, tiny: Tiny, tmp_path: Path
) -> None:
    data = tmp_path / "data.csv"
    data.write_text("commune_code,year,measure,value\n03400,2026,debt,0\n", "utf-8")
    said = squeezed(ntm("assess", data, "--criteria", tiny.folder).stdout)
    assert "Đang chờ văn bản này" in said
    assert "điều kiện DK.1" in said


RESIDENTS = """\
- id: satisfied_residents_share
  label: {vi: Tỷ lệ người dân hài lòng, en: Residents satisfied}
  kind: share
  unit: {vi: "%", en: "%"}
  counted:
    numerator: {vi: Người hài lòng, en: Satisfied}
    denominator: {vi: Người được hỏi, en: Asked}
    unit: {vi: người, en: people}
  sense: higher
  evidence: {vi: Biên bản, en: Record}
"""
SATISFIED = """\
- id: DK.1
  text: Có từ 90% người dân trở lên hài lòng
  text_en: At least 90% of residents are satisfied
  source: {document: decree, article: Điều 4}
  lead: so-b
  cooperating: [ubnd-xa]
  years: {from: 2026, to: 2030}
  measure: satisfied_residents_share
  at_least: 90
"""
MET = [
    *("plan_approved,Có,,", "roads_share,90,,", "landfill_exists,Có,,", "landfill_share,10,,"),
    *("clinics,9,,", "party_grade,Tốt,,"),
]


def test_a_file_without_problems_ends_with_0(ntm: Ntm) -> None:
    assert ntm("assess", BINH_LU).returncode == 0


def test_an_explanation_shows_text_source_values_comparison_verdict_and_gap(ntm: Ntm) -> None:
    said = squeezed(ntm("assess", KHUN_HA, "--explain", "8.1").stdout)
    for words in (
        "Chỉ tiêu 8.1 thuộc tiêu chí 8 (Môi trường và cảnh quan nông thôn): “Hệ thống thu gom, vận chuyển",
        "đạt ≥ 80%",
        "Nguồn: 5434/KH-UBND ngày 01/7/2026 của UBND tỉnh Lai Châu, Phụ lục III, dòng 8.1.",
        "là 49,63% (618,113 / 1.245,229 tấn). Mức yêu cầu từ 80% trở lên: chưa đạt, còn thiếu 30,37 điểm %, tức 378,071 tấn.",
        "8.1: CHƯA ĐẠT, vì có nội dung chưa đạt. Nội dung quyết định kết quả: 8.1.a, 8.1.b.",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("8.1.b", "Kết quả chung của 8.1: "),
        ("3.1", "năm 2025 là"),
        ("DK.1", "nợ đọng"),
        ("DK.2.b", "hài lòng"),
        ("3.10", "3.10.d"),
        ("1", "Quy hoạch"),
    ],
)
def test_any_indicator_requirement_or_condition_can_be_explained(ntm: Ntm, id_: str, words: str) -> None:
    run = ntm("assess", BINH_LU, "--explain", id_)
    assert words in squeezed(run.stdout)
    assert run.returncode == 0


def test_an_unknown_indicator_offers_the_nearest(ntm: Ntm) -> None:
    run = ntm("assess", BINH_LU, "--explain", "8.11")
    assert run.returncode == 2
    assert "Không có chỉ tiêu 8.11" in run.stderr
    assert "Có phải ý bạn là “8.1”?" in run.stderr


def test_an_illustrative_target_is_named_as_such_where_it_is_explained(ntm: Ntm) -> None:
    said = squeezed(ntm("assess", BINH_LU, "--overlay", ILLUSTRATIVE, "--explain", "6.1").stdout)
    assert "Mức đạt chuẩn theo văn bản cụ thể hóa minh-hoa" in said
    assert "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH" in said


def test_a_file_of_several_communes_asks_which(ntm: Ntm) -> None:
    run = ntm("assess", SAMPLES / "lai-chau-2026.csv")
    assert run.returncode == 2
    assert "Tệp có 36 xã" in run.stderr
    chosen = ntm("assess", SAMPLES / "lai-chau-2026.csv", "--commune", "03430")
    assert "Xã Khun Há" in chosen.stdout
    assert ntm("assess", SAMPLES / "lai-chau-2026.csv", "--commune", "khun ha").stdout == chosen.stdout
    missing = ntm("assess", BINH_LU, "--commune", "03430")
    assert missing.returncode == 2
    assert "Xã có mã 03430 không có trong tệp này" in missing.stderr


def test_mistakes_of_other_communes_are_counted_and_change_no_status(ntm: Ntm, tmp_path: Path) -> None:
    rows = ["03430,Khun Há,2026,income_per_capita,44", "03394,Sin Suối Hồ,2026,income_per_capita,nhiều"]
    (tmp_path / "x.csv").write_text("\n".join(["commune_code,commune,year,measure,value", *rows, ""]), "utf-8")
    said = "Lỗi, cảnh báo của các xã khác trong tệp này: 1; ntm batch nêu đủ"
    clean = ntm("assess", tmp_path / "x.csv", "--commune", "03430")
    assert (clean.returncode, "«nhiều»" in clean.stdout, said in clean.stdout) == (0, False, True)
    wrong = ntm("assess", tmp_path / "x.csv", "--commune", "03394")
    assert (wrong.returncode, "«nhiều»" in wrong.stdout, "các xã khác trong tệp" in wrong.stdout) == (3, True, False)


def test_a_row_that_may_be_the_communes_own_is_told(ntm: Ntm, tmp_path: Path) -> None:
    rows = ["03430,Khun Há,2026,income_per_capita,44", "99999,Khun Ha,2026,planning_criterion_met,Có"]
    (tmp_path / "x.csv").write_text("\n".join(["commune_code,commune,year,measure,value", *rows, ""]), "utf-8")
    run = ntm("assess", tmp_path / "x.csv", "--commune", "03430")
    assert (run.returncode, "99999" in run.stdout) == (3, True)


def test_a_year_without_a_law_is_refused(ntm: Ntm) -> None:
    run = ntm("assess", BINH_LU, "--year", "2025")
    assert run.returncode == 2
    assert "Bộ tiêu chí áp dụng từ 2026 đến 2030" in run.stderr


def test_a_year_without_figures_names_the_years_there_are(ntm: Ntm) -> None:
    run = ntm("assess", BINH_LU, "--year", "2027")
    assert run.returncode == 2
    assert "Không có số liệu năm 2027; có số liệu năm 2026." in run.stdout


def test_a_criterion_asked_for_is_explained_with_every_indicator(ntm: Ntm) -> None:
    run = ntm("assess", BINH_LU, "--explain", "9")
    assert run.returncode == 0
    said = squeezed(run.stdout)
    assert "Tiêu chí 9 (Xây dựng hệ thống chính trị và Hành chính công) đạt khi mọi chỉ tiêu" in said
    assert "Chỉ tiêu 9.1 thuộc tiêu chí 9" in said
    assert "Chỉ tiêu 9.2 thuộc tiêu chí 9" in said


def test_a_missing_file_is_named(ntm: Ntm) -> None:
    run = ntm("assess", "khong-co.xlsx")
    assert (run.returncode, run.stderr.strip()) == (2, "Không có tệp hoặc thư mục khong-co.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_a_file_that_is_no_workbook_is_said_not_crashed_on(ntm: Ntm, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(content)
    run = ntm("assess", path)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr + run.stdout
    assert "hong.xlsx" in run.stdout


def test_english_is_complete_beside_vietnamese(ntm: Ntm) -> None:
    said = squeezed(ntm("assess", KHUN_HA, NTM_LANG="en").stdout)
    assert "Khun Há commune (03430), 2026, Group 3" in said
    assert "Not met, and who to turn to" in said
    assert "Department of Agriculture and Environment" in said


def test_assess_imports_neither_pandas_nor_numpy() -> None:
    code = (
        "import sys\n"
        "from ntm_rules.__main__ import main\n"
        "try:\n    main(['assess', sys.argv[1]])\n"
        "except SystemExit:\n    pass\n"
        "loaded = {'pandas', 'numpy', 'pyarrow', 'openpyxl', 'ntm_rules.evaluation.settling', 'ntm_rules.rulebook.rule_tests',"
        " 'rich.progress', 'concurrent.futures'} & set(sys.modules)\n"
        "sys.exit(f'imported {loaded}' if loaded else 0)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(BINH_LU)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_a_commune_whose_figures_could_not_be_taken_is_not_said_to_be_absent(ntm: Ntm, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "commune_code,commune,year,measure,value\n03394,Tả Lèng,2026,planning_criterion_met,Có\n"
        "03405,Tả Lèng,2026,planning_criterion_met,Có\n",
        encoding="utf-8",
    )
    run = ntm("assess", file, "--commune", "03394")
    assert run.returncode == 2
    assert "mã 03394 là Sin Suối Hồ, nhưng tên ghi là «Tả Lèng»" in " ".join(run.stdout.split())
    assert "không có trong tệp này" not in run.stdout + run.stderr
    assert "Xã có mã 03390 không có trong tệp này" in ntm("assess", file, "--commune", "03390").stderr


def test_years_outside_the_period_are_the_reason_given(ntm: Ntm, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "commune_code,commune,year,measure,value\n03394,Sin Suối Hồ,2025,income_per_capita,41\n", encoding="utf-8"
    )
    said = "Bộ tiêu chí áp dụng từ năm 2026 đến năm 2030; chỉ có số liệu năm 2025."
    out = tmp_path / "x"
    for command in (
        ("assess", file),
        ("batch", file, "--out", out),
        ("report", "self-assessment", file, "-o", out / "a.docx"),
        ("report", "province", file, "-o", out),
        ("report", "html", file, "-o", out / "trang"),
    ):
        run = ntm(*command)
        assert run.returncode == 2, command
        assert said in " ".join((run.stdout + run.stderr).split()), command


def test_a_figure_that_cannot_be_used_points_to_its_error_instead_of_repeating_one_sentence(
    ntm: Ntm, tmp_path: Path
) -> None:
    officer = Officer(KHUN_HA.read_bytes())
    typed = {"online_procedures_share": 0.95, "planning_criterion_met": "x", "solid_houses_share": "80.5"}
    for name, value in typed.items():
        officer.put(name, value=value)
        if name.endswith("share"):
            officer.put(name, numerator=None, denominator=None)
    at = {name: officer.cell(name, "value").coordinate for name in typed}
    (tmp_path / "phieu.xlsx").write_bytes(officer.data())
    said = squeezed(ntm("assess", tmp_path / "phieu.xlsx").stdout)
    for name, cell in at.items():
        assert f"xem lỗi ô {cell}" in said, name
        assert f"ô {cell}:" in said, name
    assert "xem phần vấn đề về số liệu" not in said
    assert "0,95 có thể là 0,95% hoặc 95%; chưa dùng đến khi được xác nhận" in said


def test_a_figure_of_the_year_before_that_cannot_be_used_points_to_its_error(ntm: Ntm, tmp_path: Path) -> None:
    officer = Officer(KHUN_HA.read_bytes())
    officer.put("income_per_capita", previous="41.5")
    cell = officer.cell("income_per_capita", "previous").coordinate
    (tmp_path / "phieu.xlsx").write_bytes(officer.data())
    said = squeezed(ntm("assess", tmp_path / "phieu.xlsx").stdout)
    assert f"xem lỗi ô {cell}" in said
    assert "thiếu số liệu năm trước" not in said


def test_a_form_left_blank_is_in_no_band(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm("template", "--commune", "03430", "--year", "2026", "-o", tmp_path / "phieu.xlsx")
    assert run.returncode == 0, run.stderr
    said = squeezed(ntm("assess", tmp_path / "phieu.xlsx").stdout)
    assert "Đạt 0/10 tiêu chí (không thuộc mức nào)" in said
    assert "dưới 5 tiêu chí" not in said


@pytest.mark.parametrize("value", ["0,62", "1"])
def test_an_unclear_share_is_no_data_with_both_readings_whatever_it_was_given_in(
    ntm: Ntm, tmp_path: Path, value: str
) -> None:
    """0.62 of waste landfilled would meet "at most 50" silently, were it taken for a percentage."""
    measure, number = "household_waste_landfilled_share", float(value.replace(",", "."))
    head, said = "commune_code,commune,year", "03394,Sin Suối Hồ,2026"
    (tmp_path / "wide.csv").write_text(f'{head},{measure}\n{said},"{value}"\n', encoding="utf-8")
    (tmp_path / "long.csv").write_text(f'{head},measure,value\n{said},{measure},"{value}"\n', encoding="utf-8")
    table = {"commune_code": ["03394"], "commune": ["Sin Suối Hồ"], "year": [2026], measure: [number]}
    pyarrow.parquet.write_table(pyarrow.table(table), tmp_path / "typed.parquet")
    form = openpyxl.Workbook()
    assert form.active is not None
    for row in (("Mã xã", "03394"), ("Xã", "Sin Suối Hồ"), ("Năm", 2026), ("Mã số liệu", "Giá trị"), (measure, number)):
        form.active.append(list(row))
    form.save(tmp_path / "form.xlsx")
    for name in ("wide.csv", "long.csv", "typed.parquet", "form.xlsx"):
        told = ntm(
            "explain", tmp_path / name, "--commune", "03394", "--indicator", "8.1.c", "--format", "json", "--lang", "en"
        )
        explained = json.loads(told.stdout)
        text = json.dumps(explained)
        assert '"reason": "unclear_value"' in text, name
        assert '"state": "unclear"' in text, name
        shown = ntm("assess", tmp_path / name, "--lang", "en").stdout
        assert f"{value} percent or, of 1, as {number * 100:.0f} percent" in squeezed(shown), name
