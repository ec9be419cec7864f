"""The road map in full: how much each agency does for each commune in each year, beside who is done by when.

What the program asks needs none of the amounts of work; this has all of them, for the same solver.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array, kron, tril

from ntm_rules.plan.choosing import ChoosingProblem


def least_effort(problem: ChoosingProblem) -> int | None:
    """Return the least effort that reaches the last aim, or None where it cannot be reached."""
    communes, agencies = problem.efforts.shape
    years, pairs = len(problem.years), problem.efforts.size
    work, done = pairs * years, communes * years
    so_far = kron(eye_array(pairs), csr_array(tril(np.ones((years, years)))))
    each = kron(
        csr_array(problem.efforts.reshape(-1, 1).astype(float) * np.repeat(np.eye(communes), agencies, axis=0)),
        eye_array(years),
    )
    within = kron(csr_array(np.ones((1, communes))), eye_array(agencies * years))
    last = np.zeros((1, done))
    last[0, years - 1 :: years] = 1
    rows = block_array(
        [[so_far, -each], [within, csr_array((agencies * years, done))], [csr_array((1, work)), csr_array(last)]]
    )
    lows = np.concatenate([np.zeros(work), np.full(agencies * years, -np.inf), [problem.aims[-1].communes]])
    tops = np.concatenate([np.full(work, np.inf), problem.capacity[:, :years].ravel() + 0.0, [np.inf]])
    cost = np.concatenate([np.zeros(work), (last[0].reshape(communes, years) * problem.total[:, None]).ravel()])
    bounds = Bounds(0, np.concatenate([np.full(work, np.inf), np.ones(done)]))
    whole = np.concatenate([np.zeros(work), np.ones(done)])
    found = milp(cost, integrality=whole, bounds=bounds, constraints=LinearConstraint(rows.tocsr(), lows, tops))
    if found.x is None:
        return None
    chosen = np.round(found.x[work:]).reshape(communes, years)[:, -1] > 0
    return int(problem.total[chosen].sum())
