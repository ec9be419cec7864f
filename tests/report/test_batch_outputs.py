"""What `ntm batch` leaves in its folder, opened again by other programs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections import Counter
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet
from tests.conftest import ILLUSTRATIVE, SAMPLE, Ntm, results_in

Run = tuple[Path, subprocess.CompletedProcess[str]]

VERDICT_COLUMNS = [
    "commune_code",
    "commune",
    "year",
    "level",
    "id",
    "verdict",
    "reason",
    "actual",
    "comparator",
    "target",
    "unit",
    "shortfall",
    "quantity",
    "quantity_unit",
    "lead_agency",
]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_every_file_is_there_and_the_status_says_that_problems_are_listed(sample_run: Run) -> None:
    out, run = sample_run
    assert sorted(path.name for path in results_in(out)) == [
        "agencies.csv",
        "cross-checks.csv",
        "gaps.csv",
        "handing-in.csv",
        "ket-qua.xlsx",
        "nearest.csv",
        "owed.csv",
        "problems.csv",
        "run.json",
        "summary.csv",
        "two-years.csv",
        "verdicts.csv",
    ]
    assert run.returncode == 3
    assert run.stderr == ""


@pytest.mark.parametrize("name", ["verdicts.csv", "gaps.csv", "summary.csv", "problems.csv"])
def test_csv_files_carry_a_byte_order_mark_and_vietnamese(sample_run: Run, name: str) -> None:
    content = (sample_run[0] / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "ư".encode() in content


def test_verdicts_have_one_row_per_commune_year_and_node(sample_run: Run, lai_chau: CriteriaSet) -> None:
    found = rows(sample_run[0] / "verdicts.csv")
    assert list(found[0]) == VERDICT_COLUMNS
    keys = [(r["commune_code"], r["year"], r["level"], r["id"]) for r in found]
    assert len(set(keys)) == len(keys)
    assert {r["year"] for r in found} == {"2026"}
    levels = Counter((r["commune_code"], r["level"]) for r in found)
    for commune in lai_chau.communes.within():
        assert levels[commune.code, "indicator"] == 45
        assert levels[commune.code, "criterion"] == 10
        assert levels[commune.code, "commune"] == 1
        assert levels[commune.code, "requirement"] == 73 + 5, "73 conditions, DK.2 and the four of DK.*"
    assert {r["verdict"] for r in found} <= {v.name for v in Verdict}
    assert {r["reason"] for r in found} <= {r.value for r in Reason}


def test_every_lead_agency_in_the_rows_is_the_rule_s(sample_run: Run, lai_chau: CriteriaSet) -> None:
    for row in rows(sample_run[0] / "verdicts.csv"):
        if row["level"] == "indicator":
            assert row["lead_agency"] == ";".join(lai_chau.indicator_by_id[row["id"]].leads())
        elif row["level"] == "requirement" and row["id"] in lai_chau.requirement_by_id:
            assert row["lead_agency"] == lai_chau.requirement_by_id[row["id"]].lead


def test_a_pending_target_is_never_judged(sample_run: Run, lai_chau: CriteriaSet) -> None:
    pending = {r.id for r in lai_chau.requirements() if isinstance(r.target, AwaitedTarget)}
    judged = [r for r in rows(sample_run[0] / "verdicts.csv") if r["id"] in pending and r["level"] == "requirement"]
    assert {r["verdict"] for r in judged} <= {"NO_TARGET", "NO_DATA", "NOT_APPLICABLE"}
    assert {r["target"] for r in judged} == {""}


def test_gaps_are_requirements_not_met_with_what_they_lack(sample_run: Run) -> None:
    gaps = rows(sample_run[0] / "gaps.csv")
    assert list(gaps[0]) == VERDICT_COLUMNS
    assert {(r["level"], r["verdict"]) for r in gaps} == {("requirement", "NOT_MET")}
    verdicts = {
        (r["commune_code"], r["id"]): r for r in rows(sample_run[0] / "verdicts.csv") if r["level"] == "requirement"
    }
    for gap in gaps:
        assert gap == verdicts[gap["commune_code"], gap["id"]]
        if gap["comparator"] in ("at_least", "at_most") and gap["unit"]:
            assert float(gap["shortfall"]) > 0


def test_every_indicator_not_met_has_a_gap_and_no_other_has(sample_run: Run, lai_chau: CriteriaSet) -> None:
    parent = {r.id: i.id for i in lai_chau.indicators() for r in i.requirements()}
    parent |= {r.id: i.id for i in lai_chau.conditions for r in i.requirements()}
    gaps = {(r["commune_code"], parent[r["id"]]) for r in rows(sample_run[0] / "gaps.csv")}
    not_met = {
        (r["commune_code"], r["id"])
        for r in rows(sample_run[0] / "verdicts.csv")
        if r["level"] == "indicator" and r["verdict"] == "NOT_MET"
    }
    assert gaps == not_met


def test_the_summary_s_counts_are_those_of_the_verdicts(sample_run: Run) -> None:
    counts = Counter((r["commune_code"], r["level"], r["verdict"]) for r in rows(sample_run[0] / "verdicts.csv"))
    for row in rows(sample_run[0] / "summary.csv"):
        code = row["commune_code"]
        assert int(row["indicators_met"]) == counts[code, "indicator", "MET"]
        assert int(row["indicators_applicable"]) == 45 - counts[code, "indicator", "NOT_APPLICABLE"]
        assert int(row["criteria_met"]) == counts[code, "criterion", "MET"]
        assert int(row["criteria_applicable"]) == 10 - counts[code, "criterion", "NOT_APPLICABLE"]


def test_the_run_record_names_versions_inputs_law_and_counts(sample_run: Run) -> None:
    record = json.loads((sample_run[0] / "run.json").read_text(encoding="utf-8"))
    assert record["criteria_set"] == "lai-chau-2026-2030"
    assert record["illustrative_data"] is True
    assert record["illustrative_rules"] is False
    assert len(record["inputs"]) == 36
    assert all(len(i["sha256"]) == 64 for i in record["inputs"])
    (evaluated,) = record["evaluated"]
    assert evaluated["as_of"] == "2026-12-31"
    assert evaluated["communes"] == 36
    assert sum(evaluated["indicators"].values()) == 36 * 45


@pytest.mark.long
def test_same_input_same_bytes_but_for_the_run_record(sample_run: Run, tmp_path: Path, ntm: Ntm) -> None:
    ntm("batch", SAMPLE, "--out", tmp_path)
    for path in results_in(tmp_path):
        same = path.read_bytes() == (sample_run[0] / path.name).read_bytes()
        assert same or path.name == "run.json", path.name


def test_only_the_run_record_carries_the_day_of_the_run(sample_run: Run) -> None:
    record = json.loads((sample_run[0] / "run.json").read_text(encoding="utf-8"))
    day = record["run_at"][:10]
    for path in results_in(sample_run[0]):
        if path.name != "run.json":
            assert day.encode() not in path.read_bytes()


SHEETS = [
    "Tổng hợp",
    "Ma trận",
    "Gần đạt chuẩn",
    "Khoảng cách",
    "Theo cơ quan",
    "Chờ quy định",
    "Nộp phiếu",
    "Lỗi số liệu",
    "Kiểm tra chéo",
    "Về lần chạy này",
]


def test_the_workbook_opens_with_openpyxl_frozen_filtered_grouped_and_lettered(
    sample_run: Run, lai_chau: CriteriaSet
) -> None:
    book = openpyxl.load_workbook(sample_run[0] / "ket-qua.xlsx")
    assert book.sheetnames == SHEETS
    matrix = book["Ma trận"]
    header = next(row for row in matrix.iter_rows() if row[0].value == "Mã xã")
    titles = [cell.value for cell in header]
    conditions = [condition.id for condition in lai_chau.conditions]
    assert titles[-1 - len(conditions) :] == ["ĐK", *conditions], "further conditions stand behind the criteria"
    folded = [f"TC{c.id}" if i is None else i.id for c in lai_chau.criteria for i in (None, *c.indicators)]
    assert titles[3 : -1 - len(conditions)] == folded
    assert matrix.freeze_panes == f"D{header[0].row + 1}"
    assert matrix.auto_filter.ref is not None
    assert sum(d.outlineLevel == 1 for d in matrix.column_dimensions.values()) >= 9, "criteria fold their indicators"
    first = list(matrix[header[0].row + 1])[4:]
    letters = {str(v.letter) for v in Verdict}
    assert {cell.value for cell in first if cell.value} <= letters
    assert len({cell.fill.fgColor.rgb for cell in first if cell.value}) > 1
    for sheet in book:
        assert "SỐ LIỆU MINH HỌA" in str(sheet["A2"].value), "invented figures say so on every sheet"


def test_the_matrix_says_what_verdicts_csv_says(sample_run: Run, lai_chau: CriteriaSet) -> None:
    raw = pd.read_excel(sample_run[0] / "ket-qua.xlsx", sheet_name="Ma trận", header=None, dtype=str, engine="calamine")
    at = raw.index[raw[0] == "Mã xã"][0]
    frame = raw.iloc[at + 1 :].set_axis(raw.iloc[at], axis=1)
    letters = {str(v.letter): v.name for v in Verdict}
    verdicts = {
        (r["commune_code"], r["id"]): r["verdict"]
        for r in rows(sample_run[0] / "verdicts.csv")
        if r["id"] in lai_chau.indicator_by_id and r["level"] in ("indicator", "requirement")
    }
    assert len(frame) == 36
    assert len(lai_chau.conditions) == 3
    for _, row in frame.iterrows():
        for indicator in (*lai_chau.indicators(), *lai_chau.conditions):
            assert letters[row[indicator.id]] == verdicts[row["Mã xã"], indicator.id]


def test_verdicts_and_bands_find_room_in_the_columns_of_the_summary(sample_run: Run) -> None:
    sheet = openpyxl.load_workbook(sample_run[0] / "ket-qua.xlsx")["Tổng hợp"]
    (head,) = [cells for cells in sheet.iter_rows() if cells[0].value == "Mã xã"]
    wide = [cell for cell in head if cell.value in ("Mức", "Đạt đủ mọi tiêu chí", "Điều kiện khác")]
    assert len(wide) == 3
    for cell in wide:
        below = sheet.iter_rows(head[0].row + 1, sheet.max_row, cell.column, cell.column, values_only=True)
        (width,) = [d.width for d in sheet.column_dimensions.values() if d.min <= cell.column <= d.max]
        words = [word for (value,) in below for word in str(value).split()]
        assert width > max(map(len, words)), "what is longer stands in two lines, no word is cut"


def test_libreoffice_reads_the_workbook_with_its_vietnamese(sample_run: Run, tmp_path: Path, libreoffice: str) -> None:
    subprocess.run(
        [
            libreoffice,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
            "--outdir",
            str(tmp_path),
            str(sample_run[0] / "ket-qua.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    sheets = {path.name.removeprefix("ket-qua-"): path for path in tmp_path.glob("ket-qua-*.csv")}
    assert sorted(sheets) == sorted(f"{name}.csv" for name in SHEETS)
    summary = sheets["Tổng hợp.csv"].read_text(encoding="utf-8")
    assert "Bình Lư" in summary
    assert "Đạt đủ mọi tiêu chí" in summary
    matrix = list(csv.reader(io.StringIO(sheets["Ma trận.csv"].read_text(encoding="utf-8"))))
    assert sum(bool(row) and row[0].isdigit() for row in matrix) == 36


@pytest.mark.long
def test_illustrative_targets_say_so_on_every_sheet_and_on_screen(tmp_path: Path, ntm: Ntm) -> None:
    run = ntm("batch", SAMPLE, "--out", tmp_path, "--overlay", ILLUSTRATIVE)
    assert "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH" in run.stdout
    book = openpyxl.load_workbook(tmp_path / "ket-qua.xlsx")
    for sheet in book:
        assert "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH" in str(sheet["A2"].value)
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["illustrative_rules"] is True


@pytest.mark.long
def test_a_narrow_screen_shows_the_matrix_in_blocks_each_column_with_its_heading(tmp_path: Path, ntm: Ntm) -> None:
    lines = ntm("batch", SAMPLE, "--out", tmp_path, COLUMNS="40").stdout.splitlines()
    heads = [line.split()[1:] for line in lines if line.startswith(" Xã ")]
    assert len(heads) > 1
    assert " ".join(head for block in heads for head in block) == "1 2 3 4 5 6 7 8 9 10 ĐK Tiêu chí Chỉ tiêu"
    assert [line[:9] for line in lines if line.startswith(" Bình Lư")] == [" Bình Lư "] * len(heads)


@pytest.mark.long
def test_in_english_no_vietnamese_of_ours_is_left(tmp_path: Path, ntm: Ntm) -> None:
    run = ntm("batch", SAMPLE, "--out", tmp_path, "--lang", "en")
    assert "Criteria of every commune, 2026" in run.stdout
    assert "Met: 636 of 1,607 commune-indicators that apply" in run.stdout
    assert "Not applicable: 13 of all 1,620 commune-indicators" in run.stdout
    assert "Đạt" not in run.stdout.replace("Cơ bản đạt", "").replace("Đạt, Không đạt, Chưa có kết luận", "")
    book = openpyxl.load_workbook(tmp_path / "ket-qua.xlsx")
    assert book.sheetnames == [
        "Summary",
        "Matrix",
        "Nearest",
        "Gaps",
        "By agency",
        "Awaited",
        "Handing in",
        "Data problems",
        "Cross-checks",
        "About",
    ]


def test_a_text_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path, ntm: Ntm) -> None:
    data = tmp_path / "xau.csv"
    data.write_text(
        "commune_code,commune,year,measure,value\n03390,Bình Lư,2026,household_waste_treated_share,=HYPERLINK(1)\n",
        encoding="utf-8",
    )
    ntm("batch", data, "--out", tmp_path / "out")
    (problem,) = rows(tmp_path / "out" / "problems.csv")
    assert problem["value"] == "'=HYPERLINK(1)"
    book = openpyxl.load_workbook(tmp_path / "out" / "ket-qua.xlsx")
    cells = [cell for row in book["Lỗi số liệu"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_figures_are_owed_only_where_they_keep_something_from_being_judged(tmp_path: Path, ntm: Ntm) -> None:
    data = tmp_path / "mot-cach.csv"
    data.write_text(
        "commune_code,commune,year,measure,value\n03390,Bình Lư,2026,effective_green_economy_model_exists,Có\n",
        encoding="utf-8",
    )
    ntm("batch", data, "--out", tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "ket-qua.xlsx")["Khoảng cách"]
    owed = {row[3].value for row in sheet.iter_rows() if row[5].value == "Chưa có số liệu"}
    assert "3.2.a" in owed
    assert not {item for item in owed if str(item).startswith("3.3")}, "one alternative of 3.3 is met"
