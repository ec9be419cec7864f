"""How the province stands, told alike on screen, in the tables and in the workbook: headline first, owed is owed."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import openpyxl
import pytest

from ntm_rules.rulebook.criteria_set import CriteriaSet
from tests.conftest import SAMPLE, SAMPLES, Ntm, results_in
from tests.report.word.opened import cells as word_cells
from tests.report.word.opened import opened, table_titled

HEAD = "commune_code,commune,year,measure,value,numerator,denominator\n"
TABLE = SAMPLES / "lai-chau-2026.csv"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def cells(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def waste(code: str, name: str, year: int, treated: str) -> str:
    return (
        f"{code},{name},{year},solid_waste_system_exists,Không,,\n"
        f'{code},{name},{year},household_waste_landfilled_share,"10,0",,\n'
        f"{code},{name},{year},household_waste_treated_share,{treated},,\n"
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> tuple[Path, CompletedProcess[str]]:
    out = tmp_path_factory.mktemp("whole")
    return out, ntm("batch", TABLE, "--out", out, "--as-of", "2026-10-01")


def test_the_headline_stands_before_everything_else(whole: tuple[Path, CompletedProcess[str]]) -> None:
    out, done = whole
    first = done.stdout.splitlines()[0]
    assert "tiêu chí đánh giá trọn được; mức cao nhất có thể hiện nay là" in first
    summary = cells(out / "ket-qua.xlsx", "Tổng hợp")
    assert first in [row[0] for row in summary[:4]]
    standing = json.loads((out / "run.json").read_text(encoding="utf-8"))["evaluated"][0]["standing"]
    least, highest = standing["criteria_judged_whole"]["least"], standing["highest_today"]["most"]
    assert first.startswith(f"{least}/10 ")
    assert first.endswith(
        f"là {highest}/10: {standing['communes_at_the_highest']}/36 xã có phiếu dùng được đã đạt mức này"
    )
    met = [int(row["criteria_met"]) for row in rows(out / "summary.csv")]
    assert max(met) == highest
    assert met.count(highest) == standing["communes_at_the_highest"]


@pytest.mark.parametrize(
    ("more", "days", "to"),
    [
        (("--as-of", "2026-10-01"), 62, "01/10/2026"),
        (("--known-on", "2026-09-15"), 46, "15/9/2026"),
        (("--known-on", "2026-09-15", "--as-of", "2026-10-01"), 46, "15/9/2026"),
    ],
)
def test_overdue_is_counted_to_the_day_asked_for(
    ntm: Ntm, tmp_path: Path, more: tuple[str, ...], days: int, to: str
) -> None:
    words = f"quá hạn {days} ngày tính đến ngày {to}"
    data = tmp_path / "a.csv"
    data.write_text(HEAD + waste("03390", "Bình Lư", 2026, "60"), encoding="utf-8")
    assert words in squeezed(ntm("assess", data, *more).stdout)
    assert words in squeezed(ntm("batch", data, "--out", tmp_path / "out", *more).stdout)
    sheet = cells(tmp_path / "out" / "ket-qua.xlsx", "Chờ quy định")
    assert any(words in str(cell) for row in sheet for cell in row)


def test_a_run_of_the_same_day_gives_the_same_bytes(ntm: Ntm, tmp_path: Path) -> None:
    data = tmp_path / "a.csv"
    data.write_text(HEAD + waste("03390", "Bình Lư", 2026, "60"), encoding="utf-8")
    for name in ("one", "two"):
        ntm("batch", data, "--out", tmp_path / name)
    names = {path.name for path in results_in(tmp_path / "one")} - {"run.json"}
    assert len(names) == 11
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_who_handed_in_nothing_usable_is_a_class_of_its_own(ntm: Ntm, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.csv").write_text(HEAD + waste("03390", "Bình Lư", 2026, "90"), encoding="utf-8")
    (data / "03430-khun-ha.xlsx").write_bytes(b"no workbook")
    ntm("template", "--commune", "03394", "--year", "2026", "-o", data / "trang.xlsx")
    done = ntm("batch", data, "--out", tmp_path / "out")
    said = squeezed(done.stdout)
    assert "Xã có phiếu dùng được: 1/36" in said
    assert "Nộp phiếu nhưng chưa dùng được: 2/36 xã" in said
    assert "Khun Há: 03430-khun-ha.xlsx" in said
    assert "Chưa nộp: 33/36 xã" in said
    assert "Đạt dưới 5 tiêu chí: 1/1 xã" in said
    table = {row["commune_code"]: row for row in rows(tmp_path / "out" / "handing-in.csv")}
    assert {code: row["state"] for code, row in table.items() if row["state"] != "nothing"} == {
        "03390": "usable",
        "03394": "nothing_usable",
        "03430": "nothing_usable",
    }
    assert "03430-khun-ha.xlsx" in table["03430"]["why"]
    blank = next(row for row in rows(tmp_path / "out" / "summary.csv") if row["commune_code"] == "03394")
    assert (blank["usable_report"], blank["band"]) == ("no", "")
    assert [row["commune_code"] for row in rows(tmp_path / "out" / "nearest.csv")] == ["03390"]
    summary = cells(tmp_path / "out" / "ket-qua.xlsx", "Tổng hợp")
    row = next(row for row in summary if row[0] == "03394")
    assert row[2] is None or row[2] == ""
    assert "Nộp phiếu nhưng chưa dùng được" in row


@pytest.mark.long
def test_a_figure_owed_beside_a_failure_is_told_everywhere(ntm: Ntm, tmp_path: Path) -> None:
    """8.1 is not met for its first share; the other one is owed all the same."""
    data = tmp_path / "a.csv"
    text = "03390,Bình Lư,2026,household_waste_treated_share,60,,\n03390,Bình Lư,2026,culture_standard_ruling,Chưa có kết luận,,\n"
    data.write_text(HEAD + text, encoding="utf-8")
    ntm("batch", data, "--out", tmp_path / "out")
    owed = {row["id"]: row for row in rows(tmp_path / "out" / "owed.csv")}
    assert (owed["8.1.c"]["lack"], owed["8.1.c"]["decides"]) == ("figure", "no")
    assert (owed["9.2.a"]["lack"], owed["9.2.a"]["decides"]) == ("figure", "yes")
    sheet = {row[3]: row for row in cells(tmp_path / "out" / "ket-qua.xlsx", "Khoảng cách")}
    assert sheet["8.1.c"][5] == "Chưa có số liệu"
    assert "vẫn còn nợ" in str(sheet["8.1.c"][12])
    said = squeezed(ntm("assess", data, COLUMNS="300").stdout)
    assert "8.1.c" in said.partition("Yêu cầu thiếu số liệu")[2]
    ntm("report", "agency", data, "--agency", "so-nong-nghiep-moi-truong", "-o", tmp_path / "cq")
    agency = cells(tmp_path / "cq" / "so-nong-nghiep-moi-truong.xlsx", "Số liệu còn thiếu")
    assert "8.1.c" in [row[0] for row in agency]
    assert {id_ for id_, row in owed.items() if row["lead_agency"] == "so-nong-nghiep-moi-truong"} <= {
        str(row[0]) for row in agency
    }


def test_a_conclusion_awaited_is_no_figure_owed(ntm: Ntm, tmp_path: Path, lai_chau: CriteriaSet) -> None:
    data = tmp_path / "a.csv"
    measure = lai_chau.requirement_by_id["5.1"].measure
    data.write_text(HEAD + f"03390,Bình Lư,2026,{measure},Chưa có kết luận,,\n", encoding="utf-8")
    done = ntm("batch", data, "--out", tmp_path / "out")
    assert "chờ kết luận của cơ quan có thẩm quyền: 1)" in squeezed(done.stdout)
    owed = {row["id"]: row for row in rows(tmp_path / "out" / "owed.csv")}
    assert (owed["5.1"]["lack"], owed["5.1"]["awaited_from"]) == ("ruling", "so-van-hoa-the-thao-du-lich")
    (summary,) = rows(tmp_path / "out" / "summary.csv")
    assert (summary["indicators_ruling_awaited"], summary["rulings_awaited"]) == ("1", "1")
    sheet = {row[3]: row for row in cells(tmp_path / "out" / "ket-qua.xlsx", "Khoảng cách")}
    assert sheet["5.1"][5] == "Chờ kết luận"
    assert str(sheet["5.1"][12]).startswith("chờ kết luận của Sở Văn hóa")
    said = squeezed(ntm("assess", data, COLUMNS="300").stdout)
    assert "chờ kết luận của Sở Văn hóa" in said.partition("Đang chờ cơ quan khác (1)")[2]


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("two") / "a.csv"
    text = waste("03390", "Bình Lư", 2026, "60") + waste("03390", "Bình Lư", 2027, "90")
    text += waste("03430", "Khun Há", 2026, "90") + waste("03430", "Khun Há", 2027, "60")
    text += "03430,Khun Há,2027,recognition_decision,Đạt,,\n"
    data.write_text(HEAD + text, encoding="utf-8")
    return data


def test_two_years_are_told_by_commune_and_indicator(ntm: Ntm, tmp_path: Path, two_years: Path) -> None:
    done = ntm("batch", two_years, "--out", tmp_path / "out")
    said = squeezed(done.stdout)
    assert "Năm 2026: 2 xã có phiếu" in said
    assert "Chỉ tiêu, trên 2 xã có phiếu cả hai năm: Nay đạt: 1, Nay không còn đạt: 1" in said
    assert "Khun Há: đã công nhận, nay chưa đạt đủ: tiêu chí 8" in said
    assert "hai năm cùng một quy định" in said
    moved = {(row["commune"], row["id"], row["move"]) for row in rows(tmp_path / "out" / "two-years.csv")}
    assert moved == {("Bình Lư", "8.1", "rose"), ("Khun Há", "8.1", "fell")}
    sheet = cells(tmp_path / "out" / "ket-qua.xlsx", "Hai năm")
    assert [row[:4] for row in sheet if row[0] in (2026, 2027)] == [(2026, 2, 0, 0), (2027, 2, 0, 0)]
    assert ("03430", "Khun Há", "Chỉ tiêu", "8.1") in [row[:4] for row in sheet]
    standing = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["evaluated"][0]["standing"]
    assert standing["year_before"]["indicators"] == {"rose": 1, "fell": 1, "unknown_now": 0}
    assert standing["recognised_and_not_met_now"] == ["03430"]
    one = squeezed(ntm("assess", two_years, "--commune", "03430").stdout)
    assert "Chỉ tiêu, so với năm 2026: Nay không còn đạt: 8.1" in one
    assert "đã công nhận, nay chưa đạt đủ: tiêu chí 8" in one


def test_one_year_has_no_sheet_of_two(whole: tuple[Path, CompletedProcess[str]]) -> None:
    out, _done = whole
    assert "Hai năm" not in openpyxl.load_workbook(out / "ket-qua.xlsx").sheetnames
    assert rows(out / "two-years.csv") == []


@pytest.mark.long
def test_one_distance_is_one_number_everywhere(ntm: Ntm, tmp_path: Path) -> None:
    batch = ntm("batch", TABLE, "-o", tmp_path / "kq")
    assert batch.returncode in {0, 3}
    told = {row["commune"]: row["distance"].replace(".", ",") for row in rows(tmp_path / "kq" / "nearest.csv")}
    assert any("," in said and len(said.partition(",")[2]) == 4 for said in told.values())
    sheet = [row for row in cells(tmp_path / "kq" / "ket-qua.xlsx", "Gần đạt chuẩn") if row[3] in told]
    assert {str(row[3]): f"{row[11]:.4f}".rstrip("0").rstrip(".").replace(".", ",") for row in sheet} == told
    assert ntm("report", "province", TABLE, "-o", tmp_path / "bc").returncode in {0, 3}
    paper = tmp_path / "bc" / "bao-cao-tong-hop.docx"
    table = word_cells(table_titled(opened(paper), "xã gần đạt nhất"))
    assert {row[1]: row[5] for row in table[1:]}.items() <= told.items()
    assert ntm("report", "html", TABLE, "-o", tmp_path / "trang").returncode in {0, 3}
    page = (tmp_path / "trang" / "gan-dat-chuan.html").read_text(encoding="utf-8")
    for said in told.values():
        assert f">{said}</td>" in page
    assert f" {next(iter(list(told.values())[3:]))} " in batch.stdout


def test_a_form_read_without_a_usable_figure_has_rows_and_is_in_no_count_and_what_cannot_be_read_has_none(
    ntm: Ntm, tmp_path: Path
) -> None:
    data = tmp_path / "phieu"
    data.mkdir()
    shutil.copy(SAMPLE / "03390-binh-lu.xlsx", data)
    made = ntm("template", "--commune", "03430", "--year", "2026", "-o", data / "phieu.xlsx")
    assert made.returncode == 0, made.stderr
    (data / "03394 quet.pdf").write_bytes(b"%PDF-1.7")
    run = ntm("batch", data, "-o", tmp_path / "kq")
    assert "/1 xã có phiếu dùng được đã đạt mức này" in squeezed(run.stdout)
    assert "1 xã có phiếu đọc được nhưng chưa số liệu nào dùng được: có dòng trong bảng" in squeezed(run.stdout)
    assert {row["commune_code"] for row in rows(tmp_path / "kq" / "verdicts.csv")} == {"03390", "03430"}
    states = {row["commune_code"]: row["state"] for row in rows(tmp_path / "kq" / "handing-in.csv")}
    assert states["03430"] == states["03394"] == "nothing_usable"
    told = [row[0] for row in cells(tmp_path / "kq" / "ket-qua.xlsx", "Ma trận")[:6]]
    assert any("1 xã có phiếu đọc được" in str(cell) for cell in told)
