"""Signing in at a provider: only who an administrator has set gets in, as that account, with the roles given here."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from ntm_rules.errors import NtmError

pytest.importorskip("django", reason="the extra web is not installed")
pytest.importorskip("authlib", reason="the extra oidc is not installed")

from ntm_rules.web.provider import Provider, provider_said
from tests.web.conftest import Practice, SignedIn

CLIENT, SECRET, SUBJECT = "ntm", "bi-mat", "8f2c-03394"


class Office:
    """A provider that lets everybody in as `subject` and holds codes, verifiers and secrets as the standard says."""

    def __init__(self) -> None:
        from joserfc.jwk import ECKey

        self.subject, self.said = SUBJECT, dict[str, Any]()
        """Claims that it tells otherwise than it should."""
        self.key, self.algorithm = ECKey.generate_key("P-256", {"kid": "1", "alg": "ES256"}), "ES256"
        self.other = ECKey.generate_key("P-256", {"kid": "1"})
        self.lies = False
        self._codes: dict[str, dict[str, str]] = {}
        office = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                found = {
                    "/.well-known/openid-configuration": office.told,
                    "/keys": lambda: {"keys": [office.key.as_dict(private=False)]},
                }.get(path)
                self._say(200 if found else 404, found() if found else {})

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                said = {name: values[0] for name, values in form.items()}
                token = office.token(said, self.headers.get("Authorization", ""))
                self._say(200 if token else 400, token or {"error": "invalid_grant"})

            def _say(self, status: int, said: dict[str, Any]) -> None:
                content = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_said: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def told(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "/in", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": self.issuer, **{name: f"{self.issuer}{path}" for name, path in places.items()}}

    def let_in(self, address: str) -> dict[str, str]:
        """Let in whoever comes to an address; return what he goes back with."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert (asked["client_id"], asked["scope"], asked["response_type"]) == (CLIENT, "openid", "code")
        assert asked["code_challenge_method"] == "S256"
        code = hashlib.sha256(address.encode()).hexdigest()
        self._codes[code] = asked
        return {"state": asked["state"], "code": code}

    def token(self, said: dict[str, str], authorization: str) -> dict[str, Any] | None:
        from joserfc import jwt

        asked = self._codes.pop(said.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(said.get("code_verifier", "").encode()).digest())
        secret = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or challenge.decode().rstrip("=") != asked["code_challenge"]:
            return None
        if authorization != f"Basic {secret}" or said["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], "roles": ["administrator"]} | self.said
        claims = {name: value for name, value in claims.items() if value is not None}
        word = jwt.encode({"alg": self.algorithm, "kid": "1"}, claims, self.other if self.lies else self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": word}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def office(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    from django.conf import settings

    found = Office()
    provider = Provider(found.issuer, CLIENT, SECRET, "Cổng của tỉnh (bịa)")
    monkeypatch.setattr(settings, "NTM", replace(settings.NTM, provider=provider))
    yield found
    found.close()


def came_back(office: Office, client: Any, **otherwise: str) -> Any:
    """Go to the provider and come back, as a browser does."""
    gone = client.get("/dang-nhap/noi-khac?next=/thong-bao")
    assert gone.status_code == 302
    assert gone["Location"].startswith(f"{office.issuer}/in?")
    return client.get("/dang-nhap/ve?" + urlencode(office.let_in(gone["Location"]) | otherwise))


def identified(practice: Practice, name: str = "cb.03394", subject: str = SUBJECT) -> None:
    from django.conf import settings

    from ntm_rules.web.people import identify

    identify(practice.person("quan-tri"), practice.person(name), settings.NTM.provider.issuer, subject)


def test_whom_an_administrator_has_set_gets_in_as_that_account_and_with_its_roles_alone(
    practice: Practice, office: Office
) -> None:
    from django.test import Client

    from ntm_rules.web.models import Event

    identified(practice)
    client = Client()
    assert "Cổng của tỉnh (bịa)" in client.get("/dang-nhap").content.decode()
    before = client.cookies.get("sessionid")
    answer = came_back(office, client)
    assert (answer.status_code, answer["Location"]) == (302, "/thong-bao")
    assert int(client.session["_auth_user_id"]) == practice.person("cb.03394").pk
    assert client.cookies["sessionid"].value != (before.value if before else ""), "no session is fixed beforehand"
    assert client.get("/tai-khoan").status_code == 404, "what the provider says of roles opens nothing"
    assert json.loads(Event.objects.latest("number").told) == {"provider": office.issuer}


def test_nobody_else_gets_in_and_no_account_is_made(practice: Practice, office: Office) -> None:
    from django.test import Client

    from ntm_rules.web.models import Person

    identified(practice)
    people = Person.objects.count()
    office.subject = "khac"
    client = Client()
    answer = came_back(office, client)
    assert (answer.status_code, "khac" in answer.content.decode()) == (422, True)
    office.subject = SUBJECT
    Person.objects.filter(username="cb.03394").update(is_active=False)
    assert came_back(office, client).status_code == 422, "a closed account"
    assert ("_auth_user_id" in client.session, Person.objects.count()) == (False, people)


@pytest.mark.parametrize(
    "said",
    [
        {"iss": "https://khac.example"}, {"aud": "khac"}, {"aud": [CLIENT, "khac"]}, {"exp": 1}, {"exp": None}, {"nonce": "khac"},
        {"nonce": None}, {"sub": None}, {"sub": 7}, {"sub": ""}, {"iat": None}, {"sub": "x" * 256},
    ],
    ids=str,
)  # fmt: skip
def test_a_word_that_does_not_hold_lets_nobody_in(practice: Practice, office: Office, said: dict[str, Any]) -> None:
    from django.test import Client

    identified(practice)
    office.said = said
    client = Client()
    assert came_back(office, client).status_code == 422
    assert "_auth_user_id" not in client.session


def test_another_key_lets_nobody_in(practice: Practice, office: Office) -> None:
    from django.test import Client

    identified(practice)
    office.lies = True
    assert came_back(office, Client()).status_code == 422


def test_who_did_not_begin_here_or_comes_twice_does_not_get_in(practice: Practice, office: Office) -> None:
    from django.test import Client

    identified(practice)
    client, other = Client(), Client()
    assert came_back(office, client, state="khac").status_code == 422
    assert came_back(office, client, error="access_denied").status_code == 422
    gone = client.get("/dang-nhap/noi-khac")["Location"]
    back = "/dang-nhap/ve?" + urlencode(office.let_in(gone))
    assert other.get(back).status_code == 422, "begun in another browser"
    assert client.get(back).status_code == 302
    client.post("/dang-xuat")
    assert client.get(back).status_code == 422


def test_who_is_let_in_needs_the_code_of_his_telephone_and_no_password(practice: Practice, office: Office) -> None:
    from django.test import Client
    from django.utils import timezone

    from ntm_rules.web.models import Person, SecondFactor

    identified(practice)
    Person.objects.filter(username="cb.03394").update(must_change_password=True)
    client = Client()
    came_back(office, client)
    assert client.get("/thong-bao").status_code == 200
    client.post("/dang-xuat")
    secret = "JBSWY3DPEHPK3PXP"
    SecondFactor(person=practice.person("cb.03394"), secret=secret, made_at=timezone.now(), last_step=0).save()
    assert came_back(office, client)["Location"] == "/ma"
    assert "_auth_user_id" not in client.session


def test_administrators_set_who_is_who_and_no_two_are_the_same(
    practice: Practice, office: Office, signed_in: SignedIn
) -> None:
    from ntm_rules.web.models import Identity

    admin, person = signed_in("quan-tri"), practice.person("cb.03394")
    page = f"/tai-khoan/{person.pk}"
    admin.post(page, {"do": "identify", "subject": f" {SUBJECT} "})
    assert SUBJECT in admin.get(page).content.decode()
    other = practice.person("cb.03390")
    admin.post(f"/tai-khoan/{other.pk}", {"do": "identify", "subject": SUBJECT})
    own = practice.person("quan-tri")
    admin.post(f"/tai-khoan/{own.pk}", {"do": "identify", "subject": "toi"})
    assert list(Identity.objects.values_list("person", "subject")) == [(person.pk, SUBJECT)]
    admin.post(page, {"do": "identify", "subject": ""})
    assert not Identity.objects.exists()


def test_without_a_provider_there_is_no_such_page_and_one_that_is_away_is_told(
    practice: Practice, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings
    from django.test import Client

    office.close()
    answer = Client().get("/dang-nhap/noi-khac")
    assert (answer.status_code, "không trả lời" in answer.content.decode()) == (422, True)
    monkeypatch.setattr(settings, "NTM", replace(settings.NTM, provider=Provider()))
    assert [Client().get(f"/dang-nhap/{page}").status_code for page in ("noi-khac", "ve")] == [404, 404]
    assert "noi-khac" not in Client().get("/dang-nhap").content.decode()


def test_settings_are_read_whole_and_what_is_wrong_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ntm-web.toml"
    said = {"issuer": "https://a.example/x", "client_id": "ntm", "client_secret": "b"}
    assert provider_said(said, file, {"NTM_WEB_PROVIDER_SECRET": "c"}) == Provider(
        "https://a.example/x", "ntm", "c", "a.example", "sub"
    )
    assert not provider_said({}, file, {}).there
    for wrong in (
        {"issuer": "http://a.example"},
        {"issuer": "https://a"},
        {**said, "roles": "x"},
        {**said, "claim": ""},
    ):
        with pytest.raises(NtmError):
            provider_said(wrong, file, {})
