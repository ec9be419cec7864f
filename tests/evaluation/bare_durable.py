"""What durable-rules 2.0.28 does when it is used as its own documentation shows: each hazard, shown alone.

`python -m tests.evaluation.bare_durable NAME` prints what happened as JSON. Each runs in a process of
its own, so that timer threads, corrupted sessions or a crash stay there. `test_rete_hazards.py` runs
them, then shows the same thing absent from `ntm_rules`.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any


def main(name: str) -> None:
    sys.stdout.write(json.dumps(HAZARDS[name]()))


def Host(rulesets: dict[str, Any]) -> Any:  # noqa: N802 - the library's own name
    """The library's host; imported here, so that this module loads where the library is not installed."""
    from durable import engine

    return engine.Host(rulesets)


def host(condition: dict[str, Any], run: Any) -> Any:
    """A host with one rule."""
    return Host({"rules": {"rule": {"all": [{"m": condition}], "run": run}}})


def answer(call: Any, *arguments: Any) -> str:
    """The name of the exception that a call raises, or "taken"."""
    try:
        call(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever comes is what we look at
        return type(error).__name__
    return "taken"


def megabytes() -> float:
    """The memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


def strings_against_numbers() -> Any:
    """Which of these shares reach 80?"""
    reached: list[Any] = []
    rules = host({"$gte": {"share": 80}}, lambda c: reached.append(c.m.share))
    for share in ("abc", "9", 79, 80):
        answer(rules.post, "rules", {"share": share})
    return reached


def exponents() -> Any:
    """Each share alone, then three in one call: which are seen?"""
    alone: list[Any] = []
    rules = host({"$gte": {"share": 0}}, lambda c: alone.append(c.m.share))
    answers = [answer(rules.post, "rules", {"share": share}) for share in (0.5, 0.0000001)]
    together: list[Any] = []
    rules = host({"$gte": {"share": 0}}, lambda c: together.append(c.m.share))
    answers.append(answer(rules.assert_facts, "rules", [{"share": 1}, {"share": 0.0000001}, {"share": 2}]))
    return {"alone": alone, "answers": answers, "together": together}


def collision_of_ids() -> Any:
    """Two requirements that are not met: which does the rule see?"""
    seen: list[str] = []
    rules = host({"verdict": "NOT_MET"}, lambda c: seen.append(c.m.id))
    answers = [answer(rules.assert_fact, "rules", {"id": id_, "verdict": "NOT_MET"}) for id_ in ("10.31.a", "9.89.ii")]
    return {"seen": seen, "answers": answers}


def collision_of_contents() -> Any:
    """The same without ids of our own: the library makes them of the contents."""
    seen: list[str] = []
    rules = host({"verdict": "NO_DATA"}, lambda c: seen.append(c.m.requirement))
    answers = [
        answer(rules.assert_fact, "rules", {"requirement": id_, "verdict": "NO_DATA"}) for id_ in ("17.14.h", "56.12.c")
    ]
    return {"seen": seen, "answers": answers}


def collision_of_sessions() -> Any:
    """Two communes in sessions of their own, half a rule's condition in each: does it fire?"""
    fired: list[list[str]] = []
    both = [{"a": {"part": "first"}}, {"b": {"part": "second"}}]
    rules = Host({"rules": {"rule": {"all": both, "run": lambda c: fired.append([c.a.sid, c.b.sid])}}})
    answer(rules.assert_fact, "rules", {"sid": "10.31.a", "part": "first"})
    answer(rules.assert_fact, "rules", {"sid": "9.89.ii", "part": "second"})
    return fired


def sessions() -> Any:
    """A session for each of 1,030 communes: how many are judged, and what do the others get?"""
    judged: list[str] = []
    rules = host({"verdict": "MET"}, lambda c: judged.append(c.m.sid))
    answers = [answer(rules.assert_fact, "rules", {"sid": f"commune {n}", "verdict": "MET"}) for n in range(1030)]
    return {
        "judged": len(judged),
        "first refused": answers.index("MemoryError") + 1,
        "refused": answers.count("MemoryError"),
    }


def memory() -> Any:
    """45 rules, 300 communes: megabytes that each session holds on to."""
    rules = Host(
        {
            "rules": {
                f"rule {n}": {"all": [{"m": {"$and": [{"node": f"n{n}"}, {"verdict": "MET"}]}}], "run": lambda c: None}
                for n in range(45)
            }
        }
    )
    before = megabytes()
    for n in range(300):
        rules.assert_fact("rules", {"sid": f"commune {n}", "node": "n1", "verdict": "MET"})
    return (megabytes() - before) / 300


def swallowed() -> Any:
    """An action that raises: what does the caller get?"""

    def action(c: Any) -> None:
        raise ValueError("the action failed")

    rules = host({"verdict": "MET"}, action)
    return {"answer": answer(rules.post, "rules", {"verdict": "MET"}), "state": rules.get_state("rules")["exception"]}


def timers() -> Any:
    """Threads before a host is made, and after."""
    before = threading.active_count()
    host({"verdict": "MET"}, lambda c: None)
    time.sleep(0.2)
    return [before, threading.active_count()]


def one_name_twice() -> Any:
    """A second set of the same name, and a way to be rid of the first."""
    rules = host({"verdict": "MET"}, lambda c: None)
    second = {"rules": {"rule": {"all": [{"m": {"verdict": "NOT_MET"}}], "run": lambda c: None}}}
    try:
        rules.register_rulesets(second)
    except Exception as error:  # noqa: BLE001 - the library raises no narrower one
        said = str(error)
    return {"said": said, "ways out": [name for name in dir(rules) if "delete_ruleset" in name or "unregister" in name]}


def two_threads() -> Any:
    """Two threads assert 200 facts each: how many calls come back before their rule has run?"""
    ran: set[str] = set()
    early = [0]

    def action(c: Any) -> None:
        time.sleep(0.0001)
        ran.add(c.m.node)

    rules = host({"verdict": "MET"}, action)

    def work(name: str) -> None:
        for n in range(200):
            rules.assert_fact("rules", {"node": f"{name}{n}", "verdict": "MET"})
            early[0] += f"{name}{n}" not in ran

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return early[0]


def many_conditions() -> Any:
    """A rule of 16 conditions, and one of 17: how does each end?"""
    return {size: _conditions(size) for size in (16, 17)}


def _conditions(size: int) -> Any:
    fired: list[int] = []
    conditions = [{f"c{n}": {"node": f"n{n}"}} for n in range(size)]
    rules = Host({"rules": {"rule": {"all": conditions, "run": lambda c: fired.append(size)}}})
    answers = [answer(rules.assert_fact, "rules", {"node": f"n{n}"}) for n in range(size)]
    return {"fired": len(fired), "last answer": answers[-1]}


HAZARDS = {
    demonstration.__name__: demonstration
    for demonstration in (
        strings_against_numbers,
        exponents,
        collision_of_ids,
        collision_of_contents,
        collision_of_sessions,
        sessions,
        memory,
        swallowed,
        timers,
        one_name_twice,
        two_threads,
        many_conditions,
    )
}

if __name__ == "__main__":
    main(sys.argv[1])
