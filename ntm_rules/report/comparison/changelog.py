"""The difference of two laws as an entry for CHANGELOG.md: indicators and dates touched, words and effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.i18n import LANGUAGES, _, current_language, use_language
from ntm_rules.report.comparison.law_words import (
    NATURE_WORDS,
    compared_days,
    days_words,
    dormant_words,
    outcome_words,
    probe_words,
    values_of,
)
from ntm_rules.report.comparison.marks import marked, shown
from ntm_rules.report.comparison.words import WhatIf
from ntm_rules.rulebook.facts import WordChange
from ntm_rules.wording.law_fields import field_words, subject_words
from ntm_rules.wording.phrases import turned
from ntm_rules.wording.values import invented
from ntm_rules.workbench.comparing.communes import Fate
from ntm_rules.workbench.comparing.lawdiff import IndicatorDiff, LawDiff

LONG = 60
"""Texts longer than this are shown once, with what goes struck through and what comes in bold."""


def changelog_entry(diff: LawDiff, report: WhatIf | None, languages: Sequence[str] = LANGUAGES) -> str:
    """Return the entry as Markdown, once in each language."""
    before = current_language()
    try:
        entries = []
        for language in languages:
            use_language(language)
            entries.append("\n".join(_entry(diff, report)))
    finally:
        use_language(before)
    return "\n\n".join(entries) + "\n"


def _entry(diff: LawDiff, report: WhatIf | None) -> Iterator[str]:
    first, second = diff.before.loaded.header, diff.after.loaded.header
    version = turned(first.version, second.version)
    touched = ", ".join(indicator.id for indicator in diff.indicators) or _("none")
    yield "### " + _(
        "Rules: `{set}`, version {version}, indicators {ids}, {days}",
        set=turned(first.id, second.id),
        version=version,
        ids=touched,
        days=compared_days(diff),
    )
    yield ""
    yield "- " + _("A: {before}. B: {after}.", before=_escaped(diff.before.label), after=_escaped(diff.after.label))
    if diff.empty:
        yield "- " + _("The two laws say and do the same.")
    if diff.dormant:
        yield "- " + dormant_words(diff)
    for indicator in diff.indicators:
        yield from _indicator(diff, indicator)
    for change in diff.others:
        if change.subject.kind != "measure" or not _told_below(diff, change):
            yield f"- {_(subject_words(change.subject))}. {_change(diff, change)}"
    yield "- " + probe_words(diff)
    for notice in diff.notices:
        yield f"- {_escaped(str(notice))}"
    for warning in invented(rules=diff.illustrative, data=False):
        yield f"- **{warning}**"
    if report is not None:
        yield "- " + data_words(report)


def _told_below(diff: LawDiff, change: WordChange) -> bool:
    """Tell whether a measure's change is told with an indicator that reads it."""
    return any(change in indicator.words for indicator in diff.indicators)


def _indicator(diff: LawDiff, indicator: IndicatorDiff) -> Iterator[str]:
    yield f"- **{indicator.id}**: {_(NATURE_WORDS[indicator.nature])}."
    for change in indicator.words:
        name = "" if change.subject.id == indicator.id else f"{subject_words(change.subject)}. "
        yield f"  - {name}{_change(diff, change)}"
    for effect in indicator.effects:
        if effect.only:
            words = _("only A judges it") if effect.only == "before" else _("only B judges it")
        else:
            assert effect.outcome is not None, "what both judge was probed"
            words = outcome_words(effect.outcome)
        head = _("Effect, {days}:", days=days_words(effect.days))
        yield f"  - {head} {words}"


def _change(diff: LawDiff, change: WordChange) -> str:
    before, after = values_of(diff, change)
    name = field_words(change.field)
    if change.before is None and change.after is not None:
        return f"{name}: **{_escaped(after)}**"
    if max(len(before), len(after)) <= LONG or change.after is None:
        return f"{name}: {_escaped(before)} → {_escaped(after)}"
    left, right = marked(before, after)
    gone = shown([piece._replace(text=_escaped(piece.text)) for piece in left], ("~~", "~~"))
    come = shown([piece._replace(text=_escaped(piece.text)) for piece in right], ("**", "**"))
    return f"{name}: {gone} → {come}"


def data_words(report: WhatIf) -> str:
    """Say what the change does to the communes of the figures given."""
    counts = [sum(commune.standing is standing for commune in report.communes) for standing in Fate]
    return _(
        "In the figures given, {n} communes: {falls} fall, {failing} newly fail, {rises} rise, {shifts} change otherwise.",
        n=len(report.comparison.pairs),
        falls=counts[Fate.FALLS],
        failing=counts[Fate.FAILS_NEWLY],
        rises=counts[Fate.RISES],
        shifts=counts[Fate.SHIFTS],
    )


def _escaped(text: str) -> str:
    """Return text in which nothing is taken for Markdown."""
    for sign in ("\\", "*", "_", "`", "~", "<", "["):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", " ")
