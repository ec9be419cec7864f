"""Every turn of the law's language, as the commands have it: no finding to ignore, one meaning on every engine."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.rulebook.criteria_set import Combination, Comparator, CriteriaSet, KnownTarget
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import read_cases
from ntm_rules.workbench.testing.drafts import draft
from ntm_rules.workbench.testing.points import points
from ntm_rules.workbench.testing.runner import run
from tests.conftest import Ntm
from tests.turns.conftest import TURNS

FIGURES = """\
commune_code,year,measure,value,numerator,denominator
91010,2026,poor_households_share,,5,100
91010,2026,clean_water_share,,901,1000
91010,2025,income_growth,40,,
91010,2026,income_growth,"42,8",,
91010,2026,landslide_sites,3,,
91010,2026,water_ph,"8,6",,
91010,2026,has_construction_debt,Có,,
91010,2026,green_model_exists,Không,,
91010,2026,circular_model_exists,Có,,
91010,2026,has_cooperatives,Có,,
91010,2026,cooperatives,4,,
91010,2026,has_industrial_zone,Không,,
91010,2026,is_border_commune,Có,,
91010,2026,remote_households,9,,
"""


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "so-lieu.csv"
    path.write_text(FIGURES, encoding="utf-8")
    return path


def test_a_checker_finds_nothing_and_nothing_is_ignored(ntm: Ntm) -> None:
    result = ntm("rules", "check", TURNS, "--as-of", "2026-12-31", "--strict")
    assert result.returncode == 0, result.stdout
    assert "không thấy lỗi nào" in result.stdout
    assert not [path for path in TURNS.rglob("*.yaml") if "ntm: ignore" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_says_what_the_tests_beside_the_rules_say(turns: LoadedSet, engine: str) -> None:
    problem = ENGINES[engine].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    outcomes = run(read_cases(turns, find_files(turns.folder, turns.header)), engine)
    assert len(outcomes) >= 19
    assert [(o.case.test.name, o.differences) for o in outcomes if not o.passed] == []


def with_one_change(folder: Path, old: str, new: str) -> Path:
    changed = folder / "sua"
    shutil.copytree(TURNS, changed)
    rules = changed / "01-cach-noi" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    assert old in text
    rules.write_text(text.replace(old, new), encoding="utf-8")
    return changed


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("at_most: 8.5", "at_most: 5", "NTM072", "water_ph không thể vừa đạt 1.2.min vừa đạt 1.2.max"),
        ("at_most: 8.5", "less_than: 6", "NTM072", "water_ph không thể vừa đạt 1.2.min vừa đạt 1.2.max"),
        ("needed: 2", "needed: hai", "NTM004", "“hai” không phải là số nguyên; ghi số, ví dụ 2"),
        ("needed: 2", "needed: 2.5", "NTM004", "“2.5” không phải là số nguyên; ghi số, ví dụ 2"),
        ("needed: 2", "needed: 5", "NTM004", "`needed` lớn hơn số phần có"),
        ("answer: no", "answer: Không", "NTM004", "chọn một trong: yes, no"),
        ("less_than: 5}", "less_than: 5%}", "NTM004", "“5%” không phải là số; ghi 5"),
        ("at_least: 10}", "at_lest: 10}", "NTM002", "có phải ý bạn là “at_least”"),
        ("{measure: remote_households, at_least: 10}", "{measure: water_share, at_least: 10}", "NTM010", "water_share"),
        ("applies_unless: is_border_commune", "applies_unless: water_ph", "NTM018", "attestation"),
    ],
)
def test_a_slip_in_a_turn_is_told_where_it_stands(
    ntm: Ntm, tmp_path: Path, old: str, new: str, code: str, words: str
) -> None:
    result = ntm("rules", "check", with_one_change(tmp_path, old, new), "--as-of", "2026-12-31", "--select", code)
    assert result.returncode == 1, result.stdout
    assert words in " ".join(result.stdout.split())


def test_a_range_is_a_requirement_for_each_end(law: CriteriaSet) -> None:
    condition = law.indicator_by_id["1.2"].condition
    assert isinstance(condition, Combination)
    ends = [law.requirement_by_id[id_] for id_ in ("1.2.min", "1.2.max")]
    assert condition.children == tuple(ends)
    assert [end.comparator for end in ends] == [Comparator.AT_LEAST, Comparator.AT_MOST]
    targets = [end.target for end in ends]
    assert [t.everywhere for t in targets if isinstance(t, KnownTarget)] == [6, Decimal("8.5")]
    assert {end.text for end in ends} == {"Độ pH của nước từ 6 đến 8,5"}


def said(result: CompletedProcess[str]) -> str:
    assert result.returncode in (0, 3), result.stdout
    return " ".join(result.stdout.split())


def test_an_explanation_says_each_turn_in_words(ntm: Ntm, figures: Path) -> None:
    words = said(ntm("explain", figures, "--criteria", TURNS, "--commune", "91010", "--indicator", "1.4"))
    assert "1.4 đạt khi ít nhất 2 trong 3 phần này đạt: 1.4.a, 1.4.b, 1.4.c." in words
    assert "1.4: CHƯA ĐẠT, vì chưa đủ số phần đạt." in words
    assert "Còn cần thêm 2 phần trong số này, gần đạt nhất trước: 1.4.c (còn thiếu 1 hợp tác xã); 1.4.a" in words
    words = said(ntm("explain", figures, "--criteria", TURNS, "--commune", "91010", "--indicator", "1.1"))
    assert "Mức yêu cầu dưới 5%: chưa đạt, vượt 0,01 điểm %" in words
    assert "Mức yêu cầu trên 90%: đạt" in words
    words = said(ntm("explain", figures, "--criteria", TURNS, "--commune", "91010", "--indicator", "1.3"))
    assert "trả lời “Có”, cần chấm dứt" in words


def test_a_gap_names_what_closes_it(ntm: Ntm, figures: Path) -> None:
    words = said(ntm("assess", figures, "--criteria", TURNS, "--commune", "91010"))
    assert "phải giảm 1 hộ" in words
    assert "(đạt 2 trong 3" in words


def test_the_law_is_shown_as_it_is_written(ntm: Ntm) -> None:
    words = said(ntm("rules", "show", "1.4", "--criteria", TURNS))
    assert "ít nhất 2 trong:" in words
    words = said(ntm("rules", "show", "1.1", "--criteria", TURNS))
    assert "< 5%" in words
    assert "> 90%" in words


def test_a_supposed_end_of_a_range_is_named_by_its_id(ntm: Ntm, figures: Path) -> None:
    refused = ntm("whatif", figures, "--criteria", TURNS, "--set", "1.2=9")
    assert refused.returncode == 2
    assert "1.2.min, 1.2.max" in " ".join((refused.stdout + refused.stderr).split())
    result = ntm("whatif", figures, "--criteria", TURNS, "--set", "1.2.max=9")
    assert result.returncode == 0, result.stdout


def test_a_changed_number_of_parts_and_a_changed_answer_are_told(ntm: Ntm, tmp_path: Path) -> None:
    changed = tmp_path / "sua"
    shutil.copytree(TURNS, changed)
    rules = changed / "01-cach-noi" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    text = (
        text.replace("  needed: 2\n", "  needed: 3\n")
        .replace("  answer: no\n", "")
        .replace("less_than: 5}", "at_most: 5}")
    )
    rules.write_text(text, encoding="utf-8")
    result = ntm("rules", "diff", TURNS, changed)
    assert result.returncode == 1, result.stdout + result.stderr
    words = " ".join(result.stdout.split())
    assert "ít nhất [-2-] trong (1.4.a, 1.4.b, 1.4.c) ít nhất {+3+} trong (1.4.a, 1.4.b, 1.4.c)" in words
    assert "Câu trả lời đạt Không Có" in words
    for id_ in ("1.1.a", "1.3", "1.4"):
        assert id_ in words


def test_for_whom_a_rule_is_is_said(ntm: Ntm, figures: Path) -> None:
    words = said(ntm("explain", figures, "--criteria", TURNS, "--commune", "91010", "--indicator", "1.5"))
    assert "Trừ trường hợp: Là xã biên giới: xã báo cáo Có, nên không hỏi “Có chợ” và phần này không áp dụng." in words
    assert "Chỉ khi Số hộ ở xa trung tâm ≥ 10 hộ: xã báo cáo 9 hộ, nên không hỏi “Có tổ tự quản”" in words
    assert words.count("“Có khu công nghiệp”: xã trả lời Không") == 3
    assert "1.5: KHÔNG ÁP DỤNG" in words
    words = said(ntm("rules", "show", "1.5", "--criteria", TURNS))
    assert "Trừ trường hợp: Là xã biên giới" in words
    assert "Chỉ khi Số hộ ở xa trung tâm ≥ 10 hộ" in words


def test_of_several_conditions_the_one_not_answered_is_owed(ntm: Ntm, tmp_path: Path) -> None:
    data = tmp_path / "so-lieu.csv"
    data.write_text(
        "commune_code,year,measure,value\n91010,2026,has_industrial_zone,Có\n91020,2026,is_border_commune,Không\n",
        encoding="utf-8",
    )
    said(ntm("batch", data, "--criteria", TURNS, "--out", tmp_path / "out"))
    with (tmp_path / "out" / "owed.csv").open(encoding="utf-8-sig", newline="") as stream:
        owed = {(row["commune_code"], row["id"]): row["measure"] for row in csv.DictReader(stream)}
    assert owed["91010", "1.5.a.iii"] == "is_border_commune"
    assert owed["91020", "1.5.a.iii"] == "has_industrial_zone"


def test_a_figure_asked_only_of_those_that_have_the_thing_says_so_on_every_level(turns: LoadedSet) -> None:
    """What is answered “Không áp dụng” in a form is then no mistake."""
    zone = dict.fromkeys(("zone_has_homes", "zone_has_nurseries", "zone_has_buses"), "has_industrial_zone")
    assert turns.conditional == {"cooperatives": "has_cooperatives", **zone}


def test_every_point_of_every_turn_can_be_reached_by_a_drafted_test(turns: LoadedSet, law: CriteriaSet) -> None:
    wanted = points([law])
    drafted, left = draft(turns, [law], wanted)
    assert left == []
    assert {point for one in drafted for point in one.reaches} >= set(wanted)
