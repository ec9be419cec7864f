"""A criteria set is read as far as it can be: what is sound is kept by its position, every mistake has a code."""

from __future__ import annotations

from ntm_rules.rulebook.draft import read_draft
from ntm_rules.rulebook.problem_codes import KEY_TWICE, UNKNOWN_AGENCY, UNKNOWN_KEY, UNREADABLE, WRONG_VALUE
from tests.rulebook.tiny import AGENCIES, HEADER, RULES_1, RULES_2, Tiny


def codes(tiny: Tiny) -> list[tuple[str, str]]:
    return [(problem.file, problem.code) for problem in read_draft(tiny.folder).problems]


def test_a_sound_set_is_read_whole(tiny: Tiny) -> None:
    draft, loaded = read_draft(tiny.folder), tiny.load()
    assert (draft.problems, draft.incomplete) == ([], [])
    assert draft.header == loaded.header
    assert {id_: tuple(read.values()) for id_, read in draft.rules.items()} == loaded.rules
    assert draft.hashes == loaded.files


def test_the_sound_indicators_of_a_mistaken_file_are_kept_in_their_places(tiny: Tiny) -> None:
    tiny.change(RULES_2, "graded:", "gradet:")
    draft = read_draft(tiny.folder)
    assert {i: indicator.id for i, indicator in draft.rules["2"].items()} == {1: "2.2", 2: "2.3"}
    assert draft.incomplete == [RULES_2]
    assert codes(tiny) == [(RULES_2, UNKNOWN_KEY)]


def test_a_file_that_is_no_yaml_gives_nothing_and_the_others_are_read(tiny: Tiny) -> None:
    tiny.change(RULES_1, "text:", "text: [")
    draft = read_draft(tiny.folder)
    assert (draft.rules["1"], len(draft.rules["2"])) == ({}, 3)
    assert codes(tiny) == [(RULES_1, UNREADABLE)]


def test_an_agency_is_unknown_only_where_the_list_of_agencies_is_known_whole(tiny: Tiny) -> None:
    tiny.change(RULES_1, "lead: so-b", "lead: so-z")
    assert codes(tiny) == [(RULES_1, UNKNOWN_AGENCY)]
    tiny.change(AGENCIES, "{id: so-b,", "{id: so-b, colour: red,")
    assert codes(tiny) == [(AGENCIES, UNKNOWN_KEY)]


def test_without_a_header_the_files_of_rules_are_found_by_their_name(tiny: Tiny) -> None:
    tiny.change(HEADER, 'version: "1"', "version: 1")
    tiny.change(RULES_1, "at_least: 80", "at_least: 80\n      at_least: 81")
    draft = read_draft(tiny.folder)
    assert (draft.header, draft.rules) == (None, {})
    assert codes(tiny) == [(HEADER, WRONG_VALUE), (RULES_1, KEY_TWICE)]
