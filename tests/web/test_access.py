"""Every address x every role x own and other x every state x method: what the map says is what the application does."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from ntm_rules.appraisal.permissions import ACCESS, Open, Published, Scope, Subject, may
from ntm_rules.appraisal.roles import ROLES, Actor, Appointment, Belonging, Role
from ntm_rules.appraisal.states import State
from tests.web.conftest import ACCEPTED, OPEN, PASSWORD, SUBMITTED, Practice, SignedIn
from tests.web.databases import on_both

METHODS = ("GET", "POST", "PUT", "HEAD", "PATCH", "DELETE")
OWN, OTHER = "03394", "03390"
OWN_AGENCY, OTHER_AGENCY = "so-xay-dung", "so-y-te"
THINGS = {"section": "8", "measure": "household_waste_treated_share", "evidence": 1, "handed_in": 1, "step": "submit"} | {
    "layer": "self", "agency": OWN_AGENCY, "session": 1, "paper": "bien-ban", "decision": 1, "year": 2026, "pin": 1, "remark": 1,
    "file": "index.html", "outgoing": 1, "incoming": 1, "token": "x",
}  # fmt: skip


class Asking:
    """Whoever asks, without a session."""

    is_authenticated = True
    must_change_password = False

    def __init__(self, actor: Actor) -> None:
        self.actor = actor


def held(role: Role) -> Actor:
    places = {Belonging.COMMUNE: OWN, Belonging.AGENCY: OWN_AGENCY}
    return Actor(1, frozenset({Appointment(role, places.get(ROLES[role].belongs, ""))}))


def test_every_address_has_a_row_and_every_row_an_address(practice: Practice) -> None:
    from ntm_rules.web.urls import urlpatterns

    assert sorted(str(pattern.name) for pattern in urlpatterns) == sorted(ACCESS)


@on_both
@pytest.mark.parametrize(
    ("states", "methods", "least"),
    [
        ((State.OPEN,), METHODS[:2], 900),
        pytest.param(tuple(State), METHODS, 20_000, marks=pytest.mark.long),  # every one: some twenty seconds
    ],
)
def test_the_application_decides_as_the_map_for_every_role_state_and_method(
    practice: Practice, states: tuple[State, ...], methods: tuple[str, ...], least: int
) -> None:
    """Decided by the middleware itself over real dossiers: every address, 10 roles, own and other commune and agency,
    with and without a figure that an agency has asked for."""
    from django.http import Http404
    from django.test import RequestFactory
    from django.urls import resolve, reverse

    from ntm_rules.web.access import Access
    from ntm_rules.web.models import Dossier
    from ntm_rules.web.urls import urlpatterns

    access, factory = Access(lambda _request: None), RequestFactory()  # type: ignore[arg-type, return-value]  # never asked
    dossiers = {commune: practice.dossier(commune).pk for commune in (OWN, OTHER)}
    looked_at = 0
    for state, asked in [(state, False) for state in states] + [(State.UNDER_APPRAISAL, True)]:
        Dossier.objects.filter(pk__in=dossiers.values()).update(state=state.value)
        if asked:
            for commune in dossiers:
                ask(practice, commune, THINGS["measure"])
        for pattern, commune, agency in itertools.product(urlpatterns, dossiers, (OWN_AGENCY, OTHER_AGENCY)):
            wanted = pattern.pattern.converters
            if "dossier" not in wanted and (state is not State.OPEN or commune == OTHER):
                continue
            if "agency" not in wanted and agency == OTHER_AGENCY:
                continue
            ids = {**THINGS, "dossier": dossiers[commune], "round": practice.round.pk, "account": 1, "agency": agency}
            path = reverse(pattern.name, kwargs={name: ids[name] for name in wanted})
            of_dossier = Subject(commune, state, asked=asked) if "dossier" in wanted else Subject()
            subject = of_dossier._replace(agency=agency if "agency" in wanted else None)
            for role, method in itertools.product(Role, methods):
                request: Any = factory.generic(method, path)
                request.user, request.resolver_match = Asking(held(role)), resolve(path)
                match = request.resolver_match
                try:
                    passed = access.process_view(request, match.func, match.args, match.kwargs) is None
                except Http404:
                    passed = False
                assert passed is may(held(role), pattern.name, method, subject), (pattern.name, role, method, subject)
                looked_at += 1
    assert looked_at > least


@pytest.mark.long
def test_the_application_decides_as_the_map_in_a_closed_round(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.http import Http404, HttpResponse
    from django.test import RequestFactory
    from django.urls import resolve, reverse
    from django.utils import timezone

    from ntm_rules.web import access as accessing
    from ntm_rules.web.access import Access
    from ntm_rules.web.models import Dossier, Round
    from ntm_rules.web.urls import urlpatterns

    monkeypatch.setattr(accessing, "over", lambda _request: HttpResponse(status=409))
    Round.objects.filter(pk=practice.round.pk).update(closed_at=timezone.now())
    access, dossier = Access(lambda _request: None), practice.dossier(OWN).pk  # type: ignore[arg-type, return-value]  # never asked
    refused = 0
    for state in (State.OPEN, State.UNDER_APPRAISAL, State.CONCLUDED):
        Dossier.objects.filter(pk=dossier).update(state=state.value)
        for pattern, role in itertools.product(urlpatterns, Role):
            wanted = pattern.pattern.converters
            ids = {**THINGS, "dossier": dossier, "round": practice.round.pk, "account": 1}
            path = reverse(pattern.name, kwargs={name: ids[name] for name in wanted})
            subject = Subject(OWN, state) if "dossier" in wanted else Subject()
            subject = subject._replace(agency=OWN_AGENCY if "agency" in wanted else None)
            closed = bool({"dossier", "round"} & set(wanted))
            request: Any = RequestFactory().post(path)
            request.user, request.resolver_match = Asking(held(role)), resolve(path)
            try:
                answer = access.process_view(request, None, (), request.resolver_match.kwargs)
            except Http404:
                assert not may(held(role), pattern.name, "POST", subject), pattern.name
                continue
            assert (answer is None) is may(held(role), pattern.name, "POST", subject._replace(closed=closed))
            refused += answer is not None and answer.status_code == 409
    assert refused > 20


class Nobody:
    """Whoever asks without being signed in."""

    is_authenticated = False


@pytest.mark.parametrize("switched_on", [False, True])
def test_public_pages_open_for_dossiers_in_comment_alone_and_only_where_they_are_switched_on(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, switched_on: bool
) -> None:
    """Every state x method x closed or not: it makes no difference whether anybody is signed in."""
    from dataclasses import replace

    from django.conf import settings
    from django.http import Http404, HttpResponse
    from django.test import RequestFactory
    from django.urls import resolve
    from django.utils import timezone

    from ntm_rules.web import access as accessing
    from ntm_rules.web.models import Dossier, Round

    monkeypatch.setattr(settings, "NTM", replace(settings.NTM, public_comments=switched_on))
    monkeypatch.setattr(accessing, "over", lambda _request: HttpResponse(status=409))
    access, dossier = accessing.Access(lambda _request: None), practice.dossier(OWN).pk  # type: ignore[arg-type, return-value]  # never asked
    passed = set()
    for state, closed in itertools.product(State, (False, True)):
        Dossier.objects.filter(pk=dossier).update(state=state.value)
        Round.objects.filter(pk=practice.round.pk).update(closed_at=timezone.now() if closed else None)
        for path, method in itertools.product(("/cong-khai", f"/cong-khai/{dossier}"), METHODS):
            answers = set()
            for who in (Nobody(), Asking(held(Role.COORDINATOR))):
                request: Any = RequestFactory().generic(method, path)
                request.user, request.resolver_match = who, resolve(path)
                try:
                    answers.add(access.process_view(request, None, (), dict(request.resolver_match.kwargs)))
                except Http404:
                    answers.add("not there")
            (answer,) = {getattr(answer, "status_code", answer) for answer in answers}
            if answer is None:
                passed.add((path == "/cong-khai", state, closed, method))
    reads = {(False, State.IN_COMMENT, closed, method) for closed in (False, True) for method in ("GET", "HEAD")}
    lists = {(True, state, closed, method) for state in State for closed in (False, True) for method in ("GET", "HEAD")}
    assert passed == ((reads | lists | {(False, State.IN_COMMENT, False, "POST")}) if switched_on else set())


def ask(practice: Practice, commune: str, measure: object) -> None:
    """Let an agency have asked a commune for more on a figure."""
    from django.utils import timezone

    from ntm_rules.web.models import Finding

    said = {"dossier": practice.dossier(commune), "by": practice.person("quan-tri"), "at": timezone.now()}
    Finding(**said, agency="a", measure=measure, act="ask", reason="x").save()


@pytest.mark.parametrize(
    "address",
    [
        name
        for name, access in ACCESS.items()
        if access is not Open.EVERYBODY and not isinstance(access, Scope | Published)
    ],
)
def test_who_is_not_signed_in_is_sent_to_sign_in(practice: Practice, address: str) -> None:
    from django.test import Client
    from django.urls import reverse

    from ntm_rules.web.urls import urlpatterns

    wanted = next(pattern for pattern in urlpatterns if pattern.name == address).pattern.converters
    ids = {"dossier": practice.dossier(OPEN).pk, "round": practice.round.pk, "account": 1, **THINGS}
    response = Client().get(reverse(address, kwargs={name: ids[name] for name in wanted}))
    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap?next=%2F")


@pytest.mark.parametrize("path", ["/ho-so/99999", "/dot/99999", "/tai-khoan/99999", "/ho-so/99999/phieu.xlsx", "/x"])
@pytest.mark.parametrize("name", ["cb.03394", "thuong-truc", "quan-tri"])
def test_a_number_that_is_guessed_is_not_there(signed_in: SignedIn, path: str, name: str) -> None:
    assert signed_in(name).get(path).status_code == 404


@pytest.mark.parametrize("commune", [SUBMITTED, ACCEPTED, "03390"])
def test_another_communes_dossier_is_not_there(practice: Practice, signed_in: SignedIn, commune: str) -> None:
    client, pk = signed_in("cb.03394"), practice.dossier(commune).pk
    for path in ("", "/muc/8", "/nhat-ky", "/kiem-tra", "/phieu.xlsx", "/nop-phieu", "/minh-chung/1"):
        assert client.get(f"/ho-so/{pk}{path}").status_code == 404


def test_a_thing_of_another_dossier_is_not_there_within_ones_own(practice: Practice, signed_in: SignedIn) -> None:
    from django.utils import timezone

    from ntm_rules.web.models import Evidence, HandedIn

    other, who = practice.dossier("03390"), practice.person("cb.03390")
    file = Evidence(
        dossier=other, by=who, at=timezone.now(), measure="x", sha256="0" * 64, name="a.pdf", kind="pdf", size=1
    )
    file.save()
    form = HandedIn(dossier=other, by=who, at=timezone.now(), name="a.xlsx", sha256="0" * 64, content=b"")
    form.save()
    client, own = signed_in("cb.03394"), practice.dossier(OPEN).pk
    assert client.get(f"/ho-so/{own}/minh-chung/{file.pk}").status_code == 404
    assert client.post(f"/ho-so/{own}/minh-chung/{file.pk}/bo").status_code == 404
    assert client.get(f"/ho-so/{own}/nop-phieu/{form.pk}").status_code == 404


def test_an_account_that_is_closed_is_signed_out_at_once(practice: Practice, signed_in: SignedIn) -> None:
    client = signed_in("cb.03394")
    assert client.get("/").status_code == 200
    person = practice.person("cb.03394")
    signed_in("quan-tri").post(f"/tai-khoan/{person.pk}", {"do": "close"})
    assert client.get("/").status_code == 302


def test_nobody_gives_himself_a_role_or_resets_his_own_account(practice: Practice, signed_in: SignedIn) -> None:
    administrator = practice.person("quan-tri")
    client = signed_in("quan-tri")
    for said in ({"do": "add-role", "role": "coordinator"}, {"do": "close"}, {"do": "password"}):
        client.post(f"/tai-khoan/{administrator.pk}", said)
    administrator.refresh_from_db()
    assert administrator.is_active
    assert [role.role for role in administrator.roles.all()] == ["administrator"]
    assert administrator.check_password(PASSWORD)


def test_a_form_of_another_page_is_refused(practice: Practice) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(practice.person("ct.03394"))
    dossier = practice.dossier(OPEN)
    response = client.post(f"/ho-so/{dossier.pk}/buoc/submit", {"seen": dossier.version})
    assert response.status_code == 403
    assert practice.dossier(OPEN).stands is State.OPEN


@pytest.mark.long
def test_signing_in_changes_the_session_and_leads_nowhere_else(practice: Practice) -> None:
    from django.test import Client

    client = Client()
    client.get("/dang-nhap")
    client.session["mark"] = "fixed"
    before = client.session.session_key
    said = {"username": "cb.03394", "password": PASSWORD}
    for then in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example"):
        response = Client().post("/dang-nhap", {**said, "next": then})
        assert (response.status_code, response["Location"]) == (302, "/")
    response = client.post("/dang-nhap", {**said, "next": "/mat-khau"})
    assert response["Location"] == "/mat-khau"
    assert client.session.session_key != before


@pytest.mark.parametrize("said", [{"password": "x"}, {"username": "khong-co"}, {"password": ""}])
def test_a_wrong_name_or_password_says_the_same(practice: Practice, said: dict[str, str]) -> None:
    from django.test import Client

    response = Client().post("/dang-nhap", {"username": "cb.03394", "password": PASSWORD} | said)
    assert response.status_code == 422
    assert "không khớp với tài khoản đang mở nào" in response.content.decode()


def test_a_host_that_is_not_ours_is_refused(practice: Practice) -> None:
    from django.test import Client

    assert Client().get("/dang-nhap", HTTP_HOST="elsewhere.example").status_code == 400


def test_every_page_forbids_foreign_scripts_frames_and_copies(signed_in: SignedIn) -> None:
    response = signed_in("thuong-truc").get("/")
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
