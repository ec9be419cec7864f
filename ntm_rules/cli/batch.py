"""`ntm batch`: read, judge and write the results of all communes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from ntm_rules.cli.console import Screen
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen import show_batch
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, say_years, show_nothing, years_words
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.i18n import _
from ntm_rules.report.tables.provinces import provinces
from ntm_rules.rulebook.models import Province
from ntm_rules.runs.batch import BatchAsked, write_batch
from ntm_rules.runs.judged import JudgedYears
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.results import PROVINCES, write_provinces
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.wording.sources import overlay_words

if TYPE_CHECKING:
    from ntm_rules.runs.returning import GivenBack


def run_batch(law: LawAsked, data: Sequence[Path], out: Path, batch: BatchAsked) -> int:
    """Assess everything in `data`, write the results to `out`; return the exit status."""
    rulebook = open_rulebook(law)
    if not rulebook.each_province:
        return _run(rulebook, data, out, batch)[0]
    found = [_province(law, data, out, batch, province) for province in rulebook.loaded.header.provinces]
    judged = [run for _status, run in found if isinstance(run, JudgedYears)]
    if len(judged) > 1:
        write_provinces(out, judged, files_read(data, rulebook.overlay_paths))
        console = Screen()
        console.print()
        table = provinces([overview for run in judged for overview in run.overviews])
        console.print(on_screen(table.only("province", "communes", "reported", "meeting", "owing"), _("By province")))
        console.print(
            _("Provinces beside each other: {files}", files=f"{out / PROVINCES}, cac-tinh.xlsx, cac-tinh.html")
        )
    return max(status for status, _run_ in found)


def _run(
    rulebook: Rulebook, data: Sequence[Path], out: Path, asked: BatchAsked
) -> tuple[int, JudgedYears | NothingEvaluated]:
    """Judge, write and show; return the exit status and what was judged."""
    with shown() as progress:
        run = write_batch(rulebook, data, out, asked, progress)
    console, judged = Screen(), run.judged
    if isinstance(judged, NothingEvaluated):
        status = show_nothing(console, judged, in_file=True, last=Screen(errors=True))
        _say_returned(console, run.given_back, asked.returned)
        return status, judged
    show_batch(console, judged.overviews, run.findings, judged.dataset, out, asked.tables)
    say_years(console, rulebook, judged.dataset, judged.years)
    _say_returned(console, run.given_back, asked.returned)
    for overlay in judged.overlays:
        console.print(_("Overlay applied: {overlay}", overlay=overlay_words(overlay)))
    unreported = [year for year in asked.years if year not in judged.years]
    if unreported:
        console.print(years_words(unreported, judged.dataset), style="bold yellow")
    return (WITH_PROBLEMS if unreported or judged.dataset.problems else DONE), judged


def _province(
    law: LawAsked, data: Sequence[Path], out: Path, asked: BatchAsked, province: Province
) -> tuple[int, JudgedYears | NothingEvaluated]:
    """Judge one of several provinces by its own decisions, into a folder of its own."""
    Screen().print(f"\n{province.name}", style="bold reverse")
    given_back = asked.returned / province.id if asked.returned is not None else None
    own = asked._replace(returned=given_back)
    return _run(open_rulebook(replace(law, province=province.id)), data, out / province.id, own)


def _say_returned(console: Console, given_back: Sequence[GivenBack], folder: Path | None) -> None:
    """Say which forms were given back, which only in part, and which could not be; nothing where none was asked for."""
    if folder is None:
        return
    written = [form.name for form in given_back if form.written]
    if written:
        console.print(_("{n} forms returned to {folder}, their mistakes marked", n=len(written), folder=folder))
    elif not given_back:
        console.print(_("No form has anything to mend or to look at again; none was returned."))
    partly = ", ".join(form.name for form in given_back if form.incomplete)
    if partly:
        words = _("Not everything in these could be read, keep them and carry over the rest: {names}", names=partly)
        console.print(words, style="bold yellow")
    lacking = ", ".join(form.name for form in given_back if not form.written)
    if lacking:
        words = _(
            "Could not be returned, as they cannot be read or commune or year not be told: {names}", names=lacking
        )
        console.print(words, style="bold yellow")
