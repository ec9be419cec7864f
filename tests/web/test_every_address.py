"""Every address asked by a person of every role, with what was never meant to be sent: an answer each time, and the map's."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from ntm_rules.appraisal.permissions import ACCESS, Open, Published, Scope, Subject, may
from tests.web.conftest import ACCEPTED, OPEN, Practice, SignedIn
from tests.web.test_access import THINGS
from tests.web.test_council import APPRAISED, RECOGNISED

pytestmark = pytest.mark.long  # some thousand pages
AGENCIES = "so-xay-dung", "so-nong-nghiep-moi-truong"
PEOPLE = (
    f"cb.{OPEN}", f"ct.{OPEN}", "cv.so-xay-dung", "ld.so-xay-dung", "thuong-truc", "thu-ky", "thanh-vien", "van-phong", "lanh-dao", "quan-tri",
)  # fmt: skip
WRITES_MOST = "thuong-truc"
"""What PostgreSQL takes otherwise than SQLite is asked of one: every page costs as much there again."""
ANSWERED = {200, 302, 400, 401, 403, 404, 405, 409, 413, 422}
NAMES = (
    "do", "reason", "note", "seen", "place", "item", "text", "section", "person", "next", "kind", "day", "what", "until", "unit", "substitution",
    "since", "shared", "set_id", "seat", "scope", "role", "revoke", "remove", "q", "present", "post", "opinion", "names", "name", "measure",
    "listed", "language", "keep", "installed", "held", "due", "concluded-", "communes", "commune", "cause", "year", "title", "submit_by",
    "appraise_by", "value", "numerator", "denominator", "previous", "document", "base", "key", "earlier", "username", "password", "code", "old",
    "fresh", "again", "full_name", "position", "email", "number", "households", "surveyed", "satisfied", "subject", "file", "overlays", "before",
)  # fmt: skip
JUNK = ("", "\0", "9" * 30, "²", "{{7*7}}%s{0}", "../../etc/passwd", "1:1:1")
MEASURE = "household_waste_treated_share"


def places(practice: Practice, commune: str) -> Iterator[tuple[str, str, Subject]]:
    """Yield name and path of every address over one dossier, and what it is about."""
    from django.urls import reverse

    from ntm_rules.web.urls import urlpatterns

    dossier = practice.dossier(commune)
    for pattern, agency in itertools.product(urlpatterns, AGENCIES):
        wanted = pattern.pattern.converters
        if agency != AGENCIES[0] and "agency" not in wanted:
            continue
        ids = {**THINGS, "dossier": dossier.pk, "round": practice.round.pk, "agency": agency, "account": 1}
        path = reverse(pattern.name, kwargs={name: ids[name] for name in wanted})
        subject = Subject(commune, dossier.stands) if "dossier" in wanted else Subject()
        yield str(pattern.name), path, subject._replace(agency=agency if "agency" in wanted else None)


@pytest.mark.parametrize(
    ("database", "name"),
    [*(("sqlite", name) for name in (*PEOPLE, "")), ("postgresql", WRITES_MOST)],
    indirect=["database"],
)
def test_no_page_breaks_and_none_is_shown_that_the_map_does_not_allow(
    practice: Practice, signed_in: SignedIn, name: str
) -> None:
    from django.db import transaction
    from django.test import Client

    client = signed_in(name) if name else Client()
    actor = practice.person(name).actor if name else None
    broke = []
    for commune in (OPEN, ACCEPTED, APPRAISED, RECOGNISED):
        for address, path, subject in places(practice, commune):
            if address == "sign-out":
                continue
            for method, junk in [("GET", ""), *(("POST", one) for one in JUNK)]:
                if commune != OPEN and (subject.state is None or junk):
                    continue
                sent = dict.fromkeys(NAMES, junk) | {
                    f"{MEASURE}:{part}": junk for part in ("act", "value", "base", "seen", "reason")
                }
                try:
                    with transaction.atomic():
                        answer = (
                            client.get(path, {"q": junk, "after": junk}) if method == "GET" else client.post(path, sent)
                        )
                        transaction.set_rollback(True)
                except Exception as error:  # noqa: BLE001 - whatever broke is told
                    broke.append((address, path, method, junk, repr(error)[:200]))
                    continue
                if answer.status_code not in ANSWERED:
                    broke.append((address, path, method, junk, str(answer.status_code)))
                if isinstance(ACCESS[address], Scope | Published) or ACCESS[address] is Open.EVERYBODY:
                    continue
                if not may(actor, address, method, subject) and answer.status_code not in (
                    404,
                    302 if not name else 404,
                ):
                    broke.append((address, path, method, junk, f"shown: {answer.status_code}"))
    assert broke == []
