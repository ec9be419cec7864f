"""Two laws compared whole: nothing is invented, nothing that changes a verdict is missed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.reference import Facts, evaluate_indicator
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.facts import WordChange
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.workbench.comparing.lawdiff import LawDiff, Nature, diff_laws
from ntm_rules.workbench.comparing.probes import ProbeCells, ProbeReader
from ntm_rules.workbench.comparing.sides import LawSide
from tests.examples import FULL
from tests.rulebook.tiny import CONDITIONS, HEADER, MEASURES, OVERLAY, RULES_1, RULES_2, Tiny
from tests.rulebook.tiny import said as said_in_english
from tests.workbench.comparing.conftest import tiny_in
from tests.workbench.comparing.edits import Edit, edits

EXAMPLES = 20 if settings().max_examples <= FULL else 10 * settings().max_examples
"""Edits tried: few in every run, many in a long one."""
MET, NOT_MET, NO_DATA = Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA
NO_TARGET, NOT_APPLICABLE = Verdict.NO_TARGET, Verdict.NOT_APPLICABLE


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """One tiny set for all generated edits; each puts its file back."""
    return tiny_in(tmp_path_factory.mktemp("laws") / "tiny")


@pytest.fixture(scope="module")
def plain(written: Tiny) -> LoadedSet:
    return written.load()


def side(loaded: LoadedSet, **more: object) -> LawSide:
    return LawSide("law", loaded, **more)  # type: ignore[arg-type]


def compare(before: LoadedSet, after: LoadedSet, as_of: dt.date | None = None) -> LawDiff:
    return diff_laws(side(before), side(after), as_of=as_of)


# --- properties --------------------------------------------------------------------------------


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=edits())
def test_a_law_compared_with_itself_differs_in_nothing(written: Tiny, plain: LoadedSet, edit: Edit) -> None:
    try:
        edited = edit.apply(written)
    except NtmError:
        assume(False)
    diff = compare(edited, edited)
    assert diff.empty
    assert (diff.indicators, diff.others, diff.files, diff.probes) == ((), (), (), 0)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=edits(), day=st.sampled_from([None, dt.date(2026, 12, 31), dt.date(2027, 12, 31)]))
def test_sides_swapped_give_the_mirror_image(written: Tiny, plain: LoadedSet, edit: Edit, day: dt.date | None) -> None:
    try:
        edited = edit.apply(written)
    except NtmError:
        assume(False)
    there, back = compare(plain, edited, day), compare(edited, plain, day)
    assert [i.id for i in there.indicators] == [i.id for i in back.indicators]
    assert (there.probes, there.probed, there.same) == (back.probes, back.probed, back.same)
    for one, other in zip(there.indicators, back.indicators, strict=True):
        assert sorted(map(said, one.words)) == sorted(
            said(w._replace(before=w.after, after=w.before)) for w in other.words
        )
        for effect, reverse in zip(one.effects, other.effects, strict=True):
            assert {"": "", "before": "after", "after": "before"}[effect.only] == reverse.only
            if effect.outcome is None or reverse.outcome is None:
                assert effect.outcome is reverse.outcome
                continue
            assert {(b, a): n for (a, b), n in effect.outcome.turns.items()} == reverse.outcome.turns
            assert set(effect.outcome.parts) == set(reverse.outcome.parts)


def said(change: WordChange) -> str:
    """Write a change as text that can be ordered; which side a whole subject stands on is told by the values."""
    field = "one-sided" if change.field in ("added", "removed") else change.field
    return repr((change.subject, field, change.before, change.after))


figures = st.sampled_from(["", "0", "2", "3", "5", "49,9", "50", "50,5", "79,99", "80", "80,00005", "90", "100", "107"])
counts = st.sampled_from(["", "0", "1", "0,5", "40", "50", "79,999", "80", "100"])
blank = st.just("")
cells = {
    "roads_share": st.one_of(
        st.builds(ProbeCells, figures, blank, blank), st.builds(ProbeCells, blank, counts, counts)
    ),
    "landfill_share": st.one_of(
        st.builds(ProbeCells, figures, blank, blank), st.builds(ProbeCells, blank, counts, counts)
    ),
    "income": st.builds(ProbeCells, figures, blank, blank),
    "clinics": st.builds(ProbeCells, figures, blank, blank),
    "debt": st.builds(ProbeCells, figures, blank, blank),
    "plan_approved": st.builds(ProbeCells, st.sampled_from(["", "Có", "Không"]), blank, blank),
    "landfill_exists": st.builds(ProbeCells, st.sampled_from(["", "Có", "Không"]), blank, blank),
    "safe": st.builds(ProbeCells, st.sampled_from(["", "Đạt", "Không đạt", "Chưa có kết luận"]), blank, blank),
    "party_grade": st.builds(ProbeCells, st.sampled_from(["", "trung-binh", "kha", "tot"]), blank, blank),
}
reports = st.fixed_dictionaries(cells)


def verdicts(
    rules: CriteriaSet, now: dict[str, ProbeCells], before: dict[str, ProbeCells], group: str | None
) -> dict[str, Verdict]:
    """Judge a report by the reference, read as this law's readers do."""
    reader = ProbeReader(rules)

    def year(figures: dict[str, ProbeCells], of: int) -> CommuneYear:
        read = {m: value for m, written in figures.items() if (value := reader.read(m, written)) is not None}
        return CommuneYear("03400", "Xã Một", of, read)

    facts = Facts(year(now, 2026), year(before, 2025), group)
    return {i.id: evaluate_indicator(rules, i, facts).verdict for i in rules.indicator_by_id.values()}


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edit=edits(),
    given_=st.lists(st.tuples(reports, reports, st.sampled_from([None, "nhom-1", "nhom-2"])), min_size=12, max_size=12),
    year=st.sampled_from([2026, 2027, 2029]),
)
def test_an_edit_that_changes_any_verdict_of_any_report_is_detected_by_the_probes(
    written: Tiny,
    plain: LoadedSet,
    edit: Edit,
    given_: list[tuple[dict[str, ProbeCells], dict[str, ProbeCells], str | None]],
    year: int,
) -> None:
    try:
        edited = edit.apply(written)
    except NtmError:
        assume(False)
    day = dt.date(year, 12, 31)
    laws = resolve(plain, as_of=day), resolve(edited, as_of=day)
    found = {i.id for i in compare(plain, edited, day).indicators if i.effect}
    for now, before, group in given_:
        first, second = (verdicts(rules, now, before, group) for rules in laws)
        changed = {id_ for id_ in {*first, *second} if first.get(id_) is not second.get(id_)}
        assert changed <= found, (edit, now, before, group)


# --- what probes must detect -------------------------------------------------------------------

EFFECTS = [
    ("at_least and at_most swapped", RULES_1, "at_least: 80", "at_most: 80", "1.1"),
    ("any becomes all", RULES_1, "      any:\n", "      all:\n", "1.1"),
    ("all becomes any", RULES_1, "  all:\n", "  any:\n", "1.1"),
    ("a ten-thousandth more", RULES_1, "at_least: 80", "at_least: 80.0001", "1.1"),
    ("one group alone", RULES_1, "nhom-2: 2}", "nhom-2: 2.0001}", "1.2"),
    ("nothing to count", MEASURES, "zero_denominator: not_applicable", "zero_denominator: invalid", "1.1"),
    ("decimals that may be counted", MEASURES, "    decimals: 3\n", "    decimals: 2\n", "1.1 2.3"),
    ("what can be reported at all", MEASURES, "range: {min: 0}", "range: {min: 1}", ""),
    ("a grade less on the scale", HEADER, "      - {id: trung-binh, label: {vi: Trung bình, en: Fair}}\n", "", "2.1"),
    ("a grade gone from the top", HEADER, "      - {id: tot, label: {vi: Tốt, en: Very good}}\n", "", "2.1"),
    ("if any, no longer", RULES_1, "          applies_if: landfill_exists\n", "", "1.1"),
    ("another measure", RULES_1, "attested: plan_approved", "attested: landfill_exists", "1.1"),
    ("a growth target", RULES_2, "value: 7,", "value: 7.0001,", "2.2"),
    ("a grade target", RULES_2, "at_least: kha", "at_least: tot", "2.1"),
    ("a standard in force", RULES_1, "          standard: {pending: {decision: awaited}}\n", "", "1.1"),
]


@pytest.mark.parametrize(("_what", "file", "old", "new", "id_"), EFFECTS, ids=[e[0] for e in EFFECTS])
def test_a_change_of_effect_without_wording_is_stated(
    tiny: Tiny, other: Tiny, _what: str, file: str, old: str, new: str, id_: str
) -> None:
    other.change(file, old, new)
    if not id_:  # the range only matters once the debt has a target
        for law in (tiny, other):
            law.change(
                CONDITIONS,
                "at_most: {pending: {decision: awaited, note: {vi: Chờ quy định, en: Awaited}}}",
                "at_most: 5",
            )
        id_ = "DK.1"
    diff = compare(tiny.load(), other.load())
    changed = [i for i in diff.indicators if i.effect]
    assert [(i.id, i.nature) for i in changed] == [(id_, Nature.EFFECT_ONLY) for id_ in id_.split()]
    assert all(i.probes > 0 for i in changed)
    assert all(effect.outcome and effect.outcome.turns for i in changed for effect in i.effects)


@pytest.mark.parametrize(
    ("measure_", "id_", "wider", "narrower"),
    [
        ("  kind: share\n", "1.1", "  kind: share\n  range: {min: 10}\n", "  kind: share\n  range: {min: 10.5}\n"),
        (
            "kind: growth, unit: {vi: triệu, en: million}",
            "2.2",
            "kind: growth, range: {min: 10, max: 900}, unit: {vi: triệu, en: million}",
            "kind: growth, range: {min: 10, max: 899.5}, unit: {vi: triệu, en: million}",
        ),
    ],
)
def test_a_range_moved_is_found_at_its_own_bound(
    tiny: Tiny, other: Tiny, measure_: str, id_: str, wider: str, narrower: str
) -> None:
    tiny.change(MEASURES, measure_, wider)
    other.change(MEASURES, measure_, narrower)
    found = [i for i in compare(tiny.load(), other.load()).indicators if i.effect]
    assert [i.id for i in found][:1] == [id_]
    outcome = found[0].effects[0].outcome
    assert outcome is not None
    assert {NO_DATA} == {after for before, after in outcome.turns if before in (MET, NOT_MET)}


def test_a_change_of_wording_without_effect_is_stated(tiny: Tiny, other: Tiny) -> None:
    other.change(RULES_1, "      text: đường đạt chuẩn\n", "      text: đường xã đạt chuẩn\n")
    diff = compare(tiny.load(), other.load())
    (changed,) = diff.indicators
    assert (changed.id, changed.nature) == ("1.1", Nature.WORDING_ONLY)
    assert [(w.subject.id, w.field, w.before, w.after) for w in changed.words] == [
        ("1.1.b", "text", "đường đạt chuẩn", "đường xã đạt chuẩn")
    ]
    assert changed.probes == diff.probes > 0, "the rule was probed all the same"
    assert changed.effects == ()


def test_a_change_of_lead_is_neither_wording_nor_effect(tiny: Tiny, other: Tiny) -> None:
    other.change(RULES_2, 'row: "2.1"}\n  lead: so-a', 'row: "2.1"}\n  lead: so-b')
    (changed,) = compare(tiny.load(), other.load()).indicators
    assert (changed.id, changed.nature) == ("2.1", Nature.OTHER)
    assert [(w.subject.id, w.field, w.before, w.after) for w in changed.words] == [("2.1", "lead", "so-a", "so-b")]


def test_the_exact_verdicts_at_a_moved_target_are_told(tiny: Tiny, other: Tiny) -> None:
    other.change(RULES_2, "at_least: kha", "at_least: tot")
    (changed,) = compare(tiny.load(), other.load()).indicators
    (effect,) = changed.effects
    assert effect.outcome is not None
    assert effect.outcome.turns == {(MET, NOT_MET): 1}, "of nothing, fair, good and very good only good"
    assert (effect.outcome.probes, effect.outcome.exhaustive) == (4, True)
    (example,) = effect.outcome.examples
    assert (example.measures, example.probe[0].now.value) == (("party_grade",), "kha")


def test_a_span_of_years_that_leaves_a_year_out_is_an_effect_of_that_year(tiny: Tiny, other: Tiny) -> None:
    other.change(RULES_2, "  years: {from: 2026, to: 2030}\n  graded", "  years: {from: 2027, to: 2029}\n  graded")
    (changed,) = compare(tiny.load(), other.load()).indicators
    assert changed.nature is Nature.EFFECT_ONLY
    spans = [(e.only, e.days.before.from_.isoformat(), e.days.before.to.isoformat()) for e in changed.effects]
    assert spans == [("before", "2026-01-01", "2026-12-31"), ("before", "2030-01-01", "2030-12-31")]
    fields = {(w.field, str(w.before), str(w.after)) for w in changed.words}
    assert ("years", "{'from': 2026, 'to': 2030}", "{'from': 2027, 'to': 2029}") in fields


def test_an_indicator_on_one_side_alone_is_told(tiny: Tiny, other: Tiny) -> None:
    other.change(RULES_2, '- id: "2.3"', '- id: "2.9"')
    diff = compare(tiny.load(), other.load())
    assert [(i.id, i.nature) for i in diff.indicators] == [("2.3", Nature.REMOVED), ("2.9", Nature.ADDED)]
    assert [w.field for w in diff.indicators[0].words] == ["removed", "removed"]


def test_dates_that_change_the_law_bound_the_effect(tiny: Tiny, other: Tiny) -> None:
    other.change(RULES_2, "from: 2027-01-01, to: 2028-12-31", "from: 2027-01-01, to: 2028-06-30")
    (changed,) = compare(tiny.load(), other.load()).indicators
    (effect,) = changed.effects
    assert (effect.days.before.from_, effect.days.before.to) == (dt.date(2028, 7, 1), dt.date(2028, 12, 31))
    assert effect.outcome is not None
    assert set(effect.outcome.turns) == {(MET, NO_TARGET), (NOT_MET, NO_TARGET), (NO_DATA, NO_TARGET)}, (
        "the commune of unknown group waited for its group before"
    )


def test_two_days_of_one_law_are_compared_on_those_days(tiny: Tiny) -> None:
    loaded = tiny.load()
    sides = side(loaded, day=dt.date(2026, 12, 31)), side(loaded, day=dt.date(2027, 1, 1))
    diff = diff_laws(*sides)
    assert [(i.id, i.nature) for i in diff.indicators] == [("2.2", Nature.EFFECT_ONLY), ("2.3", Nature.ADDED)]
    assert len(diff.days) == 1
    assert diff.days[0].before.from_ == dt.date(2026, 12, 31)


def test_an_overlay_is_an_effect_of_its_days(tiny: Tiny) -> None:
    loaded, overlay = tiny.load(), tiny.overlay(OVERLAY.replace("2027-12-31", "2026-12-31"))
    diff = diff_laws(side(loaded), side(loaded, overlays=(overlay,)))
    touched = {i.id: i.effects for i in diff.indicators if i.effect}
    assert list(touched) == ["1.2", "DK.1"], "the target it sets, and the target by group of the commune it moves"
    for (effect,) in touched.values():
        assert effect.days.before == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    moved = [w for w in diff.others if w.subject.kind == "commune" and w.field == "group"]
    assert [w.subject.id for w in moved] == ["03402"]
    over_time = [(part["from"], part["to"], part["value"]) for part in moved[0].after["over_time"]]
    assert over_time == [("2026-01-01", "2026-12-31", "nhom-2"), ("2027-01-01", "2030-12-31", None)]


def test_a_commune_moved_to_another_group_is_probed_as_moved(tiny: Tiny) -> None:
    loaded = tiny.load()
    overlay = tiny.overlay(OVERLAY.replace("set:\n  DK.1: {value: 0, article: Điều 3}\n", ""))
    diff = diff_laws(side(loaded), side(loaded, overlays=(overlay,)), as_of=dt.date(2026, 12, 31))
    (changed,) = diff.indicators
    assert changed.id == "1.2", "the only target by group in force that year"
    (effect,) = changed.effects
    assert effect.outcome is not None
    assert {example.stand.groups for example in effect.outcome.examples} == {(None, "nhom-2")}
    assert set(effect.outcome.turns) == {(NO_DATA, MET), (NO_DATA, NOT_MET)}


def test_an_indicator_of_many_figures_is_still_found_out(tiny: Tiny, other: Tiny) -> None:
    """Too many combinations to try all: the background that lets the changed figure decide is found."""
    parts = "".join(
        f"    - {{id: 1.1.x{n}, measure: m_{n}, at_least: 80}}\n"
        if n != 3
        else "    - {id: 1.1.x3, any: [{id: 1.1.x3.a, measure: m_3, at_least: 80}, {id: 1.1.x3.b, measure: m_4, at_least: 70}]}\n"
        for n in (0, 1, 2, 3)
    )
    extra = "".join(
        f"- {{id: m_{n}, label: {{vi: m, en: m}}, kind: amount, unit: {{vi: m, en: m}}, sense: higher, evidence: {{vi: e, en: e}}}}\n"
        for n in range(5)
    )
    for law in (tiny, other):
        law.change(RULES_1, '- id: "1.2"', f'{parts}- id: "1.2"')
        law.change(MEASURES, "- id: roads_share", f"{extra}- id: roads_share")
    other.change(RULES_1, "measure: m_4, at_least: 70", "measure: m_4, at_least: 70.0001")
    (changed,) = compare(tiny.load(), other.load()).indicators
    (effect,) = changed.effects
    assert effect.outcome is not None
    assert not effect.outcome.exhaustive
    assert set(effect.outcome.turns) == {(MET, NOT_MET), (NO_DATA, NOT_MET)} or (MET, NOT_MET) in effect.outcome.turns
    assert changed.nature is Nature.EFFECT_ONLY


def test_what_the_files_say_beside_the_law_is_told_apart(tiny: Tiny, other: Tiny) -> None:
    other.change(RULES_1, '- id: "1.1"', '# a comment\n- id: "1.1"')
    diff = compare(tiny.load(), other.load())
    assert diff.empty
    assert diff.files == (RULES_1,)


def test_a_day_outside_the_period_is_refused_on_either_side(tiny: Tiny) -> None:
    loaded = tiny.load()
    within, outside = side(loaded, day=dt.date(2026, 12, 31)), side(loaded, day=dt.date(2035, 1, 1))
    for pair in ((within, outside), (outside, within), (outside, outside)):
        with pytest.raises(NtmError, match=r"từ 2026 đến 2030.*01/01/2035"):
            diff_laws(*pair)


def test_bands_and_criteria_that_count_otherwise_are_told(tiny: Tiny, other: Tiny) -> None:
    other.change(HEADER, "at_least: 0, at_most: 1}", "at_least: 1, at_most: 1}")
    diff = compare(tiny.load(), other.load())
    assert [(w.subject.kind, w.subject.id, w.field, w.before, w.after) for w in diff.others] == [
        ("band", "chua", "at_least", 0, 1)
    ]
    assert diff.indicators == ()


def test_a_value_that_was_replaced_long_ago_is_told_though_nothing_in_force_differs(tiny: Tiny, other: Tiny) -> None:
    older = "    - {from: 2026-01-01, to: 2026-12-31, value: 7, promulgated: 2025-12-01,"
    for law, value in ((tiny, "5"), (other, "6")):
        shadowed = older.replace("value: 7", f"value: {value}").replace("2025-12-01", "2025-06-01")
        law.change(RULES_2, older, f"{shadowed} source: {{document: decree}}}}\n{older}")
    diff = compare(tiny.load(), other.load())
    assert (diff.indicators, diff.others, diff.dormant, diff.empty) == ((), (), (RULES_2,), False)
    assert compare(tiny.load(), tiny.load()).dormant == ()


# --- years in which nothing is in force ----------------------------------------------------------


def from_2027(tiny: Tiny) -> LoadedSet:
    """The tiny set with every indicator in force from 2027 on, while its period begins in 2026."""
    for name in (RULES_1, RULES_2, CONDITIONS):
        text = (tiny.folder / name).read_text(encoding="utf-8")
        tiny.write(name, text.replace("years: {from: 2026,", "years: {from: 2027,"))
    return tiny.load()


def test_years_in_which_neither_law_has_anything_in_force_are_left_out(tiny: Tiny) -> None:
    loaded = from_2027(tiny)
    tiny.change(RULES_1, "at_least: 80", "at_least: 85")
    diff = compare(loaded, tiny.load())
    assert diff.days[0].before.from_ == dt.date(2027, 1, 1)
    assert [(one.id, one.nature) for one in diff.indicators] == [("1.1", Nature.EFFECT_ONLY)]
    assert diff.indicators[0].effects[0].days.before.from_ == dt.date(2027, 1, 1)
    assert compare(loaded, loaded).empty


def test_a_year_in_which_one_law_alone_has_anything_in_force_is_told(tiny: Tiny) -> None:
    whole = tiny.load()
    diff = compare(whole, from_2027(tiny))
    effects = {
        one.id: [(e.only, e.days.before.from_.year, e.days.before.to.year) for e in one.effects]
        for one in diff.indicators
    }
    assert [effects[id_] for id_ in ("1.1", "1.2", "2.1", "2.2")] == [[("before", 2026, 2026)]] * 4


def test_a_day_of_the_period_on_which_nothing_is_in_force_says_so(tiny: Tiny) -> None:
    loaded = from_2027(tiny)
    with pytest.raises(NtmError) as error:
        compare(loaded, loaded, dt.date(2026, 12, 31))
    assert said_in_english(error.value) == [
        "No indicator of the criteria is in force in 2026; the first year in which one is: 2027"
    ]


# --- another place -------------------------------------------------------------------------------


def test_a_condition_that_becomes_an_indicator_of_a_criterion_is_told_to_have_moved(tiny: Tiny) -> None:
    before = tiny.load()
    conditions = (tiny.folder / CONDITIONS).read_text(encoding="utf-8")
    rules = (tiny.folder / RULES_2).read_text(encoding="utf-8")
    tiny.write(RULES_2, f"{rules.rstrip()}\n{conditions}")
    tiny.change(HEADER, f"conditions: {CONDITIONS}\n", "")
    diff = compare(before, tiny.load())
    found = {one.id: one for one in diff.indicators}
    assert {id_: one.nature for id_, one in found.items()} == dict.fromkeys(
        [i.id for i in before.conditions], Nature.MOVED
    )
    assert not any(one.effect for one in found.values())


def test_a_set_that_is_in_force_in_no_year_cannot_be_compared_and_says_so(tiny: Tiny) -> None:
    tiny.change(HEADER, "period: {from: 2026, to: 2030}", "period: {from: 2036, to: 2037}")
    loaded = tiny.load()
    with pytest.raises(NtmError) as error:
        compare(loaded, loaded)
    assert set(said_in_english(error.value)) == {
        "No indicator of the criteria is in force in any year from 2036 to 2037"
    }
