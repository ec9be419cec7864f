"""One commune's report: which it is, and how it stands against the year before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.one_commune import Report, explained, report_among, report_in, since_year_before
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from tests.conftest import ILLUSTRATIVE, SAMPLES

DATA = SAMPLES / "lai-chau-2026.csv"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return open_rulebook(LawAsked(overlays=[ILLUSTRATIVE]))


@pytest.fixture(scope="module")
def three_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One commune's figures of 2025 and 2026, and those of 2026 once more for 2027."""
    head, *lines = DATA.read_text(encoding="utf-8").splitlines(keepends=True)
    own = [line for line in lines if line.startswith("03390,")]
    later = [re.sub(r"\b2026\b", "2027", line) for line in own if ",2026," in line]
    path = tmp_path_factory.mktemp("years") / "xa.csv"
    path.write_text("".join([head, *own, *later]), encoding="utf-8")
    return path


def messages(error: pytest.ExceptionInfo[NtmError]) -> list[str]:
    return [message.render("en") for message in error.value.messages]


def test_the_only_commune_of_a_file_in_its_latest_year(rulebook: Rulebook, three_years: Path) -> None:
    report = report_in(rulebook, three_years, None, None)
    assert isinstance(report, Report)
    assert (report.record.code, report.record.year, report.rules.as_of.year) == ("03390", 2027, 2027)
    assert report.facts.previous is not None
    assert report.facts.previous.year == 2026


def test_a_damaged_file_is_not_said_to_lack_the_commune_asked_for(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(b"PK\x03\x04 cut short")
    refusal = report_in(rulebook, path, "03390", None)
    assert isinstance(refusal, NothingEvaluated)
    assert [problem.code for problem in refusal.dataset.problems] == ["workbook-broken"]


def test_of_several_one_must_be_named(rulebook: Rulebook) -> None:
    for choose in (lambda: report_in(rulebook, DATA, None, None), lambda: report_among(rulebook, [DATA], None, None)):
        with pytest.raises(NtmError) as error:
            choose()
        assert "choose one with --commune" in messages(error)[0]


def test_a_year_that_the_file_does_not_hold_is_a_refusal_of_a_form_and_an_error_of_data_of_many(
    rulebook: Rulebook,
) -> None:
    refusal = report_in(rulebook, DATA, "03390", 2029)
    assert isinstance(refusal, NothingEvaluated)
    assert refusal.years == [2029]
    with pytest.raises(NtmError) as error:
        report_among(rulebook, [DATA], "03390", 2029)
    assert messages(error) == ["There are no figures of 03390 Bình Lư for 2029; there are for 2025, 2026."]


def test_an_explanation_names_the_engine_and_what_was_read(rulebook: Rulebook, three_years: Path) -> None:
    report = report_in(rulebook, three_years, None, 2026)
    assert isinstance(report, Report)
    explanation = explained(report, "8.1.b")
    assert (explanation.engine, [file.name for file in explanation.inputs]) == ("reference", ["xa.csv"])


def test_the_year_before_is_judged_with_its_own_year_before(rulebook: Rulebook, three_years: Path) -> None:
    """Growth of 2026 starts from 2025: without it 3.1 would seem to lack data in 2026 and to rise in 2027."""
    report = report_in(rulebook, three_years, None, 2027)
    assert isinstance(report, Report)
    years = since_year_before(report)
    assert years is not None
    (row,) = [row for row in years.before.level("indicator") if years.before.table[row].id == "3.1"]
    assert years.before.verdict(row, 0) is Verdict.MET


def test_a_year_before_that_the_set_does_not_cover_is_not_compared(rulebook: Rulebook, three_years: Path) -> None:
    report = report_in(rulebook, three_years, None, 2026)
    assert isinstance(report, Report)
    assert report.facts.previous is not None
    assert report.year_before() is None
    assert since_year_before(report) is None
