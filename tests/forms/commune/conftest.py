"""Forms filled in as an officer does, with another program than the one that wrote them, and read again."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.runs.rulebook import Rulebook
from tests.rulebook.tiny import FILES, Tiny
from tests.workbooks import opened

ROLES = {
    "value": "Giá trị",
    "numerator": "Tử số",
    "denominator": "Mẫu số",
    "previous": "Năm trước",
    "note": "Ghi chú",
    "result": "Kết quả tự tính",
    "computed": "Tính ra (%)",
    "number": "Số, ký hiệu văn bản",
    "date": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "title": "Trích yếu, tên tệp",
}


CODE = "Mã số liệu"


def heads_of(sheet: Worksheet) -> dict[str, int]:
    """The columns of a sheet by what stands above them."""
    (row,) = sheet.iter_rows(min_row=5, max_row=5, max_col=40)  # to the last column would look through every cell
    return {str(cell.value): cell.column for cell in row}


def questions_of(loaded: LoadedSet) -> Questionnaire:
    """What readers need to know of a set."""
    return Rulebook(loaded=loaded, overlays=(), overlay_files={}).questionnaire()


class Officer:
    """A form open in another program: finds its cells by what stands in them."""

    def __init__(self, form: bytes) -> None:
        self.book: Workbook = opened(form)
        self._places: dict[tuple[str, bool], tuple[Worksheet, int, int]] = {}

    def sheets(self) -> list[Worksheet]:
        """The sheets that a person sees."""
        return [sheet for sheet in self.book.worksheets if sheet.sheet_state == "visible"]

    def cell(self, measure: str, role: str, *, evidence: bool = False) -> Cell:
        """The cell of a measure in the column of a role."""
        place = self._places.get((measure, evidence))
        if (
            place is None
            or place[0].cell(place[1], place[2]).value != measure
            or place[0].cell(5, place[2]).value != CODE
        ):
            self._places = dict(self._find())
            place = self._places[measure, evidence]
        sheet, row, _column = place
        return sheet.cell(row, heads_of(sheet)[ROLES[role]])

    def _find(self) -> Iterator[tuple[tuple[str, bool], tuple[Worksheet, int, int]]]:
        """Yield where the measures stand now, on the sheets of questions and on those of evidence."""
        for sheet in reversed(self.sheets()):
            heads = heads_of(sheet)
            if CODE in heads:
                for (cell,) in reversed(list(sheet.iter_rows(min_row=6, min_col=heads[CODE], max_col=heads[CODE]))):
                    yield (str(cell.value), "Số, ký hiệu văn bản" in heads), (sheet, cell.row, cell.column)

    def put(self, measure: str, **cells: Any) -> Officer:
        """Type into the cells of a measure; a percentage is typed as (0.8, "0%")."""
        for role, typed in cells.items():
            cell = self.cell(measure, role)
            if isinstance(typed, tuple):
                cell.value, cell.number_format = typed
            else:
                cell.value = typed
        return self

    def document(self, measure: str, **cells: Any) -> Officer:
        """Type into the row of a measure on the sheet of evidence."""
        for role, typed in cells.items():
            self.cell(measure, role, evidence=True).value = typed
        return self

    def data(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


Read = Callable[..., Dataset]


@pytest.fixture
def read(tmp_path: Path, loaded: LoadedSet) -> Read:
    """Read forms, given as bytes, from a folder of their own."""

    def reading(*forms: bytes, of: LoadedSet = loaded) -> Dataset:
        folder = tmp_path / "nộp"
        folder.mkdir(exist_ok=True)
        for number, form in enumerate(forms, 1):
            (folder / f"phieu-{number}.xlsx").write_bytes(form)
        return read_dataset([folder], questions_of(of))

    return reading


@pytest.fixture(scope="session")
def maker(loaded: LoadedSet, filled: CriteriaSet) -> FormMaker:
    """Forms of the real set for 2026, every target filled by the illustrative overlay."""
    return FormMaker(loaded, filled, 2026)


@pytest.fixture(scope="session")
def blank(maker: FormMaker) -> bytes:
    """A blank form of Sin Suối Hồ."""
    return maker.form(maker.rules.communes["03394"])


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> LoadedSet:
    """A set small enough to be filled in quickly, with every kind of measure and target."""
    written = Tiny(tmp_path_factory.mktemp("small"))
    for name, text in FILES.items():
        written.write(name, text)
    return written.load()


@pytest.fixture(scope="session")
def small_maker(small: LoadedSet) -> FormMaker:
    """Forms of the small set for 2026."""
    return FormMaker(small, resolve(small, as_of=dt.date(2026, 12, 31)), 2026)


@pytest.fixture(scope="session")
def small_blank(small_maker: FormMaker) -> bytes:
    """A blank form of the small set."""
    return small_maker.form(small_maker.rules.communes["03400"])


Recalculate = Callable[[Mapping[str, bytes]], dict[str, bytes]]

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""
"""Has LibreOffice reckon every formula anew when it opens a file."""


@pytest.fixture(scope="session")
def recalculate(libreoffice: str, tmp_path_factory: pytest.TempPathFactory) -> Recalculate:
    """Open workbooks in LibreOffice, all in one run, have every formula reckoned, and save them again."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")

    def run(workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
        before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
        for name, data in workbooks.items():
            (before / f"{name}.xlsx").write_bytes(data)
        command = [libreoffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
        files = [str(path) for path in sorted(before.iterdir())]
        subprocess.run([*command, "--outdir", str(after), *files], check=True, capture_output=True, timeout=900)
        return {path.stem: path.read_bytes() for path in after.iterdir()}

    return run
