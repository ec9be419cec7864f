"""The table of hamlets in a real browser: named, typed, refused, appraised; accessible, narrow and wide."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.test_hamlets import AGENCY, HALLS, ONE, PAVED, ROADS, SET
from tests.web.test_in_browser import Person, Served, assert_fit, served, wait

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["served"]  # a fixture

OPENED = """
import sys
from datetime import date
from pathlib import Path
from ntm_rules.web.installing import opened
opened(Path(sys.argv[1]))
from ntm_rules.appraisal.roles import Role
from ntm_rules.web.models import Person
from ntm_rules.web.opening import RoundAsked, open_round
from ntm_rules.web.practice import _person
office = Person.objects.get(username="thuong-truc")
for name, role, place in (
    ("cb.thon", Role.COMMUNE_OFFICER, sys.argv[3]), ("ct.thon", Role.COMMUNE_HEAD, sys.argv[3]), ("cv.thon", Role.AGENCY_EXPERT, sys.argv[4]),
):
    _person(name, name, office.password, role, place, hashed=True)
print(open_round(office, RoundAsked("Thôn bản", 2026, sys.argv[2], date(2099, 12, 1))).dossiers.get(commune=sys.argv[3]).pk)
"""
"""What an operator does beside the server that runs: a round over a set that asks for figures of each hamlet."""


@pytest.fixture(scope="module")
def dossier(served: Served) -> str:
    """The path of a dossier of a round over a set with hamlets."""
    words = [sys.executable, "-c", OPENED, str(served.folder / "ntm-web"), str(SET), ONE, AGENCY]
    return f"/ho-so/{subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()}"


def at(kept: str, more: str = "") -> str:
    """Return where a figure of a hamlet stands."""
    return f'[id="so-{kept}"] {more}'.strip()


@pytest.mark.long
def test_hamlets_are_typed_refused_and_appraised(browser: Chrome, served: Served, dossier: str, tmp_path: Path) -> None:
    person = Person(browser, served)
    person.signs_in("cb.thon")
    person.opens(f"{dossier}/muc/1")
    assert_fit(person, "no hamlet yet")
    person.types("#f-names", "Bản A\nBản B với một cái tên rất dài để xem ô có vừa không\nBản C")
    person.presses("#thon form.sheet button")
    person.sees("#thon", "Đã thêm")
    assert_fit(person, "hamlets named")
    for kept, value in ((f"{HALLS}@1", "1"), (f"{HALLS}@2", "0"), (f"{PAVED}@1", "79,996")):
        person.types(at(kept, "[data-part=value]"), value)
        wait(lambda kept=kept: "Đã lưu" in person.reads(at(kept, "[data-state]")), kept)  # type: ignore[misc]  # of this turn
    assert "Bản B" in person.reads("main")
    person.types(at(f"{PAVED}@2", "[data-part=value]"), "1.234")
    wait(lambda: "ghi chưa đúng" in person.reads(at(f"{PAVED}@2", "[data-state]")), "refused")
    assert "1234 hoặc 1,234" in person.reads(at(f"{PAVED}@2", "[data-said]"))
    assert_fit(person, "a figure of a hamlet that is refused")
    person.types(at("@3", "[data-part=value]"), "bản a")
    wait(lambda: "Bản A" in person.reads(at("@3", "[data-said]")), "a name that is taken")
    assert_fit(person, "a name that is taken")
    browser.execute_script("localStorage.clear()")  # type: ignore[no-untyped-call]
    person.opens(f"{dossier}/muc/1")
    person.presses("#thon button[value^='3:']")
    person.sees("#thon", "Đã đưa")
    assert len(browser.find_elements("css selector", "#thon tbody tr")) == 2
    person.opens(f"{dossier}/nhat-ky")
    assert_fit(person, "log with hamlets")

    person.signs_in("ct.thon")
    person.opens(dossier)
    assert_fit(person, "dossier with hamlets")
    person.presses("form[action$='/buoc/submit'] button")
    person.sees("main", "Đã nộp")
    person.opens(f"{dossier}/muc/1")
    assert_fit(person, "hamlets that are frozen")
    person.signs_in("thuong-truc")
    person.opens(dossier)
    person.presses("form[action$='/buoc/accept'] button")
    person.sees("main", "Đang thẩm định")
    person.signs_in("cv.thon")
    person.opens(f"{dossier}/co-quan/{AGENCY}")
    assert "Bản A" in person.reads(at(f"{ROADS}@1"))
    assert_fit(person, "appraising hamlets")
    person.opens(f"{dossier}/doi-chieu")
    assert_fit(person, "layers with hamlets")
    said = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    assert [words for words in said if "Content Security Policy" in words or "Uncaught" in words] == []
