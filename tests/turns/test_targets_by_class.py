"""Targets that differ by class of communes: later decisions change some classes alone, and every value says where it came from."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.engines import evaluate_with
from ntm_rules.evaluation.reference import Facts, own_target
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import AwaitedTarget, ClassedTarget, CriteriaSet, KnownTarget, NotAsked
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.conftest import Ntm
from tests.turns.conftest import TURNS

END = dt.date(2026, 12, 31)


def decision(id_: str, promulgated: str = "2026-03-01", **set_: Any) -> Overlay:
    """A decision that sets targets; `_` in the name of a requirement stands for a dot."""
    return Overlay.model_validate(
        {
            "id": id_,
            "applies_to": "cach-noi-2026-2030",
            "title": {"vi": id_, "en": id_},
            "illustrative": True,
            "promulgated": dt.date.fromisoformat(promulgated),
            "effective": {"from": dt.date.fromisoformat(promulgated)},
            "set": {name.removeprefix("r").replace("_", "."): value for name, value in set_.items()},
        }
    )


def laid(turns: LoadedSet, *overlays: Overlay) -> CriteriaSet:
    return resolve(turns, as_of=END, overlays=overlays)


def paved(law: CriteriaSet) -> dict[str, str]:
    """What each class of communes is to reach in 1.6.a, and the decision that says so."""
    target = law.requirement_by_id["1.6.a"].target
    assert isinstance(target, ClassedTarget)
    said = {}
    for class_, cell in target.each():
        value = str(cell.everywhere) if isinstance(cell, KnownTarget) else type(cell).__name__
        origin = cell.provenance.overlay if cell.provenance else None
        said[class_ or "default"] = f"{value} {origin or '-'}"
    return said


STATED = {"bien-gioi": "70 -", "kho-khan": "AwaitedTarget -", "dao": "NotAsked -", "default": "80 -"}


def test_a_decision_changes_the_classes_it_names_and_the_others_stay_as_they_were(turns: LoadedSet) -> None:
    law = laid(turns, decision("mot", r1_6_a={"bien-gioi": 75}))
    assert paved(law) == STATED | {"bien-gioi": "75 mot"}
    assert [notice.render("en") for notice in law.notices] == []


def test_the_default_alone_may_be_changed_and_a_class_may_be_exempted_or_made_to_wait(turns: LoadedSet) -> None:
    waits = {"pending": {"decision": "quyet-dinh-sau"}}
    law = laid(turns, decision("mot", r1_6_a={"default": 85, "kho-khan": "not_applicable", "bien-gioi": waits}))
    assert paved(law) == {
        "bien-gioi": "AwaitedTarget mot",
        "kho-khan": "NotAsked mot",
        "dao": "NotAsked -",
        "default": "85 mot",
    }
    assert [notice.render("en") for notice in law.notices] == [
        "Overlay mot takes the target of 1.6.a back for Border commune: it waits on quyet-dinh-sau"
    ]


def test_each_decision_is_laid_on_what_those_before_it_left(turns: LoadedSet) -> None:
    first = decision("mot", "2026-03-01", r1_6_a={"bien-gioi": 75, "kho-khan": 60})
    second = decision("hai", "2026-05-01", r1_6_a={"value": {"kho-khan": 50}, "article": "Điều 2"})
    law = laid(turns, second, first)
    assert paved(law) == STATED | {"bien-gioi": "75 mot", "kho-khan": "50 hai"}
    assert [notice.render("en") for notice in law.notices] == [
        "Overlay hai loosens 1.6.a: from ≥ 60 (Commune in special difficulty) to ≥ 50 (Commune in special difficulty)"
    ]
    assert len(law.requirement_by_id["1.6.a"].replaced) == 2


def test_one_number_takes_the_place_of_every_class(turns: LoadedSet) -> None:
    target = laid(turns, decision("mot", r1_6_a=90)).requirement_by_id["1.6.a"].target
    assert isinstance(target, KnownTarget)


def test_a_whole_target_by_another_classing_takes_the_place_of_all(turns: LoadedSet) -> None:
    by_group = {"by": "group", "values": {"vung-cao": 60, "vung-thap": 85}}
    target = laid(turns, decision("mot", r1_6_a=by_group)).requirement_by_id["1.6.a"].target
    assert isinstance(target, ClassedTarget)
    assert (target.classing.by, dict(target.by_group)) == ("group", {"vung-cao": 60, "vung-thap": 85})


def test_two_of_one_day_contradict_each_other_only_for_a_class_that_both_name(turns: LoadedSet) -> None:
    both = decision("mot", r1_6_a={"bien-gioi": 75}), decision("hai", r1_6_a={"kho-khan": 60})
    assert paved(laid(turns, *both)) == STATED | {"bien-gioi": "75 mot", "kho-khan": "60 hai"}
    with pytest.raises(RulebookError, match=r"1\.6\.a"):
        laid(turns, decision("mot", r1_6_a={"bien-gioi": 75}), decision("hai", r1_6_a={"bien-gioi": 74}))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"bien-goi": 75}, "did you mean “bien-gioi”?"),
        ({"bien-gioi": 175}, "bien-gioi: a share's target lies between 0 and 100, and 175 does not"),
        ({"by": "khu-vu", "values": {"bien-gioi": 1}}, "communes cannot be told apart by “khu-vu”; did you mean “khu-vuc”?"),
        ({"by": "khu-vuc", "values": {"bien-gioi": 75}}, "no value for kho-khan, dao; state it, or a `default`"),
        ({"bien-gioi": {"pending": {"decision": "quyet-dinh-xau"}}}, "did you mean “quyet-dinh-sau”?"),
        ({"by": "paved_roads_share", "values": {"yes": 1}}, "communes cannot be told apart by “paved_roads_share”"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_was_meant(turns: LoadedSet, value: object, words: str) -> None:
    with pytest.raises(RulebookError) as refused:
        laid(turns, decision("mot", r1_6_a=value))
    assert words in " ".join(problem.message.render("en") for problem in refused.value.problems)


def test_the_class_of_a_commune_stands_in_the_register_by_id_or_by_title(turns: LoadedSet, law: CriteriaSet) -> None:
    assert [dict(commune.classes) for commune in turns.communes] == [
        {"khu-vuc": "bien-gioi"},
        {},
        {"khu-vuc": "kho-khan"},
    ]
    requirement = law.requirement_by_id["1.6.a"]
    own = [own_target(law, requirement, Facts(CommuneYear(code, code, 2026))) for code in ("91010", "91020", "91030")]
    assert [type(cell) for cell in own] == [KnownTarget, KnownTarget, AwaitedTarget]
    assert isinstance(
        own_target(law, requirement, Facts(CommuneYear("x", "x", 2026), classes={"khu-vuc": "dao"})), NotAsked
    )


def test_every_wrong_class_of_the_register_is_told_by_line(ntm: Ntm, tmp_path: Path) -> None:
    changed = tmp_path / "sua"
    shutil.copytree(TURNS, changed)
    register = changed / "communes.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("Xã biên giới", "Xã biên giớii").replace("kho-khan", "xa xoi"), encoding="utf-8")
    said = " ".join(ntm("rules", "check", changed, "--as-of", "2026-12-31").stdout.split())
    assert "xã 91010: “Xã biên giớii” không phải là loại nào của khu-vuc; có phải ý bạn là “bien-gioi”?" in said
    assert "xã 91030: “xa xoi” không phải là loại nào của khu-vuc; có phải ý bạn là “dao”?" in said
    assert said.count("dòng 2, khu-vuc") == said.count("dòng 4, khu-vuc") == 1


def test_what_is_supposed_of_one_class_leaves_the_others(ntm: Ntm, tmp_path: Path) -> None:
    figures = tmp_path / "so-lieu.csv"
    figures.write_text(
        "commune_code,year,measure,value,numerator,denominator\n"
        "91010,2026,paved_roads_share,,72,100\n91020,2026,paved_roads_share,,82,100\n",
        encoding="utf-8",
    )
    result = ntm("whatif", figures, "--criteria", TURNS, "--set", "1.6.a=bien-gioi:75")
    words = " ".join(result.stdout.split())
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Suối Trong" in words
    assert "Đồng Cả" not in words


@pytest.mark.parametrize("engine", ["columnar", "durable"])
def test_one_decision_for_every_province_sets_what_each_is_to_reach(engine: str) -> None:
    income = {"by": "province", "values": {"suoi-vang": 40, "bien-bac": 55}}
    nation = load_set(TURNS.with_name("quoc-gia-2026-2030"))
    of_all = decision("ca-nuoc", r10_1=income).model_copy(update={"applies_to": nation.header.id})
    law = resolve(nation, as_of=END, overlays=[of_all])
    given = [
        CommuneYear(code, code, 2026, {"income": Reported(State.PRESENT, 50 * 10**7)}) for code in ("93010", "94010")
    ]
    judged = evaluate_with(engine, law, given)
    verdicts = [judged.result(at).find("requirement", "10.1").verdict for at in range(2)]
    assert verdicts == [Verdict.MET, Verdict.NOT_MET]


def test_a_set_of_one_province_tells_no_communes_apart_by_it(turns: LoadedSet) -> None:
    with pytest.raises(RulebookError, match="province"):
        laid(turns, decision("mot", r1_6_a={"by": "province", "values": {"suoi-vang": 1}}))


def test_a_class_that_waited_is_not_among_those_of_which_a_decision_asks_less(turns: LoadedSet) -> None:
    law = laid(turns, decision("mot", r1_6_a={"bien-gioi": 60, "kho-khan": 65}))
    assert [notice.render("vi") for notice in law.notices] == [
        "Văn bản mot nới lỏng 1.6.a: từ ≥ 70 (Xã biên giới) thành ≥ 60 (Xã biên giới)"
    ]
