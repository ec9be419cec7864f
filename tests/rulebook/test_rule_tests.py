"""A file of tests beside the rules is read in one way: its tests, or every mistake in it with its lines."""

from __future__ import annotations

from ntm_rules.rulebook.rule_tests import FileOfTests, find_files, read_tests
from tests.rulebook.tiny import Tiny

NAME = "01/tests.yaml"


def read(tiny: Tiny, text: str) -> FileOfTests:
    tiny.write(NAME, text)
    loaded = tiny.load()
    ((path, name),) = find_files(loaded.folder, loaded.header)
    return read_tests(path, name, loaded.folder)


def test_the_files_beside_the_rules_are_found_in_the_order_of_the_rules(tiny: Tiny) -> None:
    for name in ("conditions/tests.yaml", "01/tests.yaml", "sources/tests.yaml"):
        tiny.write(name, "[]")
    loaded = tiny.load()
    found = find_files(loaded.folder, loaded.header)
    assert found == [(loaded.folder / name, name) for name in ("01/tests.yaml", "conditions/tests.yaml")]


def test_a_file_is_read_with_its_lines(tiny: Tiny) -> None:
    found = read(
        tiny, "- {name: a, of: '1.1', expect: {verdict: NO_DATA}}\n- {name: b, of: 1.1.a, expect: {verdict: MET}}"
    )
    assert ([test.of for test in found.tests], list(found.problems)) == (["1.1", "1.1.a"], [])
    assert found.file is not None
    assert found.file.line((1,)) == 2


def test_a_test_written_wrongly_leaves_the_lines_and_says_what_is_wrong(tiny: Tiny) -> None:
    found = read(tiny, "- {name: a, of: '1.1', expect: {verdict: MET}}\n- {nmae: b, of: '1.1', expect: {verdict: MET}}")
    assert (found.name, found.tests, found.file is not None) == (NAME, (), True)
    assert [(p.file, p.line, p.key) for p in found.problems] == [(NAME, 2, "[2]"), (NAME, 2, "[2].nmae")]


def test_a_file_that_cannot_be_parsed_has_problems_alone(tiny: Tiny) -> None:
    found = read(tiny, "- {name: a\n")
    assert (found.file, found.tests, [p.file for p in found.problems]) == (None, (), [NAME])


def test_a_file_that_leads_out_of_the_set_is_not_read(tiny: Tiny) -> None:
    outside = tiny.folder.parent / "elsewhere.yaml"
    outside.write_text("- {name: a, of: '1.1', expect: {verdict: MET}}", encoding="utf-8")
    (tiny.folder / NAME).symlink_to(outside)
    loaded = tiny.load()
    found = read_tests(loaded.folder / NAME, NAME, loaded.folder)
    assert (found.file, found.tests, len(found.problems)) == (None, (), 1)
