"""The templates of the pages, and what all of them may call."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

from jinja2 import Environment

from ntm_rules.evaluation.gaps import things_to_do
from ntm_rules.evaluation.scores import tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to, plain
from ntm_rules.report import targets
from ntm_rules.report.explanation.prose import judgement
from ntm_rules.report.pages import words
from ntm_rules.report.pages.templating import new_environment
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.site import dots, key_figures, layout, standing, tiles
from ntm_rules.report.tables.agencies import shared_indicators
from ntm_rules.rulebook.criteria_set import AwaitedTarget
from ntm_rules.standing import completeness
from ntm_rules.standing.agencies import by_effect
from ntm_rules.standing.awaited import communes_waiting
from ntm_rules.standing.handing_in import Handed
from ntm_rules.standing.lacks import Lack
from ntm_rules.standing.nearest import Order
from ntm_rules.standing.years import Move
from ntm_rules.wording import findings
from ntm_rules.wording import standing as standing_words
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name, type_words
from ntm_rules.wording.decisions import awaited_words, decision_words, overdue_words, owner_words, waiting_counts
from ntm_rules.wording.gaps import gap_words, owed_words
from ntm_rules.wording.phrases import opening, shortened
from ntm_rules.wording.sources import overlay_words
from ntm_rules.wording.standing import met_of
from ntm_rules.wording.targets import provenance_words
from ntm_rules.wording.verdicts import MEANINGS

STYLE, SCRIPT = "trang.css", "trang.js"
NEAREST, MOST_GAPS = 10, 10
"""Communes in the picture of the nearest; gaps in the picture of a commune."""
MOST_ROWS, MOST_TILES, MOST_AWAITED = 8, 60, 4
"""Rows and tiles of a map that the single page has room for; documents awaited that it lists."""
MOST_NAMED = 3
"""Requirements in the way of one of the nearest that the single page names."""
MOST_PLACES = 4
"""Beyond this many places of one finding an ellipsis stands."""


def share_words(share: Fraction) -> str:
    """Return a share in whole per cent, to the nearest; what is neither nothing nor all never looks so.

    >>> share_words(Fraction(2, 3)), share_words(Fraction(999, 1000)), share_words(Fraction(1, 999))
    ('67%', '99%', '1%')
    """
    return f"{nearest_to(share * 100, 0)}%"


def percent_words(n: int, of: int) -> str:
    """Return a count as a share of another; a dash where there is nothing to count."""
    return share_words(Fraction(n, of)) if of else "–"


@cache
def templates() -> Environment:
    """Return the templates, everything put into them escaped."""
    environment = new_environment("ntm_rules.report.site")
    environment.globals |= {
        "transcribed_otherwise": words.transcribed_otherwise,
        "transcription": words.transcription,
        "decision_words": decision_words,
        "owed_words": owed_words,
        "agency_name": agency_name,
        "provenance_words": provenance_words,
        "opening": opening,
        "value_lines": targets.value_lines,
        "judgement": judgement,
        "standings": standing.standings,
        "held": standing.held,
        "led_by": standing.led_by,
        "gap_words": gap_words,
        "things_to_do": things_to_do,
        "dot_panels": dots.panels,
        "shade": tiles.shade,
        "shade_words": tiles.shade_words,
        "type_words": type_words,
        "of_commune": completeness.of_commune,
        "tally": tally,
        "met_of": met_of,
        "over_all": completeness.over_all,
        "shared_indicators": shared_indicators,
        "by_effect": by_effect,
        "Lack": Lack,
        "Order": Order,
        "Move": Move,
        "Handed": Handed,
        "headline": standing_words.headline,
        "recognised_words": standing_words.recognised_words,
        "headline_of_commune": standing_words.headline_of_commune,
        "awaited_words": awaited_words,
        "overdue_words": overdue_words,
        "owner_words": owner_words,
        "order_words": standing_words.order_words,
        "counts_apart_words": standing_words.counts_apart_words,
        "files_words": standing_words.files_words,
        "handed_words": standing_words.handed_words,
        "waiting_counts": waiting_counts,
        "other_years_words": standing_words.other_years_words,
        "refused_words": standing_words.refused_words,
        "lack_words": standing_words.lack_words,
        "move_words": standing_words.move_words,
        "law_of_years_words": standing_words.law_of_years_words,
        "no_longer_words": standing_words.no_longer_words,
        "communes_waiting": communes_waiting,
        "overlay_words": overlay_words,
        "counts_words": findings.counts_words,
        "finding_words": findings.finding_words,
        "mend_words": findings.mend_words,
        "places_of": findings.places_of,
        "most_places": MOST_PLACES,
        "most_rows": MOST_ROWS,
        "most_tiles": MOST_TILES,
        "most_awaited": MOST_AWAITED,
        "most_named": MOST_NAMED,
        "shortened": shortened,
        "share_words": share_words,
        "percent_words": percent_words,
        "distance_words": standing_words.distance_words,
        "mends_of": lambda rules, found: list(dict.fromkeys(findings.mend_words(rules, one) for one in found)),
        "plain": plain,
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
