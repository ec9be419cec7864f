"""The tests of a rule: what is given, what must come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.book.rule_tests import expected_words, given_words, supposed_words
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, badge_of
from ntm_rules.rulebook.rule_tests import RuleTest
from ntm_rules.wording.communes import group_or_class_words
from ntm_rules.wording.dates import on_day


@dataclass(frozen=True, slots=True)
class TestWords:
    """A test in words: what is given, what must come out."""

    name: str
    of: Link
    given: Sequence[tuple[object, str]]
    """What, and its value where it has one."""
    verdict: Badge
    more: str
    """What else it expects: the reason, how far, how many, whose."""


def test_words(layout: BookLayout, tests: Iterable[RuleTest]) -> list[TestWords]:
    """Return tests in words."""
    return [
        TestWords(
            test.name,
            layout.node(test.of),
            list(_given(layout, test)),
            badge_of(Verdict[test.expect.verdict]),
            "; ".join(expected_words(layout.rules, layout.measure_of(test.of), test.expect)),
        )
        for test in tests
    ]


def _given(layout: BookLayout, test: RuleTest) -> Iterator[tuple[object, str]]:
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
