"""Text files of a set: whatever stands under their names is read whole, or refused at once with its reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ntm_rules.rulebook import text_files
from ntm_rules.rulebook.register_file import read_register
from ntm_rules.rulebook.text_files import NotUtf8, Unreadable, read_bytes, read_text
from ntm_rules.rulebook.yaml_reader import RulebookError, read_yaml
from tests.rulebook.tiny import COMMUNES, FILES, Tiny, said

unix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices by name are of Unix")


def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    os.mkfifo(path)
    return path


def endless(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.symlink_to("/dev/zero")
    return path


def test_a_mark_at_the_beginning_and_the_line_ends_of_another_system_are_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffmột: 1\r\nhai: 2\r".encode())
    assert read_text(path) == "một: 1\nhai: 2\n"


@unix
@pytest.mark.parametrize("make", [pipe, endless])
def test_a_pipe_and_a_device_are_refused_without_waiting(tmp_path: Path, make: object) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(Unreadable) as error:
        read_bytes(path)
    assert error.value.reason.render("en") == "the file cannot be read (not a regular file)"
    with pytest.raises(RulebookError) as refused:
        read_yaml(path)
    assert said(refused.value) == ["rules.yaml, line 1: the file cannot be read (not a regular file)"]


@unix
def test_a_register_that_is_a_pipe_is_told_of_by_the_set(tiny: Tiny) -> None:
    (tiny.folder / COMMUNES).unlink()
    os.mkfifo(tiny.folder / COMMUNES)
    with pytest.raises(RulebookError) as refused:
        tiny.load()
    assert said(refused.value) == ["communes.csv, line 1: the file cannot be read (not a regular file)"]


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as stream:
        stream.truncate(text_files.LARGEST + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("it was read"))
    with pytest.raises(Unreadable) as error:
        read_text(path)
    assert error.value.reason.render("en") == "the file cannot be read (larger than 32 MB)"


@pytest.mark.parametrize("name", ["a\0b.yaml", "khong-co.yaml", "."])
def test_a_name_under_which_nothing_can_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unreadable):
        read_text(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_text_in_another_encoding_is_told_apart(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / COMMUNES
    path.write_bytes(FILES[COMMUNES].replace("Xã", "x").encode(encoding, errors="replace"))
    with pytest.raises(NotUtf8):
        read_text(path)
    with pytest.raises(RulebookError) as refused:
        read_register(path, "xa")
    assert said(refused.value) == ["communes.csv, line 1: the file is not UTF-8 text; save it again as UTF-8"]
