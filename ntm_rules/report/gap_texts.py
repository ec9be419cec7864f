"""What is said of many gaps to people, each text made once for gaps that are said alike."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gap_columns import Index
from ntm_rules.i18n import current_language
from ntm_rules.text_columns import TextColumn, below, by_number, column_of, decimal_texts, texts_of
from ntm_rules.wording.gaps import gap_phrase
from ntm_rules.wording.targets import own_target_words
from ntm_rules.wording.values import actuals_of_codes, counted_unit, numerals

_SHORT, _MANY = "\ue000", "\ue001"
"""Stand for the numbers of a gap in a phrase that is said of many."""


class GapTexts:
    """The texts of gaps, each of the requirement in a row of the node table and of a record."""

    def __init__(self, evaluation: Evaluation, records: Index, rows: Index) -> None:
        self.evaluation, self.records, self.rows = evaluation, records, rows
        self._of_row = list(by_number(rows))

    def _by_row(self, texts: Callable[[int, Index], TextColumn]) -> TextColumn:
        """Return what there is of the records of each row."""
        parts = [texts(row, self.records[here]) for row, here in self._of_row]
        column = below(parts)
        numbers = np.zeros(len(self.rows), np.int32)
        if self._of_row:
            numbers[np.concatenate([here for _row, here in self._of_row])] = column.numbers
        return TextColumn(numbers, column.texts)

    @property
    def actual(self) -> TextColumn:
        """The value reported, as `wording.values.actual_words` has it."""
        rules = self.evaluation.rules

        def texts(row: int, records: Index) -> TextColumn:
            codes, node = self.evaluation.gap_columns[row].actual, self.evaluation.requirement(row)
            used = _used(codes, records)
            return TextColumn(used.numbers, actuals_of_codes(rules, node, used.texts))

        return self._by_row(texts)

    @property
    def counted(self) -> TextColumn:
        """A counted share's two parts, as `wording.values.counted_words` has them."""
        records, language = self.evaluation.records, current_language()
        columns = records.columns

        def texts(row: int, own: Index) -> TextColumn:
            measure = self.evaluation.rules.measures[self.evaluation.requirement(row).measure]
            owners, nothing = records.owners[own], TextColumn(np.zeros(len(own), np.int32), [""])
            if measure.counted is None or measure.id not in columns.measures:
                return nothing
            at, decimals, unit = columns.measures.index(measure.id), measure.counted.decimals, counted_unit(measure)
            there = columns.counted[at, owners] & (columns.state[at, owners] == State.PRESENT)
            above, below = (
                _numerals(decimal_texts(part[at, owners], decimals), language).to_list()
                for part in (columns.value, columns.base)
            )
            said = zip(above, below, there.tolist(), strict=True)
            return column_of([f"{one} / {other} {unit}" if counts else "" for one, other, counts in said])

        return self._by_row(texts)

    @property
    def target(self) -> TextColumn:
        """The target of each commune's class, as `wording.targets.target_words` has it."""
        evaluation = self.evaluation

        def texts(row: int, records: Index) -> TextColumn:
            node = evaluation.requirement(row)
            targets, number = evaluation.targets(node)
            return texts_of(number[records], lambda at: own_target_words(evaluation.rules, node, targets[at]))

        return self._by_row(texts)

    @property
    def shortfall(self) -> TextColumn:
        """How much is lacking in the measure's unit, for machines."""
        return self._by_row(lambda row, records: _used(self.evaluation.gap_columns[row].shortfall, records))

    @property
    def quantity(self) -> TextColumn:
        """The amount that closes the gap, for machines."""
        return self._by_row(lambda row, records: _used(self.evaluation.gap_columns[row].quantity, records))

    @property
    def unit(self) -> TextColumn:
        """What that amount is counted in; empty where there is none."""

        def texts(row: int, records: Index) -> TextColumn:
            quantity = self.evaluation.gap_columns[row].quantity
            there = np.array([bool(text) for text in quantity.texts], np.int32)[quantity.numbers[records]]
            measure = self.evaluation.rules.measures[self.evaluation.requirement(row).measure]
            return TextColumn(there, ["", counted_unit(measure)])

        return self._by_row(texts)

    @property
    def missing(self) -> TextColumn:
        """The gap in one phrase, as `wording.gaps.gap_words` has it, and which hamlets it is about."""
        language = current_language()

        def texts(row: int, records: Index) -> TextColumn:
            gaps, node = self.evaluation.gap_columns[row], self.evaluation.requirement(row)
            short, many = (_used(column, records) for column in (gaps.shortfall, gaps.quantity))
            words = [numerals(column.texts, language) for column in (short, many)]
            phrases = {
                there: gap_phrase(self.evaluation.rules, node, _SHORT * there[0], _MANY * there[1])
                for there in ((False, False), (False, True), (True, False), (True, True))
            }
            pairs = zip(
                [words[0][number] for number in short.numbers.tolist()],
                [words[1][number] for number in many.numbers.tolist()],
                strict=True,
            )
            return column_of(
                self._with_hamlets(
                    row,
                    records,
                    [
                        phrases[one != "", other != ""].replace(_SHORT, one).replace(_MANY, other)
                        for one, other in pairs
                    ],
                )
            )

        return self._by_row(texts)

    def _with_hamlets(self, row: int, records: Index, words: list[str]) -> list[str]:
        """Return what is missing with the hamlets in the way, where it is hamlets that are counted."""
        from ntm_rules.report.hamlet_texts import hamlet_texts  # it words the gaps of hamlets

        node = self.evaluation.requirement(row)
        if node.hamlets is None:
            return words
        told = hamlet_texts(self.evaluation, node, records)
        return [f"{gap}; {hamlets}" if hamlets else gap for gap, hamlets in zip(words, told, strict=True)]


def _numerals(column: TextColumn, language: str) -> TextColumn:
    return TextColumn(column.numbers, numerals(column.texts, language))


def _used(column: TextColumn, records: Index) -> TextColumn:
    """Return a column of some rows with no texts but those that stand in them."""
    return column.at(records).without_unused()
