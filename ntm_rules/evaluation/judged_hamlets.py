"""The hamlets behind an evaluation: every hamlet of every record judged by what a requirement asks of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.record_views import Records
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.hamlet_columns import alone, own_columns, row_of_each
from ntm_rules.rulebook.criteria_set import Requirement

Index = NDArray[np.intp]


@dataclass(frozen=True)
class JudgedHamlets:
    """The hamlets of some records, in their order, judged by what one requirement asks of each."""

    requirement: Requirement
    hamlets: Evaluation
    """Of the set of nothing but that (`CriteriaSet.of_each_hamlet`); its records are hamlets."""
    of: Index
    """The place among the records of each hamlet's commune."""

    @cached_property
    def row(self) -> int:
        """The row of what each must meet."""
        return row_of_each(self.hamlets.table)


def judged_hamlets(evaluation: Evaluation, requirement: Requirement, records: Index) -> JudgedHamlets:
    """Judge the hamlets of some records of an evaluation by what a requirement asks of each."""
    own = evaluation.records
    listed, owner = own.columns.listed
    place = np.full(len(own.columns), -1, np.intp)
    place[own.owners[records]] = np.arange(len(records))
    asked = np.flatnonzero(place[owner] >= 0)
    asked = asked[np.argsort(place[owner[asked]], kind="stable")]
    hamlets = Records(listed, asked)
    compiled = Compiled(evaluation.rules.of_each_hamlet[requirement.id])
    columns = own_columns(compiled, hamlets)
    verdicts = compiled.verdicts(columns)
    judged = Evaluation(
        rules=compiled.rules,
        table=compiled.table,
        records=hamlets,
        previous=alone(hamlets),
        groups=[*map(compiled.rules.communes.groups.get, hamlets.codes)],
        verdicts=verdicts,
        reasons=compiled.reasons(columns, verdicts),
    )
    return JudgedHamlets(requirement, judged, place[owner[asked]])
