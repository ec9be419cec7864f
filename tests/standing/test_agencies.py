"""The lead agencies by number, by share, and by what would change if one finished what it leads."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from ntm_rules.dataset.records import CommuneYear, Reported
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Comparator, CriteriaSet, Criterion, KnownTarget, Requirement
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from ntm_rules.standing.agencies import agencies, by_effect, by_share, finished
from tests.standing.conftest import NO, judged, share
from tests.strategies import PROVENANCE, SOURCE, criteria_set, indicator, measure, requirement


def test_the_numbers_of_an_agency_cover_all_its_commune_indicators(sample: Evaluation) -> None:
    for one in agencies(sample):
        assert one.applicable + one.not_applicable == 36 * one.indicators
        assert one.share == Fraction(one.not_met, one.applicable)
        assert one.completing <= one.gaining <= one.criteria_gained


def test_the_three_orders(sample: Evaluation) -> None:
    found = agencies(sample)
    assert [one.not_met for one in found] == sorted((one.not_met for one in found), reverse=True)
    shares = [one.share for one in by_share(found)]
    assert shares == sorted(shares, reverse=True)
    assert by_share(found)[0].agency != found[0].agency, "the one with most is not the one with the largest share"
    gains = [one.gaining for one in by_effect(found)]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0


def test_finishing_makes_met_what_the_agency_leads_and_nothing_else(illustrated: Evaluation) -> None:
    for agency in illustrated.rules.lead_agencies:
        then = finished(illustrated, agency)
        for at, row in enumerate(illustrated.table):
            if not isinstance(row.node, Requirement):
                continue
            own = (illustrated.verdicts[at] == Verdict.NOT_MET) & (row.node.lead == agency)
            assert (then[at][own] == Verdict.MET).all()
            assert (then[at][~own] == illustrated.verdicts[at][~own]).all()


def test_a_commune_gains_a_criterion_where_one_agency_alone_stands_in_its_way(
    illustrated: Evaluation, filled: CriteriaSet
) -> None:
    whole = illustrated.level("commune")[0]
    best = illustrated.records[next(r for r in range(36) if illustrated.verdict(whole, r) is Verdict.MET)]
    before = illustrated.previous[best.code, 2026]
    other = next(c for c in filled.communes.within() if c.group == "nhom-3")
    service = filled.requirement_by_id["9.2.a"]

    def commune(code: str, name: str, **values: Reported) -> list[CommuneYear]:
        report = replace(best, code=code, name=name, values={**best.values, **values})
        return [report, replace(before, code=code, name=name)]

    waste = {"household_waste_treated_share": share(60)}
    records = [
        *commune(best.code, best.name, **{service.measure: NO}),
        *commune(other.code, other.name, **waste, **{service.measure: NO}),
    ]
    found = {one.agency: one for one in agencies(evaluate(filled, records, years=[2026]))}
    centre, environment = found[service.lead], found[filled.requirement_by_id["8.1.b"].lead]
    assert (centre.gaining, centre.criteria_gained, centre.completing) == (2, 2, 1)
    assert (environment.gaining, environment.criteria_gained, environment.completing) == (1, 1, 0)
    assert (centre.not_met, centre.share) == (2, Fraction(1))


def test_by_a_standard_of_the_set_a_commune_is_completed_by_what_that_still_needs() -> None:
    answer = measure("a", "attestation")
    leaves = {
        lead: requirement(f"{id_}.1", "a", Comparator.EQUALS, KnownTarget(PROVENANCE, Decimal(1)))
        for id_, lead in (("1", "so-a"), ("2", "so-b"))
    }
    criteria = tuple(
        Criterion(
            id=id_,
            title=id_,
            title_en=id_,
            source=SOURCE,
            indicators=(indicator(f"{id_}.1", replace(leaves[lead], lead=lead)),),
        )
        for id_, lead in (("1", "so-a"), ("2", "so-b"))
    )
    rules = criteria_set(criteria, {"a": answer})
    rules = replace(
        rules, agencies={id_: rules.agencies["so-a"].model_copy(update={"id": id_}) for id_ in ("so-a", "so-b")}
    )
    either = Standard(WEIGHED, (Named("criterion", "1"), Named("criterion", "2")), "criteria", Decimal(1))
    report = [CommuneYear("1", "1", 2026, {"a": NO})]
    both_needed, one_needed = (
        [one.completing for one in agencies(evaluate(replace(rules, standard=standard), report))]
        for standard in (None, either)
    )
    assert (both_needed, one_needed) == ([0, 0], [1, 1])


def test_communes_without_a_usable_report_are_no_part_of_it(lai_chau: CriteriaSet) -> None:
    one = agencies(judged(lai_chau, {}, {lai_chau.requirement_by_id["9.2.a"].measure: NO}))
    assert all(found.applicable + found.not_applicable == found.indicators for found in one)
