"""The reports on a plan: whose they are, that nothing is signed, and that every number is that of the computation."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence

import pytest
from docx import Document

from ntm_rules.errors import NtmError
from ntm_rules.plan.models import Status
from ntm_rules.plan.owing import Stage
from ntm_rules.report.word.plan_reports import TITLES, plan_report
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.plan_reports import AGENCY_YEAR, PlanAsked, PlanWork, plan_work
from ntm_rules.standing.agencies import by_effect
from ntm_rules.wording.plan import rounded
from ntm_rules.wording.plan_reports import document_sentence, documents_sentence, goal_sentence, indicators_sentence
from ntm_rules.wording.plan_statuses import status_counts_words
from ntm_rules.wording.values import number
from tests.plan.test_outputs import COMMUNES, OVERLAY, PROVINCE, SAMPLES

ROADS = "so-xay-dung"


@pytest.fixture(scope="module")
def work() -> PlanWork:
    law = LawAsked(overlays=[OVERLAY], as_of=dt.date(2028, 12, 31))
    return plan_work(law, PlanAsked([COMMUNES], [PROVINCE], [SAMPLES / "da-ban-hanh.csv"]))


def lines(content: bytes) -> list[str]:
    paper = Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in paper.paragraphs]
    found += [cell.text for table in paper.tables[:2] for row in table.rows for cell in row.cells]
    return [plain(text) for text in found if text.strip()]


def plain(text: str) -> str:
    return text.replace("\u2011", "-").replace("\u00a0", " ").replace("\u200b", "").removeprefix("- ").strip()


@pytest.fixture(scope="module")
def of_roads(work: PlanWork) -> list[str]:
    [year] = [one for one in work.years if one.agency == ROADS]
    return lines(plan_report(work.subject, AGENCY_YEAR, year))


def test_every_lead_agency_has_its_year(work: PlanWork) -> None:
    assert len(work.years) == 17
    assert [year.agency for year in work.years if year.place == 1] == [
        by_effect(work.subject.overview.agencies)[0].agency  # type: ignore[union-attr]  # communes were judged
    ]


def test_an_agency_sees_its_own_goals_and_documents(work: PlanWork) -> None:
    [year] = [one for one in work.years if one.agency == ROADS]
    assert [track.id for track in year.tracks] == ["roads-2030", "planning"]
    assert {one.deliverable.id for one in year.documents} >= {"thiet-ke-mau", "quy-trinh-bao-tri-mau"}
    assert all(ROADS in one.owners for one in year.documents)
    late = {track.id for track in year.late(work.standing.states)}
    assert late == {
        t.id for t in year.tracks if work.standing.states[t.id].status not in (Status.MET, Status.ON_COURSE)
    }


def test_the_report_is_an_unsigned_draft_to_whom_the_plan_says(of_roads: Sequence[str]) -> None:
    text = "\n".join(of_roads)
    assert "DỰ THẢO" in text
    assert "Số: /BC-………" in re.sub(" +", " ", text)
    assert "SỞ XÂY DỰNG" in text
    assert "Sở Nông nghiệp và Môi trường;" in text
    assert "Sở Dân tộc và Tôn giáo." in text
    assert "Kế hoạch số 5434/KH-UBND" in text
    assert "SỐ LIỆU MINH HỌA" in text


def test_the_report_says_what_was_computed_and_nothing_else_in_numbers(work: PlanWork, of_roads: Sequence[str]) -> None:
    """Every paragraph of results is one of the sentences; every number of a goal's is a number of its judgement."""
    [year] = [one for one in work.years if one.agency == ROADS]
    plan, states = work.standing.plan, work.standing.states
    sentences = [indicators_sentence(year, 2028), documents_sentence(year.documents)]
    sentences += [goal_sentence(plan, track, states[track.id]) for track in year.tracks]
    sentences += [document_sentence(plan, one) for one in year.documents if one.stage is not Stage.AHEAD]
    for sentence in sentences:
        assert plain(sentence) in of_roads
    start = of_roads.index("1. Chỉ tiêu ở các xã")
    end = next(at for at, line in enumerate(of_roads) if line.startswith("III. TỒN TẠI"))
    others = [line for line in of_roads[start:end] if line not in {plain(s) for s in sentences}]
    assert others == [
        "1. Chỉ tiêu ở các xã", "Bảng 1. Các chỉ tiêu chủ trì, theo số xã", "2. Mục tiêu của kế hoạch", "3. Văn bản",
    ]  # fmt: skip


NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


def test_every_number_of_a_goals_sentence_is_read_back(work: PlanWork) -> None:
    plan, states = work.standing.plan, work.standing.states
    for track in plan.tracks:
        state = states[track.id]
        judgement, target = state.judgement, track.target
        said = goal_sentence(plan, track, state)
        allowed = {str(target.year), *NUMBER.findall(str(track.text))}
        allowed |= {number(n) for n in (target.number, target.up_to) if n is not None}
        allowed |= {str(target.times_value_of)} if target.times_value_of else set()
        allowed |= {str(broken.year) for broken in state.breaks}
        if state.waiting is not None:
            allowed |= set(NUMBER.findall(str(state.waiting)))
        decimals = plan.decimals(track)
        for point in (judgement.latest, judgement.base):
            if point is not None:
                allowed |= {
                    str(point.year),
                    number(rounded(point.value, decimals, judgement.bar)),
                    number(rounded(point.value, decimals)),
                }
        if judgement.distance is not None:
            allowed.add(number(rounded(abs(judgement.distance), decimals)))
        if judgement.bar is not None:
            allowed.add(number(rounded(judgement.bar.number, decimals)))
        if judgement.needed_pace is not None:
            allowed.add(number(rounded(abs(judgement.needed_pace), max(decimals, 2))))
        if judgement.ratio is not None:
            allowed.add(number(rounded(100 * abs(judgement.ratio), 1)))
        found = {text.rstrip(".,") for text in NUMBER.findall(said)}
        assert found <= {text.rstrip(".,") for text in allowed} | {"1", "2"}, (track.id, said)
        if judgement.latest is not None and track.goal.kind != "yes_no":
            assert number(rounded(judgement.latest.value, decimals, judgement.bar)) in said


@pytest.mark.long
@pytest.mark.parametrize("kind", [kind for kind in TITLES if kind != AGENCY_YEAR])
def test_the_reports_of_the_province_hold_every_goal(work: PlanWork, kind: str) -> None:
    text = lines(plan_report(work.subject, kind))
    plan, states = work.standing.plan, work.standing.states
    for track in plan.tracks:
        assert plain(goal_sentence(plan, track, states[track.id])) in text
    assert plain(status_counts_words(states.values())) in text
    assert plain(documents_sentence(work.subject.documents)) in text
    assert "UBND tỉnh Lai Châu;" in text


def test_the_overdue_decision_says_what_it_holds_up(work: PlanWork) -> None:
    one = next(one for one in work.subject.documents if one.deliverable.id == "bo-tieu-chi-xa-ntm")
    assert one.stage is Stage.OVERDUE
    assert f"quá hạn {(dt.date(2028, 12, 31) - dt.date(2026, 7, 31)).days} ngày" in document_sentence(
        work.standing.plan, one
    )


def test_without_data_the_plan_is_still_reported_on() -> None:
    work = plan_work(LawAsked(as_of=dt.date(2026, 9, 1)), PlanAsked([]))
    text = lines(plan_report(work.subject, AGENCY_YEAR, work.years[0]))
    assert any("chưa xã nào được đánh giá" in line for line in text)


def test_an_agency_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(NtmError, match=r"Sở Xây dựng|so-xay-dung"):
        plan_work(LawAsked(as_of=dt.date(2026, 9, 1)), PlanAsked([], agencies=["Sở Xây dưng"]))
