"""Where reports are written: which files may be replaced, and what is said of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.report.whole_files import written_whole

MAKERS = ("ntm-rules",)
MOST_NAMED = 6
"""Up to this many files are named one by one."""
_LAST_BY = re.compile(rb"<cp:lastModifiedBy>([^<]*)</cp:lastModifiedBy>")


def word_file(out: Path, form: Path) -> Path:
    """Return the Word file to write.

    Raises:
        NtmError: it does not end in .docx, is a folder, or is the form itself.
    """
    if out.is_dir():
        raise NtmError(Message("{path} is a folder; name a file that ends in .docx", path=str(out)))
    if out.suffix.casefold() != ".docx":
        raise NtmError(Message("{path}: name a file that ends in .docx", path=str(out)))
    if out.exists() and form.exists() and out.samefile(form):
        raise NtmError(Message("{path} is the form itself, which is never written to", path=str(out)))
    return out


def write_words(files: Mapping[Path, bytes]) -> list[Path]:
    """Write Word files of one folder together, each whole; return those that replaced another.

    Raises:
        NtmError: one cannot be replaced because another program has it open.
    """
    replaced = [path for path in files if path.exists()]
    folder = next(iter(files)).parent
    with written_reports(folder, [path.name for path in files]) as place:
        for path, content in files.items():
            (place / path.name).write_bytes(content)
    return replaced


@contextmanager
def written_reports(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield a folder to write files of these names into; they replace those of `folder` together.

    Raises:
        NtmError: a file cannot be replaced because another program has it open.
    """
    try:
        with written_whole(folder, first=names, last=()) as place:
            yield place
    except PermissionError as error:
        message = Message(
            "{path} cannot be replaced: close it where it is open (Word, Excel), then run this again",
            path=str(error.filename or folder),
        )
        raise NtmError(message) from error


def check_folder(folder: Path, names: Iterable[str]) -> None:
    """Refuse a folder in which a file of one of these names is not as this program wrote it.

    Raises:
        NtmError: naming them all.
    """
    if folder.exists() and not folder.is_dir():
        raise NtmError(Message("{path} is a file; name a folder for the results", path=str(folder)))
    theirs = [folder / name for name in names if (folder / name).exists() and not untouched(folder / name)]
    if theirs:
        raise NtmError(
            *(
                Message(
                    "{path} was changed by a person, or is not of this program; move it away or name another folder",
                    path=str(path),
                )
                for path in theirs
            )
        )


def untouched(path: Path) -> bool:
    """Tell whether a Word or Excel file is as this program wrote it: it still names us as who last saved it."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _LAST_BY.search(archive.read("docProps/core.xml"))
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return found is not None and found.group(1).decode("utf-8", "replace") in MAKERS


def say_written(console: Console, path: Path, *, replaced: bool) -> None:
    """Say what was written, and that it replaced an older file where it did."""
    console.print(_("Written: {file}", file=path))
    if replaced:
        console.print(_("The file that was there has been replaced."))
    console.print(_("It is an unsigned draft: number, day and signature are for people to give."), style="dim")


def say_drafts(console: Console, paths: Sequence[Path], warnings: Sequence[str]) -> None:
    """Say which files were written (of many, how many and the last one), and what must be known of them."""
    if len(paths) > MOST_NAMED:
        console.print(_("{n} files written to {folder}", n=len(paths), folder=paths[0].parent))
        paths = paths[-1:]
    for path in paths:
        console.print(_("Written: {file}", file=path))
    console.print(_("The papers are unsigned drafts: number, day and signature are for people to give."), style="dim")
    for warning in warnings:
        console.print(warning, style="bold magenta")
