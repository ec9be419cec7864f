"""Wards of two provinces under one set that is amended twice, held against a program that knows the printed text alone."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from ntm_rules.evaluation.engines import ENGINES, evaluate_with
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import read
from ntm_rules.runs.rulebook import open_rulebook
from tests.conftest import Ntm
from tests.turns.conftest import TURNS

WARDS = TURNS.with_name("van-minh-2026-2030")
HEAD = "code,name,type,valid_from,predecessor_codes,predecessor_names,group,group_source,source,province"
MANY = 60
YEARS = (2025, 2026, 2027, 2028)
DAYS = (dt.date(2026, 12, 31), dt.date(2027, 6, 30), dt.date(2027, 12, 31), dt.date(2028, 12, 31))
FIRST, SECOND = dt.date(2027, 7, 1), dt.date(2028, 1, 1)
MET, NOT_MET, NO_DATA, NOT_APPLICABLE = "MET", "NOT_MET", "NO_DATA", "NOT_APPLICABLE"
Figures = dict[str, object]
"""Of a ward and a year: measure -> Có or Không as True or False, a number, a day, or numerator and denominator."""


# --- what wards report -------------------------------------------------------------------------


def ward(chance: random.Random) -> tuple[dict[int, Figures], dict[int, dict[str, Figures]]]:
    """Return figures near every bar, some of them missing, and those of street groups."""
    years: dict[int, Figures] = {}
    groups: dict[int, dict[str, Figures]] = {}
    for year in YEARS:
        figures: Figures = {
            "lit_streets_share": chance.choice(
                [(8994, 10000), (8995, 10000), (95, 100), (9594, 10000), (9595, 10000), (1, 2)]
            ),
            "has_night_market": chance.random() < 0.5,
            "park_exists": chance.random() < 0.5,
            "has_river": chance.random() < 0.6,
            "embankment_exists": chance.random() < 0.5,
            "street_trees": chance.choice([499, 500, 501]),
            "parking_exists": chance.random() < 0.5,
            "street_groups": 4,
            "noise_complaints": chance.choice([0, 9, 10, 11, 18, 20]),
            "online_share": chance.choice([(6, 10), (601, 1000), (7, 10), (2, 3), (5, 7), (8, 10)]),
            "portal_opened_on": chance.choice(
                [
                    dt.date(2024, 12, 30),
                    dt.date(2024, 12, 31),
                    dt.date(2025, 6, 30),
                    dt.date(2026, 1, 1),
                    dt.date(2027, 9, 9),
                ]
            ),
            "office_temperature": chance.choice([17, 18, 22, 27, 28]),
            "public_wifi_exists": chance.random() < 0.8,
            "wifi_points": chance.choice([2, 3]),
        }
        years[year] = {name: value for name, value in figures.items() if chance.random() < 0.9}
        groups[year] = {}
        for n in range(chance.choice([3, 4, 4])):
            of_group: Figures = {
                "group_team_exists": chance.random() < 0.9,
                "group_sorting_share": chance.choice([(3, 5), (61, 100), (64, 100), (65, 100), (9, 10)]),
            }
            groups[year][f"Tổ {n}"] = {name: value for name, value in of_group.items() if chance.random() < 0.93}
    return years, groups


def rows(code: str, year: int, hamlet: str, figures: Figures) -> Iterable[str]:
    if hamlet and not figures:
        yield f"{code},{year},{hamlet},group_team_exists,,,"
    for name, value in figures.items():
        if isinstance(value, tuple):
            yield f"{code},{year},{hamlet},{name},,{value[0]},{value[1]}"
        else:
            said = {True: "Có", False: "Không"}[value] if isinstance(value, bool) else value
            yield f"{code},{year},{hamlet},{name},{said},,"


# --- what the resolution and its amendments say, read by another program -------------------------


def together(verdicts: Iterable[str]) -> str:
    found = [verdict for verdict in verdicts if verdict != NOT_APPLICABLE]
    return next((one for one in (NOT_MET, NO_DATA) if one in found), MET if found else NOT_APPLICABLE)


def so_many(verdicts: Iterable[str], needed: int) -> str:
    found = list(verdicts)
    met, open_ = found.count(MET), found.count(NO_DATA)
    return MET if met >= needed else NOT_MET if met + open_ < needed else NO_DATA


def held(value: object, meets: bool) -> str:
    return NO_DATA if value is None else MET if meets else NOT_MET


def percent(value: object) -> Fraction:
    assert isinstance(value, tuple)
    return Fraction(100 * value[0], value[1])


def answered(value: object) -> str:
    return held(value, value is True)


def months_before(day: dt.date, months: int) -> dt.date:
    month = day.year * 12 + day.month - 1 - months
    return dt.date(month // 12, month % 12 + 1, min(day.day, 28) if month % 12 == 1 else day.day)


def judged(
    province: str, years: Mapping[int, Figures], groups: Mapping[int, Mapping[str, Figures]], day: dt.date
) -> dict[str, str]:
    now = years[day.year]
    lit, market = now.get("lit_streets_share"), now.get("has_night_market")
    bar = 90 if market is False else 96 if day >= FIRST else 95
    rounded = Fraction(floor(percent(lit) * 10 + Fraction(1, 2)), 10) if lit else Fraction(0)
    found = {"1.1": NO_DATA if market is None else held(lit, rounded >= bar)}
    river, trees = now.get("has_river"), now.get("street_trees")
    bank = NO_DATA if river is None else answered(now.get("embankment_exists")) if river else NOT_APPLICABLE
    contents = [answered(now.get("park_exists")), bank, held(trees, isinstance(trees, int) and trees > 500)]
    found["1.2"] = so_many([*contents, *([answered(now.get("parking_exists"))] if day < FIRST else [])], 2)
    found["2.1"] = street_groups(now.get("street_groups"), groups[day.year], day)
    if day.year >= 2027:
        noise, base = now.get("noise_complaints"), years[2026].get("noise_complaints")
        fallen = isinstance(noise, int) and isinstance(base, int) and base > 0 and 100 * (noise - base) <= -10 * base
        found["2.2"] = NO_DATA if base is None else held(noise, fallen)
    shares = [years[year].get("online_share") for year in (day.year, day.year - 1)]
    mean = sum((percent(one) for one in shares if one), Fraction(0)) / 2
    found["3.1"] = NO_DATA if None in shares else held(mean, mean > (60 if province == "nui-cao" else 70))
    opened, warmth, points = (now.get(name) for name in ("portal_opened_on", "office_temperature", "wifi_points"))
    parts = [held(warmth, isinstance(warmth, int) and 18 <= warmth <= 27)]
    if day < SECOND:
        parts.append(held(opened, isinstance(opened, dt.date) and months_before(day, 24) <= opened <= day))
        parts += [answered(now.get("public_wifi_exists"))] if day >= FIRST else []
    else:
        parts.append(held(points, isinstance(points, int) and points >= 3))
    found["3.2"] = together(parts)
    criteria = {id_: together(one for of, one in found.items() if of[0] == id_) for id_ in "123"}
    return found | criteria | {"": together([so_many(criteria.values(), 2), criteria["1"]])}


def street_groups(number: object, groups: Mapping[str, Figures], day: dt.date) -> str:
    def one(figures: Figures) -> str:
        share = figures.get("group_sorting_share")
        enough = share is not None and (percent(share) >= 65 if day >= SECOND else percent(share) > 60)
        return together([answered(figures.get("group_team_exists")), held(share, enough)])

    if not isinstance(number, int):
        return NO_DATA
    verdicts = [*map(one, groups.values()), *[NO_DATA] * (number - len(groups))]
    met, open_ = verdicts.count(MET), verdicts.count(NO_DATA)
    if 100 * met >= 75 * number:
        return MET
    return NOT_MET if 100 * (met + open_) < 75 * number else NO_DATA


# --- both say the same ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, dict[dt.date, dict[str, str]]]]:
    """Many wards of both provinces: the set with their register, their figures, and what they come to on every day."""
    folder, chance = tmp_path_factory.mktemp("phuong"), random.Random(20260101)
    shutil.copytree(WARDS, folder / "bo")
    register, lines, expected = [HEAD], ["commune_code,year,hamlet,measure,value,numerator,denominator"], {}
    for n in range(MANY):
        code, province = f"95{n:03d}", ("song-dao", "nui-cao")[n % 2]
        register.append(f"{code},Phường số {n},phuong,2025-07-01,,,,,giả định,{province}")
        years, groups = ward(chance)
        for year in YEARS:
            lines += rows(code, year, "", years[year])
            lines += [line for name, figures in groups[year].items() for line in rows(code, year, name, figures)]
        expected[code] = {day: judged(province, years, groups, day) for day in DAYS}
    (folder / "bo" / "communes.csv").write_text("\n".join(register) + "\n", encoding="utf-8")
    data = folder / "so-lieu.csv"
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "bo", data, expected


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_says_what_another_program_reads_in_the_text(
    wards: tuple[Path, Path, dict[str, dict[dt.date, dict[str, str]]]], engine: str
) -> None:
    problem = ENGINES[engine].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    folder, data, expected = wards
    dataset = read(open_rulebook(LawAsked(str(folder))), [data])
    assert not dataset.problems
    seen = set()
    for day in DAYS:
        rules = open_rulebook(LawAsked(str(folder), as_of=day)).for_year(day.year)
        evaluation = evaluate_with(engine, rules, dataset.records, years=[day.year])
        for at, code in enumerate(evaluation.records.codes):
            for id_, verdict in expected[code][day].items():
                level = "commune" if not id_ else "indicator" if "." in id_ else "criterion"
                row = evaluation.row_of[level, id_ or rules.id]
                assert evaluation.verdict(row, at).name == verdict, (code, day, id_)
                seen.add((id_, verdict))
    assert {
        (id_, verdict)
        for id_ in ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "1", "2", "3", "")
        for verdict in (MET, NOT_MET, NO_DATA)
    } <= seen


def test_a_checker_finds_nothing_in_the_set_nor_in_its_amendments(ntm: Ntm) -> None:
    result = ntm("rules", "check", WARDS, "--as-of", "2028-12-31", "--strict", "--ignore", "NTM081")
    assert result.returncode == 0, result.stdout
