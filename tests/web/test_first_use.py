"""What somebody meets who uses the pages for the first time: warned before, told after, nothing lost on the way."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from ntm_rules.appraisal.states import State
from tests.web.conftest import OPEN, Practice, SignedIn
from tests.web.test_council import BEFORE, in_session, open_session, vote, votes_of

AGENCY = "so-nong-nghiep-moi-truong"


def test_a_session_asks_before_it_closes_and_keeps_what_is_typed(practice: Practice, signed_in: SignedIn) -> None:
    secretary, where = signed_in("thu-ky"), in_session(practice)
    page = secretary.post(where, {"do": "closing", "text": "Đã thảo luận xong"}).content.decode()
    assert "Kết thúc phiên họp?" in page
    assert "0/2 thành viên có mặt đã biểu quyết" in page
    assert "Đã thảo luận xong" in page
    assert 'value="close"' in page
    assert not open_session(practice).minutes.exists()
    assert 'value="close"' not in secretary.get(where).content.decode()


def test_who_does_not_attend_sees_no_ballot(practice: Practice, signed_in: SignedIn) -> None:
    where = in_session(practice, "/bieu-quyet")
    absent = signed_in("thanh-vien-3").get(where).content.decode()
    assert 'type="radio"' not in absent
    assert 'type="radio"' in signed_in("thanh-vien").get(where).content.decode()
    vote(signed_in("thanh-vien-3"), practice, "for")
    assert votes_of(practice) == []


def test_the_head_is_told_what_is_missing_before_submitting_and_may_submit_all_the_same(
    practice: Practice, signed_in: SignedIn
) -> None:
    head, dossier = signed_in(f"ct.{OPEN}"), practice.dossier(OPEN)
    page = head.get(f"/ho-so/{dossier.pk}").content.decode()
    assert re.search(r"Trước khi nộp:.*Còn [0-9]+ số liệu, câu trả lời chưa nhập", page, re.S)
    head.post(f"/ho-so/{dossier.pk}/buoc/submit", {"seen": dossier.version})
    assert practice.dossier(OPEN).stands is State.SUBMITTED


def test_a_commune_reads_at_the_figure_which_agency_asks_for_what(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.findings import asked_in
    from ntm_rules.web.models import Dossier
    from ntm_rules.web.views.standings import section_id
    from ntm_rules.wording.agencies import agency_name

    dossier = next(d for d in Dossier.objects.select_related("round__law") if asked_in(d))
    row = dossier.findings.filter(act="ask").order_by("-pk").first()
    section = practice.law.section_of[row.measure]
    page = signed_in(f"cb.{dossier.commune}").get(f"/ho-so/{dossier.pk}/muc/{section_id(section)}").content.decode()
    figure = page[page.index(f'id="so-{row.measure}"') :]
    assert f"Cơ quan đề nghị bổ sung: {agency_name(practice.law.rules, row.agency)}" in figure
    assert row.reason in figure


def test_a_leader_begins_with_the_round_in_numbers(practice: Practice, signed_in: SignedIn) -> None:
    page = signed_in("lanh-dao").get("/").content.decode()
    states = [State(state) for state in practice.round.dossiers.values_list("state", flat=True)]
    assert f"{36 - states.count(State.OPEN)}/36 xã đã nộp, 1 xã được công nhận" in page
    assert f"/dot/{practice.round.pk}/tien-do" in page
    assert "mot-trang.html" in page
    expert = signed_in("cv.so-xay-dung").get("/").content.decode()
    assert "mot-trang.html" not in expert, "an agency sees no results of a layer"


def test_one_reason_serves_every_row_that_departs_and_no_other(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.concluding import concluding_on, conclusions_of
    from ntm_rules.web.findings import appraised
    from ntm_rules.web.reading import figures_of

    vote(signed_in("thanh-vien"), practice, "for")
    secretary, dossier = signed_in("thu-ky"), practice.dossier(BEFORE)
    secretary.post(in_session(practice), {"do": "close", "text": "Thảo luận"})
    names = [criterion.id for criterion in practice.law.rules.criteria] + ["conditions", ""]
    said = {f"concluded-{id_}": "meets" for id_ in names} | {
        "shared": "Chờ quy định của tỉnh",
        "reason-1": "Lý do riêng",
    }
    assert secretary.post(f"/ho-so/{dossier.pk}/ket-luan", said).status_code == 302
    on = concluding_on(practice.law, appraised(practice.law, dossier, figures_of(dossier))).agencies
    found = conclusions_of(dossier)
    assert found["1"].reason == "Lý do riêng"
    departs = {id_ for id_ in names if on[id_] is not found[id_].concluded} - {"1"}
    assert departs
    assert {id_ for id_, one in found.items() if one.reason == "Chờ quy định của tỉnh"} == departs


@pytest.mark.parametrize(
    ("role", "place", "given"),
    [("coordinator", AGENCY, False), ("coordinator", "", True), ("agency-head", AGENCY, True)],
)
def test_a_role_of_no_place_is_not_given_with_one(
    practice: Practice, signed_in: SignedIn, role: str, place: str, given: bool
) -> None:
    person = practice.person("lanh-dao")
    said = {"do": "add-role", "role": role, "place": place}
    page = signed_in("quan-tri").post(f"/tai-khoan/{person.pk}", said, follow=True).content.decode()
    assert person.roles.filter(role=role, place=place).exists() is given
    assert ("không gắn với xã hay cơ quan" in page) is not given


def test_a_finding_typed_on_the_very_figure_that_is_asked_for_is_not_lost(
    practice: Practice, signed_in: SignedIn
) -> None:
    from ntm_rules.web.findings import appraised
    from ntm_rules.web.reading import figures_of

    dossier = practice.dossier("03430")
    item = appraised(practice.law, dossier, figures_of(dossier)).of(AGENCY)[0]
    cause = practice.law.procedure.return_reasons[0].id
    said = {
        f"{item.measure}:act": "set-aside", f"{item.measure}:seen": item.seen, f"{item.measure}:reason": "Không có căn cứ",
        "item": f"{item.measure}:{item.seen}", "cause": cause, "reason": "Gửi danh sách", "due": "2999-01-01",
    }  # fmt: skip
    response = signed_in(f"cv.{AGENCY}").post(f"/ho-so/{dossier.pk}/co-quan/{AGENCY}/yeu-cau", said)
    page = response.content.decode()
    assert response.status_code == 422
    assert "vừa ghi ý kiến thẩm định vừa đề nghị xã bổ sung" in page
    assert "Không có căn cứ" in page
    assert "Gửi danh sách" in page
    assert not dossier.findings.filter(measure=item.measure, act="ask").exists()


@pytest.mark.parametrize("year", ["20260", "9" * 40, "1", "999"])
def test_a_year_that_is_none_has_no_register(signed_in: SignedIn, year: str) -> None:
    assert signed_in("lanh-dao").get(f"/cong-nhan/{year}.csv").status_code == 404


@pytest.mark.parametrize("asked", ["???", "!", "…"])
def test_a_search_for_signs_says_that_nothing_was_found(signed_in: SignedIn, asked: str) -> None:
    page = signed_in("lanh-dao").get("/tim", {"q": asked}).content.decode()
    assert "Không tìm thấy" in page or "không tìm thấy" in page


def test_no_document_of_the_practice_round_is_of_a_day_to_come(practice: Practice) -> None:
    from django.utils import timezone

    from ntm_rules.web.models import Figure

    found = set()
    for words in Figure.objects.filter(dossier__round=practice.round).values_list("document", flat=True):
        if day := re.search(r"ngày (\d+)/(\d+)/(\d+)", words):
            found.add(dt.date(*map(int, reversed(day.groups()))))
    assert len(found) > 100
    assert max(found) <= timezone.localdate()


def test_a_commune_that_is_none_is_told_once_by_its_name(practice: Practice, signed_in: SignedIn) -> None:
    said: dict[str, Any] = {
        "title": "Đợt", "year": "2026", "set_id": "lai-chau-2026-2030", "submit_by": "2999-01-01",
        "communes": "Không Có\nKhông Có\n03394",
    }  # fmt: skip
    page = signed_in("thuong-truc").post("/dot/moi", said).content.decode()
    form = page[page.index('role="alert"') : page.index("<form", page.index('role="alert"'))]
    assert form.count("<li>") == 1
    assert form.count("Không Có") == 1


def test_once_the_conclusion_is_recorded_the_secretary_is_led_to_the_step_that_concludes(
    practice: Practice, signed_in: SignedIn
) -> None:
    test_one_reason_serves_every_row_that_departs_and_no_other(practice, signed_in)
    page = signed_in("thu-ky").get("/").content.decode()
    assert f'href="/ho-so/{practice.dossier(BEFORE).pk}"' in page
    assert "Hội đồng chưa biểu quyết" not in page
    assert "Ghi kết luận của Hội đồng" in page


def test_the_command_line_gives_a_place_to_the_roles_that_have_one_and_says_so(practice: Practice) -> None:
    from ntm_rules.errors import NtmError
    from ntm_rules.web.people import give_roles, places_of

    places, person = places_of(practice.law.rules), practice.person("lanh-dao")
    said = give_roles(person, ["coordinator", "agency-head"], AGENCY, places)
    assert len(said) == 3
    assert AGENCY in said[1]
    assert set(person.roles.values_list("role", "place")) >= {("coordinator", ""), ("agency-head", AGENCY)}
    with pytest.raises(NtmError, match="không gắn với xã hay cơ quan"):
        give_roles(person, ["secretary"], AGENCY, places)


def test_a_reason_typed_before_a_conclusion_is_chosen_is_not_lost(practice: Practice, signed_in: SignedIn) -> None:
    where = f"/ho-so/{practice.dossier(BEFORE).pk}/ket-luan"
    answer = signed_in("thu-ky").post(where, {"concluded-1": "meets", "reason-2": "Chưa đủ hồ sơ đường thôn"})
    assert answer.status_code == 422
    assert "Chưa đủ hồ sơ đường thôn</textarea>" in answer.content.decode()


def test_a_standing_office_without_a_round_is_led_to_open_one(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.closing import close
    from ntm_rules.web.models import Minutes

    office = signed_in("thuong-truc")
    assert "/dot/moi" not in office.get("/").content.decode()
    session, secretary = open_session(practice), practice.person("thu-ky")
    Minutes(session=session, by=secretary, at=practice.round.opened_at, closes=True).save(force_insert=True)
    close(practice.round, practice.person("thuong-truc"), "Hết đợt")
    page = office.get("/").content.decode()
    assert 'href="/dot/moi"' in page
    assert "mở một đợt" in page


def test_my_work_says_whose_result_a_dossiers_is(practice: Practice, signed_in: SignedIn) -> None:
    page = signed_in("thuong-truc").get("/").content.decode()
    assert "Xã tự đánh giá: Tiêu chí đạt" in page
    assert "Thẩm định của cơ quan chủ trì: Tiêu chí đạt" in page, "of the dossier that is in comment"
