"""The Excel form as another way in and out: filled with what is saved, and taken over answer by answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.appraisal.entries import Entry, same_entry
from ntm_rules.dataset.cells.numbers import Cell, Refused, read_number, written
from ntm_rules.dataset.records import State
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.errors import NtmError
from ntm_rules.forms.commune.filled import Answer, DocumentRow, Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.not_carried import not_carried
from ntm_rules.forms.commune.returning import NATURE, take_back_safely
from ntm_rules.i18n import Message, _
from ntm_rules.web.laws import Opened
from ntm_rules.wording.findings import Mistake

LARGEST = 8 << 20


def filled_form(law: Opened, commune: str, entries: Mapping[str, Entry], *, illustrative: bool) -> bytes:
    """Return the form of a commune with everything that is saved."""
    last = next((one for one in law.before if (one.code, one.year) == (commune, law.year - 1)), None)
    maker = _maker(law)
    previous = dict(maker.before(last))
    for measure, entry in entries.items():
        if entry.previous and measure not in previous:
            previous[measure] = Answer(_cell(law, measure, entry.previous))
    filled = Filled(
        answers={measure: _answer(law, measure, entry) for measure, entry in entries.items() if entry},
        previous=previous,
        documents=[DocumentRow(measure, number=entry.document) for measure, entry in entries.items() if entry.document],
        illustrative=_(NATURE) if illustrative else "",
    )
    return maker.form(law.rules.communes[commune], filled)


def _maker(law: Opened) -> FormMaker:
    return FormMaker(law.rulebook.written(law.rules), law.rules, law.year)


def _answer(law: Opened, measure: str, entry: Entry) -> Answer:
    value, numerator, denominator = (
        _cell(law, measure, cell) for cell in (entry.value, entry.numerator, entry.denominator)
    )
    return Answer(value, numerator, denominator, entry.note)


def _cell(law: Opened, measure: str, text: str) -> Cell:
    """Return what is typed as the number it is read as, so that the form reckons; other texts as they are."""
    if not text or not law.rules.measures[measure].traits.quantity:
        return text
    try:
        digits, decimals = read_number(text, percentage=True)
    except Refused:
        return text
    return Decimal(digits).scaleb(-decimals)


@dataclass(frozen=True)
class Proposed:
    """What a filled form would change."""

    entries: Mapping[str, Entry]
    """Measure -> what would stand."""
    mistakes: Sequence[Mistake]
    """What is wrong in the form, or has no place here."""
    not_exact: Sequence[str]
    """Measures whose number cannot be written down exactly as text."""


def proposed(law: Opened, commune: str, content: bytes, name: str, current: Mapping[str, Entry]) -> Proposed:
    """Return what a form handed in would change of what is saved; what it leaves empty stays.

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
        if measure not in answers:
            continue
        previous = returned.filled.previous.get(measure, Answer()).value
        growth = law.rules.measures[measure].traits.needs_year_before
        own_previous = growth and (known is None or measure not in known.values)
        entry = _entry(answers[measure], previous if own_previous else "", "; ".join(documents.get(measure, ())))
        entry = _beside(law, measure, current.get(measure, Entry()), entry)
        if not same_entry(entry, current.get(measure, Entry())):
            entries[measure] = entry
            if not _exact(law, measure, answers[measure]):
                not_exact.append(measure)
    fresh = _maker(law).form(law.rules.communes[commune], returned.filled)
    lost = not_carried(content, returned.kept, returned.facts, law.vocabulary, fresh)
    return Proposed(
        {measure: entry for measure, entry in entries.items() if measure not in not_exact},
        [*returned.filled.mistakes, *lost],
        not_exact,
    )


def _entry(answer: Answer, previous: Cell, document: str) -> Entry:
    cells = (answer.value, answer.numerator, answer.denominator, previous)
    value, numerator, denominator, last = (written(cell).strip() for cell in cells)
    return Entry(value, numerator, denominator, last, document, answer.note.strip())


def _beside(law: Opened, measure: str, current: Entry, fresh: Entry) -> Entry:
    """Return what would stand: a figure that the form has replaces another figure, words it has replace the words."""
    read = law.vocabulary.figures[measure].read
    cells = [(one.value, one.numerator, one.denominator) for one in (current, fresh)]
    one, other = (read(*of)[0] for of in cells)
    same = one is not None and other is not None and one[:4] == other[:4] and other[0] is State.PRESENT
    figure = fresh if any(cells[1]) and not same else current
    return Entry(
        figure.value,
        figure.numerator,
        figure.denominator,
        fresh.previous or current.previous,
        fresh.document or current.document,
        fresh.note or current.note,
    )


def _exact(law: Opened, measure: str, answer: Answer) -> bool:
    """Tell whether the figure reads the same from the text it is written down as."""
    figure = law.vocabulary.figures[measure]
    cells = (answer.value, answer.numerator, answer.denominator)
    texts = [written(cell).strip() for cell in cells]
    one, other = figure.read(*cells)[0], figure.read(texts[0], texts[1], texts[2])[0]
    return (one and one[:4]) == (other and other[:4])


def _document_words(document: DocumentRow) -> str:
    return ", ".join(_said(document))


def _said(document: DocumentRow) -> Iterator[str]:
    for cell in (document.number, document.date, document.issuer, document.title, document.note):
        if text := written(cell).strip():
            yield text
