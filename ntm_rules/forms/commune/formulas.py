"""The live formulas of a form: what a cell's entry is worth, and the verdicts, in a spreadsheet's own words.

They say what `evaluation.reference` says, by the numbers of `evaluation.verdicts.Verdict`, which rank as an `all`
decides: the verdict of an `all` is the largest of its parts. Shares and growth are compared as products of whole
numbers, so that 29 of 100 reaches 29%.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction

from ntm_rules.dataset.cells.agreement import FRACTION_DECIMALS, KEPT_DECIMALS
from ntm_rules.dataset.cells.answers import Answers
from ntm_rules.dataset.cells.dated_figures import FIRST, LAST
from ntm_rules.dataset.cells.days import SERIALS, serial_of
from ntm_rules.dataset.cells.figures import GROWTH_DECIMALS
from ntm_rules.dataset.records import State
from ntm_rules.evaluation.gaps import rounds_up
from ntm_rules.evaluation.verdicts import SOME, Verdict
from ntm_rules.exact import LIMIT, PERCENT, PLAIN_LIMIT, VALUE_SCALE, plain
from ntm_rules.rulebook.criteria_set import Comparator, Gate
from ntm_rules.rulebook.models import Measure, Scale
from ntm_rules.rulebook.taken import AS_ITS_KIND, THIS_YEAR, Over, Quantity, Taken


class CellEntry(IntEnum):
    """What stands in a question's cells."""

    BLANK = 0
    USABLE = 1
    UNFIT = 2
    AWAITED = 3
    NOTHING_TO_COUNT = 4
    NOT_APPLICABLE = 5
    TEXT = 6
    """A text where a number belongs: the program reads it or refuses it once the form is handed in."""
    UNCLEAR = 7
    """A figure that can be meant in two ways, and is not used until one is confirmed."""


AWAITED, EXEMPT = "T", "-"
"""What stands in place of the target of a class that waits for one, and of one of which nothing is asked."""


@dataclass(frozen=True, slots=True)
class QuestionCells:
    """The references of a question's cells; empty where there is none."""

    value: str
    numerator: str = ""
    denominator: str = ""
    previous: str = ""
    percent: str = ""
    """Where `percentage` of the value stands, for figures that may be typed as a percentage."""


@dataclass(frozen=True, slots=True)
class GateCells:
    """A gate, and the cells that it reads."""

    gate: Gate
    entered: str
    """The number of `CellEntry` of its question."""
    said: str | QuestionCells
    """The rank of the answer, or the cells of the number."""

    @property
    def shut(self) -> str:
        """The formula that tells whether it shuts the commune out, where it is answered."""
        if isinstance(self.said, str):
            return f"{self.said}{'=' if self.gate.bar else '<>'}0"
        number = self.said.percent or self.said.value
        return f"NOT({number}{_SIGNS[self.gate.comparator]}{plain(self.gate.bar)})"


@dataclass(frozen=True, slots=True)
class FormulaBar:
    """A target as a formula compares with it: `value * times >= base * part`, or the plain `target`."""

    target: Decimal
    times: int
    part: int


def bar(target: Decimal) -> FormulaBar:
    """Return a target in lowest terms, for shares and growth.

    >>> bar(Decimal("80")).times, bar(Decimal("80")).part, bar(Decimal("79.95")).times, bar(Decimal("79.95")).part
    (5, 4, 2000, 1599)
    """
    share = Fraction(target) / PERCENT
    return FormulaBar(target, share.denominator, share.numerator)


def entry(measure: Measure, scale: Scale | None, cells: QuestionCells, *, not_applicable: bool) -> str:
    """Return the formula of what an entry is worth, a number of `CellEntry`."""
    if measure.traits.counted:
        body = _share(measure, cells)
    elif measure.traits.quantity:
        body = _plain(measure, cells)
    elif measure.traits.dated:
        body = _day(cells.value)
    else:
        body = _stated(Answers(measure, scale), cells.value, not_applicable=not_applicable)
    return f"=IFERROR({body},{CellEntry.UNFIT:d})"


def previous_entry(measure: Measure, cell: str) -> str:
    """Return the formula of what last year's figure of a growth is worth."""
    return f"=IFERROR({_plain(measure, QuestionCells(cell))},{CellEntry.UNFIT:d})"


PERCENT_DECIMALS = 13
"""All that a percentage up to 100 has of the 15 digits of a cell: fewer would round what fails up to its target."""


def takes_percent(measure: Measure) -> bool:
    """Tell whether a figure may be typed as a percentage, as 80 or as 80%."""
    return measure.traits.counted or (not measure.traits.needs_year_before and measure.unit_is_percent)


def percentage(cell: str) -> str:
    """Return the formula of a typed percentage: of 80% the cell holds 0.8, and only its format tells."""
    return f'=IF(ISNUMBER({cell}),IF({_format(cell)}="P",ROUND({cell}*100,{PERCENT_DECIMALS}),{cell}),"")'


def answer(measure: Measure, scale: Scale | None, cell: str) -> str:
    """Return the formula of an answer's rank: 1 and 0, or the place of a grade on its scale."""
    answers = Answers(measure, scale)
    ranks: dict[int, list[str]] = {}
    for word, (state, rank) in answers.words.items():
        if state is State.PRESENT:
            ranks.setdefault(rank, []).append(word)
    body = "0"
    for rank, words in sorted(ranks.items()):
        body = f"IF({_is_one_of(cell, words)},{rank},{body})"
    return f"=IF(ISLOGICAL({cell}),--{cell},{body})" if answers.booleans else f"={body}"


def requirement(
    measure: Measure,
    comparator: Comparator,
    cells: QuestionCells,
    *,
    entry: str,
    rank: str,
    previous: str,
    bars: tuple[str, str, str] | None,
    gates: Sequence[GateCells] = (),
    answer: int = 1,
    unjudged: bool = False,
    taken: Taken = AS_ITS_KIND,
    year: int = 0,
) -> str:
    """Return the formula of a requirement's verdict, a number of `Verdict`.

    Args:
        measure: what is reported.
        comparator: how it is held against the target.
        cells: where it is entered.
        entry: the cell with the number of `CellEntry` of the question.
        rank: the cell with the rank of the answer, for kinds that are answered in words.
        previous: the cell with the number of `CellEntry` of last year's figure, for growth.
        bars: the cells of target, times and part, blank in them where the commune's class is not known;
            None when the target is awaited.
        gates: what decides whether it is for the commune.
        answer: of a yes/no question, the answer that meets.
        unjudged: whether `AWAITED` or `EXEMPT` may stand in place of the target.
        taken: of which years the figure is taken, and as what; of years that the form does not hold nothing is reckoned.
        year: the year judged.
    """
    if bars is None:
        judged = f"{Verdict.NO_TARGET:d}"
    else:
        held = _held(measure, comparator, cells, rank, bars, taken.of(measure)) if answer else f"{rank}<={bars[0]}"
        judged = f"IF({held},{Verdict.MET:d},{Verdict.NOT_MET:d})"
        if unjudged:
            judged = f'IF({bars[0]}="{AWAITED}",{Verdict.NO_TARGET:d},{judged})'
        judged = f'IF({bars[0]}="",{Verdict.NO_DATA:d},{judged})'
    years, owed = taken.of(measure).years(year), f"{Verdict.NO_DATA:d}"
    if not reckoned(taken, measure, cells, year):
        judged = f"{Verdict.NO_DATA:d}"
        each = taken.of(measure)
        if bars is not None and each.over is Over.EACH and each.quantity is Quantity.LEVEL:  # one year may fail alone
            this_year = replace(each, over=Over.ONE, count=1, since=THIS_YEAR)
            held = _held(measure, comparator, cells, rank, bars, this_year) if answer else f"{rank}<={bars[0]}"
            known = f'{bars[0]}=""' + (f',{bars[0]}="{AWAITED}"' if unjudged else "")
            judged = f"IF(OR({known}),{Verdict.NO_DATA:d},IF({held},{Verdict.NO_DATA:d},{Verdict.NOT_MET:d}))"
    elif years[-1] != year:
        base = f"{cells.previous}<0" if taken.from_zero else f"{cells.previous}<=0"
        judged = f"IF({base},{Verdict.NO_DATA:d},{judged})" if taken.of(measure).divides else judged
        alone = _each_alone(comparator, cells, bars, taken.of(measure), unjudged=unjudged)
        judged = f"IF({previous}<>{CellEntry.USABLE:d},{alone[0]},{judged})"
        owed = f"IF({previous}={CellEntry.USABLE:d},{alone[1]},{owed})" if alone[1] != owed else owed
    body = (
        f"IF({entry}={CellEntry.USABLE:d},{judged},"
        f"IF({entry}={CellEntry.NOTHING_TO_COUNT:d},{Verdict.NOT_APPLICABLE:d},{owed}))"
    )
    if years[0] != year:
        body = judged
    if bars is not None and unjudged:
        body = f'IF({bars[0]}="{EXEMPT}",{Verdict.NOT_APPLICABLE:d},{body})'
    if len(gates) == 1:
        unknown, shut = f"{gates[0].entered}<>{CellEntry.USABLE:d}", gates[0].shut
        body = f"IF({unknown},{Verdict.NO_DATA:d},IF({shut},{Verdict.NOT_APPLICABLE:d},{body}))"
    elif gates:
        shut = ",".join(f"AND({gate.entered}={CellEntry.USABLE:d},{gate.shut})" for gate in gates)
        unknown = ",".join(f"{gate.entered}<>{CellEntry.USABLE:d}" for gate in gates)
        body = f"IF(OR({shut}),{Verdict.NOT_APPLICABLE:d},IF(OR({unknown}),{Verdict.NO_DATA:d},{body}))"
    return f"={body}"


def _each_alone(
    comparator: Comparator, cells: QuestionCells, bars: tuple[str, str, str] | None, taken: Taken, *, unjudged: bool
) -> tuple[str, str]:
    """Return what follows of this year's figure alone, and of last year's: where both must reach the target one may fail."""
    open_ = f"{Verdict.NO_DATA:d}"
    if bars is None or taken.over is not Over.EACH or taken.quantity is not Quantity.LEVEL:
        return open_, open_
    sign, bar = _SIGNS[comparator], _whole(bars[0], GROWTH_DECIMALS)
    known = f'{bars[0]}=""' + (f',{bars[0]}="{AWAITED}"' if unjudged else "")
    now, before = (
        f"IF(OR({known}),{open_},IF({_whole(cell, GROWTH_DECIMALS)}{sign}{bar},{open_},{Verdict.NOT_MET:d}))"
        for cell in (cells.value, cells.previous)
    )
    return now, before


def reckoned(way: Taken, measure: Measure, cells: QuestionCells, year: int) -> bool:
    """Tell whether a form holds the figures of every year that a requirement takes: its own, and that of last year."""
    taken = way.of(measure)
    return taken.is_level or (bool(cells.previous) and set(taken.years(year)) <= {year, year - 1})


def combined(op: str, parts: Sequence[str], least: int = 0) -> str:
    """Return the formula of the verdict of an `all`, `any` or `some` of cells."""
    if op == "all":
        return f"=MAX({','.join(parts)})"
    if op == SOME:
        return _counted(parts, least)
    order = (Verdict.MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.NOT_MET)
    body = f"{Verdict.NOT_APPLICABLE:d}"
    for verdict in reversed(order):
        anyone = ",".join(f"{part}={verdict:d}" for part in parts)
        body = f"IF(OR({anyone}),{verdict:d},{body})"
    return f"={body}"


def _counted(parts: Sequence[str], needed: int) -> str:
    """Return the formula of the verdict of a `some` (`evaluation.verdicts.Count`)."""

    def count(*verdicts: Verdict) -> str:
        return "+".join(f"({part}={verdict:d})" for part in parts for verdict in verdicts)

    undecided = f"IF({count(Verdict.NO_DATA)}>0,{Verdict.NO_DATA:d},{Verdict.NO_TARGET:d})"
    possible = count(Verdict.MET, Verdict.NO_DATA, Verdict.NO_TARGET)
    body = f"IF({possible}<{needed},{Verdict.NOT_MET:d},{undecided})"
    body = f"IF({count(Verdict.MET)}>={needed},{Verdict.MET:d},{body})"
    return f"=IF({count(Verdict.NOT_APPLICABLE)}={len(parts)},{Verdict.NOT_APPLICABLE:d},{body})"


def computed(measure: Measure, comparator: Comparator | None, cells: QuestionCells, entry: str, previous: str) -> str:
    """Return the formula of the percentage that counts or growth come to, never rounded towards the target."""
    towards_zero = "ROUNDUP" if comparator is not None and rounds_up(comparator) else "ROUNDDOWN"
    if measure.traits.counted:
        above, below = (_whole(cell, _decimals(measure)) for cell in (cells.numerator, cells.denominator))
        counted = f"{towards_zero}({above}*100/{below},{measure.decimals})"
        body = f"IF({_blank(cells.denominator)},{cells.percent},{counted})"
        return f'=IF({entry}={CellEntry.USABLE:d},{body},"")'
    now, before = (_whole(cell, GROWTH_DECIMALS) for cell in (cells.value, cells.previous))
    given = f"AND({entry}={CellEntry.USABLE:d},{previous}={CellEntry.USABLE:d},{cells.previous}>0)"
    return f'=IFERROR(IF({given},{towards_zero}(({now}-{before})*100/{before},{measure.decimals}),""),"")'


def labelled(code: str, words: Iterable[str]) -> str:
    """Return the formula of the words for a number of `Verdict`; `words` in the order of the numbers."""
    return f"CHOOSE({code}+1,{','.join(_quoted(word) for word in words)})"


def _share(measure: Measure, cells: QuestionCells) -> str:
    value, above, below = cells.value, cells.numerator, cells.denominator
    decimals = _decimals(measure)
    bounds = measure.range
    low = plain(bounds.min) if bounds and bounds.min is not None and bounds.min > 0 else "0"
    high = plain(bounds.max) if bounds and bounds.max is not None else "100"
    more = measure.whole_percent > PERCENT
    percent = cells.percent
    of_one = f"AND({percent}={value},{value}>0,{value}<=1)"
    typed = (
        f"IF(NOT(ISNUMBER({value})),{CellEntry.TEXT:d},IF(OR({_dated(value)},{percent}<{low},{percent}>{high}),"
        f"{CellEntry.UNFIT:d},IF({of_one},{CellEntry.UNCLEAR:d},{CellEntry.USABLE:d})))"
    )
    limit = plain(Decimal(LIMIT).scaleb(-decimals))
    parts = ",".join(
        f"{cell}<0,{cell}>={limit},ROUND({cell},{decimals})<>{cell},{_formatted(cell)}" for cell in (above, below)
    )
    nothing = (
        f"IF(AND({above}=0,OR({_blank(value)},{value}=0)),{CellEntry.NOTHING_TO_COUNT:d},{CellEntry.UNFIT:d})"
        if measure.zero_denominator == "not_applicable"
        else f"{CellEntry.UNFIT:d}"
    )
    share = f"{_whole(above, decimals)}*100/{_whole(below, decimals)}"
    half, apart = _half_of_last_place(percent), f"ROUND(ABS({percent}-{share}),{KEPT})"
    apart_of_one = f"ROUND(ABS({percent}*100-{share}),{KEPT})"
    rounded_of_one = f"AND(ROUND({percent},{FRACTION_DECIMALS - 1})<>{percent},{apart_of_one}<=100*{half})"
    agrees_of_one = f"AND({of_one},OR({apart_of_one}=0,{rounded_of_one}))"
    disagrees = (
        f"IF({_blank(value)},FALSE,OR({percent}<0,{percent}>{plain(measure.whole_percent)},{_dated(value)},"
        f"AND({apart}>{half},NOT({agrees_of_one}))))"
    )
    outside = "" if (low, high) == ("0", "100") else f",{share}<{low},{share}>{high}"
    counts = f"{CellEntry.USABLE:d}"
    if decimals:
        counts = f"IF({_perhaps_thousands(value, above, below)},{CellEntry.UNCLEAR:d},{CellEntry.USABLE:d})"
    counted = (
        f"IF(OR({parts}),{CellEntry.UNFIT:d},IF({below}=0,{nothing},"
        f"IF(OR({'FALSE' if more else f'{above}>{below}'}{outside},{disagrees}),{CellEntry.UNFIT:d},{counts})))"
    )
    numbers = f"AND(ISNUMBER({above}),ISNUMBER({below}),OR({_blank(value)},ISNUMBER({value})))"
    return (
        f"IF(AND({_blank(above)},{_blank(below)}),IF({_blank(value)},{CellEntry.BLANK:d},{typed}),"
        f"IF(OR({_blank(above)},{_blank(below)}),{CellEntry.UNFIT:d},IF(NOT({numbers}),{CellEntry.TEXT:d},{counted})))"
    )


def _plain(measure: Measure, cells: QuestionCells) -> str:
    value = cells.value
    bounds = measure.range
    low = bounds.min if bounds else None
    high = bounds.max if bounds else None
    least = plain(low) if low is not None else "0"
    number = cells.percent or value
    faults = [f"{number}<{least}"]
    if high is not None:
        faults.append(f"{number}>{plain(high)}")
    faults.append(f"ABS({number})>={PLAIN_LIMIT // VALUE_SCALE}")
    faults.append(_dated(value) if cells.percent else _formatted(value))
    if measure.traits.whole:
        faults.append(f"ROUND({number},0)<>{number}")
    elif measure.traits.needs_year_before:
        faults.append(f"ROUND({number},{GROWTH_DECIMALS})<>{number}")
    return (
        f"IF({_blank(value)},{CellEntry.BLANK:d},IF(NOT(ISNUMBER({value})),{CellEntry.TEXT:d},"
        f"IF(OR({','.join(faults)}),{CellEntry.UNFIT:d},{CellEntry.USABLE:d})))"
    )


def _day(value: str) -> str:
    usual = f"AND({value}>={SERIALS[0]},{value}<={SERIALS[-1]})"
    shown = f"AND(OR({_dated(value)}),{value}>={serial_of(FIRST)},{value}<={serial_of(LAST)})"
    fits = f"AND(ROUND({value},0)={value},OR({usual},{shown}))"
    return (
        f"IF({_blank(value)},{CellEntry.BLANK:d},IF(NOT(ISNUMBER({value})),{CellEntry.TEXT:d},"
        f"IF({fits},{CellEntry.USABLE:d},{CellEntry.UNFIT:d})))"
    )


def _stated(answers: Answers, value: str, *, not_applicable: bool) -> str:
    usable = [word for word, (state, _rank) in answers.words.items() if state is State.PRESENT]
    awaited = [word for word, (state, _rank) in answers.words.items() if state is State.AWAITED]
    body = f"{CellEntry.UNFIT:d}"
    if not_applicable:
        body = f"IF({_is_one_of(value, ('không áp dụng', 'not applicable'))},{CellEntry.NOT_APPLICABLE:d},{body})"
    if awaited:
        body = f"IF({_is_one_of(value, awaited)},{CellEntry.AWAITED:d},{body})"
    body = f"IF({_blank(value)},{CellEntry.BLANK:d},IF({_is_one_of(value, usable)},{CellEntry.USABLE:d},{body}))"
    return f"IF(ISLOGICAL({value}),{CellEntry.USABLE:d},{body})" if answers.booleans else body


def _held(
    measure: Measure,
    comparator: Comparator,
    cells: QuestionCells,
    answered: str,
    bars: tuple[str, str, str],
    taken: Taken,
) -> str:
    """Return the formula that tells whether a usable entry reaches its target."""
    sign = _SIGNS[comparator]
    target, times, part = bars
    if measure.traits.counted:
        above, below = (_whole(cell, _decimals(measure)) for cell in (cells.numerator, cells.denominator))
        counted = f"{above}*{times}{sign}{below}*{part}"
        return f"IF({_blank(cells.denominator)},{cells.percent}{sign}{target},{counted})"
    if not taken.is_level:
        return _of_two_years(comparator, cells, bars, taken)
    if measure.traits.by_size:
        return f"{cells.percent or cells.value}{sign}{target}"
    return f"{answered}{sign}{target}"


def _of_two_years(comparator: Comparator, cells: QuestionCells, bars: tuple[str, str, str], taken: Taken) -> str:
    """Return the formula that tells whether what is taken of this year's figure and last year's reaches its target."""
    sign, (target, times, part) = _SIGNS[comparator], bars
    now, before = (_whole(cell, GROWTH_DECIMALS) for cell in (cells.value, cells.previous))
    bar = _whole(target, GROWTH_DECIMALS)
    if taken.quantity is Quantity.LEVEL:
        if taken.over is Over.EACH:
            return f"AND({now}{sign}{bar},{before}{sign}{bar})"
        return f"{now}+{before}{sign}2*{bar}" if taken.over is Over.MEAN else f"{before}{sign}{bar}"
    if taken.quantity is Quantity.CHANGE:
        return f"{now}-{before}{sign}{bar}"
    ratio = taken.quantity is Quantity.RATIO
    held = f"{now}*{times}{sign}{before}*{part}" if ratio else f"({now}-{before})*{times}{sign}{before}*{part}"
    if not taken.from_zero:
        return held
    risen = "FALSE" if comparator.is_ceiling else "TRUE"
    return f"IF({before}=0,IF({now}>0,{risen},{int(ratio)}{sign}{target}),{held})"


_SIGNS = {
    Comparator.AT_LEAST: ">=",
    Comparator.AT_MOST: "<=",
    Comparator.MORE_THAN: ">",
    Comparator.LESS_THAN: "<",
    Comparator.EQUALS: ">=",
}


def _blank(cell: str) -> str:
    return f"LEN(TRIM({cell}))=0"


def _whole(cell: str, decimals: int) -> str:
    """Return a cell's number in the smallest unit it is counted in, as a whole number."""
    return f"ROUND({cell}*{10**decimals},0)" if decimals else f"ROUND({cell},0)"


PLAIN_FORMAT = "ntm_plain"
"""The name of the cell that holds the letter of a number without any format, as the program at hand has it."""


def plain_format(cell: str) -> str:
    """Return the formula of that letter; `cell` holds a number without any format."""
    return f"={_format(cell)}"


def _format(cell: str) -> str:
    """Return the letter of a cell's format: P for percentages, D for days; empty where a program cannot tell."""
    return f'IFERROR(LEFT(CELL("format",{cell}),1),"")'


def _dated(cell: str) -> str:
    """Tell a number that the cell shows as a day: Excel says D, LibreOffice G, which in Excel is a number's own."""
    return f'{_format(cell)}="D",AND({_format(cell)}="G",{PLAIN_FORMAT}<>"G")'


def _formatted(cell: str) -> str:
    """Tell a number that the cell shows as a percentage or a day."""
    return f'{_format(cell)}="P",{_dated(cell)}'


KEPT = 11
"""Decimals of a percentage up to 100 that no reckoning of a spreadsheet disturbs."""


def _half_of_last_place(number: str) -> str:
    """Return half a unit of the last decimal that a number is written with (see `dataset.agreement.agree`)."""
    body = plain(Decimal(1).scaleb(-KEPT_DECIMALS - 1))
    for decimals in range(KEPT_DECIMALS, -1, -1):
        half = plain(Decimal(5).scaleb(-decimals - 1))
        body = f"IF(ROUND({number},{decimals})={number},{half},{body})"
    return body


def _perhaps_thousands(value: str, above: str, below: str) -> str:
    """Tell a numerator that is a whole number if its comma was meant between thousands, with nothing to confirm it."""
    return (
        f"AND({_blank(value)},{above}>=1,ROUND({above},0)<>{above},ROUND({above},3)={above},ROUND({below},0)={below},"
        f"ROUND({above}*1000,0)<={below})"
    )


def _is_one_of(cell: str, words: Sequence[str]) -> str:
    # Answers pasted from a page or from Word have spaces that TRIM leaves.
    spelt = [word.replace("đ", letter) for word in words for letter in "đðɖ" if letter == "đ" or "đ" in word]
    same = [f'TRIM(SUBSTITUTE({cell},"\u00a0"," "))={_quoted(word)}' for word in spelt]
    return f"OR({','.join(same)})" if len(same) > 1 else same[0]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _decimals(measure: Measure) -> int:
    assert measure.counted is not None  # the model sees to it
    return measure.counted.decimals
