"""Everything the commands do with a set of another shape: nothing in the engine is Lai Châu's."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from tests.commune_workbooks import Cell, write_commune_workbook
from tests.conftest import Ntm
from tests.other_set.conftest import AMENDMENT, DATA, LAW, SET, Run

LAI_CHAU_WORDS = re.compile(r"Lai Châu|nhom-|Nhóm \d|5434|\bDK\.|TC10|\bTC1\b|phường, không")
"""Words that only the Lai Châu set gives a reason to say."""
INDICATORS = ["A-01", "A-02", "B-01", "B-02", "B-03", "B-04"]
FORM_CELLS = {"fresh_water_per_head": Cell(15), "value_per_hectare": Cell(151)}


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def verdicts(out: Path, level: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(commune, id) -> verdict and reason."""
    rows = table(out / "verdicts.csv")
    return {(r["commune_code"], r["id"]): (r["verdict"], r["reason"]) for r in rows if r["level"] == level}


# --- rules show, measures ----------------------------------------------------------------------


def test_the_rules_are_shown_with_their_own_units_groups_points_and_nesting(ntm: Ntm) -> None:
    shown = ntm("rules", "show", *LAW, "--as-of", "2033-01-01")
    assert (shown.returncode, shown.stderr) == (0, "")
    lines = [line.rstrip() for line in shown.stdout.splitlines()]
    assert not LAI_CHAU_WORDS.search(shown.stdout)
    assert (
        "   Nước ngọt bình quân: Vùng cao: ≥ 20 m³/người; Vùng thấp: ≥ 30 m³/người; Hải đảo: ≥ 15,25 m³/người" in lines
    )
    assert "   Người rời đi: ≤ 7,125 người/1.000 dân" in lines
    assert "   Giá trị trên một ha: ≥ 180 triệu đồng/ha" in lines
    assert "   Điểm: 12,5, chỉ để xếp thứ tự" in lines
    assert sum(line.strip() == "một trong các nội dung:" for line in lines) == 2
    depths = [
        next(len(line) - len(line.lstrip()) for line in lines if line.split()[:1] == [id_])
        for id_ in ("A-01", "A-01-rung-hay-ke", "A-01-rung", "A-01-nguoi-giu", "A-01-tau-tuan")
    ]
    assert depths == [0, 6, 12, 24, 24], "a part, and below it whether all or any one of its own parts count"


def test_the_json_holds_the_whole_tree_with_points_and_letters_for_ids(ntm: Ntm) -> None:
    rules = json.loads(ntm("rules", "show", *LAW, "--as-of", "2032-12-31", "--format", "json").stdout)
    assert (rules["id"], rules["commune_type"]) == ("bien-xanh-2031-2035", "dac-khu")
    assert [group["id"] for group in rules["groups"]] == ["vung-cao", "vung-thap", "hai-dao"]
    assert (rules["conditions"], len(rules["bands"])) == ([], 1)
    indicators = [indicator for criterion in rules["criteria"] for indicator in criterion["indicators"]]
    assert [(i["id"], i["points"]) for i in indicators] == list(
        zip(INDICATORS, ["30", "12.5", "20", "10", None, "7.5"], strict=True)
    )
    assert dict(depths(indicators[0]["condition"])) == {
        "A-01": 0,
        "A-01-rung-hay-ke": 1,
        "A-01-rung": 2,
        "A-01-dien-tich": 3,
        "A-01-giu": 3,
        "A-01-nguoi-giu": 4,
        "A-01-tau-tuan": 4,
        "A-01-ke": 2,
    }


def depths(node: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, int]]:
    """Every node's id and how deep it stands."""
    yield node["id"], depth
    for child in node.get("children", ()):
        yield from depths(child, depth + 1)


def test_what_is_reported_is_listed_in_the_set_s_own_units(ntm: Ntm) -> None:
    listed = json.loads(ntm("measures", *LAW, "--format", "json").stdout)["measures"]
    assert {m["unit"]["vi"] for m in listed} >= {"ha", "m³/người", "triệu đồng/ha", "người/1.000 dân", "tàu", "tấn"}
    text = ntm("measures", *LAW).stdout
    assert "người/1.000 dân" in text
    assert "A-01-nguoi-giu, A-01-ke" in text


# --- batch -------------------------------------------------------------------------------------


def test_the_batch_judges_every_zone_by_the_rules_of_its_region(run: Run) -> None:
    out, done = run
    assert done.returncode == 3, "a unit of another type is in the file"
    indicators = verdicts(out, "indicator")
    assert len(indicators) == 4 * len(INDICATORS)
    assert {id_: indicators["90010", id_] for id_ in INDICATORS} == {
        "A-01": ("MET", "every_part_met"),
        "A-02": ("MET", "reached"),
        "B-01": ("MET", "reached"),
        "B-02": ("NOT_MET", "above_target"),
        "B-03": ("MET", "reached"),
        "B-04": ("NO_TARGET", "target_pending"),
    }
    requirements = verdicts(out, "requirement")
    assert requirements["90010", "A-01-nguoi-giu"] == ("NOT_MET", "answered_no")
    assert requirements["90010", "A-01-tau-tuan"] == ("MET", "reached")
    assert requirements["90010", "A-01-giu"] == ("MET", "one_alternative_met")
    assert requirements["90020", "A-01-ke"] == ("NOT_APPLICABLE", "does_not_exist")
    assert requirements["90020", "A-01-dien-tich"] == ("MET", "reached"), "0 ha is enough in the highland"
    assert requirements["90030", "A-01-dien-tich"] == ("NOT_MET", "below_target"), "12,4 ha is not in the lowland"
    assert requirements["90030", "A-01-rung-hay-ke"] == ("MET", "one_alternative_met")
    assert requirements["90040", "A-02"] == ("NO_DATA", "group_unknown")
    assert verdicts(out, "criterion")["90030", "A"][0] == "MET"
    assert verdicts(out, "commune")["90020", "bien-xanh-2031-2035"][0] == "NOT_MET"


def test_gaps_are_counted_in_the_set_s_own_units_and_never_rounded_across_the_target(run: Run) -> None:
    gaps = {(r["commune_code"], r["id"]): r for r in table(run[0] / "gaps.csv")}
    shown = {key: (r["actual"], r["target"], r["unit"], r["shortfall"]) for key, r in gaps.items()}
    assert shown == {
        ("90010", "B-02"): ("7.2", "7.125", "người/1.000 dân", "0.075"),
        ("90020", "A-01-tau-tuan"): ("0", "2", "tàu", "2"),
        ("90020", "A-02"): ("19.99", "20", "m³/người", "0.01"),
        ("90020", "B-01"): ("149", "150", "triệu đồng/ha", "1"),
        ("90020", "B-03"): ("2-sao", "3-sao", "", "1"),
    }


def test_the_summary_has_points_one_band_and_no_further_conditions(run: Run) -> None:
    rows = table(run[0] / "summary.csv")
    assert [(r["commune_code"], r["group"], r["points"], r["points_total"]) for r in rows] == [
        ("90010", "hai-dao", "62.5", "80"),
        ("90020", "vung-cao", "10", "80"),
        ("90030", "vung-thap", "72.5", "80"),
        ("90040", "", "0", "80"),
    ]
    assert {(r["band"], r["further_conditions"], r["recognised"]) for r in rows} == {("tat-ca", "", "")}
    assert {r["criteria_applicable"] for r in rows} == {"2"}


def test_a_name_with_its_unit_s_type_in_front_is_the_same_name_and_other_types_are_outside(run: Run) -> None:
    (problem,) = table(run[0] / "problems.csv")
    assert (problem["code"], problem["commune_code"]) == ("unit-outside", "90050")
    assert "Ngoài phạm vi bộ tiêu chí này: Xã Cửa Sông, Phường Phố Biển" in run[1].stdout


def test_the_screen_says_nothing_of_another_province(run: Run) -> None:
    screen = run[1].stdout
    assert not LAI_CHAU_WORDS.search(screen)
    assert re.search(r"Hòn Mây\s+Đ\s+C\s+1/1 \(2\)\s+4/5 \(6\)", screen)
    assert "Mọi đặc khu: 4/4 xã" in screen
    assert "công nhận" not in screen, "the set reports no decision of recognition"
    aside = sum(int(row["indicators_not_applicable"]) for row in table(run[0] / "summary.csv"))
    assert f"Đạt: 10/{24 - aside} lượt chỉ tiêu × xã phải áp dụng" in screen
    assert f"Không áp dụng: {aside} trên tổng số 24 lượt chỉ tiêu × xã" in screen


def test_the_workbook_has_as_many_columns_as_the_set_has_indicators(run: Run) -> None:
    book = openpyxl.load_workbook(run[0] / "ket-qua.xlsx")
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [word for word in words if LAI_CHAU_WORDS.search(word)]
    matrix = book["Ma trận"]
    header = next(row for row in matrix.iter_rows(values_only=True) if row[0] == "Mã xã")
    assert list(header) == ["Mã xã", "Xã", "Năm", "TCA", "A-01", "A-02", "TCB", "B-01", "B-02", "B-03", "B-04"]
    letters = {v.name: str(v.letter) for v in Verdict}
    judged = verdicts(run[0], "indicator")
    rows = [row for row in matrix.iter_rows(values_only=True) if str(row[0]).startswith("900")]
    assert len(rows) == 4
    for row in rows:
        said = {id_: row[header.index(id_)] for id_ in INDICATORS}
        assert said == {id_: letters[judged[str(row[0]), id_][0]] for id_ in INDICATORS}
    summary = book["Tổng hợp"]
    at = next(row for row in summary.iter_rows() if row[0].value == "Mã xã")
    titles = [cell.value for cell in at]
    assert titles[-4:] == ["Điểm", "trên tổng điểm áp dụng", "TCA", "TCB"]
    zone = next(row for row in summary.iter_rows(min_row=at[0].row + 1) if row[0].value == "90010")
    assert [cell.value for cell in zone[-4:]] == [62.5, 80, "Đ", "C"]
    assert book["Khoảng cách"].column_dimensions["D"].width > len("A-01-dien-tich"), "ids are not cut"
    groups = {"Vùng cao", "Vùng thấp", "Hải đảo"}
    assert groups <= {cell.value for row in summary.iter_rows() for cell in row}


def test_the_record_names_the_set_and_its_law(run: Run) -> None:
    record = json.loads((run[0] / "run.json").read_text(encoding="utf-8"))
    (evaluated,) = record["evaluated"]
    assert (record["criteria_set"], evaluated["as_of"]) == ("bien-xanh-2031-2035", "2032-12-31")
    assert evaluated["indicators"] == {"NOT_APPLICABLE": 0, "MET": 10, "NO_TARGET": 1, "NO_DATA": 8, "NOT_MET": 5}
    assert (record["illustrative_data"], sorted(record["rule_files"])[0]) == (True, "a-dat-nuoc/rules.yaml")


def test_a_day_picks_the_dated_value_and_the_indicators_in_force(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("batch", DATA, *LAW, "--out", tmp_path, "--as-of", "2033-06-30")
    assert done.returncode == 3
    assert verdicts(tmp_path, "requirement")["90010", "B-01"] == ("NOT_MET", "below_target"), "150 < 180 from 2033"
    early = ntm("batch", DATA, *LAW, "--out", tmp_path, "--as-of", "2031-06-30")
    assert "Chỉ tiêu B-04 không áp dụng trong năm 2031" in early.stdout
    assert "B-04" not in {id_ for _commune, id_ in verdicts(tmp_path, "indicator")}
    assert table(tmp_path / "summary.csv")[0]["points_total"] == "72.5", "an indicator not in force bears no points"


def test_an_amendment_changes_targets_groups_and_points_met_alike(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("batch", DATA, *LAW, "--overlay", AMENDMENT, "--out", tmp_path)
    assert "Văn bản sua-doi-9 nới lỏng B-02: từ ≤ 7,125 thành ≤ 7,25" in done.stdout
    judged = verdicts(tmp_path, "requirement")
    assert judged["90010", "B-02"] == ("MET", "reached")
    assert judged["90010", "A-02"] == ("NOT_MET", "below_target"), "15,25 m³ against 16"
    assert judged["90010", "B-04"] == ("MET", "reached"), "1230 over 1200 tonnes is 2,5%"
    assert judged["90040", "A-02"] == ("NOT_MET", "below_target"), "the island's group is known now: 15,5 against 16"
    assert judged["90030", "B-03"] == ("NOT_MET", "grade_below")
    (island,) = [r for r in table(tmp_path / "summary.csv") if r["commune_code"] == "90010"]
    assert (island["points"], island["points_total"]) == ("67.5", "80"), "30 + 20 + 10 + 7.5"


def test_an_appraisal_before_the_amendment_runs_again_as_it_was(ntm: Ntm, tmp_path: Path, run: Run) -> None:
    ntm("batch", DATA, *LAW, "--overlay", AMENDMENT, "--known-on", "2032-02-29", "--out", tmp_path)
    for name in ("verdicts.csv", "gaps.csv", "summary.csv"):
        assert (tmp_path / name).read_bytes() == (run[0] / name).read_bytes()


# --- assess ------------------------------------------------------------------------------------


def test_one_zone_is_assessed_with_its_points_beside_and_apart_from_its_verdict(ntm: Ntm) -> None:
    done = ntm("assess", DATA, *LAW, "--commune", "90010")
    assert done.stdout.splitlines()[0] == "Đặc khu Hòn Mây (90010), năm 2032, Hải đảo"
    assert "Điểm: 62,5/80 của các chỉ tiêu áp dụng, chỉ để xếp thứ tự; không thay kết quả đạt" in done.stdout
    assert "Đạt đủ mọi tiêu chí: Chưa đạt" in done.stdout
    assert "vượt 0,075 người/1.000 dân" in done.stdout
    assert "Đang chờ: Quy chế bảo vệ rừng ven biển (Bộ chủ quản chịu trách nhiệm)" in done.stdout
    assert "Điều kiện khác" not in done.stdout
    assert not LAI_CHAU_WORDS.search(done.stdout)


def test_a_nested_indicator_is_explained_down_to_its_leaves(ntm: Ntm) -> None:
    done = ntm("assess", DATA, *LAW, "--commune", "90030", "--explain", "A-01")
    said = " ".join(done.stdout.split())
    assert "“Diện tích rừng ven biển” là 12,4 ha" in said
    assert "12,5 ha" in said
    assert "còn thiếu 0,1 ha" in said
    for node in ("A-01-rung-hay-ke", "A-01-rung", "A-01-giu", "A-01-nguoi-giu", "A-01-tau-tuan", "A-01-ke"):
        assert node in said
    assert "A-01: ĐẠT" in said
    assert not LAI_CHAU_WORDS.search(said)


def test_a_gap_that_is_a_part_of_an_alternative_says_so(ntm: Ntm, tmp_path: Path) -> None:
    """Area, guard and wall are all short: the area alone would not make up the forest's alternative."""
    figures = {"has_coast": "Có", "coastal_forest_area": '"12,4"', "forest_guarded": "Không", "fishing_boats": "1"}
    figures["sea_wall_ruling"] = "Không đạt"
    lines = [f"90030,Bãi Cát,2032,{measure},{value}" for measure, value in figures.items()]
    data = tmp_path / "data.csv"
    data.write_text("\n".join(["commune_code,commune,year,measure,value", *lines]) + "\n", encoding="utf-8")
    ntm("batch", data, *LAW, "--out", tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "ket-qua.xlsx")["Khoảng cách"]
    words = {row[3]: row[12] for row in sheet.iter_rows(values_only=True) if str(row[3]).startswith("A-01")}
    part = " (một phần của một trong 2 phương án; chỉ cần đạt một phương án)"
    alone = " (chỉ cần một trong 2 nội dung)"
    assert {id_: words[id_] for id_ in ("A-01-dien-tich", "A-01-tau-tuan")} == {
        "A-01-dien-tich": "còn thiếu 0,1 ha" + part,
        "A-01-tau-tuan": "còn thiếu 1 tàu" + alone,
    }
    assert words["A-01-ke"].endswith(alone)


def test_an_id_that_is_no_indicator_is_answered_with_the_nearest_of_the_set(ntm: Ntm) -> None:
    done = ntm("assess", DATA, *LAW, "--commune", "90010", "--explain", "C-01")
    assert (done.returncode, "B-01" in done.stderr) == (2, True)


def test_in_english_no_vietnamese_of_the_program_is_left(ntm: Ntm) -> None:
    done = ntm("assess", DATA, *LAW, "--commune", "90010", "--lang", "en")
    assert "Hòn Mây special zone (90010), 2032, Islands" in done.stdout
    assert "Points: 62.5/80 of the indicators that apply, only to rank progress; they change no verdict" in done.stdout
    assert "over by 0.075 per 1000 people" in done.stdout


# --- a form and a wide table -------------------------------------------------------------------


def test_a_form_of_the_set_is_written_and_read_back(ntm: Ntm, tmp_path: Path) -> None:
    rulebook = open_rulebook(LawAsked(str(SET)))
    form = tmp_path / "90020.xlsx"
    write_commune_workbook(form, rulebook.loaded.communes["90020"], {2033: FORM_CELLS}, rulebook.questionnaire())
    done = ntm("assess", form, *LAW)
    assert done.stdout.startswith("Đặc khu Núi Gió (90020), năm 2033, Vùng cao")
    assert "còn thiếu 5 m³/người" in done.stdout
    assert "còn thiếu 29 triệu đồng/ha" in done.stdout, "180 from 2033 on"


def test_a_wide_table_headed_by_labels_is_read(ntm: Ntm, tmp_path: Path) -> None:
    wide = tmp_path / "rong.csv"
    wide.write_text(
        "Mã ĐVHC;Tên đơn vị hành chính;Năm;Nước ngọt bình quân;Hạng cảng\n90010;Hòn Mây;2034;16;5-sao\n",
        encoding="utf-8",
    )
    done = ntm("batch", wide, *LAW, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stdout
    judged = verdicts(tmp_path / "out", "indicator")
    assert (judged["90010", "A-02"][0], judged["90010", "B-03"][0]) == ("MET", "MET")


def test_the_frame_of_verdicts_has_the_set_s_own_columns(run: Run) -> None:
    frame = pd.read_csv(run[0] / "verdicts.csv", dtype=str, keep_default_na=False)
    levels = frame.groupby("level")["id"].nunique().to_dict()
    assert levels == {"commune": 1, "criterion": 2, "indicator": 6, "requirement": 12}


# --- a set without groups ----------------------------------------------------------------------


def test_a_set_without_groups_of_communes_speaks_of_none(ntm: Ntm, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    shutil.copytree(SET, plain)

    def change(name: str, pattern: str, put: str) -> None:
        text, found = re.subn(pattern, put, (plain / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        assert found
        (plain / name).write_text(text, encoding="utf-8")

    change("criteria-set.yaml", r"groups:\n.*?\nscales:", "groups: []\nscales:")
    change("communes.csv", r"(hai-dao|vung-cao|vung-thap),Nghị quyết 7 \(giả định\)", ",")
    change("a-dat-nuoc/rules.yaml", r"\{vung-cao: [^}]*\}", "15")
    assert ntm("assess", DATA, "--criteria", plain, "--commune", "90010").stdout.startswith(
        "Đặc khu Hòn Mây (90010), năm 2032\n"
    )
    ntm("batch", DATA, "--criteria", plain, "--out", tmp_path / "out")
    assert verdicts(tmp_path / "out", "requirement")["90040", "A-02"] == ("MET", "reached"), "15,5 against 15"
    summary = openpyxl.load_workbook(tmp_path / "out" / "ket-qua.xlsx")["Tổng hợp"]
    words = {str(cell) for row in summary.iter_rows(values_only=True) for cell in row}
    assert not {word for word in words if "chưa rõ" in word.casefold()}, "no group is unknown where there is none"
