"""What the charts show is what the evaluation says, and their descriptions state every number."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import LANGUAGES, use_language
from ntm_rules.report.charts import Chart, agency, commune, province
from ntm_rules.report.charts.drawing import PLOT
from ntm_rules.report.palette import LEGEND_ORDER
from tests.report.charts.test_chart import SVG, texts


def bars(chart: Chart) -> list[Counter[Verdict]]:
    """The parts of each bar of a chart, measured in its picture."""
    root = ET.fromstring(chart.svg())
    _ground, *boxes = (box for box in root.findall(f"{SVG}rect"))
    legend, drawn = boxes[: len(LEGEND_ORDER)], boxes[len(LEGEND_ORDER) :]
    verdict_of = {box.attrib["fill"]: verdict for box, verdict in zip(legend, LEGEND_ORDER, strict=True)}
    longest = max(sum(part.counts.values()) for part in chart.parts)
    found: dict[str, Counter[Verdict]] = {}
    for box in drawn:
        n = float(box.attrib["width"]) * longest / PLOT
        assert abs(n - round(n)) < 0.01
        found.setdefault(box.attrib["y"], Counter())[verdict_of[box.attrib["fill"]]] += round(n)
    return list(found.values())


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
        total = evaluation.tally(evaluation.level("indicator"), [record]).total
        assert sum(sum(counts.values()) for counts in bars(chart)) == total


def test_a_communes_description_states_every_number(judged: Evaluation) -> None:
    chart = commune.criteria_chart(judged, at(judged, "Than Uyên"))
    assert chart.title == "Chỉ tiêu của từng tiêu chí, Than Uyên, năm 2026"
    said = chart.description.removesuffix(".").split("; ")
    assert said[0] == "1. Quy hoạch: Đạt 1 (trên tổng số 1)"
    assert said[7] == "8. Môi trường và cảnh quan nông thôn: Đạt 4, Chưa đạt 1 (trên tổng số 5)"
    assert len(said) == 10
    assert [part.end for part in chart.parts][7] == "4/5 đạt"


def test_the_provinces_criteria_are_counted_over_all_communes(evaluation: Evaluation) -> None:
    expected = [
        Counter(evaluation.verdict(row, record) for record in range(len(evaluation.records)))
        for row in evaluation.level("criterion")
    ]
    assert bars(province.criteria_chart(evaluation)) == expected


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
    assert "T Target not yet fixed" in texts(chart.svg())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_of_a_criterion_is_cut(judged: Evaluation, language: str) -> None:
    use_language(language)
    chart = province.criteria_chart(judged)
    shown = set(texts(chart.svg()))
    assert [part.label for part in chart.parts if part.label not in shown] == []
