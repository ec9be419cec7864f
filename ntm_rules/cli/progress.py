"""How far long work is, on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ntm_rules.cli.console import Screen
from ntm_rules.i18n import _
from ntm_rules.runs import long_work
from ntm_rules.runs.long_work import Work


@contextmanager
def shown() -> Iterator[long_work.Progress]:
    """Yield what shows how much of each work is done; nothing where no person looks."""
    console = Screen(errors=True)
    if not console.is_terminal:
        yield long_work.unseen
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    tasks: dict[Work, TaskID] = {}
    with Progress(*columns, console=console, transient=True) as bar:

        def show(work: Work, done: int, total: int | None) -> None:
            if work not in tasks:
                tasks[work] = bar.add_task(_(work.value), total=total)
            bar.update(tasks[work], completed=done, total=total)

        yield show
