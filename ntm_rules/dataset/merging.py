"""Filings -> columns of figures: what stands twice is compared, never silently replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ntm_rules.dataset.cells.agreement import agree, as_written
from ntm_rules.dataset.cells.numbers import Exact, Refused, from_text, normal
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.cells.typed import typed_fraction
from ntm_rules.dataset.figure_places import Places
from ntm_rules.dataset.owned import Owned
from ntm_rules.dataset.places import WIDTH, Filing, Log, Where
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.records import CommuneYear, Evidence, Reported, State
from ntm_rules.exact import VALUE_DECIMALS
from ntm_rules.rulebook.register import Register

if TYPE_CHECKING:  # arrays are for many; what one commune reports is read without them
    from ntm_rules.dataset.figure_columns import FigureColumns
    from ntm_rules.dataset.record_views import Records


Owner = tuple[str, int]
"""Commune code and year."""
SETTLED_FROM = 512
"""So many filings are held as objects before they are laid out as columns."""


@dataclass(slots=True)
class _Hamlet:
    """What is given of a hamlet: what came first, and where figures that came later stand."""

    filing: Filing
    elsewhere: dict[str, tuple[Where, int]]


class Merger:
    """Collects what is reported by commune and year, in the order given."""

    def __init__(self, communes: Register, measures: Sequence[str], growths: Collection[str] = ()) -> None:
        self._communes = communes
        self._measures = measures
        self._growths = frozenset(growths)
        """Measures that are compared with the year before."""
        self._forms: set[Owner] = set()
        """Owners of whom there is a form."""
        self._merged: dict[Owner, Filing] = {}
        self._blocks: list[FigureColumns] = []
        self._block_of: dict[Owner, tuple[int, int]] = {}
        """Owner -> the block, and the place in it, of what came of no second filing yet."""
        self._from: dict[tuple[str, int, str], tuple[Filing, int]] = {}
        self._shared: set[Owner] = set()
        self._reported: set[Owner] = set()
        """Owners of whom there is more than what stands beside the figures of the year after."""
        self._hamlets: dict[Owner, dict[str, _Hamlet]] = {}
        """What is given of hamlets, by their names however they are spelt."""
        self._hamlet_keys: dict[str, str] = {}
        self._typed: dict[tuple[str, int, str], Reported] = {}
        """Percentages typed for shares that are held as counts, so that every pair of reports is compared."""

    def add_all(self, filings: Iterable[Filing], blocks: Sequence[FigureColumns], log: Log) -> None:
        """Take in everything that one file reports: what was read row by row, and what was read as columns."""
        rows = list(filings)
        if blocks:
            others = {(filing.code, filing.year) for filing in rows if not filing.hamlet}
            rows += self._add_blocks(blocks, others)
            rows.sort(key=lambda filing: filing.row)
        for filing in rows:
            self.add(filing, log)
        if len(self._merged) - len(self._shared) >= SETTLED_FROM:
            self._settle()

    def _add_blocks(self, blocks: Sequence[FigureColumns], others: set[Owner]) -> list[Filing]:
        """Take in columns, and return as filings what others report for, too."""
        found: list[Filing] = []
        seen: dict[Owner, int] = {}
        for block in blocks:
            for owner in zip(block.codes, block.years.tolist(), strict=True):
                seen[owner] = seen.get(owner, 0) + 1
        for block in blocks:
            number = len(self._blocks)
            self._blocks.append(block)
            for at, owner in enumerate(zip(block.codes, block.years.tolist(), strict=True)):
                if seen[owner] > 1 or owner in others or owner in self._merged or owner in self._block_of:
                    found += block.filings_of(at)
                else:
                    self._block_of[owner] = number, at
                    self._reported.add(owner)
        return found

    def _settle(self) -> None:
        """Lay out as columns the filings of which no second came yet."""
        from ntm_rules.dataset.figure_columns import columns_from

        alone = [owner for owner in self._merged if owner not in self._shared]
        block = columns_from([self._owned(self._merged.pop(owner)) for owner in alone], self._measures)
        self._block_of |= {owner: (len(self._blocks), at) for at, owner in enumerate(alone)}
        self._blocks.append(block)

    def _owned(self, filing: Filing) -> Owned:
        owner = filing.code, filing.year
        elsewhere = (
            {measure: (first.where, at) for measure in filing.values for first, at in (self._from[*owner, measure],)}
            if owner in self._shared
            else {}
        )
        growths_alone = bool(filing.values) and self._growths.issuperset(filing.values)
        return Owned(
            filing.code,
            self._communes[filing.code].name,
            filing.year,
            filing.values,
            filing.places,
            filing.where,
            filing.row,
            filing.beside,
            filing.form,
            self._is_base(owner, growths_alone=growths_alone, evidence=bool(filing.evidence)),
            filing.evidence,
            filing.carried,
            elsewhere,
            self._hamlets_of(owner),
        )

    def add(self, filing: Filing, log: Log) -> None:
        """Take in a filing; note in `log` what stands there a second time."""
        owner = filing.code, filing.year
        if not filing.beside:
            self._reported.add(owner)
        if filing.form:
            self._forms.add(owner)
        if filing.hamlet:
            self._add_hamlet(owner, filing, log)
            if owner not in self._merged and owner not in self._block_of:
                self._merged[owner] = Filing(filing.code, filing.year, filing.where, {}, {}, filing.row)
            return
        settled = self._block_of.pop(owner, None)
        if settled is not None:
            for earlier in self._blocks[settled[0]].filings_of(settled[1]):
                self.add(earlier, Log())
        first = self._merged.get(owner)
        if first is None:
            self._merged[owner] = filing
            return
        if owner not in self._shared:
            self._shared.add(owner)
            own = first._replace(values=dict(first.values), places=dict(first.places))
            self._merged[owner] = own
            for measure, place in first.places.items():
                self._from[*owner, measure] = first, place
            first = own
        self._compare(first.values, filing, log)
        if filing.evidence or filing.carried:
            self._merged[owner] = first._replace(
                evidence=_together(first.evidence, filing.evidence), carried={**filing.carried, **first.carried}
            )

    def _compare(self, values: dict[str, Reported], filing: Filing, log: Log) -> None:
        owner = filing.code, filing.year
        equal_to: tuple[Filing, int] | None = None
        at = 0
        for measure, reported in filing.values.items():
            place = filing.places[measure]
            known = values.get(measure)
            if known is None:
                values[measure] = reported
                self._from[*owner, measure] = filing, place
                continue
            merged = self._agreed((*owner, measure), known, reported)
            before = self._from[*owner, measure]
            if merged is not None:
                values[measure] = merged
                if before[0].beside and not filing.beside:
                    self._from[*owner, measure] = (
                        filing,
                        place,
                    )  # the report itself, not what the year after shows of it
                elif equal_to is None and not filing.beside:
                    equal_to, at = before, place
                continue
            values[measure] = _conflict(known, reported)
            self._note(log, "given-twice-differently", filing, place, before, measure, known, reported)
        if equal_to is not None:
            self._note(log, "repeated", filing, at, equal_to)

    def _add_hamlet(self, owner: Owner, filing: Filing, log: Log) -> None:
        """Take in what is given of a hamlet, which may be named in other letters than before."""
        listed = self._hamlets.setdefault(owner, {})
        known = self._hamlet_keys.get(filing.hamlet)
        if known is None:
            known = self._hamlet_keys[filing.hamlet] = key(filing.hamlet)
        first = listed.get(known)
        if first is None:
            listed[known] = _Hamlet(filing, {})
            return
        values = first.filing.values
        for measure, reported in filing.values.items():
            before = values.get(measure)
            agreed = reported if before is None else same(before, reported)
            place = filing.places[measure]
            if before is None:
                first.elsewhere[measure] = filing.where, place
            elif agreed is None:
                agreed = _conflict(before, reported)
                other = first.filing._replace(where=first.elsewhere[measure][0]) if measure in first.elsewhere else None
                at = first.elsewhere[measure][1] if other is not None else first.filing.places[measure]
                earlier = (other or first.filing, at)
                self._note(log, "given-twice-differently", filing, place, earlier, measure, before, reported)
            assert agreed is not None
            values[measure] = agreed

    def _hamlets_of(self, owner: Owner) -> dict[str, CommuneYear]:
        """Return the records of a commune's hamlets, by the names first given."""
        found = {}
        for one in self._hamlets.get(owner, {}).values():
            filing = one.filing
            places = Places(filing.where, filing.places, one.elsewhere)
            found[filing.hamlet] = CommuneYear(filing.code, filing.hamlet, filing.year, filing.values, places=places)
        return found

    def _agreed(self, place: tuple[str, int, str], known: Reported, reported: Reported) -> Reported | None:
        """Return what all reports so far and one more agree on; None when it differs from any of them."""
        typed = self._typed.get(place)
        if typed is not None and not reported.counted and same(typed, reported) is None:
            return None
        merged = same(known, reported)
        if merged is not None and merged.counted and known.counted != reported.counted:
            self._typed[place] = reported if known.counted else known
        return merged

    def _note(
        self,
        log: Log,
        code: str,
        filing: Filing,
        place: int,
        before: tuple[Filing, int],
        measure: str = "",
        known: Reported | None = None,
        reported: Reported | None = None,
    ) -> None:
        row, column = divmod(place, WIDTH)
        log.add(
            code,
            filing.where,
            row,
            column,
            value=reported.written if reported else "",
            commune_code=filing.code,
            commune=self._communes[filing.code].name,
            year=filing.year,
            measure=measure,
            other=before[0].where.place(before[1]),
            other_value=known.written if known else "",
        )

    def records(self) -> Sequence[CommuneYear]:
        """Return everything collected, by code, then year: as columns where it is much."""
        if not self._blocks:
            return [self._record(self._owned(filing)) for _owner, filing in sorted(self._merged.items())]
        return self.columns()

    def columns(self) -> Records:
        """Return the same as columns, however little it is."""
        from ntm_rules.dataset.joined_columns import joined
        from ntm_rules.dataset.record_views import Records

        owners: list[list[int]] = [[] for _ in self._blocks]
        for number, at in self._block_of.values():
            owners[number].append(at)
        parts = [(block, sorted(own)) for block, own in zip(self._blocks, owners, strict=True) if own]
        merged = [self._owned(filing) for filing in self._merged.values()]
        columns = joined(parts, merged, self._measures, self._growths, self._is_base)
        if self._hamlets:
            numbers = {one: n for n, one in enumerate(zip(columns.codes, columns.years.tolist(), strict=True))}
            columns = replace(columns, hamlets={numbers[owner]: self._hamlets_of(owner) for owner in self._hamlets})
        return Records(columns)

    @staticmethod
    def _record(one: Owned) -> CommuneYear:
        places = Places(one.where, one.places, one.elsewhere)
        return CommuneYear(
            one.code, one.name, one.year, one.values, one.evidence, one.carried, places, one.base_only, one.hamlets
        )

    def _is_base(self, owner: Owner, *, growths_alone: bool, evidence: bool) -> bool:
        """Tell whether all that is known of a year is what growth of the year after starts from.

        So it is with what stands beside the figures of the year after, and with rows of a table that hold nothing but
        figures whose growth is asked, where the commune reports for the year after.
        """
        if owner not in self._reported:
            return True
        if owner in self._forms or (owner[0], owner[1] + 1) not in self._reported or evidence:
            return False
        return growths_alone


def merger_for(questionnaire: Questionnaire) -> Merger:
    """Return what collects the reports of a questionnaire."""
    return Merger(questionnaire.communes, tuple(questionnaire.measures), questionnaire.starts)


def records_of_table(
    filings: Sequence[Filing],
    blocks: Sequence[FigureColumns],
    questionnaire: Questionnaire,
    log: Log,
    *,
    as_columns: bool = False,
) -> Sequence[CommuneYear]:
    """Return the records of one table, as columns where asked; what stands there twice is noted in its log."""
    if len(blocks) == 1 and not filings:
        from ntm_rules.dataset.joined_columns import alone

        found = alone(blocks[0], questionnaire.starts)
        if found is not None:
            return found
    merger = merger_for(questionnaire)
    merger.add_all(filings, blocks, log)
    return merger.columns() if as_columns else merger.records()


def _together(one: tuple[Evidence, ...], other: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the documents of both, each once wherever it was listed."""
    found = {evidence._replace(place=None): evidence for evidence in (*other, *one)}
    return tuple(found[evidence] for evidence in dict.fromkeys(e._replace(place=None) for e in (*one, *other)))


def same(one: Reported, other: Reported) -> Reported | None:
    """Return the value that two reports agree on, the counted one first; None when they differ."""
    if one.state != other.state or one.state in (State.INVALID, State.CONFLICTING, State.UNCLEAR):
        same = one[:4] == other[:4] and one.written == other.written
        return one if same else None
    if one.counted and other.counted:  # 1 of 2 and 500 of 1000 come to the same, and are different figures
        return one if one[1:3] == other[1:3] else None
    if one.counted == other.counted:
        if typed_fraction(one) != typed_fraction(other):  # 79,99999991 and 79,99999992 are held alike
            return None
        if not one.base:
            return one if one.value == other.value else None
        closer = one
        if one.written != other.written and _typed(other)[1] > _typed(one)[1]:
            closer = other  # 33,330 says more than 33,33
        return closer if one.value * other.base == other.value * one.base else None
    counted, typed = (one, other) if one.counted else (other, one)
    return counted if agree(_typed(typed), counted.value, counted.base) else None


def _typed(reported: Reported) -> Exact:
    """Return a typed percentage as it is written."""
    try:
        number = from_text(reported.written, percentage=True)
    except Refused:  # a value that no reader made
        return normal(reported.value, VALUE_DECIMALS)
    return as_written(reported.written, number)


def _conflict(one: Reported, other: Reported) -> Reported:
    return Reported(State.CONFLICTING, document=one.document, written=f"{one.written}; {other.written}")
