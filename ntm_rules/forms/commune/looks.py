"""The formats of a form's cells, and the colours of its verdicts."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.evaluation.verdicts import LABELS, Verdict
from ntm_rules.i18n import _
from ntm_rules.report.palette import COLOURS, Colours
from ntm_rules.spreadsheet.looks import BOXED, HEAD, LETTERS, TINY, TITLE

ENTRY, SHUT, APPRAISER, WRONG = "#FFF2CC", "#E7E6E6", "#E2EFDA", "#F8CBAD"
"""Backgrounds: a cell to fill in, one of no use here, one of the appraiser, one with a mistake."""
DOUBTED = "#FFD966"
"""Background of a cell to look at again, and of the note beside it."""
VERDICT_COLOURS = {**COLOURS, Verdict.NO_DATA: Colours("#FFFFFF", "#7F6000")}
"""As everywhere, but what is missing stands on white: yellow is for cells to fill in."""


class Looks:
    """The formats of one form."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        base = {**LETTERS, "valign": "vcenter"}
        wrapped = {**base, "text_wrap": True}
        boxed = {**wrapped, **BOXED}
        entry = {**boxed, "bg_color": ENTRY, "locked": False, "align": "center"}
        self.title = book.add_format({**base, **TITLE})
        self.line = book.add_format({**base, "italic": True})
        self.warning = book.add_format({**base, "bold": True, "font_color": "#C00000"})
        self.fact = book.add_format({**base, "bold": True})
        self.said = book.add_format({**base, "align": "left", "num_format": "@"})
        self.choice = book.add_format({**base, "align": "left", "bg_color": ENTRY, "locked": False, "border": 1})
        self.year = book.add_format({**base, "align": "left"})
        self.words = book.add_format(wrapped)
        self.strong = book.add_format({**wrapped, "bold": True})
        self.head = book.add_format({**boxed, **HEAD})
        self.criterion = book.add_format({**base, "bold": True, "bg_color": "#BDD7EE", "top": 1, "bottom": 1})
        self.criterion_verdict = book.add_format(
            {**base, "bold": True, "bg_color": "#BDD7EE", "top": 1, "bottom": 1, "align": "center"}
        )
        self.indicator = book.add_format({**boxed, "bold": True, "bg_color": "#F2F2F2"})
        self.indicator_verdict = book.add_format({**boxed, "bold": True, "bg_color": "#F2F2F2", "align": "center"})
        self.alternatives = book.add_format({**boxed, "italic": True, "bg_color": "#F2F2F2", "align": "left"})
        self.told = book.add_format(boxed)
        self.told_centre = book.add_format({**boxed, "align": "center"})
        self.small = book.add_format({**boxed, "font_size": 9})
        self.before = book.add_format({**boxed, "align": "center", "bg_color": SHUT, "font_color": "#404040"})
        self.computed = book.add_format({**boxed, "align": "center"})
        self.verdict = book.add_format({**boxed, "align": "center"})
        self.entry = book.add_format(entry)
        self.percent = book.add_format({**entry, "num_format": "0.0#####%"})
        self.day = book.add_format({**entry, "num_format": "dd/mm/yyyy"})
        self.entry_text = book.add_format({**entry, "align": "left", "num_format": "@"})
        self.shut = book.add_format({**boxed, "bg_color": SHUT})
        self.opinion = book.add_format({**boxed, "bg_color": APPRAISER})
        self.id = book.add_format(TINY)
        wrong = {**entry, "bg_color": WRONG, "border_color": "#C00000", "border": 2}
        self.wrong = book.add_format(wrong)
        self.struck_out = book.add_format({**wrong, "font_strikeout": True})
        self._wrong = wrong
        self._shown_as: dict[str, Format] = {}
        self.doubted = book.add_format({**wrong, "bg_color": DOUBTED, "border_color": "#BF8F00"})
        self.wrong_text = book.add_format({**wrong, "align": "left", "num_format": "@"})
        self._verdicts = {
            verdict: book.add_format({"bg_color": back, "font_color": text})
            for verdict, (back, text) in VERDICT_COLOURS.items()
        }
        self.link = book.add_format({**boxed, "align": "center", "font_color": "#0563C1", "underline": 1})
        self.strong_link = book.add_format(
            {**boxed, "align": "center", "font_color": "#0563C1", "underline": 1, "bold": True, "bg_color": "#F2F2F2"}
        )
        self.doubt = book.add_format({"bg_color": WRONG, "font_color": "#833C0B"})

    def shown_as(self, number_format: str) -> Format:
        """Return the look of a mistake whose number keeps the number format it came with."""
        if number_format not in self._shown_as:
            self._shown_as[number_format] = self._book.add_format({**self._wrong, "num_format": number_format})
        return self._shown_as[number_format]

    def colour_verdicts(self, sheet: Worksheet, first: int, column: int, last: int) -> None:
        """Colour the words of verdicts in a column of cells whose words are formulas."""
        for verdict, look in self._verdicts.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{_(LABELS[verdict])}"', "format": look}
            sheet.conditional_format(first, column, last, column, rule)

    def colour_words(self, sheet: Worksheet, first: int, column: int, last: int, words: str) -> None:
        """Colour one word of a column that asks for another look."""
        rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": self.doubt}
        sheet.conditional_format(first, column, last, column, rule)

    def of(self, verdict: Verdict) -> Format:
        """Return the colours of a verdict."""
        return self._verdicts[verdict]
