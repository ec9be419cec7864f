"""`ntm report letters`: the data of all communes in; a letter to each commune and agency, and who handed in what, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from ntm_rules.cli.batch import about
from ntm_rules.cli.console import Screen
from ntm_rules.cli.named import agency_named, commune_within
from ntm_rules.cli.outputs import files_read
from ntm_rules.cli.report_data import NOTHING_WRITTEN, WITH_PROBLEMS, WRITTEN, judged_data
from ntm_rules.cli.report_files import say_drafts, written_reports
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen_parts import show_problems
from ntm_rules.cli.standing_screen import show_handing_in
from ntm_rules.report.letter_rows import agencies_to_write_to
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.report.word.letters import LetterSubject, agency_letter, commune_letter, handed_in_paper
from ntm_rules.report.workbook.handed_in import write_handed_in
from ntm_rules.standing.handing_in import HandedIn
from ntm_rules.standing.overview import Overview

TABLE, WORKBOOK = "theo-doi-nop.docx", "theo-doi-nop.xlsx"


def run_letters(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    *,
    communes: Sequence[str],
    agencies: Sequence[str],
    everybody: bool,
    year: int | None,
    as_of: dt.date | None,
    by: dt.date | None,
) -> int:
    """Write the letters asked for, and with those to everybody the table of who handed in; return the exit status."""
    console = Screen(long_lines=True)
    found = judged_data(rulebook, data, console, year=year, as_of=as_of)
    if found is None:
        return NOTHING_WRITTEN
    header, overview = rulebook.loaded.header, found.overview
    rules = found.evaluation.rules
    to_communes = list(overview.handing_in.communes) if everybody else [_commune(overview, one) for one in communes]
    to_agencies = (
        agencies_to_write_to(overview) if everybody else [agency_named(rules, one, leading=False) for one in agencies]
    )
    letters = [f"xa-{one.commune.code}.docx" for one in to_communes] + [f"co-quan-{one}.docx" for one in to_agencies]
    files = [*dict.fromkeys(letters), *([TABLE, WORKBOOK] if everybody else [])]
    inputs = files_read(data, rulebook.overlay_paths)
    refuse_in_the_way(out, files, inputs)
    subject = LetterSubject(overview, header.reporting, header.legal_basis, found.overlays, by)
    with written_reports(out, inputs) as place:
        for one in to_communes:
            (place / f"xa-{one.commune.code}.docx").write_bytes(commune_letter(subject, one))
        for agency in to_agencies:
            (place / f"co-quan-{agency}.docx").write_bytes(agency_letter(subject, agency))
        if everybody:
            (place / TABLE).write_bytes(handed_in_paper(subject))
            said = about([found.evaluation], found.dataset, rulebook)
            write_handed_in(place / WORKBOOK, overview, said, frozenset(letters))
    say_drafts(console, [out / name for name in files], subject.warnings)
    show_handing_in(console, overview)
    show_problems(console, found.dataset.problems)
    return WITH_PROBLEMS if found.dataset.problems else WRITTEN


def _commune(overview: Overview, said: str) -> HandedIn:
    """Return what the commune of a code or name handed in.

    Raises:
        NtmError: none, or several, of that code or name; or the criteria do not apply to it.
    """
    unit = commune_within(overview.evaluation.rules.communes, said)
    return next(one for one in overview.handing_in.communes if one.commune.code == unit.code)
