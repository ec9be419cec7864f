"""The hamlets of a commune in a criterion: a table with a row each, typed like other figures; named, renamed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ntm_rules.appraisal.hamlets import hamlets_in, kept_under
from ntm_rules.forms.commune.questions import FormSection
from ntm_rules.i18n import _
from ntm_rules.web.drawing import LINKS, tell
from ntm_rules.web.hamlets import add_hamlets, remove_hamlet
from ntm_rules.web.laws import law_of_dossier
from ntm_rules.web.saving import Outcome
from ntm_rules.web.views.questions import Asking, Field, FigureTold
from ntm_rules.web.views.standings import section_id

PLACE = "thon"
"""Where the table stands in its page."""
MOST_TYPED = 20_000
"""Characters of a list of names."""


class HamletFigure(NamedTuple):
    """One cell of the table: a figure of a hamlet, or its name."""

    kept: str
    head: str
    """What its column is called."""
    label: str
    """With the hamlet's name, for who hears the page."""
    fields: Sequence[Field]
    told: FigureTold


class HamletShown(NamedTuple):
    """One row of the table."""

    number: int
    name: str
    version: int
    cells: Sequence[HamletFigure]


class HamletsShown(NamedTuple):
    """The table of a section."""

    heads: Sequence[str]
    rows: Sequence[HamletShown]
    address: str | None
    """Where the list is changed; None where it may only be looked at."""
    said: str


def hamlets_of(asking: Asking, section: FormSection, *, changes: bool) -> HamletsShown | None:
    """Return the table of hamlets of a section; None where it asks for no figure of hamlets. `changes`: the list is open."""
    one = asking.one
    measures = [one.law.rules.measures[id_] for id_ in one.law.of_hamlets(section)]
    if not measures:
        return None
    labels = [
        f"{measure.label} ({measure.reported_unit})" if measure.traits.quantity else str(measure.label)
        for measure in measures
    ]
    heads = [_("Hamlet"), *labels]
    rows = []
    for number, name in hamlets_in(one.entries).items():
        kept = kept_under("", number)
        told = asking.told(kept)
        field = Field("value", f"{kept}:value", _("Name of the hamlet"), told.entry.value)
        cells = [HamletFigure(kept, heads[0], f"{name}: {heads[0]}", [field], told)]
        for measure, head in zip(measures, labels, strict=True):
            kept = kept_under(measure.id, number)
            told = asking.told(kept)
            cells.append(HamletFigure(kept, head, f"{name}: {head}", asking.fields(measure, kept, told.entry), told))
        rows.append(HamletShown(number, name, asking.told(kept_under("", number)).version, cells))
    frozen = "" if changes else _("The list of hamlets changes only while the dossier is open to the commune.")
    return HamletsShown(heads, rows, LINKS.to("hamlets", one.dossier.pk) if changes else None, frozen)


def hamlets(request: HttpRequest, dossier: int) -> HttpResponse:
    """Change the list of hamlets: name some, one a line, or remove one."""
    law, this, posted = law_of_dossier(request.dossier), request.dossier, request.POST
    known = {section_id(section) for section in law.sections if law.of_hamlets(section)}
    section = posted.get("section", "")
    if section not in known:
        raise Http404
    removed = posted.get("remove", "")
    if removed:
        number, _colon, base = removed.partition(":")
        if not (number.isdecimal() and base.isdecimal() and len(removed) < 20):
            raise Http404
        done = remove_hamlet(law, this, request.user, int(number), int(base))
        if done.outcome is Outcome.SAVED:
            tell(
                request,
                _("Removed. Its figures are kept and count no more; name it again and they are back."),
                at=PLACE,
            )
        else:
            tell(request, _("Not removed: somebody changed it meanwhile; look again."), good=False, at=PLACE)
    else:
        lines = posted.get("names", "")[:MOST_TYPED].splitlines()
        names = list(dict.fromkeys(name for line in lines if (name := " ".join(line.split()))))
        _add(request, names)
    return HttpResponseRedirect(f"{reverse('criterion', kwargs={'dossier': dossier, 'section': section})}#{PLACE}")


def _add(request: HttpRequest, names: Sequence[str]) -> None:
    """Name hamlets; tell what became of it."""
    if not names:
        tell(request, _("Write the names of the hamlets, one a line."), good=False, at=PLACE)
        return
    done = add_hamlets(law_of_dossier(request.dossier), request.dossier, request.user, names)
    saved = sum(each.outcome is Outcome.SAVED for each in done.values())
    if saved or not done:
        tell(request, _("Hamlets added: {n}.", n=saved), at=PLACE)
    said = [str(words) for each in done.values() if each.outcome is Outcome.REFUSED for words in each.said]
    lost = [name for name, each in done.items() if each.outcome in (Outcome.CONFLICT, Outcome.CLOSED)]
    if lost:
        said.append(_("Not added, for somebody changed the list meanwhile: {names}", names=", ".join(lost)))
    if said:
        tell(request, *said, good=False, at=PLACE)
