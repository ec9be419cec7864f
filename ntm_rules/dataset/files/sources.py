"""The files that paths stand for, and how they are called in what people read."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntm_rules.dataset.files.other_files import kind_of_extension
from ntm_rules.dataset.files.text_tables import is_text_table
from ntm_rules.dataset.problems import Problem
from ntm_rules.errors import system_reason
from ntm_rules.visible import visible

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
TEXTS = frozenset({".csv", ".tsv"})
PARQUET = frozenset({".parquet"})
READ = WORKBOOKS | TEXTS | PARQUET
PERHAPS = frozenset({".txt"})
"""Read where they plainly are tables, as Excel's “Unicode Text” is, or named one by one."""
IGNORED = frozenset({".md", ".txt"})
"""Files that may lie beside data without being data."""

_LITTER = frozenset({"desktop.ini", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "icon\r", "autorun.inf"})
"""What Windows and macOS write beside files to show a folder."""
_LITTER_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information", "lost+found", "@eadir"})
OWN_FILES = ".ntm-files.json"
"""In it the program lists what it wrote into a folder."""
PAGES = ("ntm-trang.json", "ntm-book.json")
"""By these files it knows a folder of pages of its own."""
_SCRATCH = ".tmp"
"""What office programs call a file while they write it."""


class SourceFile(NamedTuple):
    """A file to read, and its name relative to the folder that was given."""

    path: Path
    name: str


def find_sources(paths: Sequence[Path]) -> tuple[list[SourceFile], list[Problem]]:
    """Return the data files that paths stand for, in order, and what is wrong with the paths.

    A folder stands for its own files and those of its subfolders one level down, but for those that hold results of this
    program, which are read only where they are named themselves.
    """
    sources: list[SourceFile] = []
    problems: list[Problem] = []
    for path, prefix in _with_prefixes(paths):
        try:
            if path.is_dir():
                found, wrong = _in_folder(path, prefix)
                sources.extend(found)
                problems.extend(wrong)
            elif path.exists():
                _sort_in(path, prefix + path.name, sources, problems, named=True)
            else:
                problems.append(Problem("file-not-found", _named(prefix + path.name)))
        except OSError as error:
            problems.append(_unreadable(_named(prefix + path.name), error))
    return sources, problems


def _with_prefixes(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Pair each path with what goes before its files' names: nothing for one path, else its folder's name."""
    if len(paths) == 1:
        return [(paths[0], "")]
    names = Counter(path.name for path in paths)
    placed: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            placed.append((path, f"{path.resolve().name}/"))
        else:
            placed.append((path, f"{path.resolve().parent.name}/" if names[path.name] > 1 else ""))
    return placed


def _in_folder(folder: Path, prefix: str) -> tuple[list[SourceFile], list[Problem]]:
    sources: list[SourceFile] = []
    problems: list[Problem] = []
    files: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if _passed_over(entry):
            continue
        if not entry.is_dir():
            files.append(entry)
            continue
        if _holds_results(entry):
            continue
        try:
            within = [inner for inner in sorted(entry.iterdir()) if not _passed_over(inner)]
            files.extend(inner for inner in within if not inner.is_dir())
            deeper = [inner for inner in within if inner.is_dir() and _holds_data(inner)]
            problems.extend(Problem("folder-too-deep", _named(f"{prefix}{entry.name}/{d.name}")) for d in deeper)
        except OSError as error:
            problems.append(_unreadable(_named(prefix + entry.name), error))
    for file in files:
        _sort_in(file, prefix + file.relative_to(folder).as_posix(), sources, problems, named=False)
    if not sources and not problems:
        problems.append(Problem("folder-without-data", _named(prefix.rstrip("/") or folder.resolve().name)))
    return sources, problems


def _sort_in(file: Path, name: str, sources: list[SourceFile], problems: list[Problem], *, named: bool) -> None:
    extension = file.suffix.lower()
    if extension in READ or (extension in PERHAPS and (named or is_text_table(file))):
        sources.append(SourceFile(file, _named(name)))
    elif extension == ".xls":
        problems.append(Problem("xls-old", _named(name)))
    elif named or extension not in IGNORED:
        kind = {"extension": extension or file.name}
        problems.append(Problem(kind_of_extension(extension), _named(name), parameters=kind))


def _holds_data(folder: Path) -> bool:
    """Tell whether figures lie in a folder or below it, in folders that are not passed over."""
    return any(
        _holds_data(inner) and not _holds_results(inner) if inner.is_dir() else inner.suffix.lower() in READ
        for inner in folder.iterdir()
        if not _passed_over(inner)
    )


def _holds_results(folder: Path) -> bool:
    """Tell whether a folder holds what this program wrote: pages, or by its list of files anything but forms."""
    if any((folder / marker).exists() for marker in PAGES):
        return True
    try:
        listed = json.loads((folder / OWN_FILES).read_text(encoding="utf-8"))["files"]
        return any(Path(name).suffix.casefold() not in WORKBOOKS for name in listed)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _passed_over(path: Path) -> bool:
    """Tell what systems and office programs leave in a folder: hidden files, locks, parts of files, their own folders.

    >>> [_passed_over(Path(name)) for name in ("~$phieu.xlsx", "desktop.ini", "ghi-chu.ini")]
    [True, True, False]
    """
    name = path.name.casefold()
    return (
        name.startswith((".", "~$"))
        or name.endswith("~")
        or name in _LITTER
        or name in _LITTER_FOLDERS
        or path.suffix.casefold() == _SCRATCH
    )


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem("file-unreadable", name, parameters={"reason": system_reason(error)})


def _named(name: str) -> str:
    return visible(unicodedata.normalize("NFC", name))
