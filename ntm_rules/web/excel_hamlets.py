"""The sheet of hamlets of the Excel form: written from what is saved, and taken over row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ntm_rules.appraisal.entries import Entry, same_entry
from ntm_rules.appraisal.hamlets import hamlets_in, kept_under, name_refusals
from ntm_rules.dataset.cells.numbers import written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.errors import Severity
from ntm_rules.forms.commune.filled import PARTS, Answer, HamletRow
from ntm_rules.i18n import Message
from ntm_rules.web.excel_cells import beside, cell_of, entry_in, is_exact
from ntm_rules.web.laws import Opened
from ntm_rules.wording.findings import Mistake


def form_rows(law: Opened, entries: Mapping[str, Entry]) -> list[HamletRow]:
    """Return the rows of the sheet of hamlets with everything that is saved."""
    rows = []
    for number, name in hamlets_in(entries).items():
        cells = {
            (measure, part): cell_of(law, measure, text)
            for measure in law.rules.hamlet_measures
            if (entry := entries.get(kept_under(measure, number)))
            for part in PARTS
            if (text := getattr(entry, part))
        }
        rows.append(HamletRow(name, cells))
    return rows


@dataclass
class ProposedOfHamlets:
    """What the rows of hamlets would change."""

    entries: dict[str, Entry] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    not_exact: list[str] = field(default_factory=list)


def proposed_of_hamlets(
    law: Opened, rows: Sequence[HamletRow], current: Mapping[str, Entry], numbers: Mapping[str, int]
) -> ProposedOfHamlets:
    """Return what rows of hamlets would change of what is saved: known ones by their names, others as new ones.

    `numbers`: the number of every hamlet that there is or was, by the key of its name.
    """
    found, there, known = ProposedOfHamlets(), hamlets_in(current), dict(numbers)
    for row in rows:
        name = " ".join(written(row.name).split())
        if not name:  # the reader has said what is wrong with its figures
            continue
        number = known.setdefault(key(name), max(known.values(), default=0) + 1)
        if number not in there:
            kept, entry = kept_under("", number), Entry(name)
            refused = name_refusals(kept, entry, there)
            if refused:
                mend = Message("Mend the name in the sheet of hamlets.")
                found.mistakes += [Mistake(Severity.ERROR, "", "", name, said, mend) for said in refused]
                continue
            there[number], found.entries[kept] = name, entry
        for measure in law.rules.hamlet_measures:
            value, numerator, denominator = (row.cells.get((measure, part), "") for part in PARTS)
            answer = Answer(value, numerator, denominator)
            kept = kept_under(measure, number)
            standing = current.get(kept, Entry())
            fresh = beside(law, measure, standing, entry_in(answer, "", ""))
            if kept in found.entries or same_entry(fresh, standing):
                continue
            if is_exact(law, measure, answer):
                found.entries[kept] = fresh
            else:
                found.not_exact.append(kept)
    return found
