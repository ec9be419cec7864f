"""Files of tests are checked whole: what is wrong is told by file, line and key, with the nearest match."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.rulebook import rule_tests
from ntm_rules.rulebook.criteria_set import AwaitedTarget, KnownTarget
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.resolve import resolve
from tests.rulebook.tiny import END_OF_2026, OVERLAY, Tiny, said
from tests.workbench.testing.conftest import Read


def problems(read: Read, text: str) -> list[str]:
    with pytest.raises(NtmError) as refused:
        read(text)
    return [line.removeprefix("01/tests.yaml, ") for line in said(refused.value)]


def test_tests_stand_beside_each_file_of_rules(tiny: Tiny) -> None:
    loaded = tiny.load()
    assert rule_tests.tests_files(loaded.header) == (
        "tests.yaml",
        "01/tests.yaml",
        "02/tests.yaml",
        "conditions/tests.yaml",
    )
    assert rule_tests.find_files(loaded.folder, loaded.header) == []
    path = tiny.write("conditions/tests.yaml", "- {name: a, of: DK.1, expect: {verdict: NO_DATA}}")
    assert rule_tests.find_files(loaded.folder, loaded.header) == [(path, "conditions/tests.yaml")]


def test_tests_are_no_part_of_the_law(tiny: Tiny) -> None:
    before = tiny.load()
    tiny.write("01/tests.yaml", "- {name: a, of: '1.1', expect: {verdict: NO_DATA}}")
    after = tiny.load()
    assert after.files == before.files
    assert resolved_hash(resolve(after, as_of=END_OF_2026)) == resolved_hash(resolve(before, as_of=END_OF_2026))


def test_without_a_day_a_test_is_under_the_law_at_the_end_of_the_first_year(read: Read) -> None:
    (case,) = read("- {name: a, of: '1.1', expect: {verdict: NO_DATA}}")
    assert (case.rules.as_of, case.facts.report.year, case.facts.group) == (END_OF_2026, 2026, None)
    assert case.facts.previous is None
    assert (case.file, case.line) == ("01/tests.yaml", 1)


def test_day_year_group_and_figures_of_the_year_before_are_taken(read: Read) -> None:
    (case,) = read(
        "- {name: a, of: '2.2', as_of: 2027-06-30, group: nhom-2, given: {income: 53}, before: {income: 50},\n"
        "   expect: {verdict: NOT_MET}}"
    )
    assert (case.rules.as_of, case.facts.report.year, case.facts.group) == (dt.date(2027, 6, 30), 2027, "nhom-2")
    assert case.facts.previous is not None
    assert (case.facts.previous.year, case.facts.previous.get("income").written) == (2026, "50")
    (case,) = read("- {name: a, of: '2.2', year: 2028, expect: {verdict: NO_DATA}}")
    assert (case.rules.as_of, case.facts.report.year) == (dt.date(2028, 12, 31), 2028)


def test_overlays_are_laid_on_and_suppositions_over_them_for_that_test_alone(tiny: Tiny, read: Read) -> None:
    tiny.write("later/decision.yaml", OVERLAY)
    plain, overlaid, supposed, unknown = read(
        "- {name: plain, of: DK.1, expect: {verdict: NO_DATA}}\n"
        "- {name: overlaid, of: DK.1, overlays: [later/decision.yaml], expect: {verdict: NO_DATA}}\n"
        "- {name: both, of: DK.1, overlays: [later/decision.yaml], suppose: {DK.1: 7}, expect: {verdict: NO_DATA}}\n"
        "- {name: not yet known, of: DK.1, overlays: [later/decision.yaml], suppose: {1.1.b: 3},\n"
        "   known_on: 2026-07-01, expect: {verdict: NO_DATA}}\n"
    )
    assert isinstance(plain.rules.requirement_by_id["DK.1"].target, AwaitedTarget)
    targets = [case.rules.requirement_by_id["DK.1"].target for case in (overlaid, supposed)]
    assert [target.everywhere for target in targets if isinstance(target, KnownTarget)] == [0, 7]
    assert (overlaid.rules.illustrative, supposed.rules.illustrative) == (False, True)
    assert isinstance(unknown.rules.requirement_by_id["DK.1"].target, AwaitedTarget)
    known = unknown.rules.requirement_by_id["1.1.b"].target
    assert isinstance(known, KnownTarget)
    assert known.everywhere == Decimal(3)


def test_equal_laws_are_resolved_once(read: Read) -> None:
    cases = read(
        "".join(
            f"- {{name: '{i}', of: DK.1, suppose: {{DK.1: {i % 2}}}, expect: {{verdict: NO_DATA}}}}\n" for i in range(6)
        )
    )
    assert len({id(case.rules) for case in cases}) == 2


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("of: 1.1.x", "line 1, [1].of: “1.1.x” is not defined; did you mean “1.1.c”?"),
        ("of: 1.1.c.iii", "line 1, [1].of: “1.1.c.iii” is not defined; did you mean “1.1.c.ii”?"),
        ("of: '2.3'", "line 1, [1].of: 2.3 is not in force in 2026"),
        ("of: '1.1', gruop: nhom-1", "line 1, [1].gruop: unknown key; did you mean “group”? Allowed: "),
        ("of: '1.1', group: nhom-3", "line 1, [1].group: “nhom-3” is not defined; did you mean “nhom-2”?"),
        ("of: '1.1', as_of: 2031-01-01", "line 1, [1].as_of: outside the period of the set, 2026 to 2030"),
        ("of: '1.1', year: 2025", "line 1, [1].year: outside the period of the set, 2026 to 2030"),
        ("of: '1.1', given: {road_share: 1}", "“road_share” is not defined; did you mean “roads_share”?"),
        (
            "of: 1.1.b, given: {safe: Đạt}",
            "line 1, [1].given.safe: 1.1.b does not read this; it reads: roads_share",
        ),
        ("of: 1.1.b, before: {roads_share: 1}", "1.1.b reads no earlier year of this; it reads: -"),
        (
            "of: 1.1.b, given: {roads_share: '1.234'}",
            "line 1, [1].given.roads_share: “1.234” can be read as 1234 or as 1,234. Write 1234 or 1,234.",
        ),
        (
            "of: '1.1', overlays: [measure.yml]",
            "line 1, [1].overlays[1]: there is no file “measure.yml”; did you mean “measures.yaml”?",
        ),
        ("of: '1.1', overlays: [x/y.yaml]", "line 1, [1].overlays[1]: there is no file “x/y.yaml”"),
        ("of: '1.1', overlays: [agencies.yaml]", "agencies.yaml, line 1: keys with values are expected"),
        ("of: '1.1', suppose: {1.1.z: 3}", "line 1, [1].suppose.1.1.z: “1.1.z” is not defined; did you mean"),
        ("of: '1.1', suppose: {1.1.b: 101}", "line 1, [1].suppose.1.1.b: a share's target lies between 0 and 100"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_key(read: Read, test: str, words: str) -> None:
    found = problems(read, f"- {{name: a, {test}, expect: {{verdict: NO_DATA}}}}")
    assert [words for line in found if words in line] == [words], found


@pytest.mark.parametrize(
    ("of", "expect", "words"),
    [
        ("1.1.b", "verdict: MTE", "line 1, [1].expect.verdict: choose one of: MET, NOT_MET, NO_DATA"),
        ("1.1.b", "verdict: MET, reason: reachd", "expect.reason: “reachd” is not defined; did you mean “reached”?"),
        ("1.1.b", "verdict: MET, reason: below_target", "expect.reason: below_target is a reason of NOT_MET"),
        ("1.1.b", "verdict: MET, shortfall: 1", "expect.shortfall: only what is not met has a gap"),
        ("'1.1'", "verdict: NOT_MET, quantity: 1", "expect.quantity: a gap belongs to a single requirement; test that"),
        ("1.1.b", "verdict: MET, lead: so-aa", "expect.lead: “so-aa” is not defined; did you mean “so-a”?"),
        ("'1.1'", "verdict: MET, lead: so-a", "expect.lead: 1.1 has several lead agencies; test its parts"),
        ("1.1.c", "verdict: MET, parts: {1.1.b: MET}", "expect.parts.1.1.b: “1.1.b” is not defined"),
    ],
)
def test_what_cannot_be_expected_is_refused(read: Read, of: str, expect: str, words: str) -> None:
    found = problems(read, f"- {{name: a, of: {of}, expect: {{{expect}}}}}")
    assert [words for line in found if words in line] == [words], found


def test_every_mistake_of_every_file_is_told_at_once(tiny: Tiny, read: Read) -> None:
    tiny.write("02/tests.yaml", "- {name: a, of: '2.9', expect: {verdict: MET}}")
    tiny.write("conditions/tests.yaml", "- name: b")
    found = problems(
        read,
        "- {name: a, of: 1.1.b, group: nhom-9, as_of: 2040-01-01, expect: {verdict: MET, reason: x}}\n"
        "- {name: a, of: 1.1.b, expect: {verdict: MET}}",
    )
    assert [line.split(":")[0] for line in found] == [
        "line 1, [1].as_of",
        "line 1, [1].group",
        "line 1, [1].expect.reason",
        "line 2, [2].name",
        "02/tests.yaml, line 1, [1].of",
        "conditions/tests.yaml, line 1, [1]",
        "conditions/tests.yaml, line 1, [1]",
    ]


def test_the_mistakes_of_an_overlay_are_told_once(tiny: Tiny, read: Read) -> None:
    tiny.write("later.yaml", OVERLAY.replace("DK.1", "DK.7"))
    test = "- {{name: {}, of: 1.1.b, overlays: [later.yaml], expect: {{verdict: MET}}}}\n"
    assert [line.replace(f"{tiny.folder}/", "") for line in problems(read, test.format("a") + test.format("b"))] == [
        "later.yaml, line 8, set.DK.7: “DK.7” is not defined; did you mean “DK.1”? (where an earlier decision adds it, give that one too)"
    ]


def test_a_name_serves_once_for_what_is_tested(read: Read) -> None:
    text = "- {name: a, of: 1.1.b, expect: {verdict: NO_DATA}}\n- {name: a, of: 1.1.a, expect: {verdict: NO_DATA}}\n"
    assert len(read(text)) == 2
    twice = text + "- {name: a, of: 1.1.b, expect: {verdict: MET}}"
    assert problems(read, twice) == ["line 3, [3].name: a test of this name stands on line 1"]
