"""`ntm template`: blank forms, for any commune, for one, or for all."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.cli.console import Screen
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, show_problems
from ntm_rules.i18n import _
from ntm_rules.runs.blank_forms import FormsAsked, write_forms
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook


def run_template(law: LawAsked, out: Path, asked: FormsAsked) -> int:
    """Write one form or all; return the exit status."""
    rulebook = open_rulebook(law)
    with shown() as progress:
        forms = write_forms(rulebook, out, asked, progress)
    console = Screen(long_lines=True)
    show_problems(console, forms.problems)
    for line in forms.carried:
        console.print(str(line), style="bold cyan")
    if asked.everyone:
        console.print(_("{n} forms written to {folder}", n=len(forms.communes), folder=forms.path))
    else:
        console.print(_("Written: {file}", file=forms.path))
    if forms.without:
        names = ", ".join(commune.name for commune in forms.without)
        console.print(_("Without figures of {year}: {names}", year=asked.year - 1, names=names), style="yellow")
    for warning in forms.warnings:
        console.print(warning, style="bold magenta")
    return WITH_PROBLEMS if forms.problems else DONE
