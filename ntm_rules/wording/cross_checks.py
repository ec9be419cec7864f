"""What a cross-check looks for, in words: the catalogue as a person reads it, without a figure of any commune."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ntm_rules.evaluation.cross_checks import CheckedFigure
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.cross_checks import (
    AllIdentical,
    Changed,
    Contradiction,
    CrossCheck,
    DocumentDated,
    DocumentWithout,
    ExactlyTheTarget,
    NoLongerMet,
    Relation,
    Same,
    Selection,
    Statement,
    WithoutEvidence,
    named,
)
from ntm_rules.rulebook.kinds import KINDS
from ntm_rules.rulebook.models import Text
from ntm_rules.wording.findings import figure_name
from ntm_rules.wording.values import answer_words, number, points_words

SIGNS = {"at_most": "≤", "at_least": "≥", "equals": "="}


def condition_words(rules: CriteriaSet, check: CrossCheck) -> str:
    """Return what a check looks for, in the reader's language."""
    return WORDS[check.condition](rules, getattr(check, check.condition))


def left_open(text: Text) -> str:
    """Return a sentence of the catalogue with an ellipsis for everything that a finding fills in.

    >>> left_open(Text(vi="{left} lớn hơn {right}", en="{left} is more than {right}"))
    '… lớn hơn …'
    """
    return re.sub(r"\{[^}]*\}\.?$|\{[^}]*\}", "…", str(text))


def figures_of(check: CrossCheck) -> list[str]:
    """Return the measures that a check names itself, each once; none where it looks at whole kinds."""
    terms: list[str] = []
    if check.relation:
        terms += [*check.relation.sum, *check.relation.comparison[1]]
    if check.same:
        terms += check.same.of
    if check.contradiction:
        terms += [statement.figure for statement in (*check.contradiction.when, *check.contradiction.yet)]
    selection = getattr(getattr(check, check.condition), "of", None)
    if isinstance(selection, Selection):
        terms += selection.measures or ()
    return list(dict.fromkeys(named(term).measure for term in terms))


def _relation(rules: CriteriaSet, relation: Relation) -> str:
    comparison, terms = relation.comparison
    left, right = (" + ".join(_term(rules, term) for term in side) for side in (relation.sum, terms))
    words = _("Should hold: {relation}", relation=f"{left} {SIGNS[comparison]} {right}")
    return _with_tolerance(words, relation.tolerance_percent)


def _same(rules: CriteriaSet, same: Same) -> str:
    words = _("Should be one and the same number: {figures}", figures="; ".join(_term(rules, term) for term in same.of))
    return _with_tolerance(words, same.tolerance_percent)


def _with_tolerance(words: str, percent: Any) -> str:
    return _("{words} (within {percent}%)", words=words, percent=number(percent)) if percent else words


def _contradiction(rules: CriteriaSet, contradiction: Contradiction) -> str:
    when, yet = ("; ".join(_statement(rules, s) for s in part) for part in (contradiction.when, contradiction.yet))
    if len(contradiction.yet) == 1:
        return _("Both: {when}; and {yet}", when=when, yet=yet)
    return _("{when}; and at least one of: {yet}", when=when, yet=yet)


def _statement(rules: CriteriaSet, statement: Statement) -> str:
    name = _term(rules, statement.figure)
    for key, sign in (("above", ">"), ("below", "<"), ("equals", "=")):
        value = getattr(statement, key)
        if value is not None:
            return f"{name} {sign} {number(value)}"
    measure, answer = rules.measures[named(statement.figure).measure], statement.answered or ""
    if measure.traits.graded:
        value = [grade.id for grade in rules.scales[measure.scale or ""].grades].index(answer)
    else:
        value = int(answer == measure.traits.choice(1).code)
    return f"{name}: {answer_words(rules, measure, value)}"


def _changed(rules: CriteriaSet, changed: Changed) -> str:
    figures = _selection(rules, changed.of)
    if changed.part:
        figures = (
            _("denominators of {figures}", figures=figures)
            if changed.part == "denominator"
            else _("numerators of {figures}", figures=figures)
        )
    if changed.points is None and changed.percent is None:
        return {
            "either": lambda: _("Other than the year before: {figures}", figures=figures),
            "better": lambda: _("Better than the year before: {figures}", figures=figures),
            "worse": lambda: _("Worse than the year before: {figures}", figures=figures),
        }[changed.direction]()
    size = (
        points_words(number(changed.points))
        if changed.points is not None
        else f"{number(changed.percent or Decimal(0))}%"
    )
    return {
        "either": lambda: _("Moved by more than {size} since the year before: {figures}", size=size, figures=figures),
        "better": lambda: _("Better than the year before by more than {size}: {figures}", size=size, figures=figures),
        "worse": lambda: _("Worse than the year before by more than {size}: {figures}", size=size, figures=figures),
    }[changed.direction]()


def _no_longer_met(rules: CriteriaSet, condition: NoLongerMet) -> str:
    return _(
        "Last year's figure meets this year's target, this year's does not: {figures}",
        figures=_selection(rules, condition.of),
    )


def _exactly(rules: CriteriaSet, condition: ExactlyTheTarget) -> str:
    return _(
        "Exactly on the target, unless the figure cannot go beyond it: {figures}",
        figures=_selection(rules, condition.of),
    )


def _without_evidence(rules: CriteriaSet, condition: WithoutEvidence) -> str:
    figures = _selection(rules, condition.of)
    if condition.verdict is None:
        return _("Reported without naming any document: {figures}", figures=figures)
    return _(
        "Reported without naming any document, and the requirement's verdict is “{verdict}”: {figures}",
        verdict=Verdict[condition.verdict].label,
        figures=figures,
    )


def _document_without(rules: CriteriaSet, condition: DocumentWithout) -> str:
    figures = _selection(rules, condition.of)
    return {
        "date": lambda: _("A document with a number and no date: {figures}", figures=figures),
        "number": lambda: _("A document without a number: {figures}", figures=figures),
        "issuer": lambda: _("A document without its issuer: {figures}", figures=figures),
    }[condition.lacks]()


def _document_dated(rules: CriteriaSet, condition: DocumentDated) -> str:
    figures = _selection(rules, condition.of)
    first, last = condition.earliest, condition.latest
    if first is None:
        return _("A document dated later than {last}: {figures}", last=_year(last), figures=figures)
    if last is None:
        return _("A document dated earlier than {first}: {figures}", first=_year(first), figures=figures)
    return _(
        "A document dated outside {first} to {last}: {figures}", first=_year(first), last=_year(last), figures=figures
    )


def _year(offset: int | None) -> str:
    return {
        0: lambda: _("the year assessed"),
        1: lambda: _("the year after"),
        -1: lambda: _("the year before"),
    }.get(offset or 0, lambda: _("the year assessed {offset}", offset=f"{offset:+d}"))()


def _all_identical(rules: CriteriaSet, condition: AllIdentical) -> str:
    said = {"n": condition.at_least, "figures": _selection(rules, condition.of)}
    return {
        "each_other": lambda: _("All alike, from {n} figures on: {figures}", **said),
        "year_before": lambda: _("All as in the year before, from {n} figures on: {figures}", **said),
        "another_commune": lambda: _("All as in another commune, from {n} figures on: {figures}", **said),
    }[condition.to]()


def _reading(_rules: CriteriaSet, codes: Sequence[str]) -> str:
    return _("Already found while the data were read: {codes}", codes=", ".join(codes))


def _term(rules: CriteriaSet, term: str) -> str:
    return figure_name(rules, CheckedFigure(*named(term)))


def _selection(rules: CriteriaSet, selection: Selection) -> str:
    if selection.measures is not None:
        words = "; ".join(_term(rules, measure) for measure in selection.measures)
    elif selection.kinds is not None:
        words = ", ".join(_(KINDS[kind].several) for kind in selection.kinds)
    else:
        words = _("every figure")
    if not selection.except_:
        return words
    left_out = "; ".join(_term(rules, measure) for measure in selection.except_)
    return _("{figures}, except {left_out}", figures=words, left_out=left_out)


WORDS: Mapping[str, Callable[[CriteriaSet, Any], str]] = {
    "reading": _reading,
    "relation": _relation,
    "same": _same,
    "contradiction": _contradiction,
    "changed": _changed,
    "no_longer_met": _no_longer_met,
    "exactly_the_target": _exactly,
    "without_evidence": _without_evidence,
    "document_without": _document_without,
    "document_dated": _document_dated,
    "all_identical": _all_identical,
}
"""Condition -> its words."""
