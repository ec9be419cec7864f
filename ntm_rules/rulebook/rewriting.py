"""A node of the rules as a later decision rewrites it, with where that stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import Provenance
from ntm_rules.rulebook.models import (
    FORMS,
    Change,
    NodeWritten,
    Overlay,
    Replacement,
    Source,
)

Written = TypeVar("Written", bound=NodeWritten)
_WORDS = ("text", "reading", "text_en")
_OF_A_RULE = ("lead", "cooperating", "source", "years", "in_force", "points")
"""What stays as it was where a replacement does not say it."""


def changed(node: Written, keywords: Mapping[str, object]) -> Written:
    """Return a node with other values of some keywords; None takes one away.

    Raises:
        ValidationError: what comes out is no rule.
    """
    kept = {key: getattr(node, key) for key in node.model_fields_set}
    if any(keywords.get(form) is not None for form in FORMS):
        kept = {key: value for key, value in kept.items() if key not in FORMS}
    stated = {key: value for key, value in (kept | dict(keywords)).items() if value is not None}
    return type(node).model_validate(stated)


def said_by(change: Change, overlay: Overlay) -> dict[str, object]:
    """Return what a change says of a rule, by keyword; new words stand in the decision unless another source is named."""
    said = change.stated()
    if said.get("text") and "source" not in said:
        said["source"] = Source(document=overlay.id, article=change.article)
    return said


def replaced(node: Written, by: Replacement, overlay: Overlay) -> Written:
    """Return what stands in a node's place: what the replacement does not say of words and agencies stays.

    Raises:
        ValidationError: what comes out is no rule.
    """
    said = by.stated()
    words = () if "text" in said or "reading" in said else _WORDS
    kept = {key: getattr(node, key, None) for key in ("id", *_OF_A_RULE, *words)}
    kept["source"] = Source(document=overlay.id, article=by.article)
    return type(node).model_validate({key: value for key, value in (kept | said).items() if value is not None})


def said_of(error: ValidationError) -> list[Message]:
    """Return what is wrong with a rule that comes out of a change, in words."""
    found = []
    for detail in error.errors():
        key = str(detail["loc"][-1]) if detail["loc"] else ""
        if detail["type"] == "missing":
            found.append(Message("“{key}” is missing", key=key))
        elif detail["type"] == "extra_forbidden":
            found.append(Message("`{key}` belongs to an indicator, and this is a part of one", key=key))
        else:
            found.append(Message("{reason}", reason=Message(str(detail.get("ctx", {}).get("error", detail["msg"])))))
    return found


def provenance(overlay: Overlay, article: str | None) -> Provenance:
    """Return where something that a decision says comes from."""
    return Provenance(
        document=overlay.document.number if overlay.document else overlay.id,
        article=article or "",
        overlay=overlay.id,
        illustrative=overlay.illustrative,
        from_=overlay.effective.from_,
        to=overlay.effective.to,
        promulgated=overlay.promulgated,
    )
