"""Who is told of what, in the application and by a letter that a server really takes."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest

from tests.web.conftest import ACCEPTED, OPEN, SUBMITTED, Practice, SignedIn
from tests.web.test_appraising import AGENCY, find


def of(practice: Practice, name: str) -> list[str]:
    from ntm_rules.web.models import Notice
    from ntm_rules.web.notices import words_of

    return [words_of(one) for one in Notice.objects.filter(person=practice.person(name), seen_at=None)]


@pytest.fixture
def clean(practice: Practice) -> None:
    """Nobody has been told of anything yet."""
    from ntm_rules.web.models import Notice

    Notice.objects.all().delete()


def step(practice: Practice, client: Any, commune: str, name: str, **said: str) -> Any:
    dossier = practice.dossier(commune)
    response = client.post(f"/ho-so/{dossier.pk}/buoc/{name}", {"seen": dossier.version, **said})
    assert response.status_code == 302
    return response


@pytest.mark.usefixtures("clean")
def test_a_step_is_told_to_those_who_go_on_with_it_and_not_to_who_took_it(
    practice: Practice, signed_in: SignedIn
) -> None:
    step(practice, signed_in(f"ct.{OPEN}"), OPEN, "submit")
    assert of(practice, "thuong-truc") == [f"Xã Sin Suối Hồ: Hồ sơ đã nộp ({practice.round.title})."]
    for name in (f"ct.{OPEN}", f"cb.{SUBMITTED}", "cv.so-y-te", "quan-tri"):
        assert of(practice, name) == [], name
    step(
        practice, signed_in("thuong-truc"), SUBMITTED, "return", reason="thieu-minh-chung", note="Thiếu minh chứng 8.1"
    )
    [said] = of(practice, f"cb.{SUBMITTED}")
    assert "Hồ sơ bị trả lại" in said
    assert "Thiếu minh chứng 8.1" in said


@pytest.mark.usefixtures("clean")
def test_the_head_is_told_once_of_what_is_proposed_and_the_commune_not_at_all(
    practice: Practice, signed_in: SignedIn
) -> None:
    client = signed_in(f"cv.{AGENCY}")
    find(client, practice, "own", value="12,5", reason="Bí mật")
    find(client, practice, "agree", measure="household_waste_landfilled_share")
    told = of(practice, f"ld.{AGENCY}")
    assert len(told) == 1
    assert "chờ xác nhận" in told[0]
    assert "Bí mật" not in told[0]
    assert of(practice, f"ct.{ACCEPTED}") == []
    assert of(practice, "ld.so-y-te") == []


@pytest.mark.usefixtures("clean")
def test_a_day_put_off_is_told_to_those_whose_day_it_is(practice: Practice, signed_in: SignedIn) -> None:
    day = (dt.date.today() + dt.timedelta(days=50)).isoformat()  # noqa: DTZ011 - of the machine, as the office's
    said = {"what": "submit", "place": OPEN, "day": day, "reason": "Mưa lũ"}
    assert signed_in("thuong-truc").post(f"/dot/{practice.round.pk}/gia-han", said).status_code == 302
    assert "Mưa lũ" in of(practice, f"cb.{OPEN}")[0]
    assert of(practice, f"cb.{SUBMITTED}") == []
    assert of(practice, f"cv.{AGENCY}") == []


@pytest.mark.usefixtures("clean")
def test_notices_are_counted_on_every_page_until_they_are_seen(practice: Practice, signed_in: SignedIn) -> None:
    step(practice, signed_in(f"ct.{OPEN}"), OPEN, "submit")
    office = signed_in("thuong-truc")
    assert "Thông báo (1 mới)" in office.get("/").content.decode()
    assert "Hồ sơ đã nộp" in office.get("/thong-bao").content.decode()
    assert office.post("/thong-bao").status_code == 302
    assert "mới)" not in office.get("/").content.decode()
    assert "Hồ sơ đã nộp" in office.get("/thong-bao").content.decode()


def test_every_step_of_a_dossier_has_words_of_its_own() -> None:
    pytest.importorskip("django", reason="the extra web is not installed")
    from ntm_rules.appraisal.steps import StepName
    from ntm_rules.web.notices import KINDS

    assert {step.value for step in StepName} <= set(KINDS)


# --- letters -----------------------------------------------------------------------------------


class Box:
    """What a server has taken."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as aiosmtpd calls it
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


@pytest.fixture
def post_office() -> Iterator[tuple[int, Box]]:
    """A real server for letters on this machine."""
    controller = pytest.importorskip("aiosmtpd.controller")
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = controller.Controller(box, hostname="127.0.0.1", port=port)
    serving.start()
    yield port, box
    serving.stop()


@pytest.mark.usefixtures("clean")
def test_what_is_told_is_sent_once_in_the_language_of_whom_it_is_sent_to(
    practice: Practice, signed_in: SignedIn, post_office: tuple[int, Box]
) -> None:
    from ntm_rules.web.mailing import Mail, send_waiting
    from ntm_rules.web.models import Person

    port, box = post_office
    Person.objects.filter(username="thuong-truc").update(email="thuong.truc@example.vn", language="en")
    step(practice, signed_in(f"ct.{OPEN}"), OPEN, "submit")
    mail = Mail("127.0.0.1", port, "ntm@example.vn", address="https://ntm.example.vn")
    assert send_waiting(mail).letters == 1
    assert send_waiting(mail) == (0, 0)
    [(to, letter)] = box.letters
    assert to == ["thuong.truc@example.vn"]
    assert letter["from"] == "ntm@example.vn"
    text = letter.get_content()
    assert "The dossier is submitted" in text
    assert f"https://ntm.example.vn/ho-so/{practice.dossier(OPEN).pk}" in text


@pytest.mark.usefixtures("clean")
def test_a_server_that_is_away_loses_nothing_and_is_not_asked_at_once_again(
    practice: Practice, signed_in: SignedIn, post_office: tuple[int, Box]
) -> None:
    from django.utils import timezone

    from ntm_rules.web.mailing import Mail, send_waiting
    from ntm_rules.web.models import Notice, Person

    port, box = post_office
    with socket.socket() as shut:
        shut.bind(("127.0.0.1", 0))
        nobody = shut.getsockname()[1]
    Person.objects.filter(username="thuong-truc").update(email="a@example.vn")
    step(practice, signed_in(f"ct.{OPEN}"), OPEN, "submit")
    assert send_waiting(Mail("127.0.0.1", nobody, "ntm@example.vn")) == (0, 1)
    [waiting] = Notice.objects.filter(person__username="thuong-truc")
    assert (waiting.tries, waiting.mailed_at) == (1, None)
    assert waiting.fault
    there = Mail("127.0.0.1", port, "ntm@example.vn")
    assert send_waiting(there) == (0, 0)
    assert send_waiting(there, timezone.now() + dt.timedelta(minutes=3)).letters == 1
    assert len(box.letters) == 1


@pytest.mark.usefixtures("clean")
def test_an_address_that_no_letter_can_bear_keeps_nobody_else_from_being_told(
    practice: Practice, signed_in: SignedIn, post_office: tuple[int, Box]
) -> None:
    from ntm_rules.web.mailing import Mail, send_waiting
    from ntm_rules.web.models import Notice, Person

    port, box = post_office
    Person.objects.filter(username=f"cb.{SUBMITTED}").update(email="a@example.vn\nBcc: b@example.vn")
    Person.objects.filter(username=f"ct.{SUBMITTED}").update(email="c@example.vn")
    step(practice, signed_in("thuong-truc"), SUBMITTED, "accept")
    assert send_waiting(Mail("127.0.0.1", port, "ntm@example.vn")) == (1, 1)
    assert [to for to, _letter in box.letters] == [["c@example.vn"]]
    assert Notice.objects.get(person__username=f"cb.{SUBMITTED}").fault


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"host": "x"}, "thiếu mail.from"),
        ({"from": "x"}, "thiếu mail.host"),
        ({"host": "x", "from": "y", "port": "25"}, "mail.port"),
        ({"host": "x", "from": "y", "security": "ssl"}, "mail.security"),
        ({"host": "x", "from": "y", "pasword": "z"}, "pasword"),
    ],
)
def test_settings_of_mail_are_held_against_what_is_known(said: dict[str, Any], wrong: str) -> None:
    from pathlib import Path

    from ntm_rules.errors import NtmError
    from ntm_rules.web.mailing import mail_said

    with pytest.raises(NtmError) as refused:
        mail_said(said, Path("ntm-web.toml"), {})
    assert wrong in str(refused.value)


def test_the_password_of_mail_may_stand_in_the_environment() -> None:
    from pathlib import Path

    from ntm_rules.web.mailing import PASSWORD, mail_said

    said = {"host": "x", "from": "y", "password": "in the file", "security": "starttls"}
    mail = mail_said(said, Path("ntm-web.toml"), {PASSWORD: "in the environment"})
    assert (mail.password, mail.port) == ("in the environment", 587)
