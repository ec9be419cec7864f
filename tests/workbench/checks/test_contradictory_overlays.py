"""NTM025: two decisions of one day contradict each other."""

from __future__ import annotations

import pytest

from ntm_rules.workbench.checks.core.running import check_overlay, check_together
from tests.workbench.checks.clean import AS_OF, CLEAN_OVERLAY, Checked, Found, told

CODE = "NTM025"
ENTRY = "DK.1: {value: 0,"


def _found(checked: Checked, second: str, *, swapped: bool = False) -> list[Found]:
    texts = {"a.overlay.yaml": CLEAN_OVERLAY, "b.overlay.yaml": second}
    paths = [checked.write(name, text) for name, text in texts.items()]
    paths = paths[::-1] if swapped else paths
    reports = [check_overlay(path, [checked.folder], as_of=AS_OF, codes=[CODE]) for path in paths]
    check_together(reports, paths, [checked.folder], [CODE])
    return [found for report in reports for found in told(report)]


@pytest.mark.parametrize("swapped", [True, False])
def test_contradictory_overlays_are_found_and_both_named(checked: Checked, swapped: bool) -> None:
    second = CLEAN_OVERLAY.replace(ENTRY, "DK.1: {value: 1,")
    [(file, _line, key, words)] = _found(checked, second, swapped=swapped)
    assert (key, file.endswith(".overlay.yaml")) == ("set.DK.1", True)
    assert ("a.overlay.yaml" in words, "b.overlay.yaml" in words) == (True, True)


def test_nothing_is_found_where_two_say_the_same_or_one_is_later(checked: Checked) -> None:
    later = CLEAN_OVERLAY.replace(ENTRY, "DK.1: {value: 1,").replace(
        "promulgated: 2026-08-01", "promulgated: 2026-08-02"
    )
    assert later != CLEAN_OVERLAY
    assert _found(checked, CLEAN_OVERLAY) + _found(checked, later) == []
