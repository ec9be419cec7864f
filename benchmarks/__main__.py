"""`python -m benchmarks`: measure, print, and with --write put the tables into benchmarks/README.md."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.machine import description
from benchmarks.options import Options
from benchmarks.tables import Section, aims_table, put_between_marks

SECTIONS = (
    "bars",
    *("evaluation", "turns", "library", "reading", "forms", "command", "country", "million", "scaling", "roadmap"),
    *("web_load", "web_country"),
)
README = Path(__file__).with_name("README.md")
QUICK = "**Quick run: small sizes, to see that everything works. Its figures say nothing, its aims do not apply.**"


def main() -> None:
    """Run the sections asked for."""
    asked = _arguments()
    warnings.filterwarnings("ignore", module="openfisca_core")
    asked.cache.mkdir(parents=True, exist_ok=True)
    _keep_bytecode(asked.cache / "bytecode")
    options = Options(cache=asked.cache, quick=asked.quick)
    parts = [f"Measured on {dt.datetime.now(dt.UTC):%Y-%m-%d}.", description()]
    if options.quick:
        parts.insert(0, QUICK)
    print("\n\n".join(parts), flush=True)
    sections: list[Section] = []
    for name in asked.only or SECTIONS:
        run: Callable[[Options], Section] = import_module(f"benchmarks.{name}").run
        sections.append(run(options))
        print(f"\n{sections[-1].markdown()}", flush=True)
    aims = aims_table(sections)
    print(f"\n{aims}")
    text = "\n\n".join([*parts, *(section.markdown() for section in sections), aims])
    if asked.markdown:
        asked.markdown.write_text(f"{text.strip()}\n", encoding="utf-8")
    if asked.write:
        put_between_marks(README, text)


def _keep_bytecode(folder: Path) -> None:
    """Start over where Python would compile its modules anew each time: what is measured runs as if installed."""
    if sys.flags.dont_write_bytecode:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
        os.execv(sys.executable, [sys.executable, "-m", "benchmarks", *sys.argv[1:]])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything works")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="only this section; may be repeated")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables to a file")
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(tempfile.gettempdir()) / "ntm-rules-benchmarks",
        metavar="FOLDER",
        help="where generated workbooks are kept for the next run (default: a folder among the temporary files)",
    )
    asked = parser.parse_args()
    if asked.write and (asked.quick or asked.only):
        parser.error("--write takes a whole run: leave out --quick and --only")
    return asked


if __name__ == "__main__":
    main()
