"""Every target of a requirement is told, with what becomes of it on the day of the law."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_rules.report.book.contents import BookContents, contents_of
from ntm_rules.report.targets import TargetLine, TargetState, TargetStatus, counts, state_of, value_lines
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet
from ntm_rules.rulebook.models import Overlay
from tests.rulebook.tiny import END_OF_2026, OVERLAY, RULES_2, Tiny


def contents(
    tiny: Tiny, *overlays: Overlay, as_of: dt.date = END_OF_2026, known_on: dt.date | None = None
) -> BookContents:
    loaded = tiny.load()
    return contents_of(loaded, tiny.resolve(*overlays, as_of=as_of, known_on=known_on), overlays)


def lines(book: BookContents, id_: str) -> list[TargetLine]:
    for indicator in book.indicators:
        for requirement in indicator.requirements():
            if requirement.id == id_:
                return book.targets(requirement, indicator)
    raise AssertionError(id_)


def told(book: BookContents, id_: str) -> list[tuple[str, TargetStatus]]:
    requirement = book.rules.requirement_by_id[id_]
    return [
        (
            "; ".join(
                f"{one.class_ or ''} {one.words}".strip() for one in value_lines(book.rules, requirement, line.target)
            )
            if not isinstance(line.target, AwaitedTarget)
            else line.target.decision,
            line.status,
        )
        for line in lines(book, id_)
    ]


FIRST, SECOND = "≥ 7%", "nhom-1 ≥ 9%; nhom-2 ≥ 8%"


@pytest.mark.parametrize(
    ("as_of", "known_on", "first", "second"),
    [
        ("2026-12-31", None, TargetStatus.HOLDS, TargetStatus.NOT_YET),
        ("2027-01-01", None, TargetStatus.OVER, TargetStatus.HOLDS),
        ("2028-12-31", None, TargetStatus.OVER, TargetStatus.HOLDS),
        ("2029-01-01", None, TargetStatus.OVER, TargetStatus.OVER),
        ("2027-01-01", "2026-05-31", TargetStatus.OVER, TargetStatus.NOT_KNOWN),
        ("2027-01-01", "2026-06-01", TargetStatus.OVER, TargetStatus.HOLDS),
        ("2026-12-31", "2025-11-30", TargetStatus.NOT_KNOWN, TargetStatus.NOT_KNOWN),
    ],
)
def test_all_dated_values_are_told_and_which_one_holds(
    tiny: Tiny, as_of: str, known_on: str | None, first: TargetStatus, second: TargetStatus
) -> None:
    known = dt.date.fromisoformat(known_on) if known_on else None
    book = contents(tiny, as_of=dt.date.fromisoformat(as_of), known_on=known)
    assert told(book, "2.2") == [(FIRST, first), (SECOND, second)]
    target = book.rules.requirement_by_id["2.2"].target
    assert isinstance(target, AwaitedTarget) is (TargetStatus.HOLDS not in (first, second))


def test_of_two_values_in_force_the_one_that_the_rules_took_holds(tiny: Tiny) -> None:
    later = "{from: 2026-06-01, value: 6, promulgated: 2026-06-01, source: {document: decree}}\n    - {from: 2027-01-01"
    tiny.change(RULES_2, "{from: 2027-01-01", later)
    book = contents(tiny)
    assert told(book, "2.2")[:2] == [(FIRST, TargetStatus.OVERTAKEN), ("≥ 6%", TargetStatus.HOLDS)]


def test_an_overlay_replaces_what_was_stated_and_says_where_it_stands(tiny: Tiny) -> None:
    overlay = tiny.overlay()
    book = contents(tiny, overlay)
    assert told(book, "DK.1") == [("awaited", TargetStatus.REPLACED), ("≤ 0 triệu đồng", TargetStatus.HOLDS)]
    laid = lines(book, "DK.1")[1]
    assert (laid.overlay, laid.article, laid.from_, laid.to, laid.promulgated, laid.illustrative) == (
        overlay,
        "Điều 3",
        dt.date(2026, 1, 1),
        dt.date(2027, 12, 31),
        dt.date(2026, 8, 1),
        False,
    )


@pytest.mark.parametrize(
    ("as_of", "known_on", "status"),
    [("2028-01-01", None, TargetStatus.OVER), ("2026-12-31", "2026-07-31", TargetStatus.NOT_KNOWN)],
)
def test_an_overlay_that_was_not_laid_on_is_told_as_such(
    tiny: Tiny, as_of: str, known_on: str | None, status: TargetStatus
) -> None:
    known = dt.date.fromisoformat(known_on) if known_on else None
    book = contents(tiny, tiny.overlay(), as_of=dt.date.fromisoformat(as_of), known_on=known)
    assert told(book, "DK.1") == [("awaited", TargetStatus.AWAITED), ("≤ 0 triệu đồng", status)]
    assert book.rules.overlays == ()


def test_overlays_over_each_other_leave_only_the_last_in_force(tiny: Tiny) -> None:
    first = tiny.overlay()
    second = tiny.overlay(
        OVERLAY.replace("decision-9", "decision-10")
        .replace("2026-08-01\neff", "2026-09-01\neff")
        .replace("value: 0", "value: 5")
    )
    for given in ((first, second), (second, first)):
        assert told(contents(tiny, *given), "DK.1") == [
            ("awaited", TargetStatus.REPLACED),
            ("≤ 0 triệu đồng", TargetStatus.REPLACED),
            ("≤ 5 triệu đồng", TargetStatus.HOLDS),
        ]


def test_a_target_that_was_replaced_ends_the_day_before(tiny: Tiny) -> None:
    later = OVERLAY.replace("decision-9", "decision-10").replace("2026-08-01\neff", "2026-09-01\neff")
    second = tiny.overlay(later.replace("{from: 2026-01-01, to: 2027-12-31}", "{from: 2026-10-01}"))
    book = contents(tiny, tiny.overlay(), second)
    assert [(line.from_, line.to) for line in lines(book, "DK.1")[1:]] == [
        (dt.date(2026, 1, 1), dt.date(2026, 9, 30)),
        (dt.date(2026, 10, 1), None),
    ]


def test_a_standard_set_in_force_is_told_as_the_answer_that_is_needed(tiny: Tiny) -> None:
    overlay = tiny.overlay(OVERLAY.replace("DK.1: {value: 0, article: Điều 3}", "1.1.c.ii: {standard: in-force}"))
    assert told(contents(tiny, overlay), "1.1.c.ii") == [
        ("awaited", TargetStatus.REPLACED),
        ("Kết luận: đạt", TargetStatus.HOLDS),
    ]


def test_a_stated_number_says_its_source_and_its_years(tiny: Tiny) -> None:
    [line] = lines(contents(tiny), "1.1.b")
    assert line.source is not None
    assert (line.source.document, line.source.row, line.status) == ("plan", "1.1", TargetStatus.HOLDS)
    assert (line.from_, line.to, line.promulgated) == (dt.date(2026, 1, 1), dt.date(2030, 12, 31), dt.date(2026, 1, 1))


def test_a_grade_is_told_by_its_name(tiny: Tiny) -> None:
    assert told(contents(tiny), "2.1") == [("≥ Khá", TargetStatus.HOLDS)]
    overlay = tiny.overlay(OVERLAY.replace("DK.1: {value: 0, article: Điều 3}", '"2.1": tot'))
    assert told(contents(tiny, overlay), "2.1") == [("≥ Khá", TargetStatus.REPLACED), ("≥ Tốt", TargetStatus.HOLDS)]


def test_states_of_indicators_tell_numbers_from_answers_and_from_what_is_awaited(
    lai_chau: CriteriaSet, filled: CriteriaSet
) -> None:
    states = {i.id: state_of(lai_chau, i.requirements()) for i in lai_chau.indicators()}
    assert states["8.1"] is TargetState.STATED
    assert states["3.10"] is TargetState.ANSWER
    assert states["2.1"] is TargetState.PARTLY
    assert states["6.1"] is TargetState.PENDING
    assert state_of(filled, filled.indicator_by_id["2.1"].requirements()) is TargetState.ILLUSTRATIVE
    assert state_of(filled, filled.indicator_by_id["8.1"].requirements()) is TargetState.STATED


def test_every_requirement_is_counted_once(lai_chau: CriteriaSet, filled: CriteriaSet) -> None:
    for rules in (lai_chau, filled):
        found = counts(rules, rules.requirements())
        assert found.requirements == len(list(rules.requirements()))
        assert found.numbers == 6
        assert found.awaited == sum(isinstance(r.target, AwaitedTarget) for r in rules.requirements())
        assert found.requirements == found.numbers + found.grades + found.illustrative + found.answers + found.awaited
