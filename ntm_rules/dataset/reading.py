"""Files and folders -> one `Dataset`: the entry to this folder."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ntm_rules.dataset.files.file_reading import FileReader, FileReading
from ntm_rules.dataset.files.sources import SourceFile, find_sources
from ntm_rules.dataset.merging import merger_for
from ntm_rules.dataset.places import Log
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.records import Dataset, InputFile

PARALLEL_FROM = 1000
"""Below so many files, starting processes costs more than it saves."""

Progress = Callable[[int, int], None]


def read_dataset(
    paths: Sequence[Path],
    questionnaire: Questionnaire,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Dataset:
    """Return everything that files and folders report, and everything that is wrong with it.

    Nothing about the data raises: an unreadable file, a bad row or a bad cell becomes a problem, and
    only that file, row or cell is lost. Records stand by commune code, then year.

    Args:
        paths: files, or folders whose .xlsx, .xlsm, .csv and .parquet files are read, those of
            subfolders one level down included.
        questionnaire: what may be reported, by whom, for which years.
        jobs: how many processes may read; few files are read in this one all the same.
        progress: called after each file with how many are done, and of how many.
    """
    sources, problems = find_sources(paths)
    merger = merger_for(questionnaire)
    inputs: list[InputFile] = []
    seen: dict[str, str] = {}
    illustrative = False
    with _collector_paused():
        for done, (source, reading) in enumerate(_readings(sources, questionnaire, jobs), start=1):
            if progress is not None:
                progress(done, len(sources))
            if reading.sha256:
                inputs.append(InputFile(source.name, reading.sha256, reading.size, reading.owners))
            first = seen.setdefault(reading.sha256, source.name) if reading.size else source.name
            if first is not source.name:
                problems.append(Problem("same-content", source.name, parameters={"other": first}))
                continue
            log = Log(problems=reading.problems, beyond=reading.beyond)
            merger.add_all(reading.filings, reading.blocks, log)
            problems.extend(log.close())
            illustrative = illustrative or reading.illustrative
    return Dataset(merger.records(), problems, inputs, illustrative)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cycle collector: reading makes very many small objects, all kept, and no cycles."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _readings(
    sources: Sequence[SourceFile], questionnaire: Questionnaire, jobs: int
) -> Iterator[tuple[SourceFile, FileReading]]:
    """Yield what each file holds, in order."""
    if jobs > 1 and len(sources) >= PARALLEL_FROM:
        from ntm_rules.dataset.files.parallel import read_in_parallel

        yield from zip(sources, read_in_parallel(sources, questionnaire, jobs), strict=True)
        return
    with FileReader(questionnaire) as reader:
        for source in sources:
            yield source, reader.read(source)
