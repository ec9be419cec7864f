"""Several provinces under one set: which is looked at."""

from __future__ import annotations

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.provinces import province_of


def test_of_a_set_of_one_province_none_is_to_be_named(loaded: LoadedSet) -> None:
    assert province_of(loaded, [], None) is None
    with pytest.raises(NtmError) as refused:
        province_of(loaded, [], "son-la")
    assert [message.render("vi") for message in refused.value.messages] == [
        "Bộ tiêu chí không nêu tỉnh son-la",
        "Bộ tiêu chí chỉ của một tỉnh: bỏ phần chỉ tỉnh.",
    ]
