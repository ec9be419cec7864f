"""The tests of a rule: what is given, what must come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.book.rule_tests import expected_words, given_words, supposed_words
from ntm_rules.report.html.values import Cell, PageTable, badge_of, stacked
from ntm_rules.report.html.words import vietnamese
from ntm_rules.rulebook.rule_tests import RuleTest
from ntm_rules.wording.communes import group_or_class_words
from ntm_rules.wording.dates import on_day


def test_table(layout: BookLayout, tests: Iterable[RuleTest]) -> PageTable | None:
    """Return tests in words: what is given, what must come out, and for what reason, how far, whose."""
    rows = [
        (
            Cell(vietnamese(test.name), aside=layout.node(test.of), head=True),
            Cell("", lines=[_line(words, value) for words, value in _given(layout, test)]),
            Cell(
                "",
                badge=badge_of(Verdict[test.expect.verdict]),
                aside="; ".join(expected_words(layout.rules, layout.measure_of(test.of), test.expect)),
            ),
        )
        for test in tests
    ]
    caption = _(
        "Cases that the rule must decide so; the figures and the targets supposed are made up for the test and are not law"
    )
    return stacked("", caption, [_("Case"), _("Given"), _("Expected")], rows) if rows else None


def _line(words: object, value: str) -> object:
    return Markup("{}: <b>{}</b>").format(words, value) if value else words


def _given(layout: BookLayout, test: RuleTest) -> Iterator[tuple[object, str]]:
    """Yield what is given, and its value where it has one."""
    rules = layout.rules
    if test.as_of:
        yield _("law of {day}", day=on_day(test.as_of)), ""
    if test.known_on:
        yield _("as known on {day}", day=on_day(test.known_on)), ""
    if test.year:
        yield _("year {year}", year=test.year), ""
    if test.group:
        yield group_or_class_words(rules, test.group), ""
    for overlay in test.overlays:
        yield _("overlay {file}", file=overlay), ""
    for id_, entry in test.suppose.items():
        target = supposed_words(rules, layout.measure_of(id_), entry)
        yield _("supposing the target of {id}: {target}", id=id_, target=target), ""
    for id_, given in test.given.items():
        yield rules.measures[id_].label if id_ in rules.measures else id_, given_words(rules.measures.get(id_), given)
    for id_, given in test.before.items():
        yield _("the year before"), given_words(rules.measures.get(id_), given)
    if not test.given and not test.before:
        yield _("nothing reported"), ""
