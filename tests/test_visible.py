"""Whatever a text holds, nothing of it steers a screen once it is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.i18n import Message
from ntm_rules.visible import json_text, steering_in, visible, visible_lines

texts = st.text(st.characters(exclude_categories=[]) | st.sampled_from("\x1b\x00\x9b\u202e\u2066\u200b\ufeff\n\té"))
CATEGORIES_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]")


@given(texts)
def test_nothing_shown_steers_and_what_does_not_steer_is_shown_as_it_is(text: str) -> None:
    shown = visible(text)
    assert not CATEGORIES_UNSEEN.search(shown)
    assert visible(shown) == shown
    assert (shown == text) == (not steering_in(text.replace("\n", "\0").replace("\t", "\0")))


@given(texts)
def test_lines_stay_lines(text: str) -> None:
    shown = visible_lines(text)
    assert not steering_in(shown)
    assert shown.count("\n") == text.count("\n")


@given(st.lists(st.text() | st.integers()))
def test_json_says_the_same_and_steers_nothing(value: list[str | int]) -> None:
    text = json_text({"a": value})
    assert json.loads(text) == {"a": value}
    assert not steering_in(text)


@given(texts)
def test_a_message_shows_every_parameter_on_one_line(text: str) -> None:
    inner = Message("{file}, line {line}: {message}", file=Path("a") / "b", line=1, message=text)
    for message in (inner, Message("{reason}", reason=inner)):
        assert not CATEGORIES_UNSEEN.search(message.render("en"))
