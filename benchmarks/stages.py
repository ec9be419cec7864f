"""How long each stage takes of what `ntm batch` and `ntm report html` do with a folder, in a process of its own.

Usage: python -m benchmarks.stages FOLDER; prints JSON, stage -> seconds, in order. Everything is met for the first time.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOADING = "loading the program's modules"
LAW = "reading the law"
READING = "reading the forms"
JUDGING = "judging"
CROSS_CHECKS = "cross-checks"
RESULTS = "`ket-qua.xlsx`, CSV files, `run.json`"
PAGES = "pages and charts"
PUTTING = "putting the pages into their folder"


def main(folder: Path) -> dict[str, float]:
    """Do everything once; return the seconds of each stage."""
    took: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        took[name] = time.perf_counter() - start

    with stage(LOADING):
        from benchmarks.inputs import OVERLAY
        from ntm_rules.cli.batch import write_results, years_to_judge
        from ntm_rules.cli.long_work import collector_at_rest
        from ntm_rules.cli.report_html import SITE, judged
        from ntm_rules.cli.rulebook import open_rulebook
        from ntm_rules.dataset.reading import read_dataset
        from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
        from ntm_rules.report.pages.writing import write_pages
        from ntm_rules.report.site.pages import render_site
    with collector_at_rest(), tempfile.TemporaryDirectory() as out:
        with stage(LAW):
            rulebook = open_rulebook(None, [OVERLAY])
        with stage(READING):
            dataset = read_dataset([folder], rulebook.questionnaire())
        with stage(JUDGING):
            contents = judged(rulebook, dataset, years_to_judge(dataset, rulebook, [])[0], None)
        evaluation = contents.evaluation
        with stage(CROSS_CHECKS):
            findings = cross_check(evaluation, dataset)
        with stage(RESULTS):
            started = dt.datetime.now(dt.UTC)
            for _file in write_results(Path(out), [evaluation], [findings], dataset, rulebook, started, "columnar"):
                pass
        with stage(PAGES):
            files = render_site(contents)
        with stage(PUTTING):
            write_pages(SITE, Path(out, "html"), files, {})
    return took


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
