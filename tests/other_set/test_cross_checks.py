"""The second set's own cross-checks, by every way in which they are shown; nothing in them is Lai Châu's."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl

from tests.conftest import Ntm
from tests.other_set.conftest import DATA, LAW, Run

FOUND = [
    ("90010", "soi.b", "info", "coastal_forest_area", "A-01-dien-tich: 3 ha so với ≥ 3 ha"),
    ("90010", "soi.b", "info", "fishing_boats", "A-01-tau-tuan: 2 tàu so với ≥ 2 tàu"),
    ("90010", "soi.b", "info", "fresh_water_per_head", "A-02: 15,25 m³/người so với ≥ 15,25 m³/người"),
    ("90010", "soi.b", "info", "value_per_hectare", "B-01: 150 triệu đồng/ha so với ≥ 150 triệu đồng/ha"),
    ("90010", "soi.c", "warning", "catch_tonnes", "1.200 tấn → 1.230 tấn (30 tấn)"),
    ("90020", "soi.a", "error", "has_coast;port_stars",
     "Núi Gió báo: A-01-nguoi-giu/A-01-ke Có bờ biển: Không; nhưng B-03 Hạng cảng: Hai sao."),
    ("90020", "soi.b", "info", "leavers_per_thousand", "B-02: 7,125 người/1.000 dân so với ≤ 7,125 người/1.000 dân"),
    ("90030", "soi.d", "warning", "sea_wall_ruling", "1: A-01-ke Kết luận về kè biển"),
]  # fmt: skip


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_the_batch_writes_them_in_order(run: Run) -> None:
    rows = table(run[0] / "cross-checks.csv")
    assert [
        tuple(row[k] for k in ("commune_code", "check", "severity", "measures", "message")) for row in rows
    ] == FOUND
    assert {row["file"] for row in rows} == {"data.csv"}
    assert (rows[0]["places"], rows[5]["places"]) == ("dòng 4", "các dòng 12, 18")


def test_the_workbook_the_record_and_the_screen_count_them(run: Run) -> None:
    sheet = openpyxl.load_workbook(run[0] / "ket-qua.xlsx")["Kiểm tra chéo"]
    cells = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("soi")]
    gravest_first = sorted(FOUND, key=lambda row: ("error", "warning", "info").index(row[2]))
    assert [(row[2], row[0], row[6]) for row in cells] == [
        (code, id_, said) for code, id_, _s, _m, said in gravest_first
    ]
    record = json.loads((run[0] / "run.json").read_text(encoding="utf-8"))
    assert record["cross_checks"] == {"error": 1, "warning": 2, "info": 5}
    assert "Kiểm tra chéo: 1 lỗi, 2 cảnh báo, 5 lưu ý." in run[1].stdout
    assert "Các phát hiện thuộc 3 xã, liệt kê trong cross-checks.csv." in run[1].stdout


def test_the_screen_names_the_table_that_was_written(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("batch", DATA, *LAW, "--out", tmp_path, "--tables", "parquet")
    assert "liệt kê trong cross-checks.parquet." in done.stdout
    assert (tmp_path / "cross-checks.parquet").exists()


def test_assess_tells_one_commune_what_is_its_own(ntm: Ntm) -> None:
    done = ntm("assess", DATA, *LAW, "--commune", "90020", "--lang", "en")
    section = done.stdout.partition("Cross-checks: ")[2].splitlines()
    assert [line.rstrip() for line in section] == [
        "errors 1, warnings 0, notes 1. They ask for a second look and change no verdict.",
        "soi.a (error): A sea wall without a sea",
        "• Núi Gió says: A-01-nguoi-giu/A-01-ke There is a coast: No; but B-03 Port rating: Two stars. "
        "[data.csv, lines 12, 18]",
        "  → Look at the map.",
        "soi.b (to note): A close fit",
        "• B-02: 7.125 per 1000 people against ≤ 7.125 per 1000 people [data.csv, line 17]",
        "  → Measure again.",
    ]


def test_the_book_has_a_page_of_them(ntm: Ntm, tmp_path: Path) -> None:
    assert ntm("rules", "book", "-o", tmp_path, *LAW).returncode == 0
    page = (tmp_path / "kiem-tra-cheo.html").read_text(encoding="utf-8")
    assert 'id="kiem-tra-cheo-soi-a"' in page
    assert "Không có biển mà có kè" in page
    assert "A-01-nguoi-giu/A-01-ke Có bờ biển: Không; và ít nhất một trong: " in page
