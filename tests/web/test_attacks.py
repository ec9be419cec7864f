"""What comes from outside with ill intent is refused: forms of other sites, files that are not what they say, odd paths."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tests.web.conftest import OPEN, Practice, SignedIn

MEASURE = "household_waste_treated_share"


def uploaded(client: Any, dossier: int, name: str, content: bytes) -> str:
    """Put a file to a figure; return what the next page says first."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile(name, content)
    client.post(f"/ho-so/{dossier}/minh-chung", {"measure": MEASURE, "file": file})
    page: str = client.get(f"/ho-so/{dossier}").content.decode()
    return page


def bomb() -> bytes:
    """A Word file of a few kilobytes that would unpack to gigabytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (401 << 20))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<!doctype html><script>alert(1)</script>"),
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.png", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a.docx", b"PK\x03\x04 no archive"),
        ("a.exe", b"MZ\x90\x00"),
        ("a.pdf", b""),
    ],
)
def test_a_file_that_a_browser_would_run_is_not_taken(
    practice: Practice, signed_in: SignedIn, name: str, content: bytes
) -> None:
    dossier = practice.dossier(OPEN)
    assert 'class="told refused"' in uploaded(signed_in("cb.03394"), dossier.pk, name, content)
    assert not dossier.evidences.exists()


@pytest.mark.long
def test_a_file_that_unpacks_to_gigabytes_is_not_taken(practice: Practice, signed_in: SignedIn) -> None:
    content = bomb()
    assert len(content) < 1 << 20
    dossier = practice.dossier(OPEN)
    assert 'class="told refused"' in uploaded(signed_in("cb.03394"), dossier.pk, "a.docx", content)
    answer = signed_in("cb.03394").post(f"/ho-so/{dossier.pk}/nop-phieu", {"file": io.BytesIO(content)})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/static/../ntm-web.toml", "/static/%2e%2e/secret.key", "/static/..%2fntm.sqlite3", "/%2e%2e/%2e%2e/etc/passwd", "/evidence/",
     "/ho-so/1/minh-chung/..%2f..%2fsecret.key", "/ho-so/1/muc/..%2f..", "/ho-so/1/buoc/..", "/api/v1/rounds/1/..%2f..%2fsecret"],
)  # fmt: skip
def test_a_path_leads_nowhere_else(practice: Practice, signed_in: SignedIn, path: str) -> None:
    """Asked of the whole application, its static files included."""
    from django.conf import settings

    from ntm_rules.web.serving import application

    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path.replace("%2e", ".").replace("%2f", "/"), "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": "localhost", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    body = b"".join(application(settings.NTM)(environ, lambda status, _headers, *_rest: statuses.append(status)))
    assert statuses[0][:3] in ("404", "302", "400", "401")
    for secret in ((practice.folder / "secret.key").read_bytes(), b"hosts =", b"SQLite format", b"root:"):
        assert secret not in body


def test_a_page_within_a_frame_and_a_link_from_elsewhere_are_refused(practice: Practice) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(practice.person("thuong-truc"))
    for path in ("/the-truy-cap", "/ma-thu-hai", "/mat-khau", "/dang-xuat"):
        answer = client.post(path, {}, HTTP_ORIGIN="https://elsewhere.example")
        assert answer.status_code == 403, path
    assert client.get("/the-truy-cap")["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example", "localhost:80@elsewhere.example", "a b"]
)
def test_a_name_of_a_host_that_is_not_ours_is_refused_everywhere(practice: Practice, host: str) -> None:
    from django.test import Client

    for path in ("/dang-nhap", "/ma", "/api/v1/openapi.json", "/api/v1/rounds"):
        assert Client().get(path, HTTP_HOST=host).status_code == 400


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% raw %}", "${7*7}", "{0.__class__}", "%(x)s", "{name}"])
def test_a_name_is_shown_as_it_is_typed(practice: Practice, signed_in: SignedIn, text: str) -> None:
    """Where sentences are put together from what people typed: accounts, tokens, steps."""
    client = signed_in("quan-tri")
    client.post("/tai-khoan", {"username": "ten.thu", "full_name": text, "position": "", "email": ""})
    page = client.get("/tai-khoan").content.decode()
    assert text in page
    office = signed_in("thuong-truc")
    office.post("/the-truy-cap", {"name": text, "scope": "log", "until": "x"})
    assert f'value="{text}"' in office.post("/the-truy-cap", {"name": text, "until": "x"}).content.decode()
