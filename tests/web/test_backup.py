"""A backup is one file; laid out again, on either database and by a later version, matrix, log and files are the same."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.errors import NtmError
from tests.web.conftest import PASSWORD, Practice
from tests.web.databases import fresh_postgresql, standing_on

pytest.importorskip("django", reason="the extra web is not installed")

EARLIER = Path(__file__).parent / "fixtures" / "backup-0.3.0.ntmz"
"""A round of one commune with an evidence file, made by 0.3.0 and kept as it is; all of it is invented."""
EVIDENCE = "cfa3181c1ee36e8bce5e39f84959f4558ea7ba32c0e4539a8ab3c8ce8c716ec6"


def ntm(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own: Django knows one installation a process."""
    return subprocess.run(
        [sys.executable, "-m", "ntm_rules", *map(str, words), "--lang", "en"],
        capture_output=True, text=True, encoding="utf-8", env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
    )  # fmt: skip


def matrix() -> dict[str, list[tuple[str, str]]]:
    """Return what every commune comes to, indicator by indicator."""
    from ntm_rules.web.models import Round
    from ntm_rules.web.views.standings import all_stood

    return {
        one.dossier.commune: [(part.id, part.verdict.name) for criterion in one.judged.result.children
                              for part in criterion.children]
        for round_ in Round.objects.all() for one in all_stood(round_)
    }  # fmt: skip


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table that is kept."""
    from ntm_rules.web.backup import _line, models_kept

    return {
        model._meta.model_name: [json.loads(_line(row)) for row in model._base_manager.order_by("pk")]
        for model in models_kept()
    }


@contextlib.contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    from django.test import override_settings

    from ntm_rules.web.configured import installation
    from ntm_rules.web.databases import settings_of_database

    one = installation(folder)
    with override_settings(NTM=one), standing_on(settings_of_database(one.database, folder)):
        yield


def test_what_is_restored_is_what_was_there_on_both_databases(
    made: Practice, backup_of_practice: Path, on_postgresql: dict[str, Any], tmp_path: Path
) -> None:
    """SQLite -> file -> PostgreSQL -> file -> SQLite: every row of every table, and what the communes come to."""
    from ntm_rules.web.backup import back_up, opened_backup
    from ntm_rules.web.configured import installation
    from ntm_rules.web.verifying import verified

    rows, verdicts, whole = everything(), matrix(), verified()
    assert (len(verdicts), len(rows["event"]) > 2000, whole.faults) == (36, True, [])
    with standing_on(on_postgresql):
        assert everything() == rows
        assert matrix() == verdicts
        assert verified() == whole
        back_up(installation(made.folder), tmp_path / "b.ntmz")
    for file in (backup_of_practice, tmp_path / "b.ntmz"):
        archive, manifest = opened_backup(file)
        archive.close()
        assert manifest.rows == {name: len(found) for name, found in rows.items()}
    assert manifest.members == opened_backup(backup_of_practice)[1].members


@pytest.mark.long
def test_a_backup_of_an_earlier_release_is_restored_by_this_one(tmp_path: Path) -> None:
    """By the command in its own process; the log, the verdicts and the file are those of the day it was made."""
    from ntm_rules.web.events import last
    from ntm_rules.web.evidence_files import fetched
    from ntm_rules.web.models import Dossier, Person
    from ntm_rules.web.verifying import verified
    from ntm_rules.web.views.standings import stood

    folder = tmp_path / "again"
    done = ntm("web", "restore", EARLIER, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "88 events" in done.stdout
    with standing_in(folder):
        assert last() == (88, "ada8ce847a5a33e7544329fca0166ab811a3c5970e4e9ec14587784c6bebad91")
        assert verified().faults == []
        assert fetched(EVIDENCE).startswith(b"%PDF-")
        dossier = Dossier.objects.select_related("round__law").get(commune="03390")
        assert (dossier.state, dossier.version) == ("open", 3)
        verdicts = [criterion.verdict.name for criterion in stood(dossier).judged.result.children]
        assert verdicts == ["NOT_MET"] * 3 + ["MET"] * 2 + ["NOT_MET"] * 3 + ["MET", "NOT_MET"]
        assert Person.objects.get(username="cb.03390").check_password(PASSWORD)
    again = ntm("web", "restore", EARLIER, folder)
    assert (again.returncode, "holds something already" in again.stderr) == (2, True)


@pytest.mark.long
def test_moving_to_postgresql_is_backup_and_restore(tmp_path: Path) -> None:
    """Into the database that the environment names; what is written there next takes the next numbers."""
    from ntm_rules.web.databases import database_said, settings_of_database
    from ntm_rules.web.models import Dossier, Event, Person
    from ntm_rules.web.people import make_person

    with fresh_postgresql() as address:
        folder = tmp_path / "moved"
        done = ntm("web", "restore", EARLIER, folder, NTM_WEB_DATABASE=address)
        assert (done.returncode, done.stderr) == (0, "")
        assert not (folder / "ntm.sqlite3").exists()
        assert "ntm:" not in (folder / "ntm-web.toml").read_text(encoding="utf-8")
        with standing_on(settings_of_database(database_said({"url": address}, folder), folder)):
            assert (Dossier.objects.count(), Event.objects.count()) == (36, 88)
            person = make_person(None, username="moi", full_name="Mới", password="mot-mat-khau-khac")
            assert (person.pk, Event.objects.count()) == (Person.objects.count(), 89)
        again = ntm("web", "restore", EARLIER, tmp_path / "second", NTM_WEB_DATABASE=address)
        assert (again.returncode, "holds an installation already" in again.stderr) == (2, True)
        assert not (tmp_path / "second").exists()


@pytest.mark.long
def test_one_command_moves_to_postgresql_and_loses_nothing(made: Practice, tmp_path: Path) -> None:
    """What the new place holds is what the old one held; the old one stays; a database that holds something is refused."""
    from ntm_rules.web.databases import database_said, settings_of_database

    old, new = tmp_path / "old", tmp_path / "new"
    assert ntm("web", "restore", EARLIER, old).returncode == 0
    kept = {path.relative_to(old): path.read_bytes() for path in old.rglob("*") if path.is_file()}
    with standing_in(old):
        rows, verdicts = everything(), matrix()
    with fresh_postgresql() as address:
        done = ntm("web", "move", new, "--folder", old, "--to", address)
        assert (done.returncode, done.stderr) == (0, "")
        with standing_on(settings_of_database(database_said({"url": address}, new), new)):
            assert (everything(), matrix()) == (rows, verdicts)
        assert ntm("web", "verify", "--folder", new).returncode == 0
        again = ntm("web", "move", tmp_path / "second", "--folder", old, "--to", address)
        assert (again.returncode, "holds an installation already" in again.stderr) == (2, True)
        assert not (tmp_path / "second").exists()
    with standing_in(old):
        assert everything() == rows
    stays = {path: content for path, content in kept.items() if "sqlite" not in path.name}
    assert {path: (old / path).read_bytes() for path in stays} == stays


def test_a_move_that_names_no_database_or_a_folder_that_is_there_is_refused(made: Practice, tmp_path: Path) -> None:
    from ntm_rules.cli.web_records import run_move
    from ntm_rules.web.configured import Installation
    from ntm_rules.web.moving import move

    with pytest.raises(NtmError, match="chưa ghi chuyển sang"):
        run_move(tmp_path / "old", tmp_path / "new", "")
    with pytest.raises(NtmError, match="đã có, chưa chuyển gì"):
        move(Installation(tmp_path), tmp_path, "postgresql://ntm@127.0.0.1/ntm", written=True)


def test_hosts_go_along_and_settings_that_are_there_stay(tmp_path: Path) -> None:
    from ntm_rules.web.backup import Manifest
    from ntm_rules.web.configured import FIRST_SETTINGS, installation, set_up
    from ntm_rules.web.restoring import _settings_of

    set_up(tmp_path)
    assert (tmp_path / "ntm-web.toml").read_text(encoding="utf-8") == FIRST_SETTINGS
    _settings_of(Manifest("", "", (), ("ntm.laichau.gov.vn", 'a"b'), True, 0, "", {}, {}), tmp_path / "ntm-web.toml")
    one = installation(tmp_path)
    assert (one.hosts, one.https) == (("ntm.laichau.gov.vn",), True)


def test_a_backup_overwrites_nothing_and_leaves_no_half_file(made: Practice, tmp_path: Path) -> None:
    from ntm_rules.web.backup import back_up
    from ntm_rules.web.configured import installation

    file = tmp_path / "a.ntmz"
    file.write_text("kept")
    with pytest.raises(NtmError, match="không ghi đè"):
        back_up(installation(made.folder), file)
    assert file.read_text() == "kept"
    with pytest.raises(NtmError, match="Không ghi được"):
        back_up(installation(made.folder), file / "below.ntmz")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ntmz"]


@given(st.data())
def test_a_damaged_backup_is_refused_or_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Cut anywhere, or any byte changed: refused with words; where the byte says nothing, all that is read is the same."""
    from ntm_rules.web.backup import opened_backup

    content = bytearray(EARLIER.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[at:]
    else:
        content[at] ^= data.draw(st.integers(1, 255))
    file = tmp_path_factory.getbasetemp() / "damaged.ntmz"
    file.write_bytes(content)
    try:
        archive, manifest = opened_backup(file)
    except NtmError:
        return
    archive.close()
    sound, known = opened_backup(EARLIER)
    sound.close()
    assert manifest.members == known.members


@pytest.mark.parametrize("name", ["../../etc/passwd", "evidence/../x"])
def test_a_backup_names_no_file_outside_itself(tmp_path: Path, name: str) -> None:
    """Made up whole, with the right hashes: what it names besides rows and evidence is laid out nowhere."""
    from ntm_rules.web.backup import opened_backup
    from ntm_rules.web.restoring import _files

    file = tmp_path / "a.ntmz"
    shutil.copy(EARLIER, file)
    archive, manifest = opened_backup(file)
    with archive:
        members = dict(manifest.members) | {f"evidence/{name}": "0"}
        with pytest.raises(NtmError):
            _files(archive, manifest.__class__(**{**manifest.__dict__, "members": members}), tmp_path / "evidence")


def test_a_backup_of_a_later_version_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    from ntm_rules.web.backup import opened_backup
    from ntm_rules.web.restoring import fill

    archive, manifest = opened_backup(EARLIER)
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "new.sqlite3")}
    later = manifest.__class__(**{**manifest.__dict__, "migrations": (*manifest.migrations, "9999_later")})
    with archive, standing_on(settings), pytest.raises(NtmError, match="phiên bản mới hơn"):
        fill(archive, later)
    with zipfile.ZipFile(EARLIER) as given, zipfile.ZipFile(tmp_path / "b.ntmz", "w") as changed:
        said = json.loads(given.read("manifest.json")) | {"format_version": 2}
        changed.writestr("manifest.json", json.dumps(said))
    with pytest.raises(NtmError, match="phiên bản mới hơn"):
        opened_backup(tmp_path / "b.ntmz")


def test_a_file_that_is_no_zip_is_refused_in_vietnamese_alone(made: Practice, tmp_path: Path) -> None:
    from ntm_rules.web.restoring import restore

    broken = tmp_path / "hong.zip"
    broken.write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(NtmError) as refused:
        restore(broken, tmp_path / "moi")
    assert "không phải tệp ZIP nguyên vẹn" in str(refused.value)
    assert not (tmp_path / "moi").exists()
