"""Reading for a run: what is there to judge comes back as a value, and so does that there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.runs.judged import JudgedYears, judged_year
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.long_work import Work
from ntm_rules.runs.reading import NothingEvaluated, YearsRead, read_years
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from tests.conftest import SAMPLES

DATA = SAMPLES / "lai-chau-2026.csv"
FORMS = sorted((SAMPLES / "lai-chau-2026").glob("*.xlsx"))[:2]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return open_rulebook(LawAsked("lai-chau-2026-2030"))


def test_paths_that_are_not_there_are_all_named_before_anything_is_read(rulebook: Rulebook, tmp_path: Path) -> None:
    absent = [tmp_path / "a.csv", tmp_path / "b"]
    with pytest.raises(NtmError) as error:
        read_years(rulebook, [DATA, *absent], [])
    assert [message.render("en") for message in error.value.messages] == [
        f"There is no file or folder {path}" for path in absent
    ]


def test_without_a_year_the_latest_is_judged_beside_the_year_before(
    rulebook: Rulebook, capsys: pytest.CaptureFixture[str]
) -> None:
    found = judged_year(rulebook, [DATA], None)
    assert isinstance(found, JudgedYears)
    assert found.years == [2026]
    assert found.overview.before is None, "the set does not cover 2025"
    assert capsys.readouterr() == ("", ""), "a run shows nothing"


def test_a_year_asked_for_that_has_no_figures_gives_a_refusal_that_says_what_was_read(
    rulebook: Rulebook, capsys: pytest.CaptureFixture[str]
) -> None:
    refusal = judged_year(rulebook, [DATA], 2029)
    assert isinstance(refusal, NothingEvaluated)
    assert refusal.years == [2029]
    assert refusal.dataset.years() == (2025, 2026)
    assert capsys.readouterr() == ("", "")


def test_of_several_years_asked_for_those_with_figures_are_judged(rulebook: Rulebook) -> None:
    read = read_years(rulebook, [DATA], [2029, 2026])
    assert isinstance(read, YearsRead)
    assert read.years == [2026]


def test_a_year_outside_the_period_is_an_error(rulebook: Rulebook) -> None:
    with pytest.raises(NtmError) as error:
        read_years(rulebook, [DATA], [2026, 2031, 2032])
    assert error.value.messages[0].render("en") == "The criteria set covers 2026 to 2030; it cannot judge 2031, 2032"


def test_whoever_looks_is_told_how_many_files_are_read(rulebook: Rulebook) -> None:
    told: list[tuple[Work, int, int | None]] = []
    read_years(rulebook, FORMS, [2026], progress=lambda *progress: told.append(progress))
    assert told == [(Work.READING, 0, None), (Work.READING, 1, 2), (Work.READING, 2, 2)]
