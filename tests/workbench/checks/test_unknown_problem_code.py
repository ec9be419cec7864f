"""NTM106: a cross-check names a problem of reading that does not exist."""

from __future__ import annotations

import pytest

from tests.workbench.checks.clean import CROSS_CHECKS, Checked

CODE = "NTM106"
RELATION = "relation: {sum: [landfill_share.numerator], at_most: [landfill_share.denominator], tolerance_percent: 1.5}"
WORDS = '{vi: "{left} lớn hơn {right}", en: "{left} is more than {right}"}'


@pytest.fixture
def reading(checked: Checked) -> Checked:
    """The clean set whose first cross-check takes over what reading found."""
    checked.change(CROSS_CHECKS, RELATION, "reading: [numerator-over-denominator, percent-disagrees]")
    checked.change(CROSS_CHECKS, WORDS, '{vi: "{problem}", en: "{problem}!"}')
    return checked


def test_a_problem_that_no_reader_tells_is_found_with_the_nearest(reading: Checked) -> None:
    line = reading.change(CROSS_CHECKS, "percent-disagrees", "percent-disagree")
    said = "“percent-disagree” is not defined; did you mean “percent-disagrees”?"
    assert reading.found(CODE) == [(CROSS_CHECKS, line, "[1].reading[2]", said)]


def test_nothing_is_found_where_every_code_is_one_of_a_reader(reading: Checked) -> None:
    assert reading.found(CODE) == []
