"""Judges 20,000 communes with the durable engine and prints how much memory the process kept, as JSON."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.reference import Facts
from ntm_rules.evaluation.rete import CompiledFacts
from ntm_rules.rulebook.criteria_set import Comparator, KnownTarget
from tests.strategies import PROVENANCE, measure, one_requirement_set

COMMUNES = 20_000
WARM_UP = 200


def kilobytes() -> int:
    """The memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4


def main() -> None:
    target = KnownTarget(PROVENANCE, everywhere=Decimal(80))
    compiled = CompiledFacts(one_requirement_set(measure("share", "share"), Comparator.AT_LEAST, target))
    before = 0
    for number in range(WARM_UP + COMMUNES):
        if number == WARM_UP:
            before = kilobytes()
        share = Reported(State.PRESENT, number % 100, 100, counted=True)
        compiled.derive(Facts(CommuneYear(f"{number:05d}", "xã", 2026, {"share": share})), traced=False)
    sys.stdout.write(json.dumps({"communes": COMMUNES, "kilobytes": kilobytes() - before}))


if __name__ == "__main__":
    main()
