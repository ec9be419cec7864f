"""Explanations: the words an officer pastes, the branches not taken and why, the JSON and its schema."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear, InputFile, Reported, State
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.firing import Fact, Firing
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune, evaluate_conditions
from ntm_rules.evaluation.verdicts import COMBINED_REASON, Verdict, combine
from ntm_rules.exact import PERCENT, VALUE_SCALE, value_units
from ntm_rules.i18n import use_language
from ntm_rules.report.explanation.as_json import explanation_json, schema
from ntm_rules.report.explanation.branches import Why, decided_by, not_taken
from ntm_rules.report.explanation.prose import paragraphs
from ntm_rules.report.explanation.subject import Explanation, subject_of
from ntm_rules.rulebook.criteria_set import (
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Gate,
    KnownTarget,
    Requirement,
)
from ntm_rules.rulebook.loader import LoadedSet, load_overlay
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.wording.sources import origin_words
from tests.examples import examples
from tests.rulebook.tiny import RULES_2, Tiny
from tests.strategies import PROVENANCE, SOURCE, YEAR, Case, cases, criteria_set, indicator, measure, requirement

NO, YES = Reported(State.PRESENT, 0), Reported(State.PRESENT, 1)
VALIDATOR = jsonschema.Draft202012Validator(schema())
KHUN_HA = "03430"


def percent(value: str, **more: Any) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)), PERCENT * VALUE_SCALE, **more)


def counted(n: int, d: int) -> Reported:
    return Reported(State.PRESENT, n, d, counted=True, written=f"{n}/{d}")


def level(value: int, **more: Any) -> Reported:
    return Reported(State.PRESENT, value * VALUE_SCALE, written=str(value), **more)


def explained(
    rules: CriteriaSet,
    id_: str,
    values: dict[str, Reported] | None = None,
    *,
    before: dict[str, Reported] | None = None,
    code: str = KHUN_HA,
    **more: Any,
) -> Explanation:
    """The explanation of an id for a commune that reports just this."""
    unit = rules.communes[code]
    previous = None if before is None else CommuneYear(code, unit.name, 2025, before)
    facts = Facts(CommuneYear(code, unit.name, 2026, values or {}), previous, unit.group)
    subject = subject_of(rules, facts, id_, evaluate_commune(rules, facts), evaluate_conditions(rules, facts))
    return Explanation(rules, "0" * 64, facts, subject, "reference", "0", **more)


def prose(explanation: Explanation) -> str:
    return "\n".join(paragraph.words for paragraph in paragraphs(explanation))


def as_json(explanation: Explanation) -> Any:
    """The JSON, valid and gone through text once."""
    found = json.loads(json.dumps(explanation_json(explanation)))
    errors = [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(found)]
    assert errors == []
    return found


WASTE = {
    "solid_waste_system_exists": YES,
    "solid_waste_system_compliant": YES,
    "household_waste_treated_share": counted(799_999, 1_000_000),
    "household_waste_landfilled_share": percent("50"),
}


# --- prose -------------------------------------------------------------------------------------


def test_a_miss_is_said_with_value_target_and_gap_in_one_sentence(lai_chau: CriteriaSet) -> None:
    said = prose(explained(lai_chau, "8.1", WASTE))
    assert (
        "Năm 2026, “Tỷ lệ chất thải rắn sinh hoạt được phân loại, thu gom, xử lý” là 79,99% (799,999 / 1.000 tấn). "
        "Mức yêu cầu từ 80% trở lên: chưa đạt, còn thiếu 0,01 điểm %, tức 0,001 tấn. "
        "Mức này ghi trong nguyên văn nêu trên."
    ) in said
    assert "là 50%. Mức yêu cầu không quá 50%: đạt." in said


def test_a_number_that_the_words_do_not_state_is_said_to_stand_in_its_source(lai_chau: CriteriaSet) -> None:
    silent = [
        replace(
            criterion,
            indicators=tuple(
                replace(i, text="Chất thải rắn", printed="Chất thải rắn") if i.id == "8.1" else i
                for i in criterion.indicators
            ),
        )
        for criterion in lai_chau.criteria
    ]
    said = prose(explained(replace(lai_chau, criteria=tuple(silent)), "8.1", WASTE))
    assert "nguyên văn nêu trên" not in said
    assert "Mức này ghi tại 5434/KH-UBND ngày 01/7/2026 của UBND tỉnh Lai Châu, Phụ lục III, dòng 8.1." in said


def test_the_law_comes_first_with_its_source_and_agencies(lai_chau: CriteriaSet) -> None:
    said = prose(explained(lai_chau, "8.1", WASTE))
    order = [
        "GIẢI TRÌNH KẾT QUẢ CHỈ TIÊU 8.1",
        "Xã Khun Há (03430), năm 2026, Xã nhóm 3",
        "1. Quy định",
        "Chỉ tiêu 8.1 thuộc tiêu chí 8 (Môi trường và cảnh quan nông thôn): “Hệ thống thu gom",
        "Nguồn: 5434/KH-UBND ngày 01/7/2026 của UBND tỉnh Lai Châu, Phụ lục III, dòng 8.1.",
        "Cơ quan chủ trì: Sở Nông nghiệp và Môi trường.",
        "8.1 đạt khi cả 3 nội dung sau đều đạt: 8.1.a, 8.1.b, 8.1.c.",
        "2. Số liệu và so sánh",
        "3. Kết quả",
        "8.1: CHƯA ĐẠT, vì có nội dung chưa đạt.",
        "Căn cứ đánh giá",
    ]
    places = [said.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_of_all_the_parts_that_decide_are_named_and_why_the_others_do_not(lai_chau: CriteriaSet) -> None:
    values = WASTE | {"solid_waste_system_exists": NO, "household_waste_landfilled_share": Reported(State.MISSING)}
    said = prose(explained(lai_chau, "8.1", values))
    assert "Nội dung quyết định kết quả: 8.1.b." in said
    assert "8.1.a: không áp dụng, nên không tính." in said
    assert "8.1.c: dù kết quả thế nào cũng không thay đổi kết quả chung." in said
    assert "4. Số liệu cần bổ sung" not in said, "what is decided owes nothing"


def test_a_question_answered_no_says_what_was_not_asked(lai_chau: CriteriaSet) -> None:
    said = prose(explained(lai_chau, "8.1.a", WASTE | {"solid_waste_system_exists": NO}))
    assert (
        "xã trả lời Không, nên không xét “Hệ thống thu gom, vận chuyển, xử lý chất thải rắn đảm bảo yêu cầu về bảo vệ "
        "môi trường” và nội dung này không áp dụng."
    ) in said
    assert "được trả lời" not in said
    assert "Nội dung 8.1.a: KHÔNG ÁP DỤNG" in said
    assert "Kết quả chung của 8.1: Chưa đạt." in said


def test_of_alternatives_the_one_met_is_named_and_the_others_were_not_needed(lai_chau: CriteriaSet) -> None:
    values = {"industrial_park_compliant": NO, "industrial_cluster_compliant": YES}
    said = prose(explained(lai_chau, "3.10", values))
    assert "3.10 đạt khi ít nhất một trong 4 nội dung sau đạt" in said
    assert "3.10: ĐẠT, vì" in said
    assert "Nội dung quyết định kết quả: 3.10.b." in said
    assert "3.10.a: không đạt, nhưng không ảnh hưởng, vì đã có nội dung khác đạt." in said
    assert "3.10.c, 3.10.d: không cần xét, vì đã có nội dung khác đạt." in said
    assert "Cơ quan chủ trì nội dung này: Ban Quản lý Khu kinh tế tỉnh." in said


def test_alternatives_that_all_failed_are_listed_as_ways(lai_chau: CriteriaSet) -> None:
    values = {
        f"effective_{kind}_model_exists": NO for kind in ("high_tech_farming", "green_economy", "circular_economy")
    }
    said = prose(explained(lai_chau, "3.3", values))
    assert (
        "Chỉ cần đạt một trong các nội dung sau, gần đạt nhất trước: 3.3.a (xã trả lời “Không”, cần thực hiện);" in said
    )


def one_criterion(*nodes: Combination | Requirement, **measures: str) -> CriteriaSet:
    """A set of one criterion with an indicator per node; its commune is "00001"."""
    rows = tuple(indicator(f"1.{n}", node) for n, node in enumerate(nodes, start=1))
    unit = Commune("00001", "Một", "xa", dt.date(2025, 7, 1))
    specs = {id_: measure(id_, kind) for id_, kind in measures.items()}
    return criteria_set((Criterion("1", "1", "1", SOURCE, rows),), specs, communes=(unit,))


def at(value: int) -> KnownTarget:
    return KnownTarget(PROVENANCE, everywhere=Decimal(value))


def test_of_ways_to_meet_it_the_nearest_comes_first_and_several_parts_are_one_way() -> None:
    far = requirement("far", "s", Comparator.AT_LEAST, at(80))
    near = requirement("near", "a", Comparator.AT_LEAST, at(10))
    both = Combination("all", (requirement("b1", "s", Comparator.AT_LEAST, at(79)), near), "both")
    rules = one_criterion(Combination("any", (far, near, both), "1.1"), s="share", a="amount")
    said = prose(explained(rules, "1.1", {"s": percent("8"), "a": level(9)}, code="00001"))
    assert (
        "Chỉ cần đạt một trong các nội dung sau, gần đạt nhất trước: "
        "near (còn thiếu 1 amount); both (b1 còn thiếu 71 điểm %; near còn thiếu 1 amount); far (còn thiếu 72 điểm %)."
    ) in said


def test_where_too_few_parts_apply_to_be_enough_that_is_said_instead_of_ways() -> None:
    near = requirement("near", "a", Comparator.AT_LEAST, at(10))
    shut = requirement("shut", "a", Comparator.AT_LEAST, at(10), gates=(Gate("b", Comparator.AT_LEAST, Decimal(5)),))
    rules = one_criterion(Combination("some", (near, shut), "1.1", needed=2), a="amount", b="amount")
    said = prose(explained(rules, "1.1", {"a": level(9), "b": level(1)}, code="00001"))
    assert "Còn cần thêm 2 phần trong số này, gần đạt nhất trước: near (còn thiếu 1 amount)." in said
    said = prose(explained(rules, "1.1", {"a": level(10), "b": level(1)}, code="00001"))
    assert "Quá ít phần của 1.1 áp dụng với xã này nên không thể đạt đủ 2 phần." in said
    assert "gần đạt nhất" not in said


def test_an_or_within_an_or_and_one_below_an_and_are_told_with_their_ways() -> None:
    near, mid, far = (requirement(name, name, Comparator.AT_LEAST, at(100)) for name in ("near", "mid", "far"))
    inner = Combination("any", (far, near), "inner")
    both = Combination("all", (inner, mid), "both")
    rest = requirement("rest", "rest", Comparator.AT_LEAST, at(100))
    measures = dict.fromkeys(("near", "mid", "far", "rest"), "amount")
    rules = one_criterion(Combination("any", (rest, both), "1.1"), Combination("all", (rest, inner), "1.2"), **measures)
    values = {"near": level(95), "mid": level(90), "far": level(1), "rest": level(70)}
    assert (
        "Chỉ cần đạt một trong các nội dung sau, gần đạt nhất trước: both ((near còn thiếu 5 amount hoặc far còn thiếu"
        " 99 amount); mid còn thiếu 10 amount); rest (còn thiếu 30 amount)."
    ) in prose(explained(rules, "1.1", values, code="00001"))
    assert (
        "Ở inner chỉ cần đạt một trong các nội dung sau, gần đạt nhất trước: near (còn thiếu 5 amount);"
        " far (còn thiếu 99 amount)."
    ) in prose(explained(rules, "1.2", values, code="00001"))


def test_the_year_of_each_figure_that_is_owed_is_named() -> None:
    rules = one_criterion(requirement("g", "g", Comparator.AT_LEAST, at(9)), g="growth")
    found = explained(rules, "1.1", {}, code="00001")
    assert "(1) “g” năm 2026; (2) “g” năm 2025 (số lớn hơn 0)." in prose(found)
    (said,) = as_json(found)["indicators"]
    assert [item["year"] for item in said["settling"]["items"]] == [2026, 2025]
    assert (said["node"]["reported"]["year"], said["node"]["year_before"]["year"]) == (2026, 2025)
    known = explained(rules, "1.1", {"g": level(44)}, code="00001")
    assert "Nếu tốc độ tăng của “g” dưới 9% thì kết quả của 1.1 là: Chưa đạt." in prose(known)
    assert as_json(known)["indicators"][0]["settling"]["alone"][0]["compared"] == "growth"


def test_a_year_before_of_0_is_said_not_to_be_filled_in_by_another_0() -> None:
    grows = requirement("g", "g", Comparator.AT_LEAST, at(9))
    found = explained(one_criterion(grows, g="growth"), "1.1", {"g": level(44)}, before={"g": level(0)}, code="00001")
    assert "dù giá trị là bao nhiêu: “g” năm 2025 (số lớn hơn 0)." in prose(found)
    assert (
        "“g” năm 2025 đã được báo cáo bằng 0. Nếu số 0 đó đúng thì không tính được tốc độ tăng năm 2026, "
        "và không có số liệu nào khác để xét được 1.1 cho năm 2026."
    ) in prose(found)
    (said,) = as_json(found)["indicators"]
    (item,) = said["settling"]["items"]
    assert (item["year"], item["demand"]) == (2025, "above_zero")
    assert (said["settling"]["zeros"], said["settling"]["hopeless"]) == ([item], True)


def test_a_ruling_is_settled_by_a_conclusion_and_not_by_an_answer_that_it_is_awaited() -> None:
    rules = one_criterion(requirement("r", "r", Comparator.EQUALS, at(1)), r="ruling")
    found = explained(rules, "1.1", {"r": Reported(State.AWAITED)}, code="00001")
    assert "kết luận về “r” năm 2026 (“Kết luận: đạt” hoặc “Kết luận: không đạt”)" in prose(found)
    (said,) = as_json(found)["indicators"]
    assert [item["demand"] for item in said["settling"]["items"]] == ["conclusion"]
    assert (said["settling"]["zeros"], said["settling"]["hopeless"]) == ([], False)


@pytest.mark.parametrize(
    ("kind", "comparator", "target", "words"),
    [
        ("share", Comparator.AT_LEAST, 80, ["dưới 80%", "từ 80% trở lên"]),
        ("share", Comparator.AT_MOST, 50, ["trên 50%", "không quá 50%"]),
        ("share", Comparator.AT_LEAST, 100, ["dưới 100%", "từ 100% trở lên"]),
        ("share", Comparator.AT_LEAST, 0, ["được báo cáo, dù là bao nhiêu"]),
        ("amount", Comparator.AT_MOST, 0, ["trên 0 amount", "không quá 0 amount"]),
        ("grade", Comparator.AT_LEAST, 2, ["từ “hoan-thanh” trở xuống", "từ “hoan-thanh-tot” trở lên"]),
        ("grade", Comparator.AT_LEAST, 1, ["là “khong-hoan-thanh”", "từ “hoan-thanh” trở lên"]),
        ("attestation", Comparator.EQUALS, 1, ["là “Không”", "là “Có”"]),
        ("ruling", Comparator.EQUALS, 1, ["là “Kết luận: không đạt”", "là “Kết luận: đạt”"]),
    ],
)
def test_the_values_that_decide_alone_are_said_as_the_law_says_them(
    kind: str, comparator: Comparator, target: int, words: list[str]
) -> None:
    rules = one_criterion(requirement("1.1", "m", comparator, at(target)), m=kind)
    found = explained(rules, "1.1", {}, code="00001")
    for expected in words:
        assert f"Nếu “m” năm 2026 {expected} thì kết quả của 1.1 là: " in prose(found)
    as_json(found)


def test_values_between_two_targets_are_said_with_both_ends() -> None:
    low, high = (
        requirement(i, "s", c, at(t)) for i, c, t in (("l", Comparator.AT_LEAST, 20), ("h", Comparator.AT_MOST, 60))
    )
    rules = one_criterion(Combination("all", (low, high), "1.1"), s="share")
    said = prose(explained(rules, "1.1", {}, code="00001"))
    assert "Nếu “s” năm 2026 từ 20% trở lên và không quá 60% thì kết quả của 1.1 là: Đạt." in said
    assert "Nếu “s” năm 2026 dưới 20% hoặc trên 60% thì kết quả của 1.1 là: Chưa đạt." in said


def test_an_alternative_of_two_parts_says_how_they_combine() -> None:
    both = Combination(
        "all",
        (requirement("x", "s", Comparator.AT_LEAST, at(79)), requirement("y", "q", Comparator.EQUALS, at(1))),
        "both",
    )
    rules = one_criterion(
        Combination("any", (both, requirement("z", "a", Comparator.AT_MOST, at(5))), "1.1"),
        s="share",
        q="attestation",
        a="amount",
    )
    said = prose(explained(rules, "1.1", {"s": percent("80"), "q": NO, "a": level(5)}, code="00001"))
    assert (
        "both đạt khi cả 2 nội dung sau đều đạt: x, y. both: CHƯA ĐẠT, vì có nội dung chưa đạt. "
        "Nội dung quyết định kết quả: y. x: đã đạt, nhưng phải đạt mọi nội dung."
    ) in said
    assert "both: không đạt, nhưng không ảnh hưởng, vì đã có nội dung khác đạt." in said


def test_a_target_by_group_says_whose_it_is_and_the_others(filled: CriteriaSet) -> None:
    said = prose(explained(filled, "6.2", {"solid_houses_share": percent("67.99")}))
    assert "xã này áp dụng Xã nhóm 3: từ 68% trở lên; các nhóm khác: Xã nhóm 1: từ 88% trở lên; Xã nhóm 2:" in said
    assert "chưa đạt, còn thiếu 0,01 điểm %." in said


TRIAL = """\
id: thu
applies_to: lai-chau-2026-2030
title: {vi: Thử, en: Trial}
illustrative: true
promulgated: 2026-08-01
effective: {from: 2026-01-01}
set:
  "6.2": {nhom-1: 90, nhom-2: 80, nhom-3: 70}
"""
DECISION = """\
id: qd-99
applies_to: lai-chau-2026-2030
title: {vi: Quyết định 99, en: Decision 99}
document: {number: 99/QĐ-UBND, date: 2026-08-15, issuer: UBND tỉnh, title: {vi: Quyết định, en: Decision}}
promulgated: 2026-08-15
effective: {from: 2026-09-01, to: 2027-12-31}
set:
  8.1.b: {value: 85, article: Điều 2}
"""


def law(loaded: LoadedSet, folder: Path, overlay: str, known_on: dt.date | None = None) -> CriteriaSet:
    path = folder / "overlay.yaml"
    path.write_text(overlay, encoding="utf-8")
    return resolve(loaded, as_of=dt.date(2026, 12, 31), overlays=[load_overlay(path)], known_on=known_on)


def test_an_unknown_group_is_what_is_missing(loaded: LoadedSet, tmp_path: Path) -> None:
    rules = law(loaded, tmp_path, TRIAL)
    found = explained(rules, "6.2", {"solid_houses_share": percent("75")}, code="03390")
    said = prose(found)
    assert "xã này chưa rõ thuộc nhóm nào" in said
    assert "Chỉ cần bổ sung nội dung sau" in said
    assert "nhóm của xã (mức đạt chuẩn khác nhau theo nhóm xã" in said
    assert "Nếu nhóm của xã là Xã nhóm 3 thì kết quả của 6.2 là: Đạt." in said
    assert "Nếu nhóm của xã là Xã nhóm 1 hoặc là Xã nhóm 2 thì kết quả của 6.2 là: Chưa đạt." in said
    assert "Mức này là MINH HỌA - KHÔNG PHẢI QUY ĐỊNH." in said


def test_no_data_names_the_fewest_figures_and_those_that_may_decide_alone(lai_chau: CriteriaSet) -> None:
    said = prose(explained(lai_chau, "8.1", {"solid_waste_system_compliant": YES}))
    assert "4. Số liệu cần bổ sung" in said
    assert (
        "Chỉ cần bổ sung 3 nội dung sau là 8.1 hết tình trạng “Chưa có số liệu”, dù giá trị là bao nhiêu: (1)" in said
    )
    assert (
        "Chỉ riêng một trong các trường hợp sau đã xác định được ngay kết quả của 8.1 là: Chưa đạt, không cần đến các "
        "nội dung còn lại: “Tỷ lệ chất thải rắn sinh hoạt được phân loại, thu gom, xử lý” năm 2026, nếu dưới 80%; "
        "“Tỷ lệ chất thải rắn sinh hoạt chôn lấp trực tiếp trên tổng lượng chất thải rắn phát sinh” năm 2026, nếu trên 50%."
    ) in said


def test_the_only_figure_that_may_decide_alone_is_said_in_a_sentence_of_its_own(lai_chau: CriteriaSet) -> None:
    said = prose(explained(lai_chau, "8.1.a"))
    assert "Chỉ cần bổ sung 2 nội dung sau là 8.1.a hết tình trạng" in said
    assert (
        "Riêng “Trên địa bàn có hệ thống thu gom, vận chuyển, xử lý chất thải rắn” năm 2026: nếu là “Không” thì xác "
        "định được ngay kết quả của 8.1.a là: Không áp dụng, không cần đến các nội dung còn lại."
    ) in said
    assert "Chỉ riêng một trong" not in said


def test_a_figure_that_is_owed_while_the_target_waits_promises_no_verdict(lai_chau: CriteriaSet) -> None:
    said = prose(explained(lai_chau, "6.1"))
    assert "Năm 2026, xã chưa báo cáo “Tỷ lệ nghèo đa chiều”." in said
    assert "Khi đó kết quả sẽ là “Chưa quy định mức đạt”, cho đến khi có văn bản đang chờ." in said


def test_no_target_says_which_decision_is_awaited_from_whom_by_when(lai_chau: CriteriaSet) -> None:
    said = prose(explained(lai_chau, "6.1", {"multidimensional_poverty_rate": counted(124, 3120)}))
    assert "là 3,97% (124 / 3.120 hộ)" in said or "là 3,98% (124 / 3.120 hộ)" in said
    assert "Đang chờ: Bộ tiêu chí về xã nông thôn mới" in said
    assert "(Sở Nông nghiệp và Môi trường tham mưu, hạn 31/7/2026)" in said
    assert "6.1: CHƯA QUY ĐỊNH MỨC ĐẠT" in said


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (
            level(44, document="BC 1"),
            level(40, document="BC 0"),
            "là 44 triệu đồng/người/năm (theo BC 1), năm 2025 là 40",
        ),
        (level(44), None, "chưa có số liệu năm 2025 nên chưa tính được tốc độ tăng"),
        (level(44), level(0), "số liệu năm 2025 là 0 triệu đồng/người/năm nên không tính được tốc độ tăng"),
        (Reported(State.INVALID, written="1.234"), None, "không dùng được: “1.234”"),
        (Reported(State.CONFLICTING, written="44; 45"), None, "được báo cáo khác nhau ở các nơi: 44; 45"),
    ],
)
def test_growth_says_both_years_or_which_is_missing(
    filled: CriteriaSet, now: Reported, before: Reported | None, words: str
) -> None:
    found = explained(
        filled, "3.1", {"income_per_capita": now}, before=None if before is None else {"income_per_capita": before}
    )
    assert words in prose(found)


def test_a_growth_that_is_there_is_compared(filled: CriteriaSet) -> None:
    levels = {"income_per_capita": level(44)}, {"income_per_capita": level(40)}
    said = prose(explained(filled, "3.1", levels[0], before=levels[1]))
    assert "Tốc độ tăng: 10%. Mức yêu cầu từ 7% trở lên: đạt." in said


def test_what_a_target_replaced_and_what_was_known_are_said(loaded: LoadedSet, tmp_path: Path) -> None:
    said = prose(explained(law(loaded, tmp_path, DECISION, dt.date(2026, 9, 1)), "8.1.b", WASTE))
    assert (
        "Mức đạt chuẩn theo văn bản cụ thể hóa qd-99: 99/QĐ-UBND, Điều 2, ban hành ngày 15/8/2026, "
        "có hiệu lực từ ngày 01/9/2026, đến ngày 31/12/2027. Thay cho: ≥ 80% (5434/KH-UBND, Phụ lục III, dòng 8.1)."
    ) in said
    assert "Chỉ tính các văn bản đã ban hành đến ngày 01/9/2026." in said
    earlier = prose(explained(law(loaded, tmp_path, DECISION, dt.date(2026, 8, 1)), "8.1.b", WASTE))
    assert "Mức yêu cầu từ 80% trở lên" in earlier
    assert "Văn bản cụ thể hóa đang có hiệu lực" not in earlier


def test_invented_targets_and_figures_are_named_first_and_last(filled: CriteriaSet) -> None:
    found = list(paragraphs(explained(filled, "6.2", illustrative_data=True)))
    for paragraph, start in zip(
        (found[0], found[1], found[-2], found[-1]), ("MINH HỌA", "SỐ LIỆU MINH HỌA") * 2, strict=True
    ):
        assert (paragraph.kind, paragraph.words[: len(start)]) == ("warning", start)


def test_a_criterion_is_explained_with_each_of_its_indicators(lai_chau: CriteriaSet) -> None:
    found = explained(lai_chau, "9", {"public_service_centre_effective": NO})
    said = prose(found)
    assert "GIẢI TRÌNH KẾT QUẢ TIÊU CHÍ 9" in said
    assert "Tiêu chí 9: CHƯA ĐẠT, vì có nội dung chưa đạt. Nội dung quyết định kết quả: 9.2." in said
    assert "9.1: dù kết quả thế nào" in said
    assert [asked.indicator.id for asked in found.subject.asked] == ["9.1", "9.2"]


def test_an_id_of_nothing_offers_the_nearest(lai_chau: CriteriaSet) -> None:
    with pytest.raises(NtmError) as refused:
        explained(lai_chau, "8.1.bb")
    assert [m.render("en") for m in refused.value.messages] == [
        "There is no indicator 8.1.bb",
        "Did you mean “8.1.b”?",
    ]


def test_problems_of_these_figures_are_shown_and_the_others_counted(lai_chau: CriteriaSet) -> None:
    here = {"commune_code": KHUN_HA, "year": 2026, "file": "a.xlsx", "sheet": "S", "value": "-1"}
    problems = [
        Problem("negative", cell="D1", measure="household_waste_treated_share", **here),
        Problem("negative", cell="D2", measure="multidimensional_poverty_rate", **here),
        Problem("negative", cell="D3", measure="household_waste_treated_share", **(here | {"commune_code": "03390"})),
        Problem("negative", cell="D4", measure="household_waste_treated_share", **(here | {"year": 2024})),
    ]
    found = explained(lai_chau, "8.1", problems=problems)
    assert [problem.cell for problem in found.touching()] == ["D1"]
    said = prose(found)
    assert "a.xlsx, trang tính «S», ô D1" in said
    assert "ô D2" not in said
    assert "xem bằng ntm assess hoặc ntm batch: 2." in said, "that of another commune is not counted"
    assert [p["cell"] for p in as_json(found)["problems"]] == ["D1"]
    assert as_json(found)["other_problems"] == 2


def test_problems_of_other_communes_alone_are_not_mentioned(lai_chau: CriteriaSet) -> None:
    elsewhere = Problem("negative", commune_code="03390", year=2026, file="a.xlsx", cell="D3", value="-1")
    found = explained(lai_chau, "8.1", problems=[elsewhere])
    assert "số liệu của xã này" not in prose(found)
    assert "số liệu của xã này, xem bằng" in prose(
        explained(lai_chau, "8.1", problems=[elsewhere, replace(elsewhere, commune_code=KHUN_HA)])
    )


def test_the_law_is_quoted_in_characters_and_a_slip_of_the_transcription_beside_it(lai_chau: CriteriaSet) -> None:
    for id_ in ("2.1", "8.1", "9.2", "10.4"):
        said = prose(explained(lai_chau, id_))
        assert "\\" not in said, id_
        assert "Bản chép" not in said, "signs of typesetting are no slip"
    assert "đạt ≥ 80%; tỷ lệ" in prose(explained(lai_chau, "8.1"))
    assert as_json(explained(lai_chau, "8.1"))["indicators"][0]["printed"].count(r"$\geq 80\%$") == 1
    assert "Bản chép: Điểm buru chính phục vụ" in prose(explained(lai_chau, "7.1"))


def test_the_rules_that_fired_are_told_of_what_is_explained_only(lai_chau: CriteriaSet) -> None:
    part = Fact("requirement", "8.1.b", Verdict.NOT_MET)
    own = Firing("all.NOT_MET.decides", (part,), Fact("indicator", "8.1", Verdict.NOT_MET))
    other = Firing("all.MET", (Fact("requirement", "9.2.a", Verdict.MET),), Fact("indicator", "9.2", Verdict.MET))
    found = explained(lai_chau, "8.1", WASTE, trace=(other, own))
    assert f"1. all.NOT_MET.decides: {own.words}" in prose(found)
    assert [firing["rule"] for firing in as_json(found)["trace"]] == ["all.NOT_MET.decides"]
    assert as_json(explained(lai_chau, "8.1", WASTE))["trace"] is None


# --- branches ----------------------------------------------------------------------------------


@pytest.mark.parametrize("op", ["all", "any"])
def test_every_part_of_every_combination_decides_or_has_a_reason_not_to(op: str) -> None:
    for verdicts in (v for size in (1, 2, 3) for v in product(Verdict, repeat=size)):
        verdict = combine(op, verdicts)
        parts = [Result("requirement", str(i), v, COMBINED_REASON["all"][v]) for i, v in enumerate(verdicts)]
        deciding = decided_by(parts, verdict)
        rest = {part.id: part.why for part in not_taken(op, parts, verdict)}
        assert deciding
        assert {*deciding, *rest} == {part.id for part in parts}
        assert not {*deciding} & {*rest}
        for part in parts:
            if part.id in rest:
                assert (rest[part.id] is Why.DOES_NOT_COUNT) == (part.verdict is Verdict.NOT_APPLICABLE)


@pytest.mark.parametrize("why", Why)
def test_a_reason_not_to_decide_is_true(why: Why) -> None:
    """What a reason says of the rest is held against the verdict with that part changed."""
    for op, verdicts in ((op, v) for op in ("all", "any") for v in product(Verdict, repeat=2)):
        verdict = combine(op, verdicts)
        parts = [Result("requirement", str(i), v, COMBINED_REASON["all"][v]) for i, v in enumerate(verdicts)]
        for part in not_taken(op, parts, verdict):
            if part.why is not why:
                continue
            other = verdicts[1 - int(part.id)]
            could = {combine(op, (other, turned)) for turned in Verdict}
            if why in (Why.CANNOT_CHANGE, Why.NOT_NEEDED, Why.FAILED_NOT_NEEDED):
                assert could == {verdict}
            elif why is Why.MET_NOT_ENOUGH:
                assert Verdict.MET not in {combine(op, (other, Verdict.MET))}
            elif why is Why.FAILED:
                assert combine(op, (other, Verdict.NOT_APPLICABLE)) is verdict


# --- JSON --------------------------------------------------------------------------------------


def test_the_json_holds_exact_figures_and_where_they_came_from(lai_chau: CriteriaSet) -> None:
    values = WASTE | {"household_waste_landfilled_share": counted(1, 3)._replace(document="BC 7", note="cân")}
    found = as_json(
        explained(
            lai_chau, "8.1", values, inputs=[InputFile("a.xlsx", "a" * 64, 7)], overlay_files={"o.yaml": "b" * 64}
        )
    )
    assert found["data"]["inputs"] == [{"name": "a.xlsx", "sha256": "a" * 64, "bytes": 7}]
    assert found["set"]["overlay_files"] == [{"name": "o.yaml", "sha256": "b" * 64}]
    assert (found["commune"]["code"], found["commune"]["group"]) == (KHUN_HA, "nhom-3")
    (indicator,) = found["indicators"]
    assert indicator["source"]["number"] == "5434/KH-UBND"
    assert indicator["lead"]["id"] == "so-nong-nghiep-moi-truong"
    node = indicator["node"]
    assert (node["op"], node["verdict"], node["decided_by"]) == ("all", "NOT_MET", ["8.1.b"])
    assert [(part["id"], part["why"]) for part in node["not_taken"]] == [
        ("8.1.a", "met_not_enough"),
        ("8.1.c", "met_not_enough"),
    ]
    treated, landfilled = node["children"][1:]
    assert treated["reported"] == {
        "year": 2026,
        "state": "present",
        "value": "79.9999",
        "numerator": "799.999",
        "denominator": "1000",
        "written": "799999/1000000",
        "document": None,
        "note": None,
    }
    assert treated["compared"] == {"exact": "79.9999", "shown": "79.99", "unit": "%"}
    assert (treated["target"]["value"], treated["target"]["applied"]) == ("80", "80")
    assert treated["gap"] == {
        "direction": "raise",
        "shortfall": "0.01",
        "unit": "percentage_point",
        "quantity": "0.001",
        "quantity_unit": {"vi": "tấn", "en": "tonnes"},
    }
    assert landfilled["compared"]["exact"] == "100/3"
    assert (landfilled["reported"]["document"], landfilled["reported"]["note"]) == ("BC 7", "cân")
    assert indicator["settling"] is None


def test_the_json_says_what_settles(lai_chau: CriteriaSet) -> None:
    settling = as_json(explained(lai_chau, "8.1", WASTE | {"household_waste_treated_share": Reported(State.INVALID)}))[
        "indicators"
    ][0]["settling"]
    assert [(item["kind"], item["measure"], item["year"]) for item in settling["items"]] == [
        ("figure", "household_waste_treated_share", 2026)
    ]
    assert settling["outcomes"] == ["MET", "NOT_MET"]
    assert [(d["verdict"], d["values"]) for d in settling["alone"]] == [
        ("NOT_MET", [{"low": None, "low_included": False, "high": "80", "high_included": False}]),
        ("MET", [{"low": "80", "low_included": True, "high": None, "high_included": False}]),
    ]


def test_a_question_answered_no_stands_in_the_json_as_not_asked(lai_chau: CriteriaSet) -> None:
    node = as_json(explained(lai_chau, "8.1.a", {"solid_waste_system_exists": NO}))["indicators"][0]["node"]
    assert (node["verdict"], node["not_asked"]) == ("NOT_APPLICABLE", ["solid_waste_system_compliant"])
    assert node["applies_if"]["reported"]["value"] == "no"


@pytest.mark.long
def test_every_indicator_and_criterion_of_the_set_validates_and_reads_in_both_languages(
    lai_chau: CriteriaSet, filled: CriteriaSet
) -> None:
    for rules in (lai_chau, filled):
        for id_ in [*rules.indicator_by_id, *(criterion.id for criterion in rules.criteria)]:
            found = explained(rules, id_)
            as_json(found)
            for language in ("vi", "en"):
                use_language(language)
                assert "{" not in prose(found)


@st.composite
def explanations(draw: st.DrawFn) -> Callable[[], Explanation]:
    case: Case = draw(cases())
    record = draw(st.sampled_from([r for r in case.records if r.year == YEAR]))
    rules = case.rules
    requirements = [one.id for one in rules.requirements()]
    ids = [*rules.indicator_by_id, *requirements, *(criterion.id for criterion in rules.criteria)]
    id_ = draw(st.sampled_from(ids))
    previous = next((r for r in case.records if (r.code, r.year) == (record.code, YEAR - 1)), None)
    facts = Facts(record, previous, rules.communes[record.code].group)

    def build() -> Explanation:
        result, conditions = evaluate_commune(rules, facts), evaluate_conditions(rules, facts)
        return Explanation(rules, "0" * 64, facts, subject_of(rules, facts, id_, result, conditions), "reference", "0")

    return build


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(explanations())
def test_whatever_the_rules_and_figures_the_json_validates_and_the_prose_reads(
    build: Callable[[], Explanation],
) -> None:
    found = build()
    tree = as_json(found)
    for asked, said in zip(found.subject.asked, tree["indicators"], strict=True):
        assert (said["verdict"], said["node"]["verdict"]) == (asked.whole.verdict.name, asked.result.verdict.name)
        assert (said["settling"] is None) == (asked.result.verdict is not Verdict.NO_DATA)
        for node, result in asked.nodes():
            assert (result.requirement is None) == isinstance(node, Combination)
            assert result.requirement in (None, node)
    for language in ("vi", "en"):
        use_language(language)
        for asked in found.subject.asked:
            assert str(asked.result.verdict.label).upper() in prose(found)


def test_the_schema_is_itself_valid_and_closed() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())

    def open_objects(part: Any, path: str = "$") -> list[str]:
        if isinstance(part, list):
            return [found for i, each in enumerate(part) for found in open_objects(each, f"{path}[{i}]")]
        if not isinstance(part, dict):
            return []
        own = [path] if part.get("type") == "object" and "additionalProperties" not in part else []
        return own + [found for name, each in part.items() for found in open_objects(each, f"{path}.{name}")]

    assert open_objects(schema()) == []


@pytest.mark.parametrize(("note", "said"), [("Số liệu tháng 11", "Số liệu tháng 11."), ("Đã rà soát.", "Đã rà soát.")])
def test_the_reporters_remark_ends_where_the_next_sentence_begins(note: str, said: str) -> None:
    rules = one_criterion(requirement("a", "a", Comparator.AT_LEAST, at(10)), a="amount")
    found = prose(explained(rules, "1.1", {"a": level(9, note=note)}, code="00001"))
    assert f"Ghi chú của đơn vị báo cáo: {said} Mức yêu cầu từ 10 amount trở lên: chưa đạt" in found


def test_the_place_of_a_dated_target_is_worded_as_every_other_place(tiny: Tiny) -> None:
    tiny.change(
        RULES_2, "source: {document: decree, article: Điều 1}}", "source: {document: decree, annex: I, row: '7'}}"
    )
    dated = tiny.resolve().requirement_by_id["2.2"].target
    assert isinstance(dated, KnownTarget)
    assert origin_words(dated.provenance) == "Phụ lục I, dòng 7"
    assert dated.provenance.article == "I 7", "what programs read stays as it was"
