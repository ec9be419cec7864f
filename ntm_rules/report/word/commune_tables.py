"""The tables of a commune's report: by criterion, the documents it names, data problems, and the annexed Biểu 10."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.evaluation.scores import tally
from ntm_rules.i18n import _
from ntm_rules.report.evidence import bare_and_backed, evidence_rows
from ntm_rules.report.form_10 import Form10Row, form_10_rows
from ntm_rules.report.word.commune_subject import SelfAssessment
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, Paper
from ntm_rules.report.word.tables import Column, Row, add_table, scaled
from ntm_rules.standing.one_commune import lack_of
from ntm_rules.standing.values import Lack
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.standing import only_rulings_words

FEW_CRITERIA = 15
"""Up to this many rows, the table of the criteria is kept on one page."""


def add_criteria(paper: Paper, subject: SelfAssessment) -> None:
    """Add how many indicators of each criterion are met, and the verdict of the criterion."""
    title = _("Table {table}. Results by criterion", table=paper.next_table())
    paper.add(title, "Caption")
    columns = [
        Column(_("No."), 10, "center"),
        Column(_("Criterion"), 58),
        Column(_("Indicators met / that apply"), 26, "center"),
        Column(_("Indicators not met"), 22, "center"),
        Column(_("No data yet"), 18, "center"),
        Column(_("Target not yet fixed"), 20, "center"),
        Column(_("Result of the criterion"), 36, "center"),
    ]
    rows = []
    for criterion, judged in zip(subject.rules.criteria, subject.result.children, strict=True):
        counts = tally(i.verdict for i in judged.children)
        counted = (f"{counts.met}/{counts.applicable}", *map(str, (counts.not_met, counts.no_data, counts.no_target)))
        rows.append(Row([criterion.id, str(criterion.words), *counted, str(judged.verdict.label)]))
    add_table(paper, scaled(columns, PORTRAIT_WIDTH), rows, title=title, together=len(rows) <= FEW_CRITERIA)
    waiting = [i for judged in subject.result.children for i in judged.children if lack_of(i) is Lack.RULING]
    if waiting:
        paper.remark(only_rulings_words(len(waiting)))


def evidence_words(subject: SelfAssessment) -> str:
    """Return how many documents the commune names and for how much of what it reports; which those are is annexed."""
    rows = evidence_rows(subject.rules, subject.facts.report)
    bare, backed = bare_and_backed(subject.rules, subject.facts.report)
    if not rows:
        return _("The commune names no document for its {total} figures and statements.", total=len(bare) + backed)
    return _(
        "The commune names {n} documents, listed in Annex II; {backed} of {total} figures and statements name one.",
        n=len(rows),
        backed=backed,
        total=len(bare) + backed,
    )


def add_evidence(paper: Paper, subject: SelfAssessment) -> None:
    """Add the annex of the documents named, each once for all that it backs; nothing where none is named."""
    rows = evidence_rows(subject.rules, subject.facts.report)
    if not rows:
        return
    paper.turn(landscape=False)
    paper.heading(_("ANNEX II. DOCUMENTS AND EVIDENCE"), align="center")
    title = _(
        "{commune}: documents that it names, {year}", commune=full_name(subject.unit), year=subject.facts.report.year
    )
    paper.add(title, "Caption")
    add_warnings(paper, subject.warnings)
    columns = [
        (Column(_("Number and sign"), 38), [row.number for row in rows]),
        (Column(_("Day"), 24, "center"), [row.date for row in rows]),
        (Column(_("Issuer"), 36), [row.issuer for row in rows]),
        (Column(_("Title, or as the commune writes it"), 48), [row.title for row in rows]),
        (Column(_("For indicator"), 32), [row.ids for row in rows]),
    ]
    told = [(column, texts) for column, texts in columns if any(texts)]  # many a form names documents in one cell
    body = [Row([str(n), *cells]) for n, cells in enumerate(zip(*(texts for _column, texts in told), strict=True), 1)]
    shown = [Column(_("No."), 9, "center"), *(column for column, _texts in told)]
    add_table(paper, scaled(shown, PORTRAIT_WIDTH), body, title=title)


def add_problems(paper: Paper, subject: SelfAssessment) -> None:
    """Add the problems of the data, each with its place and its mend."""
    title = _("Table {table}. What could not be used, or needs a look", table=paper.next_table())
    paper.add(title, "Caption")
    columns = [
        Column(_("No."), 9, "center"),
        Column(_("Place"), 34),
        Column(_("What is wrong"), 62),
        Column(_("How to mend it"), 60),
    ]
    rows = []
    for n, problem in enumerate(subject.problems, 1):
        place = str(problem.place())
        where = f"{problem.file}, {place}" if place else problem.file
        rows.append(Row([str(n), where, str(problem.message()), str(problem.mend_on_paper())]))
    add_table(paper, scaled(columns, PORTRAIT_WIDTH), rows, title=title)


def add_form_10(paper: Paper, subject: SelfAssessment) -> None:
    """Add the annex across the page: every criterion, indicator and part with last year's and this year's result."""
    paper.turn(landscape=True)
    year = subject.facts.report.year
    unit = full_name(subject.unit)
    paper.heading(_("ANNEX I. RESULTS BY CRITERION AND INDICATOR (in the shape of Biểu 10)"), align="center")
    title = _("{commune}: results against the criteria, {year}", commune=unit, year=year)
    paper.add(title, "Caption")
    add_warnings(paper, subject.warnings)
    add_table(paper, _form_10_columns(year), list(_form_10_body(subject)), title=title, size=10.5)


def _form_10_columns(year: int) -> list[Column]:
    result, verdict = _("Result"), _("Judged")
    before = _("Result by 31 Dec. {year}", year=year - 1)
    now, plan = _("Done in {year}", year=year), _("Plan, last 6 months of {year}", year=year)
    columns = [
        Column(_("No."), 16, "center"),
        Column(_("Content"), 63),
        Column(_("Unit of measure"), 20, "center"),
        Column(result, 24, "center", over=before),
        Column(verdict, 19, "center", over=before),
        Column(result, 22, "center", over=now),
        Column(verdict, 21, "center", over=now),
        Column(result, 14, "center", over=plan),
        Column(verdict, 15, "center", over=plan),
        Column(_("Note"), 50),
    ]
    return scaled(columns, LANDSCAPE_WIDTH)


def _form_10_body(subject: SelfAssessment) -> Iterator[Row]:
    found = list(form_10_rows(subject.rules, subject.facts, subject.result, subject.conditions, subject.before))
    condition_told = False
    for row in found:
        if row.level == "condition" and not condition_told:
            condition_told = True
            yield Row(["", _("Further conditions of recognition, apart from the criteria"), *[""] * 8], True, True)
        yield _form_10_row(row)


def _form_10_row(row: Form10Row) -> Row:
    criterion = row.level == "criterion"
    cells = [
        row.id,
        row.text,
        row.unit,
        row.result_before,
        row.verdict_before,
        row.result,
        str(row.verdict.label),
        "",
        "",
        row.note,
    ]
    return Row(cells, bold=criterion, shaded=criterion, italic=row.level == "part")
