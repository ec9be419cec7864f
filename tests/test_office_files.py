"""Files for Word and Excel are the same bytes every day, and Excel's name does not stand in ours."""

from __future__ import annotations

import io
import time
import zipfile

import openpyxl
import pytest

from ntm_rules.office_files import as_our_own, without_times
from ntm_rules.spreadsheet.files import begun


def _by_openpyxl() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def _ours() -> bytes:
    stream = io.BytesIO()
    book = begun(stream, "Phiếu")
    book.add_worksheet().write_string(0, 0, "=1+1")
    book.close()
    return stream.getvalue()


@pytest.mark.long
def test_a_file_without_times_is_the_same_bytes_at_another_time() -> None:
    first = _by_openpyxl()
    time.sleep(2.1)  # a zip's clock ticks every two seconds
    later = _by_openpyxl()
    assert first != later
    assert without_times(first) == without_times(later)


def test_a_workbook_of_our_own_is_alike_but_for_the_name_of_the_program() -> None:
    written = _ours()
    before, after = (zipfile.ZipFile(io.BytesIO(data)) for data in (written, as_our_own(written)))
    assert before.namelist() == after.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["docProps/app.xml"]
    assert b"<Application>ntm-rules</Application>" in after.read("docProps/app.xml")


def test_a_workbook_begun_says_who_made_it_and_on_the_one_day() -> None:
    said = openpyxl.load_workbook(io.BytesIO(_ours())).properties
    assert (said.creator, said.title, f"{said.created:%d/%m/%Y}") == ("ntm-rules", "Phiếu", "01/01/2026")


def test_a_text_that_reads_like_a_formula_stays_a_text() -> None:
    cell = openpyxl.load_workbook(io.BytesIO(_ours())).worksheets[0]["A1"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")
