"""Signing in: guesses are locked out, a second factor is owed by who decides, and sessions end when they must."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.conftest import PASSWORD, Practice, SignedIn
from tests.web.databases import on_both

WRONG = "không phải mật khẩu"


def browser(address: str = "10.0.0.1") -> Any:
    from django.test import Client

    return Client(REMOTE_ADDR=address)


def tries(name: str, password: str, address: str = "10.0.0.1") -> Any:
    return browser(address).post("/dang-nhap", {"username": name, "password": password})


@pytest.fixture
def owed(practice: Practice) -> Iterator[None]:
    """The second factor is asked for, as where pages are reached from other machines."""
    import dataclasses

    from django.conf import settings
    from django.test import override_settings

    with override_settings(NTM=dataclasses.replace(settings.NTM, second_factor=True)):
        yield


def code_of(secret: str, steps: int = 0) -> str:
    import pyotp

    return str(pyotp.TOTP(secret).at(int(time.time()) + 30 * steps))


def enrolled(practice: Practice, name: str) -> str:
    """Set somebody's second factor up; return its secret."""
    from django.utils import timezone

    from ntm_rules.web.models import SecondFactor
    from ntm_rules.web.second_factor import new_secret

    secret = new_secret()
    SecondFactor(person=practice.person(name), secret=secret, made_at=timezone.now(), last_step=0).save()
    return secret


@pytest.mark.long
@on_both
def test_five_wrong_passwords_from_one_place_lock_a_name_out_there(practice: Practice) -> None:
    for _attempt in range(5):
        assert "không khớp" in tries("cb.03394", WRONG).content.decode()
    answer = tries("cb.03394", PASSWORD)
    assert (answer.status_code, "Thử quá nhiều lần" in answer.content.decode()) == (422, True)
    assert tries("cb.03394", PASSWORD, "10.0.0.2").status_code == 302
    assert tries("cb.03390", PASSWORD).status_code == 302


@pytest.mark.long
def test_a_name_that_is_not_there_is_locked_out_as_well(practice: Practice) -> None:
    answers = [tries("khong-co", WRONG).content.decode() for _attempt in range(6)]
    assert ["Thử quá nhiều lần" in answer for answer in answers] == [False] * 5 + [True]


def test_many_places_and_many_names_are_locked_out_later(practice: Practice) -> None:
    from ntm_rules.web.locking import failed, locked_out

    for place in range(19):
        failed("cb.03394", f"10.1.0.{place}")
    assert not locked_out("cb.03394", "10.9.9.9")
    failed("cb.03394", "10.1.0.20")
    assert locked_out("cb.03394", "10.9.9.9")
    for name in range(60):
        failed(f"ten-{name}", "10.2.0.1")
    assert locked_out("cb.03390", "10.2.0.1")
    assert not locked_out("cb.03390", "10.2.0.2")


def test_after_a_quarter_of_an_hour_one_may_try_again_and_success_forgives(practice: Practice) -> None:
    from ntm_rules.web.locking import WINDOW, failed, locked_out
    from ntm_rules.web.models import FailedSignIn

    for _attempt in range(5):
        failed("cb.03394", "10.0.0.1")
    assert locked_out("cb.03394", "10.0.0.1")
    for row in FailedSignIn.objects.all():
        FailedSignIn.objects.filter(pk=row.pk).update(at=row.at - WINDOW - dt.timedelta(seconds=1))
    assert tries("cb.03394", PASSWORD).status_code == 302
    for _attempt in range(4):
        failed("cb.03394", "10.0.0.1")
    assert tries("cb.03394", PASSWORD).status_code == 302
    assert not FailedSignIn.objects.filter(username="cb.03394").exists()


@pytest.mark.long
def test_the_log_tells_of_a_lock_out_once(practice: Practice) -> None:
    from ntm_rules.web.models import Event

    for _attempt in range(9):
        tries("cb.03394", WRONG)
    assert Event.objects.filter(kind="locked-out").count() == 1


def test_who_decides_sets_a_second_factor_up_before_anything_else(
    practice: Practice, signed_in: SignedIn, owed: None
) -> None:
    client = signed_in("ld.so-xay-dung")
    for path in ("/", "/dot"):
        assert client.get(path)["Location"] == "/ma-thu-hai"
    page = client.get("/ma-thu-hai").content.decode()
    secret = client.session["secret"]
    assert (secret in page, "<svg" in page, "style=" in page) == (True, True, False)
    assert client.post("/ma-thu-hai", {"code": "000000"}).status_code == 422
    assert client.post("/ma-thu-hai", {"code": code_of(secret)}).status_code == 302
    assert client.get("/").status_code == 200
    assert signed_in("cb.03394").get("/").status_code == 200, "who enters figures owes none"


def test_without_https_nobody_owes_it_unless_the_settings_say_so(practice: Practice, signed_in: SignedIn) -> None:
    assert signed_in("ld.so-xay-dung").get("/").status_code == 200


def test_signing_in_asks_for_the_code_after_the_password(practice: Practice) -> None:
    secret = enrolled(practice, "thuong-truc")
    client = browser()
    answer = client.post("/dang-nhap", {"username": "thuong-truc", "password": PASSWORD, "next": "/dot"})
    assert answer["Location"] == "/ma"
    assert client.get("/").status_code == 302, "the password alone opens nothing"
    before = client.session.session_key
    assert client.post("/ma", {"code": "12345"}).status_code == 422
    answer = client.post("/ma", {"code": code_of(secret)})
    assert answer["Location"] == "/dot"
    assert client.session.session_key != before
    assert client.get("/").status_code == 200


def test_a_code_is_taken_once_and_only_about_its_time(practice: Practice) -> None:
    from ntm_rules.web.second_factor import takes

    person, secret = practice.person("thuong-truc"), enrolled(practice, "thuong-truc")
    assert not takes(person, code_of(secret, 3))
    assert not takes(person, code_of(secret, -3))
    code = code_of(secret)
    assert takes(person, f"{code[:3]} {code[3:]}")
    assert not takes(person, code)
    assert not takes(practice.person("cb.03394"), code_of(secret))


def test_wrong_codes_lock_out_as_wrong_passwords_do(practice: Practice) -> None:
    secret = enrolled(practice, "thuong-truc")
    client = browser()
    client.post("/dang-nhap", {"username": "thuong-truc", "password": PASSWORD})
    for _attempt in range(5):
        client.post("/ma", {"code": "000000"})
    assert "Thử quá nhiều lần" in client.post("/ma", {"code": code_of(secret)}).content.decode()


@pytest.mark.parametrize("change", ["late", "closed", "password"])
def test_the_code_follows_soon_and_on_an_account_that_is_as_it_was(practice: Practice, change: str) -> None:
    from ntm_rules.web.models import Person

    secret = enrolled(practice, "thuong-truc")
    client = browser()
    client.post("/dang-nhap", {"username": "thuong-truc", "password": PASSWORD})
    if change == "late":
        session = client.session
        session["pending"] = [session["pending"][0], session["pending"][1] - 301, *session["pending"][2:]]
        session.save()
    elif change == "closed":
        Person.objects.filter(username="thuong-truc").update(is_active=False)
    else:
        person = practice.person("thuong-truc")
        person.set_password("mot-mat-khau-moi")
        person.save()
    assert client.post("/ma", {"code": code_of(secret)})["Location"] == "/dang-nhap"
    assert client.get("/").status_code == 302


def test_a_telephone_is_replaced_only_with_its_own_code_or_by_an_administrator(
    practice: Practice, signed_in: SignedIn
) -> None:
    from ntm_rules.web.second_factor import has

    secret, person = enrolled(practice, "thuong-truc"), practice.person("thuong-truc")
    client = signed_in("thuong-truc")
    client.get("/ma-thu-hai")
    fresh = client.session["secret"]
    assert client.post("/ma-thu-hai", {"code": code_of(fresh)}).status_code == 422
    assert client.post("/ma-thu-hai", {"code": code_of(fresh), "old": code_of(secret)}).status_code == 302
    signed_in("quan-tri").post(f"/tai-khoan/{person.pk}", {"do": "password"})
    assert not has(person)
    assert client.get("/").status_code == 302


def test_a_new_password_ends_all_other_sessions(practice: Practice, signed_in: SignedIn) -> None:
    here, elsewhere = signed_in("cb.03394"), signed_in("cb.03394")
    fresh = "ruong-bac-thang-1"
    answer = here.post("/mat-khau", {"old": PASSWORD, "fresh": fresh, "again": fresh})
    assert answer.status_code == 302
    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


@pytest.mark.parametrize(
    ("fresh", "words"),
    [
        ("ngan", "ngắn hơn 10"),
        ("12345678901", "toàn chữ số"),
        ("qwertyuiop", "quá thông dụng"),
        ("cb.03394.abc", "giống tên"),
    ],
)
def test_a_weak_password_is_refused_with_why(practice: Practice, signed_in: SignedIn, fresh: str, words: str) -> None:
    answer = signed_in("cb.03394").post("/mat-khau", {"old": PASSWORD, "fresh": fresh, "again": fresh})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert practice.person("cb.03394").check_password(PASSWORD)


def test_who_was_given_a_password_changes_it_before_anything_else(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.models import Person

    Person.objects.filter(username="cb.03394").update(must_change_password=True)
    client = signed_in("cb.03394")
    assert client.get("/")["Location"] == "/mat-khau"
    assert client.get("/mat-khau").status_code == 200
