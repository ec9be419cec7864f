"""What one run is to measure, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.inputs import COMMUNES


@dataclass(frozen=True, slots=True)
class Options:
    """Sizes follow from `quick`; `cache` keeps the generated workbooks from one run to the next."""

    cache: Path
    quick: bool = False

    @property
    def communes(self) -> int:
        """How many communes."""
        return 200 if self.quick else COMMUNES

    @property
    def budget(self) -> float:
        """Seconds given to each contender."""
        return 0.3 if self.quick else 3.0

    @property
    def sizes(self) -> tuple[int, ...]:
        """Commune-years of the scaling section."""
        return (5_000, 10_000, 20_000, 40_000) if self.quick else (125_000, 250_000, 500_000, 1_000_000)
