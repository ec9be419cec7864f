"""The last evening before a deadline: 36 communes, 17 agencies, 200 people at once, against `ntm web serve` on SQLite.

Each of the people looks at a page or saves a figure, thinks for a while, and goes on; what is measured is what they wait for.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.inputs import ROOT
from benchmarks.options import Options
from benchmarks.tables import Aim, Section, Table, duration
from tests.web.visiting import Server, Visitor, served

TITLE = "The web application under load"
PEOPLE, SECONDS = 200, 60.0
THINKING = (6.0, 14.0)
"""Seconds between what one of them does and the next."""
SETTING_UP = """
import datetime as dt, json, sys
from pathlib import Path
from ntm_rules.web.installing import made
made(Path(sys.argv[1]))
from ntm_rules.web.practice import practise
from ntm_rules.web.models import Dossier, Person
round_, _logins = practise(2026, "mot-mat-khau-dai", dt.date.today())
Dossier.objects.update(state="open")
from benchmarks.web_people import shares_of, signed_in
from ntm_rules.web.laws import law_in_force
people, shares = signed_in(Person.objects.order_by("username")), shares_of(law_in_force(round_).rules)
print(json.dumps({"people": people, "shares": shares, "round": round_.pk,
                  "dossiers": {d.commune: d.pk for d in round_.dossiers.all()}}))
"""
"""Makes the practice installation, every dossier open, everybody signed in already."""


class Waited(NamedTuple):
    """What somebody waited for."""

    what: str
    seconds: float
    status: int


class Evening(NamedTuple):
    """Who works, for how long, and how fast."""

    people: int
    seconds: float
    thinking: tuple[float, float]


def run(options: Options) -> Section:
    """Let 200 people work for a minute; then time the matrix page by itself."""
    if find_spec("django") is None:
        return Section(TITLE, [], ["left out: the extra `web` is not installed"])
    evening = Evening(20, 5.0, (0.3, 0.7)) if options.quick else Evening(PEOPLE, SECONDS, THINKING)
    with tempfile.TemporaryDirectory(prefix="ntm-bench-") as temporary:
        folder = Path(temporary) / "ntm-web"
        said = subprocess.run(
            [sys.executable, "-c", SETTING_UP, str(folder)], cwd=ROOT, check=True, capture_output=True, text=True
        )
        place = json.loads(said.stdout.splitlines()[-1])
        with served(folder) as server:
            Visitor(server.port).ask("GET", "/dang-nhap")
            before, stood, load = processor(server.pid), ready(server.pid), os.getloadavg()[0]
            waited = worked(server.port, place, evening)
            took, stood, others = processor(server.pid) - before, ready(server.pid) - stood, (load, os.getloadavg()[0])
            matrix, matrix_worked = _matrix(server, place)
    times = {what: sorted(one.seconds for one in waited if one.what == what) for what in ("page", "save")}
    times["matrix of 36 communes, alone"] = sorted(matrix)
    rows = [
        [what, str(len(held)), duration(statistics.median(held)), duration(p95(held)), duration(held[-1])]
        for what, held in times.items()
    ]
    errors = sum(one.status not in (200, 302) for one in waited)
    remarks = [
        f"{evening.people} people for {evening.seconds:.0f} s, {len(waited) / evening.seconds:.1f} pages and savings a second, "
        f"{evening.thinking[0]:g} to {evening.thinking[1]:g} s between what one does and the next; {errors} errors",
        f"the server's own processor time: {took / len(waited) * 1000:.0f} ms a page or saving, {matrix_worked * 1000:.0f} ms a matrix "
        "page; the rest is waiting for the processor and the disk",
        f"other work on the machine: load {others[0]:.1f} before and {others[1]:.1f} after; the server stood ready {stood:.1f} s "
        "without getting a processor, over all its threads",
        "one process of `ntm web serve` on SQLite, the people in another process of the same machine",
    ]
    aims = [
        Aim("a page, p95", 300.0, p95(times["page"]) * 1000, "ms"),
        Aim("a saved figure, p95", 150.0, p95(times["save"]) * 1000, "ms"),
        Aim("the matrix page, processor time of the server", 150.0, matrix_worked * 1000, "ms"),
        Aim("errors", 0.0, float(errors), ""),
    ]
    return Section(TITLE, [Table(["", "times", "median", "p95", "longest"], rows)], remarks, aims)


def p95(times: list[float]) -> float:
    """Return what nineteen of twenty wait for at most; `times`: sorted."""
    return times[int(len(times) * 0.95)]


def processor(pid: int) -> float:
    """Return the seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ready(pid: int) -> float:
    """Return the seconds for which the threads of a process could have worked and had no processor; 0 where nobody tells."""
    told = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(path.read_text(encoding="ascii").split()[1]) for path in told) / 1e9


def worked(port: int, place: dict[str, Any], evening: Evening) -> list[Waited]:
    """Let all of them work; return what each waited for."""
    found: list[Waited] = []
    begins = time.monotonic() + 3
    threads = [
        threading.Thread(target=_work, args=(Visitor(port), place, name, key, at, begins, evening, found))
        for at, (name, key) in enumerate(_cast(place, evening.people))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _cast(place: dict[str, Any], people: int) -> list[tuple[str, str]]:
    """Return who works: of every commune and agency those who work there, several of each name."""
    held = [(name, key) for name, key in place["people"] if name.startswith(("cb.", "ct.", "cv.", "thuong"))]
    return [held[at % len(held)] for at in range(people)]


def _work(
    visitor: Visitor,
    place: dict[str, Any],
    name: str,
    key: str,
    at: int,
    begins: float,
    evening: Evening,
    found: list[Waited],
) -> None:
    """Be one of them for the evening."""
    chance = random.Random(at)
    visitor.cookies["sessionid"] = key
    dossier = place["dossiers"].get(name.partition(".")[2])
    pages = [f"/ho-so/{dossier}", f"/ho-so/{dossier}/muc/8", "/"] if dossier else [f"/dot/{place['round']}", "/"]
    visitor.ask("GET", "/mat-khau")  # the token of forms
    time.sleep(max(0.0, begins - time.monotonic()) + chance.random() * evening.thinking[1])
    edit, versions = 0, dict[str, int]()
    while time.monotonic() < begins + evening.seconds:
        before = time.perf_counter()
        if name.startswith("cb.") and chance.random() < 0.7:
            measure, edit = chance.choice(place["shares"]), edit + 1
            form = {
                "value": str(10 + edit % 80),
                "note": f"{at}-{edit}",
                "base": versions.get(measure, 1),
                "key": f"{at}-{edit}",
            }
            answer = visitor.ask("POST", f"/ho-so/{dossier}/so-lieu/{measure}", form)
            versions[measure] = answer.json["version"] if answer.status == 200 else 1
            found.append(Waited("save", time.perf_counter() - before, answer.status))
        else:
            answer = visitor.ask("GET", chance.choice(pages))
            found.append(Waited("page", time.perf_counter() - before, answer.status))
        time.sleep(chance.uniform(*evening.thinking))
    visitor.leave()


def _matrix(server: Server, place: dict[str, Any]) -> tuple[list[float], float]:
    """Return what one waits for the matrix page, twenty times, and the processor time of each in the mean."""
    visitor = Visitor(server.port)
    visitor.cookies["sessionid"] = dict(place["people"])["thuong-truc"]
    path, times = f"/dot/{place['round']}", []
    visitor.ask("GET", path)
    before = processor(server.pid)
    for _turn in range(20):
        start = time.perf_counter()
        answer = visitor.ask("GET", path)
        times.append(time.perf_counter() - start)
        if answer.status != 200:
            raise SystemExit(f"the matrix page answered {answer.status}")
    return times, (processor(server.pid) - before) / len(times)
