"""Classes of communes as the workbook names them: what each is called, and which of them a requirement gets a row for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.held import ClassesSaid, said_by_class
from ntm_rules.i18n import Message, in_language
from ntm_rules.rulebook.criteria_set import DEFAULT, THE_REST, ClassedTarget, Classing
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import BY_GROUP, BY_PROVINCE, BY_TYPE, NOT_APPLICABLE, CellWritten, Overlay, Text
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.wording.communes import classing_title
from ntm_rules.wording.phrases import opening

Class = tuple[str, str]
"""By what communes are told apart, and the class; `default` for the others."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of communes for which a requirement may get a target of its own."""

    place: TargetPlace
    class_: Class
    is_first: bool
    """Whether it is the first row of its requirement."""
    entry: CellWritten | None = None
    """What the overlay that the form is made from says of it."""
    article: str = ""


def class_rows(loaded: LoadedSet, places: Iterable[TargetPlace], overlay: Overlay | None) -> tuple[ClassRow, ...]:
    """Return a row for each class of every target that differs by class, in the set or in what the form is made from."""
    return tuple(row for place in places for row in _rows(loaded, place, overlay))


def _rows(loaded: LoadedSet, place: TargetPlace, overlay: Overlay | None) -> Iterator[ClassRow]:
    entry = overlay.set.get(place.requirement.id) if overlay else None
    said = (entry and said_by_class(loaded, place, entry)) or ClassesSaid(place.classing, {}, "")
    if said.classing is None:
        return
    others = [DEFAULT] if has_others(place, said.classing) or DEFAULT in said.cells else []
    for at, class_ in enumerate((*said.classing.classes, *others)):
        yield ClassRow(place, (said.classing.by, class_), at == 0, said.cells.get(class_), said.article)


def has_others(place: TargetPlace, classing: Classing) -> bool:
    """Tell whether a target has others beside the classes that it names, once it differs so."""
    return classing.takes_rest or any(
        isinstance(target, ClassedTarget) and not {*classing.classes} <= target.cells.keys()
        for target in place.by_year.values()
    )


def needs_classes(loaded: LoadedSet, rows: Sequence[ClassRow]) -> bool:
    """Tell whether a form has use for a sheet of targets by class: some differ so, or the register tells communes apart."""
    return bool(rows or loaded.header.classifications or loaded.header.provinces)


def offered_classes(loaded: LoadedSet, rows: Iterable[ClassRow]) -> dict[Class, Text]:
    """Return the classes to choose from, each with what it is called: those of the register, and answers asked for already."""
    asked = {row.class_[0] for row in rows}
    known = {BY_GROUP, BY_TYPE, BY_PROVINCE, *(one.id for one in loaded.header.classifications), *asked}
    return {class_: words for class_, words in named_classes(loaded).items() if class_[0] in known}


def named_classes(loaded: LoadedSet) -> dict[Class, Text]:
    """Return every class that a target may name, with what it is called, no two alike."""
    words = {
        (classing.by, class_): _words(loaded, classing, class_)
        for classing in loaded.classings.values()
        if classing.classes
        for class_ in (*classing.classes, DEFAULT)
    }
    said = [one for each in words.values() for one in {each.vi, each.en}]
    return {
        class_: each
        if said.count(each.vi) == said.count(each.en) == 1
        else Text(vi=f"{each.vi} ({class_[0]}:{class_[1]})", en=f"{each.en} ({class_[0]}:{class_[1]})")
        for class_, each in words.items()
    }


def _words(loaded: LoadedSet, classing: Classing, class_: str) -> Text:
    if class_ != DEFAULT and classing.is_answer:
        return classing.title(class_)  # it names the question itself
    title = THE_REST if class_ == DEFAULT else classing.title(class_)
    classifications = {one.id: one for one in loaded.header.classifications}

    def words(language: str) -> str:
        with in_language(language):
            return f"{opening(classing_title(classing.by, classifications, loaded.measures))}: {title}"

    return Text(vi=words("vi"), en=words("en"))


def otherwise_choices(loaded: LoadedSet) -> dict[str, Text]:
    """Return what may stand in place of a number: that nothing is asked, or the decision it awaits."""
    said = {id_: Message("Awaits: {decision}", decision=one) for id_, one in _awaited(loaded)}
    words = {NOT_APPLICABLE: Message(layout.NOT_ASKED), **said}
    return {choice: Text(vi=one.render("vi"), en=one.render("en")) for choice, one in words.items()}


def _awaited(loaded: LoadedSet) -> Iterator[tuple[str, Text]]:
    """Yield the decisions awaited with their titles, those of one title told apart by their ids."""
    titles = [decision.title for decision in loaded.header.decisions]
    for decision in loaded.header.decisions:
        alone = titles.count(decision.title) == 1
        vi, en = (one if alone else f"{one} ({decision.id})" for one in (decision.title.vi, decision.title.en))
        yield decision.id, Text(vi=vi, en=en)
