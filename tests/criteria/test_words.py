"""Every word of a rule stands in the plan; a reading mends a slip of the print and nothing else."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest

from ntm_rules.rulebook.models import IndicatorWritten, NodeWritten
from tests.criteria.plan import BY_ID, FOLDER, INDICATORS, ITEMS, PAGE_BREAK, PLAN, Row, reading

SLIPS = {
    "2.1": [(r"$\geq 50\%$", "≥ 50%")],
    "6.4": [("“5 không, 3 sạch, 3 an", "“5 không, 3 sạch, 3 an”")],
    "7.1": [("buru chính", "bưu chính")],
    "8.1": [(r"$\geq 80\%$", "≥ 80%"), (r"$\leq 50\%$", "≤ 50%")],
    "9.2": [(r"$\geq 90\%$", "≥ 90%")],
    "10.4": [("quân ⏎ sự", "quân sự")],
}
"""Every slip in the words of Annex III: as printed, as meant."""
PLAN_SHA256 = "0983f3eb51daccffab3e0b7dd8a82f17b0e1b03ba11477fc118804e2b79043d8"
OMISSION = " … "
"""Stands in a requirement's text where words of the row are left out."""


def requirements(node: NodeWritten) -> list[NodeWritten]:
    """Return the requirements below a node that have words of their own."""
    children = [*(node.all or ()), *(node.any or ())]
    return [found for child in children for found in (child, *requirements(child))]


BELOW = [(indicator, r) for indicator in INDICATORS for r in requirements(indicator)]


def test_the_plan_is_the_text_that_was_received_to_the_byte() -> None:
    received = (FOLDER / "sources" / "ke-hoach-5434.txt").read_bytes()
    assert hashlib.sha256(received).hexdigest() == PLAN_SHA256


@pytest.mark.parametrize("row", ITEMS, ids=lambda row: row.number)
def test_the_printed_text_is_the_rows_character_for_character(row: Row) -> None:
    assert BY_ID[row.number].text == row.text


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.id)
def test_the_printed_text_stands_in_the_plan_each_half_of_a_broken_cell_by_itself(
    indicator: IndicatorWritten,
) -> None:
    for half in indicator.text.split(PAGE_BREAK):
        assert half in PLAN


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.id)
def test_a_reading_mends_the_listed_slips_and_nothing_else(indicator: IndicatorWritten) -> None:
    mended = indicator.text
    for printed, meant in SLIPS.get(indicator.id, []):
        assert mended.count(printed) == 1
        mended = mended.replace(printed, meant)
    assert indicator.reading == (mended if indicator.id in SLIPS else None)


@pytest.mark.parametrize(("indicator", "requirement"), BELOW, ids=[r.id for _, r in BELOW])
def test_a_requirements_words_stand_in_its_row_in_order(indicator: IndicatorWritten, requirement: NodeWritten) -> None:
    assert requirement.text
    assert requirement.text_en
    assert requirement.id.startswith(f"{indicator.id}.")
    rest = reading(indicator.text, indicator.reading)
    for fragment in requirement.text.split(OMISSION):
        assert fragment in rest, fragment
        rest = rest.partition(fragment)[2]


@pytest.mark.parametrize("indicator", [i for i in INDICATORS if i.all or i.any], ids=lambda i: i.id)
def test_the_requirements_of_a_row_leave_no_word_of_it_out(indicator: IndicatorWritten) -> None:
    joints = {"và", "hoặc"}
    quoted = {
        word.strip(",;.")
        for requirement in requirements(indicator)
        for fragment in (requirement.text or "").split(OMISSION)
        for word in fragment.split()
    }
    words = {word.strip(",;.") for word in reading(indicator.text, indicator.reading).split()}
    assert words - quoted <= joints


@pytest.mark.parametrize("name", sorted(p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.is_file()))
def test_every_file_is_utf8_in_normal_form_c(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
