"""The templates, and what all of them may call whichever book they lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby

from jinja2 import Environment

from ntm_rules.evaluation.verdicts import LABELS, PRECEDENCE, REASONS
from ntm_rules.report import targets
from ntm_rules.report.book import rule_tests
from ntm_rules.report.book.source_text import Line
from ntm_rules.report.html import words
from ntm_rules.report.html.templating import new_environment
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Combination, Node, Requirement, Target
from ntm_rules.rulebook.register import Commune
from ntm_rules.wording.communes import type_words
from ntm_rules.wording.cross_checks import condition_words, figures_of, left_open

WHOLE = "tat-ca.html"
"""The page that holds all others, to print."""
STYLE = "book.css"


@cache
def templates() -> Environment:
    """Return the templates of the book, everything put into them escaped."""
    environment = new_environment("ntm_rules.report.book")
    environment.globals |= {
        "type_words": type_words,
        "printed": words.printed,
        "reads_otherwise": words.reads_otherwise,
        "reading": words.reading,
        "condition_words": condition_words,
        "figures_of": figures_of,
        "left_open": left_open,
        "is_awaited": is_awaited,
        "is_combination": is_combination,
        "state_of": targets.state_of,
        "states": targets.State,
        "counts": targets.counts,
        "value_lines": targets.value_lines,
        "tests": rule_tests,
        "blocks": blocks,
        "names_columns": names_columns,
        "numbered": numbered,
        "asked": asked,
        "verdicts": tuple(LABELS),
        "precedence": PRECEDENCE,
        "reasons": REASONS,
        "style": STYLE,
        "whole": WHOLE,
    }
    return environment


def is_awaited(target: Target) -> bool:
    """Tell whether no document in force fixes a target."""
    return isinstance(target, AwaitedTarget)


def is_combination(node: Node) -> bool:
    """Tell whether a node takes several others together."""
    return isinstance(node, Combination)


def asked(requirements: Sequence[Requirement]) -> list[str]:
    """Return the measures some requirements read, each once, in the order in which they are asked for."""
    return list(dict.fromkeys(m for one in requirements for m in (one.applies_if, one.measure) if m))


def numbered(communes: Iterable[Commune]) -> dict[str, int]:
    """Return the sources of communes and of their groups, each once, numbered for a list of references."""
    words = dict.fromkeys(source for one in communes for source in (one.group_source, one.source) if source)
    return {source: position for position, source in enumerate(words, 1)}


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a text in blocks: the rows of a table together, other lines together."""
    return [list(block) for _is_row, block in groupby(lines, key=lambda line: line.is_row)]


def names_columns(line: Line) -> bool:
    """Tell whether a table's first row names its columns: every cell says something, and the first no number.

    >>> from ntm_rules.report.book.source_text import Piece
    >>> row = lambda *cells: Line(1, tuple(Piece(1, i, cell) for i, cell in enumerate(cells)), "", True)
    >>> names_columns(row("STT", "Nội dung")), names_columns(row("8.1", "Tỷ lệ")), names_columns(row("", "tiếp"))
    (True, False, False)
    """
    return all(piece.text for piece in line.pieces) and not any(c.isdigit() for c in line.pieces[0].text)
