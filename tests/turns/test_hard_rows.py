"""Rows of a national set and of one of model communes that are hard to write: no finding to ignore, what their words say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.rulebook.criteria_set import AwaitedTarget, ClassedTarget, KnownTarget
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import read_cases
from ntm_rules.workbench.testing.runner import run
from tests.conftest import Ntm
from tests.turns.conftest import TURNS

NATION, MODEL = (TURNS.with_name(f"{name}-2021-2025") for name in ("kho-viet", "kieu-mau"))


@pytest.mark.parametrize("folder", [NATION, MODEL], ids=lambda folder: folder.name)
def test_a_checker_finds_nothing_and_nothing_is_ignored(ntm: Ntm, folder: Path) -> None:
    result = ntm("rules", "check", folder, "--as-of", "2025-12-31", "--strict")
    assert result.returncode == 0, result.stdout
    assert "không thấy lỗi nào" in result.stdout
    assert not [path for path in folder.rglob("*.yaml") if "ntm: ignore" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("folder", [NATION, MODEL], ids=lambda folder: folder.name)
def test_every_engine_says_what_the_tests_beside_the_rules_say(folder: Path, engine: str) -> None:
    problem = ENGINES[engine].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    loaded = load_set(folder)
    outcomes = run(read_cases(loaded, find_files(folder, loaded.header)), engine)
    assert len(outcomes) >= 20
    assert [(o.case.test.name, o.differences) for o in outcomes if not o.passed] == []


@pytest.mark.parametrize(
    ("year", "highland", "delta"), [(2021, "34.1", "44"), (2023, "40.7", "50.6"), (2025, "47.3", "57.2")]
)
def test_the_model_asks_110_percent_of_each_region_and_year(year: int, highland: str, delta: str) -> None:
    target = resolve(load_set(MODEL), as_of=dt.date(year, 12, 31)).requirement_by_id["1.1"].target
    assert isinstance(target, ClassedTarget)
    assert target.value_for("mien-nui-bac") == Decimal(highland)
    assert target.value_for("cuu-long") == Decimal(delta)
    islands = target.of_class("hai-dao")
    assert isinstance(islands, AwaitedTarget)
    assert islands.decision == "muc-cua-tinh", "it waits on the decision that the other set waits on"
    cell = target.of_class("cuu-long")
    assert isinstance(cell, KnownTarget)
    assert cell.basis is not None
    assert (cell.basis.set, cell.basis.of) == ("kho-viet-2021-2025", "1.1")


def test_a_province_that_fixes_less_than_the_nation_leaves_the_floor_where_it_is() -> None:
    overlay = Overlay.model_validate(
        {
            "id": "tinh",
            "applies_to": "kho-viet-2021-2025",
            "title": {"vi": "tinh", "en": "tinh"},
            "illustrative": True,
            "promulgated": dt.date(2022, 1, 1),
            "effective": {"from": dt.date(2022, 1, 1)},
            "set": {"2.3.b": 60},
        }
    )
    law = resolve(load_set(NATION), as_of=dt.date(2025, 12, 31), overlays=[overlay])
    targets = {id_: law.requirement_by_id[id_].target for id_ in ("2.3.a", "2.3.b")}
    assert {id_: one.everywhere for id_, one in targets.items() if isinstance(one, KnownTarget)} == {
        "2.3.a": 64,
        "2.3.b": 60,
    }
