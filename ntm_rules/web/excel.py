"""The Excel form as another way in and out: filled with what is saved, and taken over answer by answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.appraisal.entries import Entry, same_entry
from ntm_rules.appraisal.hamlets import parted
from ntm_rules.dataset.cells.numbers import written
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.errors import NtmError, Severity
from ntm_rules.forms.commune.filled import Answer, DocumentRow, Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.not_carried import not_carried
from ntm_rules.forms.commune.returning import NATURE, take_back_safely
from ntm_rules.i18n import Message, _
from ntm_rules.web.excel_cells import beside, cell_of, entry_in, is_exact
from ntm_rules.web.excel_hamlets import form_rows, proposed_of_hamlets
from ntm_rules.web.laws import Opened
from ntm_rules.wording.findings import Mistake

LARGEST = 8 << 20


def filled_form(law: Opened, commune: str, entries: Mapping[str, Entry], *, illustrative: bool) -> bytes:
    """Return the form of a commune with everything that is saved."""
    last = next((one for one in law.before if (one.code, one.year) == (commune, law.year - 1)), None)
    maker = _maker(law)
    previous = dict(maker.before(last))
    own = {measure: entry for measure, entry in entries.items() if not parted(measure)[1]}
    for measure, entry in own.items():
        if entry.previous and measure not in previous:
            previous[measure] = Answer(cell_of(law, measure, entry.previous))
    filled = Filled(
        answers={measure: _answer(law, measure, entry) for measure, entry in own.items() if entry},
        previous=previous,
        documents=[DocumentRow(measure, number=entry.document) for measure, entry in own.items() if entry.document],
        hamlets=form_rows(law, entries),
        illustrative=_(NATURE) if illustrative else "",
    )
    return maker.form(law.rules.communes[commune], filled)


def _maker(law: Opened) -> FormMaker:
    return FormMaker(law.rulebook.written(law.rules), law.rules, law.year)


def _answer(law: Opened, measure: str, entry: Entry) -> Answer:
    value, numerator, denominator = (
        cell_of(law, measure, cell) for cell in (entry.value, entry.numerator, entry.denominator)
    )
    return Answer(value, numerator, denominator, entry.note)


@dataclass(frozen=True)
class Proposed:
    """What a filled form would change."""

    entries: Mapping[str, Entry]
    """Measure -> what would stand."""
    mistakes: Sequence[Mistake]
    """What is wrong in the form, or has no place here."""
    not_exact: Sequence[str]
    """Measures whose number cannot be written down exactly as text."""


def proposed(
    law: Opened, commune: str, content: bytes, name: str, current: Mapping[str, Entry], numbers: Mapping[str, int] = {}
) -> Proposed:
    """Return what a form handed in would change of what is saved; what it leaves empty stays.

    `numbers`: the number of every hamlet that there is or was, by the key of its name.

    Raises:
        NtmError: it cannot be read, or is of another commune or year.
    """
    if len(content) > LARGEST:
        raise NtmError(Message("“{name}” is larger than {most} MB.", name=name, most=LARGEST >> 20))
    try:
        returned = take_back_safely(content, name, law.vocabulary)
    except FileRefused:
        raise NtmError(
            Message("“{name}” cannot be read as an Excel form; save it as .xlsx and try again.", name=name)
        ) from None
    owner = returned.owner
    if owner is None:
        unread = [one for one in returned.filled.mistakes if one.severity is Severity.ERROR and not str(one.place)]
        if unread:
            raise NtmError(
                *(Message("“{name}”: {said}. {mend}", name=name, said=one.said, mend=one.mend) for one in unread)
            )
        raise NtmError(
            Message("“{name}” does not say of which commune and year it is.", name=name),
            Message("Download the form from the dossier, fill it in and upload that one."),
        )
    if owner.code != commune or (owner.year or law.year) != law.year:
        mine = law.rules.communes[commune].name
        said = {"other": f"{owner.name} {owner.year or ''}".strip(), "own": f"{mine} {law.year}"}
        raise NtmError(Message("The form is of {other}, this dossier of {own}; nothing was taken over.", **said))
    documents: dict[str, list[str]] = {}
    for document in returned.filled.documents:
        if words := _document_words(document):
            documents.setdefault(document.measure, []).append(words)
    known = {(one.code, one.year): one for one in law.before}.get((commune, law.year - 1))
    entries: dict[str, Entry] = {}
    not_exact: list[str] = []
    answers = dict(returned.filled.answers)
    for measure in {*documents, *returned.filled.previous} - answers.keys():
        answers[measure] = Answer()
    for measure in law.rules.measures:
        if measure not in answers or law.rules.measures[measure].of_hamlets:
            continue
        previous = returned.filled.previous.get(measure, Answer()).value
        growth = law.rules.measures[measure].traits.needs_year_before
        own_previous = growth and (known is None or measure not in known.values)
        entry = entry_in(answers[measure], previous if own_previous else "", "; ".join(documents.get(measure, ())))
        entry = beside(law, measure, current.get(measure, Entry()), entry)
        if not same_entry(entry, current.get(measure, Entry())):
            entries[measure] = entry
            if not is_exact(law, measure, answers[measure]):
                not_exact.append(measure)
    of_hamlets = proposed_of_hamlets(law, returned.filled.hamlets, current, numbers)
    entries |= of_hamlets.entries
    not_exact += of_hamlets.not_exact
    fresh = _maker(law).form(law.rules.communes[commune], returned.filled)
    lost = not_carried(content, returned.kept, returned.facts, law.vocabulary, fresh)
    return Proposed(
        {measure: entry for measure, entry in entries.items() if measure not in not_exact},
        [*returned.filled.mistakes, *lost, *of_hamlets.mistakes],
        not_exact,
    )


def _document_words(document: DocumentRow) -> str:
    return ", ".join(_said(document))


def _said(document: DocumentRow) -> Iterator[str]:
    for cell in (document.number, document.date, document.issuer, document.title, document.note):
        if text := written(cell).strip():
            yield text
