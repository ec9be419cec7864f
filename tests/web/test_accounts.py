"""Accounts as an administrator keeps them: what is said of somebody changes, what was said before stays in the log."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
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


def listed(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "tai-khoan.csv"
    path.write_text("\n".join(["username;full_name;role;place", *lines]), encoding="utf-8-sig")
    return path


def test_accounts_of_a_list_are_opened_with_roles_and_passwords_in_a_file_apart(
    practice: Practice, tmp_path: Path
) -> None:
    from ntm_rules.cli.web import run_users

    passwords = tmp_path / "mat-khau.csv"
    path = listed(tmp_path, "a.1;Nguyễn A;commune-officer;03390", "", "b.1;Trần B;secretary;", "b.1;Trần B;member;")
    assert run_users(practice.folder, path, passwords, blank=False) == 0
    first, second = practice.person("a.1"), practice.person("b.1")
    assert [(held.role, held.place) for held in first.roles.all()] == [("commune-officer", "03390")]
    assert {held.role for held in second.roles.all()} == {"secretary", "member"}
    rows = list(csv.DictReader(io.StringIO(passwords.read_text(encoding="utf-8-sig"))))
    assert [row["username"] for row in rows] == ["a.1", "b.1"]
    assert first.check_password(rows[0]["password"])
    assert first.must_change_password
    if os.name == "posix":
        assert passwords.stat().st_mode & 0o077 == 0


def test_a_list_with_mistakes_opens_nobody_and_tells_each_by_its_line(practice: Practice, tmp_path: Path) -> None:
    from ntm_rules.cli.web import run_users
    from ntm_rules.web.models import Person

    passwords, before = tmp_path / "mat-khau.csv", Person.objects.count()
    path = listed(
        tmp_path,
        "tot;Người tốt;reader;",
        "Sai Tên;;reader;",
        "thuong-truc;Đã có;reader;",
        "x.1;X;vua;",
        "x.2;X;commune-head;99999",
    )
    with pytest.raises(NtmError) as told:
        run_users(practice.folder, path, passwords, blank=False)
    said = str(told.value)
    for words in (
        "dòng 3: Tên đăng nhập",
        "dòng 3: Ghi họ",
        "dòng 4: Đã có",
        "dòng 5: ",
        "«vua»",
        "dòng 6: ",
        "«99999»",
    ):
        assert words in said
    assert "dòng 2" not in said
    assert Person.objects.count() == before
    assert not passwords.exists()


def test_a_list_to_be_filled_in_has_every_commune_and_agency_and_overwrites_nothing(
    practice: Practice, tmp_path: Path
) -> None:
    from ntm_rules.cli.web import run_users

    path = tmp_path / "tai-khoan.csv"
    assert run_users(practice.folder, path, None, blank=True) == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 2 * 36 + 2 * len(practice.law.rules.lead_agencies)
    assert {"cb.03390", "ct.03390", "cv.so-y-te", "ld.so-y-te"} <= {row["username"] for row in rows}
    with pytest.raises(NtmError, match="đã có"):
        run_users(practice.folder, path, None, blank=True)
    for passwords, blank in ((None, False), (tmp_path / "x.csv", True)):
        with pytest.raises(NtmError, match="--blank"):
            run_users(practice.folder, path, passwords, blank=blank)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "thiếu cột"),
        (b"username,full_name,role,place,chuc_vu\n", "«chuc_vu»"),
        (
            "username,full_name,role,place\nx.1,Phạm Thị Hà,reader,\n".encode("cp1252", "xmlcharrefreplace") + b"\xe9",
            "CSV UTF-8",
        ),
        (b"username,full_name,role,place\n", "không có tài khoản nào"),
    ],
)
def test_what_is_no_list_of_accounts_is_refused_with_what_to_do(
    practice: Practice, tmp_path: Path, content: bytes, words: str
) -> None:
    from ntm_rules.cli.web import run_users

    path = tmp_path / "tai-khoan.csv"
    path.write_bytes(content)
    with pytest.raises(NtmError, match=words):
        run_users(practice.folder, path, tmp_path / "mat-khau.csv", blank=False)
