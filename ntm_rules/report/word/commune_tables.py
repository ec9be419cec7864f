"""The tables of a commune's report: by criterion, the documents it names, data problems, and the annexed Biểu 10."""

from __future__ import annotations

from ntm_rules.i18n import _
from ntm_rules.report.evidence import bare_and_backed, evidence_rows
from ntm_rules.report.tables.commune import criteria_of, documents
from ntm_rules.report.tables.form_10 import form_10, form_10_rows
from ntm_rules.report.tables.problems import mistakes
from ntm_rules.report.word.commune_subject import SelfAssessment
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, Paper
from ntm_rules.report.word.tables import add_captioned, add_table
from ntm_rules.standing.one_commune import lack_of
from ntm_rules.standing.values import Lack
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.standing import only_rulings_words

FEW_CRITERIA = 15
"""Up to this many rows, the table of the criteria is kept on one page."""


def add_criteria(paper: Paper, subject: SelfAssessment) -> None:
    """Add how many indicators of each criterion are met, and the verdict of the criterion."""
    title = _("Table {table}. Results by criterion", table=paper.next_table())
    table = criteria_of(subject.rules, subject.result).wide(10, 58, 26, 22, 18, 20, 36, 0, 0)
    add_captioned(paper, title, table, together=len(table) <= FEW_CRITERIA)
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
    widths = {"number": 38, "date": 24, "issuer": 36, "title": 48, "ids": 32}
    for key in widths:  # many a form names documents in one cell
        widths[key] *= any(getattr(row, key) for row in rows)
    add_table(paper, title, documents(rows).only(**widths).numbered(9))


def add_problems(paper: Paper, subject: SelfAssessment) -> None:
    """Add the problems of the data, each with its place and its mend."""
    title = _("Table {table}. What could not be used, or needs a look", table=paper.next_table())
    add_captioned(paper, title, mistakes(subject.problems).wide(34, 62, 60).numbered(9))


def add_form_10(paper: Paper, subject: SelfAssessment) -> None:
    """Add the annex across the page: every criterion, indicator and part with last year's and this year's result."""
    paper.turn(landscape=True)
    year = subject.facts.report.year
    unit = full_name(subject.unit)
    paper.heading(_("ANNEX I. RESULTS BY CRITERION AND INDICATOR (in the shape of Biểu 10)"), align="center")
    title = _("{commune}: results against the criteria, {year}", commune=unit, year=year)
    paper.add(title, "Caption")
    add_warnings(paper, subject.warnings)
    rows = form_10_rows(subject.rules, subject.facts, subject.result, subject.conditions, subject.before)
    table = form_10(rows, year).wide(16, 63, 20, 24, 19, 22, 21, 14, 15, 50)
    add_table(paper, title, table, width=LANDSCAPE_WIDTH, size=10.5)
