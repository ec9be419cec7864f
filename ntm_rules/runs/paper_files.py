"""Papers that were written, and which files they may replace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.i18n import Message
from ntm_rules.report.own_files import untouched
from ntm_rules.report.whole_files import files_written, results_written
from ntm_rules.runs.judged import JudgedYears


class Papers(NamedTuple):
    """Papers that were written."""

    judged: JudgedYears
    files: Sequence[Path]
    warnings: Sequence[str]
    """That their rules or figures are invented."""
    findings: Sequence[Finding] | None = None
    """Of the cross-checks, where the set has any and the papers tell them."""


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
    if out.exists() and not untouched(out):
        raise NtmError(
            Message(
                "{path} was changed by a person, or is not of this program; move it away or name another file",
                path=str(out),
            )
        )
    return out


def write_words(files: Mapping[Path, bytes]) -> list[Path]:
    """Write Word files of one folder together, each whole; return those that replaced another.

    Raises:
        NtmError: one cannot be replaced because another program has it open.
    """
    replaced = [path for path in files if path.exists()]
    folder = next(iter(files)).parent
    with _open_elsewhere(folder), files_written(folder) as place:
        for path, content in files.items():
            (place / path.name).write_bytes(content)
    return replaced


@contextmanager
def written_reports(folder: Path, inputs: Sequence[Path]) -> Iterator[Path]:
    """Yield a folder to write files into; they replace those of `folder` together.

    Raises:
        NtmError: a file cannot be replaced because another program has it open, or must not be: it is one of the
            `inputs`, or not as this program wrote it.
    """
    with _open_elsewhere(folder), results_written(folder, inputs=inputs) as place:
        yield place


@contextmanager
def _open_elsewhere(path: Path) -> Iterator[None]:
    """Say of a file that cannot be replaced that another program has it open."""
    try:
        yield
    except PermissionError as error:
        message = Message(
            "{path} cannot be replaced: close it where it is open (Word, Excel), then run this again",
            path=str(error.filename or path),
        )
        raise NtmError(message) from error
