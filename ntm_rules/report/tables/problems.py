"""The problems of the data and the findings of cross-checks: where, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.problems import Problem
from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.i18n import _
from ntm_rules.report.tables.coded import texts_in
from ntm_rules.report.tables.table import Column, Table, Term, marks, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Measure
from ntm_rules.text_columns import Columns, TextColumn, texts_of
from ntm_rules.wording.findings import finding_words, mend_words


def problems(
    problems: Sequence[Problem],
    measures: Mapping[str, Measure] | None = None,
    line: Callable[[Problem], str] = lambda one: str(one.line or ""),
) -> Table:
    """Return the problems of all files.

    Args:
        problems: one a row.
        measures: those whose label people read.
        line: returns the line of a problem as programs read it.
    """
    columns = [
        *texts(file=_("File"), sheet="", cell="", line=""),
        *texts(commune_code=_("Code"), commune=_("Commune"), year=_("Year"), measure=""),
        *texts(value=_("What stands there"), code="", severity=_("Severity")),
        *texts(message=_("What is wrong"), mend=_("How to mend it")),
        Column("place", _("Place"), for_people=True),
        Column("figure", _("Figure"), for_people=True),
    ]
    figures = {id_: f"{measure.label!s} ({id_})" for id_, measure in (measures or {}).items()}
    rows = [
        (
            *(one.file, one.sheet, one.cell, line(one)),
            *(one.commune_code, one.commune, str(one.year or ""), one.measure),
            *(one.value, one.code, Term(one.severity.value, str(one.severity.words))),
            *(str(one.message()), str(one.mend())),
            *(str(one.place()), figures.get(one.measure, one.measure)),
        )
        for one in problems
    ]
    return Table.of(columns, rows)


def mistakes(problems: Iterable[Problem]) -> Table:
    """Return problems as a paper tells them to those who mend them."""
    columns = [
        *texts(where=_("Place"), message=_("What is wrong"), mend=_("How to mend it")),
    ]
    rows = []
    for one in problems:
        place = str(one.place())
        where = f"{one.file}, {place}" if place else one.file
        rows.append((where, str(one.message()), str(one.mend_on_paper())))
    return Table.of(columns, rows)


def finding_columns() -> list[Column]:
    """Return the columns of findings."""
    return [
        *texts(check=_("Check"), severity=_("Severity"), commune_code=_("Code"), commune=_("Commune")),
        *texts(year=_("Year"), title=_("What it is about"), message=_("What was found"), mend=_("What to do")),
        *texts(file=_("File"), places=_("Place")),
    ]


def findings(year: Columns, severity: Severity) -> Table:
    """Return what cross-checks found in a year, as `finding_columns.finding_table` has it, of one severity."""
    columns = finding_columns()
    said = {column.key: _texts(year[column.key]) for column in columns}
    grave = said["severity"]
    rows = np.flatnonzero(np.array([text == severity for text in grave.texts], np.bool_)[grave.numbers])
    said["severity"] = TextColumn(grave.numbers, [str(Severity(text).words) for text in grave.texts])
    return Table(columns, [texts_in(said[column.key].at(rows)) for column in columns])


def _texts(column: TextColumn | NDArray[Any]) -> TextColumn:
    return column if isinstance(column, TextColumn) else texts_of(column, str)


def findings_of(rules: CriteriaSet, findings: Iterable[Finding]) -> Table:
    """Return findings of cross-checks one by one, the gravest first."""
    columns = [
        *texts(commune=_("Commune")),
        *marks(check=_("Check"), severity=_("Severity")),
        *texts(message=_("What was found"), mend=_("What to do")),
    ]
    rows = [
        (one.name, one.check.id, str(one.severity.words), finding_words(rules, one), mend_words(rules, one))
        for one in sorted(findings, key=lambda one: one.severity.rank)
    ]
    return Table.of(columns, rows)
