"""plan/effort.yaml: read with every mistake by line and key, and a default for sets without it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ntm_rules.rulebook.effort_file import DEFAULT, FILE, read_effort
from ntm_rules.rulebook.kinds import KINDS
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.conftest import ROOT


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the real set, whose effort.yaml may be spoilt."""
    folder = tmp_path / "set"
    shutil.copytree(ROOT / "criteria" / "lai-chau-2026-2030", folder)
    return folder


def spoilt(folder: Path, old: str, new: str) -> list[tuple[int, str, str]]:
    """Return line, key and English words of what is said of the file with one text in place of another."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError) as refused:
        read_effort(load_set(folder))
    assert {problem.file for problem in refused.value.problems} == {FILE}
    return [(problem.line, problem.key, problem.message.render("en")) for problem in refused.value.problems]


def test_the_real_file_covers_every_kind_that_the_rules_ask_for_and_says_why(loaded: LoadedSet) -> None:
    model = read_effort(loaded)
    assert {kind for gap in model.gaps for kind in gap.kinds} == set(KINDS) - {"date"}  # no rule of it asks for a day
    assert all(gap.why.vi and gap.why.en for gap in model.gaps)
    assert "không phải quy định" in model.note.vi


def test_a_set_without_the_file_counts_every_requirement_alike(copied: Path) -> None:
    (copied / FILE).unlink()
    model = read_effort(load_set(copied))
    assert model is DEFAULT
    assert [(gap.by, gap.each) for gap in model.gaps] == [("requirement", 1)]


def test_unknown_names_are_told_with_the_nearest_match_all_at_once(copied: Path) -> None:
    found = spoilt(
        copied,
        "stability: {runs",
        "requirements:\n  - {ids: ['6.1', '6.1.x'], times: 2, why: {vi: a, en: b}}\nstability: {runs",
    )
    assert [(key, words) for _line, key, words in found] == [
        ("requirements[1].ids[2]", "“6.1.x” is not defined; did you mean “6.1”?")
    ]
    path = copied / FILE
    text = path.read_text(encoding="utf-8").replace(
        "capacity:\n  each: 6", "capacity:\n  agencies: [{agency: so-y-tee, each: 3, why: {vi: a, en: b}}]\n  each: 6"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError) as refused:
        read_effort(load_set(copied))
    assert [problem.key for problem in refused.value.problems] == [
        "capacity.agencies[1].agency",
        "requirements[1].ids[2]",
    ]
    assert [problem.code for problem in refused.value.problems] == ["NTM011", "NTM004"]


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("    each: 1\n    least: 0.2", "    each: 1\n    leest: 0.2", "gaps[1].leest", "least"),
        ("    least: 0.2", "    least: -1", "gaps[1].least", "more than 0"),
        ("runs: 30", "runs: 0", "stability.runs", "at least 1"),
        ("[attestation, ruling, grade]", "[attestation, ruling]", "gaps", "grade"),
        ("[attestation, ruling, grade]", "[attestation, ruling, grade, share]", "gaps[2].kinds[4]", "line 13"),
        ("    by: requirement", "    least: 0.1\n    by: requirement", "gaps[2].least", "by: shortfall"),
    ],
)
def test_a_mistake_is_told_by_its_line_and_key(copied: Path, old: str, new: str, key: str, said: str) -> None:
    (found,) = spoilt(copied, old, new)
    assert found[1] == key
    assert said in found[2]
