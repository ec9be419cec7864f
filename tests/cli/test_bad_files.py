"""A file that would end the run loses itself alone, in every command that reads figures."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ntm_rules.cli.app import run
from ntm_rules.dataset.files import file_reading
from ntm_rules.dataset.files.file_reading import FileReading
from ntm_rules.dataset.files.harmless import leave_to_another_process
from ntm_rules.dataset.files.sources import SourceFile
from ntm_rules.dataset.rows.headers import Vocabulary
from tests.conftest import SAMPLES

FORM = SAMPLES / "lai-chau-2026" / "03390-binh-lu.xlsx"
BAD = "xau.xlsx"

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="what is put in place here reaches only a copy of this process"
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good form and one whose reading ends the process."""
    folder = tmp_path / "vao"
    folder.mkdir()
    for name in (FORM.name, BAD):
        shutil.copy(FORM, folder / name)
    whole = file_reading.read_file

    def fatal(source: SourceFile, vocabulary: Vocabulary) -> FileReading:
        if source.name.endswith(BAD):
            leave_to_another_process()
            os.abort()
        return whole(source, vocabulary)

    monkeypatch.setattr(file_reading, "read_file", fatal)
    return folder


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("batch {data} --out {out}", 3),
        ("batch {data} --out {out} --return {out}/tra-lai", 3),
        ("whatif {data} --set 8.1.b=70", 0),
        ("report province {data} -o {out}", 3),
        ("template --commune 03390 --year 2027 --previous {data} -o {out}/phieu.xlsx", 3),
    ],
)
def test_the_run_goes_on_and_names_the_file(
    data: Path, tmp_path: Path, command: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    assert run(command.format(data=data, out=out).split()) == status
    said = capsys.readouterr()
    assert BAD in said.out + said.err
    assert "Traceback" not in said.err


def test_a_bad_file_alone_is_told_and_nothing_is_assessed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", str(data / BAD)]) == 2
    said = " ".join(capsys.readouterr().out.split())
    assert "đọc tệp này làm hỏng tiến trình đọc" in said
    assert "Chép riêng phần số liệu sang tệp mới" in said


def test_explaining_another_commune_goes_on(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", str(data), "--commune", "03390", "--indicator", "8.1"]) == 0
    assert capsys.readouterr().err == ""
