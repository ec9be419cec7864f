"""Agencies at work: proposed, confirmed by another, asked for and answered, agreed to at once; nothing counts before."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.appraisal.findings import ItemState
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import Asked, StepName, StepRefused
from tests.web.conftest import ACCEPTED, Practice, SignedIn
from tests.web.test_equal import flat

TREATED, AGENCY = "household_waste_treated_share", "so-nong-nghiep-moi-truong"
APPRAISED, PROPOSED = "03544", "03466"
"""Communes of the practice round whose dossiers agencies have confirmed, and begun to propose on."""


def standing(practice: Practice, commune: str = ACCEPTED) -> Any:
    from ntm_rules.web.findings import appraised
    from ntm_rules.web.reading import figures_of

    dossier = practice.dossier(commune)
    return appraised(practice.law, dossier, figures_of(dossier))


def path_of(practice: Practice, agency: str = AGENCY, commune: str = ACCEPTED) -> str:
    return f"/ho-so/{practice.dossier(commune).pk}/co-quan/{agency}"


def find(client: Any, practice: Practice, act: str, seen: int = 0, measure: str = TREATED, **said: str) -> Any:
    """Post a finding on one figure, as the page sends it."""
    sent = {f"{measure}:act": act, f"{measure}:seen": seen} | {f"{measure}:{name}": one for name, one in said.items()}
    return client.post(path_of(practice), sent)


def last(practice: Practice, measure: str = TREATED) -> int:
    return int(standing(practice).item(measure).seen)


def confirm(client: Any, practice: Practice, seen: int, do: str = "confirm", **said: str) -> Any:
    name = f"{practice.dossier(ACCEPTED).pk}:{TREATED}:{seen}"
    return client.post(f"/dot/{practice.round.pk}/co-quan/{AGENCY}/xac-nhan", {"item": name, "do": do, **said})


def test_a_finding_counts_once_the_head_has_confirmed_it(practice: Practice, signed_in: SignedIn) -> None:
    expert, head = signed_in(f"cv.{AGENCY}"), signed_in(f"ld.{AGENCY}")
    assert find(expert, practice, "own", value="12,5", reason="Đã kiểm tra").status_code == 302
    assert standing(practice).item(TREATED).state.value == "proposed"
    assert TREATED not in standing(practice).entries()
    assert confirm(expert, practice, last(practice)).status_code == 404
    assert confirm(head, practice, last(practice)).status_code == 302
    assert standing(practice).entries()[TREATED].value == "12,5"
    page = signed_in(f"ct.{ACCEPTED}").get(f"/ho-so/{practice.dossier(ACCEPTED).pk}/doi-chieu").content.decode()
    assert "12,5" in page
    assert "Đã kiểm tra" in page


def test_that_a_requirement_does_not_apply_is_told_with_the_agencys_reason(
    practice: Practice, signed_in: SignedIn
) -> None:
    from docx import Document

    expert, head, asked = signed_in(f"cv.{AGENCY}"), signed_in(f"ld.{AGENCY}"), "solid_waste_system_exists"
    assert standing(practice).own[asked].value == "Có"
    assert find(expert, practice, "own", measure=asked, value="Không", reason="Trạm đã dừng").status_code == 302
    item = f"{practice.dossier(ACCEPTED).pk}:{asked}:{last(practice, asked)}"
    where = f"/dot/{practice.round.pk}/co-quan/{AGENCY}"
    assert head.post(f"{where}/xac-nhan", {"item": item, "do": "confirm"}).status_code == 302
    told = "Trên địa bàn có hệ thống thu gom, vận chuyển, xử lý chất thải rắn: Trạm đã dừng"
    assert told in head.get(f"/ho-so/{practice.dossier(ACCEPTED).pk}/doi-chieu").content.decode()
    document = Document(io.BytesIO(head.get(f"{where}/bao-cao.docx").content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    (row,) = [row for row in rows if row[0].startswith("8.1.a") and told in row]
    assert row[3:5] == ["–", "Không áp dụng"]


def test_the_commune_does_not_see_what_is_only_proposed(practice: Practice, signed_in: SignedIn) -> None:
    find(signed_in(f"cv.{AGENCY}"), practice, "own", value="12,345", reason="Bí mật")
    client, pk = signed_in(f"ct.{ACCEPTED}"), practice.dossier(ACCEPTED).pk
    for page in ("", "/doi-chieu", "/nhat-ky", "/muc/8"):
        shown = client.get(f"/ho-so/{pk}{page}").content.decode()
        assert "12,345" not in shown
        assert "Bí mật" not in shown


def test_a_reason_is_owed_and_what_cannot_be_read_is_refused_with_what_was_typed_kept(
    practice: Practice, signed_in: SignedIn
) -> None:
    client = signed_in(f"cv.{AGENCY}")
    response = find(client, practice, "own", value="1.234")
    page = response.content.decode()
    assert response.status_code == 422
    assert "phải có lý do" in page
    response = find(client, practice, "own", value="1.234", reason="Đếm lại")
    page = response.content.decode()
    assert response.status_code == 422
    assert "1234 hoặc 1,234" in page
    assert 'value="1.234"' in page
    assert "Đếm lại" in page
    assert not practice.dossier(ACCEPTED).findings.exists()


def test_proposing_twice_is_proposing_once(practice: Practice, signed_in: SignedIn) -> None:
    client = signed_in(f"cv.{AGENCY}")
    find(client, practice, "agree")
    seen = last(practice)
    assert find(client, practice, "agree", seen).status_code == 302
    assert last(practice) == seen
    assert practice.dossier(ACCEPTED).findings.count() == 1


def test_of_two_who_find_at_once_the_second_is_told(practice: Practice, signed_in: SignedIn) -> None:
    find(signed_in(f"cv.{AGENCY}"), practice, "agree")
    response = find(signed_in(f"cv.{AGENCY}"), practice, "set-aside", 0, reason="x")
    assert response.status_code == 422
    assert "Đã có người xử lý" in response.content.decode()


def test_nobody_confirms_what_he_proposed_also_when_he_is_head_or_stands_in(
    practice: Practice, signed_in: SignedIn
) -> None:
    from ntm_rules.web.models import RoleHeld

    person = practice.person(f"cv.{AGENCY}")
    RoleHeld(person=person, role="agency-head", place=AGENCY).save()
    client = signed_in(f"cv.{AGENCY}")
    find(client, practice, "agree")
    confirm(client, practice, last(practice))
    assert standing(practice).item(TREATED).state.value == "proposed"
    assert "do chính anh/chị đề xuất" in client.get("/").content.decode()


def test_who_entered_figures_or_submitted_appraises_nothing_of_it(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.models import RoleHeld

    for name in (f"cb.{ACCEPTED}", f"ct.{ACCEPTED}"):
        person = practice.person(name)
        RoleHeld(person=person, role="agency-expert", place=AGENCY).save()
        RoleHeld(person=person, role="agency-head", place=AGENCY).save()
        assert find(signed_in(name), practice, "agree").status_code == 422
    assert not practice.dossier(ACCEPTED).findings.exists()
    find(signed_in(f"cv.{AGENCY}"), practice, "agree")
    confirm(signed_in(f"cb.{ACCEPTED}"), practice, last(practice))
    assert standing(practice).item(TREATED).state.value == "proposed"


def test_an_agency_finds_nothing_on_what_is_anothers(practice: Practice) -> None:
    from ntm_rules.appraisal.findings import Act
    from ntm_rules.web.appraising import Wanted, act

    expert = practice.person("cv.so-y-te")
    acted = act(practice.law, practice.dossier(ACCEPTED).pk, "so-y-te", expert, [Wanted(TREATED, Act.AGREE, 0)])
    assert not acted.done
    assert "không thuộc cơ quan" in acted.refused[TREATED][0]


def test_sent_back_findings_wait_again_with_the_reason(practice: Practice, signed_in: SignedIn) -> None:
    expert, head = signed_in(f"cv.{AGENCY}"), signed_in(f"ld.{AGENCY}")
    find(expert, practice, "agree")
    confirm(head, practice, last(practice), "send-back")
    assert standing(practice).item(TREATED).state.value == "proposed"
    confirm(head, practice, last(practice), "send-back", reason="Chưa có biên bản")
    assert standing(practice).item(TREATED).state.value == "waiting"
    assert "Chưa có biên bản" in expert.get(path_of(practice)).content.decode()


def test_a_whole_commune_is_confirmed_at_once_and_a_missing_reason_keeps_the_ticks(
    practice: Practice, signed_in: SignedIn
) -> None:
    expert, head = signed_in(f"cv.{AGENCY}"), signed_in(f"ld.{AGENCY}")
    beside = "household_waste_landfilled_share"
    for measure in (TREATED, beside):
        find(expert, practice, "agree", measure=measure)
    pk, where = practice.dossier(ACCEPTED).pk, f"/dot/{practice.round.pk}/co-quan/{AGENCY}/xac-nhan"
    listed = re.findall(r'name="listed" value="([^"]+)"', head.get(where).content.decode())
    said = {"listed": listed, "item": [f"{pk}:{TREATED}:{last(practice)}"], "commune": [str(pk)], "do": "send-back"}
    response = head.post(where, said)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'name="item" value="{pk}:{TREATED}:{last(practice)}" checked' in page
    assert f'name="commune" value="{pk}" checked' in page
    before = standing(practice, PROPOSED).count(ItemState.CONFIRMED)
    assert head.post(where, said | {"do": "confirm"}).status_code == 302
    assert {standing(practice).item(measure).state.value for measure in (TREATED, beside)} == {"confirmed"}
    assert standing(practice, PROPOSED).count(ItemState.CONFIRMED) == before


def ask(client: Any, practice: Practice, seen: int, **said: str) -> Any:
    due = (dt.date(2026, 11, 1) + dt.timedelta(4000)).isoformat()
    sent = {"item": f"{TREATED}:{seen}", "cause": "thieu-so-lieu", "reason": "Thiếu danh sách", "due": due} | said
    return client.post(f"{path_of(practice)}/yeu-cau", sent)


def test_a_commune_that_is_asked_changes_that_figure_and_no_other(practice: Practice, signed_in: SignedIn) -> None:
    pk = practice.dossier(ACCEPTED).pk
    officer, head = signed_in(f"cb.{ACCEPTED}"), signed_in(f"ct.{ACCEPTED}")
    expert, agency_head = signed_in(f"cv.{AGENCY}"), signed_in(f"ld.{AGENCY}")
    beside = "household_waste_landfilled_share"
    for measure in (TREATED, beside):
        find(expert, practice, "agree", measure=measure)
        name = f"{pk}:{measure}:{last(practice, measure)}"
        agency_head.post(f"/dot/{practice.round.pk}/co-quan/{AGENCY}/xac-nhan", {"item": name, "do": "confirm"})

    def save(measure: str, base: int = 1) -> int:
        said = {"value": "77", "base": base, "key": f"k-{measure}-{base}"}
        return int(officer.post(f"/ho-so/{pk}/so-lieu/{measure}", said).status_code)

    assert save(TREATED) == 404
    assert head.post(f"/ho-so/{pk}/tra-loi", {"item": f"{TREATED}:1", "reason": "x"}).status_code == 302
    assert standing(practice).item(TREATED).state.value == "confirmed"
    assert ask(expert, practice, last(practice)).status_code == 302
    states = {m: standing(practice).item(m).state.value for m in (TREATED, beside)}
    assert states == {TREATED: "asked", beside: "confirmed"}

    assert save(beside) == 404
    assert save(TREATED) == 200
    assert standing(practice).own[TREATED].value == "77"
    page = officer.get(f"/ho-so/{pk}/muc/8").content.decode()
    assert f'name="{TREATED}:value"' in page
    assert f'name="{beside}:value"' not in page
    whole = {f"{beside}:value": "1", f"{beside}:base": 1, f"{TREATED}:value": "78", f"{TREATED}:base": 2}
    assert officer.post(f"/ho-so/{pk}/muc/8", whole).status_code == 422
    assert standing(practice).own[beside].value != "1"
    assert "Thiếu danh sách" in head.get(f"/ho-so/{pk}").content.decode()
    assert find(expert, practice, "agree", last(practice)).status_code == 422

    assert (
        officer.post(f"/ho-so/{pk}/tra-loi", {"item": f"{TREATED}:{last(practice)}", "reason": "x"}).status_code == 404
    )
    head.post(f"/ho-so/{pk}/tra-loi", {"item": f"{TREATED}:{last(practice)}", "reason": ""})
    assert standing(practice).item(TREATED).state.value == "asked"
    assert 'class="told refused"' in head.get(f"/ho-so/{pk}").content.decode()
    given = {"item": f"{TREATED}:{last(practice)}", "reason": "Đã bổ sung"}
    for _click in range(2):
        assert head.post(f"/ho-so/{pk}/tra-loi", given)["Location"] == f"/ho-so/{pk}"
    assert [row.act for row in practice.dossier(ACCEPTED).findings.filter(act="answer")] == ["answer"]
    assert 'class="told refused"' not in head.get(f"/ho-so/{pk}").content.decode()
    assert standing(practice).item(TREATED).state.value == "waiting"
    assert save(TREATED, 3) == 404
    assert standing(practice).item(beside).state.value == "confirmed"
    assert "Đã bổ sung" in expert.get(path_of(practice)).content.decode()


@pytest.mark.parametrize("said", [{"cause": ""}, {"reason": " "}, {"due": "2020-01-01"}, {"due": ""}, {"item": ""}])
def test_a_request_says_what_why_and_by_when(practice: Practice, signed_in: SignedIn, said: dict[str, str]) -> None:
    client = signed_in(f"cv.{AGENCY}")
    response = ask(client, practice, 0, **said)
    page = response.content.decode()
    assert not practice.dossier(ACCEPTED).findings.exists()
    assert response.status_code == 422
    assert 'role="alert"' in page
    assert ("Thiếu danh sách</textarea>" in page) is ("reason" not in said)
    assert (f'value="{TREATED}:0" form="findings" checked' in page) is ("item" not in said)
    assert ('value="thieu-so-lieu" selected' in page) is ("cause" not in said)


def test_a_request_and_findings_keep_what_was_typed_of_each_other(practice: Practice, signed_in: SignedIn) -> None:
    client, beside = signed_in(f"cv.{AGENCY}"), "household_waste_landfilled_share"
    typed = {
        f"{beside}:act": "own",
        f"{beside}:seen": "0",
        f"{beside}:value": "12,5",
        f"{beside}:reason": "Đang đếm lại",
    }
    for said, status in (({"cause": ""}, 422), ({}, 200)):
        response = ask(client, practice, 0, **typed, **said)
        page = response.content.decode()
        assert response.status_code == status
        assert "Đang đếm lại</textarea>" in page
        assert 'value="12,5"' in page
    assert [row.act for row in practice.dossier(ACCEPTED).findings.all()] == ["ask"]
    request = {"item": f"{beside}:0", "reason": "Thiếu biên bản", "cause": "thieu-so-lieu"}
    page = client.post(path_of(practice), typed | request).content.decode()
    assert standing(practice).item(beside).state.value == "proposed"
    assert "Thiếu biên bản</textarea>" in page
    assert f'value="{beside}:{last(practice, beside)}" form="findings" checked' in page


def test_agreed_to_at_once_is_only_what_is_unproblematic(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.views.queue import in_queue

    client = signed_in(f"cv.{AGENCY}")
    where = f"/dot/{practice.round.pk}/co-quan/{AGENCY}/dong-y"
    page = client.get(where).content.decode()
    pk = practice.dossier(ACCEPTED).pk
    line = next(line for line in in_queue(practice.round) if line.one.dossier.pk == pk)
    found = {measure for finding in line.one.judged.findings for measure in finding.measures}
    listed = {item.measure for item in line.appraised.of(AGENCY) if f'value="{pk}:{item.measure}:0"' in page}
    assert listed
    assert not listed & found
    assert all(line.one.figures[measure].document for measure in listed)
    client.post(where, {"item": [f"{pk}:{measure}:0" for measure in listed]})
    states = {measure: standing(practice).item(measure).state.value for measure in listed}
    assert set(states.values()) == {"proposed"}
    assert f'value="{pk}:{min(listed)}:0"' not in client.get(where).content.decode()


def test_the_appraisal_closes_once_every_agency_has_confirmed(practice: Practice) -> None:
    from ntm_rules.web.appraising import act
    from ntm_rules.web.findings import agencies_of
    from ntm_rules.web.practice_appraisal import _confirm, _propose
    from ntm_rules.web.stepping import take

    office = practice.person("thuong-truc")

    def close() -> None:
        dossier = practice.dossier(ACCEPTED)
        take(practice.law, dossier.pk, office, Asked(StepName.APPRAISE, dossier.version))

    agencies = agencies_of(practice.law)
    for agency in agencies:
        with pytest.raises(StepRefused, match="xác nhận"):
            close()
        _propose(standing(practice), agency, practice.person(f"cv.{agency}"))
        _confirm(standing(practice), agency, practice.person(f"ld.{agency}"))
    close()
    assert practice.dossier(ACCEPTED).stands is State.APPRAISED
    assert not act(practice.law, practice.dossier(ACCEPTED).pk, AGENCY, practice.person(f"cv.{AGENCY}"), []).done


def test_returning_voids_every_finding_of_what_is_open_again(practice: Practice) -> None:
    from ntm_rules.web.stepping import take

    dossier = practice.dossier(PROPOSED)
    assert {item.state.value for item in standing(practice, PROPOSED).items.values()} >= {"confirmed", "proposed"}
    asked = Asked(StepName.RETURN, dossier.version, "thieu-so-lieu", "Xem lại")
    take(practice.law, dossier.pk, practice.person("thuong-truc"), asked)
    assert {item.state.value for item in standing(practice, PROPOSED).items.values()} == {"waiting"}
    others = standing(practice, APPRAISED)
    assert others.done


def test_a_substitute_confirms_within_the_days_and_not_what_is_his_own(practice: Practice, signed_in: SignedIn) -> None:
    from django.utils import timezone

    from ntm_rules.web.models import Person, RoleHeld, Substitution

    today, where = timezone.localdate(), f"/dot/{practice.round.pk}/co-quan/{AGENCY}/xac-nhan"
    other = Person(username="cv2", full_name="Chuyên viên khác", password="x")
    other.save()
    RoleHeld(person=other, role="agency-expert", place=AGENCY).save()
    head = signed_in(f"ld.{AGENCY}")
    assert signed_in("cv2").get(where).status_code == 404

    def appoint(since: int, until: int, person: int = other.pk, reason: str = "Đi công tác") -> None:
        days = {"since": (today + dt.timedelta(since)).isoformat(), "until": (today + dt.timedelta(until)).isoformat()}
        head.post(f"/co-quan/{AGENCY}/thay-mat", {"person": person, "reason": reason, **days})

    for wrong in ((0, -1), (-3, -2)):
        appoint(*wrong)
    appoint(0, 1, reason="")
    appoint(0, 1, practice.person(f"ld.{AGENCY}").pk)
    appoint(0, 1, practice.person("cv.so-y-te").pk)
    refused = head.post(f"/co-quan/{AGENCY}/thay-mat", {"person": other.pk, "reason": "Đi công tác xa", "since": ""})
    assert refused.status_code == 422
    assert "Đi công tác xa</textarea>" in refused.content.decode()
    assert f'value="{other.pk}" selected' in refused.content.decode()
    assert not Substitution.objects.exists()
    appoint(1, 2)
    assert signed_in("cv2").get(where).status_code == 404
    appoint(0, 0)
    client = signed_in("cv2")
    assert client.get(where).status_code == 200
    find(signed_in(f"cv.{AGENCY}"), practice, "agree")
    find(client, practice, "agree", measure="household_waste_landfilled_share")
    for measure in (TREATED, "household_waste_landfilled_share"):
        name = f"{practice.dossier(ACCEPTED).pk}:{measure}:{last(practice, measure)}"
        client.post(where, {"item": name, "do": "confirm"})
    assert standing(practice).item(TREATED).state.value == "confirmed"
    assert standing(practice).item("household_waste_landfilled_share").state.value == "proposed"
    before = Substitution.objects.count()
    client.post(f"/co-quan/{AGENCY}/thay-mat", {"person": practice.person(f"cv.{AGENCY}").pk, "reason": "x",
                                                "since": today.isoformat(), "until": today.isoformat()})  # fmt: skip
    assert Substitution.objects.count() == before
    for row in Substitution.objects.filter(ends=None):
        head.post(f"/co-quan/{AGENCY}/thay-mat", {"do": "end", "substitution": row.pk})
    assert signed_in("cv2").get(where).status_code == 404


def test_a_day_is_put_off_with_a_reason_for_one_or_for_all(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.deadlines import APPRAISE, SUBMIT, day_of
    from ntm_rules.web.models import Round

    office, where = signed_in("thuong-truc"), f"/dot/{practice.round.pk}/gia-han"
    later = (practice.round.appraise_by + dt.timedelta(5)).isoformat()
    for said in ({"reason": ""}, {"day": "2020-01-01"}, {"day": ""}, {"what": "x"}):
        office.post(where, {"what": "appraise", "place": AGENCY, "day": later, "reason": "Lũ"} | said)
    fresh = Round.objects.get(pk=practice.round.pk)
    assert day_of(fresh, APPRAISE, AGENCY) == practice.round.appraise_by
    office.post(where, {"what": "appraise", "place": AGENCY, "day": later, "reason": "Lũ"})
    assert office.post(where, {"what": "appraise", "place": "x", "day": later, "reason": "Lũ"}).status_code == 404
    fresh = Round.objects.get(pk=practice.round.pk)
    assert day_of(fresh, APPRAISE, AGENCY).isoformat() == later
    assert day_of(fresh, APPRAISE, "so-y-te") == practice.round.appraise_by
    assert day_of(fresh, SUBMIT, ACCEPTED) == practice.round.submit_by


@pytest.mark.parametrize("layer", ["self", "agency"])
def test_a_layers_verdicts_are_those_of_batch_on_its_exported_figures(
    practice: Practice, signed_in: SignedIn, tmp_path: Path, layer: str
) -> None:
    from ntm_rules.evaluation.reference import evaluate_commune, evaluate_conditions
    from ntm_rules.runs.one_commune import report_in
    from ntm_rules.runs.reading import NothingEvaluated

    content = signed_in("thuong-truc").get(f"/dot/{practice.round.pk}/lop/{layer}.csv").content
    table = tmp_path / f"{layer}.csv"
    table.write_bytes(content)
    communes = {row["commune_code"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert APPRAISED in communes
    if layer == "agency":
        assert ACCEPTED not in communes
    for commune in sorted(communes)[:6]:
        report = report_in(practice.law.rulebook, table, commune, 2026)
        assert not isinstance(report, NothingEvaluated)
        found = standing(practice, commune)
        judged = found.confirmed if layer == "agency" else None
        if judged is None:
            from ntm_rules.web.reading import judged_of

            judged = judged_of(practice.law, commune, found.own)
        assert flat(evaluate_commune(report.rules, report.facts)) == flat(judged.result)
        assert flat(evaluate_conditions(report.rules, report.facts)) == flat(judged.conditions)


def test_the_layers_page_names_every_difference(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.appraisal.layers import Agreement

    page = signed_in("thuong-truc").get(f"/ho-so/{practice.dossier(APPRAISED).pk}/doi-chieu").content.decode()
    found = standing(practice, APPRAISED)
    differing = [item for item in found.items.values() if item.proposal and item.proposal.act.value == "own"]
    assert differing
    for agreement in (Agreement.AGREES, Agreement.DIFFERS):
        assert agreement.words in page
    pk = practice.dossier(APPRAISED).pk
    assert f'href="/ho-so/{pk}/muc/8#so-{TREATED}"' in page
    assert f'href="/ho-so/{pk}/lay-y-kien"' in page
    assert page.count('class="agreement not-yet"') == len(practice.law.procedure.comment_measures)
    assert "Chưa hoàn tất" not in page


def test_my_work_tells_expert_head_and_commune_what_is_next(practice: Practice, signed_in: SignedIn) -> None:
    expert, head = signed_in(f"cv.{AGENCY}"), signed_in(f"ld.{AGENCY}")
    assert "Số liệu chờ thẩm định" in expert.get("/").content.decode()
    find(expert, practice, "agree")
    assert "Ý kiến chờ xác nhận" in head.get("/").content.decode()
    ask(expert, practice, last(practice))
    for name in (f"cb.{ACCEPTED}", f"ct.{ACCEPTED}"):
        assert "Bổ sung theo đề nghị" in signed_in(name).get("/").content.decode()


@pytest.mark.parametrize("path", ["dong-y", "xac-nhan", ""])
def test_no_agency_opens_the_queue_of_another(practice: Practice, signed_in: SignedIn, path: str) -> None:
    for name in ("cv.so-y-te", "ld.so-y-te"):
        client = signed_in(name)
        assert client.get(f"/dot/{practice.round.pk}/co-quan/{AGENCY}/{path}".rstrip("/")).status_code == 404
        assert client.get(f"/ho-so/{practice.dossier(ACCEPTED).pk}/co-quan/{AGENCY}").status_code == 404
    assert signed_in("thuong-truc").get(f"/dot/{practice.round.pk}/co-quan/no-such").status_code == 404


@pytest.mark.parametrize("note", ["=1+1", "+cmd", "-2+3", "@sum"])
def test_words_are_no_formula_where_a_layer_is_opened_in_a_spreadsheet(
    practice: Practice, signed_in: SignedIn, note: str
) -> None:
    pk = practice.dossier("03390").pk
    said = {"value": "81", "note": note, "document": note, "base": 0, "key": "formula"}
    signed_in("cb.03390").post(f"/ho-so/{pk}/so-lieu/{TREATED}", said)
    content = signed_in("thuong-truc").get(f"/dot/{practice.round.pk}/lop/self.csv").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(content)) if row["commune_code"] == "03390"]
    (row,) = rows
    assert (row["measure"], row["document"]) == (TREATED, f"'{note}")
    assert row["note"].endswith(f"'{note}")
    assert not row["note"].startswith(note[0])
