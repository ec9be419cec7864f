"""The sample's figures carried on into later years: every counted share grows by a fixed part of what is missing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from tests.conftest import SAMPLES


def write(path: Path, years: Sequence[int], grows: Fraction = Fraction(1, 8), falling: str = "") -> Path:
    """Write the sample's table for 2025, 2026 and some later years; the shares of the commune `falling` fall instead."""
    with (SAMPLES / "lai-chau-2026.csv").open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        names, rows = list(reader.fieldnames or ()), list(reader)
    for later in years:
        for row in [row for row in rows if row["year"] == "2026"]:
            rows.append(
                {**row, **_moved(row, later - 2026, grows, down=row["commune_code"] == falling), "year": str(later)}
            )
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def _moved(row: dict[str, str], steps: int, grows: Fraction, *, down: bool) -> dict[str, str]:
    above, below = (row[name].replace(".", "").replace(",", ".") for name in ("numerator", "denominator"))
    if not below or not above:
        return {}
    part = (
        Fraction(above) * (1 - grows) ** steps
        if down
        else Fraction(below) - (Fraction(below) - Fraction(above)) * (1 - grows) ** steps
    )
    decimals = len(above.partition(".")[2])
    shown = f"{float(part):.{decimals}f}".replace(".", ",")
    return {"numerator": shown}
