"""How to read the verdicts, and what the cross-checks look for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.evaluation.verdicts import LABELS, PRECEDENCE, REASONS, STANDARD_REASONS, Reason, Verdict
from ntm_rules.i18n import _
from ntm_rules.report.book.layout import BookLayout, badge_of_state
from ntm_rules.report.html.links import in_a_row
from ntm_rules.report.html.values import Badge, Cell, PageTable, badge_of, named, stacked
from ntm_rules.report.targets import TargetState
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.wording.cross_checks import condition_words, figures_of, left_open


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the page of the verdicts shows."""

    verdicts: PageTable
    """Each with the reasons it can have."""
    standards: bool
    """Whether the set, or a criterion of it, has a standard of its own."""
    composition: PageTable
    """How parts are taken, and which verdict prevails over which."""
    states: Sequence[Badge]


def verdicts(layout: BookLayout) -> Verdicts:
    """Return what the page of the verdicts shows."""
    taken = {
        "all": _("all together: every part must be met"),
        "any": _("as alternatives: any one part is enough"),
    }
    criteria = layout.rules.criteria
    standards = layout.rules.standard is not None or any(one.standard is not None for one in criteria)
    return Verdicts(
        _reasons(reason for reason in REASONS if standards or reason not in STANDARD_REASONS),
        standards,
        stacked(
            "composition",
            _("Which verdict prevails"),
            [_("The parts are taken"), *(str(n) for n, _verdict in enumerate(LABELS, start=1))],
            [(named(taken[op]), *(Cell("", badge=badge_of(one)) for one in order)) for op, order in PRECEDENCE.items()],
        ),
        [badge_of_state(state) for state in TargetState],
    )


def _reasons(reasons: Iterable[Reason]) -> PageTable:
    words: dict[Verdict, list[object]] = {}
    for reason in reasons:
        words.setdefault(reason.verdict, []).append(reason.words)
    rows = [
        (
            Cell(Markup("<b>{}</b>").format(one.letter)),
            Cell("", badge=badge_of(one), head=True),
            Cell("", lines=words[one]),
        )
        for one in LABELS
    ]
    caption = _("What each verdict means, by the reasons it can have")
    return stacked("", caption, [_("Letter"), _("Verdict"), _("Reasons")], rows)


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What one cross-check looks for."""

    anchor: str
    title: str
    facts: Sequence[tuple[str, object]]
    unless: Markup
    """Checks whose findings say it already."""
    figures: Markup
    note: object


@dataclass(frozen=True, slots=True)
class CrossChecks:
    """What the page of the cross-checks shows."""

    n: int
    checks: Sequence[CheckWords]


def cross_checks(layout: BookLayout) -> CrossChecks:
    """Return what the page of the cross-checks shows."""
    checks = [_check(layout, one) for one in layout.rules.cross_checks]
    return CrossChecks(len(checks), checks)


def _check(layout: BookLayout, one: CrossCheck) -> CheckWords:
    return CheckWords(
        layout.anchors.of("cross_check", one.id),
        f"{one.id} · {one.title}",
        [
            (_("Severity"), one.severity.words),
            (_("What is looked for"), condition_words(layout.rules, one)),
            (_("What a finding says"), left_open(one.finding)),
            (_("Why"), one.why),
            (_("What to do"), left_open(one.mend)),
        ],
        in_a_row(layout.link("cross_check", id_, id_) for id_ in one.unless),
        in_a_row(map(layout.measure, figures_of(one)), "; "),
        one.note,
    )
