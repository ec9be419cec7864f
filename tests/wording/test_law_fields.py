"""Fields of a law in words: whatever two laws may say differently, a person reads it as words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_rules.rulebook.facts import WordChange, facts_of
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.wording.law_fields import FIELD_WORDS, field_value_words
from tests.conftest import ROOT

SETS = sorted(
    path.parent
    for top in ("criteria", "tests/other_set", "tests/turns")
    for path in (ROOT / top).rglob("criteria-set.yaml")
)


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_every_fact_of_a_law_is_said_in_words_under_a_name(folder: Path) -> None:
    loaded = load_set(folder)
    rules = resolve(loaded, as_of=dt.date(loaded.first_year + 1, 12, 31))
    unsaid = []
    for subject, fields in facts_of(rules).items():
        for field, value in fields.items():
            words = field_value_words(WordChange(subject, field, None, value), value, rules, lambda _day: rules)
            if field not in FIELD_WORDS or words.startswith("[") or "{" in words:
                unsaid.append((subject.kind, subject.id, field, words))
    assert unsaid == []


def test_what_each_hamlet_must_meet_is_a_requirement_of_its_own_id() -> None:
    loaded = load_set(ROOT / "tests" / "turns" / "criteria" / "thon-ban-2026-2030")
    rules = resolve(loaded, as_of=dt.date(loaded.first_year + 1, 12, 31))
    told = {subject.id: fields for subject, fields in facts_of(rules).items() if subject.kind == "requirement"}
    assert told["1.1.thon"]["target"]["value"] == "70"
    assert told["1.1"]["hamlets"] == {"number": "hamlets_in_commune", "each": "1.1.thon"}
