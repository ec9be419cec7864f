"""Communes and agencies are chosen as officers type them, and never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.i18n import use_language
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.runs.named import agency_named, commune_named, commune_within
from tests.conftest import Ntm


def refused(choose: Callable[[], object]) -> list[str]:
    with pytest.raises(NtmError) as error:
        choose()
    return [message.render("en") for message in error.value.messages]


@pytest.mark.parametrize(
    "asked", ["03390", "3390", "Bình Lư", " bình lư ", "Xã Bình Lư", "Binh Lu", "xa binh lu", "BINH LU"]
)
def test_a_commune_by_code_or_name_with_or_without_marks(lai_chau: CriteriaSet, asked: str) -> None:
    assert commune_within(lai_chau.communes, asked).code == "03390"


def test_a_name_that_differs_in_its_marks_alone_from_another_is_taken_as_typed_or_asked_back() -> None:
    twins = [
        Commune("00001", "Tả Lèng", "xa", dt.date(2025, 7, 1)),
        Commune("00002", "Tà Leng", "xa", dt.date(2025, 7, 1)),
    ]
    register = Register(twins, "xa")
    assert commune_named(register, "Tà Leng").code == "00002"
    assert refused(lambda: commune_named(register, "Ta Leng")) == [
        "Several communes are called “Ta Leng”; give the code: 00001 Tả Lèng, 00002 Tà Leng"
    ]


def test_a_name_of_several_communes_asks_for_the_code() -> None:
    twins = [Commune(code, "Tân Lập", "xa", dt.date(2025, 7, 1)) for code in ("00001", "00002")]
    assert refused(lambda: commune_named(Register(twins, "xa"), "Tân Lập")) == [
        "Several communes are called “Tân Lập”; give the code: 00001 Tân Lập, 00002 Tân Lập"
    ]


def test_an_unknown_commune_offers_the_nearest_and_says_where_all_are(lai_chau: CriteriaSet) -> None:
    assert refused(lambda: commune_named(lai_chau.communes, "Bình Lưu")) == [
        "There is no commune Bình Lưu in the register",
        "Did you mean “03390 Bình Lư”?",
        "All of them: ntm communes",
    ]


def test_a_ward_is_no_commune(lai_chau: CriteriaSet) -> None:
    [message] = refused(lambda: commune_within(lai_chau.communes, "Doan Ket"))
    assert message.startswith("03388 ")


@pytest.mark.parametrize(
    "asked", ["so-y-te", "Sở Y tế", "SỞ Y TẾ", "so y te", "Department of Health", "department of health"]
)
def test_an_agency_by_id_or_name_with_or_without_marks(lai_chau: CriteriaSet, asked: str) -> None:
    assert agency_named(lai_chau, asked) == "so-y-te"


def test_an_agency_that_is_not_known_or_leads_nothing_is_refused_with_the_nearest(lai_chau: CriteriaSet) -> None:
    unknown = refused(lambda: agency_named(lai_chau, "Sở I tế"))
    assert unknown[:2] == ["There is no agency Sở I tế", "Did you mean “so-y-te”?"]
    assert unknown[2].startswith("Lead agencies: so-nong-nghiep-moi-truong, so-xay-dung")
    assert refused(lambda: agency_named(lai_chau, "ubnd-cac-xa"))[0] == "ubnd-cac-xa leads no indicator of this set"


def test_communes_and_agencies_are_listed_for_people_and_programs(ntm: Ntm) -> None:
    communes, agencies = ntm("communes"), ntm("agencies")
    assert (communes.returncode, agencies.returncode) == (0, 0)
    assert "03390" in communes.stdout
    assert "Bình Lư" in communes.stdout
    assert "Tam Đường" in communes.stdout, "what it was before the mergers"
    assert "Sở Y tế" in agencies.stdout
    assert "so-y-te" in agencies.stdout
    use_language("en")
    assert '"code": "03390"' in ntm("communes", "--format", "json").stdout
    assert '"id": "so-y-te"' in ntm("agencies", "--format", "json").stdout
