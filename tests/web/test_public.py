"""The public page of a dossier in comment: off unless switched on; remarks appear once the standing office lets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import OPEN, Practice, SignedIn
from tests.web.databases import on_a_restored_one, on_both
from tests.web.test_council import APPRAISED, PUBLISHED, RECOGNISED

TEXT = "Đường về bản còn lầy lội"


@pytest.fixture
def switched_on(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The installation publishes; where the page of the dossier in comment stands."""
    from dataclasses import replace

    from django.conf import settings

    from ntm_rules.web.remarks import THROTTLE

    monkeypatch.setattr(settings, "NTM", replace(settings.NTM, public_comments=True))
    THROTTLE.forget()
    yield f"/cong-khai/{practice.dossier(PUBLISHED).pk}"
    THROTTLE.forget()


def resident(**given: Any) -> Any:
    from django.test import Client

    return Client(**given)


def send(where: str, text: str = TEXT, **said: str) -> Any:
    return resident().post(where, {"text": text, "name": "", "opinion": "", **said})


def moderate(client: Any, practice: Practice, remark: int, do: str = "show", reason: str = "") -> Any:
    where = f"/ho-so/{practice.dossier(PUBLISHED).pk}/lay-y-kien/{remark}"
    return client.post(where, {"do": do, "reason": reason})


def test_nothing_is_public_unless_the_installation_switches_it_on(practice: Practice, signed_in: SignedIn) -> None:
    for client in (resident(), signed_in("thuong-truc")):
        for where in ("/cong-khai", f"/cong-khai/{practice.dossier(PUBLISHED).pk}"):
            assert client.get(where).status_code == 404
            assert client.post(where, {"text": TEXT}).status_code == 404
    from ntm_rules.web.configured import Installation

    assert Installation.public_comments is False


def test_only_dossiers_in_comment_are_public_and_only_what_is_confirmed_of_them(
    practice: Practice, switched_on: str
) -> None:
    client = resident()
    listed = client.get("/cong-khai").content.decode()
    assert f'href="{switched_on}"' in listed
    for commune in (OPEN, APPRAISED, RECOGNISED):
        assert f"/cong-khai/{practice.dossier(commune).pk}" not in listed
        assert client.get(f"/cong-khai/{practice.dossier(commune).pk}").status_code == 404
        assert client.post(f"/cong-khai/{practice.dossier(commune).pk}", {"text": TEXT}).status_code == 404
    page = client.get(switched_on).content.decode()
    assert "8.1.b" in page
    assert "BC-UBND" not in page, "no document"
    assert "minh họa" in page, "invented figures say so"
    people = practice.dossier(PUBLISHED).findings.values_list("by__full_name", flat=True)
    assert not [name for name in set(people) if name in page]
    assert "sessionid" not in client.cookies, "nobody is followed"


@on_both
def test_a_remark_appears_once_the_office_lets_it_and_goes_when_it_is_kept_back(
    practice: Practice, signed_in: SignedIn, switched_on: str
) -> None:
    from ntm_rules.web.verifying import verified

    response = send(switched_on, opinion="not", name="Lò Văn A")
    assert response.status_code == 302
    assert "Đã nhận ý kiến" in resident().get(response["Location"]).content.decode()
    assert TEXT not in resident().get(switched_on).content.decode()
    row = practice.dossier(PUBLISHED).remarks.get()
    comments = f"/ho-so/{row.dossier_id}/lay-y-kien"
    office = signed_in("thuong-truc")
    assert TEXT in office.get(comments).content.decode()
    for name in (f"cb.{PUBLISHED}", "lanh-dao", "thu-ky"):
        assert TEXT not in signed_in(name).get(comments).content.decode(), name
        assert moderate(signed_in(name), practice, row.pk).status_code == 404
    assert moderate(office, practice, row.pk).status_code == 302
    page = resident().get(switched_on).content.decode()
    assert TEXT in page
    assert "Lò Văn A" in page
    assert "Chưa hài lòng" in page
    assert TEXT in signed_in(f"cb.{PUBLISHED}").get(comments).content.decode()
    moderate(office, practice, row.pk, "hide")
    assert TEXT in resident().get(switched_on).content.decode(), "keeping it back owes a reason"
    moderate(office, practice, row.pk, "hide", "Nêu chuyện riêng của người khác")
    assert TEXT not in resident().get(switched_on).content.decode()
    assert [str(fault) for fault in verified().faults] == []


@on_both
def test_remarks_are_counted_into_the_record_of_the_comments(
    practice: Practice, signed_in: SignedIn, switched_on: str
) -> None:
    import json

    from ntm_rules.web.extracts import COLLECTIONS
    from ntm_rules.web.models import Event

    for opinion in ("satisfied", "not", ""):
        send(switched_on, f"Ý kiến {opinion}", opinion=opinion)
    office, rows = signed_in("thuong-truc"), list(practice.dossier(PUBLISHED).remarks.order_by("pk"))
    moderate(office, practice, rows[0].pk)
    moderate(office, practice, rows[1].pk, "hide", "Không liên quan")
    where = f"/ho-so/{practice.dossier(PUBLISHED).pk}/lay-y-kien"
    assert "3 ý kiến gửi từ trang công khai: 1 chờ xem, 1 được công khai (1 hài lòng, 0 chưa hài lòng), 1 không" in (
        office.get(where).content.decode()
    )
    office.post(where, {"households": "900", "surveyed": "800", "satisfied": "700", "document": "12/BC", "note": ""})
    told = json.loads(Event.objects.filter(kind="comments").order_by("-number").first().told)
    assert told["online"] == {"received": 3, "shown": 1, "kept_back": 1, "satisfied": 1, "not_satisfied": 0}
    assert told["surveyed"] == 800, "who writes on the page is no household that was asked"
    log = office.get(f"/ho-so/{practice.dossier(PUBLISHED).pk}/nhat-ky").content.decode()
    assert "3 ý kiến gửi từ trang công khai" in log
    taken_out = [row[2:6] for row in COLLECTIONS["remarks"].rows(practice.round, 0)]
    assert taken_out == [
        ("shown", "satisfied", "", "Ý kiến satisfied"),
        ("kept-back", "not", "", ""),
        ("waiting", "", "", ""),
    ]


def test_what_is_written_is_text_and_nothing_else(practice: Practice, signed_in: SignedIn, switched_on: str) -> None:
    hostile = '<script>alert(1)</script> https://elsewhere.example {{ 7*7 }} "><img src=x>'
    send(switched_on, hostile, name='<b onclick="x">A</b>')
    moderate(signed_in("thuong-truc"), practice, practice.dossier(PUBLISHED).remarks.get().pk)
    page = resident().get(switched_on).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b onclick" not in page
    assert 'href="https://elsewhere' not in page
    assert "{{ 7*7 }}" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": "  "}, "Ghi nội dung"),
        ({"text": "x" * 2001}, "2000"),
        ({"name": "x" * 81}, "80"),
        ({"opinion": "yes"}, "mức hài lòng"),
    ],
)
def test_a_remark_that_cannot_be_is_refused_with_what_was_typed(
    practice: Practice, switched_on: str, said: dict[str, str], words: str
) -> None:
    response = resident().post(switched_on, {"text": TEXT, "name": "", "opinion": ""} | said)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not practice.dossier(PUBLISHED).remarks.exists()


def test_a_form_of_another_page_is_refused(practice: Practice, switched_on: str) -> None:
    assert resident(enforce_csrf_checks=True).post(switched_on, {"text": TEXT}).status_code == 403
    assert not practice.dossier(PUBLISHED).remarks.exists()


def test_too_many_from_one_place_wait_and_no_address_is_kept(practice: Practice, switched_on: str) -> None:
    from ntm_rules.web.models import Event

    answers = [send(switched_on, f"Ý kiến {n}").status_code for n in range(7)]
    assert answers == [302] * 5 + [422] * 2
    other = resident(REMOTE_ADDR="10.9.8.7")
    assert other.post(switched_on, {"text": TEXT}).status_code == 302
    assert not [event for event in Event.objects.filter(kind="remark") if "10.9.8.7" in event.told]
    assert TEXT not in Event.objects.filter(kind="remark").order_by("-number").first().told


@on_both
def test_no_more_than_some_wait_for_the_office(
    practice: Practice, switched_on: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_rules.web import remarks

    monkeypatch.setattr(remarks, "MOST_WAITING", 2)
    assert [send(switched_on, f"{n}").status_code for n in range(3)] == [302, 302, 422]


def test_places_are_forgotten_after_their_time_and_never_too_many() -> None:
    from ntm_rules.web import throttling

    throttle = throttling.Throttle(1, 3, 0.0)
    assert all(throttle.passes("a") for _n in range(9)), "the time is over at once"
    kept = throttling.Throttle(1, 3, 60.0)
    assert [kept.passes(place) for place in "aabcd"] == [True, False, True, True, False]


@on_both
@pytest.mark.long  # a whole installation restored
def test_a_backup_brings_remarks_back_with_what_the_office_made_of_them(
    practice: Practice, signed_in: SignedIn, switched_on: str, tmp_path: Path
) -> None:
    from ntm_rules.web.verifying import verified
    from tests.web.test_backup import everything

    for text in ("Một ý kiến", "Hai ý kiến", "Ba ý kiến"):
        send(switched_on, text, opinion="satisfied", name="Lò Văn A")
    first, second, _third = practice.dossier(PUBLISHED).remarks.order_by("pk")
    moderate(signed_in("thuong-truc"), practice, first.pk)
    moderate(signed_in("thuong-truc"), practice, second.pk, "hide", "Nêu chuyện riêng")

    def told() -> tuple[Any, ...]:
        page = resident().get(switched_on).content.decode()
        return everything(), verified(), [words in page for words in ("Một ý kiến", "Hai ý kiến", "Ba ý kiến")]

    before = told()
    assert on_a_restored_one(tmp_path, told) == before
    rows, whole, read = before
    assert (len(rows["remark"]), len(rows["moderation"]), whole.faults, read) == (3, 2, [], [True, False, False])


@on_both
@pytest.mark.parametrize("table", ["web_remark", "web_moderation"])
def test_the_database_itself_keeps_remarks_as_they_were_sent(
    practice: Practice, signed_in: SignedIn, switched_on: str, table: str
) -> None:
    from django.db import DatabaseError, connection, transaction

    send(switched_on)
    moderate(signed_in("thuong-truc"), practice, practice.dossier(PUBLISHED).remarks.get().pk)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET at = at"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
