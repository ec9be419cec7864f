"""The plan's own tables, parsed from its text: what the rule files are held against.

The text stands in tab-separated rows. A blank agency cell continues the cell above it; a blank row
number continues the row above it over a page break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from ntm_rules.rulebook.loader import find_set, load_set

FOLDER = find_set()
SET = load_set(FOLDER)
PLAN = (FOLDER / "sources" / "ke-hoach-5434.txt").read_text(encoding="utf-8")
PAGE_BREAK = " ⏎ "


@dataclass(frozen=True)
class Row:
    """One row of a table of the plan, page breaks rejoined with ⏎ and merged cells filled."""

    number: str
    text: str
    lead: str
    cooperating: str
    period: str

    @property
    def is_heading(self) -> bool:
        """A criterion that only heads its rows has no agency of its own."""
        return not self.lead


def table(title: str) -> list[Row]:
    """Return the rows of the annex whose heading starts a line with `title`."""
    _, _, after = PLAN.partition(f"\n{title}")
    lines = takewhile(lambda line: not line.startswith("Phụ lục"), after.splitlines()[1:])
    rows: list[list[str]] = []
    for line in lines:
        cells = line.split("\t")
        if len(cells) < 6 or cells[0] == "STT":
            continue
        if not cells[0]:
            rows[-1] = [PAGE_BREAK.join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
            continue
        merged_with_the_row_above = "." in cells[0] and not cells[2]
        rows.append(cells[:2] + rows[-1][2:] if merged_with_the_row_above else cells)
    return [Row(*row[:5]) for row in rows]


ANNEX_I = table("Phụ lục I ")
ANNEX_III = table("Phụ lục III")
ITEMS = [row for row in ANNEX_III if not row.is_heading]
"""What can be evaluated: every row with an agency."""
CRITERIA = [row for row in ANNEX_III if "." not in row.number]

INDICATORS = [indicator for rules in SET.rules.values() for indicator in rules]
BY_ID = {indicator.id: indicator for indicator in INDICATORS}


def reading(text: str | None, given: str | None) -> str:
    """Return the words as they are meant: the reading where one is given."""
    return given or text or ""


def agency(name: str) -> str:
    """Return the id of the agency that the plan prints as `name`."""
    found = [a.id for a in SET.agencies.values() if name in (a.printed or (a.name.vi,))]
    assert len(found) == 1, name
    return found[0]


def shared_leads(cell: str) -> dict[str, str]:
    """Return the leads of an agency cell that splits its row: content (lower case) -> agency id."""
    leads: dict[str, str] = {}
    for part in cell.replace(PAGE_BREAK, " ").rstrip(".").split(";"):
        name, *contents = re.split(r" (?:phụ trách|và) nội dung ", part.strip())
        leads |= {content.lower(): agency(name) for content in contents}
    return leads
