"""What comes from outside with ill intent is refused: forms of other sites, files that are not what they say, odd paths."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tests.web.conftest import OPEN, SUBMITTED, Practice, SignedIn
from tests.web.databases import on_both

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


def test_every_address_refuses_what_another_site_sends(practice: Practice) -> None:
    """No address is left out of the token of the form, whoever is signed in and whether anybody is."""
    from django.test import Client

    from tests.web.test_every_address import places

    for name in ("thuong-truc", ""):
        client = Client(enforce_csrf_checks=True)
        if name:
            client.force_login(practice.person(name))
        for address, path, _subject in places(practice, OPEN):
            assert client.post(path, {"do": "x"}).status_code == 403, address


@pytest.mark.parametrize(
    ("path", "status"), [("/dang-nhap", 200), ("/ho-so/1", 302), ("/x", 404), ("/cong-khai", 404), ("/ky/x", 404), ("/api/v1/rounds", 401)]
)  # fmt: skip
def test_no_answer_is_shown_in_a_frame_or_kept(practice: Practice, path: str, status: int) -> None:
    from django.test import Client

    answer = Client().get(path)
    told = (answer.status_code, answer["X-Frame-Options"], answer["X-Content-Type-Options"], answer["Cache-Control"])
    assert told == (status, "DENY", "nosniff", "no-store")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "set_id", ["tests/turns/criteria/thon-ban-2026-2030", "criteria/lai-chau-2026-2030", "../../etc", ""]
)
def test_a_round_is_opened_over_a_set_of_the_list_and_over_no_folder_of_the_server(
    practice: Practice, signed_in: SignedIn, set_id: str
) -> None:
    from ntm_rules.web.models import Round

    said = {"title": "Đợt", "year": "2026", "submit_by": "2099-01-01"}
    before, office = Round.objects.count(), signed_in("thuong-truc")
    answer = office.post("/dot/moi", {**said, "set_id": set_id})
    assert (answer.status_code, Round.objects.count()) == (422, before)
    assert "Hãy chọn một bộ tiêu chí trong danh sách" in answer.content.decode()
    assert office.post("/dot/moi", {**said, "set_id": "lai-chau-2026-2030"}).status_code == 302


@pytest.mark.parametrize(
    "content",
    [b"a: &a [x,x]\nb: [*a,*a]\n", b"a: " + b"[" * 20_000, b"!!python/object/apply:os.system ['id']", b"\xff\xfe\x00", b"{{7*7}}"],
)  # fmt: skip
def test_a_decision_that_would_blow_up_or_run_is_refused_by_its_own_name(
    practice: Practice, signed_in: SignedIn, content: bytes
) -> None:
    """What is wrong names the file as it was sent, and no folder of the server."""
    said = {"title": "Đợt", "year": "2026", "submit_by": "2099-01-01", "set_id": "lai-chau-2026-2030"}
    file = io.BytesIO(content)
    file.name = "../quyet-dinh.yaml"
    answer = signed_in("thuong-truc").post("/dot/moi", {**said, "overlays": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "quyet-dinh.yaml, dòng 1" in page
    assert "/tmp" not in page


def test_no_cell_of_the_form_runs_as_a_formula(practice: Practice, signed_in: SignedIn) -> None:
    import openpyxl

    from tests.web.test_nothing_lost import COMMUNE, OFFICER, OWN

    texts = ["=1+1", "+1", "-1+1", "@SUM(1)", '=HYPERLINK("https://elsewhere.example")']
    client, pk = signed_in(OFFICER), practice.dossier(COMMUNE).pk
    for measure, text in zip(OWN, texts, strict=False):
        said = {"value": "81", "document": text, "note": text, "base": 0, "key": f"{measure}-key"}
        assert client.post(f"/ho-so/{pk}/so-lieu/{measure}", said).json()["state"] == "saved"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/ho-so/{pk}/phieu.xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in texts]
    assert sorted(cell.value for cell in cells) == sorted([*texts, *texts])
    assert {cell.data_type for cell in cells} == {"s"}


def test_nothing_is_written_to_the_disk_beyond_the_number_of_files(
    practice: Practice, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused files do not fill it either: the number is looked at before a file is put away."""
    from ntm_rules.web import signed_papers
    from ntm_rules.web.views import evidence, forms

    kept: list[bytes] = []
    for module in (evidence, signed_papers):
        monkeypatch.setattr(module, "put_away", lambda content, _name: kept.append(content) or "0" * 64)
    monkeypatch.setattr(evidence, "MOST_FILES", 0)
    monkeypatch.setattr(signed_papers, "MOST_PAPERS", 0)
    monkeypatch.setattr(forms, "MOST_FORMS", 0)
    dossier = practice.dossier(OPEN)
    assert 'class="told refused"' in uploaded(signed_in(f"cb.{OPEN}"), dossier.pk, "a.pdf", b"%PDF-1.4\n")
    head = signed_in(f"ct.{OPEN}").post(
        f"/ho-so/{dossier.pk}/ky", {"kind": "tu-danh-gia", "file": io.BytesIO(b"%PDF-1.4\n")}
    )
    assert head.status_code == 422
    form = io.BytesIO(signed_in(f"cb.{OPEN}").get(f"/ho-so/{dossier.pk}/phieu.xlsx").content)
    answer = signed_in(f"cb.{OPEN}").post(f"/ho-so/{dossier.pk}/nop-phieu", {"file": form})
    assert (answer.status_code, "nhiều nhất 0 phiếu" in answer.content.decode()) == (422, True)
    assert (kept, dossier.evidences.count(), dossier.papers.count(), dossier.handedins.count()) == ([], 0, 0, 0)


def test_the_same_form_handed_in_again_is_kept_once(practice: Practice, signed_in: SignedIn) -> None:
    client, pk = signed_in(f"cb.{OPEN}"), practice.dossier(OPEN).pk
    content = client.get(f"/ho-so/{pk}/phieu.xlsx").content
    places = {client.post(f"/ho-so/{pk}/nop-phieu", {"file": io.BytesIO(content)})["Location"] for _turn in range(2)}
    assert len(places) == practice.dossier(OPEN).handedins.count() == 1


@pytest.mark.parametrize(
    "then",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "javascript:alert(1)", " //elsewhere.example",
     "/\t/elsewhere.example", "http:elsewhere.example", "///elsewhere.example", "/\n/elsewhere.example", "elsewhere.example", "/\x00//x"],
)  # fmt: skip
def test_no_address_leads_on_to_another_site(practice: Practice, signed_in: SignedIn, then: str) -> None:
    """Signing in, at a provider as well, and the language lead on to what is asked for: to a page of ours, or to one's work."""
    from urllib.parse import urlsplit

    from django.test import RequestFactory

    from ntm_rules.web.views.signing import own_page

    found = [own_page(RequestFactory().get("/", HTTP_HOST="localhost"), then)]
    found.append(signed_in("thuong-truc").post("/ngon-ngu", {"language": "vi", "next": then})["Location"])
    for where in found:
        plain = where.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "")  # as browsers read it
        assert plain.startswith("/"), where
        assert not plain.startswith("//"), where
        assert urlsplit(plain).netloc == ""


def test_what_is_typed_adds_no_line_to_a_calendar_and_no_head_to_an_answer(
    practice: Practice, signed_in: SignedIn
) -> None:
    from ntm_rules.web.models import Round

    Round.objects.filter(pk=practice.round.pk).update(title="Đợt\r\nATTACH:https://elsewhere.example\r\nEND:VCALENDAR")
    answer = signed_in("thuong-truc").get("/han.ics")
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line.startswith("ATTACH")]
    assert lines.count("END:VCALENDAR") == 1
    assert "elsewhere.example" in answer.content.decode().replace("\r\n ", "")


@on_both
@pytest.mark.parametrize(
    ("who", "path", "said"),
    [
        ("cb.03394", "/ho-so/{open}/so-lieu/" + MEASURE, {"value": "8\0", "note": "\0a", "base": "0", "key": "\0k", "earlier": "\0,x"}),
        ("thuong-truc", "/ho-so/{submitted}/buoc/return", {"seen": "{version}", "reason": "thieu-so-lieu", "note": "\0Thiếu"}),
        ("thuong-truc", "/dot/{round}/gia-han", {"what": "submit", "place": "", "day": "2099-01-01", "reason": "\0Lũ"}),
        ("thuong-truc", "/dot/moi", {"title": "\0Đợt", "year": "2026", "set_id": "lai-chau-2026-2030", "submit_by": "2099-01-01"}),
        ("quan-tri", "/tai-khoan", {"username": "moi.thu", "full_name": "\0Mới", "position": "\0x", "email": ""}),
        ("", "/dang-nhap", {"username": "cb.03394\0", "password": "\0x"}),
    ],
)  # fmt: skip
def test_a_sign_that_postgresql_keeps_in_no_text_is_left_out(
    practice: Practice, who: str, path: str, said: dict[str, str]
) -> None:
    from django.test import Client

    client, submitted = Client(), practice.dossier(SUBMITTED)
    if who:
        client.force_login(practice.person(who))
    known = {
        "open": practice.dossier(OPEN).pk,
        "submitted": submitted.pk,
        "round": practice.round.pk,
        "version": submitted.version,
    }
    answer = client.post(path.format(**known), {name: text.format(**known) for name, text in said.items()})
    assert answer.status_code in (200, 302, 422)
    assert client.get("/tim", {"q": "Bình\0 Lư"}).status_code == (200 if who else 302)
    nobody = Client(HTTP_COOKIE='sessionid="\\000abcdefghijk"; ntm-lang="\\000"')
    assert nobody.get("/").status_code == 302
