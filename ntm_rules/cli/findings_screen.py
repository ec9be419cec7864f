"""What the cross-checks found, on screen: a line for a batch, a section for one commune."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text as RichText

from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.wording.findings import (
    MOST_NAMED,
    finding_words,
    mend_words,
    places_of,
    severity_counts_words,
)

if TYPE_CHECKING:  # one commune alone needs no arrays
    from ntm_rules.evaluation.cross_checks.many.findings import Findings
    from ntm_rules.runs.blocks import FoundInParts
MOST_PLACES = 4
"""Beyond this many places of one finding the rest is left to the eye."""


def findings_line(findings: Sequence[Findings | FoundInParts], tables: str) -> str:
    """Return how many findings there are in some years, of how many communes, and in which table they are listed."""
    words = severity_counts_words(severity for its in findings for severity in its.severities)
    communes = len({code for its in findings for code in its.codes})
    if not communes:
        return words
    return (
        words
        + " "
        + _("They concern {n} communes and are listed in {file}.", n=communes, file=f"cross-checks.{tables}")
    )


def show_findings(console: Console, rules: CriteriaSet, findings: Sequence[Finding]) -> None:
    """Show the findings of one commune by check, the gravest first, each with its place and what to do; long lists last."""
    if not rules.cross_checks:
        return
    console.print(severity_counts_words(finding.severity for finding in findings), style="bold cyan")
    ordered = sorted(findings, key=lambda finding: (finding.severity.rank, _is_list(finding)))
    for check in dict.fromkeys(finding.check for finding in ordered):
        style = check.severity.colour
        head = f"{check.id} ({check.severity.words}): {check.title!s}"
        console.print(RichText(head, style=f"bold {style}"))
        mends: dict[str, None] = {}
        its = [finding for finding in ordered if finding.check is check]
        if check.reading is not None:
            words = _("{n}, listed above among the problems with the data", n=len(its))
            console.print(RichText.assemble(("• ", style), words))
            continue
        for finding in its:
            place = places_of(finding, MOST_PLACES)
            where = f" [{place}]" if place else ""
            console.print(RichText.assemble(("• ", style), finding_words(rules, finding, MOST_NAMED), (where, "dim")))
            mends[mend_words(rules, finding)] = None
        for mend in mends:
            console.print(RichText(f"  → {mend}"))
    if any(_is_list(finding) for finding in findings):
        console.print(
            _("Long lists are shortened here; ntm batch writes them in full into cross-checks.csv."), style="dim"
        )


def _is_list(finding: Finding) -> bool:
    return len(finding.figures) > MOST_NAMED
