"""A given figure is what the reader of communes' files makes of it: no more, no less."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.cells.figures import figure_for
from ntm_rules.dataset.records import Reported, State
from ntm_rules.errors import NtmError
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.models import Grade, Measure, Scale
from ntm_rules.rulebook.rule_tests import CountedGiven, Given, StateGiven
from ntm_rules.workbench.testing.given import read_given
from tests.rulebook.tiny import said
from tests.strategies import measure, text

SCALE = Scale(
    id="xep-loai",
    title=text("s"),
    grades=(
        Grade(id="kem", label={"vi": "Kém", "en": "Poor"}),  # type: ignore[arg-type]  # as a file gives it
        Grade(id="tot", label={"vi": "Tốt", "en": "Good"}),  # type: ignore[arg-type]  # as a file gives it
    ),
)
PRESENT = State.PRESENT
TYPED = PERCENT * VALUE_SCALE


def read(kind: str, value: Given, **more: bool) -> Reported:
    spec = measure("m", kind, **more)
    return read_given(spec, SCALE if kind == "grade" else None, value)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("share", Decimal("79.9999"), Reported(PRESENT, 799_999_000, TYPED, written="79,9999")),
        ("share", "79,95%", Reported(PRESENT, 799_500_000, TYPED, written="79,95%")),
        ("share", Decimal("0.5"), Reported(PRESENT, 5_000_000, TYPED, written="0,5")),
        (
            "share",
            CountedGiven(numerator=Decimal(29), denominator=Decimal(100)),
            Reported(PRESENT, 29, 100, counted=True, written="29/100"),
        ),
        ("growth", Decimal("47.5"), Reported(PRESENT, 475_000_000, written="47,5")),
        ("count", Decimal(3), Reported(PRESENT, 30_000_000, written="3")),
        ("amount", "1.234,5", Reported(PRESENT, 12_345_000_000, written="1.234,5")),
        ("attestation", "Có", Reported(PRESENT, 1, written="Có")),
        ("attestation", True, Reported(PRESENT, 1, written="TRUE")),
        ("attestation", " không ", Reported(PRESENT, 0, written="không")),
        ("ruling", "Đạt", Reported(PRESENT, 1, written="Đạt")),
        ("ruling", "Chưa có kết luận", Reported(State.AWAITED, 0, written="Chưa có kết luận")),
        ("grade", "tot", Reported(PRESENT, 1, written="tot")),
        ("grade", "Kém", Reported(PRESENT, 0, written="Kém")),
        ("share", StateGiven(state="invalid"), Reported(State.INVALID)),
        ("share", StateGiven(state="conflicting"), Reported(State.CONFLICTING)),
        ("share", StateGiven(state="invalid", written="79.5"), Reported(State.INVALID, written="79.5")),
        ("share", StateGiven(state="unclear"), Reported(State.UNCLEAR)),
        ("share", StateGiven(state="unclear", written="0,62"), Reported(State.UNCLEAR, written="0,62")),
        ("share", StateGiven(state="unclear", written=Decimal("0.62")), Reported(State.UNCLEAR, written="0,62")),
        ("ruling", StateGiven(state="invalid", written="Cơ bản đạt"), Reported(State.INVALID, written="Cơ bản đạt")),
    ],
)
def test_a_value_is_read_exactly(kind: str, value: Given, expected: Reported) -> None:
    assert read(kind, value) == expected


def test_nothing_to_count_is_read_as_such_only_where_the_measure_says_so() -> None:
    nothing = CountedGiven(numerator=Decimal(0), denominator=Decimal(0))
    assert read("share", nothing, not_applicable_at_zero=True).state is State.NOTHING_TO_COUNT
    with pytest.raises(NtmError, match=r"(?i)mẫu số"):
        read("share", nothing)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("share", "79.5", "“79.5” has a decimal point; here decimals take a comma. Write 79,5."),
        ("share", "0,62", "0,62 can be meant as 0,62 percent or, of 1, as 62 percent"),
        ("share", StateGiven(state="unclear", written="62"), "“62” is said to be unclear, but is not read so"),
        ("share", Decimal(101), "101 is more than 100 percent"),
        ("share", True, "not a number"),
        (
            "amount",
            CountedGiven(numerator=Decimal(1), denominator=Decimal(2)),
            "1 stands under numerator or denominator",
        ),
        ("attestation", "Co", "Answer one of: Yes, No"),
        ("ruling", "Cơ bản đạt", "Met, Not met, No conclusion"),
        ("ruling", True, "Met, Not met, No conclusion"),
        ("grade", "khá", "Poor, Good"),
        ("count", "", "nothing is given; leave the key out where nothing was reported"),
        ("share", StateGiven(state="invalid", written=Decimal(80)), "“80” is said to be invalid, but is not read so"),
        (
            "share",
            StateGiven(state="conflicting", written="79.5"),
            "`written` belongs to the states invalid and unclear",
        ),
    ],
)
def test_what_a_file_could_not_hold_is_refused_with_its_mend(kind: str, value: Given, words: str) -> None:
    with pytest.raises(NtmError) as refused:
        read(kind, value)
    assert words in " ".join(said(refused.value))


@given(st.decimals(-200, 200, places=9), st.sampled_from(["share", "growth", "count", "amount"]))
def test_a_number_is_what_a_cell_with_that_number_is(number: Decimal, kind: str) -> None:
    spec = measure("m", kind)
    core, _faults = figure_for(spec, None).read(number, "", "")
    assert core is not None
    if core[0] is State.INVALID:
        with pytest.raises(NtmError):
            read_given(spec, None, number)
        assert read_given(spec, None, StateGiven(state="invalid", written=number)).state is State.INVALID
    elif core[0] is State.UNCLEAR:
        assert read_given(spec, None, number).state is PRESENT
    else:
        assert read_given(spec, None, number)[:4] == core[:4]


def test_the_measure_is_one_that_the_package_uses() -> None:
    assert isinstance(measure("m", "share"), Measure)
