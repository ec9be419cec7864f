"""`--return`: forms given back by `ntm assess` and `ntm batch`, and what is never written over."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ntm_rules.forms.making import FormMaker
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet
from tests.conftest import Ntm
from tests.forms.conftest import Officer

FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@pytest.fixture(scope="module")
def forms(loaded: LoadedSet, lai_chau: CriteriaSet) -> dict[str, bytes]:
    """A form of each of two communes, with one mistake, and one without."""
    maker = FormMaker(loaded, lai_chau, 2026)
    one, other = (maker.form(loaded.communes[code]) for code in ("03394", "03405"))
    return {
        "one": Officer(one).put("income_per_capita", value="12 km").data(),
        "other": Officer(other).put("income_per_capita", value="13 km").data(),
        "right": Officer(other).put("income_per_capita", value=40).data(),
    }


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_two_forms_of_one_name_both_come_back(ntm: Ntm, tmp_path: Path, forms: dict[str, bytes]) -> None:
    data = laid(tmp_path / "nop", {"A/phieu.xlsx": forms["one"], "B/phieu.xlsx": forms["other"]})
    run = ntm("batch", data, "--out", tmp_path / "kq", "--return", tmp_path / "tra")
    assert run.returncode == 3
    communes = {
        path.name: Officer(path.read_bytes()).book["Số liệu"]["D3"].value for path in (tmp_path / "tra").iterdir()
    }
    assert communes == {"A-phieu.xlsx": "Sin Suối Hồ", "B-phieu.xlsx": "Tả Lèng"}


def test_no_form_handed_in_is_written_over_whoevers_it_is(ntm: Ntm, tmp_path: Path, forms: dict[str, bytes]) -> None:
    data = laid(tmp_path, {"A/phieu.xlsx": forms["one"], "B/phieu.xlsx": forms["right"]})
    run = ntm("batch", data / "A", data / "B", "--out", tmp_path / "kq", "--return", data / "B", "--force")
    assert run.returncode == 2
    assert f"{data / 'B' / 'phieu.xlsx'} là phiếu đã nộp, không bao giờ bị ghi đè" in " ".join(run.stderr.split("\n"))
    assert (data / "B" / "phieu.xlsx").read_bytes() == forms["right"]


def test_a_form_of_which_nothing_can_be_read_is_not_given_back_blank(
    ntm: Ntm, tmp_path: Path, forms: dict[str, bytes]
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(forms["one"])) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == "xl/worksheets/sheet2.xml":
                text = text.replace(b"</sheetData>", FAR.encode())
            after.writestr(name, text)
    form = laid(tmp_path, {"phieu.xlsx": stream.getvalue()}) / "phieu.xlsx"
    run = ntm("assess", form, "--return", tmp_path / "tra.xlsx")
    assert not (tmp_path / "tra.xlsx").exists()
    assert "Không trả được phiếu: không đọc được" in run.stdout
    ntm("batch", form, "--out", tmp_path / "kq", "--return", tmp_path / "tra")
    assert list((tmp_path / "tra").iterdir()) == []


def test_what_did_not_come_back_is_said(ntm: Ntm, tmp_path: Path, forms: dict[str, bytes]) -> None:
    officer = Officer(forms["one"])
    sheet = officer.cell("income_per_capita", "value").parent
    sheet.cell(5, sheet.max_column + 1).value = "Cột riêng của xã"
    form = laid(tmp_path, {"phieu.xlsx": officer.data()}) / "phieu.xlsx"
    run = ntm("assess", form, "--return", tmp_path / "tra.xlsx")
    assert "có phần trong phiếu không đọc được" in " ".join(run.stdout.split())
    assert "giữ nguyên câu trả lời" not in " ".join(run.stdout.split())
    run = ntm("batch", form, "--out", tmp_path / "kq", "--return", tmp_path / "tra")
    assert "Có phần không đọc được trong các phiếu sau" in " ".join(run.stdout.split())
