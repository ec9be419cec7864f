"""Packed texts are the texts: looked at, chosen, run together, and as they stand in a CSV file."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.packed_texts import PackedTexts, are, chosen, one_behind_the_other, packed
from ntm_rules.report.csv_files import csv_cell, packed_cells
from ntm_rules.text_columns import TextColumn, column_of, run_into

words = st.text(st.sampled_from("aĐ=+-@\"',\t\n\r ố9"), max_size=5)


def packed_of(texts: list[str]) -> PackedTexts:
    return PackedTexts(packed(texts))


@given(st.lists(words), st.data())
def test_they_are_the_texts(texts: list[str], data: st.DataObject) -> None:
    one = packed_of(texts)
    assert list(one) == texts
    assert [one[at] for at in range(len(one))] == texts
    assert list(one[1:3]) == texts[1:3]
    which = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))), np.bool_)
    assert list(chosen(one, which)) == list(chosen(texts, which)) == [t for t, w in zip(texts, which, strict=True) if w]
    for text in {*texts, ""}:
        assert are(one, text).tolist() == [other == text for other in texts]
    assert list(one_behind_the_other([one, texts])) == texts + texts


@given(st.lists(words, min_size=1))
def test_they_stand_in_a_csv_file_as_other_texts_do(texts: list[str]) -> None:
    assert list(packed_cells(packed_of(texts))) == list(map(csv_cell, texts))


@given(st.lists(words, min_size=1, max_size=6), st.lists(words, min_size=1, max_size=6), words, st.data())
def test_parts_run_together_are_the_same_with_arrow_and_without(
    first: list[str], second: list[str], between: str, data: st.DataObject
) -> None:
    rows = min(len(first), len(second))
    parts = [column_of(first[:rows]), between, TextColumn(np.arange(rows, dtype=np.int32), packed_of(second[:rows]))]
    instead = data.draw(st.dictionaries(st.integers(0, rows - 1), words))
    plain, quick = (run_into(parts, rows, instead, many=many).to_list() for many in (False, True))
    assert plain == quick
    expected = [f"{a}{between}{b}" for a, b in zip(first, second, strict=False)]
    assert plain == [instead.get(at, text) for at, text in enumerate(expected)]
