"""`ntm rules history`: what the rules said of one indicator or part on every day, and by which document."""

from __future__ import annotations

from typing import Any

from rich.padding import Padding

from ntm_rules.cli.console import Screen
from ntm_rules.cli.rules import ResolvedLaw, print_json, rule_lines
from ntm_rules.i18n import N_, Message, _, written_day
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import describe_indicator, provenance_json
from ntm_rules.rulebook.notices import narrowed_by
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.wording.amendments import amendment_words, document_of, repealed_words
from ntm_rules.wording.standards import asked_words, meets_words
from ntm_rules.wording.values import invented
from ntm_rules.workbench.comparing.history import HistoryTurn, Span, history, undated

FORMAT = 1
"""Of the JSON; docs/rules-json.md."""
_TARGETS = {"set": N_("Target set by {source}."), "pending": N_("Target taken back by {source}: it waits again.")}


def run_history(asked: LawAsked, id_: str, *, as_json: bool) -> int:
    """Tell the history of what an id names; return the exit status."""
    rulebook = open_rulebook(asked)
    spans = history(rulebook.loaded, id_, rulebook.overlays, rulebook.known_on, rulebook.province)
    if as_json:
        print_json({"format": FORMAT, "set": rulebook.loaded.header.id, "id": id_, "spans": [_json(s) for s in spans]})
        return 0
    console = Screen()
    for span in spans:
        first, last = written_day(span.from_), written_day(span.to)
        console.print()
        console.print(_("From {first} to {last}", first=first, last=last), style="bold reverse")
        for turn in span.turns:
            console.print(Padding(_turn(span, turn), (0, 0, 0, 3)), style="cyan")
        if span.rules is not None and span.whole:
            for words in _of_the_whole(span.rules, id_):
                console.print(Padding(words, (0, 0, 0, 3)))
            continue
        if span.rules is None or span.indicator is None:
            console.print(Padding(_("Not in force on these days."), (0, 0, 0, 3)), style="yellow")
            continue
        law = ResolvedLaw(span.rules, {}, (), reckoned=False)
        for line in rule_lines(law, span.indicator, amended=False):
            console.print(Padding(line.words, (0, 0, 0, 3 * (line.depth + 1))), style="" if line.depth else "bold")
    if rulebook.province is None:
        for notice in narrowed_by(rulebook.overlays, {one.id: one.name for one in rulebook.loaded.header.provinces}):
            console.print(str(notice), style="yellow")
    laws = [span.rules for span in spans if span.rules]
    for warning in invented(rules=any(rules.illustrative for rules in laws), data=False):
        console.print(warning, style="bold magenta")
    return 0


def _of_the_whole(rules: CriteriaSet, id_: str) -> list[str]:
    """Return what meets the standard with its bands, or what a criterion is and when it is met."""
    if id_ == rules.id:
        asked = asked_words(rules, rules.standard) if rules.standard is not None else _("every criterion that applies")
        bands = "; ".join(str(band.title) for band in rules.bands)
        return [str(rules.meets), f"{meets_words(rules)}: {asked}", _("Bands: {bands}", bands=bands)]
    criterion = rules.criterion_by_id[id_]
    asked = (
        asked_words(rules, criterion.standard, within=id_) if criterion.standard else _("every indicator that applies")
    )
    indicators = ", ".join(indicator.id for indicator in criterion.indicators)
    return [f"{id_}. {criterion.words}", f"{_('Met when')}: {asked}", _("Indicators: {ids}", ids=indicators)]


def _turn(span: Span, turn: HistoryTurn) -> str:
    by = turn.amendment
    if by.kind in _TARGETS:
        said = str(Message(_TARGETS[by.kind], source=document_of(by.provenance)))
    elif span.rules is None or turn.id in span.rules.repealed:
        said = repealed_words(by)
    else:
        said = amendment_words(span.rules, by)
    return _("{id}: {said}", id=turn.id, said=said)


def _json(span: Span) -> dict[str, Any]:
    shown = describe_indicator(span.rules, span.indicator.id) if span.rules and span.indicator else None
    return {
        "from": span.from_.isoformat(),
        "to": span.to.isoformat(),
        "in_force": span.whole or span.indicator is not None,
        "indicator": undated(shown["indicator"]) if shown else None,
        "turns": [
            {
                "id": turn.id,
                "kind": turn.amendment.kind,
                "fields": list(turn.amendment.fields),
                "source": provenance_json(turn.amendment.provenance),
            }
            for turn in span.turns
        ],
    }
