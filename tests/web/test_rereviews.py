"""A recognised commune that merges is shown to be reviewed again, and the register by year says when it ended."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.appraisal.states import State
from tests.conftest import ROOT
from tests.web.conftest import Practice, SignedIn
from tests.web.databases import on_a_restored_one, on_both
from tests.web.test_council import RECOGNISED, REVOKED

SET = ROOT / "criteria" / "lai-chau-2026-2030"
OTHER, LAST = REVOKED, dt.date(2027, 12, 31)
FIELDS = "valid_from", "predecessor_codes", "predecessor_names", "valid_to"


def merged(folder: Path) -> Path:
    """Return the set with a register in which the recognised commune and another are one from 2028 on, under its code."""
    place = folder / "set"
    shutil.copytree(SET, place)
    with (place / "communes.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    old = [row for row in rows if row["code"] in (RECOGNISED, OTHER)]
    for row in old:
        row["valid_to"] = LAST.isoformat()
    following = (LAST + dt.timedelta(1)).isoformat()
    codes, names = (";".join(row[name] for row in old) for name in ("code", "name"))
    rows.append(
        old[0] | dict(zip(FIELDS, (following, codes, names, ""), strict=True)) | {"map_row": "", "map_column": ""}
    )
    with (place / "communes.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0], *(() if "valid_to" in rows[0] else ("valid_to",))])
        writer.writeheader()
        writer.writerows(rows)
    return place


@pytest.fixture
def later(practice: Practice, tmp_path: Path) -> Any:
    """A round of the year after the merger."""
    from ntm_rules.web.opening import RoundAsked, open_round

    asked = RoundAsked("Đợt 2028", 2028, str(merged(tmp_path)), dt.date(2028, 12, 1))
    return open_round(practice.person("thuong-truc"), asked)


@on_both
def test_a_recognised_commune_that_merged_is_listed_with_the_day_it_ended_and_counts_no_more(
    practice: Practice, signed_in: SignedIn, later: Any
) -> None:
    page = signed_in("lanh-dao").get("/cong-nhan").content.decode()
    assert "31/12/2027, nhập vào" in page
    assert "Phải thẩm định lại" in page
    assert "2026: 0 xã" in page
    assert "tham-dinh-lai" not in page, "a reader opens nothing"
    assert page.count("31/12/2027, nhập vào") == 1, f"{REVOKED} is not recognised any more"
    rows = signed_in("lanh-dao").get("/cong-nhan/2026.csv").content.decode("utf-8-sig")
    assert RECOGNISED in rows, "what was decided of the year stays"


@on_both
def test_the_office_opens_the_review_of_the_new_unit_in_a_round_that_has_it(
    practice: Practice, signed_in: SignedIn, later: Any
) -> None:
    from ntm_rules.web.extracts import COLLECTIONS
    from ntm_rules.web.models import Notice
    from ntm_rules.web.verifying import verified

    office, where = signed_in("thuong-truc"), f"/dot/{later.pk}/tham-dinh-lai"
    assert f'action="{where}"' in office.get("/cong-nhan").content.decode()
    for wrong in ({"unit": OTHER, "reason": "x"}, {"unit": RECOGNISED, "reason": " "}, {"unit": "", "reason": "x"}):
        office.post(where, wrong)
    office.post(f"/dot/{practice.round.pk}/tham-dinh-lai", {"unit": RECOGNISED, "reason": "x"})
    dossier = later.dossiers.get(commune=RECOGNISED)
    assert not dossier.rereviews.exists()
    assert not practice.dossier(RECOGNISED).rereviews.exists(), "there the code means the unit that ended"
    assert signed_in("thu-ky").post(where, {"unit": RECOGNISED, "reason": "x"}).status_code == 404
    response = office.post(where, {"unit": RECOGNISED, "reason": "Sáp nhập từ 01/01/2028"})
    assert response["Location"] == f"/ho-so/{dossier.pk}"
    office.post(where, {"unit": RECOGNISED, "reason": "lần nữa"})
    assert dossier.rereviews.count() == 1
    assert "đã được công nhận theo 00/QĐ-UBND" in office.get(f"/ho-so/{dossier.pk}").content.decode()
    assert "Thẩm định lại sau sắp xếp" in office.get(f"/ho-so/{dossier.pk}/nhat-ky").content.decode()
    assert Notice.objects.filter(kind="rereview", person__username=f"ct.{RECOGNISED}").exists()
    page = office.get("/cong-nhan").content.decode()
    assert f'action="{where}"' not in page
    assert f"/ho-so/{dossier.pk}" in page
    assert [str(fault) for fault in verified().faults] == []
    (row,) = COLLECTIONS["rereviews"].rows(later, 0)
    assert row[:4] == (RECOGNISED, RECOGNISED, practice.round.pk, "00/QĐ-UBND")
    assert practice.dossier(RECOGNISED).stands is State.RECOGNISED, "what was decided is not touched"


@on_both
def test_a_unit_that_the_round_has_no_dossier_of_gets_one(practice: Practice, signed_in: SignedIn, later: Any) -> None:
    from ntm_rules.web.models import Dossier

    Dossier.objects.filter(round=later, commune=RECOGNISED).delete()
    signed_in("thuong-truc").post(f"/dot/{later.pk}/tham-dinh-lai", {"unit": RECOGNISED, "reason": "Sáp nhập"})
    dossier = later.dossiers.get(commune=RECOGNISED)
    assert (dossier.stands, dossier.rereviews.count()) == (State.OPEN, 1)


def test_no_law_is_pinned_under_which_a_code_of_the_round_means_another_unit(
    practice: Practice, signed_in: SignedIn, later: Any
) -> None:
    from ntm_rules.errors import NtmError
    from ntm_rules.web.laws import law_in_force
    from ntm_rules.web.repinning import _refuse_other_units

    rules = law_in_force(later).rules
    with pytest.raises(NtmError, match="mã của các xã sau là của đơn vị khác"):
        _refuse_other_units(practice.round, rules)


def test_before_any_merger_nothing_is_to_be_reviewed(practice: Practice, signed_in: SignedIn) -> None:
    page = signed_in("thuong-truc").get("/cong-nhan").content.decode()
    assert "Phải thẩm định lại" not in page
    assert "2026: 1 xã" in page


@on_both
@pytest.mark.long  # a whole installation restored
def test_a_backup_brings_a_review_back(practice: Practice, signed_in: SignedIn, later: Any, tmp_path: Path) -> None:
    from ntm_rules.web.verifying import verified
    from tests.web.test_backup import everything, matrix

    office = signed_in("thuong-truc")
    office.post(f"/dot/{later.pk}/tham-dinh-lai", {"unit": RECOGNISED, "reason": "Sáp nhập"})
    before = everything(), matrix(), verified()
    assert on_a_restored_one(tmp_path, lambda: (everything(), matrix(), verified())) == before
    assert (len(before[0]["rereview"]), before[2].faults) == (1, [])
