"""Accounts as an administrator keeps them: what is said of somebody changes, what was said before stays in the log."""

from __future__ import annotations

import pytest

from tests.web.conftest import OPEN, Practice, SignedIn


def test_an_administrator_changes_name_position_and_address(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.models import Event

    client, person = signed_in("quan-tri"), practice.person("thuong-truc")
    said = {"do": "describe", "full_name": "Trần Thị B", "position": "Chuyên viên", "email": "b@laichau.example.vn"}
    page = client.post(f"/tai-khoan/{person.pk}", said, follow=True).content.decode()
    assert "Đã sửa tài khoản" in page
    person = practice.person("thuong-truc")
    assert (person.full_name, person.position, person.email) == ("Trần Thị B", "Chuyên viên", said["email"])
    event = Event.objects.order_by("-number").first()
    assert event is not None
    assert event.kind == "account-described"
    assert "Trần Thị B" in event.told
    assert said["email"] not in event.told, "an address could never be taken out of the log again"
    assert "b@laichau.example.vn" in signed_in("thuong-truc").get("/thong-bao").content.decode()
    assert "Không có gì thay đổi" in client.post(f"/tai-khoan/{person.pk}", said, follow=True).content.decode()


def test_what_cannot_be_said_of_somebody_is_refused_and_stays_in_the_form(
    practice: Practice, signed_in: SignedIn
) -> None:
    person = practice.person("thuong-truc")
    said = {"do": "describe", "full_name": "", "position": "Trưởng phòng " + "x" * 150, "email": "b@"}
    answer = signed_in("quan-tri").post(f"/tai-khoan/{person.pk}", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("«b@» không phải địa chỉ", "Chức vụ dài quá", 'value="b@"', "Trưởng phòng x"):
        assert words in page
    assert practice.person("thuong-truc").full_name == person.full_name


def test_before_the_first_round_roles_are_of_the_communes_and_agencies_of_the_set(
    practice: Practice, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_rules.web import people
    from ntm_rules.web.models import Round

    monkeypatch.setattr(people, "rounds_with_law", Round.objects.none)
    page = signed_in("quan-tri").get(f"/tai-khoan/{practice.person('lanh-dao').pk}").content.decode()
    assert f'<option value="{OPEN}">' in page
    assert '<option value="so-y-te">' in page
