"""One figure, three ways in: typed in a browser, in an Excel form, in a CSV file; the verdicts and gaps are the same."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.judging import Judged
from ntm_rules.evaluation.reference import Result, evaluate_commune, evaluate_conditions
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.explanation.missing import missing
from ntm_rules.runs.one_commune import report_in
from ntm_rules.runs.reading import NothingEvaluated
from tests.web.conftest import Practice, SignedIn

EMPTY = "03390"


def flat(result: Result | None) -> list[tuple[str, str, Verdict, str]]:
    """Return every verdict with its reason."""
    if result is None:
        return []
    found = [(result.level, result.id, result.verdict, result.reason.value)]
    return found + [one for child in result.children for one in flat(child)]


def what_comes_out(rules: Any, facts: Any) -> tuple[object, ...]:
    result, conditions = evaluate_commune(rules, facts), evaluate_conditions(rules, facts)
    parts = [indicator for criterion in result.children for indicator in criterion.children]
    gaps = [
        (found.requirement.id, found.words) for part in parts for found in missing(rules, part, facts, Verdict.NOT_MET)
    ]
    return flat(result), flat(conditions), gaps


def of_file(practice: Practice, path: Path) -> tuple[object, ...]:
    report = report_in(practice.law.rulebook, path, EMPTY, 2026)
    assert not isinstance(report, NothingEvaluated)
    return what_comes_out(report.rules, report.facts)


def random_entries(practice: Practice, seed: int) -> dict[str, Entry]:
    """Return entries of every kind, some with decimals, some as a percentage alone, some left out."""
    from ntm_rules.web.invented import invented_entries

    chance = random.Random(seed)
    entries = invented_entries(practice.law, str(seed), 0.8)
    for measure, entry in entries.items():
        counted = practice.law.rules.measures[measure].counted
        if counted is not None and chance.random() < 0.4:
            entries[measure] = Entry(
                f"{chance.randrange(0, 100)},{chance.randrange(0, 10**6):06}", document=entry.document
            )
    return entries


def typed(client: Any, practice: Practice, entries: dict[str, Entry]) -> None:
    """Type entries into the pages of the dossier, as a browser without a script sends them."""
    from ntm_rules.web.views.standings import section_id

    pk = practice.dossier(EMPTY).pk
    for section in practice.law.sections:
        said: dict[str, Any] = {}
        for question in section.questions():
            name = question.measure.id
            entry = entries.get(name, Entry())
            said |= {
                f"{name}:value": entry.value, f"{name}:numerator": entry.numerator, f"{name}:base": 0,
                f"{name}:denominator": entry.denominator, f"{name}:previous": entry.previous,
                f"{name}:document": entry.document,
            }  # fmt: skip
        assert client.post(f"/ho-so/{pk}/muc/{section_id(section)}", said).status_code == 302


@pytest.mark.parametrize("seed", range(3))
def test_the_browser_the_form_and_a_table_come_to_the_same(
    practice: Practice, signed_in: SignedIn, tmp_path: Path, seed: int
) -> None:
    from ntm_rules.web.excel import proposed
    from ntm_rules.web.reading import entries_of, figures_of, judged_of

    entries = random_entries(practice, seed)
    client, pk = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY).pk
    typed(client, practice, entries)
    saved = entries_of(figures_of(practice.dossier(EMPTY)))
    assert saved == {measure: entry for measure, entry in entries.items() if entry}
    judged: Judged = judged_of(practice.law, EMPTY, saved)
    browser = what_comes_out(judged.rules, judged.facts)

    form = tmp_path / "phieu.xlsx"
    form.write_bytes(client.get(f"/ho-so/{pk}/phieu.xlsx").content)
    assert of_file(practice, form) == browser

    table = tmp_path / "bang.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["commune_code", "year", "measure", "value", "numerator", "denominator"])
        for measure, entry in entries.items():
            rows.writerow([EMPTY, 2026, measure, entry.value, entry.numerator, entry.denominator])
            if entry.previous:
                rows.writerow([EMPTY, 2025, measure, entry.previous, "", ""])
    assert of_file(practice, table) == browser

    again = proposed(practice.law, EMPTY, form.read_bytes(), "phieu.xlsx", saved)
    assert (again.entries, again.not_exact) == ({}, [])
