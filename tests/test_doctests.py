"""The examples in docstrings hold: they are what a reader tries first."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

import ntm_rules

ROOT = Path(ntm_rules.__file__).parent
MODULES = sorted(
    ".".join(("ntm_rules", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for path in ROOT.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)
OF_AN_EXTRA = {"django", "durable", "pyspark"}
"""What a module may need that is installed on request alone."""
WITH_EXAMPLES = (FunctionType, type, type(cache(len)))


def examples(module: ModuleType) -> Iterator[doctest.DocTest]:
    """Yield the examples of a module and of what it defines itself: what it imports is looked at where it stands."""
    finder = doctest.DocTestFinder(recurse=False)
    yield from finder.find(module, module.__name__)
    for name, one in vars(module).items():
        if (
            issubclass(type(one), WITH_EXAMPLES) and one.__module__ == module.__name__
        ):  # of itself: settings may be lazy
            yield from doctest.DocTestFinder().find(one, f"{module.__name__}.{name}", module=module)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in OF_AN_EXTRA:
            pytest.skip(f"{error.name} is not installed")
        raise
    runner = doctest.DocTestRunner()
    told: list[str] = []
    results = [runner.run(test, out=told.append) for test in examples(module)]
    assert sum(result.attempted for result in results) > 0
    assert not any(result.failed for result in results), "".join(told)
