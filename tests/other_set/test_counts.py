"""What is missing of a count is whole things in every output, also where the target is no whole number."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.conftest import Ntm
from tests.other_set.conftest import DATA, LAW

BROKEN = re.compile(r"5,5\d* tàu|5\.5\d* boats")


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> tuple[str | Path, ...]:
    """The set with a target of 7.5 boats, of which the commune has 2."""
    overlay = tmp_path_factory.mktemp("law") / "tau.overlay.yaml"
    overlay.write_text(
        "id: tau\napplies_to: bien-xanh-2031-2035\ntitle: {vi: Tàu (giả định), en: Boats (invented)}\n"
        "illustrative: true\npromulgated: 2032-01-01\neffective: {from: 2032-01-01}\n"
        "set:\n  A-01-tau-tuan: {value: 7.5, article: Điều 1}\n",
        encoding="utf-8",
    )
    return (*LAW, "--overlay", overlay)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "so-lieu.csv"
    path.write_text(
        DATA.read_text(encoding="utf-8") + "90010,Đặc khu Hòn Mây,2032,sea_wall_ruling,Không đạt,,,,\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def said(
    tmp_path_factory: pytest.TempPathFactory, ntm: Ntm, law: tuple[str | Path, ...], data: Path
) -> Mapping[str, str]:
    """What each output says, as text."""
    out = tmp_path_factory.mktemp("out")
    one = ("--commune", "90010")
    done = ntm("batch", data, *law, "--out", out / "kq")
    for name, *more in (
        ("self-assessment", *one, "-o", out / "bao-cao.docx"),
        ("agency", "--all", "-o", out / "cq"),
        ("letters", "--all", "-o", out / "thu"),
        ("html", "-o", out / "trang"),
        ("province", "-o", out / "tinh"),
    ):
        assert ntm("report", name, data, *law, *more).returncode in (0, 3), name
    explained = ntm("explain", data, *law, *one, "--indicator", "A-01")
    shown = ntm("assess", data, *law, *one)
    pages = {f"page {p.name}": html.unescape(p.read_text("utf-8")) for p in (out / "trang").glob("*.html")}
    words = {str(p.relative_to(out)): _word(p) for p in out.rglob("*.docx")}
    books = {str(p.relative_to(out)): _book(p) for p in out.rglob("*.xlsx")}
    return {"batch": done.stdout, "explain": explained.stdout, "assess": shown.stdout, **pages, **words, **books}


def _word(path: Path) -> str:
    paper = Document(str(path))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def _book(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)


@pytest.mark.long
def test_no_output_speaks_of_a_part_of_a_boat(said: Mapping[str, str]) -> None:
    assert not {name: found[0] for name, text in said.items() if (found := BROKEN.search(text))}
    for name in ("explain", "assess", "bao-cao.docx", "page don-vi-90010.html", "thu/xa-90010.docx", "kq/ket-qua.xlsx"):
        assert "6 tàu" in said[name], name


def test_tables_and_json_say_six(ntm: Ntm, law: tuple[str | Path, ...], data: Path, tmp_path: Path) -> None:
    ntm("batch", data, *law, "--out", tmp_path / "kq")
    rows = csv.DictReader((tmp_path / "kq" / "gaps.csv").read_text("utf-8-sig").splitlines())
    (row,) = (row for row in rows if (row["commune_code"], row["id"]) == ("90010", "A-01-tau-tuan"))
    assert (row["actual"], row["target"], row["shortfall"], row["quantity"]) == ("2", "7.5", "6", "6")
    asked = ("--commune", "90010", "--indicator", "A-01-tau-tuan", "--format", "json")
    gap = json.loads(ntm("explain", data, *law, *asked).stdout)["indicators"][0]["node"]["gap"]
    assert (gap["shortfall"], gap["quantity"], gap["quantity_unit"]["en"]) == ("6", "6", "boats")
