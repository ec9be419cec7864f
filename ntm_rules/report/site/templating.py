"""The templates of the pages, and what all of them may call."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from jinja2 import Environment

from ntm_rules.evaluation.gaps import things_to_do
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report import findings, targets
from ntm_rules.report.charts.wording import counted, met_of
from ntm_rules.report.explanation.prose import judgement
from ntm_rules.report.explanation.sources import overlay_words
from ntm_rules.report.pages import words
from ntm_rules.report.pages.templating import new_environment
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.rows import RECOGNITION_MEASURE, agency_counts, shared_indicators
from ntm_rules.report.site import completeness, dots, key_figures, layout, standing, tiles
from ntm_rules.report.wording import (
    agency_name,
    criterion_title,
    decision_words,
    full_name,
    gap_words,
    indicator_words,
    number,
    owed_words,
    provenance_words,
    requirement_words,
)
from ntm_rules.report.workbook.lists import MEANINGS
from ntm_rules.rulebook.criteria_set import AwaitedTarget
from ntm_rules.rulebook.cross_checks import SEVERITIES

STYLE, SCRIPT = "trang.css", "trang.js"
NEAREST, MOST_GAPS = 10, 10
"""Communes in the picture of the nearest; gaps in the picture of a commune."""
MOST_PLACES = 4
"""Beyond this many places of one finding an ellipsis stands."""


@cache
def templates() -> Environment:
    """Return the templates, everything put into them escaped."""
    environment = new_environment("ntm_rules.report.site")
    environment.globals |= {
        "transcribed_otherwise": words.transcribed_otherwise,
        "transcription": words.transcription,
        "criterion_title": criterion_title,
        "decision_words": decision_words,
        "indicator_words": indicator_words,
        "owed_words": owed_words,
        "agency_name": agency_name,
        "provenance_words": provenance_words,
        "requirement_words": requirement_words,
        "opening": words.opening,
        "value_lines": targets.value_lines,
        "judgement": judgement,
        "standings": standing.standings,
        "held": standing.held,
        "gap_words": gap_words,
        "things_to_do": things_to_do,
        "dot_panels": dots.panels,
        "shade": tiles.shade,
        "shade_words": tiles.shade_words,
        "type_words": words.type_words,
        "of_commune": completeness.of_commune,
        "counted": counted,
        "met_of": met_of,
        "over_all": completeness.over_all,
        "agency_counts": agency_counts,
        "shared_indicators": shared_indicators,
        "overlay_words": overlay_words,
        "counts_words": findings.counts_words,
        "severity_words": findings.severity_words,
        "finding_words": findings.finding_words,
        "mend_words": findings.mend_words,
        "places_of": findings.places_of,
        "most_places": MOST_PLACES,
        "mends_of": lambda rules, found: list(dict.fromkeys(findings.mend_words(rules, one) for one in found)),
        "severities": SEVERITIES,
        "recognition_measure": RECOGNITION_MEASURE,
        "decimal": lambda plain: number(Decimal(plain)) if plain else "",
        "names_of": lambda units: ", ".join(full_name(unit) for unit in units),
        "look": layout.look,
        "is_awaited": lambda target: isinstance(target, AwaitedTarget),
        "Verdict": Verdict,
        "verdicts": LEGEND_ORDER,
        "meanings": MEANINGS,
        "key_figures": key_figures.key_figures,
        "measurable_gaps": key_figures.measurable_gaps,
        "most_gaps": MOST_GAPS,
        "most_nearest": NEAREST,
        "style": STYLE,
        "script": SCRIPT,
    }
    environment.filters["exact"] = Decimal
    environment.filters["sum_of"] = lambda counts: sum(counts.values())
    return environment
