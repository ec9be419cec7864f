"""Checking that every cross-check speaks of what the set has: measures, kinds, units, answers, words to fill in."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence

from ntm_rules.errors import nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook.cross_checks import Changed, CrossCheck, Selection, Statement, named
from ntm_rules.rulebook.kinds import DATES, KINDS, QUANTITIES, SHARES
from ntm_rules.rulebook.models import Measure, Text
from ntm_rules.rulebook.names import Names
from ntm_rules.rulebook.problem_codes import UNFIT_CROSS_CHECK, UNKNOWN_GRADE, WRONG_KIND
from ntm_rules.rulebook.yaml_reader import Place

EVERY_KIND = frozenset(KINDS)
FITTING: Mapping[str, frozenset[str]] = {
    "changed": QUANTITIES,
    "no_longer_met": EVERY_KIND,
    "exactly_the_target": QUANTITIES,
    "without_evidence": EVERY_KIND,
    "document_without": EVERY_KIND,
    "document_dated": EVERY_KIND,
    "all_identical": QUANTITIES,
}
"""Condition that selects figures -> the kinds it can look at."""


def check_cross_checks(names: Names, file: str, checks: Mapping[int, CrossCheck]) -> None:
    """Tell of every name, unit and placeholder in a file of cross-checks that does not fit the set."""
    names.once(file, {i: check.id for i, check in checks.items()})
    above: list[str] = []
    for i, check in checks.items():
        for j, id_ in enumerate(check.unless):
            if id_ not in above and file not in names.incomplete:
                message = Message("“{id}” is no check above this one", id=id_)
                names.problem(file, (i, "unless", j), message, UNFIT_CROSS_CHECK)
        above.append(check.id)
        _Checker(names, file, (i, check.condition)).condition(check)
        for key in ("finding", "mend"):
            _placeholders(names, file, (i, key), getattr(check, key), check.filled_in)


class _Checker:
    """Checks one condition, at its place."""

    def __init__(self, names: Names, file: str, place: Place) -> None:
        self.names, self.file, self.place = names, file, place

    def condition(self, check: CrossCheck) -> None:
        if check.relation:
            other, terms = check.relation.comparison
            self._alike([("sum", check.relation.sum), (other, terms)])
        if check.same:
            self._alike([("of", check.same.of)])
        if check.contradiction:
            for key in ("when", "yet"):
                for i, statement in enumerate(getattr(check.contradiction, key)):
                    self._statement((*self.place, key, i), statement)
        if check.changed:
            self._changed(check.changed)
        elif check.condition in FITTING:
            condition = getattr(check, check.condition)
            shares_only = check.all_identical is not None and check.all_identical.to == "each_other"
            self._selected(condition.of, SHARES if shares_only else FITTING[check.condition])

    def _changed(self, changed: Changed) -> None:
        shares_only = changed.points is not None or changed.part is not None
        self._selected(changed.of, SHARES if shares_only else QUANTITIES)

    def _selected(self, selection: Selection, kinds: frozenset[str]) -> None:
        for key, ids in (("measures", selection.measures or ()), ("except", selection.except_)):
            for i, id_ in enumerate(ids):
                fitting = kinds if key == "measures" else EVERY_KIND
                self.names.measure(self.file, (*self.place, "of", key, i), id_, fitting)
        for i, kind in enumerate(selection.kinds or ()):
            if kind not in kinds:
                message = Message(
                    "this condition does not look at a {kind}; it looks at: {kinds}",
                    kind=kind,
                    kinds=", ".join(sorted(kinds)),
                )
                self.names.problem(self.file, (*self.place, "of", "kinds", i), message, WRONG_KIND)

    def _alike(self, sides: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Tell of terms that are not there, and of the first that is in another unit than the first of all."""
        first: tuple[str, Text] | None = None
        for key, terms in sides:
            for i, term in enumerate(terms):
                place = (*self.place, key, i)
                measure = self._quantity(place, term)
                if measure is None:
                    continue
                unit = unit_of(measure, named(term).part)
                if first is None:
                    first = (term, unit)
                elif unit != first[1]:
                    message = Message(
                        "{term} is in {unit} and {other} in {other_unit}; only like units can be compared",
                        term=term,
                        unit=unit,
                        other=first[0],
                        other_unit=first[1],
                    )
                    self.names.problem(self.file, place, message, UNFIT_CROSS_CHECK)

    def _quantity(self, place: Place, term: str) -> Measure | None:
        id_, part = named(term)
        return self.names.measure(self.file, place, id_, SHARES if part else QUANTITIES)

    def _statement(self, place: Place, statement: Statement) -> None:
        id_, part = named(statement.figure)
        if statement.answered is None or part:
            measure = self._quantity((*place, "figure"), statement.figure)
            if statement.answered is not None and measure is not None:
                message = Message("{figure} is a quantity, and answers nothing", figure=statement.figure)
                self.names.problem(self.file, (*place, "answered"), message, UNFIT_CROSS_CHECK)
            return
        measure = self.names.measure(self.file, (*place, "figure"), id_, EVERY_KIND - QUANTITIES - DATES)
        if measure is None:
            return
        allowed = self._answers(measure)
        if allowed and statement.answered not in allowed:
            message = Message(
                "“{value}” is not an answer of {measure}: {answers}",
                value=statement.answered,
                measure=measure.id,
                answers=", ".join(allowed),
            )
            code = UNKNOWN_GRADE if measure.traits.graded else UNFIT_CROSS_CHECK
            self.names.problem(self.file, (*place, "answered"), message, code)

    def _answers(self, measure: Measure) -> Sequence[str]:
        if not measure.traits.graded:
            return [choice.code for choice in measure.traits.choices if choice.rank is not None]
        scale = self.names.scales.get(measure.scale or "")
        return [grade.id for grade in scale.grades] if scale else ()


def unit_of(measure: Measure, part: str) -> Text:
    """Return the unit in which a figure, or a thing that a share counts, is compared with others."""
    if part and measure.counted is not None:
        return measure.counted.unit
    return measure.reported_unit


def _placeholders(names: Names, file: str, place: Place, text: Text, allowed: Iterable[str]) -> None:
    for language in ("vi", "en"):
        try:
            fields = [_field(*parts[1:]) for parts in string.Formatter().parse(text.in_language(language))]
        except ValueError:
            message = Message("a brace is opened or closed alone; only words to fill in stand in braces")
            names.problem(file, (*place, language), message, UNFIT_CROSS_CHECK)
            continue
        for field in fields:
            if field is None or field in allowed:
                continue
            known = ", ".join(sorted(allowed))
            closest = nearest(field, allowed)
            message = (
                Message(
                    "nothing fills in “{field}”; did you mean “{nearest}”? What can be filled in: {known}",
                    field=field,
                    nearest=closest,
                    known=known,
                )
                if closest
                else Message("nothing fills in “{field}”; what can be filled in: {known}", field=field, known=known)
            )
            names.problem(file, (*place, language), message, UNFIT_CROSS_CHECK)


def _field(name: str | None, form: str | None, conversion: str | None) -> str | None:
    """Return what stands in braces, as written; None for text without any."""
    if name is None:
        return None
    return name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
