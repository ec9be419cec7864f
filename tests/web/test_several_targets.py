"""A figure that several requirements hold against a target: each with its own target and verdict, on every page that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_rules.evaluation.verdicts import Verdict
from tests.conftest import ROOT
from tests.web import test_hamlets
from tests.web.conftest import Practice, SignedIn
from tests.web.test_hamlets import Hamlets, opened

SET = ROOT / "tests" / "turns" / "criteria" / "cach-noi-2026-2030"


@pytest.fixture
def round_of_ranges(practice: Practice, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> Hamlets:
    register = (SET / "communes.csv").read_text(encoding="utf-8-sig").splitlines()
    monkeypatch.setattr(test_hamlets, "ONE", register[1].split(",")[0])
    agency = re.search(r"id: ([a-z0-9-]+)", (SET / "agencies.yaml").read_text(encoding="utf-8"))
    assert agency is not None
    monkeypatch.setattr(test_hamlets, "AGENCY", agency[1])
    return opened(practice, signed_in, Path(SET))


def test_both_ends_of_a_range_are_told_and_drawn(round_of_ranges: Hamlets) -> None:
    from ntm_rules.web.views.standings import stood

    dossier = round_of_ranges.round.dossiers.select_related("round__law").get(commune=test_hamlets.ONE)
    answer = round_of_ranges.signed_in("cb.thon").post(
        f"/ho-so/{dossier.pk}/so-lieu/water_ph", {"base": 0, "key": "ph", "value": "9"}
    )
    said = answer.json()
    judged = stood(dossier).judged
    ends = {end: judged.find(f"1.2.{end}") for end in ("min", "max")}
    assert {end: found and found.verdict for end, found in ends.items()} == {"min": Verdict.MET, "max": Verdict.NOT_MET}
    assert "Chưa đạt" in said["live"]["requirement-1.2.max"]
    assert "Chưa đạt" not in said["live"]["requirement-1.2.min"]
    page = round_of_ranges.signed_in("cb.thon").get(f"/ho-so/{dossier.pk}/muc/1").content.decode()
    for end in ends:
        assert f'data-live="requirement-1.2.{end}"' in page
