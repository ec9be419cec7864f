"""`ntm rules test --draft`: tests for what no test reaches, as YAML for the author to confirm."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from ntm_rules.cli.rule_coverage import nodes_of, point_to_reach_words
from ntm_rules.exact import plain
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.names import TESTS_FILE
from ntm_rules.rulebook.yaml_text import scalar
from ntm_rules.workbench.testing.drafts import draft
from ntm_rules.workbench.testing.points import PointToReach

WIDTH = 112


def drafts_as_yaml(
    loaded: LoadedSet,
    laws: Sequence[CriteriaSet],
    missing: Sequence[PointToReach],
    overlays: Sequence[Overlay] = (),
    province: str | None = None,
) -> str:
    """Return drafted tests for points that are missing; files are told apart by a comment."""
    nodes = nodes_of(laws)
    found, none = draft(loaded, laws, missing, overlays, province)
    lines = [f"# {line}" for line in _head().splitlines()]
    files = {criterion.id: criterion.rules for criterion in loaded.header.criteria} | {
        "": loaded.header.conditions or ""
    }
    file = ""
    for one in found:
        beside = str(PurePosixPath(files[one.point.criterion]).with_name(TESTS_FILE))
        if beside != file:
            lines += ["", f"# --- {beside}"]
            file = beside
        lines += ["", f"- name: {json.dumps(point_to_reach_words(nodes, one.point), ensure_ascii=False)}"]
        for key, value in one.keys.items():
            lines += _entry(key, value, 2)
    if none:
        head = _("No test was found for:")
        lines += ["", f"# {head}", *(f"#   {point_to_reach_words(nodes, point)}" for point in none)]
    return "\n".join(lines) + "\n"


def _head() -> str:
    return _(
        "Drafts of tests that are still missing. What is expected is what the program says now: confirm each one\n"
        "from the law's words before you keep it, and give it a name of your own. Numbers under suppose are invented."
    )


def _entry(key: str, value: Any, indent: int) -> Iterator[str]:
    short = f"{' ' * indent}{scalar(key)}: {_flow(value)}"
    if not isinstance(value, dict) or len(short) <= WIDTH:
        yield short
        return
    yield f"{' ' * indent}{scalar(key)}:"
    for inner, one in value.items():
        yield from _entry(inner, one, indent + 2)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return plain(Decimal(value))
