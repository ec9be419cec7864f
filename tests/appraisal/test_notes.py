"""A note that is owed is asked for, and one without end is refused, whoever writes it."""

from __future__ import annotations

import pytest

from ntm_rules.appraisal.notes import WHY_OWED, note_faults

MOST = 5
TOO_LONG = "The note is longer than 5 characters."


@pytest.mark.parametrize(
    ("note", "demand", "expected"),
    [
        ("abcde", WHY_OWED, []),
        ("abcdef", WHY_OWED, [TOO_LONG]),
        ("", WHY_OWED, ["Say in words why."]),
        ("   ", WHY_OWED, ["Say in words why."]),
        ("      ", WHY_OWED, ["Say in words why.", TOO_LONG]),
        ("", "", []),
        ("abcdef", "", [TOO_LONG]),
    ],
)
def test_a_note_owed_is_asked_for_and_a_long_one_refused(note: str, demand: str, expected: list[str]) -> None:
    assert [fault.render("en") for fault in note_faults(note, MOST, demand)] == expected
