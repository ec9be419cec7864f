"""The screen shows words as they are written: no markup in them counts, no character in them steers a terminal."""

from __future__ import annotations

import pytest
from rich.table import Table
from rich.text import Text

from ntm_rules.cli.app import UsageError, _usage_words
from ntm_rules.cli.console import Screen
from ntm_rules.visible import steering_in

EVIL, SHOWN = "a\x1b]0;x\x07b\u202e[bold]", "a\\x1b]0;x\\x07b\\u202e[bold]"


def _cell() -> Table:
    table = Table(box=None, show_header=False)
    table.add_column(no_wrap=True)
    table.add_row(EVIL)
    return table


@pytest.mark.parametrize("printed", [EVIL, _cell()], ids=["words", "cell"])
def test_whatever_is_printed_shows_the_characters_that_steer_by_number(
    capsys: pytest.CaptureFixture[str], printed: object
) -> None:
    Screen(width=80).print(printed)
    said = capsys.readouterr().out
    assert SHOWN in said
    assert EVIL not in said


@pytest.mark.parametrize("printed", [Text(EVIL), Text.assemble(("• ", "bold"), EVIL)], ids=["text", "parts"])
def test_texts_of_several_looks_steer_nothing(capsys: pytest.CaptureFixture[str], printed: Text) -> None:
    Screen(width=80).print(printed)
    said = capsys.readouterr().out
    assert "\\x1b]0;x" in said  # the library itself leaves out a bell
    assert not steering_in(said)


def test_lines_stay_lines(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().print("một\nhai")
    assert capsys.readouterr().out == "một\nhai\n"


def test_what_the_library_says_of_a_command_line_steers_nothing_either() -> None:
    assert EVIL not in _usage_words(UsageError(EVIL))
    assert SHOWN in _usage_words(UsageError(EVIL))
