"""What "meets the standard" comes to while figures are typed: its rows on the calculation sheet, their formulas and worth.

Amounts are whole numbers of the smallest unit of points, so that no cell rounds what is not enough up to enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from ntm_rules.evaluation.deciding import figures_decide
from ntm_rules.evaluation.standards import leaf_by_leaf, standard_verdict, weighing
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, target_units
from ntm_rules.forms.commune.formulas import combined
from ntm_rules.forms.commune.waiting import Amounts, figures_formula, is_plain, may_wait
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard

Row = tuple[str, str]
"""What is calculated, and of which part of which standard."""
STANDARD = "standard"
MET, OPEN, APPLIES, OWED = AMOUNTS = ("standard_met", "standard_open", "standard_applies", "standard_owed")
"""What of a leaf is met, open, applies, and how many of its parts lack data."""
_LONG_CELL = "ntm_tinh!$B$99999"
APART, FIGURES = "standard_apart", "standard_figures"
"""What the whole comes to leaf by leaf, and whether figures that are missing could still change it."""


def standards_of(rules: CriteriaSet) -> Iterator[tuple[Row, Standard]]:
    """Yield the standards of criteria, then that of the commune, by the row of whose verdict each is."""
    for criterion in rules.criteria:
        if criterion.standard is not None:
            yield ("criterion", criterion.id), criterion.standard
    if rules.standard is not None:
        yield ("commune", rules.id), rules.standard


def standard_rows(rules: CriteriaSet, of: Row, standard: Standard) -> Iterator[tuple[Row, Standard]]:
    """Yield the rows of a standard, each with the part it is of; parts before the whole."""
    tells = tells_apart(rules, standard)
    for path, part in _placed(_path(of), standard):
        if part.op == WEIGHED or (tells and part.is_leaf):
            yield from (((amount, path), part) for amount in AMOUNTS)
        if tells and part is standard:
            yield (APART, path), part
            yield (FIGURES, path), part
        yield (STANDARD, path), part


def tells_apart(rules: CriteriaSet, standard: Standard) -> bool:
    """Tell whether a form works out of what an undecided standard waits for where its leaves alone do not say."""
    return _may_differ(rules, standard) and _figures(rules, standard) is not None


def leaves_it_open(rules: CriteriaSet, standard: Standard) -> bool:
    """Tell whether the form calls an undecided standard NO_DATA where the program may know that figures change nothing."""
    return _may_differ(rules, standard) and _figures(rules, standard) is None


def _may_differ(rules: CriteriaSet, standard: Standard) -> bool:
    return not is_plain(standard) and bool(may_wait(rules, standard))


def _figures(
    rules: CriteriaSet, standard: Standard, cells: Mapping[Row, str] | None = None, path: str = ""
) -> str | None:
    """Return the formula of whether figures could change it; without cells one that is as long as any can be."""
    at: dict[Row, str] = {
        (one.level, one.id): _LONG_CELL if cells is None else cells[one.level, one.id] for one in standard.names()
    }
    amounts = [
        Amounts(*(_LONG_CELL if cells is None else cells[amount, leaf] for amount in (MET, APPLIES, OWED)))
        for leaf, part in _placed(path, standard)
        if part.is_leaf
    ]
    return figures_formula(standard, may_wait(rules, standard), at, amounts)


def _path(of: Row) -> str:
    return f"{of[0]} {of[1]}"


def _placed(path: str, standard: Standard) -> Iterator[tuple[str, Standard]]:
    for at, part in enumerate(standard.parts):
        if isinstance(part, Standard):
            yield from _placed(f"{path} {at}", part)
    yield path, standard


def standard_formula(rules: CriteriaSet, row: Row, part: Standard, cells: Mapping[Row, str]) -> str:
    """Return the formula of a row of `standard_rows`."""
    what, path = row
    if what == FIGURES:
        formula = _figures(rules, part, cells, path)
        assert formula is not None, "else it has no row"
        return formula
    if what == STANDARD and (APART, path) in cells:
        apart, figures = cells[APART, path], cells[FIGURES, path]
        return f"=IF(AND({apart}={Verdict.NO_DATA:d},{figures}=0),{Verdict.NO_TARGET:d},{apart})"
    named = [cells[one.level, one.id] for one in part.parts if isinstance(one, Named)]
    weights = [target_units(one.weight) for one in part.parts if isinstance(one, Named)]
    if what in AMOUNTS:
        terms = {
            MET: f"={Verdict.MET:d}",
            OPEN: "",
            APPLIES: f"<>{Verdict.NOT_APPLICABLE:d}",
            OWED: f"={Verdict.NO_DATA:d}",
        }[what]
        if what == OPEN:  # NO_TARGET or NO_DATA, which stand beside each other
            middle = Decimal(Verdict.NO_TARGET + Verdict.NO_DATA) / 2
            counted = [f"{w}*(ABS({cell}-{middle})<1)" for w, cell in zip(weights, named, strict=True)]
        else:
            counted = [f"{w}*({cell}{terms})" for w, cell in zip(weights, named, strict=True)]
        return f"={'+'.join(counted) or '0'}"
    if part.op != WEIGHED:
        inner = [cells[STANDARD, f"{path} {at}"] for at, one in enumerate(part.parts) if isinstance(one, Standard)]
        everything = [*named, *inner]
        return combined(part.op, everything) if everything else f"={Verdict.NOT_APPLICABLE:d}"
    met, open_, applies, owed = (cells[amount, path] for amount in AMOUNTS)
    bar = target_units(part.at_least)
    if part.percent:
        scale = PERCENT * target_units(Decimal(1))
        enough, short = f"{met}*{scale}>={bar}*{applies}", f"({met}+{open_})*{scale}<{bar}*{applies}"
    else:
        enough, short = f"{met}>={bar}", f"{met}+{open_}<{bar}"
    waits = f"IF({owed}>0,{Verdict.NO_DATA:d},{Verdict.NO_TARGET:d})"
    body = f"IF({enough},{Verdict.MET:d},IF({short},{Verdict.NOT_MET:d},{waits}))"
    return f"=IF({applies}=0,{Verdict.NOT_APPLICABLE:d},{body})"


def reckoned(
    rules: CriteriaSet, of: Row, standard: Standard, verdict_of: Callable[[Named], Verdict]
) -> Iterator[tuple[Row, int]]:
    """Yield what every row of `standard_rows` comes to."""
    tells = tells_apart(rules, standard)
    for row, part in standard_rows(rules, of, standard):
        if row[0] == STANDARD and part is standard and tells:
            yield row, int(standard_verdict(part, verdict_of))
        elif row[0] in (STANDARD, APART):
            yield row, int(leaf_by_leaf(part, verdict_of))
        elif row[0] == FIGURES:
            undecided = leaf_by_leaf(part, verdict_of) is Verdict.NO_DATA
            yield row, int(undecided and figures_decide(part, verdict_of))
        else:
            weighed = weighing(part, verdict_of)
            owed = sum((one.weight for one in part.names() if verdict_of(one) is Verdict.NO_DATA), Decimal(0))
            amounts = {MET: weighed.met, OPEN: weighed.open, APPLIES: weighed.applies, OWED: owed}
            yield row, target_units(amounts[row[0]])
