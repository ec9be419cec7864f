"""What `ntm rules diff` shows on screen: by indicator, old and new side by side, then what it does."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table as ScreenTable
from rich.text import Text as RichText

from ntm_rules.i18n import N_, _
from ntm_rules.report.comparison.law_words import (
    NATURE_WORDS,
    changed_indicator_title,
    compared_days,
    counts_by_nature,
    days_words,
    dormant_words,
    every_change,
    example_words,
    outcome_words,
    probe_words,
    touches_counts,
)
from ntm_rules.report.comparison.marks import ADDED, REMOVED, MarkedPiece, marked, shown
from ntm_rules.report.tables.law_changes import COUNTS_MARK, word_changes
from ntm_rules.report.tables.table import words_of
from ntm_rules.rulebook.facts import WordChange
from ntm_rules.wording.values import invented
from ntm_rules.workbench.comparing.lawdiff import IndicatorDiff, LawDiff, Nature

NATURE_STYLES = {Nature.EFFECT_ONLY: "bold red", Nature.MOVED: "bold red", Nature.WORDING_ONLY: "bold yellow"}


def show_law_diff(console: Console, diff: LawDiff) -> None:
    """Show the difference of two laws."""
    for name, side in (("A", diff.before), ("B", diff.after)):
        header = side.loaded.header
        console.print(RichText.assemble((f"{name}: ", "bold"), f"{side.label} ({header.id}, {header.version})"))
    console.print(_("Days compared: {days}", days=compared_days(diff)), style="dim")
    console.print()
    for indicator in diff.indicators:
        _indicator(console, diff, indicator)
    if diff.others:
        console.print(_("Beside the indicators"), style="bold")
        console.print(_table(diff, diff.others, ""))
        console.print()
    if any(touches_counts(change) for change in every_change(diff)):
        words = _("changes how communes are counted, classed or grouped, whatever the verdicts")
        console.print(f"{COUNTS_MARK} {words}", style="dim")
    _conclusion(console, diff)


def _indicator(console: Console, diff: LawDiff, indicator: IndicatorDiff) -> None:
    console.print(f"{indicator.id}  {changed_indicator_title(indicator)}", style="bold")
    console.print(f"   {_(NATURE_WORDS[indicator.nature])}", style=NATURE_STYLES.get(indicator.nature, "bold"))
    if indicator.words:
        console.print(_table(diff, indicator.words, indicator.id))
    for effect in indicator.effects:
        head = _("Effect, {days}:", days=days_words(effect.days))
        if effect.only:
            words = _("only A judges it") if effect.only == "before" else _("only B judges it")
            console.print(f"   {head} {words}")
            continue
        assert effect.outcome is not None, "what both judge was probed"
        console.print(f"   {head} {outcome_words(effect.outcome)}")
        if not effect.outcome.complete:
            console.print(f"   {_(MAY_BE_MORE)}", style="bold yellow")
        elif not effect.outcome.exhaustive:
            words = _("Too many combinations to try all, but every change of the verdict that is possible was found.")
            console.print(f"   {words}", style="dim")
        for example in effect.outcome.examples:
            console.print(f"   • {example_words(diff, example)}")
    if indicator.probes and not indicator.effect:
        words = _("No verdict differs in any of {n} probes.", n=indicator.probes)
        console.print(f"   {words}")
        if not indicator.complete:
            console.print(f"   {_(MAY_BE_MORE)}", style="bold yellow")
    console.print()


MAY_BE_MORE = N_("Not every combination could be tried, so a verdict may differ all the same; try it on data (--data).")


def _table(diff: LawDiff, changes: Sequence[WordChange], own: str) -> ScreenTable:
    table = word_changes(diff, changes, own)
    drawn = ScreenTable(box=None, header_style="bold", padding=(0, 1), pad_edge=True)
    for head in table.heads:
        drawn.add_column(head, ratio=None if not head else 1)
    for field, *values in table.rows:
        left, right = marked(*map(words_of, values))
        drawn.add_row(words_of(field), _marked(left, REMOVED, "red"), _marked(right, ADDED, "green"))
    return drawn


def _marked(pieces: Sequence[MarkedPiece], marks: tuple[str, str], style: str) -> RichText:
    """Mark what changed, unless that is the whole text; in signs as well as in colour."""
    whole = all(piece.changed for piece in pieces)
    found = RichText()
    for piece in pieces:
        if piece.changed and not whole:
            found.append(shown([piece], marks), style=style)
        else:
            found.append(piece.text, style=style if piece.changed else "")
    return found


def _conclusion(console: Console, diff: LawDiff) -> None:
    if diff.empty:
        console.print(_("The two laws say and do the same."), style="bold green")
        if diff.files:
            names = ", ".join(diff.files)
            console.print(_("Some files differ in bytes all the same (comments, layout): {names}", names=names))
    if diff.dormant:
        console.print(dormant_words(diff), style="bold yellow")
    for nature, n in counts_by_nature(diff).items():
        line = _("Indicators, {what}: {n}", n=n, what=_(NATURE_WORDS[nature]))
        console.print(line, style=NATURE_STYLES.get(nature, ""))
    console.print(probe_words(diff), style="dim")
    for notice in diff.notices:
        console.print(str(notice), style="bold yellow")
    for warning in invented(rules=diff.illustrative, data=False):
        console.print(warning, style="bold magenta")
