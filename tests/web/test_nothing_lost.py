"""Nothing acknowledged is lost: many who write at once, a server that is killed, a disk that is full."""

from __future__ import annotations

import http.client
import random
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.web.conftest import PASSWORD
from tests.web.databases import fresh_postgresql, standing_on
from tests.web.visiting import Answer, Server, Visitor, nursery, served

pytestmark = [
    pytest.mark.long,  # servers of their own, some twenty to forty seconds each
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL and no limit of a file's size"),
]
WRITERS, EDITS, KILLS = 8, 100, 50
COMMUNE, OFFICER = "03390", "cb.03390"
"""Its dossier is empty in the practice round."""
SHARED = "household_waste_treated_share"
OWN = (
    "commune_roads_to_standard_share", "commune_roads_with_trees_share", "village_roads_hardened_share",
    "households_safe_electricity_share", "residential_areas_covered_share", "production_areas_covered_share",
    "good_farming_households_share", "solid_houses_share",
)  # fmt: skip


class Place(NamedTuple):
    """An installation of one test, and how its database is named."""

    folder: Path
    settings: dict[str, Any]
    environment: dict[str, str]


@pytest.fixture
def place(backup_of_practice: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """The practice installation again, in a folder and a database of its own."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield made_again(backup_of_practice, tmp_path / "ntm-web")
    else:
        with fresh_postgresql() as address:
            yield made_again(backup_of_practice, tmp_path / "ntm-web", address)


def made_again(backup: Path, folder: Path, address: str = "") -> Place:
    from ntm_rules.web.backup import opened_backup
    from ntm_rules.web.configured import set_up
    from ntm_rules.web.databases import database_said, settings_of_database
    from ntm_rules.web.restoring import fill

    set_up(folder)
    settings = settings_of_database(database_said({"url": address} if address else {}, folder), folder)
    archive, manifest = opened_backup(backup)
    with archive, standing_on(settings):
        fill(archive, manifest)
    return Place(folder, settings, {"NTM_WEB_DATABASE": address} if address else {})


def kept(place: Place) -> dict[tuple[str, int], tuple[str, str]]:
    """Return (measure, version) -> (value, note) of all that is saved, once the records are found whole."""
    from ntm_rules.web.models import Dossier, Figure
    from ntm_rules.web.verifying import verified

    with standing_on(place.settings):
        assert verified().faults == []
        dossier = Dossier.objects.get(commune=COMMUNE)
        return {
            (figure.measure, figure.version): (figure.value, figure.note)
            for figure in Figure.objects.filter(dossier=dossier)
        }


def number_of(place: Place) -> int:
    from ntm_rules.web.models import Dossier

    with standing_on(place.settings):
        found: int = Dossier.objects.get(commune=COMMUNE).pk
        return found


class Writer(threading.Thread):
    """An officer who enters figures, and remembers what the server acknowledged."""

    def __init__(self, name: str, port: int, dossier: int, measures: tuple[str, ...], edits: int = 10**9) -> None:
        super().__init__(name=name)
        self.visitor, self.dossier, self.measures, self.edits = Visitor(port), dossier, measures, edits
        self.port, self.ended = port, threading.Event()
        self.acknowledged: dict[tuple[str, int], tuple[str, str]] = {}
        self.conflicts = self.sent_again = 0
        self.wrong: list[object] = []
        self.visitor.sign_in(OFFICER, PASSWORD)

    def run(self) -> None:
        versions = dict.fromkeys(self.measures, 0)
        try:
            for edit in range(self.edits):
                if self.ended.is_set():
                    break
                measure = self.measures[edit % len(self.measures)]
                versions[measure] = self.saved(measure, versions[measure], str(10 + edit % 80), f"{self.name}-{edit}")
        except Exception as error:  # noqa: BLE001 - told to the test, which fails
            self.wrong.append(error)
        finally:
            self.visitor.leave()

    def saved(self, measure: str, base: int, value: str, note: str) -> int:
        """Save a figure as the browser does, until it is: a lost answer is asked for again, a conflict decided."""
        key, keys = f"{note}-{measure}"[:60], 0
        while not self.ended.is_set():
            answer = self.answered(measure, {"value": value, "note": note, "base": base, "key": f"{key}{keys}"})
            if answer is None:
                continue
            if answer.status != 200:
                self.wrong.append(answer)
                return base
            said = answer.json
            if said["state"] == "saved":
                self.acknowledged[measure, said["version"]] = (value, note)
                return int(said["version"])
            assert said["state"] == "conflict", said
            assert said["theirs"]["cells"]["note"] != note
            self.conflicts += 1
            base, keys = said["version"], keys + 1
        return base

    def answered(self, measure: str, said: dict[str, object]) -> Answer | None:
        """Return what the server answers; None: it is away."""
        try:
            if self.visitor.port != self.port:
                self.visitor.leave()
                self.visitor.port = self.port
            return self.visitor.ask("POST", f"/ho-so/{self.dossier}/so-lieu/{measure}", said)
        except (OSError, http.client.HTTPException):
            self.sent_again += 1
            time.sleep(0.01)
            return None


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_of_eight_who_write_a_hundred_times_at_once_nothing_is_lost(place: Place) -> None:
    """Each in a figure of their own and one of all: who comes second is shown the other's value and chooses."""
    with served(place.folder, **place.environment) as server:
        dossier = number_of(place)
        figures = [(SHARED, OWN[at], OWN[at], OWN[at]) for at in range(WRITERS)]
        writers = [Writer(f"w{at}", server.port, dossier, figures[at], EDITS) for at in range(WRITERS)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(120)
    acknowledged = {key: said for writer in writers for key, said in writer.acknowledged.items()}
    assert [writer.wrong for writer in writers] == [[]] * WRITERS
    assert sum(len(writer.acknowledged) for writer in writers) == len(acknowledged) == WRITERS * EDITS
    assert kept(place) == acknowledged
    assert sum(writer.conflicts for writer in writers) > 0
    assert {version for measure, version in acknowledged if measure == SHARED} == set(
        range(1, WRITERS * EDITS // 4 + 1)
    )


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_a_server_that_is_killed_has_kept_all_that_it_acknowledged(place: Place) -> None:
    """Fifty times in the midst of writing; what got no answer is sent again and is saved once."""
    chance = random.Random(50)
    acknowledged: dict[tuple[str, int], tuple[str, str]] = {}
    dossier, writers = number_of(place), list[Writer]()

    def killed(server: Server) -> None:
        before = sum(len(writer.acknowledged) for writer in writers)
        for writer in writers:
            writer.port = server.port
        until = time.monotonic() + 60
        while sum(len(writer.acknowledged) for writer in writers) < before + 2:
            assert time.monotonic() < until
            time.sleep(0.005)
        time.sleep(chance.random() / 10)
        server.kill()

    with nursery(place.folder, **place.environment) as another:
        for turn in range(KILLS):
            if turn % 25 == 0:
                with served(place.folder, **place.environment) as server:  # by its own command
                    if not writers:
                        writers += [Writer(f"k{at}", server.port, dossier, (OWN[at], OWN[at + 4])) for at in range(4)]
                        for writer in writers:
                            writer.start()
                    killed(server)
            else:
                killed(another())
        last = another()
        for writer in writers:
            writer.port = last.port
        time.sleep(1)
        for writer in writers:
            writer.ended.set()
        for writer in writers:
            writer.join(60)
            acknowledged |= writer.acknowledged
    saved = kept(place)
    assert [writer.wrong for writer in writers] == [[]] * len(writers)
    assert sum(writer.sent_again for writer in writers) >= KILLS / 2
    assert sum(writer.conflicts for writer in writers) == 0
    assert len(acknowledged) > 2 * KILLS
    assert {key: saved[key] for key in acknowledged} == acknowledged
    assert len(saved) <= len(acknowledged) + len(writers)
    assert len({note for _value, note in saved.values()}) == len(saved)


def test_a_full_disk_is_said_and_takes_nothing_away(place: Place) -> None:
    """No file may grow beyond what the database is now: the log beside it fills up while figures are entered."""
    database = place.folder / "ntm.sqlite3"
    largest = database.stat().st_size + 65536
    with served(place.folder, largest) as server:
        writer = Writer("full", server.port, number_of(place), (SHARED, *OWN), 2000)
        writer.start()
        until = time.monotonic() + 60
        while not writer.wrong and time.monotonic() < until:
            time.sleep(0.05)
        writer.ended.set()
        writer.join(30)
        refused = writer.wrong[0]
        assert isinstance(refused, Answer)
        assert (refused.status, "đĩa của máy chủ đã đầy" in refused.body) == (503, True)
        assert len(writer.acknowledged) > 10
        assert writer.visitor.ask("GET", f"/ho-so/{writer.dossier}/muc/8").status == 200
    assert kept(place) == writer.acknowledged
    with served(place.folder) as server:
        later = Writer("later", server.port, writer.dossier, (SHARED,), 1)
        later.run()
        assert later.wrong == []
        assert later.conflicts == 1
    assert kept(place) == writer.acknowledged | later.acknowledged
