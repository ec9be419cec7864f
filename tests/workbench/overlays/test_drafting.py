"""An overlay to fill: everything that waits, no number in it, and an error that says what is still empty."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.i18n import use_language
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet, load_overlay
from ntm_rules.rulebook.pending import pending_places, places, set_hash
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError
from ntm_rules.workbench.overlays.drafting import draft, unknown_communes
from tests.rulebook.tiny import END_OF_2026, RULES_2, Tiny, said


def test_every_pending_target_of_the_set_is_there_in_the_order_of_the_law(
    loaded: LoadedSet, lai_chau: CriteriaSet
) -> None:
    waiting = [r.id for r in lai_chau.requirements() if isinstance(r.target, AwaitedTarget)]
    text = draft(loaded, pending_places(loaded))
    offered = re.findall(r'^  #"?([\w.]+)"?: \{(?:value|standard)', text, re.MULTILINE)
    assert list(dict.fromkeys(offered)) == waiting
    assert waiting[-1] == "DK.3"


def test_a_target_that_only_waits_in_a_later_year_is_there_too(tiny: Tiny) -> None:
    assert [p.requirement.id for p in pending_places(tiny.load())] == ["1.1.c.ii", "2.1", "2.3", "DK.1"]


def test_a_class_that_is_stated_at_first_and_waits_later_is_there_too(tiny: Tiny) -> None:
    tiny.change(RULES_2, "value: {nhom-1: 9, nhom-2: 8}", "value: {nhom-1: 9, nhom-2: {pending: {decision: awaited}}}")
    assert "2.2" in [p.requirement.id for p in pending_places(tiny.load())]


def test_a_gap_between_dated_values_waits_on_no_decision(tiny: Tiny) -> None:
    found = places(tiny.load())
    assert found["2.2"].pending is None
    assert list(found) == ["1.1.a", "1.1.b", "1.1.c.i", "1.1.c.ii", "1.2", "2.1", "2.2", "2.3", "DK.1"]


def test_one_decision_alone_may_be_asked_for(loaded: LoadedSet) -> None:
    recognition = pending_places(loaded, "quy-dinh-cong-nhan-2026-2030")
    assert [p.requirement.id for p in recognition] == ["DK.1", "DK.2.a", "DK.2.b", "DK.3"]
    with pytest.raises(NtmError) as refused:
        pending_places(loaded, "quy-dinh-cong-nhan")
    assert said(refused.value) == [
        "“quy-dinh-cong-nhan” is not a decision that this set awaits."
        " Awaited: bo-tieu-chi-xa-ntm-lai-chau, quy-dinh-cong-nhan-2026-2030",
        "Did you mean “quy-dinh-cong-nhan-2026-2030”?",
    ]


def test_beside_each_target_stand_its_words_measure_direction_agency_and_decision(loaded: LoadedSet) -> None:
    text = draft(loaded, pending_places(loaded))
    (entry,) = re.findall(r"(  # 6\.1\. .*?)\n\n", text, re.DOTALL)
    assert entry.splitlines() == [
        "  # 6.1. Tỷ lệ nghèo đa chiều",
        "  # - Tỷ lệ nghèo đa chiều (%): ≤ nhiều nhất",
        "  # - Cơ quan chủ trì: Sở Nông nghiệp và Môi trường",
        "  # - Đang chờ: bo-tieu-chi-xa-ntm-lai-chau",
        '  #"6.1": {value: , article: }',
        '  #"6.1": {value: {nhom-1: , nhom-2: , nhom-3: }, article: }',
    ]
    assert "- bo-tieu-chi-xa-ntm-lai-chau: Bộ tiêu chí về xã nông thôn mới" in text
    assert "(hạn 31/7/2026)" in text


def test_in_english_every_line_is(tiny: Tiny) -> None:
    use_language("en")
    text = draft(tiny.load(), pending_places(tiny.load()))
    assert "# - Income" not in text
    assert "  # 2.1. Graded good or better" in text
    assert "  # - Grades: trung-binh (Fair); kha (Good); tot (Very good)" in text
    assert "  # - Note: Awaited" in text
    assert not re.search("[ạảấầẩậắằẳặẹẻẽếềểệịọỏốồổộớờởợụủứừửữựỳỵỷỹ]", text)


def test_communes_of_unknown_group_are_offered(loaded: LoadedSet, tiny: Tiny) -> None:
    text = draft(loaded, pending_places(loaded))
    assert re.findall(r'^  #"(\d{5})": \{group: , source: \}', text, re.MULTILINE) == [
        commune.code for commune in unknown_communes(loaded)
    ]
    assert [commune.name for commune in unknown_communes(tiny.load())] == ["Xã Hai"]


def test_as_written_it_says_by_line_what_is_still_empty(tiny: Tiny) -> None:
    text = draft(tiny.load(), pending_places(tiny.load()))
    lines = text.splitlines()
    with pytest.raises(RulebookError) as refused:
        tiny.overlay(text)
    empty = {
        "id": "id:",
        "title.vi": "  vi:",
        "title.en": "  en:",
        "document.number": "  number:",
        "document.date": "  date:",
        "document.issuer": "  issuer:",
        "document.title.vi": "    vi:",
        "document.title.en": "    en:",
        "promulgated": "promulgated:",
        "effective.from": "  from:",
        "set": "set:",
    }
    assert {problem.key: lines[problem.line - 1] for problem in refused.value.problems} == empty
    said = {problem.key: problem.message.render("en") for problem in refused.value.problems}
    assert said.pop("set") == "this is still empty; fill it in, or leave the key out"
    assert set(said.values()) == {"this is still empty; fill it in"}, "none of them may be left out"


HEAD = {
    "id:": "id: qd-9",
    "  vi:": "  vi: Quyết định 9",
    "  en:": "  en: Decision 9",
    "  number:": "  number: 9/QĐ",
    "  date:": "  date: 2026-08-01",
    "  issuer:": "  issuer: UBND tỉnh A",
    "    vi:": "    vi: Quyết định",
    "    en:": "    en: Decision",
    "promulgated:": "promulgated: 2026-08-01",
    "  from:": "  from: 2026-09-01",
}


def test_with_the_head_and_entries_filled_in_it_is_law(tiny: Tiny) -> None:
    """Removing nothing but the # of a line, as an editor's key for comments does, keeps the file in shape."""
    entries = {
        "  #1.1.c.ii: {standard: in-force, article: }": "  1.1.c.ii: {standard: in-force, article: Điều 5}",
        '  #"2.1": {value: , article: }': '  "2.1": {value: tot, article: Điều 1}',
        '  #"2.3": {value: {nhom-1: , nhom-2: }, article: }': '  "2.3": {value: {nhom-1: 9.5, nhom-2: 8}, article: Điều 2}',
        "  #DK.1: {value: , article: }": "  DK.1: {value: 0, article: Điều 3}",
        "#groups:": "groups:",
        '  #"03402": {group: , source: }  # Xã Hai': '  "03402": {group: nhom-2, source: Điều 4}  # Xã Hai',
    }
    replaced = HEAD | entries
    lines = draft(tiny.load(), pending_places(tiny.load())).splitlines()
    assert set(replaced) <= set(lines)
    overlay = tiny.overlay("\n".join(replaced.get(line, line) for line in lines) + "\n")
    rules = tiny.resolve(overlay)
    assert all(
        not isinstance(rules.requirement_by_id[id_].target, AwaitedTarget) for id_ in ("1.1.c.ii", "2.1", "DK.1")
    )
    assert rules.communes["03402"].group == "nhom-2"
    assert rules.requirement_by_id["1.1.c.ii"].target.provenance.article == "Điều 5"  # type: ignore[union-attr]
    assert rules.requirement_by_id["2.1"].target.provenance.article == "Điều 1"  # type: ignore[union-attr]


def test_no_number_of_any_target_stands_in_it(loaded: LoadedSet) -> None:
    entries = re.findall(r'^  #"?[\w.]+"?: (.*)$', draft(loaded, pending_places(loaded)), re.MULTILINE)
    assert {re.sub(r"nhom-\d: ", "", entry.partition("  #")[0]) for entry in entries} == {
        "{value: , article: }",
        "{value: {, , }, article: }",
        "{standard: in-force, article: }",
        "{group: , source: }",
    }


def test_the_sets_hash_changes_with_any_of_its_files(tiny: Tiny) -> None:
    before = set_hash(tiny.load())
    assert set_hash(tiny.load()) == before
    tiny.change("agencies.yaml", "Sở B", "Sở Bê")
    assert set_hash(tiny.load()) != before


def test_what_is_drafted_resolves_for_no_one(tmp_path: Path, loaded: LoadedSet) -> None:
    path = tmp_path / "overlay.yaml"
    path.write_text(draft(loaded, pending_places(loaded)), encoding="utf-8")
    with pytest.raises(RulebookError):
        resolve(loaded, as_of=END_OF_2026, overlays=[load_overlay(path)])
