"""What is public is listed in one place, typed, and costs nothing before it is used."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import ntm_rules

PUBLIC = ["Dataset", "Explained", "NtmError", "Result", "Rules", "evaluate", "load_set", "read", "use_language"]
OF_A_RESULT = [
    "agencies",
    "explain",
    "gaps",
    "hamlets",
    "matrix",
    "problems",
    "summary",
    "to_excel",
    "verdicts",
    "years",
]


def test_what_is_public_is_listed_and_is_there() -> None:
    assert sorted(ntm_rules.__all__) == PUBLIC
    assert all(getattr(ntm_rules, name).__doc__ for name in ntm_rules.__all__)
    assert set(ntm_rules.__all__) <= set(dir(ntm_rules))


def test_a_result_has_these_views() -> None:
    assert [name for name in dir(ntm_rules.Result) if not name.startswith("_")] == OF_A_RESULT


def test_a_name_that_is_not_there_is_said_as_python_says_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'evalute'"):
        ntm_rules.evalute  # type: ignore[attr-defined]  # noqa: B018 - looked up on purpose


def test_importing_does_no_work() -> None:
    heavy = ["numpy", "pandas", "pyarrow", "pydantic", "yaml", "rich", "typer", "jinja2", "polars", "pyspark"]
    asked = f"import sys, ntm_rules; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_takes_less_than_thirty_milliseconds() -> None:
    asked = "import time; t = time.process_time(); import ntm_rules; print(time.process_time() - t)"
    runs = [subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True) for _ in range(5)]
    assert min(float(run.stdout) for run in runs) < 0.03


def test_types_are_handed_out_with_the_package() -> None:
    assert Path(ntm_rules.__file__).with_name("py.typed").is_file()
    for name in ("load_set", "read", "evaluate"):
        signature = inspect.signature(getattr(ntm_rules, name))
        assert all(one.annotation is not one.empty for one in signature.parameters.values()), name
        assert signature.return_annotation is not signature.empty


@pytest.mark.long
def test_the_program_is_not_drawn_in_by_reading_and_judging() -> None:
    asked = (
        "import sys, ntm_rules, pyarrow as pa; rules = ntm_rules.load_set();"
        "table = pa.table({'commune_code': ['03390'], 'year': [2026], 'village_roads_hardened_share': [96.5]});"
        "ntm_rules.evaluate(rules, table);"
        "print([name for name in ('typer', 'rich') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
