"""What is printed of how the province stands is what another program reckons from the verdicts."""

from __future__ import annotations

import csv
import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.conftest import ILLUSTRATIVE, SAMPLE, Ntm
from tests.other_set.conftest import AMENDMENT, DATA, LAW
from tests.report.generated import reports
from tests.standing.by_pandas import Province, moves, table

LAW_OF: Mapping[str, tuple[str | Path, ...]] = {
    "sample": (),
    "sample, every target": ("--overlay", ILLUSTRATIVE),
    "generated": (),
    "generated, every target": ("--overlay", ILLUSTRATIVE),
    "other set": LAW,
    "other set, amended": (*LAW, "--overlay", AMENDMENT),
}


@dataclass(frozen=True)
class Run:
    """One run of `ntm batch`, and the same year reckoned apart."""

    province: Province
    screen: str
    out: Path
    data: Path
    law: tuple[str | Path, ...]


@pytest.fixture(scope="module", params=list(LAW_OF))
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> Run:
    out, law = tmp_path_factory.mktemp("standing"), LAW_OF[request.param]
    data = DATA if law and law[0] == "--criteria" else SAMPLE
    if request.param.startswith("generated"):
        data = reports(out / "data.csv", seed=len(law) + 20)
    done = ntm("batch", data, *law, "-o", out / "kq")
    assert done.returncode in (0, 3), done.stderr
    year = json.loads((out / "kq" / "run.json").read_text("utf-8"))["evaluated"][-1]["years"][0]
    rules = json.loads(ntm("rules", "show", "--format", "json", *law, "--as-of", f"{year}-12-31").stdout)
    return Run(Province(rules, out / "kq"), done.stdout, out, data, law)


def number(code: str) -> int:
    return int(code.replace(".", ""))


@pytest.mark.long
def test_every_combination_is_what_its_parts_come_to(run: Run) -> None:
    province, rows = run.province, run.province.verdicts
    found = {(r.commune_code, r.level, r.id): r.verdict for r in rows.itertuples()}
    for code in province.communes:
        for criterion in province.rules["criteria"]:
            assert found[code, "criterion", criterion["id"]] == province.criterion(code, criterion)
            for indicator in criterion["indicators"]:
                assert found[code, "indicator", indicator["id"]] == province.indicator(code, indicator)


def test_the_summary_counts_what_the_verdicts_are(run: Run) -> None:
    province, rows = run.province, run.province.verdicts
    summary = table(run.out / "kq" / "summary.csv").set_index("commune_code")
    assert set(summary.index[summary["usable_report"] == "yes"]) == province.usable
    for level, name in (("criterion", "criteria"), ("indicator", "indicators")):
        counted = rows[rows["level"] == level].groupby(["commune_code", "verdict"]).size().unstack(fill_value=0)
        for verdict in ("MET", "NOT_MET", "NO_DATA", "NO_TARGET"):
            expected = counted[verdict].to_dict() if verdict in counted else {}
            told = summary[f"{name}_{verdict.lower()}"].astype(int).to_dict()
            assert told == {code: expected.get(code, 0) for code in told}, (name, verdict)
    assert summary["criteria_judgeable"].astype(int).to_dict() == {c: province.judgeable(c) for c in summary.index}


def test_the_headline_is_what_the_law_allows_and_who_is_there(run: Run) -> None:
    province = run.province
    groups = {c["group"] for c in province.rules["communes"] if c["type"] == province.rules["commune_type"]}
    whole, highest = (_span(numbers) for numbers in zip(*map(province.ceiling, groups), strict=True))
    total = len(province.rules["criteria"])
    expected = (
        f"{whole}/{total} tiêu chí đánh giá trọn được; mức cao nhất có thể hiện nay là {highest}/{total}:"
        f" {province.reached}/{len(province.usable)} xã có phiếu dùng được đã đạt mức này"
    )
    assert " ".join(run.screen.split()).startswith(expected)
    sheet = openpyxl.load_workbook(run.out / "kq" / "ket-qua.xlsx").worksheets[0]
    assert expected in [row[0] for row in sheet.iter_rows(max_row=6, values_only=True)]


def _span(numbers: tuple[int, ...]) -> str:
    return str(min(numbers)) if min(numbers) == max(numbers) else f"{min(numbers)}-{max(numbers)}"


def test_what_is_owed_is_what_the_verdicts_lack(run: Run) -> None:
    rows = table(run.out / "kq" / "owed.csv")
    told = Counter((r.commune_code, r.id, r.lack) for r in rows.itertuples())
    province = run.province
    assert told == Counter((c, *one) for c in province.communes for one in province.lacking(c).elements())


def test_the_nearest_stand_in_the_order_of_the_rule(run: Run) -> None:
    province = run.province
    rows = table(run.out / "kq" / "nearest.csv")
    assert set(rows["commune_code"]) == province.usable
    for row in rows.itertuples():
        code = row.commune_code
        assert (int(row.criteria_left), int(row.requirements_in_the_way)) == (
            province.criteria_left(code),
            province.in_the_way(code),
        )
    keys = [(int(r.criteria_left), int(r.requirements_in_the_way), float(r.distance)) for r in rows.itertuples()]
    assert keys == sorted(keys)
    assert [int(r.place) for r in rows.itertuples()] == sorted(int(r.place) for r in rows.itertuples())
    other = sorted(rows.itertuples(), key=lambda r: int(r.place_by_distance))
    assert [float(r.distance) for r in other] == sorted(float(r.distance) for r in other)


def test_agencies_have_their_numbers_shares_and_effects(run: Run) -> None:
    province = run.province
    rows = table(run.out / "kq" / "agencies.csv")
    assert set(rows["agency"]) == province.agencies
    told = {}
    for row in rows.to_dict("records"):
        expected = province.agency(row["agency"])
        assert {key: int(row[key]) for key in expected} == expected, row["agency"]
        share = expected["not_met"] / expected["applicable"] if expected["applicable"] else 0
        assert abs(share - float(row["share_not_met"])) <= 0.00005 or share in (0, 1)
        told[row["agency"]] = (expected, share, row)
    for place, key in (
        ("place_by_number", lambda one: one[0]["not_met"]),
        ("place_by_share", lambda one: one[1]),
        ("place_by_effect", lambda one: (one[0]["communes_gaining"], one[0]["criteria_gained"])),
    ):
        order = [key(one) for one in sorted(told.values(), key=lambda one: int(one[2][place]))]
        assert order == sorted(order, reverse=True), place


@pytest.mark.long
@pytest.mark.parametrize("run", ["generated", "other set"], indirect=True)  # drawn once for each set
def test_pages_and_the_paper_begin_with_the_same_headline(run: Run, ntm: Ntm) -> None:
    headline = " ".join(run.screen.split())
    headline = headline[
        : headline.index("xã có phiếu dùng được đã đạt mức này") + len("xã có phiếu dùng được đã đạt mức này")
    ]
    for name in ("html", "province"):
        assert ntm("report", name, run.data, *run.law, "-o", run.out / name).returncode in (0, 3)
    for page in ("index.html", "mot-trang.html"):
        text = (run.out / "html" / page).read_text(encoding="utf-8")
        words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
        assert headline in words, page
    paper = Document(str(run.out / "province" / "bao-cao-tong-hop.docx"))
    assert any(headline in " ".join(paragraph.text.split()) for paragraph in paper.paragraphs)


@pytest.mark.long
def test_two_years_tell_what_rose_and_what_fell(tmp_path: Path, ntm: Ntm) -> None:
    years = {}
    for year, seed in ((2026, 31), (2027, 32)):
        path = reports(tmp_path / f"{year}.csv", seed=seed, left_out=0.06, turned=0.1)
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["year"] == "2026" or year == 2026]
        years[year] = [row | {"year": str(int(row["year"]) + year - 2026)} for row in rows]
    data = tmp_path / "data.csv"
    with data.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, years[2026][0])
        writer.writeheader()
        writer.writerows([*years[2026], *years[2027]])
    provinces = {}
    for year in years:
        out = tmp_path / f"kq-{year}"
        done = ntm("batch", data, "--overlay", ILLUSTRATIVE, "--year", str(year), "-o", out)
        assert done.returncode in (0, 3), done.stderr
        law = ("--overlay", ILLUSTRATIVE, "--as-of", f"{year}-12-31")
        provinces[year] = Province(json.loads(ntm("rules", "show", "--format", "json", *law).stdout), out)
    rows = table(tmp_path / "kq-2027" / "two-years.csv")
    told = Counter((r.commune_code, r.level, r.id, r.move) for r in rows.itertuples())
    expected = moves(provinces[2026], provinces[2027])
    assert told == expected
    assert {move for *_rest, move in told} == {"rose", "fell", "unknown_now"}
