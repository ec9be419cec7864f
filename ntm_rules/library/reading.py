"""Files, folders and tables in memory -> a `Dataset`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.library.rules import Rules


def read(paths: str | Path | Iterable[str | Path], rules: Rules, *, jobs: int = 1) -> Dataset:
    """Return what files and folders report: .xlsx, .xlsm, .csv and .parquet; every problem is in the result.

    Args:
        paths: one file or folder, or several.
        rules: what may be reported, by whom, for which years.
        jobs: how many processes may read, where there are very many files.

    Raises:
        NtmError: there is no such file or folder.
    """
    from ntm_rules.dataset.reading import read_dataset
    from ntm_rules.runs.reading import must_exist

    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    must_exist(given)
    return read_dataset(given, rules.vocabulary.questionnaire, jobs=jobs)


def dataset_of(data: object, rules: Rules) -> Dataset:
    """Return data as a dataset: what `read` gave, or a table in memory, long or wide.

    Raises:
        NtmError: it is neither, or its columns do not say whose figures it holds, or which.
    """
    if isinstance(data, Dataset):
        return data
    if isinstance(data, str | Path):
        raise NtmError(Message("{path} is a path: pass what read() returns for it", path=str(data)))
    from ntm_rules.dataset.frames import read_frame

    return read_frame(data, rules.vocabulary)
