"""The data of all communes in; a letter to each commune and agency, and who handed in what, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from ntm_rules.report.tables.asked import agencies_to_write_to
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.report.word.letters import LetterSubject, agency_letter, commune_letter, handed_in_paper
from ntm_rules.report.xlsx.handed_in import write_handed_in
from ntm_rules.runs.judged import judged_year
from ntm_rules.runs.long_work import Progress, unseen
from ntm_rules.runs.named import agency_named, commune_within
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.paper_files import Papers, written_reports
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.results import about
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.standing.handing_in import HandedIn
from ntm_rules.standing.overview import Overview

TABLE, WORKBOOK = "theo-doi-nop.docx", "theo-doi-nop.xlsx"


def write_letters(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    *,
    communes: Sequence[str] = (),
    agencies: Sequence[str] = (),
    year: int | None = None,
    by: dt.date | None = None,
    progress: Progress = unseen,
) -> Papers | NothingEvaluated:
    """Write the letters asked for; where none is named those to everybody, with the table of who handed in.

    Raises:
        NtmError: a path that is not there, an unknown commune or agency, a file in the way, or a year outside the period.
    """
    judged = judged_year(rulebook, data, year, progress=progress)
    if isinstance(judged, NothingEvaluated):
        return judged
    everybody = not (communes or agencies)
    header, overview = rulebook.loaded.header, judged.overview
    rules = overview.evaluation.rules
    to_communes = list(overview.handing_in.communes) if everybody else [_commune(overview, one) for one in communes]
    to_agencies = (
        agencies_to_write_to(overview) if everybody else [agency_named(rules, one, leading=False) for one in agencies]
    )
    letters = [f"xa-{one.commune.code}.docx" for one in to_communes] + [f"co-quan-{one}.docx" for one in to_agencies]
    files = [*dict.fromkeys(letters), *([TABLE, WORKBOOK] if everybody else [])]
    inputs = files_read(data, rulebook.overlay_paths)
    refuse_in_the_way(out, files, inputs)
    subject = LetterSubject(
        overview, header.reporting_in(rules.communes.province), header.legal_basis, judged.overlays, by
    )
    with written_reports(out, inputs) as place:
        for one in to_communes:
            (place / f"xa-{one.commune.code}.docx").write_bytes(commune_letter(subject, one))
        for agency in to_agencies:
            (place / f"co-quan-{agency}.docx").write_bytes(agency_letter(subject, agency))
        if everybody:
            (place / TABLE).write_bytes(handed_in_paper(subject))
            write_handed_in(place / WORKBOOK, overview, about(judged), frozenset(letters))
    return Papers(judged, [out / name for name in files], subject.warnings)


def _commune(overview: Overview, said: str) -> HandedIn:
    """Return what the commune of a code or name handed in.

    Raises:
        NtmError: none, or several, of that code or name; or the criteria do not apply to it.
    """
    unit = commune_within(overview.evaluation.rules.communes, said)
    return next(one for one in overview.handing_in.communes if one.commune.code == unit.code)
