"""Many files in several processes: what they find comes back as plain tuples, in the order of the files."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from ntm_rules.dataset.file_reading import FileReading, read_file
from ntm_rules.dataset.headers import Vocabulary
from ntm_rules.dataset.places import Filing, Where
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.records import Evidence, Reported, State
from ntm_rules.dataset.sources import Source

CHUNK = 32

_vocabulary: list[Vocabulary] = []
"""The vocabulary of this process, when it is a worker."""
_STATES = {int(state): state for state in State}

_Value = tuple[int, int, int, bool, str, str, str]
_Plain = tuple[
    str, int, str, bool, dict[str, _Value], dict[str, int], int, tuple[Evidence, ...], dict[str, _Value], bool
]


def read_in_parallel(sources: Sequence[Source], questionnaire: Questionnaire, jobs: int) -> Iterator[FileReading]:
    """Yield what each file holds, in order; in this process where no other can be had."""
    chunks = [sources[at : at + CHUNK] for at in range(0, len(sources), CHUNK)]
    done = 0
    try:
        with ProcessPoolExecutor(
            max_workers=min(jobs, len(chunks)),
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(questionnaire,),
        ) as pool:
            for packed in pool.map(_read_chunk, chunks):
                for reading, filings, source in zip(*packed, sources[done : done + CHUNK], strict=True):
                    yield reading._replace(filings=[_unpacked(filing, source.name) for filing in filings])
                    done += 1
    except (BrokenProcessPool, OSError):
        vocabulary = Vocabulary(questionnaire)
        for source in sources[done:]:
            yield read_file(source, vocabulary)


def _start(questionnaire: Questionnaire) -> None:
    _vocabulary.append(Vocabulary(questionnaire))


def _read_chunk(sources: Sequence[Source]) -> tuple[list[FileReading], list[list[_Plain]]]:
    readings = [read_file(source, _vocabulary[-1]) for source in sources]
    return (
        [reading._replace(filings=[]) for reading in readings],
        [[_packed(filing) for filing in reading.filings] for reading in readings],
    )


def _packed(filing: Filing) -> _Plain:
    where = filing.where
    return (
        filing.code,
        filing.year,
        where.sheet,
        where.lines,
        _plain(filing.values),
        filing.places,
        filing.row,
        filing.evidence,
        _plain(filing.carried),
        filing.beside,
    )


def _plain(values: Mapping[str, Reported]) -> dict[str, _Value]:
    return {measure: (int(value[0]), *value[1:]) for measure, value in values.items()}


def _unpacked(plain: _Plain, file: str) -> Filing:
    code, year, sheet, lines, values, places, row, evidence, carried, beside = plain
    where = Where(file, sheet, lines)
    return Filing(code, year, where, _reported(values), places, row, evidence, _reported(carried), beside)


def _reported(values: Mapping[str, _Value]) -> dict[str, Reported]:
    states = _STATES
    return {measure: Reported(states[value[0]], *value[1:]) for measure, value in values.items()}
