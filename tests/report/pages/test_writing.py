"""A book goes into a folder of its own, and takes nothing away that is not a book's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.report.book.pages import BOOK
from ntm_rules.report.own_files import Own, digest
from ntm_rules.report.pages.writing import write_pages
from ntm_rules.report.whole_files import STAGING
from tests.rulebook.tiny import said

LAW = {"set": "tiny", "hash": "abc"}
FIRST = {"index.html": b"1", "chi-tieu-1.html": b"2", "book.css": b"3"}
SECOND = {"index.html": b"4", "chi-tieu-2.html": b"5", "book.css": b"6"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in (BOOK.marker, Own.NAME)}


def refused(folder: Path) -> str:
    with pytest.raises(NtmError) as error:
        write_pages(BOOK, folder, SECOND, LAW)
    [message] = said(error.value)
    return message.replace(str(folder), "FOLDER")


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_is_made_or_may_be_empty(tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "a" / "b"
    if made:
        folder.mkdir(parents=True)
    assert write_pages(BOOK, folder, FIRST, LAW) == []
    assert held(folder) == FIRST
    marker = json.loads((folder / BOOK.marker).read_text(encoding="utf-8"))
    assert marker["book"] == LAW
    assert set(marker["files"]) == set(FIRST)
    assert marker["files"]["index.html"] == "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"


def test_an_earlier_book_is_replaced_and_its_stale_pages_removed(tmp_path: Path) -> None:
    write_pages(BOOK, tmp_path, FIRST, LAW)
    assert write_pages(BOOK, tmp_path, SECOND, LAW) == ["chi-tieu-1.html"]
    assert held(tmp_path) == SECOND


def test_the_same_book_again_changes_no_byte(tmp_path: Path) -> None:
    write_pages(BOOK, tmp_path, FIRST, LAW)
    before = (tmp_path / BOOK.marker).read_bytes()
    assert write_pages(BOOK, tmp_path, FIRST, LAW) == []
    assert held(tmp_path) == FIRST
    assert (tmp_path / BOOK.marker).read_bytes() == before


def test_other_files_beside_a_book_are_left_alone(tmp_path: Path) -> None:
    write_pages(BOOK, tmp_path, FIRST, LAW)
    (tmp_path / "ghi-chu.txt").write_text("x")
    write_pages(BOOK, tmp_path, SECOND, LAW)
    assert held(tmp_path) == {**SECOND, "ghi-chu.txt": b"x"}


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"mine")
    assert refused(tmp_path) == (
        f"FOLDER is not empty and holds no earlier book ({BOOK.marker}); name a new or an empty folder"
    )
    assert held(tmp_path) == {"index.html": b"mine"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "sach"
    path.write_bytes(b"mine")
    assert refused(path) == "FOLDER is a file; name a folder for the book"


def test_a_page_that_is_not_of_the_earlier_book_is_not_replaced(tmp_path: Path) -> None:
    write_pages(BOOK, tmp_path, FIRST, LAW)
    (tmp_path / "chi-tieu-2.html").write_bytes(b"mine")
    assert refused(tmp_path) == (
        "FOLDER holds files that are not of an earlier book and would be replaced: chi-tieu-2.html; move them away"
    )
    assert held(tmp_path) == {**FIRST, "chi-tieu-2.html": b"mine"}


@pytest.mark.parametrize(
    "marker",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "book": {}, "files": {}}',
        '{"format": 1, "files": {}}',
        '{"format": 1, "book": {}}',
    ],
)
def test_a_marker_that_is_not_ours_is_none(tmp_path: Path, marker: str) -> None:
    (tmp_path / BOOK.marker).write_text(marker)
    assert "holds no earlier book" in refused(tmp_path)


@pytest.mark.parametrize(
    "name", ["../victim.html", "/victim.html", "a/victim.html", "victim.txt", BOOK.marker, "..", "a\nb.html"]
)
def test_a_marker_cannot_have_other_files_removed(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "sach"
    write_pages(BOOK, folder, {**FIRST, "old.html": b"old"}, LAW)
    for victim in (tmp_path / "victim.html", folder / "victim.txt", folder / "victim.html"):
        victim.write_bytes(b"mine")
    named = dict.fromkeys([*FIRST, "old.html", "victim.html", name])
    (folder / BOOK.marker).write_text(json.dumps({"format": 1, "book": {}, "files": named}))
    own = Own.of(folder)
    own.with_files({BOOK.marker: digest(folder / BOOK.marker)}, ()).write(folder)
    assert write_pages(BOOK, folder, FIRST, LAW) == ["old.html"]
    assert (tmp_path / "victim.html").read_bytes() == b"mine"
    assert held(folder) == {**FIRST, "victim.txt": b"mine", "victim.html": b"mine"}


def test_a_page_that_a_person_changed_is_not_replaced(tmp_path: Path) -> None:
    write_pages(BOOK, tmp_path, FIRST, LAW)
    (tmp_path / "index.html").write_bytes(b"mine")
    assert refused(tmp_path).startswith("FOLDER/index.html was changed by a person")
    assert held(tmp_path) == {**FIRST, "index.html": b"mine"}


def test_pages_of_an_ended_run_are_no_reason_to_refuse_a_folder(tmp_path: Path) -> None:
    (tmp_path / STAGING / "new").mkdir(parents=True)
    (tmp_path / STAGING / "new" / "index.html").write_bytes(b"never seen")
    write_pages(BOOK, tmp_path, FIRST, LAW)
    assert held(tmp_path) == FIRST


def test_a_link_in_the_place_of_a_page_is_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "sach", tmp_path / "outside.html"
    write_pages(BOOK, folder, FIRST, LAW)
    outside.write_bytes(b"mine")
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(outside)
    assert refused(folder).startswith("FOLDER/index.html was changed by a person")
    assert outside.read_bytes() == b"mine"
