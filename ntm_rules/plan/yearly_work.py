"""What each agency does for which commune in which year, once it is chosen who is done by when."""

from __future__ import annotations

import numpy as np

from ntm_rules.plan.choosing import ChoosingProblem
from ntm_rules.text_columns import Ints


def yearly_work(problem: ChoosingProblem, when: Ints) -> Ints:
    """Return what each agency does for each commune in each year: what is due first is done first, never idle.

    Shape (communes, agencies, years). Of communes due in one year that with the least effort first.
    """
    done = np.zeros((*problem.efforts.shape, len(problem.years)), np.int64)
    left = problem.capacity.copy()
    chosen = [at for at in np.lexsort((problem.total, when)).tolist() if when[at]]
    for agency in range(problem.efforts.shape[1]):
        for commune in chosen:
            rest = int(problem.efforts[commune, agency])
            for at in range(len(problem.years)):
                part = min(rest, int(left[agency, at]))
                done[commune, agency, at] = part
                left[agency, at] -= part
                rest -= part
                if not rest:
                    break
    return done
