"""Records that last: nothing said is changed or deleted, the log is a chain, steps happen once and in one piece."""

from __future__ import annotations

import pytest

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import Asked, StepName, StepRefused
from tests.web.conftest import ACCEPTED, OPEN, SUBMITTED, Practice, SignedIn
from tests.web.databases import on_both, standing_on

GUARDED = ("web_figure", "web_evidence", "web_taken", "web_event", "web_handedin", "web_law", "web_overlay")
GUARDED_APPRAISAL = ("web_finding", "web_substitution", "web_extension")
GUARDED_COUNCIL = (
    "web_comment", "web_seat", "web_session", "web_attendance", "web_minutes", "web_vote", "web_conclusion", "web_decision",
)  # fmt: skip


def put_one_of_each(practice: Practice) -> None:
    """Put a row into the guarded tables that a practice round leaves empty."""
    from django.utils import timezone

    from ntm_rules.web.models import Evidence, Extension, HandedIn, Overlay, Substitution

    said = {"dossier": practice.dossier(OPEN), "by": practice.person("cb.03394"), "at": timezone.now()}
    Evidence(**said, measure="x", sha256="0" * 64, name="a.pdf", kind="pdf", size=1).save()
    HandedIn(**said, name="a.xlsx", sha256="0" * 64, content=b"").save()
    who, today = practice.person("ld.so-y-te"), timezone.localdate()
    days = {"agency": "so-y-te", "since": today, "until": today, "reason": "x", "by": who, "at": timezone.now()}
    Substitution(person=practice.person("cv.so-y-te"), **days).save()
    Extension(round=practice.round, what="submit", day=today, reason="x", by=who, at=timezone.now()).save()
    Overlay(round=practice.round, place=0, name="a", sha256="0" * 64, content=b"").save()


@on_both
@pytest.mark.parametrize("table", GUARDED + GUARDED_APPRAISAL + GUARDED_COUNCIL)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id + 1000000", "DELETE FROM {table}"])
def test_the_database_itself_refuses_to_change_what_was_said(practice: Practice, table: str, statement: str) -> None:
    from django.db import IntegrityError, connection, transaction

    put_one_of_each(practice)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        before = cursor.fetchone()[0]
        assert before
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(statement.format(table=table))
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] == before


def test_replacing_a_row_is_deleting_it(practice: Practice) -> None:
    from django.db import IntegrityError, connection, transaction

    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        cursor.execute("INSERT OR REPLACE INTO web_event SELECT * FROM web_event WHERE number = 1")


def test_every_guarded_table_is_named(practice: Practice) -> None:
    from django.db import connection

    from ntm_rules.web import guards

    assert (guards.GUARDED, guards.GUARDED_APPRAISAL) == (GUARDED, GUARDED_APPRAISAL)
    assert guards.GUARDED_COUNCIL == GUARDED_COUNCIL
    assert {*GUARDED, *GUARDED_APPRAISAL, *GUARDED_COUNCIL} <= set(connection.introspection.table_names())
    assert len(list(guards.statements("postgresql"))) == 1 + 2 * len(GUARDED)


@on_both
def test_the_log_is_a_chain_that_tells_where_it_was_broken(practice: Practice, database: str) -> None:
    from django.db import connection

    from ntm_rules.web.events import Break, first_break

    assert first_break() is None
    with connection.cursor() as cursor:
        for trigger in {"sqlite": ("no_update", "no_delete"), "postgresql": ("append_only",)}[database]:
            table = "ON web_event" if database == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER web_event_{trigger} {table}")
        cursor.execute("UPDATE web_event SET told = replace(told, '2026', '2027') WHERE number = 5")
        assert cursor.rowcount == 1
        cursor.execute("UPDATE web_event SET kind = 'x' WHERE number = 9")
        assert first_break() == Break(9, "changed") or first_break() == Break(5, "changed")
        cursor.execute("UPDATE web_event SET sha256 = before WHERE number = 3")
        assert first_break() == Break(3, "changed")
        cursor.execute("DELETE FROM web_event WHERE number = 2")
        assert first_break() == Break(2, "missing")


@on_both
def test_a_step_is_written_down_with_what_it_rests_on(practice: Practice) -> None:
    import json

    from ntm_rules.web.stepping import take

    dossier, head = practice.dossier("03405"), practice.person("ct.03405")
    take(practice.law, dossier.pk, head, Asked(StepName.SUBMIT, dossier.version))
    after = practice.dossier("03405")
    assert (after.stands, after.version, after.submitted_by_id) == (State.SUBMITTED, 2, head.pk)
    event = after.events.order_by("-number").first()
    told = json.loads(event.told)
    assert (event.kind, event.person_id, told["step"], told["end"]) == ("step", head.pk, "submit", "submitted")
    assert len(told["figures_sha256"]) == 64


@on_both
def test_of_two_who_decide_at_once_the_second_is_told(practice: Practice) -> None:
    from ntm_rules.web.models import Taken
    from ntm_rules.web.stepping import take

    dossier, office = practice.dossier(SUBMITTED), practice.person("thuong-truc")
    seen = dossier.version
    take(practice.law, dossier.pk, office, Asked(StepName.ACCEPT, seen))
    with pytest.raises(StepRefused, match="đã thay đổi"):
        take(practice.law, dossier.pk, office, Asked(StepName.RETURN, seen, "thieu-so-lieu", "x"))
    assert Taken.objects.filter(dossier=dossier).count() == 2


def test_a_dossier_goes_back_and_forth_in_the_browser(practice: Practice, signed_in: SignedIn) -> None:
    head, office, pk = signed_in("ct.03405"), signed_in("thuong-truc"), practice.dossier("03405").pk

    def step(client: object, name: str, **said: object) -> int:
        response = client.post(f"/ho-so/{pk}/buoc/{name}", said)  # type: ignore[attr-defined]  # Django's client
        return int(response.status_code)

    assert step(signed_in("cb.03405"), "submit", seen=1) == 404
    assert step(head, "submit", seen=1) == 302
    assert step(head, "take-back", seen=2) == 302
    assert step(head, "submit", seen=3) == 302
    assert step(office, "return", seen=4, reason="", note="") == 422
    assert step(office, "return", seen=4, reason="thieu-minh-chung", note="Thiếu biên bản") == 302
    page = signed_in("cb.03405").get(f"/ho-so/{pk}").content.decode()
    assert "Thiếu hoặc chưa đúng văn bản, minh chứng" in page
    assert "Thiếu biên bản" in page
    assert step(head, "submit", seen=5) == 302
    assert step(office, "accept", seen=6) == 302
    assert practice.dossier("03405").stands is State.UNDER_APPRAISAL
    assert step(head, "take-back", seen=7) == 404
    log = head.get(f"/ho-so/{pk}/nhat-ky").content.decode()
    assert log.count("Nộp hồ sơ") == 3
    assert "Thiếu biên bản" in log


def test_a_page_on_the_way_shows_only_the_steps_of_who_looks(practice: Practice, signed_in: SignedIn) -> None:
    for name, commune, shown, hidden in (
        ("ct.03394", OPEN, "Nộp hồ sơ", "Tiếp nhận hồ sơ"),
        ("thuong-truc", SUBMITTED, "Tiếp nhận hồ sơ", "Rút hồ sơ lại"),
        ("cv.so-xay-dung", ACCEPTED, "Đang thẩm định", "Trả lại hồ sơ"),
    ):
        page = signed_in(name).get(f"/ho-so/{practice.dossier(commune).pk}").content.decode()
        assert shown in page
        assert hidden not in page


def test_the_law_of_a_round_is_the_one_it_pinned_whatever_becomes_of_the_set(practice: Practice) -> None:
    """Laid out from the database alone, its rules come to the same hash."""
    import shutil

    from django.conf import settings

    from ntm_rules.rulebook.describe import resolved_hash
    from ntm_rules.web import laws

    shutil.rmtree(settings.NTM.laws, ignore_errors=True)
    laws.forget()
    law = laws.law_in_force(practice.round)
    assert law.as_pinned
    assert resolved_hash(law.rules) == practice.round.rules_sha256
    assert law.rulebook.loaded.folder.is_relative_to(settings.NTM.laws)
    laid_out = law.rulebook.loaded.folder / "measures.yaml"
    laid_out.write_text("- changed\n", encoding="utf-8")
    laws.forget()
    assert laws.law_in_force(practice.round).as_pinned


def test_rounds_that_pinned_the_same_have_their_law_in_common(practice: Practice) -> None:
    from ntm_rules.web.laws import law_in_force
    from ntm_rules.web.models import Round

    def another(**said: object) -> Round:
        one = Round.objects.get(pk=practice.round.pk)
        one.pk, one.pinned_id = None, None
        for name, value in said.items():
            setattr(one, name, value)
        one.save(force_insert=True)
        return one

    first = another()
    assert law_in_force(another()) is law_in_force(first)
    assert law_in_force(another(rules_sha256="0" * 64)) is not law_in_force(first)
    assert law_in_force(another(year=first.year + 1)) is not law_in_force(first)


def test_all_practice_dossiers_have_come_as_far_as_is_said(practice: Practice) -> None:
    states = {dossier.stands for dossier in practice.round.dossiers.all()}
    assert states == set(State)
    assert practice.round.dossiers.count() == 36
    assert practice.round.illustrative


@on_both
def test_an_entry_is_kept_cell_by_cell(practice: Practice) -> None:
    from ntm_rules.web.reading import figures_of
    from ntm_rules.web.saving import Saving, save

    entry = Entry("", "29", "100", "", "12/BC", "ghi chú")
    dossier = practice.dossier("03390")
    save(
        practice.law, dossier.pk, practice.person("cb.03390"), [Saving("household_waste_treated_share", entry, 0, "k")]
    )
    assert figures_of(dossier)["household_waste_treated_share"].entry == entry


def test_postgresql_does_not_let_a_table_be_emptied_at_once(on_postgresql: dict[str, object]) -> None:
    from django.db import IntegrityError, connection

    with standing_on(on_postgresql), connection.cursor() as cursor:
        for table in GUARDED:
            with pytest.raises(IntegrityError, match="append-only"):
                cursor.execute(f"TRUNCATE {table} CASCADE")
