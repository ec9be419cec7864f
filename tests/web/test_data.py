"""Everything may be taken out: CSV, JSON and the read-only API say the same, and a token opens what its scopes say."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ntm_rules.appraisal.permissions import ACCESS, Scope
from ntm_rules.errors import NtmError
from tests.conftest import ROOT
from tests.web.conftest import OPEN, Practice, SignedIn

DOCUMENTED = ROOT / "docs" / "web-data.md"


def token(practice: Practice, *scopes: str, days: int = 10) -> str:
    from django.utils import timezone

    from ntm_rules.web.tokens import made

    until = timezone.localdate() + dt.timedelta(days)
    return made(practice.person("thuong-truc"), "Kho dữ liệu của tỉnh", scopes, until)


def asked(path: str, said: str = "", method: str = "get") -> Any:
    from django.test import Client

    headers = {"HTTP_AUTHORIZATION": f"Bearer {said}"} if said else {}
    return getattr(Client(), method)(path, **headers)


def of_api() -> list[tuple[str, str]]:
    """Return name and path of every address that asks for a scope."""
    from django.urls import reverse

    return [(name, reverse(name, kwargs={} if name == "api-rounds" else {"round": 1}))
            for name, access in ACCESS.items() if isinstance(access, Scope)]  # fmt: skip


def test_every_answer_is_what_the_openapi_document_says(practice: Practice) -> None:
    document = asked("/api/v1/openapi.json").json()
    said = token(practice, *(scope.value for scope in Scope))
    looked_at = 0
    for path, methods in document["paths"].items():
        answer = asked(path.replace("{round}", str(practice.round.pk)), said)
        assert answer.status_code == 200
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), schema)
        looked_at += len(answer.json()["rows"])
    assert {path.replace("{round}", "1") for path in document["paths"]} == {path for _name, path in of_api()}
    assert looked_at > 8_000


def test_a_token_opens_its_scopes_and_nothing_else_and_only_reads(practice: Practice) -> None:
    tokens = {scope: token(practice, scope.value) for scope in Scope}
    for name, path in of_api():
        wanted = ACCESS[name]
        for scope, said in tokens.items():
            assert asked(path, said).status_code == (200 if scope is wanted else 403), (name, scope)
        assert asked(path, tokens[wanted], "post").status_code == 405  # type: ignore[index]
        answer = asked(path)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    for path in ("/", "/dot/1", "/the-truy-cap"):
        assert asked(path, tokens[Scope.ROUNDS]).status_code == 302, "a token is nobody who signs in"


def test_nobody_who_is_signed_in_reads_the_api_without_a_token(signed_in: SignedIn) -> None:
    for _name, path in of_api():
        assert signed_in("thuong-truc").get(path).status_code == 401


@pytest.mark.parametrize("end", ["revoked", "over", "guessed", "cut"])
def test_a_token_that_has_ended_opens_nothing(practice: Practice, end: str) -> None:
    from ntm_rules.web.models import Token
    from ntm_rules.web.tokens import revoke

    said = token(practice, "figures")
    if end == "revoked":
        revoke(practice.person("thuong-truc"), Token.objects.get().pk)
    elif end == "over":
        Token.objects.update(until=dt.date(2026, 1, 1))
    else:
        said = said[:-1] if end == "cut" else "ntm_" + "A" * 43
    assert asked("/api/v1/rounds/1/figures", said).status_code == 401


def test_a_token_is_kept_as_its_hash_and_shown_once(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.models import Event, Token

    client = signed_in("thuong-truc")
    day = (dt.datetime.now(dt.UTC).date() + dt.timedelta(30)).isoformat()
    assert client.post("/the-truy-cap", {"name": "Kho", "scope": ["log", "rounds"], "until": day}).status_code == 302
    page = client.get("/the-truy-cap").content.decode()
    said = page[page.index("ntm_") :][:47]
    assert asked("/api/v1/rounds", said).status_code == 200
    assert said not in client.get("/the-truy-cap").content.decode()
    assert said not in Token.objects.get().sha256 + "".join(Event.objects.values_list("told", flat=True))
    assert client.post("/the-truy-cap", {"revoke": Token.objects.get().pk}).status_code == 302
    assert asked("/api/v1/rounds", said).status_code == 401
    assert [event.kind for event in Event.objects.order_by("-number")[:2]] == ["token-revoked", "token"]
    assert signed_in("quan-tri").get("/the-truy-cap").status_code == 404, "who opens accounts gives no figures away"


def test_what_is_wrong_with_a_token_is_said_all_at_once(practice: Practice) -> None:
    from ntm_rules.web.tokens import made

    with pytest.raises(NtmError) as refused:
        made(practice.person("thuong-truc"), "", ["accounts"], None)
    assert len(str(refused.value).splitlines()) == 3
    with pytest.raises(NtmError):
        token(practice, "figures", days=367)
    with pytest.raises(NtmError):
        token(practice, "figures", days=-1)


def test_what_grows_for_ever_is_taken_in_parts(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_rules.web.views import api

    said = token(practice, "figures", "log")
    whole = asked("/api/v1/rounds/1/versions", said).json()["rows"]
    monkeypatch.setattr(api, "MOST_ROWS", 700)
    for name in ("versions", "events"):
        rows, after = [], 0
        while after is not None:
            part = asked(f"/api/v1/rounds/1/{name}?after={after}", said).json()
            assert len(part["rows"]) <= 700
            rows += part["rows"]
            after = part["next"]
        assert [row["number"] for row in rows] == sorted({row["number"] for row in rows})
        if name == "versions":
            assert rows == whole
    assert len(asked("/api/v1/rounds/1/versions?after=x", said).json()["rows"]) == 700


def test_csv_json_and_the_api_say_the_same(practice: Practice, tmp_path: Path) -> None:
    from ntm_rules.web.exporting import export
    from ntm_rules.web.extracts import COLLECTIONS

    written = export(tmp_path / "out")
    said = token(practice, *(scope.value for scope in Scope))
    for name in COLLECTIONS:
        folder = tmp_path / "out" / f"round-{practice.round.pk}"
        rows = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        assert len(rows) == written[f"{folder.name}/{name}"]
        assert asked(f"/api/v1/rounds/{practice.round.pk}/{name}", said).json()["rows"] == rows
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            table = list(csv.DictReader(stream))
        as_text = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
        assert [{key: cell.removeprefix("'") for key, cell in row.items()} for row in table] == as_text
    with pytest.raises(NtmError, match="đã có nội dung"):
        export(tmp_path / "out")


def test_the_verdicts_taken_out_are_those_of_the_pages(practice: Practice) -> None:
    from ntm_rules.web.extracts import COLLECTIONS
    from ntm_rules.web.views.standings import stood

    rows = [row for row in COLLECTIONS["verdicts"].rows(practice.round, 0) if row[0] == OPEN and row[1] == "indicator"]
    judged = stood(practice.dossier(OPEN)).judged
    mine = [part for criterion in judged.result.children for part in criterion.children]
    mine += list(judged.conditions.children) if judged.conditions else []
    assert [(row[2], row[3]) for row in rows] == [
        (part.id, part.verdict.name) for part in mine if part.level == "indicator"
    ]


def test_no_cell_of_a_table_runs_as_a_formula(practice: Practice, tmp_path: Path) -> None:
    from ntm_rules.appraisal.entries import Entry
    from ntm_rules.web.exporting import export
    from ntm_rules.web.saving import Saving, save

    entry = Entry("81", document='=HYPERLINK("http://x")', note="@SUM(A1)")
    dossier = practice.dossier("03390")
    save(
        practice.law, dossier.pk, practice.person("cb.03390"), [Saving("household_waste_treated_share", entry, 0, "k")]
    )
    export(tmp_path / "out")
    text = (tmp_path / "out" / "round-1" / "figures.csv").read_text(encoding="utf-8-sig")
    assert "'@SUM(A1)" in text
    assert "'=HYPERLINK" in text
    assert ",=" not in text
    assert ",@" not in text


def test_every_column_is_documented(practice: Practice) -> None:
    from ntm_rules.web.extracts import COLLECTIONS, ROUNDS

    text = DOCUMENTED.read_text(encoding="utf-8")
    tables = {"rounds": ROUNDS} | {one.name: one.columns for one in COLLECTIONS.values()}
    for name, columns in tables.items():
        part = text.partition(f"### `{name}`\n")[2].partition("\n### ")[0]
        for column in columns:
            null = ", null" if column.empty else ""
            assert f"| `{column.name}` | {column.type}{null} | {column.words} |" in part, (name, column.name)
