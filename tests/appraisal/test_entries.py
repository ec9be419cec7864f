"""What is typed in a browser is read as a form is read: same values, same states, same messages."""

from __future__ import annotations

import pytest

from ntm_rules.appraisal.entries import Entry, entry_of, read_entries
from ntm_rules.appraisal.judging import Judged
from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import Rulebook, open_rulebook

COMMUNE, YEAR = "03394", 2026
TREATED, BURIED = "household_waste_treated_share", "household_waste_landfilled_share"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return open_rulebook(LawAsked("lai-chau-2026-2030"))


@pytest.fixture(scope="module")
def vocabulary(rulebook: Rulebook) -> Vocabulary:
    return Vocabulary(rulebook.questionnaire())


def verdict(rulebook: Rulebook, vocabulary: Vocabulary, entries: dict[str, Entry], requirement: str) -> Verdict:
    judged = Judged(rulebook.for_year(YEAR), read_entries(vocabulary, COMMUNE, YEAR, entries))
    found = judged.result.find("requirement", requirement)
    assert found is not None
    return found.verdict


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (Entry("80"), Verdict.MET),
        (Entry("79,9999999"), Verdict.NOT_MET),
        (Entry(numerator="80", denominator="100"), Verdict.MET),
        (Entry(numerator="79,99", denominator="100"), Verdict.NOT_MET),
        (Entry("1.234"), Verdict.NO_DATA),
        (Entry(), Verdict.NO_DATA),
    ],
)
def test_a_share_at_and_on_both_sides_of_its_target(
    rulebook: Rulebook, vocabulary: Vocabulary, entry: Entry, expected: Verdict
) -> None:
    assert verdict(rulebook, vocabulary, {TREATED: entry}, "8.1.b") is expected


def test_a_figure_that_may_be_two_is_refused_in_the_readers_own_words(vocabulary: Vocabulary) -> None:
    (fault,) = read_entries(vocabulary, COMMUNE, YEAR, {TREATED: Entry("1.234")}).of(TREATED)
    assert fault.refused
    said, mend = (str(words) for words in fault.sentences())
    assert "1234 hoặc 1,234" in said
    assert mend.startswith("Ghi lại")


def test_not_applicable_is_taken_where_the_commune_says_that_there_is_none(vocabulary: Vocabulary) -> None:
    question, asked = "solid_waste_system_exists", "solid_waste_system_compliant"
    none = {question: Entry("Không"), asked: Entry("không áp dụng")}
    assert read_entries(vocabulary, COMMUNE, YEAR, none).faults == []
    there_is = none | {question: Entry("Có")}
    assert any(fault.refused for fault in read_entries(vocabulary, COMMUNE, YEAR, there_is).of(asked))


def test_a_figure_of_the_year_before_is_taken_beside_a_growth_and_a_report_goes_before_it(
    rulebook: Rulebook, vocabulary: Vocabulary
) -> None:
    growths = [name for name, measure in rulebook.for_year(YEAR).measures.items() if measure.traits.needs_year_before]
    growth = growths[0]
    entries = {growth: Entry("44", previous="40")}
    typed = read_entries(vocabulary, COMMUNE, YEAR, entries).dataset.record(COMMUNE, YEAR - 1)
    assert typed is not None
    assert typed.get(growth).value == 40 * VALUE_SCALE
    reported = CommuneYear(COMMUNE, "Sin Suối Hồ", YEAR - 1, {growth: Reported(State.PRESENT, 41 * VALUE_SCALE)})
    both = read_entries(vocabulary, COMMUNE, YEAR, entries, [reported]).dataset.record(COMMUNE, YEAR - 1)
    assert both is not None
    assert both.get(growth).value == 41 * VALUE_SCALE


def test_nothing_typed_is_a_report_that_says_nothing(rulebook: Rulebook, vocabulary: Vocabulary) -> None:
    read = read_entries(vocabulary, COMMUNE, YEAR, {})
    assert (read.record.code, read.record.year, dict(read.record.values)) == (COMMUNE, YEAR, {})
    assert not Judged(rulebook.for_year(YEAR), read).says_something


def test_space_around_a_cell_is_not_kept() -> None:
    assert entry_of({"value": "  80 ", "note": "\t"}) == Entry("80")
