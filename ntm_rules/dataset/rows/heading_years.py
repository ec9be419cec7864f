"""Years that headings of figures name ("Năm 2025" over two columns), held against the year that figures are reported for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm_rules.dataset.places import Log, Owner, Where
from ntm_rules.dataset.rows.header_rows import TableHead
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.titles import FIGURES

_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


class HeadingYears:
    """The years that stand in the headings of a table's figures."""

    def __init__(self, head: TableHead, vocabulary: Vocabulary, where: Where, log: Log) -> None:
        self._head, self._where, self._log = head, where, log
        columns = {at: "" for role, at in head.header.roles.items() if role in FIGURES}
        for measure in head.header.measures:
            columns |= {at: measure.figure.id for at in measure[1:4] if at >= 0}
        self.said: dict[int, frozenset[str]] = {}
        """Column -> the years its headings name, those in the measure's own label left aside."""
        for at, measure_id in columns.items():
            figure = vocabulary.figures.get(measure_id)
            label = f"{figure.measure.label.vi} {figure.measure.label.en} {figure.id}" if figure else ""
            years = frozenset(_YEAR.findall(head.titles[at])) - frozenset(_YEAR.findall(label))
            if years:
                self.said[at] = years
        self._told: set[int] = set()

    def another(self, columns: Sequence[int], owner: Owner, measure: str = "") -> bool:
        """Tell whether one of some columns is headed by other years than its figures are of; noted once a column."""
        found = [at for at in columns if at in self.said and owner.year and str(owner.year) not in self.said[at]]
        for at in found:
            if at not in self._told:
                self._told.add(at)
                said = ", ".join(sorted(self.said[at]))
                title, row = self._head.titles[at], self._head.at[at]
                year = owner.year
                self._log.add(
                    "heading-of-another-year", self._where, row, at, value=title, year=year, measure=measure, said=said
                )
        return bool(found)
