"""The pages on the plan: the four answers first, the road map, documents owed, all years; also on the sheet for a leader."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.plan.aims import Aim
from ntm_rules.plan.solving import solve
from ntm_rules.plan.trend import Course
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.pages import render_page, render_site
from ntm_rules.runs import beside
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import YearsRead
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.runs.site import site_contents
from ntm_rules.wording.trends import trend_pace_words
from tests.conftest import ILLUSTRATIVE, SAMPLES
from tests.plan.several_years import write
from tests.report.pages.html_pages import read_page
from tests.report.site.conftest import DAY, Files


def contents_of(path: Path, year: int, overlays: Sequence[Path] = (ILLUSTRATIVE,)) -> Contents:
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030", list(overlays)))
    dataset = read_dataset([path], rulebook.questionnaire())
    return replace(site_contents(YearsRead(rulebook, dataset, [year])), day=DAY)


@pytest.fixture(scope="module")
def whole() -> Contents:
    """All communes of the sample."""
    return contents_of(SAMPLES / "lai-chau-2026.csv", 2026)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """All communes over four years, of which one falls."""
    return contents_of(write(tmp_path_factory.mktemp("years") / "nam.csv", [2027, 2028, 2029], falling="03549"), 2029)


def words(contents: Contents, kind: str, id_: str = "") -> str:
    return " ".join(read_page(render_page(contents, kind, id_)).words.split())


def test_the_page_of_the_goals_comes_first_and_answers_the_four_questions(whole: Contents) -> None:
    page = read_page(render_page(whole, "goals"))
    said = " ".join(page.words.split())
    for words_ in (
        "ít nhất 10 xã đến năm 2030",
        "hiện nay 1 xã (năm 2026)",
        "Lộ trình đạt được 10 xã đến năm 2030",
        "Không đạt được 20 xã đến năm 2035",
        "Than Uyên: 2027, 0,2 đơn vị khối lượng: Sở Nông nghiệp và Môi trường",
        "Sở Nông nghiệp và Môi trường: 81,1% năng lực đến hết năm 2030",
        "quá hạn 132 ngày",
    ):
        assert words_ in said, words_
    navigation = said.index("Mục tiêu"), said.index("Một trang")
    assert navigation[0] < navigation[1]


def test_the_sheet_for_a_leader_carries_the_four_answers(whole: Contents) -> None:
    said = words(whole, "sheet")
    for question in ("Có kịp mục tiêu", "Xã nào gần đạt nhất", "nút thắt", "Đang chờ ai"):
        assert question in said
    assert "81,1%" in said


def test_the_road_map_has_its_page_with_years_and_map(whole: Contents) -> None:
    said = words(whole, "roadmap")
    for words_ in ("Khun Há", "16,291", "Sơ đồ minh họa, không có giá trị về địa giới", "không phải quy định"):
        assert words_ in said


def test_the_documents_owed_have_their_page(whole: Contents) -> None:
    said = words(whole, "deliverables")
    assert "văn bản đã quá hạn, tính đến 29/11/2026" in said
    assert "31/7/2026" in said


def test_without_targets_in_force_the_answers_say_how_far_they_go() -> None:
    bare = contents_of(SAMPLES / "lai-chau-2026.csv", 2026, ())
    said = words(bare, "goals")
    assert "Chỉ trong phạm vi đánh giá được đến nay: mỗi xã còn 20-21 yêu cầu chờ văn bản" in said
    assert "CHỈ TRONG PHẠM VI ĐÁNH GIÁ ĐƯỢC ĐẾN NAY" in words(bare, "roadmap")
    assert "Lộ trình đạt được" not in said
    assert "Trong phần đánh giá được đến nay, lộ trình đạt được 10 xã" in said


@pytest.mark.long
def test_a_set_without_a_plan_has_none_of_these_pages_and_its_sheet_is_as_it_was(whole: Contents) -> None:
    without = replace(whole, plan=None, model=None)
    names = set(render_site(without))
    assert not names & {"muc-tieu.html", "lo-trinh.html", "van-ban-phai-co.html"}
    assert "Ba nút thắt" in words(without, "sheet")


def test_several_years_have_a_page_and_one_year_has_none(several: Contents, files: Files) -> None:
    said = words(several, "trends")
    for words_ in (
        "2026, 2027, 2028, 2029",
        "Theil-Sen",
        "Phong Thổ",
        "1034/1607",
        "Từ năm 2027, 6.1 tính theo cách khác",
    ):
        assert words_ in said, words_
    assert "cac-nam.html" not in files


def test_the_page_of_a_commune_and_of_an_indicator_say_where_their_figures_are_going(
    several: Contents, whole: Contents
) -> None:
    rows = several.trends_of("03549")
    falling = next(one for one in rows if one.course is Course.AWAY and one.verdict is Verdict.MET)
    commune = words(several, "commune", "03549")
    told = commune.split("Số liệu đang đi về đâu", 1)[1].split("Số liệu còn thiếu")[0]
    assert falling.requirement.id in told
    assert trend_pace_words(falling) in told
    its = next(one for one in several.rules.indicators() if falling.requirement in one.requirements())
    told = words(several, "indicator", its.id).split("Số liệu đang đi về đâu", 1)[1]
    assert told.count("Phong Thổ") >= 1
    assert "2026" in told
    assert "Số liệu đang đi về đâu" not in words(whole, "commune", "03549")
    agency = words(several, "agency", falling.requirement.lead)
    assert "Chỉ tiêu chủ trì qua các năm" in agency
    assert "Chỉ tiêu chủ trì qua các năm" not in words(whole, "agency", falling.requirement.lead)


# --- the solver beside -------------------------------------------------------------------------


@pytest.mark.long
def test_another_process_gives_the_same_answer(whole: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = whole.question
    assert asked is not None
    monkeypatch.setattr(beside, "SOLVER", "no such module")
    with beside.solved_beside(asked) as solved:
        assert solved is not None
        found = solved()
    here = solve(asked.problem, asked.tries)
    assert np.array_equal(found.when, here.when)
    assert (found.costs, found.kept, found.tries, found.choice and found.choice.effort) == (
        here.costs,
        here.kept,
        here.tries,
        here.choice and here.choice.effort,
    )


def test_where_the_other_process_fails_the_answer_is_worked_out_here(
    whole: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = whole.question
    assert asked is not None
    monkeypatch.setattr(beside, "SOLVER", "no such module")
    monkeypatch.setattr(beside, "COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    with beside.solved_beside(asked) as solved:
        assert solved is not None
        assert solved().choice is not None


def test_the_solver_that_is_here_already_is_used(whole: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "a solver", ModuleType("a solver"))
    monkeypatch.setattr(beside, "SOLVER", "a solver")
    with beside.solved_beside(whole.question) as solved:
        assert solved is None
    with beside.solved_beside(None) as solved:
        assert solved is None


def test_what_goes_to_the_other_process_loads_no_models(whole: Contents) -> None:
    asked = whole.question
    assert asked is not None
    problem, _tries = pickle.loads(pickle.dumps((asked.problem, asked.tries)))
    assert problem.aims == [Aim(10, 2030), Aim(20, 2035)]


@pytest.mark.long
def test_every_link_of_the_pages_of_several_years_leads_somewhere(several: Contents) -> None:
    files = render_site(several)
    for name in ("cac-nam.html", "muc-tieu.html", "lo-trinh.html", "van-ban-phai-co.html", "mot-trang.html"):
        for link in read_page(files[name]).all("a"):
            address, _hash, section = link.attributes["href"].partition("#")
            assert (address or name) in files, (name, address)
            if section:
                assert f'id="{section}"' in files[address or name].decode(), (name, address, section)
