"""Evidence that is missing, or that lacks what tells one document from another."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import Evidence, Place, Reported, State
from ntm_rules.evaluation.reference import Facts, evaluate_commune
from ntm_rules.evaluation.verdicts import Verdict
from tests.evaluation.cross_checks.given import KINDS, YEAR, answer, check, counted, found, law, report, values

DAY = dt.date(2026, 3, 5)
texts = st.sampled_from(["", "  ", "Số 12/BC-UBND", "Số 12/BC-UBND ngày 05/3/2026", "báo cáo của xã"])
rows = st.lists(
    st.builds(
        Evidence,
        measure=st.sampled_from(["", *KINDS]),
        number=st.sampled_from(["", "12/BC-UBND"]),
        date=st.sampled_from([None, DAY]),
        issuer=st.sampled_from(["", "UBND xã"]),
        title=st.sampled_from(["", "Báo cáo"]),
    ),
    max_size=4,
)


@given(
    values(), st.dictionaries(st.sampled_from(sorted(KINDS)), texts), rows, st.sampled_from([None, "MET", "NOT_MET"])
)
def test_without_evidence_is_neither_a_text_beside_the_figure_nor_a_row_that_says_something(
    reported: dict[str, Reported], beside: dict[str, str], evidence: list[Evidence], verdict: str | None
) -> None:
    reported = {id_: value._replace(document=beside.get(id_, "")) for id_, value in reported.items()}
    record = report(reported, evidence=evidence)
    findings = found(check(without_evidence={"verdict": verdict}), record)
    rules = law()
    result = evaluate_commune(rules, Facts(record, None, "nhom-1"))
    listed = {r.measure for r in evidence if r.number or r.date or r.issuer or r.title}
    expected = []
    for id_ in KINDS:
        value = reported.get(id_)
        part = result.find("requirement", f"1.{id_}")
        if value is None or value.state is not State.PRESENT or value.document.strip() or id_ in listed or part is None:
            continue
        if verdict is None or part.verdict is Verdict[verdict]:
            expected.append(id_)
    assert [list(finding.measures) for finding in findings] == ([expected] if expected else [])


def test_only_the_figures_selected_are_looked_at() -> None:
    record = report({"t": answer(1), "r": answer(1), "k": answer(2)})
    assert [f.measures for f in found(check(without_evidence={"of": {"kinds": ["ruling", "grade"]}}), record)] == [
        ("r", "k")
    ]


@pytest.mark.parametrize(
    ("row", "lacking"),
    [
        (Evidence("r", "12/BC-UBND", DAY, "UBND xã", "Báo cáo"), []),
        (Evidence("r", "12/BC-UBND", None, "UBND xã", "Báo cáo"), ["date"]),
        (Evidence("r", "12/BC-UBND ngày 05/3/2026", None, "UBND xã"), []),
        (Evidence("r", "12/BC-UBND", None, "UBND xã", "Báo cáo ngày 5 tháng 3 năm 2026"), []),
        (Evidence("r", "", DAY, "UBND xã", "Báo cáo"), ["number"]),
        (Evidence("r", "", DAY, "UBND xã", "Báo cáo số 12/BC-UBND"), []),
        (Evidence("r", "", None, "UBND xã", "Báo cáo"), ["number"]),
        (Evidence("r", "12/BC-UBND", DAY, "", "Báo cáo"), ["issuer"]),
        (Evidence("r"), []),
        (Evidence("", "12/BC-UBND"), []),
    ],
)
def test_a_row_of_evidence_lacks_what_neither_its_cell_nor_its_words_say(row: Evidence, lacking: list[str]) -> None:
    record = report({"r": answer(1)}, evidence=[row])
    checks = [check(lacks, document_without={"lacks": lacks}) for lacks in ("date", "number", "issuer")]
    assert [finding.check.id for finding in found(checks, record)] == lacking


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("", []),
        ("Báo cáo của xã", ["number"]),
        ("Số 12/BC-UBND", ["date"]),
        ("Số 12/BC-UBND ngày 05/3/2026", []),
        ("29/2026/QĐ-UBND", ["date"]),
        ("họp ngày 05/3/2026", ["number"]),
    ],
)
def test_the_text_beside_a_figure_lacks_what_it_does_not_say_and_may_hold_the_issuer(
    text: str, lacking: list[str]
) -> None:
    record = report({"r": answer(1, document=text)})
    checks = [check(lacks, document_without={"lacks": lacks}) for lacks in ("date", "number", "issuer")]
    assert [finding.check.id for finding in found(checks, record)] == lacking


def test_documents_at_fault_are_told_together_with_their_figures_and_places() -> None:
    row, cell = Place("a.xlsx", "Minh chứng", "C7"), Place("a.xlsx", "Số liệu", "G9")
    record = report(
        {"r": answer(1, document="Số 1/BC"), "k": answer(1), "t": answer(1, document="Số 2/BC ngày 01/01/2026")},
        evidence=[Evidence("k", "3/TB", place=row), Evidence("r", "4/QĐ", DAY)],
        places={"r": cell},
    )
    (finding,) = found(check(document_without={"lacks": "date"}), record)
    assert (finding.measures, finding.facts["documents"]) == (("r", "k"), "Số 1/BC; 3/TB")
    assert finding.places == (cell, row)


@pytest.mark.parametrize(
    ("day", "fires"),
    [
        (dt.date(YEAR - 1, 12, 31), True),
        (dt.date(YEAR, 1, 1), False),
        (dt.date(YEAR + 1, 12, 31), False),
        (dt.date(YEAR + 2, 1, 1), True),
        (None, False),
    ],
)
def test_a_document_is_dated_in_the_years_expected_both_included(day: dt.date | None, fires: bool) -> None:
    record = report({"k": answer(1)}, evidence=[Evidence("k", "3/TB", day)])
    assert bool(found(check(document_dated={"earliest": 0, "latest": 1}), record)) == fires


def test_of_several_days_in_a_text_one_in_the_years_expected_is_enough() -> None:
    text = "QĐ 1/QĐ ngày 05/3/2027, thay QĐ ngày 01/02/2020"
    condition = check(document_dated={"earliest": 0})
    assert found(condition, report({"k": answer(1, document=text)})) == []
    assert found(condition, report({"k": answer(1, document="QĐ ngày 01/02/2020")}))


def test_a_share_that_is_met_without_evidence_is_told_under_its_measure() -> None:
    (finding,) = found(check(without_evidence={"verdict": "MET"}), report({"a": counted(3, 4), "b": counted(1, 2)}))
    assert finding.measures == ("a",)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Evidence("k", "3/TB", dt.date(2062, 3, 5), "Sở Y tế"), "3/TB (05/3/2062), Sở Y tế"),
        (Evidence("k", "", dt.date(2062, 3, 5)), "(05/3/2062)"),
    ],
)
def test_a_document_dated_far_off_is_named_with_its_day(row: Evidence, words: str) -> None:
    (finding,) = found(check(document_dated={"latest": 1}), report({"k": answer(1)}, evidence=[row]))
    assert finding.facts["documents"] == words
