"""The data of all communes in; for each lead agency its paper and its workbook out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.report.charts.agency import indicators_chart
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.report.word.agency import AgencySubject, agency_paper
from ntm_rules.report.xlsx.agency import write_agency, write_index
from ntm_rules.runs.judged import judged_year
from ntm_rules.runs.long_work import Progress, Work, unseen
from ntm_rules.runs.named import agency_named
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.paper_files import Papers, written_reports
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.results import about
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.standing.agency_share import AgencyShare, agency_share
from ntm_rules.wording.values import invented

INDEX = "muc-luc.xlsx"


def write_agencies(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    *,
    agencies: Sequence[str] = (),
    year: int | None = None,
    progress: Progress = unseen,
) -> Papers | NothingEvaluated:
    """Write the papers of some lead agencies, or of all and an index, of one year: that asked for or the latest.

    Raises:
        NtmError: a path that is not there, an agency that leads nothing, a file in the way, or a year outside the period.
    """
    judged = judged_year(rulebook, data, year, progress=progress)
    if isinstance(judged, NothingEvaluated):
        return judged
    evaluation, dataset, of_year = judged.usable_alone(), judged.dataset, judged.overview.year
    asked = [agency_named(evaluation.rules, agency) for agency in agencies] or list(evaluation.rules.lead_agencies)
    files = [f"{agency}.{suffix}" for agency in asked for suffix in ("docx", "xlsx")]
    files += [] if agencies else [INDEX]
    inputs = files_read(data, rulebook.overlay_paths)
    refuse_in_the_way(out, files, inputs)
    warnings = invented(rules=evaluation.rules.illustrative, data=dataset.illustrative)
    findings = list(cross_check(evaluation, dataset)) if evaluation.rules.cross_checks else None
    said = about(judged, evaluation)
    shares: list[AgencyShare] = []
    with written_reports(out, inputs) as place:
        for agency in asked:
            progress(Work.WRITING, len(shares), len(asked))
            share = agency_share(evaluation, agency)
            subject = AgencySubject(
                share=share,
                overview=judged.overview,
                legal_basis=rulebook.loaded.header.legal_basis,
                overlays=judged.overlays,
                reporting=rulebook.loaded.header.reporting_in(evaluation.rules.communes.province),
                findings=findings,
                illustrative_data=dataset.illustrative,
                chart=indicators_chart(evaluation, agency, warnings),
            )
            (place / f"{agency}.docx").write_bytes(agency_paper(subject))
            write_agency(place / f"{agency}.xlsx", share, of_year, said)
            shares.append(share)
        if not agencies:
            write_index(place / INDEX, shares, of_year, said)
    return Papers(judged, [out / name for name in files], warnings)
