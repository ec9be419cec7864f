"""Templates of pages: everything put into them is escaped, and what is not there is a fault, never a gap."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from ntm_rules.report.html import words
from ntm_rules.report.html.compiled import CompiledTemplates
from ntm_rules.report.html.links import CONTENT
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.values import number

COMPONENTS = "ntm_rules.report.html"


@cache
def templates(package: str) -> Environment:
    """Return the templates of a package, with the components and the words that all of them may use."""
    folder = files(package).joinpath("templates")
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(COMPONENTS, "")]),
        bytecode_cache=CompiledTemplates(folder) if isinstance(folder, Path) else None,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "_": words.translated,
        "vi": words.vietnamese,
        "day": on_day,
        "number": number,
        "main": CONTENT,
    }
    return environment
