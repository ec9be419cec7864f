"""An agency is charged with an indicator only where a requirement that it leads stands in the way, as the gaps say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.tables.agencies import shared_indicators
from ntm_rules.rulebook.criteria_set import CriteriaSet, Criterion, Node, Requirement
from ntm_rules.rulebook.models import Agency, Text
from ntm_rules.standing.agencies import agencies
from ntm_rules.standing.reports import usable
from tests.conftest import Ntm
from tests.examples import examples
from tests.rulebook.conftest import tiny as tiny
from tests.rulebook.tiny import RULES_1, Tiny
from tests.strategies import GROUPS, YEAR, communes_in, crowds, sets

HEAD = "commune_code,commune,year,measure,value,numerator,denominator,source_document,note\n"
NO_PLAN = "03400,,2026,plan_approved,Không,,,,\n"
ROADS = "03400,,2026,roads_share,,9,10,,\n"
UNSAFE = "03400,,2026,landfill_exists,Có,,,,\n03400,,2026,landfill_share,90,,,,\n03400,,2026,safe,Không đạt,,,,\n"
SAFE = "03400,,2026,landfill_exists,Có,,,,\n03400,,2026,landfill_share,10,,,,\n"
PLAN = "03400,,2026,plan_approved,Có,,,,\n"


@pytest.mark.parametrize(
    ("figures", "a", "b"),
    [
        (NO_PLAN + ROADS + SAFE, ("1", "0", "0"), ("0", "0", "1")),
        (PLAN + ROADS + UNSAFE, ("0", "0", "1"), ("1", "0", "0")),
        (NO_PLAN + ROADS + UNSAFE, ("1", "0", "0"), ("1", "0", "0")),
        (PLAN + SAFE, ("0", "1", "0"), ("0", "0", "1")),
        (PLAN + ROADS + SAFE, ("0", "0", "0"), ("0", "0", "0")),
    ],
    ids=["plan", "waste", "both", "figure owed", "met"],
)
def test_screen_and_sheet_charge_those_whose_own_part_is_in_the_way(
    ntm: Ntm, tiny: Tiny, tmp_path: Path, figures: str, a: tuple[str, ...], b: tuple[str, ...]
) -> None:
    """1.1 is led by A, its part about waste by B; not met, without data, held up elsewhere are compared."""
    tiny.change(RULES_1, "          standard: {pending: {decision: awaited}}\n", "")
    text = (tiny.folder / RULES_1).read_text(encoding="utf-8")
    tiny.write(RULES_1, text[: text.index('- id: "1.2"')])
    tiny.write("02/rules.yaml", DONE)
    data = tmp_path / "data.csv"
    data.write_text(HEAD + figures + "03400,,2026,clinics,5,,,,\n", encoding="utf-8")
    run = ntm("batch", data, "--criteria", tiny.folder, "--out", tmp_path / "out")
    assert run.returncode == 0, run.stderr + run.stdout
    sheet = openpyxl.load_workbook(tmp_path / "out" / "ket-qua.xlsx")["Theo cơ quan"]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    titles = rows["Cơ quan chủ trì"]
    chosen = [titles.index(name) for name in ("Chưa đạt", "Số liệu còn thiếu", "Vướng nội dung của cơ quan khác")]
    for agency, expected in (("Sở A", a), ("Sở B", b)):
        assert tuple(str(rows[agency][column]) for column in chosen) == expected
        line = next(line for line in run.stdout.splitlines() if line.strip().startswith(agency))
        words = line.split()
        assert words[words.index(agency.split()[-1]) + 1] == expected[0]
    said = " ".join(str(cell) for row in sheet.iter_rows(values_only=True, max_row=5) for cell in row if cell)
    assert "tổng số chỉ tiêu: 1.1" in said


DONE = """\
- id: "2.1"
  text: Số trạm y tế
  text_en: Clinics
  source: {document: plan, row: "2.1"}
  lead: so-b
  cooperating: []
  years: {from: 2026, to: 2030}
  measure: clinics
  at_least: 1
"""


def test_a_set_in_which_nobody_shares_an_indicator_says_nothing_of_sharing(
    ntm: Ntm, tiny: Tiny, tmp_path: Path
) -> None:
    tiny.change(RULES_1, "      lead: so-b\n", "")
    data = tmp_path / "data.csv"
    data.write_text(HEAD + PLAN, encoding="utf-8")
    ntm("batch", data, "--criteria", tiny.folder, "--out", tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "ket-qua.xlsx")["Theo cơ quan"]
    words = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "nhiều cơ quan chủ trì" not in words


def charged(evaluation: Evaluation, agency: str) -> int:
    """Count, from the gaps, the commune-indicators in whose way a requirement of an agency stands.

    Of usable reports: one without a figure of its own year may still fail by a figure of the year before.
    """
    rules = evaluation.rules
    home = {r.id: i.id for i in rules.indicators() for r in i.requirements()}
    found = {
        (record, home[node.id])
        for record in np.flatnonzero(usable(evaluation)).tolist()
        for held, _gap in evaluation.gaps(record)
        if (node := held.requirement).lead == agency and node.id in home
    }
    return len(found)


def unanswered(evaluation: Evaluation) -> bool:
    """Tell whether an indicator is not met though no requirement of it is: too few of its parts apply."""
    return any(
        evaluation.verdict(evaluation.row_of["indicator", indicator.id], record) is Verdict.NOT_MET
        and not {held.requirement.id for held, _gap in evaluation.gaps(record)}
        & {r.id for r in indicator.requirements()}
        for indicator in evaluation.rules.indicators()
        for record in range(len(evaluation.records))
    )


def led_by_several(rules: CriteriaSet, data: st.DataObject) -> CriteriaSet:
    """The same set, its requirements led by one agency or another."""

    def led(node: Node) -> Node:
        if isinstance(node, Requirement):
            return replace(node, lead=data.draw(st.sampled_from("ab")))
        return replace(node, children=tuple(map(led, node.children)))

    def shared(criterion: Criterion) -> Criterion:
        return replace(
            criterion, indicators=tuple(replace(i, condition=led(i.condition)) for i in criterion.indicators)
        )

    agencies = {id_: Agency(id=id_, name=Text(vi=id_, en=id_)) for id_ in "ab"}
    return replace(rules, criteria=tuple(map(shared, rules.criteria)), agencies=agencies)


@settings(max_examples=examples(60))
@given(st.data())
def test_not_met_is_what_the_gaps_charge_and_every_indicator_counts_once_for_each_lead(data: st.DataObject) -> None:
    rules = led_by_several(data.draw(sets(communes_in([*GROUPS, None] * 5))), data)
    case = data.draw(crowds(rules, 20))
    evaluation = evaluate(case.rules, case.records, years=[YEAR])
    counted = agencies(evaluation)
    assert {count.agency for count in counted} == {lead for i in rules.indicators() for lead in i.leads()}
    for count in counted:
        assert count.not_met == charged(evaluation, count.agency)
        everything = (count.met, count.not_met, count.no_data, count.no_target, count.not_applicable, count.elsewhere)
        assert sum(everything) == usable(evaluation).sum() * count.indicators
    if not shared_indicators([evaluation]) and not unanswered(evaluation):
        assert all(count.elsewhere == 0 for count in counted)
