"""What the library takes of the layer that opens the law and puts years side by side: named here alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_rules.cli.rulebook import Rulebook as Rulebook
from ntm_rules.cli.rulebook import open_rulebook

if TYPE_CHECKING:
    from ntm_rules.dataset.records import Dataset
    from ntm_rules.evaluation.batch import Evaluation
    from ntm_rules.report.workbook import About
    from ntm_rules.rulebook.register import Commune, Register
    from ntm_rules.standing.overview import Overview


def opened(criteria: str | None, overlays: Sequence[Path], known_on: dt.date | None) -> Rulebook:
    """Return a set with its overlays, to be resolved for any year."""
    return open_rulebook(criteria, overlays, known_on)


def commune_named(communes: Register, asked: str) -> Commune:
    """Return the commune of a code or a name.

    Raises:
        NtmError: there is none, or several.
    """
    from ntm_rules.cli.named import commune_named as named

    return named(communes, asked)


def overviews(
    rulebook: Rulebook, dataset: Dataset, evaluations: Sequence[Evaluation], as_of: dt.date | None
) -> list[Overview]:
    """Return each year judged beside the year before."""
    from ntm_rules.cli.batch import overviews_of  # draws on what screens need

    return overviews_of(rulebook, dataset, evaluations, rulebook.counted_to(as_of))


def about(rulebook: Rulebook, dataset: Dataset, evaluations: Sequence[Evaluation]) -> About:
    """Return what the workbook says of itself."""
    from ntm_rules.cli.batch import about as about_run

    return about_run(evaluations, dataset, rulebook)
