"""Units are called what their set calls their type, wherever they are named."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_rules.i18n import use_language
from ntm_rules.rulebook.models import CommuneType, Text
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.wording.communes import full_name, type_words

TOWN = CommuneType(
    id="thi-tran", title=Text(vi="thị trấn", en="township"), full_name=Text(vi="Thị trấn {name}", en="{name} Township")
)


def unit(type_: str, *types: CommuneType) -> Commune:
    commune = Commune("03400", "Bum Nưa", type_, dt.date(2025, 7, 1))
    return (Register([commune], type_, types) if types else Register([commune], type_))["03400"]


@pytest.mark.parametrize(
    ("one", "in_vietnamese", "in_english", "called"),
    [
        (unit("xa"), "Xã Bum Nưa", "Bum Nưa commune", "commune"),
        (unit("phuong"), "Phường Bum Nưa", "Bum Nưa ward", "ward"),
        (unit("dac-khu"), "Đặc khu Bum Nưa", "Bum Nưa special zone", "special zone"),
        (unit("thi-tran"), "Bum Nưa", "Bum Nưa", "thi-tran"),
        (unit("thi-tran", TOWN), "Thị trấn Bum Nưa", "Bum Nưa Township", "township"),
        (unit("xa", TOWN), "Bum Nưa", "Bum Nưa", "xa"),
    ],
)
def test_a_full_name_is_made_as_the_type_says(one: Commune, in_vietnamese: str, in_english: str, called: str) -> None:
    assert full_name(one) == in_vietnamese
    use_language("en")
    assert (full_name(one), type_words(one)) == (in_english, called)
