"""The tile map: every unit of the register that has a tile, in the order of the map; no boundaries are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.html.links import in_a_row
from ntm_rules.report.html.values import Badge
from ntm_rules.report.site.layout import Layout
from ntm_rules.wording.communes import type_words

SHADES = 5
"""Shades of criteria met: none, three between, and all that apply."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit on the map."""

    name: str
    row: int
    column: int
    """Both from 1, the map's own edge taken off."""
    look: str
    address: str = ""
    words: str = ""
    verdict: Badge | None = None
    small: str = ""
    """Why nothing is told of it."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The tiles in rows, and what is judged but has none."""

    tiles: Sequence[Tile]
    rows: int
    columns: int
    left_out: Markup
    shades: Sequence[tuple[str, str]] = ()
    """The classes of the shades, with the numbers each stands for."""


def tiles(layout: Layout, tell: Callable[[int], Tile]) -> Tiles | None:
    """Return the map of a set whose register has one, None otherwise; `tell` says what stands on the tile of a record."""
    contents, register = layout.contents, layout.rules.communes
    placed = sorted(((unit.tile, unit) for unit in register if unit.tile), key=lambda one: one[0])
    if not placed:
        return None
    top, left = min(at[0] for at, _unit in placed), min(at[1] for at, _unit in placed)
    records = {at.code: record for record, at in enumerate(contents.records)}
    found = []
    for at, unit in placed:
        record = records.get(unit.code)
        if record is not None and contents.overview.usable[record]:
            tile = tell(record)
        elif address := layout.of_commune(unit.code):
            tile = Tile("", 0, 0, "silent", address, small=_("not usable"))
        elif unit.type == register.applies_to:
            tile = Tile("", 0, 0, "silent", small=_("no report"))
        else:
            tile = Tile("", 0, 0, "outside", small=type_words(unit))
        found.append(replace(tile, name=unit.name, row=at[0] - top + 1, column=at[1] - left + 1))
    shown = {unit.code for _at, unit in placed}
    left_out = in_a_row(layout.commune(record) for record, at in enumerate(contents.records) if at.code not in shown)
    return Tiles(found, max(tile.row for tile in found), max(tile.column for tile in found), left_out)


def criteria_tiles(layout: Layout) -> Tiles | None:
    """Return the map of how many criteria each commune meets."""

    def tell(record: int) -> Tile:
        one = layout.contents.overview.communes[record]
        met, of = one.criteria.met, one.criteria.applicable
        return Tile("", 0, 0, f"shade-{shade(met, of)}", layout.of_commune(one.report.code), f"{met}/{of}")

    found = tiles(layout, tell)
    shades = [(f"shade-{at}", numbers) for at, numbers in shade_words(len(layout.rules.criteria))]
    return replace(found, shades=shades) if found else None


def verdict_tiles(layout: Layout, row: int, id_: str) -> Tiles | None:
    """Return the map of an indicator's verdict in each commune."""

    def tell(record: int) -> Tile:
        verdict = layout.badge(row, record)
        return Tile("", 0, 0, verdict.look, layout.why(record, id_, "indicator"), verdict=verdict)

    return tiles(layout, tell)


def shade(n: int, of: int) -> int:
    """Return the shade of so many criteria met, from 0 (none) to 4 (all that apply).

    >>> [shade(met, 10) for met in range(11)], shade(0, 0)
    ([0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4], 0)
    """
    if not n:
        return 0
    return SHADES - 1 if n >= of else 1 + (n - 1) * (SHADES - 2) // max(of - 1, 1)


def shade_words(of: int) -> list[tuple[int, str]]:
    """Return each shade that there is of so many criteria, with the numbers it stands for.

    >>> shade_words(10)
    [(0, '0'), (1, '1–3'), (2, '4–6'), (3, '7–9'), (4, '10')]
    """
    numbers: dict[int, list[int]] = {}
    for met in range(of + 1):
        numbers.setdefault(shade(met, of), []).append(met)
    return [(at, f"{all_[0]}–{all_[-1]}" if len(all_) > 1 else str(all_[0])) for at, all_ in numbers.items()]
