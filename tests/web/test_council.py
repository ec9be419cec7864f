"""After the agencies: comments, seats, sessions, votes once and one's own, conclusions, decisions, the register, papers."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.appraisal.states import State
from ntm_rules.evaluation.verdicts import Verdict
from tests.web.conftest import Practice, SignedIn

PUBLISHED, BEFORE, CONCLUDED, RECOGNISED, REFUSED, REVOKED = "03478", "03487", "03503", "03549", "03562", "03571"
APPRAISED = "03544"
PDF = b"%PDF-1.4\n"


def number_of(practice: Practice, commune: str) -> int:
    return int(practice.dossier(commune).pk)


def open_session(practice: Practice) -> Any:
    return next(s for s in practice.round.sessions.all() if not s.minutes.filter(closes=True).exists())


def in_session(practice: Practice, more: str = "") -> str:
    return f"/dot/{practice.round.pk}/hoi-dong/{open_session(practice).pk}{more}"


def step(client: Any, practice: Practice, commune: str, name: str) -> int:
    said = {"seen": practice.dossier(commune).version}
    return int(client.post(f"/ho-so/{number_of(practice, commune)}/buoc/{name}", said).status_code)


def test_practice_shows_a_dossier_in_every_state(practice: Practice) -> None:
    assert {dossier.stands for dossier in practice.round.dossiers.all()} == set(State)


def test_a_dossier_is_published_commented_on_and_called(practice: Practice, signed_in: SignedIn) -> None:
    office, where = signed_in("thuong-truc"), f"/ho-so/{number_of(practice, APPRAISED)}/lay-y-kien"
    said = {"households": "1000", "surveyed": "800", "satisfied": "720", "document": "9/BC"}
    assert office.post(where, said).status_code == 404
    assert step(office, practice, APPRAISED, "publish") == 302
    assert step(office, practice, APPRAISED, "call") == 422
    for wrong in (
        {"surveyed": "1001"},
        {"satisfied": "801"},
        {"households": "x"},
        {"surveyed": "-1"},
        {"satisfied": ""},
    ):
        response = office.post(where, said | wrong)
        assert response.status_code == 422
        assert 'value="9/BC"' in response.content.decode()
    assert office.post(where, said).status_code == 302
    page = signed_in(f"ct.{APPRAISED}").get(where).content.decode()
    assert "800 / 1000" in page
    assert "720 / 800" in page
    assert step(office, practice, APPRAISED, "call") == 302
    assert practice.dossier(APPRAISED).stands is State.BEFORE_COUNCIL
    assert office.post(where, said).status_code == 404


def test_a_communes_own_survey_is_nobodys_finding_before_comments_are_recorded(
    practice: Practice, signed_in: SignedIn
) -> None:
    from tests.web.test_appraising import standing

    found = standing(practice, APPRAISED)
    surveyed = found.own["households_surveyed_share"]
    assert found.done
    for measure, requirement in (("households_surveyed_share", "DK.2.a"), ("residents_satisfied_share", "DK.2.b")):
        assert found.own[measure]
        assert measure not in found.entries()
        judged = found.confirmed.find(requirement)
        assert judged is not None
        assert judged.verdict is Verdict.NO_DATA
    where = f"/ho-so/{number_of(practice, APPRAISED)}"
    office = signed_in("thuong-truc")
    assert f"{surveyed.numerator} / {surveyed.denominator}" not in office.get(f"{where}/lay-y-kien").content.decode()
    table = office.get(f"/dot/{practice.round.pk}/lop/agency.csv").content.decode("utf-8-sig")
    told = [row.split(",")[2] for row in table.splitlines() if row.startswith(f"{APPRAISED},")]
    assert "online_procedures_share" in told
    assert practice.law.procedure.comment_measures.isdisjoint(told)


def test_recorded_comments_stand_in_place_of_the_communes_own_survey(practice: Practice, signed_in: SignedIn) -> None:
    from tests.web.test_appraising import standing

    found = standing(practice, BEFORE)
    row = practice.dossier(BEFORE).comments.get()
    entry = found.entries()["households_surveyed_share"]
    assert (entry.numerator, entry.denominator) == (str(row.surveyed), str(row.households))
    assert entry != found.own["households_surveyed_share"]
    assert "households_surveyed_share" not in found.required
    page = signed_in("thuong-truc").get(f"/ho-so/{number_of(practice, BEFORE)}/doi-chieu").content.decode()
    assert f"{row.surveyed} / {row.households}" in page
    assert "do cơ quan thường trực ghi" in page
    judged = found.confirmed.find("DK.2.a")
    assert judged is not None
    assert judged.verdict.name == "NO_TARGET"


def vote(client: Any, practice: Practice, choice: str, commune: str = BEFORE) -> Any:
    return client.post(in_session(practice, "/bieu-quyet"), {f"vote-{number_of(practice, commune)}": choice})


def votes_of(practice: Practice, commune: str = BEFORE) -> list[tuple[str, str]]:
    rows = open_session(practice).votes.filter(dossier=number_of(practice, commune)).order_by("pk")
    return [(row.by.username, row.choice) for row in rows.select_related("by")]


def test_a_member_votes_once_and_for_himself_alone(practice: Practice, signed_in: SignedIn) -> None:
    member = signed_in("thanh-vien")
    vote(member, practice, "for")
    vote(member, practice, "against")
    vote(signed_in("thanh-vien-2"), practice, "abstain")
    assert votes_of(practice) == [("thanh-vien", "for"), ("thanh-vien-2", "abstain")]
    page = member.get(in_session(practice, "/bieu-quyet")).content.decode()
    assert "chỉ biểu quyết một lần" in page
    assert "Ý kiến của anh/chị: Đồng ý đề nghị công nhận" in page
    assert vote(signed_in("thu-ky"), practice, "for").status_code == 404
    assert vote(signed_in("thuong-truc"), practice, "for").status_code == 404


def test_who_does_not_attend_has_no_seat_or_had_a_hand_does_not_vote(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.council import give_seat, record_attendance
    from ntm_rules.web.models import RoleHeld

    vote(signed_in("thanh-vien-3"), practice, "for")
    officer = practice.person(f"cb.{BEFORE}")
    RoleHeld(person=officer, role="member", place="").save()
    vote(signed_in(f"cb.{BEFORE}"), practice, "for")
    give_seat(practice.round, practice.person("thuong-truc"), officer.pk, "")
    record_attendance(open_session(practice), practice.person("thu-ky"), {officer.pk})
    vote(signed_in(f"cb.{BEFORE}"), practice, "for")
    assert votes_of(practice) == []
    vote(signed_in("thanh-vien"), practice, "for", PUBLISHED)
    assert votes_of(practice, PUBLISHED) == []
    assert vote(signed_in("thanh-vien-2"), practice, "yes").status_code == 404


def test_nobody_reads_how_another_voted(practice: Practice, signed_in: SignedIn) -> None:
    vote(signed_in("thanh-vien"), practice, "abstain")
    pages = [in_session(practice), f"/ho-so/{number_of(practice, BEFORE)}/nhat-ky"]
    for name in ("thu-ky", "thuong-truc", "lanh-dao", "thanh-vien-2"):
        log = signed_in(name).get(pages[1]).content.decode()
        assert "Có một thành viên biểu quyết" in log
        assert "abstain" not in log
        assert "Không có ý kiến" not in log
    assert (
        "Không có ý kiến"
        not in signed_in("thanh-vien-2").get(f"{pages[0]}/bieu-quyet").content.decode().split("radio")[0]
    )


def test_a_session_is_closed_by_the_secretary_and_then_nothing_of_it_changes(
    practice: Practice, signed_in: SignedIn
) -> None:
    secretary, where, session = signed_in("thu-ky"), in_session(practice), open_session(practice)
    vote(signed_in("thanh-vien"), practice, "for")
    for said in ({"do": "close", "text": " "}, {"do": "minutes", "text": ""}):
        secretary.post(where, said)
    assert not session.minutes.exists()
    secretary.post(where, {"do": "minutes", "text": "Thảo luận"})
    assert signed_in("thuong-truc").post(where, {"do": "close", "text": "x"}).status_code == 404
    member = practice.person("thanh-vien-2").pk
    secretary.post(where, {"do": "attendance", "present": [member]})
    secretary.post(where, {"do": "close", "text": "Thảo luận xong"})
    assert [row.closes for row in session.minutes.order_by("pk")] == [False, True]
    secretary.post(where, {"do": "minutes", "text": "Sửa"})
    secretary.post(where, {"do": "attendance"})
    from ntm_rules.web.council import present_in

    assert session.minutes.count() == 2
    assert present_in(session) == {member, practice.person("thanh-vien").pk}  # who has voted attends
    late = signed_in("thanh-vien-2").post(f"{where}/bieu-quyet", {f"vote-{number_of(practice, BEFORE)}": "for"})
    assert late.status_code == 302
    assert session.votes.count() == 1


def test_one_session_at_a_time_with_day_place_and_members(practice: Practice, signed_in: SignedIn) -> None:
    secretary, where = signed_in("thu-ky"), f"/dot/{practice.round.pk}/hoi-dong/phien-hop"
    before = practice.round.sessions.count()
    secretary.post(where, {"day": "2999-12-01", "place": "Phòng họp"})
    assert practice.round.sessions.count() == before
    secretary.post(in_session(practice), {"do": "close", "text": "x"})
    for said in ({"day": "", "place": "Phòng A"}, {"day": "2999-12-01", "place": ""}):
        answer = secretary.post(where, said)
        assert answer.status_code == 422
        assert f'value="{said["place"] or said["day"]}"' in answer.content.decode()
    assert practice.round.sessions.count() == before
    secretary.post(where, {"day": "2999-12-01", "place": "Phòng họp"})
    assert practice.round.sessions.count() == before + 1
    assert signed_in("thanh-vien").post(where, {"day": "2999-12-01", "place": "x"}).status_code == 404


def test_seats_are_given_by_the_office_to_members_alone(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.council import seats_of

    office, where = signed_in("thuong-truc"), f"/dot/{practice.round.pk}/hoi-dong/thanh-vien"
    member, other = practice.person("thanh-vien").pk, practice.person("lanh-dao").pk
    for person in (member, other, ""):
        office.post(where, {"person": person, "post": "Ủy viên"})
    assert len(seats_of(practice.round)) == 3
    seat = next(seat for seat in seats_of(practice.round) if seat.person_id == member)
    office.post(where, {"do": "end", "seat": seat.pk})
    assert len(seats_of(practice.round)) == 2
    assert signed_in("thu-ky").post(where, {"person": member}).status_code == 404


def conclusions(practice: Practice, **said: str) -> dict[str, str]:
    names = [criterion.id for criterion in practice.law.rules.criteria] + ["conditions", ""]
    return {f"concluded-{id_}": "meets" for id_ in names} | {f"reason-{id_}": "Đã thảo luận" for id_ in names} | said


def test_the_secretary_concludes_after_the_vote_with_a_reason_where_it_departs(
    practice: Practice, signed_in: SignedIn
) -> None:
    secretary, where = signed_in("thu-ky"), f"/ho-so/{number_of(practice, BEFORE)}/ket-luan"
    assert secretary.post(where, conclusions(practice)).status_code == 422
    assert step(secretary, practice, BEFORE, "conclude") == 422
    vote(signed_in("thanh-vien"), practice, "for")
    secretary.post(in_session(practice), {"do": "close", "text": "Thảo luận"})
    response = secretary.post(where, conclusions(practice, **{"reason-2": "", "reason-": "Lý do chung"}))
    assert response.status_code == 422
    assert "Lý do chung" in response.content.decode()
    assert not practice.dossier(BEFORE).conclusions.exists()
    assert step(secretary, practice, BEFORE, "conclude") == 422
    assert secretary.post(where, conclusions(practice)).status_code == 302
    assert secretary.post(where, conclusions(practice)).status_code == 302
    assert practice.dossier(BEFORE).conclusions.count() == len(practice.law.rules.criteria) + 2
    assert signed_in("thuong-truc").post(where, conclusions(practice)).status_code == 404
    commune = signed_in(f"ct.{BEFORE}")
    assert "Hội đồng kết luận" not in commune.get(f"/ho-so/{number_of(practice, BEFORE)}").content.decode()
    assert step(secretary, practice, BEFORE, "conclude") == 302
    assert "Hội đồng kết luận: Đạt chuẩn" in commune.get(f"/ho-so/{number_of(practice, BEFORE)}").content.decode()


def decide(client: Any, practice: Practice, commune: str, kind: str, content: bytes = PDF, **said: Any) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    dossier, today = practice.dossier(commune), timezone.localdate()
    sent = {"kind": kind, "number": "12/QĐ-UBND", "day": str(today), "note": "", "seen": dossier.version} | said
    if content:
        sent["file"] = SimpleUploadedFile("qd.pdf", content)
    return client.post(f"/ho-so/{dossier.pk}/quyet-dinh", sent)


def test_a_recognition_is_recorded_with_number_day_and_file_and_stands_in_the_register(
    practice: Practice, signed_in: SignedIn
) -> None:
    recorder = signed_in("van-phong")
    for wrong in (
        {"number": ""},
        {"day": ""},
        {"day": "2999-01-01"},
        {"content": b""},
        {"content": b"<html>"},
        {"seen": 1},
    ):
        assert decide(recorder, practice, CONCLUDED, "recognise", **wrong).status_code == 422
    assert decide(recorder, practice, CONCLUDED, "revoke", note="x").status_code == 422
    assert not practice.dossier(CONCLUDED).decisions.exists()
    assert practice.dossier(CONCLUDED).stands is State.CONCLUDED
    assert decide(signed_in("thuong-truc"), practice, CONCLUDED, "recognise").status_code == 404
    assert step(signed_in("van-phong"), practice, CONCLUDED, "recognise") == 404
    assert decide(recorder, practice, CONCLUDED, "recognise").status_code == 302
    assert practice.dossier(CONCLUDED).stands is State.RECOGNISED
    page = signed_in("lanh-dao").get("/cong-nhan").content.decode()
    assert "12/QĐ-UBND" in page
    row = practice.dossier(CONCLUDED).decisions.get()
    where = f"/ho-so/{number_of(practice, CONCLUDED)}/quyet-dinh/{row.pk}"
    response = signed_in(f"cb.{CONCLUDED}").get(where)
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert signed_in(f"cb.{BEFORE}").get(where).status_code == 404
    assert recorder.get(f"/ho-so/{number_of(practice, BEFORE)}/quyet-dinh/{row.pk}").status_code == 404


def test_no_decision_is_of_a_day_before_what_it_follows(practice: Practice, signed_in: SignedIn) -> None:
    import datetime as dt

    recorder = signed_in("van-phong")
    session = practice.dossier(CONCLUDED).votes.order_by("session").last().session
    early = decide(recorder, practice, CONCLUDED, "recognise", day=str(session.day - dt.timedelta(1)))
    assert early.status_code == 422
    assert "trước phiên họp" in early.content.decode()
    assert "Chọn lại các tệp" in early.content.decode()
    assert decide(recorder, practice, CONCLUDED, "recognise", day=str(session.day)).status_code == 302
    recognised = practice.dossier(CONCLUDED).decisions.get().day
    early = decide(recorder, practice, CONCLUDED, "revoke", day=str(recognised - dt.timedelta(1)))
    assert early.status_code == 422
    page = early.content.decode()
    assert "không thể thu hồi" in page
    assert "xã sẽ đọc" in page, "the note that is owed is told at the same time"
    assert decide(recorder, practice, CONCLUDED, "revoke", day=str(recognised), note="x").status_code == 302


def test_what_the_council_does_not_hold_to_meet_is_not_recognised(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.models import Dossier

    Dossier.objects.filter(pk=number_of(practice, REFUSED)).update(state="concluded")
    response = decide(signed_in("van-phong"), practice, REFUSED, "recognise")
    assert response.status_code == 422
    assert "Hội đồng chưa kết luận xã đạt chuẩn" in response.content.decode()
    assert not practice.dossier(REFUSED).decisions.filter(kind="recognise").exists()


def test_a_refusal_owes_a_note_alone_and_a_revocation_a_decision_and_a_note(
    practice: Practice, signed_in: SignedIn
) -> None:
    recorder = signed_in("van-phong")
    nothing = {"number": "", "day": "", "content": b""}
    assert decide(recorder, practice, CONCLUDED, "refuse", **nothing).status_code == 422
    assert decide(recorder, practice, CONCLUDED, "refuse", **nothing, note="Chưa đủ điều kiện").status_code == 302
    assert practice.dossier(CONCLUDED).stands is State.REFUSED
    assert decide(recorder, practice, RECOGNISED, "revoke").status_code == 422
    assert decide(recorder, practice, RECOGNISED, "revoke", **nothing, note="x").status_code == 422
    assert decide(recorder, practice, RECOGNISED, "revoke", note="Không còn đạt").status_code == 302
    assert practice.dossier(RECOGNISED).stands is State.REVOKED


def test_the_register_is_data_that_other_commands_read(practice: Practice, signed_in: SignedIn, tmp_path: Path) -> None:
    """Recognised and not revoked counts; the layer's figures and the register read together, with no fault."""
    from ntm_rules.runs.reading import read
    from ntm_rules.standing.recognition import decision_in

    client, paths = signed_in("lanh-dao"), []
    for name, where in (("a", "/cong-nhan/2026.csv"), ("b", f"/dot/{practice.round.pk}/lop/agency.csv")):
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_bytes(client.get(where).content)
    rows = list(csv.DictReader(io.StringIO(paths[0].read_bytes().decode("utf-8-sig"))))
    assert [(row["commune_code"], row["document"][:11]) for row in rows] == [
        (RECOGNISED, "00/QĐ-UBND "),
        (REVOKED, "01/QĐ-UBND "),
    ]
    dataset = read(practice.law.rulebook, paths)
    assert [problem for problem in dataset.problems if problem.severity.value == "error"] == []
    said = {record.code: decision_in(practice.law.rules, record) for record in dataset.records if record.year == 2026}
    assert said[RECOGNISED].recognised is True
    assert said[REVOKED].recognised is False
    assert said[BEFORE].recognised is None
    assert client.get("/cong-nhan/1999.csv").content.decode("utf-8-sig").count("\n") == 1


def test_what_the_council_concluded_stands_beside_each_other_once_a_dossier_is_concluded(
    practice: Practice, signed_in: SignedIn
) -> None:
    page = signed_in("lanh-dao").get(f"/dot/{practice.round.pk}/hoi-dong").content.decode()
    table = page[page.index("Kết luận đối với các xã") :].partition("</table>")[0]
    for commune in (CONCLUDED, RECOGNISED, REFUSED):
        assert f'href="/ho-so/{number_of(practice, commune)}/ket-luan"' in table
    assert f"/ho-so/{number_of(practice, BEFORE)}/" not in table, "not concluded yet"
    assert "10/10" in table
    assert "Đạt chuẩn" in table
    assert "Chưa đạt chuẩn" in table


def test_minutes_and_ballot_are_the_councils_own_with_places_for_those_who_sign_them(
    practice: Practice, signed_in: SignedIn
) -> None:
    from docx import Document

    session, office = practice.round.sessions.order_by("pk").first(), signed_in("thuong-truc")
    said = {}
    for paper in ("bien-ban", "phieu-bieu-quyet"):
        path = f"/dot/{practice.round.pk}/hoi-dong/{session.pk}/{paper}.docx"
        document = Document(io.BytesIO(office.get(path).content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        said[paper] = "\n".join([*(one.text for one in document.paragraphs), *cells])
        assert "HỘI ĐỒNG THẨM ĐỊNH" in said[paper]
        assert "Nơi nhận" not in said[paper]
        assert "Tử số" not in said[paper]
    for words in (
        "Thời gian bắt đầu",
        "Chủ trì:",
        "Thư ký: Thư ký Hội đồng",
        "kết thúc vào",
        "THƯ KÝ",
        "CHỦ TỌA",
        "Kết quả kiểm phiếu",
    ):
        assert words in said["bien-ban"]
    assert "THÀNH VIÊN HỘI ĐỒNG" in said["phieu-bieu-quyet"]


PAPERS = {
    "agency": ("/dot/{round}/co-quan/so-xay-dung/bao-cao.docx", "BÁO CÁO"),
    "summary": ("/ho-so/{dossier}/van-ban/tong-hop.docx", "BÁO CÁO"),
    "submission": ("/ho-so/{dossier}/van-ban/to-trinh.docx", "TỜ TRÌNH"),
    "decision": ("/ho-so/{dossier}/van-ban/quyet-dinh.docx", "QUYẾT ĐỊNH"),
    "minutes": ("/dot/{round}/hoi-dong/{session}/bien-ban.docx", "BIÊN BẢN"),
    "ballot": ("/dot/{round}/hoi-dong/{session}/phieu-bieu-quyet.docx", "PHIẾU BIỂU QUYẾT"),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_are_unsigned_unnumbered_drafts_that_say_the_figures_are_invented(
    practice: Practice, signed_in: SignedIn, paper: str
) -> None:
    from docx import Document

    from ntm_rules.report.word.components import draft_words

    where, kind = PAPERS[paper]
    session = practice.round.sessions.order_by("pk").first()
    path = where.format(round=practice.round.pk, dossier=number_of(practice, CONCLUDED), session=session.pk)
    document = Document(io.BytesIO(signed_in("thuong-truc").get(path).content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert kind in text
    assert draft_words() in cells
    assert "SỐ LIỆU MINH HỌA" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in cells
    assert signed_in("thuong-truc").get(path.replace(".docx", "x.docx")).status_code == 404
    commune = signed_in(f"ct.{CONCLUDED}")
    assert commune.get(path).status_code == 404


def test_my_work_tells_office_secretary_member_and_recorder_what_is_next(
    practice: Practice, signed_in: SignedIn
) -> None:
    for name, words in (
        ("thuong-truc", "Ghi kết quả lấy ý kiến người dân"),
        ("thuong-truc", "Công bố lấy ý kiến"),
        ("thu-ky", "Hội đồng chưa biểu quyết: mở phiên họp"),
        ("thanh-vien", "Biểu quyết về 1 xã"),
        ("van-phong", "Ghi quyết định"),
    ):
        assert words in signed_in(name).get("/").content.decode(), name
    vote(signed_in("thanh-vien"), practice, "for")
    assert "Biểu quyết về" not in signed_in("thanh-vien").get("/").content.decode()


def test_what_a_dossier_comes_to_is_said_by_the_highest_complete_layer(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.appraisal.layers import Layer

    office = signed_in("thuong-truc")
    for commune, layer in ((APPRAISED, Layer.AGENCY), (CONCLUDED, Layer.COUNCIL), ("03394", Layer.SELF)):
        page = office.get(f"/ho-so/{number_of(practice, commune)}").content.decode()
        assert f'<p class="first"><b>{layer.words}:' in page


def test_who_has_voted_is_told_to_attend_still(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.council import present_in

    secretary, voted = signed_in("thu-ky"), practice.person("thanh-vien")
    vote(signed_in("thanh-vien"), practice, "for")
    page = secretary.post(in_session(practice), {"do": "attendance"}, follow=True).content.decode()
    assert present_in(open_session(practice)) == {voted.pk}
    assert f"đã biểu quyết: {voted}" in page


def test_a_session_is_voted_in_and_closed_on_its_day_and_not_before(practice: Practice, signed_in: SignedIn) -> None:
    import datetime as dt

    from django.utils import timezone

    secretary, today, where = signed_in("thu-ky"), timezone.localdate(), f"/dot/{practice.round.pk}/hoi-dong"
    secretary.post(in_session(practice), {"do": "close", "text": "x"})
    for days, opens in ((-1, False), (1, True)):
        said = {"day": (today + dt.timedelta(days)).isoformat(), "place": "x"}
        page = secretary.post(f"{where}/phien-hop", said, follow=True).content.decode()
        assert ("đã qua" in page) is not opens
    session = open_session(practice)
    secretary.post(in_session(practice), {"do": "attendance", "present": practice.person("thanh-vien").pk})
    member = signed_in("thanh-vien")
    vote(member, practice, "for")
    assert votes_of(practice) == []
    assert "trước ngày đó" in member.get(in_session(practice, "/bieu-quyet")).content.decode()
    page = secretary.post(in_session(practice), {"do": "close", "text": "x"}, follow=True).content.decode()
    assert "trước ngày đó" in page
    assert not session.minutes.exists()
