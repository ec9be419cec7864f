"""Papers go out as the office made them and come back on a link, once, signed; every step stands in the log."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

pytest.importorskip("pyhanko", reason="the extra signed is not installed")

from ntm_rules.appraisal.papers import SIGNED
from ntm_rules.appraisal.roles import ROLES, Belonging, Role
from tests.web.conftest import OPEN, Practice, SignedIn
from tests.web.signing import Holder, holder, paper, signed

PAPER, HEAD = paper(), "ct.03394"


@pytest.fixture(scope="module")
def signer() -> Holder:
    return holder("Lò Văn A", holder("Gốc (bịa)"))


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read signatures within this process: that another takes the harm is held elsewhere."""
    from ntm_rules.web import signatures, signed_papers

    monkeypatch.setattr(signed_papers, "signatures_apart", signatures.signatures_of)


def file(content: bytes, name: str = "bao-cao.pdf") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def given(client: Any, dossier: int, content: bytes = PAPER) -> str:
    """Hand a paper out and return the address of the link that is shown for it."""
    said = {"kind": "tu-danh-gia", "file": file(content)}
    assert client.post(f"/ho-so/{dossier}/ky", said).status_code == 302
    return link(client, dossier)


def link(client: Any, dossier: int) -> str:
    from ntm_rules.web.models import Paper

    pk = Paper.objects.filter(dossier=dossier).latest("pk").pk
    page = client.post(f"/ho-so/{dossier}/ky/{pk}/lien-ket", follow=True).content.decode()
    found = re.search(r"http://testserver(/ky/[\w-]{43})", page)
    assert found
    return found[1]


def test_a_paper_goes_out_and_comes_back_signed_once(practice: Practice, signed_in: SignedIn, signer: Holder) -> None:
    from django.test import Client

    from ntm_rules.web.models import SignedPaper

    head, dossier, outside = signed_in(HEAD), practice.dossier(OPEN).pk, Client()
    where = given(head, dossier)
    assert "Báo cáo tự đánh giá" in outside.get(where).content.decode()
    assert outside.get(f"{where}/tep").content == PAPER
    answer = outside.post(where, {"file": file(signed(PAPER, signer), "da-ky.pdf")})
    shown = answer.content.decode()
    assert (answer.status_code, "Lò Văn A" in shown, "Gốc (bịa)" in shown) == (200, True, True)
    assert outside.get(where).status_code == outside.post(where, {}).status_code == 404, "a link serves once"
    assert outside.get(f"{where}/tep").status_code == 404
    row = SignedPaper.objects.get(dossier=dossier)
    got = signed_in("cb.03394").get(f"/ho-so/{dossier}/da-ky/{row.pk}")
    assert got.content.startswith(PAPER)
    assert (got["Content-Disposition"], got["X-Content-Type-Options"]) == (
        'attachment; filename="da-ky.pdf"',
        "nosniff",
    )
    page = head.get(f"/ho-so/{dossier}/ky").content.decode()
    assert "chưa cài đặt chứng thư gốc" in page, "of trust no more is said than is known"


def test_every_step_stands_in_the_log_and_verify_holds_it(
    practice: Practice, signed_in: SignedIn, signer: Holder
) -> None:
    from django.db import DatabaseError, connection, transaction
    from django.test import Client

    from ntm_rules.web.models import Event, SignedPaper
    from ntm_rules.web.verifying import verified

    head, dossier = signed_in(HEAD), practice.dossier(OPEN).pk
    where = given(head, dossier)
    Client().post(where, {"file": file(signed(PAPER, signer))})
    kinds = Event.objects.filter(dossier=dossier).order_by("-number").values_list("kind", "told")[:3]
    assert [kind for kind, _told in kinds] == ["paper-signed", "paper-link", "paper"]
    assert "Lò Văn A" in json.loads(kinds[0][1])["found"]
    assert where.removeprefix("/ky/") not in "".join(told for _kind, told in kinds), "the token itself is nowhere kept"
    log = head.get(f"/ho-so/{dossier}/nhat-ky").content.decode()
    assert "bao-cao.pdf" in log
    assert verified().faults == []
    row = SignedPaper.objects.get(dossier=dossier)
    for statement in ("UPDATE web_signedpaper SET name = 'x'", "DELETE FROM web_paper"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    row.refresh_from_db()
    assert row.name == "bao-cao.pdf"


def test_what_is_refused_leaves_the_link_open(practice: Practice, signed_in: SignedIn, signer: Holder) -> None:
    from django.test import Client

    from ntm_rules.web.models import SignedPaper

    dossier, outside = practice.dossier(OPEN).pk, Client()
    where = given(signed_in(HEAD), dossier)
    for content in (PAPER, b"<html>", b"PK\x03\x04", signed(paper(b"BT (khac) Tj ET"), signer), PAPER + b"\nxref"):
        answer = outside.post(where, {"file": file(content)})
        assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)
    assert outside.post(where, {}).status_code == 422
    assert not SignedPaper.objects.filter(dossier=dossier).exists()
    assert outside.post(where, {"file": file(signed(PAPER, signer))}).status_code == 200


def test_another_link_takes_the_place_of_the_one_before_and_days_end_it(
    practice: Practice, signed_in: SignedIn
) -> None:
    from django.test import Client
    from django.utils import timezone

    from ntm_rules.web.models import PaperLink

    head, dossier, outside = signed_in(HEAD), practice.dossier(OPEN).pk, Client()
    first = given(head, dossier)
    second = link(head, dossier)
    assert [outside.get(where).status_code for where in (first, second, "/ky/" + "x" * 43)] == [404, 200, 404]
    PaperLink.objects.filter(ended_at=None).update(until=timezone.now() - dt.timedelta(seconds=1))
    assert outside.get(second).status_code == 404


def test_each_paper_is_its_own_offices(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.models import Paper

    dossier = practice.dossier(OPEN).pk
    answer = signed_in(HEAD).post(f"/ho-so/{dossier}/ky", {"kind": "quyet-dinh", "file": file(PAPER)})
    assert answer.status_code == 422
    assert signed_in("cb.03394").post(f"/ho-so/{dossier}/ky", {"kind": "tu-danh-gia"}).status_code == 404
    assert not Paper.objects.filter(dossier=dossier).exists()
    given(signed_in(HEAD), dossier)
    pk = Paper.objects.get(dossier=dossier).pk
    assert signed_in("ct.03390").get(f"/ho-so/{dossier}/ky/{pk}").status_code == 404
    other = practice.dossier("03390").pk
    assert signed_in("ct.03390").get(f"/ho-so/{other}/ky/{pk}").status_code == 404, "a number of another dossier's"
    assert all(ROLES[role].belongs is Belonging.COMMUNE for role in SIGNED["tu-danh-gia"].roles)
    assert {role for one in SIGNED.values() for role in one.roles} == {
        Role.COMMUNE_HEAD, Role.COORDINATOR, Role.SECRETARY, Role.RECORDER,
    }  # fmt: skip


def test_where_signatures_cannot_be_checked_nothing_is_taken_in(
    practice: Practice, signed_in: SignedIn, signer: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import Client

    from ntm_rules.web import signatures

    where = given(signed_in(HEAD), practice.dossier(OPEN).pk)
    monkeypatch.setattr(signatures, "installed", lambda: False)
    answer = Client().post(where, {"file": file(signed(PAPER, signer))})
    assert (answer.status_code, "signed" in answer.content.decode()) == (422, True)
