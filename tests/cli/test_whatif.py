"""`ntm whatif`: who falls, who rises, by how much, and what is before and what is after."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import ILLUSTRATIVE, SAMPLES, Ntm, results_in
from tests.rulebook.tiny import FILES, RULES_1

DATA = SAMPLES / "lai-chau-2026.csv"
INVENTED = "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH"

DECISION = """\
id: {id}
applies_to: lai-chau-2026-2030
title: {{vi: Văn bản thử {id} (minh họa), en: Trial {id} (illustrative)}}
illustrative: true
promulgated: {promulgated}
effective: {{from: {from_}}}
set: {{{set_}}}
"""


def decision(folder: Path, id_: str, set_: str, *, from_: str = "2026-01-01", promulgated: str = "2026-06-01") -> Path:
    path = folder / f"{id_}.yaml"
    path.write_text(DECISION.format(id=id_, set_=set_, from_=from_, promulgated=promulgated), encoding="utf-8")
    return path


def compared(ntm: Ntm, *arguments: str | Path) -> dict[str, Any]:
    run = ntm("whatif", DATA, *arguments, "--format", "json")
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def moves(record: dict[str, Any], level: str = "indicator") -> dict[tuple[str, str], tuple[str, str]]:
    return {(c["commune"], c["id"]): (c["before"], c["after"]) for c in record["changes"] if c["level"] == level}


def asked(record: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    return {a["id"]: (a["before"]["value"], a["after"]["value"]) for a in record["asked_differently"]}


RISEN = {"Mường Tè", "Phong Thổ", "Than Uyên", "Mường Kim"}


def test_a_lower_target_is_shown_with_who_rises_and_the_gap_it_closes(ntm: Ntm) -> None:
    run = ntm("whatif", DATA, "--set", "8.1.b=70")
    assert run.returncode == 0
    assert "Có kết quả thay đổi ở 4/36 xã." in run.stdout
    (line,) = (line for line in run.stdout.splitlines() if "Than Uyên" in line and "8.1.b" in line)
    assert "Chưa đạt → Đạt" in line
    assert "79,96% (1.999 / 2.500 tấn)" in line
    assert "≥ 80% → ≥ 70%" in line
    assert "còn thiếu 0,04 điểm %: 1 tấn" in line
    assert "Tăng: có nội dung mới đạt, không mất nội dung nào (4)" in run.stdout
    assert INVENTED in run.stdout
    assert "nới lỏng 8.1.b: từ ≥ 80 thành ≥ 70" in run.stdout


def test_a_higher_target_is_shown_with_who_falls_first(ntm: Ntm) -> None:
    run = ntm("whatif", DATA, "--set", "8.1.b=85,5", "--set", "9.2.b=80", "--lang", "en")
    falls, rises = run.stdout.index("Fall: something that was met no longer is (1)"), run.stdout.index("Rise: ")
    assert falls < run.stdout.index("Mường Than") < rises
    assert "short by 5.5 percentage points: 110 tonnes more" in run.stdout
    agencies = run.stdout.partition("Lead agencies concerned")[2].splitlines()
    (line,) = (line for line in agencies if "Department of Agriculture and Environment" in line)
    assert line.split()[-1] == "1"


def test_before_is_the_bare_set_and_after_has_the_overlay(ntm: Ntm) -> None:
    record = compared(ntm, "--overlay", ILLUSTRATIVE)
    assert (record["before"]["overlays_in_force"], record["after"]["overlays_in_force"]) == ([], ["minh-hoa"])
    assert record["communes_compared"] == 36
    assert {"of": "Đạt đủ mọi tiêu chí", "before": 0, "after": 1} in record["totals"]
    (first,) = (c for c in record["communes"] if c["commune"] == "Bình Lư")
    assert (first["before"]["criteria_met"], first["after"]["criteria_met"]) == (3, 10)
    assert (first["standing"], first["after"]["meets_every_criterion"]) == ("rises", "MET")
    assert {c["after"] for c in record["regrouped"]} == {"nhom-1", "nhom-2"}
    assert record["illustrative"] is True
    assert record["before"]["resolved_sha256"] != record["after"]["resolved_sha256"]


def test_without_overlay_after_keeps_the_overlays_of_against(ntm: Ntm) -> None:
    record = compared(ntm, "--against", ILLUSTRATIVE, "--set", "8.1.b=70")
    assert record["before"]["overlays_in_force"] == ["minh-hoa"]
    assert record["after"]["overlays_in_force"] == ["minh-hoa", "gia-dinh"]
    assert asked(record) == {"8.1.b": ("80", "70")}
    assert {name for name, _id in moves(record)} == RISEN
    (than_uyen,) = (c for c in record["communes"] if c["commune"] == "Than Uyên")
    assert (than_uyen["before"]["meets_every_criterion"], than_uyen["after"]["meets_every_criterion"]) == (
        "NOT_MET",
        "MET",
    ), "the one commune that lacks 8.1 alone"


def test_overlay_replaces_the_overlays_of_against_and_an_amendment_names_both(ntm: Ntm, tmp_path: Path) -> None:
    old = decision(tmp_path, "cu", "8.1.b: 85")
    new = decision(tmp_path, "moi", "8.1.c: 40", promulgated="2026-07-01")
    alone = compared(ntm, "--against", old, "--overlay", new)
    assert asked(alone) == {"8.1.b": ("85", "80"), "8.1.c": ("50", "40")}
    both = compared(ntm, "--against", old, "--overlay", old, "--overlay", new)
    assert asked(both) == {"8.1.c": ("50", "40")}


def test_what_is_supposed_lies_on_top_of_every_overlay(ntm: Ntm, tmp_path: Path) -> None:
    late = decision(tmp_path, "muon", "8.1.b: 85", promulgated="2030-12-31")
    record = compared(ntm, "--overlay", late, "--set", "8.1.b=70")
    assert asked(record) == {"8.1.b": ("80", "70")}
    assert record["after"]["overlays_in_force"] == ["muon", "gia-dinh"]


def test_what_was_not_yet_known_does_not_count_but_what_is_supposed_does(ntm: Ntm, tmp_path: Path) -> None:
    late = decision(tmp_path, "muon", "8.1.c: 40", promulgated="2026-09-01")
    record = compared(ntm, "--overlay", late, "--set", "8.1.b=70", "--known-on", "2026-08-31")
    assert record["after"]["overlays_in_force"] == ["gia-dinh"]
    assert asked(record) == {"8.1.b": ("80", "70")}
    assert any("Văn bản muon ban hành ngày 01/9/2026" in note for note in record["notes"])


def test_only_the_day_changes(ntm: Ntm, tmp_path: Path) -> None:
    later = decision(tmp_path, "sau", "8.1.b: 70", from_="2027-03-01")
    record = compared(ntm, "--against", later, "--as-of", "2027-03-01")
    assert (record["before"]["as_of"], record["after"]["as_of"]) == ("2026-12-31", "2027-03-01")
    assert asked(record) == {"8.1.b": ("80", "70")}
    told = compared(ntm, "--against", later, "--as-of", "2027-03-01", "--against-as-of", "01/03/2027")
    assert (told["changes"], told["asked_differently"]) == ([], [])


def test_a_day_with_something_else_that_changes_holds_for_both(ntm: Ntm) -> None:
    record = compared(ntm, "--set", "8.1.b=70", "--as-of", "2027-06-30")
    assert record["before"]["as_of"] == record["after"]["as_of"] == "2027-06-30"


def test_another_version_of_the_set_is_before(ntm: Ntm, tmp_path: Path) -> None:
    import shutil

    from ntm_rules.rulebook.loader import find_set

    folder = tmp_path / "ban-cu"
    shutil.copytree(find_set("lai-chau-2026-2030"), folder)
    rules = folder / "08-moi-truong" / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("at_least: 80\n", "at_least: 70\n", 1), encoding="utf-8")
    record = compared(ntm, "--against", folder)
    assert asked(record) == {"8.1.b": ("70", "80")}
    assert moves(record) == {(name, "8.1"): ("MET", "NOT_MET") for name in RISEN}
    assert {c["standing"] for c in record["communes"]} == {"falls"}


def test_an_overlay_not_in_force_on_the_day_changes_nothing_and_says_so(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm("whatif", DATA, "--overlay", decision(tmp_path, "sau", "8.1.b: 70", from_="2027-01-01"))
    assert run.returncode == 0
    assert "Văn bản sau chưa có hiệu lực ngày 31/12/2026: có hiệu lực từ 01/01/2027" in run.stdout
    assert "Hai quy định yêu cầu như nhau ở mọi nội dung." in run.stdout
    assert "Không có kết quả nào thay đổi ở cả 36 xã." in run.stdout


def test_a_target_that_no_figure_lies_at_changes_nothing_and_says_so(ntm: Ntm) -> None:
    run = ntm("whatif", DATA, "--set", "8.1.b=79,97", "--lang", "en")
    assert "8.1.b  ≥ 80%   ≥ 79.97%" in run.stdout
    assert "8.1.b: 35 communes are judged, and none of their figures lies between the two targets" in run.stdout
    assert "No verdict changes in any of the 36 communes." in run.stdout
    run = ntm("whatif", DATA, "--set", "8.1.b=80,0000", "--lang", "en")
    assert "Both laws ask for the same in every requirement." in run.stdout


def test_a_target_of_what_nobody_reports_says_so(ntm: Ntm, tmp_path: Path) -> None:
    data = tmp_path / "mot.csv"
    data.write_text(
        "commune_code,commune,year,measure,value\n03390,Bình Lư,2026,effective_green_economy_model_exists,Có\n",
        encoding="utf-8",
    )
    run = ntm("whatif", data, "--set", "8.1.b=70", "--lang", "en")
    assert "8.1.b: no commune reports a figure that this requirement could judge" in run.stdout
    assert "No verdict changes in any of the 1 communes." in run.stdout


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture(scope="module")
def written(ntm: Ntm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("what-if")
    run = ntm(
        "whatif", DATA, "--against", ILLUSTRATIVE, "--set", "8.1.b=79,97", "--set", "9.1.a=hoan-thanh", "--out", out
    )
    assert run.returncode == 0
    assert "mở thay-doi.xlsx trước" in run.stdout
    return out


def test_changes_csv_has_every_change_with_the_gap_before_and_after(written: Path) -> None:
    assert [path.name for path in results_in(written)] == ["changes.csv", "thay-doi.xlsx"]
    found = rows(written / "changes.csv")
    keys = [(r["commune_code"], r["year"], r["level"], r["id"]) for r in found]
    assert len(set(keys)) == len(keys)
    assert all(r["before"] != r["after"] for r in found)
    assert {r["direction"] for r in found} <= {"loss", "gain", "neither"}
    for row in found:
        if row["id"] == "9.1.a":
            assert (row["target_before"], row["target_after"]) == ("hoan-thanh-tot", "hoan-thanh")
            assert (row["shortfall_before"], row["shortfall_after"]) == ("1", "")
    assert any(r["id"] == "9.1.a" for r in found)


def test_the_workbook_says_the_same_and_that_targets_are_invented(written: Path) -> None:
    book = openpyxl.load_workbook(written / "thay-doi.xlsx")
    assert book.sheetnames == ["Tổng hợp", "Theo xã", "Thay đổi", "Về lần chạy này"]
    for sheet in book:
        assert INVENTED in str(sheet["A2"].value)
    changes = book["Thay đổi"]
    header = next(row for row in changes.iter_rows() if row[0].value == "Mã xã")
    shown = {(row[0].value, row[4].value or "") for row in changes.iter_rows(min_row=header[0].row + 1) if row[0].value}
    table = {(r["commune_code"], r["id"] if r["level"] != "commune" else "") for r in rows(written / "changes.csv")}
    assert shown == table
    hashes = [row[1].value for row in book["Về lần chạy này"].iter_rows() if "SHA-256" in str(row[0].value)]
    assert len(set(hashes)) == 2


def test_the_same_question_gives_the_same_bytes(written: Path, ntm: Ntm, tmp_path: Path) -> None:
    ntm(
        "whatif",
        DATA,
        "--against",
        ILLUSTRATIVE,
        "--set",
        "8.1.b=79,97",
        "--set",
        "9.1.a=hoan-thanh",
        "--out",
        tmp_path,
    )
    for path in results_in(written):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


REFUSED = [
    ((), "Hãy nêu điều gì thay đổi"),
    (("--set", "8.1.bb=70"), "không có yêu cầu 8.1.bb; có phải «8.1.b» không?"),
    (("--set", "8.1.b=1.234"), "«1.234» đọc được là 1234 hoặc 1,234"),
    (("--against", "khong-co"), "--against khong-co: không có tệp"),
    (("--against", "lai-chau-2026-2030", "--against", "lai-chau-2026-2030"), "nêu nhiều bộ tiêu chí"),
    (("--set", "8.1.b=70", "--as-of", "2035-01-01"), "2035"),
    (("--set", "8.1.b=70", "--year", "2031"), "2031"),
    (("--set", "8.1.b=70", "--against-as-of", "hôm qua"), "--against-as-of"),
    (("--set", "8.1.b=70", "--format", "xml"), "text, json"),
    (("--overlay", "khong-co.yaml"), "khong-co.yaml"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED, ids=[" ".join(r[0]) or "nothing" for r in REFUSED])
def test_what_cannot_be_compared_is_refused_in_words(ntm: Ntm, arguments: tuple[str, ...], words: str) -> None:
    run = ntm("whatif", DATA, *arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_figures_of_a_year_that_is_not_there(ntm: Ntm) -> None:
    run = ntm("whatif", DATA, "--set", "8.1.b=70", "--year", "2029")
    assert run.returncode == 2
    assert "Không có số liệu năm 2029" in run.stdout


@pytest.mark.long
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("columns", ["60", "80", "100", "200"])
def test_ids_and_counts_stand_in_their_table_whatever_the_width_of_the_screen(
    ntm: Ntm, columns: str, language: str
) -> None:
    supposed = ("--set", "8.1.b=90", "--set", "9.2.b=80")
    shown = ntm("whatif", DATA, *supposed, "--lang", language, COLUMNS=columns).stdout
    title = {"vi": "Tiêu chí, chỉ tiêu có thay đổi", "en": "Criteria and indicators that change"}[language]
    rows = [line.split() for line in shown.split(title)[1].split("\n\n")[0].splitlines()]
    told = compared(ntm, *supposed)
    changed = {c["id"] for c in told["changes"] if c["level"] in ("criterion", "indicator")}
    counted = {row[0]: [int(word) for word in row[-2:] if word.isdigit()] for row in rows if row and row[0] in changed}
    assert set(counted) == changed
    assert all(sum(counts) >= 1 for counts in counted.values())
    assert all(len(line) <= int(columns) for line in shown.splitlines())
    names = {"vi": ("Mục", "Rớt"), "en": ("Item", "longer")}[language]
    assert all(any(name in row for row in rows) for name in names)
    for change in told["changes"]:
        if change["level"] == "requirement" and {change["before"], change["after"]} == {"MET", "NOT_MET"}:
            assert any(change["commune"] in line and f" {change['id']} " in line for line in shown.splitlines())


def tiny_pair(tmp_path: Path, old: str, new: str) -> tuple[Path, Path, Path]:
    """The tiny set, the same with one line of its rules changed, and a commune that reports for them."""
    folders = []
    for name in ("a", "b"):
        folder = tmp_path / name
        for file, text in FILES.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            changed = text.replace(old, new, 1) if name == "b" and file == RULES_1 else text
            path.write_text(changed, encoding="utf-8")
        folders.append(folder)
    assert FILES[RULES_1].count(old) >= 1
    data = tmp_path / "d.csv"
    data.write_text(
        "commune_code,commune,year,measure,numerator,denominator,value\n"
        "03400,Xã Một,2026,roads_share,80,100,\n03400,Xã Một,2026,landfill_exists,,,Có\n",
        encoding="utf-8",
    )
    return folders[0], folders[1], data


def test_a_figure_that_lies_between_two_opposite_targets_is_not_said_not_to(ntm: Ntm, tmp_path: Path) -> None:
    one, other, data = tiny_pair(tmp_path, "at_least: 80", "at_most: 85")
    run = ntm("whatif", data, "--criteria", one, "--against", other, "--lang", "en")
    assert "≤ 85%" in run.stdout
    assert "between the two targets" not in run.stdout
    assert "1.1.b: 1 communes have a verdict, and it is the same under both laws" in run.stdout


def test_an_if_any_that_only_one_law_has_is_shown(ntm: Ntm, tmp_path: Path) -> None:
    one, other, data = tiny_pair(tmp_path, "at_least: 80", "at_least: 80\n      applies_if: landfill_exists")
    run = ntm("whatif", data, "--criteria", one, "--against", other, "--lang", "en")
    assert "if any: “There is a landfill”" in run.stdout
    assert "in every case (no “if any”)" in re.sub(r"\s+", " ", run.stdout)
    assert "between the two targets" not in run.stdout


def test_an_overlay_that_has_the_id_of_what_is_supposed_is_named_all_the_same(ntm: Ntm, tmp_path: Path) -> None:
    laid = decision(tmp_path, "gia-dinh", "8.1.b: 70", from_="2027-01-01")
    run = ntm("whatif", DATA, "--overlay", laid, "--set", "8.1.b=75", "--format", "json")
    record = json.loads(run.stdout)
    assert record["after"]["overlays_in_force"] == ["gia-dinh-2"]
    assert record["after"]["overlays_given"] == ["gia-dinh", "gia-dinh-2"]
    assert any("Văn bản gia-dinh chưa có hiệu lực ngày 31/12/2026" in note for note in record["notes"])
