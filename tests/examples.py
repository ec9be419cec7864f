"""How many cases are generated: a tenth in every run, all of them where `.ci/run` runs what takes longer."""

from __future__ import annotations

from hypothesis import settings

FULL = 250
"""The number of the profile `full` (tests/conftest.py)."""
USUAL = 25
"""The number of every other run: who changes what judges runs `HYPOTHESIS_PROFILE=full` on its tests."""


def examples(full: int) -> int:
    """Return how many cases a test generates that takes its time: all with the profile `full`, and more with `long`."""
    return max(1, full * settings.default.max_examples // FULL)
