"""What every command shows alike: where the rest of a long list of problems is to be found."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from ntm_rules.cli.screen_parts import MOST_PROBLEMS, show_problems
from ntm_rules.dataset.problems import Problem


@pytest.mark.parametrize(
    ("in_file", "said"),
    [
        (True, "… và 2 vấn đề nữa; toàn bộ nằm trong problems.csv"),
        (False, "… và 2 vấn đề nữa; ntm batch ghi toàn bộ vào problems.csv"),
    ],
)
def test_a_file_is_named_only_by_the_command_that_writes_it(in_file: bool, said: str) -> None:
    console = Console(file=io.StringIO(), width=200)
    show_problems(console, [Problem("file-empty", f"{n}.csv") for n in range(MOST_PROBLEMS + 2)], in_file=in_file)
    assert console.file.getvalue().splitlines()[-1] == said  # type: ignore[attr-defined]  # a StringIO
