"""The looks that all workbooks share, as properties of formats; each workbook adds its own."""

from __future__ import annotations

from typing import Any

Look = dict[str, Any]

FONT = "Times New Roman"
LETTERS: Look = {"font_name": FONT, "font_size": 11}
TITLE: Look = {"bold": True, "font_size": 14}
BOXED: Look = {"border": 1, "border_color": "#A6A6A6"}
HEAD: Look = {"bold": True, "bg_color": "#DDEBF7", "align": "center", "valign": "vcenter"}
"""The head of a table's column."""
TINY: Look = {"font_name": FONT, "font_size": 6, "font_color": "#A6A6A6"}
"""Ids that only the program reads."""
