"""The pages of results over a layer of a round, made from its figures when somebody looks."""

from __future__ import annotations

import tempfile
import threading
import time
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from ntm_rules.appraisal.layers import Layer
from ntm_rules.appraisal.states import WRITABLE
from ntm_rules.i18n import _, current_language
from ntm_rules.report.html.values import NavigationEntry
from ntm_rules.report.site.pages import Site
from ntm_rules.runs.reading import NothingEvaluated, read_years
from ntm_rules.runs.site import site_contents
from ntm_rules.web.drawing import LINKS, at_time
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.layer_tables import LayerTable, layer_tables, table_of
from ntm_rules.web.models import Event, Round

FILES = {Layer.SELF: "tu-danh-gia", Layer.AGENCY: "co-quan-tham-dinh", Layer.COUNCIL: "hoi-dong"}
"""What the table of a layer's figures is called, as pages name it among their sources."""
KEPT = 4
"""Overviews held ready: a layer in a language is one."""
FRESH = 20.0
"""Seconds for which one is shown though something has been saved since; its pages say of when it is."""


class OverviewPages(NamedTuple):
    """The pages of one layer."""

    site: Site | None
    """None: no figure in the layer can be judged yet."""
    event: int
    """The last event before it was made."""
    made: float


_kept: OrderedDict[tuple[int, str, str], OverviewPages] = OrderedDict()
_making = threading.Lock()


def overview_of(one: Round, of: LayerTable) -> OverviewPages:
    """Return the pages of a layer of a round in the language in force, no older than a few seconds where something changed."""
    key = one.pk, of.name, current_language()
    with _making:
        last = Event.objects.order_by("-number").values_list("number", flat=True).first() or 0
        held = _kept.get(key)
        if held is not None and (held.event == last or time.monotonic() - held.made < FRESH):
            _kept.move_to_end(key)
            return held
        made = OverviewPages(_site(one, of), last, time.monotonic())
        _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return made


def _site(one: Round, of: LayerTable) -> Site | None:
    """Read the layer's table and judge it just as the commands do, by the version of the law that its dossiers follow."""
    law = law_in_force(one, of.pin)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / f"{FILES[of.layer]}-{one.year}.csv"
        table.write_bytes(table_of(one, of))
        inputs = [table]
        if one.before:
            before = Path(folder) / f"nam-truoc{Path(one.before_name).suffix.lower()}"
            before.write_bytes(bytes(one.before))
            inputs.append(before)
        read = read_years(law.rulebook, inputs, [one.year])
    if isinstance(read, NothingEvaluated):
        return None
    said = _("{round}: {layer}, figures of {time}", round=one.title, layer=of.words, time=at_time(timezone.now()))
    entering = _entering(one, of)
    if entering:
        said = _("{said}, with those that {n} communes have not submitted yet", said=said, n=entering)
    contents = replace(site_contents(read), day=timezone.localdate())
    others = [
        NavigationEntry(table.words, LINKS.to("overview", f"{one.pk}/{table.name}/index.html") or "", False)
        for table in layer_tables(one)
        if table.layer is of.layer and table.pin != of.pin
    ]
    return Site(contents, [NavigationEntry(f"← {said}", LINKS.to("round", one.pk) or "", False), *others])


def _entering(one: Round, of: LayerTable) -> int:
    """Return how many communes are still entering the figures that a layer shows of them."""
    if of.layer is not Layer.SELF or of.pin is not None:
        return 0
    open_ = one.dossiers.filter(state__in=[state.value for state in WRITABLE], figures__isnull=False)
    return open_.distinct().count()
