"""What stands below a ward is no hamlet: forms, explanations, pages and problems call it what the set does."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from ntm_rules.i18n import Message, RowsBelow, _, call_rows_below, in_language, speaking_of
from ntm_rules.library.rules import load_set
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from tests.conftest import Ntm
from tests.turns.conftest import TURNS
from tests.workbooks import opened

WARDS, HAMLETS = TURNS.with_name("van-minh-2026-2030"), TURNS.with_name("thon-ban-2026-2030")
QUARTERS = """commune_types:
  - {id: xa, title: {vi: xã, en: commune}, full_name: {vi: "Xã {name}", en: "{name} commune"}}
  - {id: phuong, title: {vi: phường, en: ward}, full_name: {vi: "Phường {name}", en: "{name} ward"},
     below: {one: {vi: khu phố, en: quarter}, several: {vi: khu phố, en: quarters}}}
"""
LONG = "commune_code,year,{head},measure,value,numerator,denominator\n95010,2026,,street_groups,2,,\n95010,2026,Một,group_team_exists,Có,,\n"


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    """The set of wards, which calls what stands below them quarters."""
    shutil.copytree(WARDS, tmp_path / "bo")
    header = tmp_path / "bo" / "criteria-set.yaml"
    text = header.read_text(encoding="utf-8")
    header.write_text(text.replace("commune_type: phuong\n", f"commune_type: phuong\n{QUARTERS}"), encoding="utf-8")
    return tmp_path / "bo"


def words_of(book: Workbook) -> list[str]:
    """Every text of a workbook, names of sheets included."""
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    return [*book.sheetnames, *cells]


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> Path:
    """The form of a ward, empty."""
    path = tmp_path_factory.mktemp("phuong") / "phieu.xlsx"
    made = ntm("template", "--criteria", WARDS, "--commune", "95010", "--year", "2026", "-o", path)
    assert made.returncode == 0, made.stderr
    return path


def test_the_form_of_a_ward_speaks_of_its_street_groups_alone(form: Path) -> None:
    words = words_of(opened(form.read_bytes()))
    assert "Tổ dân phố" in words
    assert [one for one in words if "thôn, bản" in one.casefold()] == []


@pytest.mark.long
def test_a_form_whose_sheet_and_column_are_called_so_is_read_back(form: Path, ntm: Ntm, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(form)
    sheet = book["Tổ dân phố"]
    at = {cell.value: cell.column for cell in sheet[6] if cell.value}
    sheet.cell(8, at["Tổ dân phố"]).value = "Tổ 1"
    sheet.cell(8, at["Tổ có đội tự quản"]).value = "Có"
    book.save(tmp_path / "phieu.xlsx")
    said = ntm(
        "explain",
        tmp_path / "phieu.xlsx",
        "--indicator",
        "2.1",
        "--criteria",
        WARDS,
        "--commune",
        "95010",
        "--year",
        "2026",
    )
    assert "Tổ 1" in said.stdout, said.stdout + said.stderr
    assert "tổ dân phố" in said.stdout.casefold()
    assert "thôn, bản" not in said.stdout.casefold()


def test_a_set_names_them_in_its_data_and_a_column_may_be_called_so(quarters: Path, ntm: Ntm, tmp_path: Path) -> None:
    data = tmp_path / "so-lieu.csv"
    for head in ("Khu phố", "hamlet", "Quarters"):
        data.write_text(LONG.format(head=head), encoding="utf-8")
        said = ntm(
            "explain", data, "--indicator", "2.1", "--criteria", quarters, "--commune", "95010", "--year", "2026"
        )
        assert "Một" in said.stdout, head
        assert "khu phố" in said.stdout
        assert "thôn, bản" not in said.stdout
    data.write_text(LONG.replace("Một", "").format(head="hamlet"), encoding="utf-8")
    told = ntm("assess", data, "--criteria", quarters, "--commune", "95010", "--year", "2026")
    assert "là số liệu của từng khu phố mà dòng này không ghi tên khu phố nào" in " ".join(
        (told.stdout + told.stderr).split()
    )


def test_the_next_set_that_is_opened_has_its_own_words(quarters: Path) -> None:
    said = Message("{n} hamlets not listed", n=2)
    open_rulebook(LawAsked(str(quarters)))
    assert (said.render("vi"), said.render("en")) == ("2 khu phố chưa có trong số liệu", "2 quarters not listed")
    open_rulebook(LawAsked(str(HAMLETS)))
    assert (said.render("vi"), said.render("en")) == ("2 thôn, bản chưa có trong số liệu", "2 hamlets not listed")


def test_an_explanation_speaks_as_the_set_it_is_of_whatever_was_opened_since(quarters: Path) -> None:
    from ntm_rules import evaluate, read

    rules = load_set(quarters)
    data = quarters.parent / "so-lieu.csv"
    data.write_text(LONG.format(head="hamlet"), encoding="utf-8")
    explained = evaluate(rules, read(data, rules)).explain("95010", "2.1")
    load_set(HAMLETS)
    assert "khu phố" in str(explained)
    assert _("Hamlets") == "Thôn, bản"


@pytest.mark.parametrize(
    ("sentence", "vi", "en"),
    [
        ("Hamlets", "Tổ dân phố", "Street groups"),
        ("of every hamlet not listed yet: {figures} of {year}", "của từng tổ dân phố chưa có trong số liệu: H năm 2026",
         "of every street group not listed yet: H of 2026"),
        ("Write the hamlet's name in the column hamlet (Thôn, bản).", "Ghi tên tổ dân phố vào cột «Tổ dân phố» (hamlet).",
         "Write the street group's name in the column hamlet (Thôn, bản)."),
        ("`hamlets` goes with `each_hamlet`", "`hamlets` đi kèm `each_hamlet`", "`hamlets` goes with `each_hamlet`"),
        ("within `each_hamlet` there is no other each_hamlet and no set_met",
         "trong `each_hamlet` không có each_hamlet khác và không có set_met",
         "within `each_hamlet` there is no other each_hamlet and no set_met"),
    ],
)  # fmt: skip
def test_a_sentence_is_renamed_and_no_keyword_nor_anything_that_somebody_wrote(sentence: str, vi: str, en: str) -> None:
    with speaking_of(RowsBelow("tổ dân phố", "street group", "street groups")):
        message = Message(sentence, figures="H", year=2026)
        assert (message.render("vi"), message.render("en")) == (vi, en)
        named = Message("“{name}” is no name of a hamlet.", name="thôn, bản hamlet")
        assert named.render("vi") == "“thôn, bản hamlet” không phải là tên tổ dân phố."
        with in_language("en"):
            assert _("Hamlets") == "Street groups"
    call_rows_below(None)
    assert Message(sentence, figures="H", year=2026).render("en") == sentence.format(figures="H", year=2026)
