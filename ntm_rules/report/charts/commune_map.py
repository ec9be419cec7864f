"""All units of a register on a map: tiles in rows and columns, or boundaries that the office itself supplies.

The tiles say where a unit lies among the others and nothing of where it ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from ntm_rules.i18n import _
from ntm_rules.report.charts.boundaries import Boundaries
from ntm_rules.report.charts.labels import wrapped
from ntm_rules.report.charts.marks import INK, SMALL, length, picture, text, warned
from ntm_rules.report.charts.picture import Drawn
from ntm_rules.rulebook.register import Register

TILE, HEIGHT, BETWEEN, EDGE = 84, 58, 4, 6
"""Width and height of a tile, the room between two, and around everything."""
NAMES, KEY, LEGEND = 11, 14, 22
"""Size of the letters of names; a key of the legend; the height of a line of it."""
DRAWN_WIDTH = 780
"""Of a map with boundaries."""
NOWHERE = "#F4F4F4"


class Look(NamedTuple):
    """What units of one kind look like, and what is said of them in the legend."""

    fill: str
    ink: str
    words: str


class Unit(NamedTuple):
    """What stands on a unit."""

    look: Look
    words: str
    """Short: a year, a letter."""


def commune_map(
    register: Register,
    units: Mapping[str, Unit],
    title: str,
    boundaries: Boundaries | None = None,
    warnings: Sequence[str] = (),
) -> Drawn | None:
    """Return the map of a register, None where it has no tiles and no boundaries are given. `units`: code -> what it shows."""
    if boundaries is not None:
        marks, width, bottom = _bounded(register, units, boundaries)
        shown = set(boundaries.shapes)
    else:
        placed = [unit for unit in register if unit.tile]
        if not placed:
            return None
        marks, width, bottom = _tiled(register, units)
        shown = {unit.code for unit in placed}
    looks = list(dict.fromkeys(unit.look for code, unit in units.items() if code in shown))
    bottom += EDGE
    for at, look in enumerate(looks):
        x, y = EDGE + at % 2 * (width / 2), bottom + at // 2 * LEGEND
        marks.append(_rect(x, y, KEY, KEY, look.fill))
        marks.append(text(x + KEY + 6, y + KEY / 2, [look.words], SMALL))
    bottom += -(-len(looks) // 2) * LEGEND
    lines = [_("An illustrative scheme; it says nothing about boundaries.")]
    if left := [unit.name for unit in register if unit.code in units and unit.code not in shown]:
        lines.append(_("Not on the map: {names}", names=", ".join(left)))
    for line in lines:
        marks.append(text(EDGE, bottom + 10, [line], SMALL, 'font-style="italic"'))
        bottom += LEGEND
    said, end = warned(EDGE, bottom, warnings)
    told = "; ".join(f"{unit.name}: {units[unit.code].look.words}" for unit in register if unit.code in units)
    description = f"{lines[0]} {told}."
    return Drawn(title, description, picture(width, end + EDGE, title, description, "", [*marks, *said]), warnings)


def _tiled(register: Register, units: Mapping[str, Unit]) -> tuple[list[str], float, float]:
    placed = [(unit.tile, unit) for unit in register if unit.tile]
    top, left = min(at[0] for at, _unit in placed), min(at[1] for at, _unit in placed)
    rows, columns = (1 + max(at[n] for at, _unit in placed) - (top, left)[n] for n in (0, 1))
    marks: list[str] = []
    for (row, column), unit in sorted(placed, key=lambda one: one[0]):
        x, y = EDGE + (column - left) * (TILE + BETWEEN), EDGE + (row - top) * (HEIGHT + BETWEEN)
        shows = units.get(unit.code)
        marks.append(_rect(x, y, TILE, HEIGHT, shows.look.fill if shows else NOWHERE))
        ink = shows.look.ink if shows else "#595959"
        names = wrapped(unit.name, (TILE - 6) / NAMES)[:2]
        marks.append(text(x + TILE / 2, y + 18, names, NAMES, f'text-anchor="middle" fill="{ink}"'))
        if shows:
            look = f'text-anchor="middle" font-weight="bold" fill="{ink}"'
            marks.append(text(x + TILE / 2, y + HEIGHT - 12, [shows.words], SMALL, look))
    width = 2 * EDGE + columns * (TILE + BETWEEN) - BETWEEN
    return marks, max(width, 420), EDGE + rows * (HEIGHT + BETWEEN)


def _bounded(register: Register, units: Mapping[str, Unit], boundaries: Boundaries) -> tuple[list[str], float, float]:
    height = boundaries.height(DRAWN_WIDTH - 2 * EDGE)
    marks = []
    for code, shape in boundaries.placed(DRAWN_WIDTH - 2 * EDGE, EDGE).items():
        shows, unit = units.get(code), register.get(code)
        path = "".join(_ring(ring) for ring in shape.rings)
        said = escape(unit.name if unit else code)
        fill = shows.look.fill if shows else NOWHERE
        marks.append(
            f'<path d="{path}" fill="{fill}" stroke="{INK}" stroke-width="0.6" fill-rule="evenodd"><title>{said}</title></path>'
        )
        x, y = shape.middle
        lines = [*wrapped(unit.name if unit else code, 8)[:2], *([shows.words] if shows else [])]
        ink = shows.look.ink if shows else "#595959"
        marks.append(text(x, y, lines, NAMES, f'text-anchor="middle" fill="{ink}"'))
    return marks, DRAWN_WIDTH, height + 2 * EDGE


def _ring(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{length(x)} {length(y)}" for x, y in points) + "Z"


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    place = f'x="{length(x)}" y="{length(y)}" width="{length(width)}" height="{length(height)}"'
    return f'<rect {place} fill="{fill}" stroke="{INK}" stroke-width="0.6"/>'
