"""One figure between a form's cells and what is typed: as numbers that the form reckons with, and back as text."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.appraisal.entries import Entry
from ntm_rules.dataset.cells.numbers import Cell, Refused, read_number, written
from ntm_rules.dataset.records import State
from ntm_rules.forms.commune.filled import Answer
from ntm_rules.web.laws import Opened


def cell_of(law: Opened, measure: str, text: str) -> Cell:
    """Return what is typed as the number it is read as, so that the form reckons; other texts as they are."""
    if not text or not law.rules.measures[measure].traits.quantity:
        return text
    try:
        digits, decimals = read_number(text, percentage=True)
    except Refused:
        return text
    return Decimal(digits).scaleb(-decimals)


def entry_in(answer: Answer, previous: Cell, document: str) -> Entry:
    cells = (answer.value, answer.numerator, answer.denominator, previous)
    value, numerator, denominator, last = (written(cell).strip() for cell in cells)
    return Entry(value, numerator, denominator, last, document, answer.note.strip())


def beside(law: Opened, measure: str, current: Entry, fresh: Entry) -> Entry:
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


def is_exact(law: Opened, measure: str, answer: Answer) -> bool:
    """Tell whether the figure reads the same from the text it is written down as."""
    figure = law.vocabulary.figures[measure]
    cells = (answer.value, answer.numerator, answer.denominator)
    texts = [written(cell).strip() for cell in cells]
    one, other = figure.read(*cells)[0], figure.read(texts[0], texts[1], texts[2])[0]
    return (one and one[:4]) == (other and other[:4])
