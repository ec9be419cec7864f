"""`ntm doctor`: what is installed, which engines and extras work here, which criteria sets are found."""

from __future__ import annotations

import importlib
import platform
import re
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table as ScreenTable

from ntm_rules import __version__
from ntm_rules.cli.console import Screen
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.i18n import Message, _
from ntm_rules.report.run_record import installed
from ntm_rules.report.tables.table import Cell, Column, Table
from ntm_rules.rulebook.loader import available_sets, load_set

NEEDED = {
    "pydantic": "pydantic",
    "PyYAML": "yaml",
    "numpy": "numpy",
    "pandas": "pandas",
    "pyarrow": "pyarrow",
    "python-calamine": "python_calamine",
    "openpyxl": "openpyxl",
    "defusedxml": "defusedxml",
    "XlsxWriter": "xlsxwriter",
    "python-docx": "docx",
    "Jinja2": "jinja2",
    "vl-convert-python": "vl_convert",
    "typer": "typer",
    "rich": "rich",
    "icalendar": "icalendar",
    "scipy": "scipy",
}


SLOW = ("pandas", "openpyxl", "python-docx", "XlsxWriter")
"""Packages that take long to import and that little of the program needs: imported only where they do not look whole."""


def run_doctor() -> int:
    """Print the state of the installation; exit 0 when everything needed works, else 2."""
    console = Screen()
    console.print(f"ntm-rules {__version__} · Python {platform.python_version()} · {platform.system()}", style="bold")
    rows: list[Sequence[Cell]] = []
    healthy = True
    for package, module in NEEDED.items():
        problem = None if package in SLOW and _whole(package, module) else _problem_importing(module)
        healthy = healthy and problem is None
        rows.append((package, installed(package) or "-", _mark(problem is None), problem))
    durable = ENGINES["durable"].unusable() is None
    rows.append(("durable-rules", installed("durable-rules") or "-", "✓" if durable else "–", _("optional")))
    console.print(_shown(rows))
    _show_engines(console)
    for id_, folder in available_sets().items():
        try:
            loaded = load_set(folder)
        except NtmError as error:
            healthy = False
            console.print(_("Criteria set {id}: cannot be used", id=id_), style="bold red")
            console.print(str(error))
        else:
            rules = sum(len(indicators) for indicators in loaded.rules.values())
            words = _(
                "Criteria set {id}: {indicators} indicators, {measures} figures, {communes} communes",
                id=id_,
                indicators=rules,
                measures=len(loaded.measures),
                communes=len(loaded.communes.within()),
            )
            console.print(words)
    if sys.stdout.encoding and sys.stdout.encoding.lower().replace("-", "") != "utf8":
        console.print(
            _("This terminal is not UTF-8 ({encoding}); Vietnamese may not show.", encoding=sys.stdout.encoding)
        )
    return 0 if healthy else 2


def _show_engines(console: Console) -> None:
    """Say of each engine whether it works here, and what to install where it does not."""
    console.print(_("Engines (--engine); the verdicts are the same with each:"))
    problems = [(engine, engine.unusable()) for engine in ENGINES.values()]
    console.print(
        _shown(
            (engine.name, "–" if problem else "✓", str(problem or Message(engine.good_for)))
            for engine, problem in problems
        )
    )


def _shown(rows: Iterable[Sequence[Cell]]) -> ScreenTable:
    """Return rows as the screen shows them, without heads."""
    rows = list(rows)
    drawn = on_screen(Table.of([Column(str(at)) for at in range(len(rows[0]))], rows))
    drawn.show_header = False
    return drawn


def _whole(package: str, module: str) -> bool:
    """Tell whether a package that would be imported has every file in the size it was installed in, and what it needs."""
    try:
        package_found, module_found = distribution(package), find_spec(module)
        sizes = {
            Path(str(package_found.locate_file(file))): file.size
            for file in package_found.files or ()
            if file.parts[0] == module
        }
        needed = (_NOT_A_NAME.split(line)[0] for line in package_found.requires or () if ";" not in line)
        return (
            module_found is not None
            and Path(module_found.origin or "") in sizes
            and all(size is None or path.stat().st_size == size for path, size in sizes.items())
            and all(map(installed, needed))
        )
    except (OSError, ValueError, ImportError):
        return False


_NOT_A_NAME = re.compile(r"[^A-Za-z0-9._-]")


def _problem_importing(module: str) -> str | None:
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever stops an import is what the doctor reports
        return f"{type(error).__name__}: {error}"
    return None


def _mark(works: bool) -> str:
    return "✓" if works else "✗"
