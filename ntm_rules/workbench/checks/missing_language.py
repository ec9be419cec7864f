"""NTM101: words are missing in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import AGENCIES, HEADER, MEASURES
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet

_LOWER_VIETNAMESE = re.compile(
    r"\b[a-zđ]*[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ][^\W\d_]*\b"
)


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every label empty in a language or left in Vietnamese, and every part whose text has no English."""
    beside = (subject.header.cross_checks,) if subject.header and subject.header.cross_checks else ()
    for name in (HEADER, AGENCIES, MEASURES, *(file for file, _owner, _read in subject.rule_files), *beside):
        if name in subject.draft.files:
            yield from _labels(subject, name, subject.draft.files[name].data, ())
    for at in subject.nodes:
        if at.node.text and not (at.node.text_en or "").strip():
            yield subject.at(at.file, (*at.place, "text"), Message("there is no English of this text"))


def _labels(subject: CheckedSet, name: str, data: object, place: Place) -> Iterator[RuleProblem]:
    if isinstance(data, dict):
        if set(data) == {"vi", "en"}:
            for language, words in data.items():
                if isinstance(words, str) and not words.strip():
                    yield subject.at(
                        name, (*place, language), Message("the words in “{language}” are empty", language=language)
                    )
            if data["vi"] == data["en"] and _LOWER_VIETNAMESE.search(str(data["en"])):
                yield subject.at(name, (*place, "en"), Message("the English is the Vietnamese unchanged"))
            return
        for key, value in data.items():
            yield from _labels(subject, name, value, (*place, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _labels(subject, name, value, (*place, i))


CHECK = Check(
    code="NTM101",
    severity=Severity.WARNING,
    title=N_("Words are missing in one language"),
    why=N_("Reports, forms and the book show an empty place or the other language there."),
    mend=N_("Write the words in both languages; a part with a `text` has a `text_en` too."),
    of_set=find,
)
