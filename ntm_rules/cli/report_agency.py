"""`ntm report agency`: the data of all communes in; for each lead agency its paper and its workbook out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from ntm_rules.cli.batch import about
from ntm_rules.cli.console import Screen
from ntm_rules.cli.long_work import progress_bar
from ntm_rules.cli.named import agency_named
from ntm_rules.cli.outputs import files_read
from ntm_rules.cli.report_data import NOTHING_WRITTEN, WITH_PROBLEMS, WRITTEN, judged_data
from ntm_rules.cli.report_files import say_drafts, written_reports
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen_parts import show_problems
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.i18n import _
from ntm_rules.report.agency_gaps import agency_share
from ntm_rules.report.charts.agency import indicators_chart
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.report.word.agency import AgencySubject, agency_paper
from ntm_rules.report.wording import invented
from ntm_rules.report.workbook.agency import write_agency, write_index

INDEX = "muc-luc.xlsx"


def run_agency(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    *,
    agencies: Sequence[str],
    year: int | None,
    as_of: dt.date | None,
) -> int:
    """Write the papers of some lead agencies, or of all and an index; return the exit status."""
    console = Screen(long_lines=True)
    found = judged_data(rulebook, data, console, year=year, as_of=as_of)
    if found is None:
        return NOTHING_WRITTEN
    evaluation, dataset = found.usable_alone(), found.dataset
    asked = [agency_named(evaluation.rules, agency) for agency in agencies] or list(evaluation.rules.lead_agencies)
    files = [f"{agency}.{suffix}" for agency in asked for suffix in ("docx", "xlsx")]
    files += [] if agencies else [INDEX]
    inputs = files_read(data, rulebook.overlay_paths)
    refuse_in_the_way(out, files, inputs)
    warnings = invented(rules=evaluation.rules.illustrative, data=dataset.illustrative)
    findings = list(cross_check(evaluation, dataset)) if evaluation.rules.cross_checks else None
    said = about([evaluation], dataset, rulebook)
    with written_reports(out, inputs) as place, progress_bar(Screen(errors=True)) as bar:
        task = bar.add_task(_("Writing"), total=len(asked))
        shares = []
        for agency in asked:
            share = agency_share(evaluation, agency)
            subject = AgencySubject(
                share=share,
                overview=found.overview,
                legal_basis=rulebook.loaded.header.legal_basis,
                overlays=found.overlays,
                reporting=rulebook.loaded.header.reporting,
                findings=findings,
                illustrative_data=dataset.illustrative,
                chart=indicators_chart(evaluation, agency, warnings),
            )
            (place / f"{agency}.docx").write_bytes(agency_paper(subject))
            write_agency(place / f"{agency}.xlsx", share, found.year, said)
            shares.append(share)
            bar.advance(task)
        if not agencies:
            write_index(place / INDEX, shares, found.year, said)
    say_drafts(console, [out / name for name in files], warnings)
    show_problems(console, dataset.problems)
    return WITH_PROBLEMS if dataset.problems else WRITTEN
