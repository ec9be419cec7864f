"""`ntm doctor`: what is installed, which engines and extras work here, which criteria sets are found."""

from __future__ import annotations

import importlib
import platform
import sys

from rich.console import Console
from rich.table import Table

from ntm_rules import __version__
from ntm_rules.cli.console import Screen
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.i18n import Message, _
from ntm_rules.report.run_record import installed
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
    "altair": "altair",
    "vl-convert-python": "vl_convert",
    "typer": "typer",
    "rich": "rich",
}


def run_doctor() -> int:
    """Print the state of the installation; exit 0 when everything needed works, else 2."""
    console = Screen()
    console.print(f"ntm-rules {__version__} · Python {platform.python_version()} · {platform.system()}", style="bold")
    table = Table(box=None, padding=(0, 1))
    healthy = True
    for package, module in NEEDED.items():
        problem = _problem_importing(module)
        healthy = healthy and problem is None
        table.add_row(package, installed(package) or "-", _mark(problem is None), problem or "")
    durable = ENGINES["durable"].unusable() is None
    table.add_row("durable-rules", installed("durable-rules") or "-", "✓" if durable else "–", _("optional"))
    console.print(table)
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
    table = Table(box=None, padding=(0, 1), show_header=False)
    for engine in ENGINES.values():
        problem = engine.unusable()
        table.add_row(engine.name, "–" if problem else "✓", str(problem or Message(engine.good_for)))
    console.print(table)


def _problem_importing(module: str) -> str | None:
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever stops an import is what the doctor reports
        return f"{type(error).__name__}: {error}"
    return None


def _mark(works: bool) -> str:
    return "✓" if works else "✗"
