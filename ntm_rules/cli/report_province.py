"""`ntm report province`: the data of all communes in; the summary paper, Biểu 05 and 06 and the results out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from ntm_rules.cli.batch import about
from ntm_rules.cli.console import Screen
from ntm_rules.cli.outputs import files_read
from ntm_rules.cli.report_data import NOTHING_WRITTEN, WITH_PROBLEMS, WRITTEN, judged_data
from ntm_rules.cli.report_files import say_drafts, written_reports
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen_parts import show_problems
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.report.charts.province import criteria_chart
from ntm_rules.report.finding_columns import FindingColumns
from ntm_rules.report.findings import counts_words
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.report.word.province import ProvinceSubject, province_paper
from ntm_rules.report.wording import invented
from ntm_rules.report.workbook import write_workbook
from ntm_rules.report.workbook.province_forms import write_province_forms

PAPER, FORMS, RESULTS = "bao-cao-tong-hop.docx", "bieu-05-06.xlsx", "ket-qua.xlsx"
FILES = (PAPER, FORMS, RESULTS)


def run_province(
    rulebook: Rulebook, data: Sequence[Path], out: Path, *, year: int | None, as_of: dt.date | None
) -> int:
    """Write the province's paper and workbooks; return the exit status."""
    console = Screen(long_lines=True)
    inputs = files_read(data, rulebook.overlay_paths)
    refuse_in_the_way(out, FILES, inputs)
    found = judged_data(rulebook, data, console, year=year, as_of=as_of)
    if found is None:
        return NOTHING_WRITTEN
    dataset = found.dataset
    warnings = invented(rules=found.evaluation.rules.illustrative, data=dataset.illustrative)
    rules = found.evaluation.rules
    findings = cross_check(found.evaluation, dataset) if rules.cross_checks else None
    subject = ProvinceSubject(
        overview=found.overview,
        reporting=rulebook.loaded.header.reporting,
        legal_basis=rulebook.loaded.header.legal_basis,
        overlays=found.overlays,
        problems=dataset.problems,
        findings=None if findings is None else list(findings),
        illustrative_data=dataset.illustrative,
        chart=criteria_chart(found.usable_alone(), warnings),
    )
    said = about([found.evaluation], dataset, rulebook)
    looked_at = None if findings is None else list(FindingColumns(findings).rows())
    with written_reports(out, inputs) as place:
        (place / PAPER).write_bytes(province_paper(subject))
        write_province_forms(place / FORMS, subject.periods, said)
        write_workbook(place / RESULTS, [found.overview], dataset.problems, said, looked_at)
    say_drafts(console, [out / name for name in FILES], warnings)
    show_problems(console, dataset.problems)
    if findings is not None:
        console.print(counts_words(findings.severities), style="bold cyan")
    return WITH_PROBLEMS if dataset.problems else WRITTEN
