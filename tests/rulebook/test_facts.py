"""What two laws say differently, field by field, once each."""

from __future__ import annotations

import datetime as dt

from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.facts import DaySpan, FactSubject, facts_of, facts_over_time, word_changes
from tests.rulebook.tiny import AGENCIES, COMMUNES, HEADER, MEASURES, OVERLAY, RULES_1, RULES_2, Tiny

Told = list[tuple[str, str, str]]


def told(before: CriteriaSet, after: CriteriaSet) -> Told:
    return [(w.subject.kind, w.subject.id, w.field) for w in word_changes(facts_of(before), facts_of(after))]


CHANGES = [
    (
        RULES_1,
        "đường đạt chuẩn; rác",
        "đường xã đạt chuẩn; rác",
        [("indicator", "1.1", "text"), ("indicator", "1.1", "printed")],
    ),
    (RULES_1, "  reading: Số trạm y tế ≥ 2", "  reading: Số trạm ≥ 2", [("indicator", "1.2", "text")]),
    (RULES_1, "text_en: Number of clinics", "text_en: Clinics", [("indicator", "1.2", "text_en")]),
    (RULES_1, 'row: "1.2"}', 'row: "1.3"}', [("indicator", "1.2", "source")]),
    (RULES_2, 'row: "2.1"}\n  lead: so-a', 'row: "2.1"}\n  lead: so-b', [("indicator", "2.1", "lead")]),
    (RULES_1, 'row: "1.1"}\n  lead: so-a', 'row: "1.1"}\n  lead: so-b', [("indicator", "1.1", "lead")]),
    (RULES_1, "      lead: so-b\n", "", [("requirement", "1.1.c.i", "lead"), ("requirement", "1.1.c.ii", "lead")]),
    (RULES_1, "cooperating: []", "cooperating: [ubnd-xa]", [("indicator", "1.2", "cooperating")]),
    (RULES_1, "at_least: 80", "at_most: 80", [("requirement", "1.1.b", "comparator")]),
    (RULES_1, "nhom-1: 3", "nhom-1: 4", [("requirement", "1.2", "target")]),
    (RULES_1, "          applies_if: landfill_exists\n", "", [("requirement", "1.1.c.i", "gates")]),
    (RULES_1, "      any:\n", "      all:\n", [("indicator", "1.1", "structure")]),
    (
        RULES_1,
        "- id: 1.1.a",
        "- id: 1.1.z",
        [("indicator", "1.1", "structure"), ("requirement", "1.1.a", "removed"), ("requirement", "1.1.z", "added")],
    ),
    (RULES_2, "promulgated: 2025-12-01", "promulgated: 2025-12-02", [("requirement", "2.2", "target_source")]),
    (MEASURES, "label: {vi: Thu nhập,", "label: {vi: Thu nhập BQ,", [("measure", "income", "label")]),
    (MEASURES, "decimals: 3", "decimals: 2", [("measure", "roads_share", "counted")]),
    (
        MEASURES,
        "{vi: Sổ theo dõi, en: Register}",
        "{vi: Sổ, en: Register}",
        [("measure", "landfill_share", "evidence")],
    ),
    (MEASURES, "range: {min: 0}", "range: {min: 1}", [("measure", "debt", "range")]),
    (AGENCIES, "{vi: Sở A, en: Department A}", "{vi: Sở Á, en: Department A}", [("agency", "so-a", "name")]),
    (HEADER, 'version: "1"', 'version: "2"', [("set", "", "version")]),
    (HEADER, "due: 2026-07-31", "due: 2026-08-31", [("decision", "awaited", "due")]),
    (HEADER, "title: Hạ tầng,", "title: Hạ tầng xã,", [("criterion", "1", "title")]),
    (HEADER, "{vi: Nhóm 1, en: Group 1}", "{vi: Nhóm I, en: Group 1}", [("group", "nhom-1", "title")]),
    (
        COMMUNES,
        "Xã Hai,xa,2025-07-01,,,,,",
        "Xã Hai,xa,2025-07-01,,,nhom-2,ds 2,",
        [("commune", "03402", "group"), ("commune", "03402", "group_source")],
    ),
]


def test_each_change_is_told_once_where_it_was_made(tiny: Tiny, other: Tiny) -> None:
    before = tiny.resolve()
    for file, old, new, expected in CHANGES:
        kept = (other.folder / file).read_text(encoding="utf-8")
        other.change(file, old, new)
        assert told(before, other.resolve()) == expected, (file, new)
        other.write(file, kept)
    assert told(before, other.resolve()) == []


def test_a_part_moved_is_told_by_the_structure(tiny: Tiny, other: Tiny) -> None:
    part = "    - id: 1.1.a\n      text: Có quy hoạch\n      attested: plan_approved\n"
    other.change(RULES_1, part, "")
    other.change(RULES_1, '- id: "1.2"', f'{part}- id: "1.2"')
    (change,) = word_changes(facts_of(tiny.resolve()), facts_of(other.resolve()))
    assert change.field == "structure"
    assert (change.before, change.after) == (
        "all(1.1.a, 1.1.b, any(1.1.c.i, 1.1.c.ii))",
        "all(1.1.b, any(1.1.c.i, 1.1.c.ii), 1.1.a)",
    )


def test_an_overlay_is_told_as_target_source_group_and_overlay(tiny: Tiny) -> None:
    changes = told(tiny.resolve(), tiny.resolve(tiny.overlay()))
    assert changes == [
        ("set", "", "overlays"),
        ("requirement", "DK.1", "target"),
        ("requirement", "DK.1", "target_source"),
        ("commune", "03402", "group"),
        ("commune", "03402", "group_source"),
    ]


def test_values_that_change_with_the_days_are_told_with_their_days(tiny: Tiny) -> None:
    spans = [DaySpan(dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in range(2026, 2031)]
    overlay = tiny.overlay(OVERLAY)
    facts = facts_over_time([(span, tiny.resolve(overlay, as_of=span.from_)) for span in spans])
    target = facts[FactSubject("requirement", "2.2", "2.2")]["target"]["over_time"]
    assert [(part["from"], part["to"], part["value"]["state"]) for part in target] == [
        ("2026-01-01", "2026-12-31", "known"),
        ("2027-01-01", "2028-12-31", "known"),
        ("2029-01-01", "2030-12-31", "awaited"),
    ]
    assert facts[FactSubject("indicator", "2.3", "2.3")]["in_force"] == [["2027-01-01", "2030-12-31"]]
    assert "in_force" not in facts[FactSubject("indicator", "1.1", "1.1")]
    assert facts[FactSubject("commune", "03402")]["group"]["over_time"][0]["value"] == "nhom-2"
