"""The form of chart, drawn up with altair once and then filled with rows: bars in parts.

It reads texts that are ready to be shown; nothing is rounded or counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.charts.drawing import FONT_SIZE, LABELS, PLOT, WIDTH, Rows, Spec, drawn
from ntm_rules.report.palette import COLOURS, LEGEND_ORDER

LABEL_WIDTH, LABEL_LINES = (LABELS - 10) / FONT_SIZE, 2
"""A label is broken into lines of so many times the size of its letters; more lines are cut."""
NARROW, WIDE = frozenset("fijlrtI.,:;'’()/-|! "), frozenset("mwMWĐOQGCD%@—…")
"""Letters and signs much narrower and wider than others in every font that a picture may be shown in."""
NARROWEST_WITH_LETTER, NARROWEST_WITH_NUMBER, DIGIT = 26, 12, 8
"""A part of a bar narrower than this many units shows no letter, or nothing: its number stands in the description."""


class Part(NamedTuple):
    """One bar of parts by verdict: its label, how many of each verdict, and what stands at its end."""

    label: str
    counts: Mapping[Verdict, int]
    end: str


def parts_chart(parts: Sequence[Part], warnings: Sequence[str] = ()) -> Spec:
    """Return bars of which each is made of parts by verdict, one below the other."""
    longest = max((sum(part.counts.values()) for part in parts), default=0) or 1
    segments: Rows = []
    for at, part in enumerate(parts):
        start = 0
        for verdict in LEGEND_ORDER:
            n = part.counts.get(verdict, 0)
            if n:
                segments.append(
                    {
                        "key": _key(at),
                        "from": start,
                        "to": start + n,
                        "middle": start + n / 2,
                        "words": _inside(verdict, n, PLOT * n / longest),
                        "back": COLOURS[verdict].back,
                        "ink": COLOURS[verdict].ink,
                    }
                )
                start += n
    data = {"segments": segments, "rows": [_row(at, part.label, part.end) for at, part in enumerate(parts)]}
    return drawn("parts", data | {"legend": list(_legend())}, warnings)


def _inside(verdict: Verdict, n: int, width: float) -> str:
    """Return what stands in a part of a bar: letter and number, the number alone, or nothing where there is no room."""
    room = width - DIGIT * (len(str(n)) - 1)
    if room >= NARROWEST_WITH_LETTER:
        return f"{verdict.letter} {n}"
    return str(n) if room >= NARROWEST_WITH_NUMBER else ""


def _row(at: int, label: str, end: str) -> dict[str, Any]:
    words = _wrapped(label)
    return {"key": _key(at), "label": words, "lines": words.count("\n") + 1, "end": end}


def _key(at: int) -> str:
    """Return a row's key, which sorts by its place."""
    return f"{at:03}"


def _wrapped(label: str) -> str:
    """Return a label in one or two lines, none of which reaches the bars.

    >>> _wrapped("Xây dựng hệ thống chính trị và Hành chính công")
    'Xây dựng hệ thống chính trị\\nvà Hành chính công'
    """
    lines: list[str] = []
    for word in label.split():
        if lines and _width(f"{lines[-1]} {word}") <= LABEL_WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    lines = [_cut(line) for line in lines]
    if len(lines) > LABEL_LINES:
        lines = [*lines[: LABEL_LINES - 1], _cut(lines[LABEL_LINES - 1].rstrip(" ,;:.") + "…")]
    return "\n".join(lines)


def _cut(line: str) -> str:
    """Return a line with what has no room left out, and a sign for it."""
    if _width(line) <= LABEL_WIDTH:
        return line
    kept = line.rstrip("…")
    while _width(kept + "…") > LABEL_WIDTH:
        kept = kept[:-1]
    return kept.rstrip(" ,;:.") + "…"


def _width(words: str) -> float:
    """Return how wide words are at most, in times the size of their letters; no font is asked.

    >>> _width("ill"), round(_width("Môi"), 2)
    (1.05, 1.93)
    """
    return round(sum(0.35 if c in NARROW else 0.95 if c in WIDE else 0.7 if c.isupper() else 0.63 for c in words), 3)


def _legend() -> Iterator[dict[str, Any]]:
    """Yield the legend of the verdicts, two in a line."""
    for at, verdict in enumerate(LEGEND_ORDER):
        yield {
            "x": at % 2 * (WIDTH // 2) - LABELS,
            "y": at // 2 * 24 - 84,
            "words": f"{verdict.letter}  {verdict.label}",
            "back": COLOURS[verdict].back,
        }
