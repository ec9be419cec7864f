"""The verdicts' colours can be read, and told apart without full colour sight and in grey."""

from __future__ import annotations

from itertools import combinations

import pytest

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.palette import COLOURS, LEGEND_ORDER

Matrix = tuple[tuple[float, float, float], ...]
PROTAN: Matrix = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN: Matrix = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
"""Sight without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1)."""
FULL: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
APART = 12
"""Distance in CIE Lab from which areas side by side are seen to differ at a glance."""


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, sight: Matrix) -> tuple[float, float, float]:
    seen = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear(colour), strict=True)))) for row in sight]
    red, green, blue = seen
    x, y, z = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    a, b, c = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def test_every_verdict_has_its_colours_and_its_place_in_the_legend() -> None:
    assert set(COLOURS) == set(LEGEND_ORDER) == set(Verdict)
    assert len(LEGEND_ORDER) == len(Verdict)


@pytest.mark.parametrize("verdict", Verdict)
def test_the_text_can_be_read_on_its_background_and_on_white(verdict: Verdict) -> None:
    back, ink = COLOURS[verdict]
    assert contrast(back, ink) >= 4.5
    assert contrast("#FFFFFF", ink) >= 4.5


@pytest.mark.parametrize("sight", [FULL, PROTAN, DEUTAN], ids=["full", "protan", "deutan"])
def test_the_backgrounds_are_told_apart_with_every_sight(sight: Matrix) -> None:
    for one, other in combinations(Verdict, 2):
        pair = zip(lab(COLOURS[one].back, sight), lab(COLOURS[other].back, sight), strict=True)
        assert sum((a - b) ** 2 for a, b in pair) ** 0.5 >= APART, (one, other)


def test_met_and_not_met_differ_in_grey_print_too() -> None:
    met, not_met = (lab(COLOURS[verdict].back, FULL)[0] for verdict in (Verdict.MET, Verdict.NOT_MET))
    assert met - not_met >= 8
