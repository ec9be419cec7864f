"""Results appear together or not at all: written beside the old ones, then put in their place together.

A run that is ended while it puts them in place leaves a journal beside them, by which the next run into the folder
finishes what was begun; one that is ended before that leaves files that nobody has seen, which the next run removes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.report.one_run import one_run_at_a_time
from ntm_rules.report.own_files import Own, digest, in_the_way

STAGING = ".ntm-new"
"""Files wait in this folder, inside the one that they are for; what its name begins with is ours."""
OURS = ".ntm-"
_NEW, _OLD, _JOURNAL = "new", "old", "journal.json"


@contextmanager
def results_written(folder: Path, *, inputs: Sequence[Path] = (), removing: Iterable[str] = ()) -> Iterator[Path]:
    """Yield a folder to write results into; once all are written they replace those of `folder`, together.

    Only what this program wrote and nobody has changed since is replaced, or removed (`removing`: names of an earlier
    run that this one does not write). When anything fails before that, what stood in `folder` stands there still.

    Raises:
        NtmError: a result would replace an input, a folder, or a file that is not this program's; or another run
            is writing there. It names them all.
        OSError: a file cannot be written, or replaced because another program has it open; it names that file.
    """
    with _staged(folder) as staging:
        yield staging / _NEW
        names = sorted(path.name for path in (staging / _NEW).iterdir())
        own = Own.of(folder)
        in_the_way(folder, names, own, inputs)
        gone = [name for name in removing if name not in names and own.holds(folder / name)]
        written = {name: digest(staging / _NEW / name) for name in names}
        _put_in_place(folder, staging, written, gone, own.with_files(written, gone))


@contextmanager
def files_written(folder: Path) -> Iterator[Path]:
    """Yield a folder to write files into that take their places in `folder` together, replacing what stands there.

    Whoever calls this has asked whether they may be replaced. Raises as `results_written` does, but for that.
    """
    with _staged(folder) as staging:
        yield staging / _NEW
        names = sorted(path.name for path in (staging / _NEW).iterdir())
        in_the_way(folder, names, None, ())
        _put_in_place(folder, staging, {name: digest(staging / _NEW / name) for name in names}, (), None)


def file_written(path: Path, content: bytes) -> None:
    """Write one file whole, replacing what stands there; the folder is made if needed.

    Raises:
        NtmError: a folder stands there.
        OSError: it cannot be written, or be replaced because another program has it open; it names that file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    in_the_way(path.parent, [path.name], None, ())
    beside = path.with_name(f".{path.name}.ntm-new")  # the same for every run, so that none stays for ever
    try:
        beside.write_bytes(content)
        _move(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def refuse_in_the_way(folder: Path, names: Iterable[str], inputs: Sequence[Path]) -> None:
    """Refuse a folder into which results of these names could not be written, before any work is done.

    Finishes what an ended run left there first.

    Raises:
        NtmError: `folder` is a file; or as `results_written`.
    """
    if folder.exists() and not folder.is_dir():
        raise NtmError(Message("{path} is a file; name a folder for the results", path=str(folder)))
    if folder.exists():
        settle(folder)
        in_the_way(folder, names, Own.of(folder), inputs)


def settle(folder: Path) -> None:
    """Finish, or undo, what a run that was ended left in a folder; none may be writing there.

    Raises:
        NtmError: another run is writing there.
        OSError: a file of it cannot be moved.
    """
    staging = folder / STAGING
    if staging.is_dir():
        with one_run_at_a_time(staging, folder):
            _finish(folder, staging)
            _clear(staging)
        _remove(staging)


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Yield a fresh staging folder that no other run writes to; it is gone afterwards."""
    staging = folder / STAGING
    staging.mkdir(parents=True, exist_ok=True)
    try:
        with one_run_at_a_time(staging, folder):
            _finish(folder, staging)
            _clear(staging)
            for part in (_NEW, _OLD):
                (staging / part).mkdir()
            try:
                yield staging
            finally:
                if not (staging / _JOURNAL).exists():  # else the next run has to finish
                    _clear(staging)
    finally:
        _remove(staging)


def _put_in_place(folder: Path, staging: Path, written: dict[str, str], gone: Sequence[str], own: Own | None) -> None:
    """Move every new file to its place; where one cannot be moved, put all the old ones back."""
    if own is not None:
        own.write(staging / _NEW)
        written = written | {Own.NAME: digest(staging / _NEW / Own.NAME)}
    before = {name: digest(folder / name) if (folder / name).exists() else "" for name in (*written, *gone)}
    journal = staging / _JOURNAL
    draft = journal.with_suffix(".draft")
    draft.write_text(json.dumps({"written": written, "gone": list(gone), "before": before}), encoding="utf-8")
    draft.replace(journal)
    moved: list[str] = []
    try:
        for name in (*gone, *written):
            moved.append(name)
            if before[name]:
                _move(folder / name, staging / _OLD / name, folder / name)
            if name in written:
                _move(staging / _NEW / name, folder / name)
    except BaseException:
        for name in reversed(moved):
            if (staging / _OLD / name).exists():
                (staging / _OLD / name).replace(folder / name)
            elif not before[name]:
                with suppress(FileNotFoundError):
                    (folder / name).unlink()
        journal.unlink()
        raise
    journal.unlink()


def _finish(folder: Path, staging: Path) -> None:
    """Put in place what an ended run had begun to; a file that somebody has changed since stays as it is."""
    try:
        begun = json.loads((staging / _JOURNAL).read_text(encoding="utf-8"))
        written, gone, before = begun["written"], begun["gone"], begun["before"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for name in (*gone, *written):
        target, new = folder / name, staging / _NEW / name
        as_it_was = not target.exists() or (target.is_file() and digest(target) == before.get(name))
        if name in gone and as_it_was:
            target.unlink(missing_ok=True)
        elif name in written and new.is_file() and as_it_was:
            _move(new, target)
    (staging / _JOURNAL).unlink()


def _clear(staging: Path) -> None:
    """Remove what waits; whoever calls this holds the lock."""
    for part in (_NEW, _OLD):
        shutil.rmtree(staging / part, ignore_errors=True)


def _remove(staging: Path) -> None:
    """Remove the staging folder unless something waits in it; nobody holds the lock any more."""
    if not any((staging / part).exists() for part in (_NEW, _OLD, _JOURNAL)):
        shutil.rmtree(staging, ignore_errors=True)


def _move(source: Path, target: Path, named: Path | None = None) -> None:
    try:
        source.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(named or target)) from error
