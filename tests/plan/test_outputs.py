"""What `ntm plan status` writes says what the screen says: workbook, paper, page and pictures from one computation."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from ntm_rules.plan.models import Status
from ntm_rules.report.charts.goal import goal_chart
from ntm_rules.report.palette import COLOURS
from ntm_rules.report.tables.goals import goals
from ntm_rules.report.tables.table import words_of
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.plan import FILES, PAGE, PAPER, WORKBOOK, PlanStanding, plan_standing, write_status
from ntm_rules.wording.plan_statuses import status_letter
from tests.conftest import ROOT

SAMPLES = ROOT / "samples" / "ke-hoach"
COMMUNES, PROVINCE = SAMPLES / "xa-2026-2028.csv", SAMPLES / "tinh-2025-2028.csv"
OVERLAY = ROOT / "samples" / "minh-hoa.overlay.yaml"


@pytest.fixture(scope="module")
def standing() -> PlanStanding:
    law = LawAsked(overlays=[OVERLAY], as_of=dt.date(2028, 12, 31))
    return plan_standing(law, [COMMUNES], [PROVINCE])


@pytest.fixture(scope="module")
def written(standing: PlanStanding, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    write_status(standing, folder, [COMMUNES, PROVINCE])
    return folder


def test_the_samples_are_read_without_problems_and_say_that_they_are_invented(standing: PlanStanding) -> None:
    assert standing.problems == []
    assert len(standing.warnings) == 2
    assert list(standing.figures.evaluations) == [2026, 2027, 2028]


def test_the_samples_show_what_there_is_to_show(standing: PlanStanding) -> None:
    found = {state.status for state in standing.states.values()}
    assert found >= {
        Status.MET, Status.ON_COURSE, Status.BEHIND, Status.FAR_BEHIND, Status.BACKWARD, Status.NOT_MET,
        Status.TOO_EARLY, Status.NO_BASE, Status.NO_TARGET,
    }  # fmt: skip
    assert standing.states["poverty-2030"].base_moved
    assert standing.states["waste-2030"].status is not standing.states["waste-2030/phan-loai"].status


def test_the_files_are_written_together(written: Path) -> None:
    assert {path.name for path in written.iterdir() if not path.name.startswith(".")} == set(FILES)


def test_the_workbook_holds_every_goal_with_the_words_of_the_table(standing: PlanStanding, written: Path) -> None:
    sheet = load_workbook(written / WORKBOOK).worksheets[0]
    rows = {str(row[0].value): [cell.value for cell in row] for row in sheet.iter_rows()}
    table = goals(standing.plan, standing.states)
    for row in table.rows:
        said = [words_of(cell) for cell in row]
        assert [cell or "" for cell in rows[said[0]][: len(said)]] == said


def test_the_paper_is_an_unsigned_draft_with_every_goal(standing: PlanStanding, written: Path) -> None:
    paper = Document(str(written / PAPER))
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    for track in standing.plan.tracks:
        assert str(track.text) in {
            text.replace("\u2011", "-").replace("\u00a0", " ").replace("\u200b", "") for text in cells
        }
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "SỐ LIỆU MINH HỌA" in words


def test_the_page_holds_every_goal_and_picture(standing: PlanStanding, written: Path) -> None:
    page = (written / PAGE).read_text(encoding="utf-8")
    pictures = [t for t in standing.plan.tracks if goal_chart(standing.plan, t, standing.states[t.id])]
    assert page.count("<svg") == len(pictures)
    assert len(pictures) > 30
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_picture_says_in_words_every_number_that_it_shows(standing: PlanStanding) -> None:
    for track in standing.plan.tracks:
        chart = goal_chart(standing.plan, track, standing.states[track.id], standing.warnings)
        if chart is None:
            continue
        ET.fromstring(chart.svg())
        assert status_letter(standing.states[track.id].status) in chart.alternative
    poverty = next(t for t in standing.plan.tracks if t.id == "poverty-2030")
    chart = goal_chart(standing.plan, poverty, standing.states["poverty-2030"])
    assert chart is not None
    for words in ("đổi cách tính", "stroke-dasharray"):
        assert words in chart.svg()


@pytest.mark.long
def test_the_same_input_makes_the_same_bytes(standing: PlanStanding, written: Path, tmp_path: Path) -> None:
    write_status(standing, tmp_path, [])
    assert [name for name in FILES if (tmp_path / name).read_bytes() != (written / name).read_bytes()] == []


def test_the_page_colours_a_state_as_every_output_does(written: Path) -> None:
    page = (written / PAGE).read_text(encoding="utf-8")
    for verdict, colours in COLOURS.items():
        name = verdict.name.lower().replace("_", "-")
        assert f"td.v-{name} {{ background: {colours.back}; color: {colours.ink}; }}" in page
    assert 'class="v-not-met"' in page
