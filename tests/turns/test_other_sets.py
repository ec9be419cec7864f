"""A set that asks for the results of others: in one run, from one file, with the reasons."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest

from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.rulebook.borrowed import asked_of
from ntm_rules.rulebook.criteria_set import Combination, leaves
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.models import SetMet
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import read_cases
from ntm_rules.workbench.testing.runner import run
from tests.conftest import Ntm
from tests.turns.conftest import TURNS

ADVANCED, NATION, POINTS = (TURNS.with_name(f"{name}-2026-2030") for name in ("nang-cao", "quoc-gia", "diem"))
DAY = dt.date(2026, 12, 31)
FIGURES = """\
commune_code,year,measure,value,numerator,denominator
92010,2026,recognised_as_new_rural,Không đạt,,
92010,2026,c1_complies,Có,,
92010,2026,c5_complies,Không,,
92010,2026,answers_in_time,,79,100
92010,2026,page_exists,Không,,
92010,2026,smart_hamlet,Có,,
92020,2026,recognised_as_new_rural,Đạt,,
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "so-lieu.csv"
    path.write_text(FIGURES, encoding="utf-8")
    return path


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The set and those it asks for, beside each other."""
    for folder in (ADVANCED, NATION, POINTS):
        shutil.copytree(folder, tmp_path / folder.name)
    return tmp_path


def test_a_checker_finds_nothing(ntm: Ntm) -> None:
    result = ntm("rules", "check", ADVANCED, "--as-of", "2026-12-31", "--strict")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_says_what_was_worked_out_by_hand(engine: str) -> None:
    problem = ENGINES[engine].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    loaded = load_set(ADVANCED)
    outcomes = run(read_cases(loaded, find_files(loaded.folder, loaded.header)), engine)
    assert len(outcomes) == 8
    assert [(o.case.test.name, o.differences) for o in outcomes if not o.passed] == []


def test_so_many_with_some_among_them_is_these_and_so_many_fewer_of_the_rest() -> None:
    asked = asked_of(resolve(load_set(NATION), as_of=DAY), SetMet(set="quoc-gia-2026-2030"))
    assert [child.id for child in asked.children] == ["1", "5", "10", "quoc-gia-2026-2030.1"]
    rest = asked.children[-1]
    assert isinstance(rest, Combination)
    assert (rest.op, rest.needed, len(rest.children)) == ("some", 12, 16)
    ids = [leaf.id for leaf in leaves(asked)]
    assert len(ids) == len(set(ids)) == 19


def test_it_is_told_which_rule_of_the_other_set_failed(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    words = " ".join(
        ntm("explain", data, "--criteria", ADVANCED, "--commune", "92010", "--indicator", "1.2").stdout.split()
    )
    assert "1.2 dẫn tới bộ tiêu chí quoc-gia-2026-2030." in words
    assert "1.2: CHƯA ĐẠT" in words
    assert "Phần quyết định: 1.2:5." in words or "1.2:5" in words
    assert ntm("batch", data, "--criteria", ADVANCED, "--out", tmp_path / "out").returncode in (0, 3)
    with (tmp_path / "out" / "gaps.csv").open(encoding="utf-8-sig", newline="") as stream:
        gaps = {(row["commune_code"], row["id"]) for row in csv.DictReader(stream)}
    assert {("92010", "1.2:5.1"), ("92010", "1.3.a:1.2")} <= gaps
    assert not {code for code, _id in gaps} - {"92010"}


def test_figures_of_both_sets_stand_once_in_one_form(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "phieu.xlsx"
    assert ntm("template", "--criteria", ADVANCED, "--commune", "92010", "--year", 2026, "--out", out).returncode == 0
    loaded = load_set(ADVANCED)
    assert {"c1_complies", "answers_in_time", "smart_hamlet"} <= set(loaded.measures)
    assert loaded.beside_the_rules == ()
    assert loaded.conditional == {"page_kept": "page_exists"}


def test_an_overlay_of_the_other_set_is_laid_on_its_rules(ntm: Ntm, tmp_path: Path) -> None:
    overlay = tmp_path / "muc.overlay.yaml"
    overlay.write_text(
        "id: muc-cua-tinh-1\napplies_to: quoc-gia-2026-2030\ntitle: {vi: Mức thử, en: Tried}\nillustrative: true\n"
        "promulgated: 2026-02-01\neffective: {from: 2026-02-01}\nset: {'10.1': 40}\n",
        encoding="utf-8",
    )
    shown = " ".join(ntm("rules", "show", "1.1", "--criteria", ADVANCED, "--overlay", overlay).stdout.split())
    assert "≥ 40" in shown


def changed(folder: Path, old: str, new: str) -> Path:
    rules = folder / "tieu-chi" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    assert old in text
    rules.write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("{set: diem-2026-2030,", "{set: diem-2026-2031,", "NTM028", "có phải ý bạn là “diem-2026-2030”"),
        ('indicators: ["1.2", "2.2"]', 'indicators: ["1.2", "9.9"]', "NTM027", "“9.9” chưa được định nghĩa"),
        ("{set: diem-2026-2030,", "{set: nang-cao-2026-2030,", "NTM028", "nang-cao-2026-2030 → nang-cao-2026-2030"),
        ('indicators: ["1.2", "2.2"]}', 'indicators: ["1.2"], criteria: ["1"]}', "NTM004", "không nêu cả hai"),
    ],
)
def test_a_slip_in_asking_is_told_where_it_stands(
    ntm: Ntm, copied: Path, old: str, new: str, code: str, words: str
) -> None:
    folder = changed(copied / ADVANCED.name, old, new)
    result = ntm("rules", "check", folder, "--as-of", "2026-12-31", "--select", code)
    assert result.returncode == 1, result.stdout
    assert words in " ".join(result.stdout.split())


def test_a_ring_is_told_with_its_chain(ntm: Ntm, copied: Path) -> None:
    third = copied / POINTS.name / "1-ban-hanh" / "rules.yaml"
    text = third.read_text(encoding="utf-8")
    third.write_text(text.replace("attested: rules_published", "set_met: {set: nang-cao-2026-2030}"), encoding="utf-8")
    result = ntm("rules", "check", copied / ADVANCED.name, "--as-of", "2026-12-31", "--select", "NTM028")
    assert "nang-cao-2026-2030 → diem-2026-2030 → nang-cao-2026-2030" in " ".join(result.stdout.split())


def test_a_figure_that_means_two_things_is_told(ntm: Ntm, copied: Path) -> None:
    measures = copied / ADVANCED.name / "measures.yaml"
    text = measures.read_text(encoding="utf-8").replace("id: smart_hamlet", "id: answers_in_time")
    measures.write_text(text, encoding="utf-8")
    folder = changed(copied / ADVANCED.name, "attested: smart_hamlet", "attested: answers_in_time")
    result = ntm("rules", "check", folder, "--as-of", "2026-12-31", "--select", "NTM021")
    assert "answers_in_time ở bộ diem-2026-2030 không giống ở đây" in " ".join(result.stdout.split())


def test_a_set_met_by_points_is_no_requirement_and_says_so(ntm: Ntm, copied: Path) -> None:
    folder = changed(
        copied / ADVANCED.name, '{set: diem-2026-2030, indicators: ["1.2", "2.2"]}', "{set: diem-2026-2030}"
    )
    result = ntm("rules", "show", "--criteria", folder)
    assert result.returncode == 2
    said = " ".join((result.stdout + result.stderr).split())
    assert "1.3.a dẫn tới bộ diem-2026-2030: bộ diem-2026-2030 đạt theo điểm" in said
