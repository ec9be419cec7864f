"""`--set ID=VALUE`: every form is read exactly, and every mistake is named at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.errors import NtmError
from ntm_rules.exact import plain, vietnamese
from ntm_rules.rulebook.criteria_set import AwaitedTarget, ClassedTarget, Stated
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.workbench.comparing.supposing import SUPPOSED, read_value, suppose
from tests.rulebook.tiny import RULES_1, Tiny, said

DAY = dt.date(2026, 12, 31)


def supposed(loaded: LoadedSet, *texts: str) -> Overlay:
    return suppose(texts, loaded, promulgation=DAY, from_=dt.date(2026, 1, 1))


def target(loaded: LoadedSet, text: str, id_: str) -> Stated:
    rules = resolve(loaded, as_of=DAY, overlays=[supposed(loaded, text)])
    found = rules.requirement_by_id[id_].target
    assert not isinstance(found, AwaitedTarget)
    assert found.provenance.illustrative
    assert rules.illustrative
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.1.b=70", "70"),
        ("1.1.b=70,5", "70.5"),
        ("1.1.b=70.5", "70.5"),
        (" 1.1.b = 70 % ", "70"),
        ("1.1.b=70.5%", "70.5"),
        ("1.1.b=0,0001", "0.0001"),
        ("2.2=-3,5", "-3.5"),
        ("DK.1=1.234,5", "1234.5"),
        ("DK.1=1.234.567", "1234567"),
    ],
)
def test_one_number_for_all(tiny: Tiny, text: str, value: str) -> None:
    id_ = text.partition("=")[0].strip()
    assert target(tiny.load(), text, id_).everywhere == Decimal(value)


def by_group(loaded: LoadedSet, text: str) -> Mapping[str, Decimal]:
    found = target(loaded, text, "1.2")
    assert isinstance(found, ClassedTarget)
    return found.by_group


@pytest.mark.parametrize(
    "text",
    ["1.2=nhom-1:9,nhom-2:8,5", "1.2=nhom-1:9;nhom-2:8,5", "1.2 = nhom-2: 8.5 , nhom-1: 9", "1.2=nhom-1:9;nhom-2:8,50"],
)
def test_one_number_per_group_whatever_parts_the_groups(tiny: Tiny, text: str) -> None:
    assert by_group(tiny.load(), text) == {"nhom-1": Decimal(9), "nhom-2": Decimal("8.5")}


def test_a_decimal_comma_between_groups_stays_with_its_number(tiny: Tiny) -> None:
    assert by_group(tiny.load(), "1.2=nhom-1:9,5,nhom-2:8") == {"nhom-1": Decimal("9.5"), "nhom-2": Decimal(8)}


numbers = st.integers(0, 4).flatmap(lambda places: st.decimals(0, 99999999, places=places))


@given(numbers, numbers)
def test_whatever_numbers_stand_by_group_are_read_back(one: Decimal, other: Decimal) -> None:
    plainly = [plain(number).replace(".", ",") for number in (one, other)]
    assert read_value(f"nhom-1:{plainly[0]},nhom-2:{plainly[1]}") == {"nhom-1": one, "nhom-2": other}
    assert read_value(f"nhom-1:{plainly[0]};nhom-2:{plainly[1]}") == {"nhom-1": one, "nhom-2": other}
    with_dots = vietnamese(one)
    if re.fullmatch(r"[0-9]{1,3}[.][0-9]{3}", with_dots):
        with pytest.raises(NtmError, match=f"{plainly[0]} hoặc {with_dots.replace('.', ',')}"):
            read_value(with_dots)
    else:
        assert read_value(with_dots) == one


def test_a_grade_and_a_standard_in_force(tiny: Tiny) -> None:
    assert target(tiny.load(), "2.1=tot", "2.1").everywhere == Decimal(2)
    assert target(tiny.load(), "1.1.c.ii=in-force", "1.1.c.ii").everywhere == Decimal(1)


def test_an_indicator_of_a_single_requirement_names_it(tiny: Tiny) -> None:
    tiny.change(RULES_1, "  measure: clinics\n", "  all:\n    - id: 1.2.a\n      measure: clinics\n    ")
    loaded = tiny.load()
    assert "1.2.a" in supposed(loaded, "1.2=3").set


def test_the_overlay_says_that_it_is_invented_and_counts_whatever_was_known(tiny: Tiny) -> None:
    loaded = tiny.load()
    overlay = supposed(loaded, "1.1.b=70")
    assert (overlay.id, overlay.illustrative, overlay.document) == (SUPPOSED, True, None)
    assert "minh họa - không phải quy định" in overlay.title.vi
    assert "not law" in overlay.title.en
    rules = resolve(loaded, as_of=DAY, overlays=[overlay], known_on=DAY)
    assert rules.overlays == (SUPPOSED,)


MISTAKES = {
    "1.1.b": "write ID=VALUE",
    "=70": "write ID=VALUE",
    "1.1.b=": "write ID=VALUE",
    "1.1=70": "1.1 has several requirements; name one of 1.1.a, 1.1.b, 1.1.c.i, 1.1.c.ii",
    "1.1.bb=70": "there is no requirement 1.1.bb; did you mean “1.1.b”?",
    "99=70": "there is no requirement 99",
    "1.1.b=1.234": "can be read as 1234 or as 1,234",
    "1.2=nhom-1:1.234;nhom-2:3": "can be read as 1234 or as 1,234",
    "1.1.b=bảy mươi": "“bảy mươi” is not a number",
    "1.1.b=9,8,7": "“9,8,7” is not a number",
    "1.1.b=101": "a share's target lies between 0 and 100",
    "1.1.b=0,00001": "more than 4 decimals",
    "DK.1=100000000": "too large",
    "1.1.b=nhom-1:9": "no value for group nhom-2",
    "1.2=nhom-1:9;nhom-3:8;nhom-2:7": "“nhom-3” is not defined; did you mean “nhom-2”?",
    "1.2=nhom-1:9;nhom-1:8;nhom-2:7": "group nhom-1 stands here twice",
    "2.1=gioi": "is not a grade of the scale: trung-binh, kha, tot",
    "1.1.a=70": "this requirement has no number; only 1.1.a=in-force fits",
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.items())
def test_a_mistake_is_named_with_what_was_written(tiny: Tiny, text: str, words: str) -> None:
    with pytest.raises(NtmError) as refused:
        supposed(tiny.load(), text)
    (message,) = said(refused.value)
    assert message.startswith(f"--set {text}: ")
    assert words in message


def test_every_mistake_is_told_at_once(tiny: Tiny) -> None:
    with pytest.raises(NtmError) as refused:
        supposed(tiny.load(), *MISTAKES, "1.2=nhom-1:x;nhom-2:y", "2.2=7", "2.2=8")
    messages = said(refused.value)
    assert len(messages) == len(MISTAKES) + 3
    assert messages[-1] == "--set 2.2=8: 2.2 is supposed twice"
