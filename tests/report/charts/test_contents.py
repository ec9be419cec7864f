"""What the charts show is what the evaluation says, and their descriptions state every number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from ntm_rules.dataset.records import CommuneYear, Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import use_language
from ntm_rules.report.charts import Chart, agency, commune, province
from ntm_rules.report.palette import COLOURS
from ntm_rules.report.ranking import nearest_first
from ntm_rules.report.wording import gap_words
from tests.report.charts.test_chart import texts

VERDICT_OF = {colours.back: verdict for verdict, colours in COLOURS.items()}
Histories = Mapping[str, Mapping[int, CommuneYear]]


def rows(chart: Chart, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = next(source["values"] for source in chart.spec["data"] if source["name"] == name)
    return found


def bars(chart: Chart) -> list[Counter[Verdict]]:
    """The parts of each bar of a chart, read from what is drawn."""
    found: list[Counter[Verdict]] = [Counter() for _ in rows(chart, "rows")]
    for segment in rows(chart, "segments"):
        length = segment["to"] - segment["from"]  # type: ignore[operator]
        found[int(str(segment["key"]))][VERDICT_OF[str(segment["back"])]] += length
    return found


def at(evaluation: Evaluation, name: str) -> int:
    return next(i for i, record in enumerate(evaluation.records) if record.name == name)


@pytest.fixture(params=["bare", "judged"])
def evaluation(request: pytest.FixtureRequest) -> Evaluation:
    found: Evaluation = request.getfixturevalue(request.param)
    return found


def test_a_communes_criteria_are_the_verdicts_of_their_indicators(evaluation: Evaluation) -> None:
    for record in range(len(evaluation.records)):
        chart = commune.criteria_chart(evaluation, record)
        expected = [
            Counter(evaluation.verdict(child, record) for child in evaluation.table[row].children)
            for row in evaluation.level("criterion")
        ]
        assert bars(chart) == expected
        total = evaluation.tally("indicator", record).total
        assert sum(sum(counts.values()) for counts in bars(chart)) == total


def test_a_communes_description_states_every_number(judged: Evaluation) -> None:
    chart = commune.criteria_chart(judged, at(judged, "Than Uyên"))
    assert chart.title == "Chỉ tiêu của từng tiêu chí, Than Uyên, năm 2026"
    said = chart.description.removesuffix(".").split("; ")
    assert said[0] == "1. Quy hoạch: Đạt 1 (trên tổng số 1)"
    assert said[7] == "8. Môi trường và cảnh quan nông thôn: Đạt 4, Chưa đạt 1 (trên tổng số 5)"
    assert len(said) == 10
    assert [row["end"] for row in rows(chart, "rows")][7] == "4/5 đạt"


def test_the_gaps_are_those_with_a_size_the_nearest_first(judged: Evaluation) -> None:
    record = at(judged, "Bum Tở")
    found = commune.measurable_gaps(judged, record)
    shares = [gap.closeness for _requirement, gap in found]
    assert shares == sorted(shares)
    everything = {judged.table[row].id: gap for row, gap in judged.gaps(record)}
    assert all(everything[requirement.id] == gap for requirement, gap in found)
    for id_ in set(everything) - {requirement.id for requirement, _gap in found}:
        requirement = judged.rules.requirement_by_id[id_]
        answer = judged.rules.measures[requirement.measure].kind in ("attestation", "ruling", "grade")
        assert answer or judged.target(requirement, record) == 0, "only what is no share of its target is left out"
    chart = commune.gaps_chart(judged, record)
    assert chart is not None
    drawn = rows(chart, "rows")
    assert [row["share"] for row in drawn] == [float(share) for share in shares[: commune.MOST_GAPS]]
    first, gap = found[0]
    assert str(drawn[0]["words"]) == f"{first.id}: {gap_words(judged.rules, first, gap)}"
    drawn_ors = {judged.rules.choice_of.get(r.id, r.id) for r, _gap in found[: commune.MOST_GAPS]}
    rest = len({judged.rules.choice_of.get(r.id, r.id) for r, _gap in found} - drawn_ors)
    assert rest > 0
    assert chart.description.endswith(f"; {rest} khoảng cách lớn hơn không vẽ ở đây.")


def test_a_gap_too_small_to_see_is_drawn_small_and_still_said(judged: Evaluation) -> None:
    chart = commune.gaps_chart(judged, at(judged, "Than Uyên"))
    assert chart is not None
    assert chart.description == "8.1.b: còn thiếu 0,04 điểm %: 1 tấn."
    assert "8.1.b: còn thiếu 0,04 điểm %: 1 tấn" in texts(chart.svg())
    assert [tick["words"] for tick in rows(chart, "ticks")] == ["0%", "2%", "4%", "6%", "8%", "10%"]
    assert rows(chart, "rows")[0]["share"] == 0.0005, "a two-hundredth of the axis, not all of it"


def test_a_commune_without_gaps_has_no_chart_of_them(judged: Evaluation) -> None:
    assert commune.gaps_chart(judged, at(judged, "Bình Lư")) is None


def test_key_figures_show_what_was_reported_and_the_target(judged: Evaluation, histories: Histories) -> None:
    record = at(judged, "Bum Tở")
    history = histories[judged.records[record].code]
    chart = commune.figures_chart(judged, record, history)
    assert chart is not None
    assert "Tỷ lệ đường thôn, ngõ, xóm được cứng hóa (mức đạt ≥ 65%): 2025 61,39%, 2026 64,22%" in chart.description
    assert len(rows(chart, "panels")) == commune.MOST_FIGURES
    assert [p["words"] for p in rows(chart, "points")][:2] == [
        word.split()[1] for word in chart.description.split(": ")[1].split(";")[0].split(", ")
    ]


def test_figures_of_a_single_year_make_no_chart(judged: Evaluation, histories: Histories) -> None:
    code = judged.records[0].code
    assert commune.figures_chart(judged, 0, {2026: histories[code][2026]}) is None


def test_the_years_of_a_commune_are_bars_of_their_own(judged: Evaluation, sample: Dataset) -> None:
    later = [CommuneYear(r.code, r.name, 2027, r.values) for r in sample.records if r.year == 2026][:3]
    second = evaluate(judged.rules, [*sample.records, *later], years=[2027])
    code = later[0].code
    chart = commune.years_chart([second, judged], code)
    assert chart is not None
    assert [row["label"] for row in rows(chart, "rows")] == ["2026", "2027"]
    first = next(i for i, record in enumerate(judged.records) if record.code == code)
    assert bars(chart)[0] == Counter(judged.verdict(row, first) for row in judged.level("indicator"))
    assert bars(chart)[1] == Counter(second.verdict(row, 0) for row in second.level("indicator"))
    assert commune.years_chart([judged], code) is None


def test_the_provinces_bands_count_communes_of_all(judged: Evaluation) -> None:
    chart = province.bands_chart(judged)
    total = len(judged.records)
    bands = [judged.band(record) for record in range(total)]
    expected = [sum(one is not None and one.id == band.id for one in bands) for band in judged.rules.bands]
    assert [row["length"] for row in rows(chart, "rows")][:-1] == expected
    assert sum(expected) == total
    assert [row["end"] for row in rows(chart, "rows")] == ["1/36", "6/36", "29/36", "1/36"]
    assert chart.description == (
        "Đạt 10 tiêu chí: 1 trên 36; Đạt từ 5 - 9 tiêu chí: 6 trên 36; Đạt dưới 5 tiêu chí: 29 trên 36; "
        "Đạt đủ mọi tiêu chí: 1 trên 36."
    )


def test_the_provinces_criteria_are_counted_over_all_communes(evaluation: Evaluation) -> None:
    expected = [
        Counter(evaluation.verdict(row, record) for record in range(len(evaluation.records)))
        for row in evaluation.level("criterion")
    ]
    assert bars(province.criteria_chart(evaluation)) == expected


def test_the_nearest_communes_come_in_their_order(judged: Evaluation) -> None:
    chart = province.nearest_chart(judged)
    ranked = nearest_first(judged)[: province.NEAREST]
    labels = [f"{one.place}. {judged.records[one.record].name}" for one in ranked]
    assert [row["label"] for row in rows(chart, "rows")] == labels
    assert [counts[Verdict.MET] for counts in bars(chart)] == [one.criteria.met for one in ranked]


def test_an_agencys_indicators_are_counted_over_all_communes(judged: Evaluation) -> None:
    for lead in judged.rules.lead_agencies:
        chart = agency.indicators_chart(judged, lead)
        assert chart is not None
        led = [i for i in judged.rules.indicators() if lead in i.leads()]
        at_rows = [judged.row_of["indicator", indicator.id] for indicator in led]
        assert bars(chart) == [
            Counter(judged.verdict(row, record) for record in range(len(judged.records))) for row in at_rows
        ]
        assert all(f"{indicator.id} {indicator.text}: " in chart.description for indicator in led)
    assert agency.indicators_chart(judged, "not-a-lead") is None


def test_charts_speak_english_where_the_reader_does(judged: Evaluation) -> None:
    use_language("en")
    chart = commune.criteria_chart(judged, at(judged, "Than Uyên"))
    assert chart.title == "Indicators of each criterion, Than Uyên, 2026"
    assert "Met 4, Not met 1 (of 5)" in chart.description
    assert "T  Target not yet fixed" in texts(chart.svg())
