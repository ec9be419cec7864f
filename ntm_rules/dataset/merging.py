"""Filings -> records: what stands twice is compared, never silently replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ntm_rules.dataset.agreement import agree, as_written
from ntm_rules.dataset.numbers import Exact, Refused, from_text, normal
from ntm_rules.dataset.places import WIDTH, Filing, Log, Where, cell_name
from ntm_rules.dataset.records import CommuneYear, Evidence, Place, Reported, State
from ntm_rules.dataset.typed import typed_fraction
from ntm_rules.exact import VALUE_DECIMALS
from ntm_rules.rulebook.register import Register


class Merger:
    """Collects filings by commune and year, in the order given."""

    def __init__(self, communes: Register, growths: Collection[str] = ()) -> None:
        self._communes = communes
        self._growths = frozenset(growths)
        """Measures that are compared with the year before."""
        self._forms: set[tuple[str, int]] = set()
        """Owners of whom there is a form."""
        self._merged: dict[tuple[str, int], Filing] = {}
        self._from: dict[tuple[str, int, str], tuple[Filing, int]] = {}
        self._shared: set[tuple[str, int]] = set()
        self._reported: set[tuple[str, int]] = set()
        """Owners of whom there is more than what stands beside the figures of the year after."""
        self._typed: dict[tuple[str, int, str], Reported] = {}
        """Percentages typed for shares that are held as counts, so that every pair of reports is compared."""

    def add(self, filing: Filing, log: Log) -> None:
        """Take in a filing; note in `log` what stands there a second time."""
        owner = filing.code, filing.year
        if not filing.beside:
            self._reported.add(owner)
        if filing.form:
            self._forms.add(owner)
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

    def records(self) -> list[CommuneYear]:
        """Return everything collected, by code, then year."""
        return [
            CommuneYear(
                code,
                self._communes[code].name,
                year,
                filing.values,
                filing.evidence,
                filing.carried,
                self._places_of(filing),
                self._is_base(code, year, filing),
            )
            for (code, year), filing in sorted(self._merged.items())
        ]

    def _is_base(self, code: str, year: int, filing: Filing) -> bool:
        """Tell whether all that is known of a year is what growth of the year after starts from.

        So it is with what stands beside the figures of the year after, and with rows of a table that hold nothing but
        figures whose growth is asked, where the commune reports for the year after.
        """
        if (code, year) not in self._reported:
            return True
        if (code, year) in self._forms or (code, year + 1) not in self._reported or filing.evidence:
            return False
        return bool(filing.values) and self._growths.issuperset(filing.values)

    def _places_of(self, filing: Filing) -> Places:
        owner = filing.code, filing.year
        if owner not in self._shared:
            return Places(filing.where, filing.places, {})
        others = {measure: self._from[*owner, measure] for measure in filing.values}
        return Places(filing.where, filing.places, {m: (first.where, at) for m, (first, at) in others.items()})


class Places(Mapping[str, Place]):
    """Where the figures of one commune and year were read, made out only when somebody asks."""

    __slots__ = ("_elsewhere", "_packed", "_where")

    def __init__(self, where: Where, packed: Mapping[str, int], elsewhere: Mapping[str, tuple[Where, int]]) -> None:
        self._where, self._packed, self._elsewhere = where, packed, elsewhere

    def __getitem__(self, measure: str) -> Place:
        where, at = self._elsewhere[measure] if measure in self._elsewhere else (self._where, self._packed[measure])
        row, column = divmod(at, WIDTH)
        if where.lines:
            return Place(where.file, line=row + 1)
        return Place(where.file, where.sheet, cell_name(row, column))

    def __iter__(self) -> Iterator[str]:
        return iter({**self._packed, **self._elsewhere})

    def __len__(self) -> int:
        return len({**self._packed, **self._elsewhere})


def merge(filings: Iterable[tuple[Filing, Log]], communes: Register) -> list[CommuneYear]:
    """Return the records of filings; each filing comes with the log of its own file."""
    merger = Merger(communes)
    for filing, log in filings:
        merger.add(filing, log)
    return merger.records()


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
