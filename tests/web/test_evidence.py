"""Evidence files: told by their content, kept under their hash, handed out and never shown, withdrawn and never deleted."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any, NamedTuple

import pytest

from tests.web.conftest import Practice, SignedIn

TREATED, EMPTY = "household_waste_treated_share", "03390"
PDF = b"%PDF-1.7\n1 0 obj\n"


class Office(NamedTuple):
    """A package with these parts, made when a test needs it: not by every process that collects tests."""

    names: tuple[str, ...]
    size: int = 10

    def content(self) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in self.names:
                archive.writestr(name, b"0" * self.size)
        return made.getvalue()


def office(*names: str, size: int = 10) -> Office:
    return Office(names, size)


def add(client: Any, practice: Practice, name: str, content: bytes | Office) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    pk = practice.dossier(EMPTY).pk
    whole = content.content() if isinstance(content, Office) else content
    said = {"measure": TREATED, "file": SimpleUploadedFile(name, whole)}
    response = client.post(f"/ho-so/{pk}/minh-chung", said, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_file_is_kept_under_its_hash_and_handed_out_as_a_file(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.evidence_files import place_of

    client, dossier = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY)
    page = add(client, practice, "../../Biên bản số 1.pdf", PDF)
    assert "Đã thêm" in page.split(f'id="so-{TREATED}"')[1].split("</fieldset>")[0]
    assert "Đã thêm" not in page.split(f'id="so-{TREATED}"')[0]
    assert "Đã thêm: Biên bản số 1.pdf" in page
    row = dossier.evidences.get()
    assert place_of(row.sha256).read_bytes() == PDF
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    response = client.get(f"/ho-so/{dossier.pk}/minh-chung/{row.pk}")
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_the_same_file_again_is_the_same_file(practice: Practice, signed_in: SignedIn) -> None:
    client = signed_in(f"cb.{EMPTY}")
    add(client, practice, "a.pdf", PDF)
    add(client, practice, "a.pdf", PDF)
    assert practice.dossier(EMPTY).evidences.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trang.pdf", b"<html><script>alert(1)</script>"),
        ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("trang.html", b"<!DOCTYPE html>"),
        ("goi.zip", office("a.txt")),
        ("phieu.xlsm", office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")),
        ("bom.docx", office("[Content_Types].xml", "word/document.xml", size=201 << 20)),
        ("rong.pdf", b""),
        ("chay.exe", b"MZ\x90\x00"),
        ("hai.docx", office("[Content_Types].xml", "word/document.xml", "xl/workbook.xml")),
    ],
)
def test_what_is_not_taken_is_told_and_not_kept(
    practice: Practice, signed_in: SignedIn, name: str, content: bytes | Office
) -> None:
    page = add(signed_in(f"cb.{EMPTY}"), practice, name, content)
    assert f"«{name}»" in page or "Chọn tệp" in page
    assert practice.dossier(EMPTY).evidences.count() == 0


@pytest.mark.parametrize(
    ("who", "commune", "path", "said"),
    [
        (f"cb.{EMPTY}", EMPTY, "minh-chung", {"measure": TREATED}), (f"ct.{EMPTY}", EMPTY, "ky", {"kind": "tu-danh-gia"}),
        ("van-phong", "03503", "quyet-dinh", {"kind": "recognise", "number": "1/QĐ"}),
    ],
)  # fmt: skip
def test_a_disk_that_is_full_is_said_and_leaves_nothing_behind(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, who: str, commune: str, path: str, said: dict[str, str]
) -> None:
    import errno

    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.utils import timezone

    from ntm_rules.web import evidence_files
    from ntm_rules.web.models import Event

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    dossier, client = practice.dossier(commune), Client(raise_request_exception=False)
    client.force_login(practice.person(who))
    kept, last = sorted(settings.NTM.evidence.rglob("*")), Event.objects.count()
    monkeypatch.setattr(evidence_files.os, "fsync", full)
    file, today = SimpleUploadedFile("a.pdf", f"%PDF-1.4 {path}".encode()), timezone.localdate().isoformat()
    answer = client.post(f"/ho-so/{dossier.pk}/{path}", {**said, "seen": dossier.version, "day": today, "file": file})
    assert (answer.status_code, "đĩa của máy chủ đã đầy" in answer.content.decode()) == (503, True)
    assert [one for one in settings.NTM.evidence.rglob("*") if one.is_file() and one not in kept] == []
    assert (Event.objects.count(), practice.dossier(commune).version) == (last, dossier.version)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", office("[Content_Types].xml", "word/document.xml"), "docx"),
        ("a.xlsx", office("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        ("a.png", b"\x89PNG\r\n\x1a\n123", "png"),
        ("a.exe", b"\xff\xd8\xff123", "jpeg"),
    ],
)
def test_a_kind_is_told_by_the_content_and_not_by_the_name(
    practice: Practice, signed_in: SignedIn, name: str, content: bytes | Office, kind: str
) -> None:
    client, dossier = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY)
    add(client, practice, name, content)
    row = dossier.evidences.get()
    assert row.kind == kind
    assert ".exe" not in client.get(f"/ho-so/{dossier.pk}/minh-chung/{row.pk}")["Content-Disposition"]


def test_a_file_is_withdrawn_and_stays(practice: Practice, signed_in: SignedIn) -> None:
    client, dossier = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY)
    add(client, practice, "a.pdf", PDF)
    row = dossier.evidences.get()
    client.post(f"/ho-so/{dossier.pk}/minh-chung/{row.pk}/bo")
    client.post(f"/ho-so/{dossier.pk}/minh-chung/{row.pk}/bo")
    assert dossier.evidences.count() == 2
    page = client.get(f"/ho-so/{dossier.pk}/muc/8").content.decode()
    assert f'/minh-chung/{row.pk}"' not in page
    assert client.get(f"/ho-so/{dossier.pk}/minh-chung/{row.pk}").content == PDF
