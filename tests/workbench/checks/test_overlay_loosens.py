"""NTM110: an overlay loosens a stated number."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_rules.workbench.checks.core.running import check_overlay
from tests.turns.conftest import TURNS
from tests.workbench.checks.clean import CLEAN_OVERLAY, OVERLAY_FILE, Checked

CODE = "NTM110"


@pytest.mark.parametrize(
    ("entry", "key", "message"),
    [
        ("1.1.b: {value: 79.99,", "set.1.1.b", "1.1.b goes from 80 to 79.99"),
        ("1.1.c.i: {value: 50.51,", "set.1.1.c.i", "1.1.c.i goes from 50.5 to 50.51"),
        ('"1.2": {value: {nhom-1: 2, nhom-2: 2},', "set.1.2", "1.2 goes from 3 (Group 1) to 2 (Group 1)"),
        ('"2.1": {value: trung-binh,', "set.2.1", "2.1 goes from Good to Fair"),
    ],
)
def test_a_value_that_asks_less_is_found(checked: Checked, entry: str, key: str, message: str) -> None:
    assert checked.found_in_overlay(CODE, "DK.1: {value: 0,", entry) == [(OVERLAY_FILE, 8, key, message)]


def test_a_value_that_asks_as_much_or_more_is_none(checked: Checked) -> None:
    assert checked.found_in_overlay(CODE, "DK.1: {value: 0,", "1.1.b: {value: 80,") == []
    assert checked.found_in_overlay(CODE, "DK.1: {value: 0,", "1.1.c.i: {value: 50.49,") == []


def test_a_grade_is_told_by_its_label_and_a_number_as_vietnamese_writes_it(checked: Checked) -> None:
    text = CLEAN_OVERLAY.replace("  DK.1: {value: 0,", '  "2.1": trung-binh\n  1.1.b: 79.5\n  DK.1: {value: 0,')
    said = {f.problem.key: f.problem.message.render("vi") for f in checked.overlay_report(CODE, text=text).findings}
    assert said["set.2.1"] == "2.1 từ Khá thành Trung bình"
    assert said["set.1.1.b"] == "1.1.b từ 80 thành 79,5"


def test_a_day_is_told_as_a_day_and_a_class_by_name(tmp_path: Path) -> None:
    path = tmp_path / "mot.yaml"
    path.write_text(
        "id: mot\napplies_to: cach-noi-2026-2030\nillustrative: true\ntitle: {vi: Một, en: One}\n"
        "promulgated: 2026-03-01\neffective: {from: 2026-03-01}\n"
        'set:\n  "3.1": 2026-03-31\n  1.6.a: {bien-gioi: 60}\n',
        encoding="utf-8",
    )
    findings = check_overlay(path, [TURNS], as_of=dt.date(2026, 12, 31), codes=[CODE]).findings
    assert [finding.problem.message.render("vi") for finding in findings] == [
        "3.1 từ 31/12/2025 thành 31/03/2026",
        "1.6.a từ 70 (Xã biên giới) thành 60 (Xã biên giới)",
    ]
