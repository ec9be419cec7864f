"""`ntm doctor`: what is installed, which engines and extras work here, which criteria sets are found."""

from __future__ import annotations

import importlib
import platform
import sys

from rich.console import Console
from rich.table import Table

from ntm_rules import __version__
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
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
    "typer": "typer",
    "rich": "rich",
}
EXTRAS = {"durable-rules": ("durable.lang", "pip install 'ntm-rules[durable]'")}


def run_doctor() -> int:
    """Print the state of the installation; exit 0 when everything needed works, else 2."""
    console = Console(markup=False, emoji=False)
    console.print(f"ntm-rules {__version__} · Python {platform.python_version()} · {platform.system()}", style="bold")
    table = Table(box=None, padding=(0, 1))
    healthy = True
    for package, module in NEEDED.items():
        problem = _problem_importing(module)
        healthy = healthy and problem is None
        table.add_row(package, installed(package) or "-", _mark(problem is None), problem or "")
    for package, (module, command) in EXTRAS.items():
        if installed(package) is None:
            table.add_row(
                package,
                "-",
                "–",
                _("optional, not installed; this version does not need it ({command})", command=command),
            )
            continue
        problem = _problem_importing(module)
        table.add_row(package, installed(package) or "-", _mark(problem is None), problem or "")
    console.print(table)
    console.print(_("Engines: reference (one commune), columnar (any number): both work here.") if healthy else "")
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


def _problem_importing(module: str) -> str | None:
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever stops an import is what the doctor reports
        return f"{type(error).__name__}: {error}"
    return None


def _mark(works: bool) -> str:
    return "✓" if works else "✗"
