"""The records verified: whatever is changed from outside is named, and what was noted down is known again."""

from __future__ import annotations

import pytest

from tests.web.conftest import OPEN, Practice
from tests.web.databases import on_both


def guarded() -> list[str]:
    """Return the tables that the database guards."""
    from ntm_rules.web import guards

    return [table for name in dir(guards) if name.startswith("GUARDED") for table in getattr(guards, name)]


@pytest.fixture
def unguarded(practice: Practice, database: str) -> Practice:
    """The installation in the hands of somebody who may do everything to its database."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in guarded():
            if database == "sqlite":
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
            else:
                cursor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    return practice


def found(known: tuple[int, str] | None = None) -> list[str]:
    from ntm_rules.web.verifying import verified

    return [str(fault) for fault in verified(known).faults]


def run(statement: str, *values: object) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1, statement


def test_every_table_that_is_guarded_is_verified(practice: Practice) -> None:
    from ntm_rules.web.models import Event
    from ntm_rules.web.told_rows import TOLD
    from ntm_rules.web.verifying import CONTENTS

    verified = [told.model for told in TOLD] + [model for model, *_rest in CONTENTS] + [Event]
    assert {model._meta.db_table for model in verified} == set(guarded())


@on_both
def test_records_that_nobody_touched_are_whole(practice: Practice) -> None:
    assert found() == []


@on_both
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE web_figure SET value = value || '0' WHERE id = 7", "dòng mà sự kiện {n} ghi lại không còn"),
        ("UPDATE web_figure SET by_id = by_id + 1 WHERE id = 7", "dòng mà sự kiện {n} ghi lại không còn"),
        ("DELETE FROM web_figure WHERE id = 7", "dòng mà sự kiện {n} ghi lại không còn"),
        ("UPDATE web_taken SET note = 'x' WHERE id = 1", "dòng mà sự kiện {n} ghi lại không còn"),
        ("UPDATE web_finding SET reason = 'x' WHERE id = 1", "dòng mà sự kiện {n} ghi lại không còn"),
        ("UPDATE web_event SET told = '{}' WHERE number = 9", "Sự kiện 9 của nhật ký đã bị sửa"),
        ("DELETE FROM web_event WHERE number = 9", "Sự kiện 9 của nhật ký không còn"),
        ("UPDATE web_law SET sha256 = substr(sha256, 2) || 'g'", "Phiên bản bộ tiêu chí đã chốt 1"),
        ("UPDATE web_dossier SET state = 'recognised' WHERE id = 2", "Hồ sơ 2 không ở trạng thái"),
        ("UPDATE web_dossier SET version = 9 WHERE id = 2", "Hồ sơ 2 không ở trạng thái"),
    ],
)
def test_a_change_from_outside_is_named(unguarded: Practice, statement: str, words: str) -> None:
    run(statement)
    said = found()
    assert said
    if "{n}" in words:
        before, after = words.split("{n}")
        assert before in said[0]
        assert after in said[0]
    else:
        assert words in said[0]


def test_a_figure_that_nobody_saved_is_named(practice: Practice) -> None:
    from django.utils import timezone

    from ntm_rules.web.models import Figure

    Figure(
        dossier=practice.dossier(OPEN), by=practice.person("cb.03394"), at=timezone.now(), measure="x", version=1, value="1",
        way="form", key="foreign",
    ).save()  # fmt: skip
    assert found() == ["Số liệu đã lưu: 1 dòng không có sự kiện nào ghi lại."]


def test_a_log_written_anew_whole_is_known_by_what_was_noted_down(unguarded: Practice) -> None:
    """Whoever rewrites every event with right hashes is found by the last hash alone, kept elsewhere."""
    from django.db import connection

    from ntm_rules.web.events import hash_of, last
    from ntm_rules.web.models import Event

    noted, before = last(), ""
    with connection.cursor() as cursor:
        for event in Event.objects.order_by("number"):
            if event.number == 5:
                event.at = event.at.replace("2026", "2025")
            event.before = before or event.before
            before = hash_of(event)
            cursor.execute(
                "UPDATE web_event SET at = %s, before = %s, sha256 = %s WHERE id = %s",
                [event.at, event.before, before, event.pk],
            )
    assert found() == []
    assert "đã ghi lại trước đây" in found(noted)[0]


def test_an_evidence_file_that_is_gone_or_other_is_named(practice: Practice) -> None:
    from django.utils import timezone

    from ntm_rules.web.events import note
    from ntm_rules.web.evidence_files import place_of, put_away
    from ntm_rules.web.models import Evidence

    dossier, person = practice.dossier(OPEN), practice.person("cb.03394")
    sha256 = put_away(b"%PDF-1.4 of this test", "a.pdf")
    Evidence(
        dossier=dossier, by=person, at=timezone.now(), measure="x", sha256=sha256, name="a.pdf", kind="pdf", size=1
    ).save()
    note("evidence", person, dossier, measure="x", name="a.pdf", sha256=sha256, size=1)
    assert found() == []
    place_of(sha256).write_bytes(b"another")
    assert "không đúng nội dung" in found()[0]
    place_of(sha256).unlink()
    assert "không còn" in found()[0]
