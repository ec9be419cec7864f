"""The last evening before a deadline: 36 communes, 17 agencies, 200 people at once, against `ntm web serve` on SQLite.

Each of the people looks at a page or saves a figure, thinks for a while, and goes on; what is measured is what they wait for.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from benchmarks.inputs import ROOT
from benchmarks.options import Options
from benchmarks.tables import Aim, Section, Table, duration
from tests.web.visiting import Visitor, served

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
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from ntm_rules.web.laws import law_in_force
law = law_in_force(round_)
people = []
for person in Person.objects.order_by("username"):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    people.append([person.username, session.session_key])
shares = [m.id for m in law.rules.measures.values() if m.counted is not None and m.traits.quantity]
print(json.dumps({"people": people, "shares": shares, "round": round_.pk,
                  "dossiers": {d.commune: d.pk for d in round_.dossiers.all()}}))
"""
"""Makes the practice installation, every dossier open, everybody signed in already."""


class Waited(NamedTuple):
    """What somebody waited for."""

    what: str
    seconds: float
    status: int


def run(options: Options) -> Section:
    """Let 200 people work for a minute; then time the matrix page by itself."""
    if find_spec("django") is None:
        return Section(TITLE, [], ["left out: the extra `web` is not installed"])
    people, seconds = (20, 5.0) if options.quick else (PEOPLE, SECONDS)
    with tempfile.TemporaryDirectory(prefix="ntm-bench-") as temporary:
        folder = Path(temporary) / "ntm-web"
        said = subprocess.run(
            [sys.executable, "-c", SETTING_UP, str(folder)], cwd=ROOT, check=True, capture_output=True, text=True
        )
        place = json.loads(said.stdout.splitlines()[-1])
        with served(folder) as server:
            waited = _worked(server.port, place, people, seconds)
            matrix = _matrix(server.port, place)
    rows = []
    p95: dict[str, float] = {}
    for what in ("page", "save"):
        times = sorted(one.seconds for one in waited if one.what == what)
        p95[what] = times[int(len(times) * 0.95)]
        rows.append(
            [what, str(len(times)), duration(statistics.median(times)), duration(p95[what]), duration(times[-1])]
        )
    rows.append(["matrix of 36 communes, alone", str(len(matrix)), duration(statistics.median(matrix)),
                 duration(sorted(matrix)[int(len(matrix) * 0.95)]), duration(max(matrix))])  # fmt: skip
    errors = sum(one.status not in (200, 302) for one in waited)
    remarks = [
        f"{people} people for {seconds:.0f} s, {len(waited) / seconds:.1f} pages and savings a second; "
        f"{THINKING[0]:.0f} to {THINKING[1]:.0f} s between what one does and the next; {errors} errors",
        "one process of `ntm web serve` on SQLite, the people in another process of the same machine",
    ]
    aims = [
        Aim("a page, p95", 300.0, p95["page"] * 1000, "ms"),
        Aim("a saved figure, p95", 150.0, p95["save"] * 1000, "ms"),
        Aim("the matrix page, median", 150.0, statistics.median(matrix) * 1000, "ms"),
        Aim("errors", 0.0, float(errors), ""),
    ]
    return Section(TITLE, [Table(["", "times", "median", "p95", "longest"], rows)], remarks, aims)


def _worked(port: int, place: dict[str, object], people: int, seconds: float) -> list[Waited]:
    found: list[Waited] = []
    names = _cast(place, people)
    begins = time.monotonic() + 3
    threads = [
        threading.Thread(target=_work, args=(port, place, name, key, at, begins, seconds, found))
        for at, (name, key) in enumerate(names)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _cast(place: dict[str, object], people: int) -> list[tuple[str, str]]:
    """Return who works: of every commune and agency those who work there, several of each name."""
    held = [(name, key) for name, key in place["people"] if name.startswith(("cb.", "ct.", "cv.", "thuong"))]  # type: ignore[attr-defined]
    return [held[at % len(held)] for at in range(people)]


def _work(
    port: int,
    place: dict[str, object],
    name: str,
    key: str,
    at: int,
    begins: float,
    seconds: float,
    found: list[Waited],
) -> None:
    chance = random.Random(at)
    visitor = Visitor(port)
    visitor.cookies["sessionid"] = key
    time.sleep(max(0.0, begins - time.monotonic()) + chance.random() * THINKING[1])
    commune = name.partition(".")[2]
    dossier = place["dossiers"].get(commune)  # type: ignore[attr-defined]
    visitor.ask("GET", "/mat-khau")  # the token of forms
    edit, versions = 0, dict[str, int]()
    while time.monotonic() < begins + seconds:
        shares = place["shares"]
        before = time.perf_counter()
        if name.startswith("cb.") and chance.random() < 0.7:
            measure, edit = shares[chance.randrange(len(shares))], edit + 1  # type: ignore[index, arg-type]
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
            own = [f"/ho-so/{dossier}", f"/ho-so/{dossier}/muc/8", "/"]
            path = chance.choice(own if dossier else [f"/dot/{place['round']}", "/"])
            answer = visitor.ask("GET", path)
            found.append(Waited("page", time.perf_counter() - before, answer.status))
        time.sleep(chance.uniform(*THINKING))
    visitor.leave()


def _matrix(port: int, place: dict[str, object]) -> list[float]:
    visitor = Visitor(port)
    visitor.cookies["sessionid"] = dict(place["people"])["thuong-truc"]  # type: ignore[call-overload]
    times = []
    for _turn in range(21):
        before = time.perf_counter()
        answer = visitor.ask("GET", f"/dot/{place['round']}")
        times.append(time.perf_counter() - before)
        if answer.status != 200:
            raise SystemExit(f"the matrix page answered {answer.status}")
    return times[1:]
