"""Every subject's table: of the sample under the illustrative overlay, of the other set, and of two years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import islice

import numpy as np
import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.report.comparison.words import LawAndOverlays, what_if
from ntm_rules.report.tables import agency_work as work
from ntm_rules.report.tables import comparison, completeness
from ntm_rules.report.tables.agencies import agencies, bottlenecks
from ntm_rules.report.tables.asked import asked_of_agency, asked_of_commune
from ntm_rules.report.tables.awaited import decisions, requirements
from ntm_rules.report.tables.by_group import bands_by_group
from ntm_rules.report.tables.communes import summary
from ntm_rules.report.tables.handed_in import handed_in, handed_in_and_asked
from ntm_rules.report.tables.in_figures import in_figures
from ntm_rules.report.tables.matrix import matrix, of_criteria
from ntm_rules.report.tables.nearest import nearest, nearest_of_year
from ntm_rules.report.tables.owed import owed
from ntm_rules.report.tables.problems import mistakes, problems
from ntm_rules.report.tables.province_forms import form_05, form_06
from ntm_rules.report.tables.register import register
from ntm_rules.report.tables.table import Table
from ntm_rules.report.tables.two_years import (
    changes,
    moved_communes,
    moved_items,
    moves_by_commune,
    moves_by_item,
    totals,
)
from ntm_rules.report.tables.verdict_counts import agencies_led, criteria, indicators_led
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.standing.agency_share import agency_share
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.periods import Periods
from ntm_rules.workbench.comparing.changes import Comparison
from tests.conftest import ILLUSTRATIVE, SAMPLE
from tests.other_set.conftest import DATA, SET
from tests.standing.test_years import two_years as figures_of_two_years


@pytest.fixture(scope="session")
def overview() -> Overview:
    """The sample, its planted mistakes among it."""
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030", [ILLUSTRATIVE]))
    dataset = read_dataset([SAMPLE], rulebook.questionnaire())
    evaluation = evaluate(rulebook.for_year(2026), dataset.records, years=[2026])
    return Overview(evaluation, dataset, dt.date(2026, 11, 1))


@pytest.fixture(scope="session")
def with_points() -> Overview:
    """The other set, whose indicators have points."""
    rulebook = open_rulebook(LawAsked(str(SET)))
    dataset = read_dataset([DATA], rulebook.questionnaire())
    return Overview(evaluate(rulebook.for_year(2032), dataset.records, years=[2032]), dataset, dt.date(2032, 12, 31))


@pytest.fixture(scope="session")
def two_years(overview: Overview) -> Overview:
    """A few communes of which an indicator rose, fell or is not known any more."""
    before, now = figures_of_two_years(overview.evaluation.rules)
    return Overview(now, Dataset(now.records), dt.date(2027, 12, 31), before)


@pytest.fixture(scope="session")
def tables(overview: Overview, two_years: Overview, with_points: Overview) -> Mapping[str, Table]:
    """Subject -> its table."""
    rules, years = overview.evaluation.rules, two_years.years
    assert years is not None
    share = agency_share(overview.evaluation, rules.lead_agencies[0])
    bare = open_rulebook(LawAsked("lai-chau-2026-2030")).for_year(2026)
    under_bare_law = evaluate(bare, overview.dataset.records, years=[2026])
    periods = Periods(overview.evaluation, None, 2026)
    letters = [asked_of_agency(overview, agency) for agency in rules.agencies]
    laws = LawAndOverlays(bare, ()), LawAndOverlays(rules, ())
    compared = what_if(*laws, Comparison(under_bare_law, overview.evaluation), warnings=(), inputs=())
    return {
        "agencies": agencies([overview, two_years]),
        "agencies led": agencies_led([share]),
        "awaited": requirements((bare, requirement) for requirement in bare.requirements()),
        "agencies concerned": comparison.agencies_concerned(compared),
        "asked differently": comparison.asked_of_both(compared),
        "bands by group": bands_by_group(overview),
        "bottlenecks": bottlenecks(overview),
        "changed communes": comparison.changed_communes(compared, compared.communes[:5]),
        "changed items": comparison.changed_items(compared),
        "changed nodes": comparison.changed_nodes(compared, islice(compared.comparison.changes(), 10)),
        "changes": changes([two_years]),
        "communes of an agency": work.communes(share),
        "completeness by commune": completeness.communes(two_years, (), rules.communes.within()[:1]),
        "completeness by indicator": completeness.indicators(overview).first(3),
        "criteria": criteria(overview),
        "decisions": decisions([Overview(under_bare_law, overview.dataset, overview.day)]),
        "form 05": form_05(periods),
        "form 06": form_06(periods),
        "gaps of an agency": work.gaps(share),
        "gaps of an indicator": next(work.gaps_of(share, one) for one in share.shares if one.short),
        "handed in": handed_in([overview]),
        "heat": of_criteria(overview).first(3),
        "handed in and asked": handed_in_and_asked(overview, ["xa-03390.docx"]),
        "in figures": in_figures(rules),
        "indicators led": indicators_led(share, conditions=True),
        "letter to an agency": next(one.short for one in letters if one.short),
        "letter to a commune": next(
            asked.owed
            for one in overview.handing_in.communes
            if (asked := asked_of_commune(overview, one)) and asked.owed
        ),
        "matrix": matrix([overview]).first(3),
        "mistakes": mistakes(overview.dataset.problems),
        "moved communes": moved_communes(years),
        "moved items": moved_items(two_years, years),
        "moves by commune": moves_by_commune(years, "indicator"),
        "moves by item": moves_by_item(years, "indicator").first(3),
        "nearest": nearest([overview, two_years]),
        "nearest of a year": nearest_of_year(with_points, with_points.nearest_by_distance).first(3),
        "owed": owed([overview]),
        "owed to an agency": work.owed(share, figures=True),
        "problems": problems(overview.dataset.problems, rules.measures),
        "register": register(rules, rules.communes.within()[:3]),
        "summary": summary([overview]),
        "summary with points": summary([with_points], lambda one: np.array(one.reported)),
        "totals": totals(years),
    }


SUBJECTS = (
    "agencies", "agencies concerned", "agencies led", "asked differently", "awaited", "bands by group", "bottlenecks", "changed communes",
    "changed items", "changed nodes", "changes", "communes of an agency",
    "completeness by commune", "completeness by indicator", "criteria", "decisions", "form 05", "form 06", "gaps of an agency", "gaps of an indicator", "handed in", "handed in and asked",
    "heat", "in figures", "indicators led",
    "letter to an agency", "letter to a commune", "matrix", "mistakes", "moved communes", "moved items",
    "moves by commune", "moves by item", "nearest", "nearest of a year", "owed",
    "owed to an agency", "problems", "register", "summary", "summary with points", "totals",
)  # fmt: skip


@pytest.fixture(params=SUBJECTS)
def table(request: pytest.FixtureRequest, tables: Mapping[str, Table]) -> Table:
    """The table of one subject."""
    assert set(tables) == set(SUBJECTS)
    return tables[request.param]
