"""`ntm plan roadmap`: on screen, in workbook, Word and page; refusals that say what to write instead."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.conftest import ILLUSTRATIVE, SAMPLES, Ntm, results_in

DATA = SAMPLES / "lai-chau-2026.csv"
ASKED = ("plan", "roadmap", DATA, "--overlay", ILLUSTRATIVE)


@pytest.fixture(scope="module")
def written(ntm: Ntm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lo-trinh")
    done = ntm(*ASKED, "--target", "10:2030", "--target", "11", "--by", "2035", "--out", folder)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in results_in(folder)] == ["lo-trinh.docx", "lo-trinh.html", "lo-trinh.xlsx"]
    return folder


def test_the_screen_says_who_by_when_whose_work_and_what_would_change(ntm: Ntm) -> None:
    done = ntm(*ASKED, "--target", "10:2030")
    assert done.returncode == 0
    for words in ("10 xã đến năm 2030: đạt được với 61,249 đơn vị", "đã chứng minh", "Khun Há", "81,1%", "Nậm Mạ"):
        assert words in done.stdout
    assert "không phải quy định" in done.stdout
    assert "Tân Uyên (1)" in done.stdout


def test_a_target_that_cannot_be_reached_ends_with_1_and_says_why(ntm: Ntm) -> None:
    done = ntm(*ASKED, "--target", "20:2035", "--lang", "en")
    assert done.returncode == 1
    assert "20 communes by 2035: cannot be reached." in done.stdout
    assert "Only 12 communes can be planned for; the other 24 stand outside" in done.stdout


def test_without_targets_of_their_own_those_of_the_plan_are_taken(ntm: Ntm) -> None:
    done = ntm(*ASKED)
    assert "10 xã đến năm 2030: đạt được" in done.stdout
    assert "20 xã đến năm 2035: không đạt được" in done.stdout


def test_without_targets_in_force_the_screen_says_that_it_goes_only_as_far_as_can_be_judged(ntm: Ntm) -> None:
    done = ntm("plan", "roadmap", DATA, "--target", "10:2030")
    assert "CHỈ TRONG PHẠM VI ĐÁNH GIÁ ĐƯỢC ĐẾN NAY" in done.stdout
    assert "đạt được với" not in done.stdout
    whole = ntm("plan", "roadmap", DATA, "--target", "10:2030", "--whole")
    assert whole.returncode == 1
    assert "Chỉ 0 xã lập được lộ trình" in whole.stdout


def test_the_workbook_holds_communes_agencies_what_is_to_be_done_and_the_assumptions(written: Path) -> None:
    book = openpyxl.load_workbook(written / "lo-trinh.xlsx")
    assert book.sheetnames[:5] == ["Xã", "Cơ quan", "Việc phải làm", "Đứng ngoài", "Giả định"]
    rows = {row[1]: row for row in book["Xã"].iter_rows(values_only=True) if len(row) > 1 and row[1]}
    assert rows["Khun Há"][2:5] == ("2030", "2027", 16.291)
    assert rows["Bình Lư"][2] == "không còn việc phải làm"
    assert any("không phải quy định" in str(row[0]) for row in book["Giả định"].iter_rows(values_only=True))


def test_every_figure_of_the_workbook_stands_on_page_and_paper_too(written: Path) -> None:
    book = openpyxl.load_workbook(written / "lo-trinh.xlsx")
    names = [row[1] for row in book["Xã"].iter_rows(values_only=True) if row[0] and re.fullmatch(r"\d{5}", str(row[0]))]
    assert len(names) == 12
    page = (written / "lo-trinh.html").read_text(encoding="utf-8")
    paper = Document(str(written / "lo-trinh.docx"))
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    for name in names:
        assert name in page
        assert name in cells
    for figure in ("16,291", "22,057"):
        assert figure in page
    assert {"16,291", "22,057"} <= cells
    assert "Sơ đồ minh họa, không có giá trị về địa giới." in page
    assert not re.search(r"<(script|link|img)|https?://(?!www\.w3\.org/2000/svg)", page)


def test_boundaries_of_the_office_are_drawn_in_place_of_tiles(ntm: Ntm, tmp_path: Path) -> None:
    ring = [[103, 22], [104, 22], [104, 23], [103, 22]]
    feature = {"properties": {"ma_xa": "03390"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path = tmp_path / "ranh.geojson"
    path.write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    out = tmp_path / "out"
    done = ntm(*ASKED, "--target", "5:2030", "--boundaries", path, "-o", out)
    assert done.returncode == 0, done.stderr
    assert "Không có trên sơ đồ: Sin Suối Hồ" in (out / "lo-trinh.html").read_text(encoding="utf-8")
    refused = ntm(*ASKED, "--target", "5:2030", "--boundaries", tmp_path / "khong-co.geojson")
    assert refused.returncode == 2
    assert "khong-co.geojson" in refused.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--target", "10"), "--target 10 --by 2030"),
        (("--target", "mười"), "10:2030"),
        (("--target", "10:2030", "--by", "2035"), "--by"),
        (("--target", "10:2026"), "work begins the year after"),
        (("--target", "0:2030"), "at least 1"),
    ],
)
def test_targets_that_cannot_be_read_are_refused_with_how_to_write_them(
    ntm: Ntm, options: tuple[str, ...], said: str
) -> None:
    refused = ntm(*ASKED, *options, "--lang", "en")
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_mistakes_in_the_effort_file_are_told_by_line_and_nothing_is_chosen(ntm: Ntm, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    shutil.copytree(SAMPLES.parent / "criteria" / "lai-chau-2026-2030", folder)
    path = folder / "plan" / "effort.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("by: shortfall", "by: shortfal"), encoding="utf-8")
    refused = ntm("plan", "roadmap", DATA, "--criteria", folder, "--target", "10:2030")
    assert refused.returncode == 2
    assert "plan/effort.yaml" in refused.stderr
    assert "gaps[1].by" in refused.stderr
    checked = ntm("rules", "check", folder)
    assert checked.returncode == 1
    assert "plan/effort.yaml" in checked.stdout
    assert ntm("batch", DATA, "--criteria", folder, "-o", tmp_path / "out").returncode == 0
