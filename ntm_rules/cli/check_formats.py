"""What `ntm rules check` prints for programs: JSON, SARIF 2.1.0 and GitHub's workflow commands (docs/checks)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import typer

from ntm_rules import __version__
from ntm_rules.cli.rules import print_json
from ntm_rules.errors import Severity
from ntm_rules.i18n import _
from ntm_rules.visible import visible
from ntm_rules.workbench.checks.core.check import LEVELS, Check, RuleFinding
from ntm_rules.workbench.checks.core.registry import all_checks
from ntm_rules.workbench.checks.core.running import CheckReport

FORMAT = 1
"""Of the JSON; docs/checks/README.md."""
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def shown_path(report: CheckReport, finding: RuleFinding) -> str:
    """Return the file of a finding relative to the current folder, with forward slashes; absolute where it cannot be."""
    path = report.folder / finding.problem.file
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def print_as_json(reports: Sequence[CheckReport], as_of: dt.date) -> None:
    """Print every report as one JSON document."""
    print_json(
        {
            "format": FORMAT,
            "as_of": as_of.isoformat(),
            "reports": [
                {
                    "name": report.name,
                    "findings": [_record(report, finding) for finding in report.findings],
                    "ignored": report.ignored,
                    "not_run": {code: why.render() for code, why in report.not_run.items()},
                }
                for report in reports
            ],
            "summary": {
                LEVELS[severity]: sum(f.check.severity is severity for r in reports for f in r.findings)
                for severity in Severity
            },
        }
    )


def _record(report: CheckReport, finding: RuleFinding) -> dict[str, Any]:
    return {
        "code": finding.check.code,
        "severity": LEVELS[finding.check.severity],
        "file": shown_path(report, finding),
        "line": finding.problem.line,
        "key": finding.problem.key,
        "title": _(finding.check.title),
        "message": finding.problem.message.render(),
        "mend": _(finding.check.mend),
    }


def print_as_sarif(reports: Sequence[CheckReport], _as_of: dt.date) -> None:
    """Print every finding as SARIF 2.1.0, paths relative to the current folder."""
    codes = list(all_checks())
    print_json(
        {
            "$schema": SARIF_SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "ntm rules check",
                            "version": __version__,
                            "rules": [_rule(check) for check in all_checks().values()],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "results": [
                        _result(report, finding, codes.index(finding.check.code))
                        for report in reports
                        for finding in report.findings
                    ],
                    "invocations": [
                        {
                            "executionSuccessful": True,
                            "toolExecutionNotifications": [
                                {
                                    "level": "warning",
                                    "message": {"text": f"{report.name}: {why.render()}"},
                                    "associatedRule": {"id": code, "index": codes.index(code)},
                                }
                                for report in reports
                                for code, why in report.not_run.items()
                            ],
                        }
                    ],
                }
            ],
        }
    )


def _rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.code,
        "shortDescription": {"text": _(check.title)},
        "fullDescription": {"text": _(check.why)},
        "help": {"text": _(check.mend)},
        "defaultConfiguration": {"level": LEVELS[check.severity]},
    }


def _result(report: CheckReport, finding: RuleFinding, index: int) -> dict[str, Any]:
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(shown_path(report, finding))},
            "region": {"startLine": finding.problem.line},
        }
    }
    if finding.problem.key:
        place["logicalLocations"] = [{"fullyQualifiedName": finding.problem.key}]
    return {
        "ruleId": finding.check.code,
        "ruleIndex": index,
        "level": LEVELS[finding.check.severity],
        "message": {"text": f"{_(finding.check.title)}: {finding.problem.message}. {_(finding.check.mend)}"},
        "locations": [place],
    }


def _uri(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() else quote(os.fsencode(path))


def print_for_github(reports: Sequence[CheckReport], _as_of: dt.date) -> None:
    """Print every finding as a workflow command, by which GitHub shows it beside the line."""
    for report in reports:
        for finding in report.findings:
            problem, check = finding.problem, finding.check
            properties = {
                "file": shown_path(report, finding),
                "line": str(problem.line),
                "title": f"{check.code} {_(check.title)}",
            }
            written = ",".join(f"{name}={_property(visible(value))}" for name, value in properties.items())
            key = f"{problem.key}: " if problem.key else ""
            words = f"{key}{problem.message}. {_(check.mend)}"
            typer.echo(f"::{COMMANDS[check.severity]} {written}::{_data(words)}")
        for code, why in report.not_run.items():
            typer.echo(f"::notice title={code}::{_data(f'{report.name}: {why.render()}')}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[CheckReport], dt.date], None]] = {
    "json": print_as_json,
    "sarif": print_as_sarif,
    "github": print_for_github,
}
