"""Many files in several processes: what they find comes back as plain tuples, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from ntm_rules.dataset.files.file_reading import FileReading, read_apart, reader_process
from ntm_rules.dataset.files.reader_process import ReaderProcess
from ntm_rules.dataset.files.sources import SourceFile
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.rows.headers import Vocabulary

CHUNK = 32


def read_in_parallel(sources: Sequence[SourceFile], questionnaire: Questionnaire, jobs: int) -> Iterator[FileReading]:
    """Yield what each file holds, in order; in this process where no other can be had."""
    chunks = [sources[at : at + CHUNK] for at in range(0, len(sources), CHUNK)]
    vocabulary = Vocabulary(questionnaire)
    processes = [reader_process(questionnaire, copied=False) for _ in range(min(jobs, len(chunks)))]
    idle: SimpleQueue[ReaderProcess] = SimpleQueue()
    for process in processes:
        idle.put(process)

    def read(chunk: Sequence[SourceFile]) -> list[FileReading]:
        process = idle.get()
        try:
            return [read_apart(source, process, vocabulary) for source in chunk]
        finally:
            idle.put(process)

    threads = ThreadPoolExecutor(max_workers=max(1, len(processes)))
    try:
        for readings in threads.map(read, chunks):
            yield from readings
    finally:
        for process in processes:
            process.close()
        threads.shutdown(cancel_futures=True)
