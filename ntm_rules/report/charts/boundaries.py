"""Boundaries that an office supplies as GeoJSON, matched to the register by code; drawn, never judged by."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook.register import Register

Ring = Sequence[tuple[float, float]]
_NEAR = 0.5
"""Points nearer than this many units of a picture to the one before are left out."""


class Shape(NamedTuple):
    """One unit's rings, and where its name stands."""

    rings: Sequence[Ring]
    middle: tuple[float, float]


@dataclass(frozen=True)
class Boundaries:
    """Code -> the rings of a unit, in degrees."""

    shapes: Mapping[str, Sequence[Ring]]

    def _frame(self) -> tuple[float, float, float, float]:
        points = [point for rings in self.shapes.values() for ring in rings for point in ring]
        return (
            min(x for x, _y in points),
            max(x for x, _y in points),
            min(y for _x, y in points),
            max(y for _x, y in points),
        )

    def height(self, width: float) -> float:
        """Return how high the map is when it is so wide."""
        west, east, south, north = self._frame()
        return width * (north - south) / ((east - west) * math.cos(math.radians((south + north) / 2)) or 1)

    def placed(self, width: float, edge: float) -> dict[str, Shape]:
        """Return every unit's shape in a picture: north above, as wide at its middle as it is high."""
        west, east, _south, north = self._frame()
        scale = width / (east - west or 1)
        stretched = self.height(width) / ((north - _south) or 1)
        placed = {}
        for code, rings in self.shapes.items():
            drawn = [
                list(_thinned([(edge + (x - west) * scale, edge + (north - y) * stretched) for x, y in ring]))
                for ring in rings
            ]
            largest = max(drawn, key=_extent)
            xs, ys = [x for x, _y in largest], [y for _x, y in largest]
            placed[code] = Shape(drawn, ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2))
        return placed


def boundaries_in(text: str, file: str, register: Register) -> Boundaries:
    """Return the boundaries in a GeoJSON text; `file` is what messages call it.

    A unit is found by whichever property holds codes of the register.

    Raises:
        NtmError: no GeoJSON, or nothing in it that is a unit of the register.
    """
    try:
        data = json.loads(text)
        features = data["features"]
        known = [(feature["properties"] or {}, feature["geometry"]) for feature in features]
    except (ValueError, KeyError, TypeError) as error:
        raise NtmError(
            Message("{file} is no GeoJSON of features with properties and geometry; export it again", file=file)
        ) from error
    counts: Counter[str] = Counter()
    for properties, _geometry in known:
        counts.update(key for key, value in properties.items() if _code(value, register))
    if not counts:
        raise NtmError(
            Message(
                "{file}: no property of any feature holds a code of the register (such as {code}); add the commune codes",
                file=file,
                code=next((unit.code for unit in register), "00001"),
            )
        )
    key = counts.most_common(1)[0][0]
    shapes: dict[str, list[Ring]] = {}
    for properties, geometry in known:
        code = _code(properties.get(key), register)
        rings = list(_rings(geometry)) if code else []
        if code and rings:
            shapes.setdefault(code, []).extend(rings)
    if not shapes:
        raise NtmError(Message("{file}: no feature of the register is a Polygon or MultiPolygon", file=file))
    return Boundaries(shapes)


def _code(value: object, register: Register) -> str:
    """Return the code that a property holds, with the zeros that programs drop; empty where it is none."""
    written = str(value).strip()
    for code in (written, written.zfill(5)):
        if code in register:
            return code
    return ""


def _rings(geometry: Any) -> Iterator[Ring]:
    """Yield the rings of a polygon or of several; what is neither, or broken, has none."""
    if not isinstance(geometry, dict):
        return
    kind: object = geometry.get("type")
    found: Any = geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        return
    try:
        rings = [
            [(float(point[0]), float(point[1])) for point in ring]
            for polygon in ([found] if kind == "Polygon" else found)
            for ring in polygon
        ]
    except (TypeError, ValueError, IndexError):
        return
    yield from (ring for ring in rings if len(ring) > 2 and all(math.isfinite(x + y) for x, y in ring))


def _thinned(points: Ring) -> Iterator[tuple[float, float]]:
    """Yield the points of a ring that can be told apart in a picture."""
    last: tuple[float, float] | None = None
    for point in points:
        if last is None or math.dist(point, last) >= _NEAR:
            yield point
            last = point


def _extent(ring: Ring) -> float:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))
