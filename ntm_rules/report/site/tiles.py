"""The tile map: every unit of the register that has a tile, in the order of the map; no boundaries are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.rulebook.register import Commune

SHADES = 5
"""Shades of criteria met: none, three between, and all that apply."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit on the map."""

    unit: Commune
    row: int
    column: int
    """Both from 1, the map's own edge taken off."""
    record: int | None
    """Its record; None where it reported nothing or the criteria do not apply to it."""
    applies: bool


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles in rows, and what is judged but has none."""

    tiles: Sequence[Tile]
    rows: int
    columns: int
    left_out: Sequence[int]
    """Records of communes without a tile."""


def tile_map(evaluation: Evaluation) -> TileMap | None:
    """Return the map of a set whose register has one; None otherwise."""
    register = evaluation.rules.communes
    placed = [(unit.tile, unit) for unit in register if unit.tile]
    if not placed:
        return None
    top, left = min(at[0] for at, _unit in placed), min(at[1] for at, _unit in placed)
    records = {at.code: record for record, at in enumerate(evaluation.records)}
    tiles = [
        Tile(
            unit,
            at[0] - top + 1,
            at[1] - left + 1,
            records.get(unit.code),
            unit.type == register.applies_to,
        )
        for at, unit in sorted(placed, key=lambda one: one[0])
    ]
    shown = {unit.code for _at, unit in placed}
    left_out = [record for record, at in enumerate(evaluation.records) if at.code not in shown]
    return TileMap(tiles, max(tile.row for tile in tiles), max(tile.column for tile in tiles), left_out)


def shade(met: int, of: int) -> int:
    """Return the shade of so many criteria met, from 0 (none) to 4 (all that apply).

    >>> [shade(met, 10) for met in range(11)], shade(0, 0)
    ([0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4], 0)
    """
    if not met:
        return 0
    return SHADES - 1 if met >= of else 1 + (met - 1) * (SHADES - 2) // max(of - 1, 1)


def shade_words(of: int) -> list[tuple[int, str]]:
    """Return each shade that there is of so many criteria, with the numbers it stands for.

    >>> shade_words(10)
    [(0, '0'), (1, '1–3'), (2, '4–6'), (3, '7–9'), (4, '10')]
    """
    numbers: dict[int, list[int]] = {}
    for met in range(of + 1):
        numbers.setdefault(shade(met, of), []).append(met)
    return [(at, f"{all_[0]}–{all_[-1]}" if len(all_) > 1 else str(all_[0])) for at, all_ in numbers.items()]
