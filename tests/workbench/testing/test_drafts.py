"""Drafted tests load as written, pass as they stand, and reach every point they were drafted for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.names import TESTS_FILE
from ntm_rules.workbench.testing.cases import Case, read_cases
from ntm_rules.workbench.testing.coverage import cover, laws
from ntm_rules.workbench.testing.drafts import draft
from ntm_rules.workbench.testing.runner import run
from tests.conftest import Ntm
from tests.other_set.conftest import SET
from tests.rulebook.tiny import Tiny


def drafted(ntm: Ntm, folder: Path, into: Path, *arguments: str) -> list[Case]:
    """What `--draft` prints, read back."""
    printed = ntm("rules", "test", folder, "--draft", *arguments)
    assert printed.returncode == 0, printed.stderr
    into.write_text(printed.stdout, encoding="utf-8")
    return read_cases(load_set(folder), [(into, into.name)])


def assert_everything_is_reached(loaded: LoadedSet, cases: list[Case]) -> None:
    assert [(o.case.test.name, o.differences) for o in run(cases, "columnar") if not o.passed] == []
    assert cover(laws(loaded), cases).missing == ()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_set_without_tests_gets_a_draft_for_every_point(tiny: Tiny, ntm: Ntm, tmp_path: Path, language: str) -> None:
    cases = drafted(ntm, tiny.folder, tmp_path / "drafts.yaml", "--lang", language)
    assert_everything_is_reached(tiny.load(), cases)


def test_a_set_of_another_shape_gets_them_too(ntm: Ntm, tmp_path: Path) -> None:
    """Nested alternatives, groups one of which has a target of 0, dated values, counts, deep grades."""
    folder = tmp_path / SET.name
    shutil.copytree(SET, folder, ignore=shutil.ignore_patterns(TESTS_FILE))
    assert_everything_is_reached(load_set(folder), drafted(ntm, folder, tmp_path / "drafts.yaml"))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "measures.yaml",
            "kind: growth, unit: {vi: triệu, en: million}, sense: higher,",
            "kind: growth, range: {min: 1, max: 50}, unit: {vi: triệu, en: million}, sense: higher,",
        ),
        ("02/rules.yaml", "at_least: kha", "at_least: tot"),
        ("01/rules.yaml", "at_least: 80", "at_most: 0"),
        ("01/rules.yaml", "at_least: {nhom-1: 3, nhom-2: 2}", "at_most: {nhom-1: 0, nhom-2: 2}"),
    ],
)
def test_ends_of_ranges_and_scales_are_drafted_for(
    tiny: Tiny, ntm: Ntm, tmp_path: Path, file: str, old: str, new: str
) -> None:
    tiny.change(file, old, new)
    assert_everything_is_reached(tiny.load(), drafted(ntm, tiny.folder, tmp_path / "drafts.yaml"))


def test_an_id_that_an_editor_may_take_for_true_or_false_is_quoted(tiny: Tiny, ntm: Ntm, tmp_path: Path) -> None:
    tiny.change("criteria-set.yaml", "{id: trung-binh,", '{id: "no",')
    assert_everything_is_reached(tiny.load(), drafted(ntm, tiny.folder, tmp_path / "drafts.yaml"))
    written = YAML(typ="safe", pure=True)
    written.version = (1, 1)
    drafts = written.load((tmp_path / "drafts.yaml").read_text("utf-8"))
    answers = [answer for test in drafts for answer in test.get("given", {}).values()]
    assert "no" in answers
    assert not [answer for answer in answers if isinstance(answer, bool)]


def test_only_what_is_missing_is_drafted(tiny: Tiny, ntm: Ntm, tmp_path: Path) -> None:
    cases = drafted(ntm, tiny.folder, tmp_path / "drafts.yaml")
    (tmp_path / "drafts.yaml").replace(tiny.folder / "01" / TESTS_FILE)
    printed = ntm("rules", "test", tiny.folder, "--draft", "--lang", "en").stdout
    assert "- name" not in printed
    kept = (tiny.folder / "01" / TESTS_FILE).read_text(encoding="utf-8").split("\n- name: ")
    (tiny.folder / "01" / TESTS_FILE).write_text("\n- name: ".join(kept[:-1]), encoding="utf-8")
    printed = ntm("rules", "test", tiny.folder, "--draft", "--lang", "en").stdout
    assert printed.count("- name") == 1
    assert len(cases) == len(kept) - 1


def test_a_draft_says_that_it_is_to_be_confirmed_and_what_is_invented(tiny: Tiny, ntm: Ntm) -> None:
    said = " ".join(ntm("rules", "test", tiny.folder, "--draft").stdout.replace("#", "").split())
    assert "đối chiếu từng cái với nguyên văn của luật rồi mới dùng" in said
    assert "Con số ở suppose là bịa ra" in said
    assert "--- conditions/tests.yaml" in said


def test_a_point_for_which_none_is_found_is_said(tiny: Tiny, ntm: Ntm, tmp_path: Path) -> None:
    """Parts that read the same figure are not free of each other: what is at most 50,5 is at most 60."""
    tiny.change(
        "01/rules.yaml",
        "        - id: 1.1.c.ii\n          ruling: safe\n          standard: {pending: {decision: awaited}}",
        "        - {id: 1.1.c.ii, measure: landfill_share, at_most: 60}\n",
    )
    printed = ntm("rules", "test", tiny.folder, "--draft", "--lang", "en").stdout
    assert printed.endswith("# No test was found for:\n#   1.1.c: met by 1.1.c.i alone\n")
    loaded = tiny.load()
    in_force = tuple(laws(loaded))
    _found, none = draft(loaded, in_force, cover(in_force, []).points)
    assert [(point.node, point.which) for point in none] == [("1.1.c", "1.1.c.i")]


def test_drafting_takes_no_words(tiny: Tiny, ntm: Ntm) -> None:
    run_ = ntm("rules", "test", tiny.folder, "--draft", "-k", "x", "--lang", "en")
    assert (run_.returncode, "-k: cannot stand beside --coverage or --draft" in run_.stderr) == (2, True)
