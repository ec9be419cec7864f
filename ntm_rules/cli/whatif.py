"""`ntm whatif`: which verdicts another law would change, before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_rules.cli.console import Screen
from ntm_rules.cli.rules import print_json
from ntm_rules.cli.screen_parts import DONE, say_years, show_nothing
from ntm_rules.cli.whatif_screen import show_what_if
from ntm_rules.report.comparison.record import what_if_record
from ntm_rules.runs.comparing import WhatIfAsked, compare_whatif
from ntm_rules.runs.reading import NothingEvaluated


def run_whatif(laws: WhatIfAsked, data: Sequence[Path], out: Path | None, *, as_json: bool) -> int:
    """Compare two laws over `data`; return the exit status."""
    compared = compare_whatif(laws, data, out)
    console = Screen()
    if isinstance(compared, NothingEvaluated):
        return show_nothing(console, compared)
    rulebook, dataset, years = compared.read
    say_years(Screen(errors=as_json), rulebook, dataset, years)
    if as_json:
        print_json(what_if_record(compared.report))
    else:
        show_what_if(console, compared.report, dataset.problems, out)
    return DONE
