"""Who is nearest to the standard: by what is left, ties sharing a place; what does not apply is not left."""

from __future__ import annotations

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.report.ranking import nearest_first
from tests.report.charts.conftest import judged as judged
from tests.report.charts.conftest import sample as sample


def test_less_left_is_nearer_criteria_before_indicators_before_gaps(judged: Evaluation) -> None:
    ranked = nearest_first(judged)
    assert len({one.record for one in ranked}) == len(judged.records) == 36
    for one in ranked:
        criteria, indicators = (judged.tally(level, one.record) for level in ("criterion", "indicator"))
        missed = {judged.table[row].id for row, _gap in judged.gaps(one.record)}
        assert one.left == (
            criteria.applicable - criteria.met,
            indicators.applicable - indicators.met,
            len(missed - {"3.10.a", "3.10.b", "3.10.c", "3.10.d", "3.3.a", "3.3.b", "3.3.c"})
            + any(id_.startswith("3.10.") for id_ in missed)
            + any(id_.startswith("3.3.") for id_ in missed),
        )
    assert [one.left for one in ranked] == sorted(one.left for one in ranked)
    assert judged.records[ranked[0].record].name == "Bình Lư"
    assert (ranked[0].place, ranked[0].left) == (1, (0, 0, 0))


def test_those_alike_share_a_place_and_the_next_is_counted_on(judged: Evaluation) -> None:
    group = [record for record, of in zip(judged.records, judged.groups, strict=True) if of == "nhom-3"][:4]
    best, worst = group[0], CommuneYear(group[3].code, group[3].name, 2026)
    alike = [CommuneYear(record.code, record.name, 2026, best.values) for record in group[:3]]
    found = evaluate(judged.rules, [worst, *alike], years=[2026])
    assert [(one.place, one.record) for one in nearest_first(found)] == [(1, 1), (1, 2), (1, 3), (4, 0)]
