"""The two dates of the law: in force (`as_of`) and known (`known_on`), and the lineage that both leave behind."""

from __future__ import annotations

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.rulebook.criteria_set import CriteriaSet, KnownTarget, Target
from ntm_rules.rulebook.describe import describe, resolved_hash
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from tests.examples import examples
from tests.rulebook.tiny import END_OF_2026, FILES, RULES_2, Tiny

K = dt.date(2026, 9, 15)
DAY = dt.timedelta(days=1)
FIRST = dt.date(2026, 1, 1)

IDS = ("1.1.b", "1.1.c.i", "2.2", "DK.1")
"""Requirements of the tiny set with a plain number, a dated value and a pending target."""
CODES = ("03400", "03402")


def tiny_set() -> LoadedSet:
    with tempfile.TemporaryDirectory() as folder:
        tiny = Tiny(Path(folder))
        for name, content in FILES.items():
            tiny.write(name, content)
        return load_set(Path(folder))


TINY = tiny_set()


def made(id_: str, promulgated: dt.date, **more: object) -> Overlay:
    return Overlay.model_validate(
        {
            "id": id_,
            "applies_to": "tiny",
            "title": {"vi": "a", "en": "b"},
            "document": {"number": id_, "date": promulgated, "issuer": "x", "title": {"vi": "a", "en": "b"}},
            "promulgated": promulgated,
            "effective": {"from": FIRST},
        }
        | more
    )


def notices(rules: CriteriaSet) -> list[str]:
    found = [notice.render("en") for notice in rules.notices]
    return [notice for notice in found if notice != "Indicator 2.3 is not in force in 2026"]


def law(rules: CriteriaSet) -> tuple[object, ...]:
    communes = {commune.code: (commune.group, commune.group_source) for commune in rules.communes}
    return rules.criteria, rules.conditions, communes, rules.overlays, rules.illustrative, resolved_hash(rules)


# --- what was known ----------------------------------------------------------------------------


def test_a_retroactive_amendment_is_law_today_and_unknown_to_an_appraisal_before_it() -> None:
    filled = made("a", K, set={"DK.1": Decimal(5)})
    amended = made("b", K + 30 * DAY, effective={"from": K - 60 * DAY}, set={"DK.1": Decimal(2)})
    then = resolve(TINY, as_of=K, overlays=[filled])
    again = resolve(TINY, as_of=K, overlays=[filled, amended], known_on=K)
    today = resolve(TINY, as_of=K, overlays=[filled, amended])
    assert law(again) == law(then)
    assert value(today, "DK.1") == 2
    assert notices(again) == ["Overlay b, promulgated 15/10/2026, was not known on 15/9/2026 and is left out"]
    assert (notices(then), notices(today)) == ([], [])


def test_what_was_promulgated_on_the_very_day_was_known() -> None:
    overlay = made("a", K, set={"DK.1": Decimal(5)}, groups={"03402": {"group": "nhom-2", "source": "x"}})
    for known_on, expected in ((K - DAY, (None, None)), (K, (Decimal(5), "nhom-2"))):
        rules = resolve(TINY, as_of=END_OF_2026, overlays=[overlay], known_on=known_on)
        assert (value(rules, "DK.1"), rules.communes["03402"].group) == expected


def test_an_overlay_that_is_known_but_not_in_force_on_the_day_is_named() -> None:
    later = made("a", K, effective={"from": dt.date(2027, 1, 1)}, set={"DK.1": Decimal(5)})
    rules = resolve(TINY, as_of=END_OF_2026, overlays=[later])
    assert (rules.overlays, notices(rules)) == ((), ["Overlay a is not in force on 31/12/2026 and is left out"])


def test_a_dated_value_promulgated_later_is_unknown_to_an_appraisal_before_it(tiny: Tiny) -> None:
    before = tiny.resolve()
    anchor = "    - {from: 2027"
    later = "    - {from: 2026-01-01, value: 3, promulgated: 2026-10-15, source: {document: decree}}\n"
    tiny.change(RULES_2, anchor, later + anchor)
    assert value(tiny.resolve(), "2.2") == 3
    assert law(tiny.resolve(known_on=K)) == law(before)


@pytest.mark.parametrize(
    ("known_on", "said"),
    [
        (dt.date(2025, 12, 31), ["Document 1/KH of 01/01/2026 had not been issued on 31/12/2025; "
                                 "what the set quotes from it is used as written"]),
        (dt.date(2026, 1, 1), []),
        (None, []),
    ],
)  # fmt: skip
def test_a_day_before_the_set_s_own_document_is_told_and_its_rules_stand_as_written(
    known_on: dt.date | None, said: list[str]
) -> None:
    rules = resolve(TINY, as_of=END_OF_2026, known_on=known_on)
    assert notices(rules) == said
    assert value(rules, "1.1.b") == 80


@pytest.mark.parametrize("known_on", [dt.date.max, END_OF_2026, None])
def test_a_day_after_everything_changes_nothing(known_on: dt.date | None) -> None:
    overlays = [made("a", K, set={"DK.1": Decimal(5)})]
    everything = resolve(TINY, as_of=END_OF_2026, overlays=overlays)
    assert law(resolve(TINY, as_of=END_OF_2026, overlays=overlays, known_on=known_on)) == law(everything)


def test_a_day_before_everything_leaves_the_set_as_written() -> None:
    overlays = [made("a", K, set={"DK.1": Decimal(5)})]
    rules = resolve(TINY, as_of=END_OF_2026, overlays=overlays, known_on=dt.date.min)
    assert (rules.overlays, value(rules, "DK.1"), value(rules, "1.1.b")) == ((), None, 80)


def test_the_day_of_knowledge_stands_in_the_json_and_not_in_the_hash() -> None:
    known, unasked = (resolve(TINY, as_of=END_OF_2026, known_on=day) for day in (END_OF_2026, None))
    assert (describe(known)["known_on"], describe(unasked)["known_on"]) == ("2026-12-31", None)
    assert resolved_hash(known) == resolved_hash(unasked)


# --- lineage -----------------------------------------------------------------------------------


def value(rules: CriteriaSet, id_: str, group: str | None = None) -> Decimal | None:
    return rules.requirement_by_id[id_].target.value_for(group)


@st.composite
def stacks(draw: st.DrawFn) -> list[Overlay]:
    """Overlays with entries that overlap, some promulgated on one day, some not in force or not known.

    No two have both days alike: those may contradict each other, and tests of precedence say what then happens.
    """
    days = draw(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 400)), max_size=5, unique=True))
    numbers = st.integers(0, 100).map(Decimal)
    return [
        made(
            f"o-{i}",
            K + day * DAY,
            effective={"from": FIRST + first * DAY},
            set=draw(st.dictionaries(st.sampled_from(IDS), numbers, max_size=4)),
            groups=draw(
                st.dictionaries(
                    st.sampled_from(CODES),
                    st.sampled_from(["nhom-1", "nhom-2"]).map(lambda g: {"group": g, "source": "x"}),
                )
            ),
        )
        for i, (day, first) in enumerate(days)
    ]


as_of_days = st.integers(0, 365).map(lambda n: min(FIRST + n * DAY, END_OF_2026))
known_days = st.none() | st.integers(-2, 22).map(lambda n: K + n * DAY)


def laid(stack: list[Overlay], as_of: dt.date, known_on: dt.date | None) -> list[Overlay]:
    """The overlays that count, by the words of the language page: in force, known, the earlier promulgated, then in force, first."""
    chosen = [
        overlay
        for overlay in stack
        if overlay.effective.from_ <= as_of and (known_on is None or overlay.promulgated <= known_on)
    ]
    return sorted(chosen, key=lambda overlay: (overlay.promulgated, overlay.effective.from_))


def source(target: Target) -> str | None:
    assert isinstance(target, KnownTarget)
    return target.provenance.overlay


@settings(max_examples=examples(70), deadline=None)
@given(stacks(), as_of_days, known_days)
def test_the_lineage_is_the_set_s_own_target_and_then_every_overlay_in_order(
    stack: list[Overlay], as_of: dt.date, known_on: dt.date | None
) -> None:
    rules, alone = (resolve(TINY, as_of=as_of, overlays=o, known_on=known_on) for o in (stack, []))
    effective = laid(stack, as_of, known_on)
    assert rules.overlays == tuple(overlay.id for overlay in effective)
    for requirement in rules.requirements():
        own, *replacements = (*requirement.replaced, requirement.target)
        assert own == alone.requirement_by_id[requirement.id].target
        touching = [overlay for overlay in effective if requirement.id in overlay.set]
        assert [source(target) for target in replacements] == [overlay.id for overlay in touching]
        for overlay, target in zip(touching, replacements, strict=True):
            assert isinstance(target, KnownTarget)
            assert target.everywhere == overlay.set[requirement.id]
            assert target.provenance.promulgated == overlay.promulgated


@settings(max_examples=examples(60), deadline=None)
@given(stacks(), as_of_days, known_days)
def test_each_step_of_a_lineage_is_the_law_of_the_overlays_up_to_it(
    stack: list[Overlay], as_of: dt.date, known_on: dt.date | None
) -> None:
    rules = resolve(TINY, as_of=as_of, overlays=stack, known_on=known_on)
    effective = laid(stack, as_of, known_on)
    for n in range(len(effective) + 1):
        before = resolve(TINY, as_of=as_of, overlays=effective[:n])
        for requirement in rules.requirements():
            line = (*requirement.replaced, requirement.target)
            touching = sum(requirement.id in overlay.set for overlay in effective[:n])
            assert before.requirement_by_id[requirement.id].target == line[touching]
            assert before.requirement_by_id[requirement.id].replaced == line[:touching]


@settings(max_examples=examples(60), deadline=None)
@given(stacks(), as_of_days, st.integers(-2, 22).map(lambda n: K + n * DAY))
def test_what_came_after_the_day_of_knowledge_leaves_no_trace_in_the_law(
    stack: list[Overlay], as_of: dt.date, known_on: dt.date
) -> None:
    then = [overlay for overlay in stack if overlay.promulgated <= known_on]
    assert law(resolve(TINY, as_of=as_of, overlays=stack, known_on=known_on)) == law(
        resolve(TINY, as_of=as_of, overlays=then)
    )


@settings(max_examples=examples(60), deadline=None)
@given(stacks(), as_of_days, known_days)
def test_every_overlay_given_is_laid_on_or_named_as_left_out(
    stack: list[Overlay], as_of: dt.date, known_on: dt.date | None
) -> None:
    rules = resolve(TINY, as_of=as_of, overlays=stack, known_on=known_on)
    named = {n.parameters["overlay"] for n in rules.notices if n.sentence.endswith("is left out")}
    assert named == {overlay.id for overlay in stack} - set(rules.overlays)
