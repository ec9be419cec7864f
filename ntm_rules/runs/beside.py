"""A road map solved in a process of its own, while pages are laid out here: loading the solver alone takes a while."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ntm_rules.plan.road_map import RoadMapQuestion
from ntm_rules.plan.solving import Solved, solve

SOLVER = "scipy.optimize"
COMMAND = (sys.executable, "-c", "from ntm_rules.plan.solving import answer; answer()")


@contextmanager
def solved_beside(question: RoadMapQuestion | None) -> Iterator[Callable[[], Solved] | None]:
    """Yield what gives the answer when it is first needed; None where nothing is asked, or the solver is here already.

    Where no process can be had, or it fails, the answer is worked out here.
    """
    if question is None or SOLVER in sys.modules:
        yield None
        return
    asked = pickle.dumps((question.problem, question.tries))
    try:
        process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    except OSError:
        yield None
        return
    said: list[bytes] = []
    thread = threading.Thread(target=lambda: said.append(process.communicate(asked)[0]), daemon=True)
    thread.start()

    def solved() -> Solved:
        thread.join()
        if process.returncode or not said:
            return solve(question.problem, question.tries)
        found: Solved = pickle.loads(said[0])  # nosec B301  # noqa: S301 - from the process that was started here
        return found

    try:
        yield solved
    finally:
        if process.poll() is None:
            process.kill()
        thread.join()
