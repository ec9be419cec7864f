"""The whole country on PostgreSQL: 3,321 dossiers of 34 provinces, and ever more people until what they wait for is too long."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from benchmarks.inputs import ROOT
from benchmarks.options import Options
from benchmarks.tables import Section, Table, duration
from benchmarks.web_load import THINKING, Evening, p95, processor, ready, worked
from benchmarks.workbooks import write_criteria
from tests.web.databases import VARIABLE
from tests.web.visiting import Server, Visitor, served

TITLE = "The web application for the whole country"
PROVINCES = 34
STEPS, SECONDS = (100, 200, 400, 800), 30.0
"""Ever more people, each step for so long; one process keeps 900 connections at most."""
LIMITS = {"page": 0.300, "save": 0.150}
SETTING_UP = """
import datetime as dt, json, random, sys
from pathlib import Path
from ntm_rules.web.installing import made
folder, criteria, communes, provinces, people = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6])
made(folder)
from django.db import connection, transaction
from django.utils import timezone
from benchmarks.web_people import shares_of, signed_in
from ntm_rules.appraisal.entries import CELLS
from ntm_rules.appraisal.roles import Role
from ntm_rules.web.invented import invented_entries
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models import Dossier, Figure, Person, RoleHeld, Round
from ntm_rules.web.opening import RoundAsked, open_round
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
register = open_rulebook(LawAsked(criteria, [])).for_year(2026).communes
codes = [unit.code for unit in register.within()][-communes:]
parts = [codes[at::provinces] for at in range(provinces)]
office = Person(username="thuong-truc", full_name="Thường trực (bịa)", password="!")
office.save()
RoleHeld(person=office, role=Role.COORDINATOR.value).save()
day = dt.date(2026, 12, 31)
first = open_round(office, RoundAsked("1", 2026, criteria, day, illustrative=True, communes=",".join(parts[0])))
law = law_in_force(first)
patterns = [invented_entries(law, str(seed)) for seed in range(40)]
officers = Person.objects.bulk_create(
    (Person(username=f"cb.{code}", full_name=f"Công chức {code} (bịa)", password="!") for code in codes), 1000)
RoleHeld.objects.bulk_create(
    (RoleHeld(person=one, role=Role.COMMUNE_OFFICER.value, place=code) for one, code in zip(officers, codes)), 1000)
by, now = dict(zip(codes, officers)), timezone.now()
for number, part in enumerate(parts):
    with transaction.atomic():
        one = first
        if number:
            one = Round(title=str(number + 1), year=2026, law=first.law, rules_sha256=first.rules_sha256, submit_by=day,
                        illustrative=True, opened_by=office)
            one.save()
            Dossier.objects.bulk_create(Dossier(round=one, commune=code) for code in part)
        Figure.objects.bulk_create(
            (Figure(dossier=dossier, by=by[dossier.commune], at=now, measure=measure, version=1, way="form",
                    key=f"{dossier.pk}:{measure}", **{cell: getattr(entry, cell) for cell in CELLS})
             for dossier in one.dossiers.all()
             for measure, entry in patterns[int(dossier.commune) % len(patterns)].items()), 2000)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
chosen = random.Random(1).sample(officers, people)
print(json.dumps({"people": signed_in([office, *chosen]), "shares": shares_of(law.rules), "round": first.pk,
                  "figures": Figure.objects.count(), "dossiers": dict(Dossier.objects.values_list("commune", "pk"))}))
"""
"""Makes rounds that pinned one law, each with the communes of a province, every figure invented, officers signed in."""


def run(options: Options) -> Section:
    """Fill the database; let ever more people work."""
    if find_spec("django") is None or find_spec("psycopg") is None or VARIABLE not in os.environ:
        return Section(
            TITLE,
            [],
            ["left out: it needs the extras `web` and `postgresql`, and `.ci/with-postgresql` before the command"],
        )
    communes, steps, seconds, thinking = options.communes, STEPS, SECONDS, THINKING
    if options.quick:
        steps, seconds, thinking = (5, 10), 3.0, (0.3, 0.7)
    rows, each, holds = list[list[str]](), list[float](), 0
    with tempfile.TemporaryDirectory(prefix="ntm-bench-") as temporary, _database() as address:
        folder, criteria = Path(temporary) / "ntm-web", Path(temporary) / "criteria"
        write_criteria(criteria, communes)
        place = _filled(folder, criteria, communes, max(steps), address)
        with served(folder, NTM_WEB_DATABASE=address) as server:
            Visitor(server.port).ask("GET", "/dang-nhap")
            for people in steps:
                step = _step(server, place, Evening(people, seconds, thinking))
                rows.append(step.row)
                each.append(step.took)
                holds = people if step.held and holds == (steps[len(rows) - 2] if len(rows) > 1 else 0) else holds
            memory = _memory(server.pid)
    remarks = [
        f"{communes} dossiers of {PROVINCES} provinces, {place['figures']} figures, one process of `ntm web serve`, PostgreSQL and the "
        f"people on the same machine; each of them waits {thinking[0]:g} to {thinking[1]:g} s between what they do",
        f"the knee: {holds} people at once within 300 ms a page and 150 ms a saving (p95); memory of the process {memory} MB",
        f"a core of its own would serve {1 / min(each):.0f} pages and savings a second, those of {sum(thinking) / 2 / min(each):.0f} such "
        "people, by the processor time of the best step; for more, more processes stand on the same PostgreSQL",
    ]
    heads = [
        "people at once",
        "pages and savings a second",
        "page, p95",
        "saving, p95",
        "errors",
        "processor, a page",
        "load",
    ]
    return Section(TITLE, [Table(heads, rows)], remarks)


class Step(NamedTuple):
    """So many people at work."""

    row: list[str]
    took: float
    """Seconds of the server's processor time for what one of them does."""
    held: bool
    """Nobody waited too long."""


def _step(server: Server, place: dict[str, Any], evening: Evening) -> Step:
    """Let some people work."""
    before, stood = processor(server.pid), ready(server.pid)
    waited = worked(server.port, place, evening)
    took, stood = processor(server.pid) - before, ready(server.pid) - stood
    errors = sum(one.status not in (200, 302) for one in waited)
    found = {what: p95(sorted(one.seconds for one in waited if one.what == what)) for what in LIMITS}
    row = [
        str(evening.people), f"{len(waited) / evening.seconds:.1f}", duration(found["page"]), duration(found["save"]), str(errors),
        f"{took / len(waited) * 1000:.0f} ms", f"{os.getloadavg()[0]:.1f}; {stood:.1f} s without a processor",
    ]  # fmt: skip
    held = not errors and all(found[what] <= limit for what, limit in LIMITS.items())
    return Step(row, took / len(waited), held)


@contextmanager
def _database() -> Iterator[str]:
    """Make an empty database; its address."""
    import psycopg

    server, name = urlsplit(os.environ[VARIABLE]), f"ntm_{secrets.token_hex(6)}"
    with psycopg.connect(os.environ[VARIABLE], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(server._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _filled(folder: Path, criteria: Path, communes: int, people: int, address: str) -> dict[str, Any]:
    words = [str(each) for each in (folder, criteria, communes, min(PROVINCES, communes), people)]
    said = subprocess.run(
        [sys.executable, "-c", SETTING_UP, *words], cwd=ROOT, check=True, capture_output=True, text=True,
        env=os.environ | {"NTM_WEB_DATABASE": address},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


def _memory(pid: int) -> int:
    """Return the megabytes that a process holds."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in told.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024
