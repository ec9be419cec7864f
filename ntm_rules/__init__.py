"""Rules engine for the new-rural (nông thôn mới) criteria of communes.

Folders follow the way data flows:

    criteria/ (YAML)  ->  rulebook   read, check, resolve for a date and overlays -> CriteriaSet
    DATA (files)      ->  dataset    read, check, collect every problem           -> Dataset
                                     (rooms: files, workbooks, rows, cells)
    both              ->  evaluation verdict, reason and gap of every node        -> Evaluation
                      ->  standing   how communes, agencies, the province stand: counts, what is in the way, ranking
                      ->  plan       the province's plan: goals on course, documents owed, the road map with whose work
                      ->  wording    every sentence about a value, a target, a gap, a decision, a place
                      ->  workbench  checks, tests and comparisons of the rules
                      ->  report     workbooks, Word, pages and pictures, CSV, JSON, the book of rules
                                     (tables: what is said, made once -> xlsx, word, CSV, screen: how it is drawn)
                  ->  forms      workbooks that people fill in and get back: a commune's figures, a decision's targets
                  ->  runs       open the law, read, judge, write: values in, a result or a refusal out, no screen
    runs and standing ->  appraisal the case: roles, steps, permissions, layers; no Django in it
                      ->  web        the same in a browser: Django, behind `ntm web`; nothing else knows it
                      ->  library    what this module hands out: load_set, read, evaluate; `spark` the same over partitions
                      ->  cli        the `ntm` command: options and screens

`rulebook` and `dataset` know nothing of each other's readers; nothing knows `cli` but `library/application.py`.

As a library (`docs/library.md`): everything public is in `__all__`, and imported when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
"""As `typing.TYPE_CHECKING`, whose import takes as long as the rest of `ntm --version`."""

if TYPE_CHECKING:
    from ntm_rules.dataset.records import Dataset
    from ntm_rules.errors import NtmError
    from ntm_rules.i18n import use_language
    from ntm_rules.library.explained import Explained
    from ntm_rules.library.judging import evaluate
    from ntm_rules.library.reading import read
    from ntm_rules.library.result import Result
    from ntm_rules.library.rules import Rules, load_set

__version__ = "0.3.0"
__all__ = ["Dataset", "Explained", "NtmError", "Result", "Rules", "evaluate", "load_set", "read", "use_language"]

_HOMES = {
    "Dataset": "dataset.records",
    "Explained": "library.explained",
    "NtmError": "errors",
    "Result": "library.result",
    "Rules": "library.rules",
    "evaluate": "library.judging",
    "load_set": "library.rules",
    "read": "library.reading",
    "use_language": "i18n",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'ntm_rules' has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"ntm_rules.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
