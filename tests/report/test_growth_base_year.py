"""A year of which only what a growth starts from is known is no year reported: blank, from whatever it was read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import SAMPLES, Ntm
from tests.forms.commune.conftest import Officer

BASE = "income_per_capita"
COMMUNES = ("03390", "03394")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Two communes a year later, with nothing of the year before but the base of the growth."""
    with (SAMPLES / "lai-chau-2026.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row | {"year": str(int(row["year"]) + 1)} for row in csv.DictReader(file)]
    kept = [row for row in found if row["commune_code"] in COMMUNES]
    return [row for row in kept if row["year"] == "2027" or row["measure"] == BASE]


def long_table(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def wide_table(path: Path, rows: list[dict[str, str]]) -> Path:
    measures = [m for m in dict.fromkeys(row["measure"] for row in rows) if not _counted(rows, m)]
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        lines.setdefault((row["commune_code"], row["year"]), {})[row["measure"]] = row["value"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["commune_code", "year", *measures])
        writer.writerows([*key, *(values.get(m, "") for m in measures)] for key, values in lines.items())
    return path


def _counted(rows: list[dict[str, str]], measure: str) -> bool:
    return any(row["numerator"] for row in rows if row["measure"] == measure)


def form(path: Path, rows: list[dict[str, str]], ntm: Ntm) -> Path:
    """The real form of the later year, which carries the base, with a few answers typed in."""
    path.mkdir()
    before = long_table(path.parent / "truoc.csv", [row for row in rows if row["year"] == "2026"])
    for code in COMMUNES:
        made = path / f"{code}.xlsx"
        done = ntm("template", "--commune", code, "--year", "2027", "--previous", before, "-o", made)
        assert done.returncode == 0, done.stderr
        officer = Officer(made.read_bytes())
        now = [row for row in rows if (row["commune_code"], row["year"]) == (code, "2027")]
        for row in now:
            if row["value"] and not row["numerator"]:
                text = row["value"]
                value = float(text.replace(",", ".")) if text[0].isdigit() else text
                officer.put(row["measure"], value=value)
        made.write_bytes(officer.data())
    return path


def blank_columns(path: Path) -> Iterator[list[object]]:
    """The column of the year before in Biểu 05 and Biểu 06."""
    book = openpyxl.load_workbook(path)
    for sheet in ("Biểu 05", "Biểu 06"):
        rows = list(book[sheet].iter_rows(values_only=True))
        head = next(n for n, row in enumerate(rows) if any("31/12/2026" in str(cell) for cell in row))
        at = next(n for n, cell in enumerate(rows[head]) if "31/12/2026" in str(cell))
        yield [row[at] for row in rows[head + 1 :] if row[at] is not None and len(str(row[1] or "")) > 2]


@pytest.mark.long
@pytest.mark.parametrize("kind", ["long", "wide", "form"])
def test_the_year_before_is_blank_in_both_forms(
    ntm: Ntm, tmp_path: Path, rows: list[dict[str, str]], kind: str
) -> None:
    if kind == "form":
        data = form(tmp_path / "phieu", rows, ntm)
    else:
        data = (long_table if kind == "long" else wide_table)(tmp_path / "so-lieu.csv", rows)
    done = ntm("report", "province", data, "--year", "2027", "-o", tmp_path / "tinh")
    assert done.returncode in (0, 3), done.stderr
    assert list(blank_columns(tmp_path / "tinh" / "bieu-05-06.xlsx")) == [[], []]
    ntm("batch", data, "--year", "2027", "-o", tmp_path / "kq")
    assert len((tmp_path / "kq" / "two-years.csv").read_text("utf-8-sig").splitlines()) == 1
    growth = (tmp_path / "kq" / "verdicts.csv").read_text("utf-8-sig")
    assert "3.1,NO_TARGET,target_pending" in growth, "the growth itself is known"
