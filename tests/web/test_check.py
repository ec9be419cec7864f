"""`ntm web check` fails on whatever `check --deploy` warns of, and settings say what they mean or are refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.errors import NtmError
from tests.conftest import ROOT
from tests.web.conftest import Practice, SignedIn

SET = ROOT / "tests" / "turns" / "criteria" / "thon-ban-2026-2030"
NAMED = ("ntm.example.gov.vn",)


def told(one: Any) -> list[str]:
    from ntm_rules.web.installing import faults

    return [str(fault) for fault in faults(one)]


def as_a_server(one: Any) -> tuple[Any, dict[str, Any]]:
    """Return an installation that others reach with a certificate, and its settings as Django knows them."""
    from ntm_rules.web.configured import settings_of

    other = replace(one, hosts=NAMED, https=True, second_factor=True)
    kept = ("SECURE", "SESSION", "CSRF", "X_FRAME", "ALLOWED", "MIDDLEWARE", "SECRET", "DEBUG")
    return other, {name: value for name, value in settings_of(other).items() if name.startswith(kept)}


def test_the_practice_installation_and_a_server_have_no_fault(practice: Practice) -> None:
    """Nothing that `check --deploy` says of a server is silenced."""
    from django.conf import settings
    from django.core import checks
    from django.test import override_settings

    assert told(settings.NTM) == []
    one, known = as_a_server(settings.NTM)
    with override_settings(**known):
        assert checks.run_checks(include_deployment_checks=True) == []
        assert told(one) == []


@pytest.mark.parametrize(
    ("changed", "id_"),
    [
        ({"DEBUG": True}, "W018"), ({"ALLOWED_HOSTS": []}, "W020"), ({"X_FRAME_OPTIONS": "SAMEORIGIN"}, "W019"), ({"SECRET_KEY": "x"}, "W009"),
        ({"SECURE_CONTENT_TYPE_NOSNIFF": False}, "W006"), ({"SECURE_HSTS_SECONDS": 0}, "W004"), ({"SECURE_SSL_REDIRECT": False}, "W008"),
        ({"SESSION_COOKIE_SECURE": False}, "W012"), ({"CSRF_COOKIE_SECURE": False}, "W016"), ({"SECURE_REFERRER_POLICY": None}, "W022"),
        ({"MIDDLEWARE": []}, "W003"),
    ],
)  # fmt: skip
def test_each_word_of_check_deploy_is_a_fault(practice: Practice, changed: dict[str, Any], id_: str) -> None:
    from django.conf import settings
    from django.test import override_settings

    one, known = as_a_server(settings.NTM)
    with override_settings(**{**known, **changed}):
        assert [words for words in told(one) if words.startswith(f"security.{id_}")] != []


def test_what_others_reach_needs_a_certificate_and_a_second_factor(practice: Practice) -> None:
    """Each told once, in the reader's words."""
    from django.conf import settings

    found = told(replace(settings.NTM, hosts=NAMED))
    assert len(found) == 2
    assert ("second_factor = true" in found[0], "https = true" in found[1]) == (True, True)


def test_a_folder_that_others_may_look_into_is_told(practice: Practice) -> None:
    from django.conf import settings

    folder: Path = settings.NTM.folder
    assert folder.stat().st_mode & 0o777 == 0o700, "as it is made"
    folder.chmod(0o755)
    try:
        (fault,) = told(settings.NTM)
    finally:
        folder.chmod(0o700)
    assert f"chmod 700 {folder}" in fault


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('hosts = ["*"]', "hosts"), ('hosts = [".example.vn"]', "hosts"), ('hosts = "localhost"', "hosts"), ("hosts = [1]", "hosts"),
        ("hosts = []", "hosts"), ('hosts = ["a/b"]', "hosts"), ('https = "false"', "https"), ("https = 1", "https"),
        ('second_factor = "no"', "second_factor"), ('public_comments = "true"', "public_comments"), ('proxy = "*"', "proxy"),
        ("proxy = 1", "proxy"), ('mail = "smtp"', "mail"), ('database = "postgresql"', "database"), ('criteria = "x"', "criteria"),
        ('criteria = ["khong-co"]', "criteria"), ("criteria = [1]", "criteria"),
    ],
)  # fmt: skip
def test_a_setting_that_would_be_taken_for_something_else_is_refused(tmp_path: Path, line: str, key: str) -> None:
    from ntm_rules.web.configured import installation, set_up

    set_up(tmp_path)
    (tmp_path / "ntm-web.toml").write_text(line, encoding="utf-8")
    with pytest.raises(NtmError) as refused:
        installation(tmp_path)
    (said,) = refused.value.messages
    assert str(said).startswith(f"{tmp_path / 'ntm-web.toml'}: {key} phải là ")


def test_all_that_is_wrong_with_settings_is_said_at_once(tmp_path: Path) -> None:
    from ntm_rules.web.configured import installation, set_up

    set_up(tmp_path)
    (tmp_path / "ntm-web.toml").write_text('hosts = ["*"]\nhttps = "no"\nx = 1\n', encoding="utf-8")
    with pytest.raises(NtmError) as refused:
        installation(tmp_path)
    assert len(refused.value.messages) == 3


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "::1", "ntm.laichau.gov.vn", "may-chu", "10.0.0.7"]
)
def test_names_of_machines_are_taken(tmp_path: Path, host: str) -> None:
    from ntm_rules.web.configured import installation, set_up

    set_up(tmp_path)
    (tmp_path / "ntm-web.toml").write_text(f'hosts = ["{host}"]\n', encoding="utf-8")
    assert installation(tmp_path).hosts == (host,)


def test_a_round_is_opened_over_a_set_that_the_settings_name(
    practice: Practice, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another province's, or one that asks for figures of hamlets; looked at again it is the same."""
    from django.conf import settings

    from ntm_rules.web.configured import installation, set_up
    from ntm_rules.web.models import Round

    set_up(tmp_path)
    (tmp_path / "ntm-web.toml").write_text(f"criteria = ['{SET}']\n", encoding="utf-8")
    monkeypatch.setattr(settings, "NTM", replace(settings.NTM, criteria=installation(tmp_path).criteria))
    office = signed_in("thuong-truc")
    assert f'<option value="{SET.name}"' in office.get("/dot/moi").content.decode()
    said = {"title": "Thôn bản", "year": "2026", "submit_by": "2099-01-01", "set_id": SET.name}
    where = office.post("/dot/moi", said)["Location"]
    one = Round.objects.order_by("-pk").first()
    assert (where, one.law.set_id, one.dossiers.count()) == (f"/dot/{one.pk}", SET.name, 3)
    page = office.post(f"{where}/phien-ban", {"installed": "1"}).content.decode()
    assert "không thay đổi gì" in page
