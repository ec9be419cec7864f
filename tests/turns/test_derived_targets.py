"""Targets taken from other targets and from reference figures: exact, on the day's law, and every output says from what."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.rulebook.criteria_set import AwaitedTarget, ClassedTarget, CriteriaSet, KnownTarget, Target
from ntm_rules.rulebook.describe import describe_indicator, resolved_hash
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError
from ntm_rules.wording.decisions import unnamed_words
from ntm_rules.wording.derived import bases
from ntm_rules.workbench.checks.core.running import check_overlay
from tests.conftest import Ntm
from tests.turns.conftest import TURNS
from tests.turns.test_targets_by_class import decision, laid

END = dt.date(2026, 12, 31)


def target(law: CriteriaSet, id_: str) -> Target:
    return law.requirement_by_id[id_].target


def values(of: Target) -> dict[str | None, Decimal | None]:
    cells = of.each() if isinstance(of, ClassedTarget) else [(None, of)]
    return {class_: cell.everywhere if isinstance(cell, KnownTarget) else None for class_, cell in cells}


def told(id_: str, year: int, value: Any, promulgated: str = "2026-09-01") -> Overlay:
    """A decision that tells a reference figure of a year."""
    overlay = decision(id_, promulgated)
    figures = {"thu-nhap-ca-nuoc": [{"year": year, "value": value, "article": "Biểu 1"}]}
    return Overlay.model_validate(
        {**overlay.model_dump(by_alias=True, exclude_unset=True), "reference_figures": figures}
    )


def test_a_target_is_so_much_of_another_class_by_class_and_exactly(law: CriteriaSet) -> None:
    assert values(target(law, "1.7")) == {"vung-cao": 44, "vung-thap": Decimal("49.5")}
    cell = target(law, "1.7").of_class("vung-thap")
    assert isinstance(cell, KnownTarget)
    assert cell.basis is not None
    assert (cell.basis.of, cell.basis.times, cell.basis.value) == ("1.6.b", Decimal("1.1"), 45)
    assert cell.provenance.article.startswith("1.7")
    assert cell.basis.provenance is not None
    assert cell.basis.provenance.promulgated == dt.date(2025, 12, 10)


def test_it_follows_what_a_decision_makes_of_the_other_one_class_alone_too(turns: LoadedSet) -> None:
    law = laid(turns, decision("mot", r1_6_b={"vung-cao": 50}))
    assert values(target(law, "1.7")) == {"vung-cao": 55, "vung-thap": Decimal("49.5")}
    assert [notice.render("en") for notice in law.notices] == []


def test_it_waits_on_what_the_other_waits_on(turns: LoadedSet) -> None:
    law = laid(turns, decision("mot", r1_6_b={"pending": {"decision": "quyet-dinh-sau"}}))
    found = target(law, "1.7")
    assert isinstance(found, AwaitedTarget)
    assert (found.decision, found.reason) == ("quyet-dinh-sau", "target_pending")
    assert [notice.render("en") for notice in law.notices] == [
        "Overlay mot takes the target of 1.6.b back: it waits on quyet-dinh-sau"
    ]


def test_a_decision_may_take_a_target_from_another_and_no_ring_is_let_through(turns: LoadedSet) -> None:
    law = laid(turns, decision("mot", r1_9={"of": "1.7", "plus": -4}))
    assert values(target(law, "1.9")) == {"vung-cao": 40, "vung-thap": Decimal("45.5")}
    with pytest.raises(NtmError) as refused:
        laid(turns, decision("hai", r1_6_b={"of": "1.7"}))
    assert (
        refused.value.messages[0].render("en") == "these targets are taken from each other in a ring: 1.7 → 1.6.b → 1.7"
    )


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"of": "1.66.b"}, "“1.66.b” is not defined; did you mean “1.6.b”?"),
        ({"of": "1.6"}, "1.6 has no target of its own; name a requirement that has one"),
        ({"of": "1.6.a"}, "1.6.a is in %, and what is held to it in million dong"),
        ({"of": "1.6.d"}, "1.6.d has no number as its target"),
        ({"reference": "thu-nhap"}, "“thu-nhap” is not defined; did you mean “thu-nhap-tinh”?"),
    ],
)
def test_what_it_is_taken_from_is_there_and_in_the_same_unit(turns: LoadedSet, entry: object, words: str) -> None:
    with pytest.raises(RulebookError) as refused:
        laid(turns, decision("mot", r1_9=entry))
    assert [problem.message.render("en") for problem in refused.value.problems] == [words]


@pytest.mark.parametrize(
    ("id_", "entry", "words"),
    [
        ("1.9", {"of": "1.6.b", "times": Decimal("1.0001"), "plus": Decimal("0.0001")}, None),
        ("1.9", {"of": "1.7", "times": Decimal("1.0001")}, "comes to 49.50495: more than 4 decimals"),
        ("1.9", {"of": "1.7", "times": 10**7}, "too large"),
        ("1.1.a", {"of": "1.6.a", "times": 2}, None),
    ],
)
def test_what_it_comes_to_can_be_a_target(turns: LoadedSet, id_: str, entry: dict[str, Any], words: str | None) -> None:
    overlay = decision("mot", **{f"r{id_}": entry})
    if words is None and id_ == "1.9":
        assert values(target(laid(turns, overlay), id_))["vung-cao"] == Decimal("40.0041")
        return
    with pytest.raises(NtmError) as refused:
        laid(turns, overlay)
    assert (words or "a share lies between 0 and 100") in refused.value.messages[0].render("en")


def test_of_a_figure_told_twice_the_later_counts_of_those_known(turns: LoadedSet) -> None:
    assert values(target(laid(turns), "1.8")) == {None: Decimal("44.2")}
    early = resolve(turns, as_of=END, known_on=dt.date(2026, 6, 29))
    assert values(target(early, "1.8")) == {None: Decimal("43.5")}
    assert resolved_hash(early) != resolved_hash(laid(turns))
    known_then = resolve(turns, as_of=END, known_on=dt.date(2026, 6, 30))
    assert resolved_hash(known_then) == resolved_hash(laid(turns))


def test_without_a_figure_of_the_year_there_is_no_target_and_it_is_said_who_has_it(turns: LoadedSet, ntm: Ntm) -> None:
    law = resolve(turns, as_of=dt.date(2027, 12, 31))
    found = target(law, "1.8")
    assert isinstance(found, AwaitedTarget)
    assert (found.reason, found.decision) == ("no_reference_figure", "")
    assert found.basis is not None
    assert (found.basis.of, found.basis.year, found.basis.held_by) == ("thu-nhap-tinh", 2026, "so-xa-hoi")
    said = " ".join(ntm("rules", "show", "1.8", "--criteria", TURNS, "--as-of", "2027-12-31").stdout.split())
    assert "Chưa có số năm 2026: Thu nhập bình quân chung của tỉnh (giả định); cơ quan có số này: Sở Xã hội" in said


def test_a_decision_fills_a_figure_and_two_of_one_day_do_not_contradict_each_other(turns: LoadedSet) -> None:
    law = laid(turns, told("mot", 2026, 50))
    found = target(law, "1.9")
    assert isinstance(found, KnownTarget)
    assert found.everywhere == 45
    assert found.basis is not None
    assert found.basis.provenance is not None
    assert (found.basis.provenance.overlay, found.basis.provenance.article) == ("mot", "Biểu 1")
    assert found.provenance.illustrative, "what is taken from an invented figure is invented"
    assert values(target(laid(turns, told("mot", 2026, 50), told("hai", 2026, 60, "2026-10-01")), "1.9")) == {None: 54}
    with pytest.raises(RulebookError) as refused:
        laid(turns, told("mot", 2026, 50), told("hai", 2026, 60))
    assert [problem.code for problem in refused.value.problems] == ["NTM025"]


def test_a_figure_may_differ_by_class(turns: LoadedSet) -> None:
    law = laid(turns, told("mot", 2026, {"by": "khu-vuc", "values": {"bien-gioi": 40}, "default": 50}))
    assert values(target(law, "1.9")) == {"bien-gioi": 36, None: 45}


def test_the_json_says_what_a_target_is_taken_from(law: CriteriaSet) -> None:
    found = describe_indicator(law, "1.8")["indicator"]["condition"]["target"]
    assert (found["state"], found["value"]) == ("known", "44.2")
    taken = found["taken_from"]
    assert (taken["of"], taken["year"], taken["plus"], taken["value"]) == ("thu-nhap-tinh", 2025, "1", "43.2")
    assert taken["source"]["place"] == "Điều 6"


def test_an_explanation_says_it(ntm: Ntm, tmp_path: Path) -> None:
    figures = tmp_path / "so-lieu.csv"
    figures.write_text("commune_code,year,measure,value\n91010,2026,income_per_head,44\n", encoding="utf-8")
    done = ntm("explain", figures, "--criteria", TURNS, "--commune", "91010", "--indicator", "1.7")
    assert "Mức lấy theo: 110% của 40 triệu đồng (mức quy định của 1.6.b)." in " ".join(done.stdout.split())
    done = ntm("explain", figures, "--criteria", TURNS, "--commune", "91010", "--indicator", "1.8", "--format", "json")
    assert json.loads(done.stdout)["set"]["id"] == "cach-noi-2026-2030"
    assert '"of": "thu-nhap-tinh"' in done.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "words"),
    [
        ("01-cach-noi/rules.yaml", "{of: 1.6.b, times: 1.1}", "{of: 1.6.b, times: 1.2}", "NTM053", "không nêu 120"),
        ("01-cach-noi/rules.yaml", "{of: 1.6.b, times: 1.1}", '{of: "1.7", times: 1.1}', "NTM021", "1.7 → 1.7"),
        ("01-cach-noi/rules.yaml", "{of: 1.6.b, times: 1.1}", "{of: 1.6.b, tims: 1.1}", "NTM002", "“times”"),
        ("01-cach-noi/rules.yaml", "{of: 1.6.b, times: 1.1}", "{of: 1.6.b, times: 0}", "NTM004", "không lớn hơn 0"),
        ("reference-figures.yaml", "held_by: so-xa-hoi", "held_by: so-xa-hoj", "NTM011", "so-xa-hoi"),
    ],
)
def test_a_slip_is_told_where_it_stands(
    ntm: Ntm, tmp_path: Path, file: str, old: str, new: str, code: str, words: str
) -> None:
    folder = tmp_path / "sua"
    shutil.copytree(TURNS, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    result = ntm("rules", "check", folder, "--as-of", "2026-12-31", "--select", code)
    assert result.returncode == 1, result.stdout
    assert words in " ".join(result.stdout.split())


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A set beside the one of the turns whose income is 110% of what that one asks."""
    for name in (TURNS.name, "kieu-mau"):
        shutil.copytree(TURNS, tmp_path / name)
    folder = tmp_path / "kieu-mau"
    header = folder / "criteria-set.yaml"
    header.write_text(header.read_text(encoding="utf-8").replace(f"id: {TURNS.name}", "id: kieu-mau"), encoding="utf-8")
    rules = folder / "01-cach-noi" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    other = text.replace("{of: 1.6.b, times: 1.1}", f"{{of: 1.6.b, set: {TURNS.name}, times: 1.1}}")
    rules.write_text(other, encoding="utf-8")
    return folder


def test_a_target_of_another_set_is_that_of_its_own_law(model: Path) -> None:
    loaded = load_set(model)
    law = resolve(loaded, as_of=END)
    assert values(target(law, "1.7")) == {"vung-cao": 44, "vung-thap": Decimal("49.5")}
    theirs = resolve(loaded, as_of=END, overlays=[decision("mot", r1_6_b={"vung-cao": 60})])
    assert values(target(theirs, "1.7")) == {"vung-cao": 66, "vung-thap": Decimal("49.5")}
    assert values(target(theirs, "1.6.b")) == {"vung-cao": 40, "vung-thap": 45}
    assert theirs.overlays == ("mot",)
    assert set(law.measures) == set(resolve(load_set(TURNS), as_of=END).measures), "nothing more is reported"


def test_a_target_of_a_set_that_is_not_at_hand_is_told(model: Path) -> None:
    rules = model / "01-cach-noi" / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace(f"set: {TURNS.name}", "set: cach-noi"), encoding="utf-8")
    with pytest.raises(RulebookError) as refused:
        load_set(model)
    assert "no set “cach-noi” is at hand" in refused.value.problems[0].message.render("en")


def test_a_share_taken_from_another_is_raised_by_points_and_not_by_a_percentage(turns: LoadedSet) -> None:
    law = laid(turns, decision("mot", r1_6_a={"of": "1.1.b", "plus": 5}))
    assert "cộng thêm 5 điểm %" in bases(law, law.requirement_by_id["1.6.a"])[0]


def test_what_a_decision_made_of_the_other_target_is_told_with_where_it_stands(turns: LoadedSet) -> None:
    law = laid(turns, decision("mot", r1_6_b={"vung-cao": 50, "vung-thap": 55}))
    assert "mức quy định của 1.6.b), văn bản cụ thể hóa mot" in bases(law, law.requirement_by_id["1.7"])[0]


def later(tmp_path: Path, lines: str) -> list[tuple[int, str, str]]:
    """What a check finds wrong in a decision of these lines, by line and place."""
    path = tmp_path / "mot.yaml"
    path.write_text(
        "id: mot\napplies_to: cach-noi-2026-2030\nillustrative: true\ntitle: {vi: Một, en: One}\n"
        f"promulgated: 2026-03-01\neffective: {{from: 2026-03-01}}\n{lines}",
        encoding="utf-8",
    )
    problems = (one.problem for one in check_overlay(path, [TURNS], as_of=dt.date(2026, 12, 31)).findings)
    return [(one.line, one.key, one.message.render("en")) for one in problems]


def test_a_decision_that_repeals_what_a_target_is_taken_from_is_told_where_it_does(tmp_path: Path) -> None:
    words = "the target of 1.7 is taken from 1.6.b, which has none of its own any more; change or repeal 1.7 too"
    assert later(tmp_path, "repeal:\n  1.6.b: {article: Điều 1}\n") == [(8, "repeal.1.6.b", words)]


@pytest.mark.parametrize(
    ("lines", "line", "key", "words"),
    [
        ('set:\n  1.6.b: {of: "1.7"}\n', 8, "set.1.6.b", "in a ring: 1.7 → 1.6.b → 1.7"),
        (
            "province: bac\nset:\n  1.6.a: 75\n",
            7,
            "province",
            "the set does not name: bac / The set is of one province",
        ),
        ("set:\n  1.6.a: {values: 75, article: Điều 1}\n", 8, "set.1.6.a.values", "did you mean “value”?"),
        ('set:\n  "1.2:8.1": 75\n', 8, "set.1.2:8.1", "is 8.1 of another set; write 8.1 in an overlay"),
    ],
)
def test_what_keeps_a_decision_from_being_laid_on_is_told_where_it_stands(
    tmp_path: Path, lines: str, line: int, key: str, words: str
) -> None:
    at, place, said = later(tmp_path, lines)[0]
    assert (at, place) == (line, key)
    assert words in said


def test_what_waits_for_a_reference_figure_is_told_as_the_figure_its_year_and_who_has_it(turns: LoadedSet) -> None:
    law = resolve(turns, as_of=dt.date(2029, 12, 31))
    words = unnamed_words(law, ["1.8"])
    assert words.startswith("Chưa có số năm 2028: ")
    assert "chưa nêu văn bản nào" not in words
