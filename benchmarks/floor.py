"""The floor: one comparison of a matrix with a column of bars, and nothing else.

No engine that reads 45 exact 64-bit values for every commune can be faster on one core; it knows no
groups, no missing data, no "if any", no composition.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.inputs import Inputs
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.rulebook.criteria_set import KnownTarget, leaves


class Floor:
    """Holds one value per indicator (that of its first requirement) and one bar, the first group's."""

    def __init__(self, inputs: Inputs, compiled: Compiled) -> None:
        first = [next(leaves(indicator.condition)) for indicator in compiled.rules.indicators()]
        self.values = np.array([inputs.figures[r.measure].units() for r in first])
        targets = [r.target for r in first]
        bars = [int(t.values()[0] * VALUE_SCALE) if isinstance(t, KnownTarget) else 0 for t in targets]
        self.bars = np.array(bars, np.int64)[:, None]

    def run(self) -> NDArray[np.bool_]:
        """Compare."""
        return self.values >= self.bars
