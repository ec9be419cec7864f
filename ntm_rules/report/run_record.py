"""run.json: what was run, on what, under which law; the only output that carries the run's date."""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import Severity
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.standing.handing_in import Handed
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import Move

FORMAT = 1
PACKAGES = ("ntm-rules", "numpy", "pydantic", "python-calamine", "XlsxWriter")


def run_record(
    overviews: Sequence[Overview],
    dataset: Dataset,
    *,
    start: dt.datetime,
    engine: str,
    rule_files: Mapping[str, str],
    overlay_files: Mapping[str, str],
    findings: Mapping[Severity, int],
) -> dict[str, Any]:
    """Return the record of a batch run as JSON values; `findings`: how many of each severity."""
    evaluations = [overview.evaluation for overview in overviews]
    severities = [problem.severity for problem in dataset.problems]
    return {
        "format": FORMAT,
        "run_at": start.isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version()} | {p: v for p in PACKAGES if (v := installed(p))},
        "engine": engine,
        "criteria_set": evaluations[0].rules.id,
        "criteria_set_version": evaluations[0].rules.version,
        "overlays": dict(overlay_files),
        "rule_files": dict(rule_files),
        "evaluated": [
            {
                "years": sorted(set(evaluation.records.years.tolist())),
                "as_of": evaluation.rules.as_of.isoformat(),
                "known_on": known.isoformat() if (known := evaluation.rules.known_on) else None,
                "overlays": list(evaluation.rules.overlays),
                "notices": [notice.render("en") for notice in evaluation.rules.notices],
                "resolved_sha256": resolved_hash(evaluation.rules),
                "communes": len(evaluation.records),
                "indicators": {
                    verdict.name: n for verdict, n in evaluation.tally(evaluation.level("indicator")).items()
                },
                "standing": _standing(overview),
            }
            for overview in overviews
            for evaluation in (overview.evaluation,)
        ],
        "years_in_data": _reports(dataset),
        "illustrative_rules": any(e.rules.illustrative for e in evaluations),
        "illustrative_data": dataset.illustrative,
        "inputs": [{"name": i.name, "sha256": i.sha256, "bytes": i.size} for i in dataset.inputs],
        "problems": {s: severities.count(s) for s in (Severity.ERROR, Severity.WARNING)},
        "cross_checks": findings,
    }


def _standing(overview: Overview) -> dict[str, Any]:
    """Return what the law lets be judged, what is awaited, who handed in, and what moved since the year before."""
    ceiling, years = overview.ceiling, overview.years
    return {
        "criteria": ceiling.total,
        "criteria_judged_whole": {"least": ceiling.whole[0], "most": ceiling.whole[1]},
        "highest_today": {"least": ceiling.highest[0], "most": ceiling.highest[1]},
        "communes_at_the_highest": ceiling.reached,
        "handed_in": {state.value: overview.handing_in.count(state) for state in Handed},
        "overdue_counted_to": overview.day.isoformat(),
        "awaited": [
            {
                "decision": document.id,
                "due": document.due.isoformat() if document.due else None,
                "days_overdue": document.overdue,
                "requirements": len(document.requirements),
                "criteria": list(document.criteria),
            }
            for document in overview.awaited
        ],
        "year_before": {
            "year": years.totals[0].year,
            "as_of": years.before.rules.as_of.isoformat(),
            "same_rules": years.same_law,
            "communes_in_both": years.both,
            "indicators": {move.value: years.count("indicator", move) for move in Move},
            "criteria": {move.value: years.count("criterion", move) for move in Move},
        }
        if years
        else None,
        "recognised_and_not_met_now": [one.code for one in overview.recognised if one.no_longer],
    }


def _reports(dataset: Dataset) -> dict[str, int]:
    """Return how many communes report for each year, those that are not evaluated included."""
    return {str(year): len(records) for year, records in dataset.reports.items()}


def write_json(path: Path, value: Any) -> None:
    """Write JSON as UTF-8 with Vietnamese readable."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def installed(package: str) -> str | None:
    """Return a package's installed version, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
