"""A round closed: nothing of it changes any more but decisions; days changed with a reason; who it touches is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ntm_rules.appraisal.states import State
from tests.web.conftest import ACCEPTED, OPEN, SUBMITTED, Practice, SignedIn
from tests.web.databases import on_both
from tests.web.test_council import BEFORE, CONCLUDED, PUBLISHED, RECOGNISED, decide, open_session

TREATED = "household_waste_treated_share"


def close(client: Any, practice: Practice, **said: str) -> Any:
    return client.post(f"/dot/{practice.round.pk}/ket-thuc", {"do": "close", "reason": "Hết năm đánh giá"} | said)


def end_sessions(practice: Practice) -> None:
    from ntm_rules.web.council import write_minutes

    write_minutes(open_session(practice), practice.person("thu-ky"), "Thảo luận", closes=True)


@pytest.fixture
def closed(practice: Practice, signed_in: SignedIn) -> Practice:
    """The practice round, closed."""
    end_sessions(practice)
    assert close(signed_in("thuong-truc"), practice).status_code == 302
    return practice


def test_what_closing_leaves_unfinished_is_said_before(practice: Practice, signed_in: SignedIn) -> None:
    page = signed_in("thuong-truc").get(f"/dot/{practice.round.pk}/ket-thuc").content.decode()
    decided = practice.round.dossiers.filter(state__in=["recognised", "refused", "revoked"]).count()
    assert f"{decided} hồ sơ đã có quyết định, {36 - decided} hồ sơ chưa có quyết định" in page
    assert "vẫn ghi được quyết định" in page
    assert "giữ nguyên trạng thái" in page


def test_closing_owes_a_reason_and_no_open_session(practice: Practice, signed_in: SignedIn) -> None:
    office = signed_in("thuong-truc")
    response = close(office, practice, reason=" ")
    assert response.status_code == 422
    said = response.content.decode()
    assert "Ghi rõ lý do" in said
    assert "phiên họp" in said
    end_sessions(practice)
    assert close(office, practice, reason="").status_code == 422
    practice.round.refresh_from_db()
    assert not practice.round.is_closed
    assert close(signed_in("lanh-dao"), practice).status_code == 404


def test_a_closed_round_takes_no_figure_step_finding_comment_session_or_day(
    closed: Practice, signed_in: SignedIn
) -> None:
    from ntm_rules.web.models import Event

    pk, before = closed.round.pk, Event.objects.count()
    of = {commune: closed.dossier(commune).pk for commune in (OPEN, SUBMITTED, ACCEPTED, PUBLISHED)}
    for who, where in (
        (f"cb.{OPEN}", f"/ho-so/{of[OPEN]}/so-lieu/{TREATED}"),
        (f"cb.{OPEN}", f"/ho-so/{of[OPEN]}/muc/8"),
        (f"cb.{OPEN}", f"/ho-so/{of[OPEN]}/minh-chung"),
        (f"ct.{OPEN}", f"/ho-so/{of[OPEN]}/buoc/submit"),
        ("thuong-truc", f"/ho-so/{of[SUBMITTED]}/buoc/accept"),
        ("thuong-truc", f"/ho-so/{of[PUBLISHED]}/lay-y-kien"),
        ("thuong-truc", f"/dot/{pk}/gia-han"),
        ("thuong-truc", f"/dot/{pk}/hoi-dong/thanh-vien"),
        ("thu-ky", f"/dot/{pk}/hoi-dong/phien-hop"),
        ("cv.so-xay-dung", f"/ho-so/{of[ACCEPTED]}/co-quan/so-xay-dung"),
        ("cv.so-xay-dung", f"/dot/{pk}/co-quan/so-xay-dung/dong-y"),
        ("ld.so-xay-dung", f"/dot/{pk}/co-quan/so-xay-dung/xac-nhan"),
    ):
        response = signed_in(who).post(where, {"seen": 1})
        assert response.status_code == 409, where
        assert "Đợt đánh giá đã kết thúc" in response.content.decode()
    assert Event.objects.count() == before


def test_who_writes_while_it_is_closed_is_refused_within_the_transaction(closed: Practice) -> None:
    """Past the map of permissions: what was opened a moment before."""
    from ntm_rules.appraisal.comments import Comments
    from ntm_rules.appraisal.council import Choice
    from ntm_rules.appraisal.entries import Entry
    from ntm_rules.appraisal.findings import Act
    from ntm_rules.appraisal.steps import Asked, StepName, StepRefused
    from ntm_rules.errors import NtmError
    from ntm_rules.web.appraising import Wanted, act
    from ntm_rules.web.concluding import record_comments
    from ntm_rules.web.council import cast, give_seat, open_session
    from ntm_rules.web.deadlines import change_day
    from ntm_rules.web.saving import Outcome, Saving, save
    from ntm_rules.web.stepping import take

    law, person = closed.law, closed.person
    saved, _figures = save(
        law, closed.dossier(OPEN).pk, person(f"cb.{OPEN}"), [Saving(TREATED, Entry("81"), 0, "late")]
    )
    assert saved[TREATED].outcome is Outcome.CLOSED
    dossier = closed.dossier(SUBMITTED)
    with pytest.raises(StepRefused, match="đã kết thúc"):
        take(law, dossier.pk, person("thuong-truc"), Asked(StepName.ACCEPT, dossier.version))
    measure = next(m for m, agency in law.owners.items() if agency == "so-xay-dung")
    acted = act(
        law, closed.dossier(ACCEPTED).pk, "so-xay-dung", person("cv.so-xay-dung"), [Wanted(measure, Act.AGREE, 0)]
    )
    assert not acted.done
    assert "đã kết thúc" in str(acted.refused)
    session = closed.round.sessions.order_by("-pk").first()
    one, office, secretary, member = closed.round, person("thuong-truc"), person("thu-ky"), person("thanh-vien")
    one.refresh_from_db()
    for late in (
        lambda: record_comments(closed.dossier(PUBLISHED).pk, office, Comments(9, 9, 9), ""),
        lambda: cast(session, closed.dossier(BEFORE).pk, member, Choice.FOR),
        lambda: give_seat(one, office, person("thanh-vien").pk, ""),
        lambda: open_session(one, secretary, dt.date(2999, 1, 1), "x"),
        lambda: change_day(one, office, "submit", OPEN, dt.date(2999, 1, 1), "x"),
    ):
        with pytest.raises(NtmError, match="đã kết thúc"):
            late()


def test_decisions_are_recorded_after_closing(closed: Practice, signed_in: SignedIn) -> None:
    recorder = signed_in("van-phong")
    assert "Ghi quyết định" in recorder.get("/").content.decode()
    assert decide(recorder, closed, CONCLUDED, "recognise").status_code == 302
    assert decide(recorder, closed, RECOGNISED, "revoke", note="Không còn đạt").status_code == 302
    assert closed.dossier(CONCLUDED).stands is State.RECOGNISED
    assert closed.dossier(RECOGNISED).stands is State.REVOKED


def test_dossiers_stay_where_they_stand_and_say_that_the_round_is_closed(closed: Practice, signed_in: SignedIn) -> None:
    assert closed.dossier(OPEN).stands is State.OPEN
    page = signed_in(f"ct.{OPEN}").get(f"/ho-so/{closed.dossier(OPEN).pk}").content.decode()
    assert "Hết năm đánh giá" in page
    assert "/buoc/submit" not in page
    work = signed_in("cv.so-xay-dung").get("/").content.decode()
    assert "Số liệu cần thẩm định" not in work
    assert "BEGIN:VEVENT" not in signed_in("thuong-truc").get("/han.ics").content.decode()


@on_both
def test_closing_is_logged_told_to_all_who_take_part_and_undone_with_a_reason(
    practice: Practice, signed_in: SignedIn
) -> None:
    from ntm_rules.web.extracts import COLLECTIONS
    from ntm_rules.web.models import Event, Notice
    from ntm_rules.web.verifying import verified

    end_sessions(practice)
    office = signed_in("thuong-truc")
    close(office, practice)
    told = set(Notice.objects.filter(kind="close").values_list("person__username", flat=True))
    assert {
        f"cb.{OPEN}",
        f"ct.{SUBMITTED}",
        "cv.so-xay-dung",
        "ld.so-y-te",
        "thu-ky",
        "thanh-vien",
        "van-phong",
    } <= told
    assert not told & {"thuong-truc", "quan-tri"}
    assert "unfinished" in Event.objects.get(kind="round-closed").told
    assert close(office, practice).status_code == 422
    assert close(office, practice, do="reopen", reason="").status_code == 422
    assert close(office, practice, do="reopen", reason="Kết thúc nhầm").status_code == 302
    dossier = practice.dossier(SUBMITTED)
    assert office.post(f"/ho-so/{dossier.pk}/buoc/accept", {"seen": dossier.version}).status_code == 302
    assert [str(fault) for fault in verified().faults] == []
    assert [row[:3] for row in COLLECTIONS["closures"].rows(practice.round, 0)] == [
        (1, "Hết năm đánh giá", "thuong-truc"),
        (0, "Kết thúc nhầm", "thuong-truc"),
    ]


def change(client: Any, practice: Practice, day: dt.date | str, **said: str) -> Any:
    typed = {"what": "submit", "place": "", "day": str(day), "reason": "Sửa ngày ghi nhầm"} | said
    return client.post(f"/dot/{practice.round.pk}/gia-han", typed)


def test_a_day_is_put_off_and_brought_forward_with_a_reason_and_told_to_whom_it_touches(
    practice: Practice, signed_in: SignedIn
) -> None:
    from ntm_rules.web.deadlines import SUBMIT, day_of
    from ntm_rules.web.models import Notice, Round

    office, today = signed_in("thuong-truc"), dt.date.today()  # noqa: DTZ011 - of the machine, as the office's

    def now(place: str = "") -> dt.date | None:
        return day_of(Round.objects.get(pk=practice.round.pk), SUBMIT, place)

    forward, later = today + dt.timedelta(3), today + dt.timedelta(9)
    assert change(office, practice, forward).status_code == 302
    assert now() == forward
    assert change(office, practice, later, place=OPEN).status_code == 302
    assert (now(), now(OPEN)) == (forward, later)
    assert change(office, practice, today + dt.timedelta(5)).status_code == 302
    assert now(OPEN) == later, "who was granted time keeps it"
    assert change(office, practice, later + dt.timedelta(1)).status_code == 302
    assert now(OPEN) == later + dt.timedelta(1)
    told = Notice.objects.filter(kind="extension", person__username=f"cb.{OPEN}").count()
    assert told == 4
    assert not Notice.objects.filter(kind="extension", person__username="cv.so-xay-dung").exists()
    page = signed_in(f"cb.{OPEN}").get(f"/ho-so/{practice.dossier(OPEN).pk}").content.decode()
    assert f"{later + dt.timedelta(1):%d/%m/%Y}" in page


def test_a_day_that_cannot_be_is_said_in_the_form_which_stays_open(practice: Practice, signed_in: SignedIn) -> None:
    office, today = signed_in("thuong-truc"), dt.date.today()  # noqa: DTZ011 - of the machine, as the office's
    for day, reason, words in (
        (today - dt.timedelta(1), "x", "đã qua"),
        ("", "x", "ngày mới"),
        (today + dt.timedelta(400), "x", "trước khi"),
        (today + dt.timedelta(2), " ", "Ghi rõ lý do"),
    ):
        response = change(office, practice, day, reason=reason)
        said = response.content.decode()
        assert response.status_code == 422
        form = said[said.index('<details id="ngay" open>') :]
        assert words in form, words
        assert f'value="{day}"' in form
