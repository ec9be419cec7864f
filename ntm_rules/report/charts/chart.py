"""A chart: what is drawn, its title, its description in words with every number, and its pictures.

Pictures are drawn without a screen, a network or a script; the same chart gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.charts.drawing import real_sizes
from ntm_rules.report.palette import COLOURS


@dataclass(frozen=True)
class Chart:
    """One chart, ready to be drawn.

    `spec` is the chart as Vega JSON, data included; `title` and `description` stand beside the picture or are its
    alternative text, in the language in which the chart was made.
    """

    spec: Mapping[str, Any]
    title: str
    description: str

    @property
    def alternative(self) -> str:
        """The words for those who do not see the picture: what it is, then what it shows."""
        return f"{self.title}. {self.description}"

    def svg(self) -> str:
        """Return the chart as SVG, the verdicts told apart by hatching too."""
        return self._svg

    @cached_property
    def _svg(self) -> str:
        import vl_convert

        return _hatched(real_sizes(vl_convert.vega_to_svg(json.dumps(self.spec, ensure_ascii=False))))

    def png(self, scale: float = 2.0) -> bytes:
        """Return the chart as PNG; `scale` is the number of dots for each unit of the SVG."""
        import vl_convert

        found: bytes = vl_convert.svg_to_png(self._svg, scale=scale)
        return found


HATCHING = {
    Verdict.NOT_MET: '<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="#B9623A" stroke-width="1"/>',
    Verdict.NO_DATA: '<circle cx="3" cy="3" r="0.9" fill="#B89B2E"/>',
    Verdict.NO_TARGET: '<path d="M0 3H6" stroke="#9DB0DE" stroke-width="1"/>',
}
"""Verdict -> what is drawn over its colour, in a square of 6 by 6; for grey print and eyes that see few colours."""


def _hatched(svg: str) -> str:
    """Return an SVG in which areas of a verdict's colour are hatched; text keeps its ink."""
    patterns = ""
    for verdict, lines in HATCHING.items():
        back = COLOURS[verdict].back
        if f'fill="{back}"' not in svg:
            continue
        name = f"hatch-{verdict.name.lower().replace('_', '-')}"
        svg = svg.replace(f'fill="{back}"', f'fill="url(#{name})"')
        patterns += (
            f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="{back}"/>{lines}</pattern>'
        )
    head, end, rest = svg.partition(">")
    return f"{head}{end}<defs>{patterns}</defs>{rest}" if patterns else svg
