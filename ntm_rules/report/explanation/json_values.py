"""The small values of an explanation's JSON: texts in both languages, exact numbers, problems, firings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.firing import Fact, Firing
from ntm_rules.evaluation.reference import Result
from ntm_rules.i18n import Message
from ntm_rules.report.explanation.branches import decided_by, not_taken
from ntm_rules.rulebook.models import Measure, Text


def combined(op: str, result: Result) -> dict[str, Any]:
    """Return what a combination and its verdict come to, its children left out."""
    return {
        "op": op,
        "verdict": result.verdict.name,
        "reason": result.reason.value,
        "reason_text": both(result.reason.words),
        "decided_by": list(decided_by(result.children, result.verdict)),
        "not_taken": [
            {"id": part.id, "verdict": part.verdict.name, "why": part.why.value, "why_text": both(part.why.words)}
            for part in not_taken(op, result.children, result.verdict)
        ],
    }


def measure_json(measure: Measure) -> dict[str, Any]:
    """Return a measure as far as an explanation shows it."""
    return {"id": measure.id, "label": text(measure.label), "kind": measure.kind, "unit": text(measure.unit)}


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem of the data with its place and mend."""
    return {
        "severity": problem.severity,
        "code": problem.code,
        "file": problem.file,
        "sheet": problem.sheet or None,
        "cell": problem.cell or None,
        "line": problem.line or None,
        "year": problem.year,
        "measure": problem.measure,
        "value": problem.value or None,
        "message": both(problem.message()),
        "mend": both(problem.mend()),
    }


def firing_json(firing: Firing) -> dict[str, Any]:
    """Return a rule that fired."""
    return {
        "rule": firing.rule,
        "because": [_fact(fact) for fact in firing.because],
        "concluded": _fact(firing.concluded),
        "text": both(firing.words),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"level": fact.level, "id": fact.id, "verdict": fact.verdict.name, "up_to": fact.up_to or None}


def text(words: Text) -> dict[str, str]:
    """Return a text in both languages."""
    return {"vi": words.vi, "en": words.en}


def optional(words: Text | None) -> dict[str, str] | None:
    """Return a text in both languages, or None."""
    return None if words is None else text(words)


def both(message: Message) -> dict[str, str]:
    """Return a sentence of the catalogue in both languages."""
    return {"vi": message.render("vi"), "en": message.render("en")}


def day(date: dt.date | None) -> str | None:
    """Return a day as 2026-12-31, or None."""
    return date.isoformat() if date else None
