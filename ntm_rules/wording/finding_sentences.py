"""What is said of many findings of one check: numbers put into words once, sentences filled in side by side."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import numpy as np

from ntm_rules.evaluation.cross_checks import ExactAmount, Finding
from ntm_rules.evaluation.cross_checks.many.figures import FITTING, Bools, Index, Ints, Ratios, sized
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.evaluation.cross_checks.many.hits import Alike, ComparedHit, GivenFor, HeldAgainst, NamedHit
from ntm_rules.i18n import current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Text
from ntm_rules.text_columns import (
    MANY,
    TextColumn,
    below,
    by_number,
    column_of,
    decimal_texts,
    of_pairs,
    plain_decimal,
    run_into,
    texts_of,
)
from ntm_rules.wording.findings import MOST_NAMED, figure_name, figures_words, measured_words, short_name
from ntm_rules.wording.targets import own_target_words
from ntm_rules.wording.values import actuals_of_codes, numeral, numerals, unit_behind


class Sentences:
    """The sentences of one check about all its findings."""

    def __init__(self, findings: Findings, at: int) -> None:
        self.findings, self.at = findings, at
        checked = findings.by_check[at]
        self.rules: CriteriaSet = findings.reports.rules
        self.hits, self.kept = checked.hits, checked.kept
        self.subjects: Index = self.hits.subjects[self.kept]
        self._words = self._word_maker()

    def said(self, text: Text, one: Callable[[CriteriaSet, Finding], str]) -> TextColumn:
        """Return a sentence about each finding; `one` says it of one."""
        parts = list(string.Formatter().parse(str(text)))
        names = {name for _text, name, _format, _how in parts if name is not None}
        columns = {name: self._column(name) for name in names}
        filled: list[str | TextColumn] = []
        for literal, name, _format, _how in parts:
            filled.append(literal)
            if name is None:
                continue
            column = columns[name]
            if column is None:
                return column_of(self._one_by_one(one, alike=names.isdisjoint(("commune", "year"))))
            filled.append(column)
        odd = np.flatnonzero(self._words.odd).tolist() if names else ()
        instead = {place: self._one(one, place) for place in odd}
        return run_into(filled, len(self.kept), instead, many=len(self.findings) >= MANY)

    def _one(self, one: Callable[[CriteriaSet, Finding], str], place: int) -> str:
        return one(self.rules, self.findings.finding(self.at, int(self.kept[place])))

    def _one_by_one(self, one: Callable[[CriteriaSet, Finding], str], *, alike: bool) -> Iterator[str]:
        """Yield what is said of findings, made once for those that are said alike."""
        if not (alike and isinstance(self.hits.said, Alike)):
            yield from (self._one(one, place) for place in range(len(self.kept)))
            return
        known: dict[tuple[int, int], str] = {}
        numbers = self.hits.said.numbers[self.kept]
        for place, key in enumerate(zip(self.subjects.tolist(), numbers.tolist(), strict=True)):
            if key not in known:
                known[key] = self._one(one, place)
            yield known[key]

    def _column(self, name: str) -> TextColumn | None:
        """Return what is filled in for a name; None where that takes a look at each finding."""
        records = self.findings.reports.evaluation.records
        if name == "n":
            return TextColumn(self.subjects.astype(np.int32), [str(len(figures)) for figures in self.hits.figures])
        own = self.hits.records[self.kept]
        if name == "commune":
            return TextColumn(own.astype(np.int32), records.names)
        return texts_of(records.years[own], str) if name == "year" else self._words.column(name)

    def _word_maker(self) -> _Words:
        said = self.hits.said
        if isinstance(said, NamedHit):
            return _NamedWords(self, said)
        if isinstance(said, ComparedHit):
            return _ComparedWords(self, said)
        if isinstance(said, HeldAgainst):
            return _HeldWords(self, said)
        return _GivenWords(self, said) if isinstance(said, GivenFor) else _Words(self)


class _Words:
    """What is filled in besides what every sentence may: nothing that is known beforehand."""

    def __init__(self, of: Sentences) -> None:
        self.of, self.rules = of, of.rules
        self.odd: Bools = np.zeros(len(of.kept), np.bool_)
        """The findings that this does not word."""

    def column(self, _name: str) -> TextColumn | None:
        """Return what is filled in for a name; None where that is not known here."""
        return None

    def _by_subject(self, words: Callable[[int, Index], TextColumn]) -> TextColumn:
        """Return what is filled in of the findings about each subject, made for those together."""
        places = list(by_number(self.of.subjects))
        said = below([words(subject, own) for subject, own in places])
        numbers = np.zeros(len(self.of.subjects), np.int32)
        if places:
            numbers[np.concatenate([own for _subject, own in places])] = said.numbers
        return TextColumn(numbers, said.texts)

    def _by_number(self, texts: Sequence[str]) -> TextColumn:
        return TextColumn(self.of.subjects.astype(np.int32), texts)


class _NamedWords(_Words):
    """Of figures that are only named."""

    def __init__(self, of: Sentences, said: NamedHit) -> None:
        super().__init__(of)
        self.said = said

    def column(self, name: str) -> TextColumn | None:
        if name == "documents" and self.said.documents is not None:
            return self._by_number(self.said.documents)
        if name != "figures":
            return None
        figures = self.of.hits.figures
        short = {figure.measure: figure for some in figures for figure in some}
        called = {measure: short_name(self.rules, figure) for measure, figure in short.items()}
        return self._by_number(
            [
                figures_words(self.rules, some, (), None)
                if len(some) <= MOST_NAMED
                else ", ".join([called[figure.measure] for figure in some])
                for some in figures
            ]
        )


class _ComparedWords(_Words):
    """Of two amounts and their difference."""

    def __init__(self, of: Sentences, said: ComparedHit) -> None:
        super().__init__(of)
        self.said = said
        one, other = (ratios.at(of.kept) for ratios in said.ratios)
        self.units = np.zeros((2, len(of.kept)), np.int64)
        for subject, own in by_number(of.subjects):
            amount = said.amounts[subject]
            for row, ratios in enumerate((one, other)):
                self.units[row, own] = self._cut(amount, ratios.at(own), own)
        self.odd |= self.units[0] == self.units[1]  # they look alike with the usual decimals
        for units, ratios in zip(self.units, (one, other), strict=True):
            self.odd |= (units == 0) & (ratios.above != 0)

    def _cut(self, amount: ExactAmount, ratios: Ratios, own: Index) -> Ints:
        """Return values in the decimals in which they are shown."""
        scale = 10**amount.decimals
        fits = ratios.there & (sized(ratios.above) * scale < FITTING)
        self.odd[own[~fits]] = True
        above = np.where(fits, ratios.above, 0) * scale
        cut: Ints = -(-above // ratios.below) if amount.up else above // ratios.below
        return cut

    def column(self, name: str) -> TextColumn | None:
        said, of = self.said, self.of
        if name == said.difference:
            return self._amounts(np.abs(self.units[0] - self.units[1]), said.differences)
        if name in said.names:
            return self._amounts(self.units[said.names.index(name)], said.amounts)
        if name != "figures" or said.names != ("now", "before"):
            return None
        called = self._by_number([f"{figure_name(self.rules, figure)}: " for (figure,) in of.hits.figures])
        now = self._amounts(self.units[0], said.amounts)
        return run_into([called, now], len(of.kept), {}, many=len(of.findings) >= MANY)

    def _amounts(self, units: Ints, amounts: Sequence[ExactAmount]) -> TextColumn:
        def words(subject: int, own: Index) -> TextColumn:
            amount = amounts[subject]
            numbers, (before, after) = decimal_texts(units[own], amount.decimals), _around(amount)
            return TextColumn(
                numbers.numbers, [f"{before}{one}{after}" for one in numerals(numbers.texts, current_language())]
            )

        return self._by_subject(words)


def _around(amount: ExactAmount) -> tuple[str, str]:
    """Return what stands before and behind the number of an amount."""
    before, _number, after = (
        measured_words(amount, Decimal(0)) if amount.points else unit_behind("0", str(amount.unit))
    ).partition("0")
    return before, after


class _HeldWords(_Words):
    """Of figures as requirements hold them against their targets."""

    def __init__(self, of: Sentences, said: HeldAgainst) -> None:
        super().__init__(of)
        self.said = said

    def column(self, name: str) -> TextColumn | None:
        requirements = self.said.requirements
        if name == "item":
            return self._by_number([requirement.id for requirement in requirements])
        if name == "target":
            return self._targets()
        return self._actual(self.said.actual[name]()) if name in self.said.actual else None

    def _targets(self) -> TextColumn:
        def word(subject: int, number: int) -> str:
            return own_target_words(self.rules, self.said.requirements[subject], self.said.targets[subject][number])

        return of_pairs(self.of.subjects, self.said.target[self.of.kept], word)

    def _actual(self, actual: TextColumn) -> TextColumn:
        numbers = actual.numbers[self.of.kept]

        def words(subject: int, own: Index) -> TextColumn:
            codes = texts_of(numbers[own], actual.texts.__getitem__)
            return TextColumn(codes.numbers, actuals_of_codes(self.rules, self.said.requirements[subject], codes.texts))

        return self._by_subject(words)


class _GivenWords(_Words):
    """Of the numbers given for one thing."""

    def __init__(self, of: Sentences, said: GivenFor) -> None:
        super().__init__(of)
        self.said = said

    def column(self, name: str) -> TextColumn | None:
        if name != "values":
            return None
        said, rules = self.said, self.rules
        short = [short_name(rules, figure) for figure in said.figures]
        around, language = [_around(amount) for amount in said.amounts], current_language()
        known: dict[tuple[int, int], str] = {}
        found = []
        units, there = said.units[:, self.of.kept].T.tolist(), said.there[:, self.of.kept].T.tolist()
        for numbers, given in zip(units, there, strict=True):
            alike: dict[int, list[int]] = {}
            for at, (number, here) in enumerate(zip(numbers, given, strict=True)):
                if here:
                    alike.setdefault(number, []).append(at)
            words = []
            for number, places in sorted(alike.items(), key=lambda item: (-len(item[1]), item[0])):
                key = (number, places[0])
                if key not in known:
                    before, after = around[places[0]]
                    digits = numeral(plain_decimal(number, said.amounts[places[0]].decimals), language)
                    known[key] = f"{before}{digits}{after}"
                words.append(f"{known[key]} ({', '.join([short[at] for at in places])})")
            found.append("; ".join(words))
        return column_of(found)
