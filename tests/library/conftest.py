"""The law as the library opens it, and the sample as it reads it."""

from __future__ import annotations

import pytest

import ntm_rules
from tests.conftest import ILLUSTRATIVE, SAMPLE


@pytest.fixture(scope="session")
def rules() -> ntm_rules.Rules:
    return ntm_rules.load_set("lai-chau-2026-2030", overlays=[ILLUSTRATIVE])


@pytest.fixture(scope="session")
def sample(rules: ntm_rules.Rules) -> ntm_rules.Result:
    """The sample's forms, judged."""
    return ntm_rules.evaluate(rules, ntm_rules.read(SAMPLE, rules))
