"""The data of all communes in; the province's summary paper, Biểu 05 and 06 and the results out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.report.charts.province import criteria_chart
from ntm_rules.report.finding_columns import finding_table
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.report.word.province import ProvinceSubject, province_paper
from ntm_rules.report.xlsx import write_workbook
from ntm_rules.report.xlsx.province_forms import write_province_forms
from ntm_rules.runs.judged import judged_year
from ntm_rules.runs.long_work import Progress, unseen
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.paper_files import Papers, written_reports
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.results import about
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.wording.findings import severity_counts
from ntm_rules.wording.values import invented

PAPER, FORMS, RESULTS = "bao-cao-tong-hop.docx", "bieu-05-06.xlsx", "ket-qua.xlsx"
FILES = (PAPER, FORMS, RESULTS)


def write_province(
    rulebook: Rulebook, data: Sequence[Path], out: Path, *, year: int | None = None, progress: Progress = unseen
) -> Papers | NothingEvaluated:
    """Write the province's paper and workbooks of one year, that asked for or the latest, into a folder.

    Raises:
        NtmError: a path that is not there, a file in the way, or a year outside the period of the set.
    """
    inputs = files_read(data, rulebook.overlay_paths)
    refuse_in_the_way(out, FILES, inputs)
    judged = judged_year(rulebook, data, year, progress=progress)
    if isinstance(judged, NothingEvaluated):
        return judged
    dataset, rules = judged.dataset, judged.overview.evaluation.rules
    warnings = invented(rules=rules.illustrative, data=dataset.illustrative)
    findings = cross_check(judged.overview.evaluation, dataset) if rules.cross_checks else None
    subject = ProvinceSubject(
        overview=judged.overview,
        reporting=rulebook.loaded.header.reporting_in(rules.communes.province),
        legal_basis=rulebook.loaded.header.legal_basis,
        overlays=judged.overlays,
        problems=dataset.problems,
        findings=None if findings is None else list(findings),
        illustrative_data=dataset.illustrative,
        chart=criteria_chart(judged.usable_alone(), warnings),
    )
    said = about(judged)
    counts = None if findings is None else severity_counts(findings.severities)
    tables = [] if findings is None else [finding_table(findings)]
    with written_reports(out, inputs) as place:
        (place / PAPER).write_bytes(province_paper(subject))
        write_province_forms(place / FORMS, subject.periods, said)
        write_workbook(place / RESULTS, judged.overviews, dataset.problems, said, counts, tables)
    return Papers(judged, [out / name for name in FILES], warnings, findings)
