"""What stands on a dossier's page after the agencies: the council's conclusion, decisions, papers; and their events in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ntm_rules.appraisal.council import COMMUNE, CONDITIONS, Concluded
from ntm_rules.appraisal.layers import Layer, highest_complete
from ntm_rules.appraisal.states import ACCEPTED
from ntm_rules.appraisal.steps import StepName
from ntm_rules.i18n import N_, _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, badge_of
from ntm_rules.web.concluding import conclusions_of
from ntm_rules.web.drawing import LINKS
from ntm_rules.web.findings import appraised
from ntm_rules.web.views.layers import CONCLUDED
from ntm_rules.web.views.standings import Stood, headline
from ntm_rules.wording.dates import on_day

COUNCIL_EVENTS = frozenset({"comments", "remark", "vote", "conclusion", "decision"})


_DECISIONS: Mapping[str, str] = {
    StepName.RECOGNISE: N_("Decision of recognition"),
    StepName.REFUSE: N_("Recognition refused"),
    StepName.REVOKE: N_("Decision revoking the recognition"),
}


class LayerVerdict(NamedTuple):
    """Whose result is the dossier's now, and what it is."""

    layer: str
    badge: Badge | None
    words: str


def verdict_of(one: Stood) -> LayerVerdict:
    """Return the verdict of the highest complete layer."""
    said = conclusions_of(one.dossier).get(COMMUNE) if one.dossier.stands in CONCLUDED else None
    standing = appraised(one.law, one.dossier, one.figures) if one.dossier.stands in ACCEPTED else None
    complete = [Layer.SELF]
    complete += [Layer.AGENCY] if standing is not None and standing.done else []
    complete += [Layer.COUNCIL] if said is not None else []
    layer = highest_complete(complete)
    if layer is Layer.COUNCIL and said is not None:
        return LayerVerdict(layer.words, None, said.concluded.words)
    judged = standing.confirmed if standing is not None and layer is Layer.AGENCY else one.judged
    return LayerVerdict(
        layer.words, badge_of(judged.result.verdict) if judged.says_something else None, headline(judged)
    )


def papers() -> list[tuple[str, str]]:
    """Return the papers about a dossier: under which each is handed out, and its words."""
    return [
        ("tong-hop", _("Summary of the appraisal (Word)")),
        ("to-trinh", _("Draft submission (Word)")),
        ("quyet-dinh", _("Draft decision (Word)")),
    ]


def decided_on(one: Stood) -> list[Link]:
    """Return what the council concluded and what was decided, each with its file where there is one."""
    found: list[Link] = []
    said = conclusions_of(one.dossier).get(COMMUNE) if one.dossier.stands in CONCLUDED else None
    if said is not None:
        words = _("The council concludes: {words}.", words=said.concluded.words)
        found.append(Link(f"{words} {said.reason}".rstrip(), ""))
    for row in one.dossier.decisions.order_by("pk"):
        day = on_day(row.day) if row.day else ""
        told = [each for each in (_(_DECISIONS[row.kind]), row.number, day, row.note) if each]
        address = LINKS.to("decision-file", f"{one.dossier.pk}/{row.pk}") if row.sha256 else ""
        found.append(Link(", ".join(told), address or ""))
    return found


def council_told(one: Stood, kind: str, event: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was done after the agencies, in words; how somebody voted is not told."""
    if kind == "comments":
        yield _("Residents' comments recorded")
        yield _(
            "{surveyed} of {households} households asked, {satisfied} satisfied.",
            surveyed=event["surveyed"], households=event["households"], satisfied=event["satisfied"],
        )  # fmt: skip
        if (online := event.get("online", {})).get("received"):
            yield _(
                "{n} comments from the public page, {shown} of them shown.", n=online["received"], shown=online["shown"]
            )
    elif kind == "remark":
        yield _("A comment came from the public page")
    elif kind == "vote":
        yield _("A vote was cast")
    elif kind == "conclusion":
        yield _("The council's conclusion recorded")
        if one.dossier.stands in CONCLUDED:
            names = {criterion.id: criterion.id for criterion in one.law.rules.criteria}
            names |= {COMMUNE: _("The commune"), CONDITIONS: _("Further conditions of recognition")}
            yield ", ".join(
                f"{names.get(each['criterion'], each['criterion'])}: {Concluded(each['concluded']).words}"
                for each in event["conclusions"]
            )
    else:
        yield _(_DECISIONS[event["decision"]])
        day = on_day(dt.date.fromisoformat(event["day"])) if event["day"] else ""
        yield " ".join(words for words in (event["number"], day) if words)
