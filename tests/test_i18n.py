"""The catalogue: every sentence in Vietnamese, read when it is asked for."""

from __future__ import annotations

import gettext
from pathlib import Path

import ntm_rules
from ntm_rules.i18n import _, in_language
from ntm_rules.locale.update import catalogue

LOCALE = Path(ntm_rules.__file__).with_name("locale")


def test_every_sentence_is_what_gettext_reads_of_the_same_file() -> None:
    theirs = gettext.translation("ntm_rules", LOCALE, ["vi"])
    sentences = [message.id for message in catalogue("ntm_rules") if message.id]
    with in_language("vi"):
        assert [_(sentence) for sentence in sentences] == [theirs.gettext(sentence) for sentence in sentences]
        assert len({_(sentence) for sentence in sentences}) > 1000


def test_a_sentence_that_it_does_not_have_stands_as_it_is() -> None:
    with in_language("vi"):
        assert [_(words) for words in ("", "no such sentence", "half a character \ud800")] == [
            "",
            "no such sentence",
            "half a character \ud800",
        ]


def test_no_translation_says_the_same_twice() -> None:
    twice = [
        text
        for message in catalogue("ntm_rules")
        if isinstance(text := message.string, str)
        and len(text) > 5
        and text[: len(text) // 2] == text[(len(text) + 1) // 2 :]
    ]
    assert not twice, "two halves of a merge, put behind each other"
