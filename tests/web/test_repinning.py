"""The law of a round pinned anew: the effect is seen first, nothing moves by itself, and only what it touches goes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ntm_rules.appraisal.findings import ItemState
from ntm_rules.appraisal.states import State
from tests.web.conftest import ACCEPTED, OPEN, Practice, SignedIn
from tests.web.databases import on_a_restored_one, on_both
from tests.web.test_closing import end_sessions
from tests.web.test_council import APPRAISED, BEFORE, CONCLUDED, RECOGNISED

TREATED, AGENCY = "household_waste_treated_share", "so-nong-nghiep-moi-truong"
OVERLAY = """
id: muc-moi
applies_to: lai-chau-2026-2030
title: {vi: Quyết định minh họa, en: Invented decision}
promulgated: 2026-06-01
effective: {from: 2026-06-01}
illustrative: true
set:
  "8.1.b": 85
"""


def look_at(client: Any, practice: Practice, overlay: str = OVERLAY, **said: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("muc-moi.overlay.yaml", overlay.encode())
    return client.post(f"/dot/{practice.round.pk}/phien-ban", {"overlays": file, **said})


def follow(client: Any, where: str, **said: object) -> Any:
    return client.post(where, {"seen": "", "reason": "Mức mới có hiệu lực", **said})


@pytest.fixture
def effect(practice: Practice, signed_in: SignedIn) -> str:
    """Where the effect of the version that was looked at stands."""
    end_sessions(practice)
    response = look_at(signed_in("thuong-truc"), practice)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def item_of(practice: Practice, commune: str, measure: str = TREATED) -> ItemState:
    from ntm_rules.web.findings import items_in

    found = items_in(practice.dossier(commune)).get(measure)
    return found.state if found else ItemState.WAITING


def test_looking_shows_the_effect_on_each_layer_and_moves_nothing(
    practice: Practice, signed_in: SignedIn, effect: str
) -> None:
    from ntm_rules.appraisal.layers import Layer
    from ntm_rules.web.models import Event, Round

    before = Event.objects.count()
    page = signed_in("thuong-truc").get(effect).content.decode()
    assert "80%" in page
    assert "85%" in page
    assert f"<h2>{Layer.SELF.words}</h2>" in page
    assert f"<h2>{Layer.AGENCY.words}</h2>" in page
    assert "quay lại các cơ quan" in page
    one = Round.objects.get(pk=practice.round.pk)
    assert one.rules_sha256 == practice.round.rules_sha256
    assert one.pinned is None
    assert item_of(practice, BEFORE) is ItemState.CONFIRMED
    assert Event.objects.count() == before
    assert signed_in("lanh-dao").get(effect).status_code == 404


@pytest.mark.long  # several versions judged over every commune
def test_the_effect_is_that_of_whatif_over_the_figures_of_the_layer(
    practice: Practice, effect: str, tmp_path: Any
) -> None:
    """Commune by commune and requirement by requirement, as the command finds it over the exported table."""
    from ntm_rules.appraisal.layers import Layer
    from ntm_rules.runs.comparing import Compared, WhatIfAsked, compare_whatif
    from ntm_rules.runs.law import LawAsked
    from ntm_rules.web.layer_tables import LayerTable, entries_of_layer, written_table
    from ntm_rules.web.models import Pin
    from ntm_rules.web.repinning import effect_of

    pin = Pin.objects.get(pk=int(effect.rpartition("/")[2]))
    found = effect_of(practice.round, pin).layers[Layer.SELF]
    decided = {d.commune for d in practice.round.dossiers.filter(state__in=["recognised", "refused", "revoked"])}
    entries = {c: e for c, e in entries_of_layer(practice.round, LayerTable(Layer.SELF)).items() if c not in decided}
    table, law = tmp_path / "a.csv", tmp_path / "muc-moi.overlay.yaml"
    table.write_bytes(written_table(practice.round, entries))
    law.write_text(OVERLAY, "utf-8")
    compared = compare_whatif(WhatIfAsked(LawAsked(overlays=[law]), year=2026), [table])
    assert isinstance(compared, Compared)
    report = compared.report
    changes = {(c.code, x.level, x.id, x.before, x.after) for c in report.communes for x in c.changes}
    assert changes
    assert {(c.code, x.level, x.id, x.before, x.after) for c in found.communes for x in c.changes} == changes


def test_pinning_ends_what_is_touched_alone_and_sends_dossiers_back_for_that(
    practice: Practice, signed_in: SignedIn, effect: str
) -> None:
    from ntm_rules.web.findings import items_in
    from ntm_rules.web.laws import law_in_force
    from ntm_rules.web.models import Notice, Round

    others = {m for m, i in items_in(practice.dossier(BEFORE)).items() if i.state is ItemState.CONFIRMED} - {TREATED}
    assert follow(signed_in("thuong-truc"), effect).status_code == 302
    one = Round.objects.select_related("law").get(pk=practice.round.pk)
    assert str(one.pinned_id) == effect.rpartition("/")[2]
    target = law_in_force(one).rules.requirement_by_id["8.1.b"].target
    assert target.value_for(None) == 85
    for commune in (APPRAISED, BEFORE, CONCLUDED):
        assert practice.dossier(commune).stands is State.UNDER_APPRAISAL
        assert item_of(practice, commune) is ItemState.WAITING
    left = {m for m, i in items_in(practice.dossier(BEFORE)).items() if i.state is ItemState.CONFIRMED}
    assert others - left <= {m for m in others if m.startswith("household_waste")}, "nothing else is asked anew"
    assert len(left) > 40
    assert practice.dossier(OPEN).stands is State.OPEN
    told = set(Notice.objects.filter(kind="repin").values_list("person__username", flat=True))
    assert {f"cb.{OPEN}", f"cv.{AGENCY}", "thu-ky"} <= told
    assert Notice.objects.filter(kind="law-changed", person__username=f"ct.{BEFORE}").exists()
    log = signed_in(f"cb.{BEFORE}").get(f"/ho-so/{practice.dossier(BEFORE).pk}/nhat-ky").content.decode()
    assert "Mức mới có hiệu lực" in log


@pytest.mark.long
def test_what_is_decided_keeps_the_law_under_which_it_was(practice: Practice, signed_in: SignedIn, effect: str) -> None:
    from ntm_rules.web.extracts import COLLECTIONS
    from ntm_rules.web.laws import law_of_dossier

    follow(signed_in("thuong-truc"), effect)
    dossier = practice.dossier(RECOGNISED)
    assert dossier.stands is State.RECOGNISED
    rules = law_of_dossier(dossier).rules
    assert rules.requirement_by_id["8.1.b"].target.value_for(None) == 80
    assert signed_in("thuong-truc").get(f"/ho-so/{dossier.pk}/doi-chieu").status_code == 200
    page = signed_in("thuong-truc").get(f"/dot/{practice.round.pk}").content.decode()
    assert "Quyết định theo phiên bản trước" in page
    (row,) = COLLECTIONS["repinnings"].rows(practice.round, 0)
    assert (row[1], row[4], row[5]) == (practice.round.rules_sha256, "Mức mới có hiệu lực", "thuong-truc")
    assert row[3] != row[1]


@pytest.mark.long  # several versions judged over every commune
def test_results_and_tables_judge_what_is_decided_by_the_law_it_was_decided_under(
    practice: Practice, signed_in: SignedIn, effect: str, tmp_path: Any
) -> None:
    """Pages and tables of figures of their own, as `ntm batch` has them with that version; the others' are of the present one."""
    from ntm_rules.runs.reading import YearsRead, read_years
    from ntm_rules.web.laws import law_in_force
    from ntm_rules.web.models import Round

    office, leader = signed_in("thuong-truc"), signed_in("lanh-dao")
    assert follow(office, effect).status_code == 302
    one = Round.objects.select_related("law").get(pk=practice.round.pk)
    pin = practice.dossier(RECOGNISED).pinned_id
    where = f"/dot/{one.pk}/ket-qua"
    page = leader.get(f"/dot/{one.pk}").content.decode()
    assert f"{where}/self-{pin}/index.html" in page
    assert f"/dot/{one.pk}/lop/agency-{pin}.csv" in page
    present = leader.get(f"{where}/self/index.html").content.decode()
    assert f"don-vi-{RECOGNISED}.html" not in present
    assert f"{where}/self-{pin}/index.html" in present
    assert f"don-vi-{RECOGNISED}.html" in leader.get(f"{where}/self-{pin}/index.html").content.decode()
    assert "≥ 80%" in leader.get(f"{where}/self-{pin}/don-vi-{RECOGNISED}.html").content.decode()
    assert leader.get(f"{where}/self-99999/index.html").status_code == 404
    for name, law, target in ((f"self-{pin}", law_in_force(one, pin), 80), ("self", law_in_force(one), 85)):
        table = tmp_path / f"{name}.csv"
        table.write_bytes(office.get(f"/dot/{one.pk}/lop/{name}.csv").content)
        read = read_years(law.rulebook, [table], [2026])
        assert isinstance(read, YearsRead)
        codes = {record.code for record in read.dataset.records}
        assert (RECOGNISED in codes) is (target == 80)
        assert law.rules.requirement_by_id["8.1.b"].target.value_for(None) == target


@pytest.mark.long  # several versions judged over every commune
def test_the_way_is_gone_again_with_one_finding_and_the_council_votes_anew(
    practice: Practice, signed_in: SignedIn, effect: str
) -> None:
    from ntm_rules.web.concluding import conclusions_of, voted_session
    from ntm_rules.web.findings import items_in

    office = signed_in("thuong-truc")
    follow(office, effect)
    pk = practice.dossier(CONCLUDED).pk
    waiting = [
        m
        for m, agency in practice.law.owners.items()
        if agency == AGENCY and item_of(practice, CONCLUDED, m) is ItemState.WAITING
    ]
    items = items_in(practice.dossier(CONCLUDED))
    said = {}
    for measure in waiting:
        seen = items[measure].seen if measure in items else 0
        said |= {f"{measure}:act": "agree", f"{measure}:seen": seen}
    signed_in(f"cv.{AGENCY}").post(f"/ho-so/{pk}/co-quan/{AGENCY}", said)
    items = items_in(practice.dossier(CONCLUDED))
    ticked = [f"{pk}:{m}:{items[m].seen}" for m in waiting if m in items and items[m].state is ItemState.PROPOSED]
    signed_in(f"ld.{AGENCY}").post(
        f"/dot/{practice.round.pk}/co-quan/{AGENCY}/xac-nhan", {"item": ticked, "do": "confirm"}
    )
    for step in ("appraise", "publish", "call"):
        version = practice.dossier(CONCLUDED).version
        response = office.post(f"/ho-so/{pk}/buoc/{step}", {"seen": version})
        assert response.status_code == 302, step
    dossier = practice.dossier(CONCLUDED)
    assert dossier.stands is State.BEFORE_COUNCIL
    assert voted_session(dossier) is None
    assert conclusions_of(dossier) == {}


@pytest.mark.long  # several versions judged over every commune
def test_pinning_owes_a_reason_no_open_session_and_the_version_that_was_seen(
    practice: Practice, signed_in: SignedIn, effect: str
) -> None:
    office = signed_in("thuong-truc")
    assert follow(office, effect, reason=" ").status_code == 422
    assert follow(office, effect, seen="7").status_code == 422
    other = look_at(office, practice, OVERLAY.replace("85", "90"))["Location"]
    assert follow(office, effect).status_code == 302
    assert follow(office, effect).status_code == 404, "it is pinned already"
    assert follow(office, other).status_code == 422
    seen = effect.rpartition("/")[2]
    assert follow(office, other, seen=seen).status_code == 302


@pytest.mark.parametrize(
    ("overlay", "words"),
    [
        (OVERLAY.replace("8.1.b", "8.1.x"), "8.1.x"),
        ("id: [", "overlay.yaml"),
    ],
)
def test_a_version_that_cannot_be_is_refused_with_why(
    practice: Practice, signed_in: SignedIn, overlay: str, words: str
) -> None:
    response = look_at(signed_in("thuong-truc"), practice, overlay)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert practice.round.pins.count() == 1


def test_a_version_that_changes_nothing_is_not_put_away(practice: Practice, signed_in: SignedIn) -> None:
    response = signed_in("thuong-truc").post(f"/dot/{practice.round.pk}/phien-ban", {"installed": "1"})
    assert response.status_code == 422
    assert "không thay đổi gì" in response.content.decode()
    assert practice.round.pins.count() == 1


@on_both
@pytest.mark.long  # pinned on both databases
def test_records_are_whole_after_pinning_and_a_backup_brings_it_back(
    practice: Practice, signed_in: SignedIn, tmp_path: Path
) -> None:
    from django.db import connection

    from ntm_rules.web.models import Round
    from ntm_rules.web.verifying import verified
    from tests.web.test_backup import everything, matrix

    end_sessions(practice)
    office = signed_in("thuong-truc")
    follow(office, look_at(office, practice)["Location"])
    assert [str(fault) for fault in verified().faults] == []
    before = everything(), matrix(), verified()
    assert on_a_restored_one(tmp_path, lambda: (everything(), matrix(), verified())) == before
    assert len(before[0]["repinning"]) == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE web_round SET rules_sha256 = 'x'")
    assert any("phiên bản" in str(fault) for fault in verified().faults)
    assert Round.objects.count() == 1


def test_nothing_takes_the_step_back_without_the_law(practice: Practice, signed_in: SignedIn) -> None:
    dossier = practice.dossier(APPRAISED)
    said = {"seen": dossier.version, "note": "x"}
    assert signed_in("thuong-truc").post(f"/ho-so/{dossier.pk}/buoc/law-changed", said).status_code == 422
    assert practice.dossier(APPRAISED).stands is State.APPRAISED
    assert "buoc/law-changed" not in signed_in("thuong-truc").get(f"/ho-so/{dossier.pk}").content.decode()
    assert practice.dossier(ACCEPTED).stands is State.UNDER_APPRAISAL
