"""Why one commune has the verdict it has, as text and for a notebook: what `ntm explain` says."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ntm_rules import __version__
from ntm_rules.evaluation.reference import evaluate_commune, evaluate_conditions
from ntm_rules.i18n import in_language, speaking_of
from ntm_rules.library.matrix import shown_verdict
from ntm_rules.report.explanation.prose import Paragraph, paragraphs
from ntm_rules.report.explanation.subject import Explanation, subject_of
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.wording.communes import units_below

if TYPE_CHECKING:
    from ntm_rules.dataset.records import Dataset
    from ntm_rules.evaluation.batch import Evaluation
    from ntm_rules.library.rules import Rules


class Explained:
    """An explanation: `str()` is its text, a notebook shows it as a page."""

    def __init__(self, explanation: Explanation, language: str | None) -> None:
        self.explanation = explanation
        self._language = language

    @property
    def paragraphs(self) -> Sequence[Paragraph]:
        """What it says, in order."""
        with in_language(self._language), speaking_of(units_below(self.explanation.rules.communes)):
            return list(paragraphs(self.explanation))

    def __str__(self) -> str:
        text = ""
        for paragraph in self.paragraphs:
            between = "\n\n" if paragraph.kind in ("title", "heading") else "\n"
            text += f"{between if text else ''}{paragraph.words}"
        return text

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        with in_language(self._language), speaking_of(units_below(self.explanation.rules.communes)):
            return "".join(map(_html, self.paragraphs))


def _html(paragraph: Paragraph) -> str:
    words = html.escape(paragraph.words)
    if paragraph.verdict is not None:
        words = f"{shown_verdict(paragraph.verdict)} {words}"
    tag = {"title": "h4", "heading": "h5"}.get(paragraph.kind, "p")
    return f"<{tag}>{f'<strong>{words}</strong>' if paragraph.kind == 'warning' else words}</{tag}>"


def explained(
    rules: Rules, dataset: Dataset, evaluation: Evaluation, record: int, id_: str, language: str | None
) -> Explained:
    """Return why one record has its verdict on an indicator, a criterion or a further condition.

    Raises:
        NtmError: the set has no such id.
    """
    facts = evaluation.facts(record)
    law = evaluation.rules
    subject = subject_of(law, facts, id_, evaluate_commune(law, facts), evaluate_conditions(law, facts))
    explanation = Explanation(
        rules=law,
        rules_sha256=resolved_hash(law),
        facts=facts,
        subject=subject,
        engine="reference",
        program=__version__,
        inputs=dataset.inputs,
        overlay_files=rules.rulebook.overlay_files,
        illustrative_data=dataset.illustrative,
        problems=dataset.problems,
        trace=None,
    )
    return Explained(explanation, language)
