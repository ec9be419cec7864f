"""The committed inputs are what the generator writes, and it writes the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.samples.inputs import CLEAN, FOLDER, SAMPLES

VERSIONED = "docProps/app.xml"
"""The part of a workbook that names the release of the library that wrote it."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Generate everything twice, in two processes that order their sets differently."""
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    running = [
        subprocess.Popen(
            [sys.executable, str(SAMPLES / "generate.py"), str(folder)], env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed, folder in zip(("1", "2"), folders, strict=True)
    ]
    assert [process.wait(timeout=300) for process in running] == [0, 0]
    return folders


def inputs(folder: Path) -> dict[str, Path]:
    """Return the generated files below a folder by their names in it."""
    paths = [*(folder / name for name in CLEAN), *sorted((folder / FOLDER).iterdir())]
    paths += sorted((folder / "ke-hoach").iterdir())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def content(path: Path) -> object:
    """Return what a file says, whatever release of a library packed it."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as package:
            parts: Mapping[str, bytes] = {part: package.read(part) for part in package.namelist() if part != VERSIONED}
        return parts
    if path.suffix == ".parquet":
        table = pq.read_table(path).replace_schema_metadata()
        return table.schema, table.to_pylist()
    return path.read_bytes()


@pytest.mark.long
def test_two_runs_write_the_same_bytes(generated: tuple[Path, Path]) -> None:
    first, second = ({name: path.read_bytes() for name, path in inputs(folder).items()} for folder in generated)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.long
def test_the_committed_inputs_are_what_the_generator_writes(generated: tuple[Path, Path]) -> None:
    committed, again = inputs(SAMPLES), inputs(generated[0])
    assert committed.keys() == again.keys()
    assert [name for name in committed if content(committed[name]) != content(again[name])] == []
