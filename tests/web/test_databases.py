"""Which database: the folder's own, or PostgreSQL by settings or environment; what is wrong is said without a password."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("django", reason="the extra web is not installed")

from ntm_rules.errors import NtmError
from ntm_rules.web import databases
from ntm_rules.web.databases import VARIABLE, database_said, settings_of_database

FILE = Path("ntm-web/ntm-web.toml")


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(databases, "find_spec", lambda name: object())


def test_nothing_said_is_sqlite_in_the_folder_written_by_one_at_a_time() -> None:
    settings = settings_of_database(database_said({}, FILE), Path("ntm-web"))
    assert settings["NAME"] == str(Path("ntm-web") / "ntm.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "recursive_triggers=ON" in settings["OPTIONS"]["init_command"]


def test_an_address_names_all_of_it_with_signs_in_the_password() -> None:
    said = database_said({"url": "postgresql://ntm:a%40b%2Fc@db.tinh:5433/tham_dinh?sslmode=require"}, FILE)
    settings = settings_of_database(said, Path())
    assert {key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "tham_dinh", "USER": "ntm", "PASSWORD": "a@b/c", "HOST": "db.tinh", "PORT": "5433",
    }  # fmt: skip
    assert settings["OPTIONS"]["sslmode"] == "require"


def test_single_keys_and_a_folder_of_sockets_do_as_well() -> None:
    assert database_said({"engine": "postgresql", "name": "ntm", "user": "a"}, FILE)["name"] == "ntm"
    assert database_said({"url": "postgresql:///ntm?host=/run/postgresql"}, FILE)["host"] == "/run/postgresql"


def test_the_environment_goes_before_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "postgres://b@h/two")
    assert database_said({"url": "postgresql://a@h/one"}, FILE)["name"] == "two"


@pytest.mark.parametrize(
    "address", ["mysql://u:hunter2@h/n", "postgresql://u:hunter2@h:x/n", "postgresql://u:hunter2@h/", "hunter2",
                "postgresql://u:hunter2@h/n?host", "postgresql://u:hunter2@h/n?options=-c"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(NtmError) as refused:
        database_said({"url": address}, FILE)
    assert "hunter2" not in str(refused.value)
    assert "postgresql://USER:PASSWORD@HOST:5432/NAME" in str(refused.value)


def test_another_engine_and_a_missing_driver_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NtmError, match="oracle"):
        database_said({"engine": "oracle"}, FILE)
    monkeypatch.setattr(databases, "find_spec", lambda name: None)
    with pytest.raises(NtmError, match="--extra postgresql"):
        database_said({"url": "postgresql://u@h/n"}, FILE)


def test_a_database_that_does_not_answer_is_said_in_words(database: str) -> None:
    from tests.web.databases import standing_on

    settings = settings_of_database(database_said({"url": "postgresql://u:hunter2@127.0.0.1:1/n"}, FILE), Path())
    pytest.importorskip("psycopg", reason="the extra postgresql is not installed")
    with standing_on(settings), pytest.raises(NtmError) as refused:
        databases.reached()
    assert VARIABLE in str(refused.value)
    assert "hunter2" not in str(refused.value)
