"""The difference of two laws as JSON values: documented in docs/rules-diff.md; `FORMAT` changes when the form does."""

from __future__ import annotations

from typing import Any

from ntm_rules.report.tables.comparison import state_code
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.facts import WordChange
from ntm_rules.workbench.comparing.lawdiff import DayPair, Effect, IndicatorDiff, LawDiff
from ntm_rules.workbench.comparing.outcomes import Example
from ntm_rules.workbench.comparing.sides import LawSide

FORMAT = 1


def law_diff_record(diff: LawDiff, data: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the difference as JSON values; `data` is what it does to figures, where some were given."""
    return {
        "format": FORMAT,
        "differs": not diff.empty,
        "illustrative": diff.illustrative,
        "notices": [notice.render("en") for notice in diff.notices],
        "before": _side(diff.before),
        "after": _side(diff.after),
        "laws": [
            {
                **_days(days),
                "before_sha256": resolved_hash(first) if first else None,
                "after_sha256": resolved_hash(second) if second else None,
            }
            for days, (first, second) in zip(diff.days, diff.laws, strict=True)
        ],
        "files_that_differ": list(diff.files),
        "dormant": list(diff.dormant),
        "probes": {"judged": diff.probes, "indicators": diff.probed, "same_rule": diff.same},
        "indicators": [_indicator(indicator) for indicator in diff.indicators],
        "others": [_change(change) for change in diff.others],
        "data": data,
    }


def _side(side: LawSide) -> dict[str, Any]:
    return {
        "named": side.label,
        "criteria_set": side.loaded.header.id,
        "version": side.loaded.header.version,
        "day": side.day.isoformat() if side.day else None,
        "known_on": side.known_on.isoformat() if side.known_on else None,
        "overlays": [overlay.id for overlay in side.overlays],
        "commit": side.commit or None,
        "files": dict(side.loaded.files),
    }


def _days(days: DayPair) -> dict[str, Any]:
    return {
        "days_before": [day.isoformat() for day in days.before],
        "days_after": [day.isoformat() for day in days.after],
    }


def _indicator(indicator: IndicatorDiff) -> dict[str, Any]:
    found = indicator.after or indicator.before
    assert found is not None, "an indicator stands on one side at least"
    return {
        "id": indicator.id,
        "criterion": found.criterion or None,
        "text": found.text,
        "text_en": found.text_en,
        "nature": indicator.nature.value,
        "wording": indicator.wording,
        "effect": indicator.effect,
        "probes": indicator.probes,
        "complete": indicator.complete,
        "words": [_change(change) for change in indicator.words],
        "effects": [_effect(effect) for effect in indicator.effects],
    }


def _change(change: WordChange) -> dict[str, Any]:
    return {
        "kind": change.subject.kind,
        "id": change.subject.id,
        "field": change.field,
        "before": change.before,
        "after": change.after,
    }


def _effect(effect: Effect) -> dict[str, Any]:
    outcome = effect.outcome
    said = {**_days(effect.days), "only": effect.only or None}
    if outcome is None:
        return said
    return said | {
        "probes": outcome.probes,
        "exhaustive": outcome.exhaustive,
        "complete": outcome.complete,
        "differing": sum(outcome.turns.values()),
        "turns": [
            {"before": state_code(before), "after": state_code(after), "probes": n}
            for (before, after), n in outcome.turns.items()
        ],
        "requirements": list(outcome.parts),
        "examples": [_example(example) for example in outcome.examples],
    }


def _example(example: Example) -> dict[str, Any]:
    given = zip(example.measures, example.probe, strict=True)
    return {
        "given": {measure: {"now": level.now._asdict(), "before": level.before._asdict()} for measure, level in given},
        "group_before": example.stand.groups[0],
        "group_after": example.stand.groups[1],
        **({"classes": dict(example.stand.classes)} if example.stand.classes else {}),
        "before": state_code(example.before),
        "after": state_code(example.after),
    }
