"""Which commune or agency an officer means on the command line: by code or id, by name, without marks too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.register import Commune, Register, bare_name
from ntm_rules.spelling import without_marks
from ntm_rules.wording.communes import full_name


def commune_named(communes: Register, name: str) -> Commune:
    """Return the unit of a code, or of a name that only one has; a name may be typed without its marks.

    Raises:
        NtmError: neither, with the nearest; or a name of several.
    """
    code = name.strip().zfill(5) if name.strip().isdecimal() else name.strip()  # Excel drops the zero in front
    found = communes.printed(code) or communes.get(code)
    if found is not None:
        if communes.day is not None and not communes.holds(found):
            raise NtmError(
                Message(
                    "There is no {unit} on {day}: that is a unit of other years",
                    unit=f"{found.code} {found.name}",
                    day=written_day(communes.day),
                )
            )
        return found
    named = communes.named(name)
    if not named and _has_no_marks(name):
        named = [unit for unit in communes if communes.holds(unit) and plain_name(unit.name) == plain_name(name)]
    if len(named) == 1:
        return named[0]
    if named:
        listed = ", ".join(f"{unit.code} {unit.name}" for unit in named)
        raise NtmError(
            Message("Several communes are called “{name}”; give the code: {listed}", name=name, listed=listed)
        )
    words = [Message("There is no commune {name} in the register", name=name)]
    close = _nearest(communes, code)
    if close is not None:
        words.append(Message("Did you mean “{nearest}”?", nearest=f"{close.code} {close.name}"))
    words.append(Message("All of them: ntm communes"))
    raise NtmError(*words)


def commune_within(communes: Register, name: str) -> Commune:
    """Return, as `commune_named` does, a commune that the criteria apply to.

    Raises:
        NtmError: there is none, with the nearest; several; or it is a unit of another type.
    """
    unit = commune_named(communes, name)
    if unit.type != communes.applies_to:
        outside = f"{unit.code} {full_name(unit)}"
        raise NtmError(Message("{unit} is no commune that these criteria are for", unit=outside))
    return unit


def agency_named(rules: CriteriaSet, id_or_name: str, *, leading: bool = True) -> str:
    """Return the id of the agency of an id or name; a name may be typed without its marks.

    `leading`: only one that leads an indicator or further condition is meant.

    Raises:
        NtmError: there is none, or it leads nothing; with the nearest and all that there are.
    """
    names = {id_: (id_, agency.name.vi, agency.name.en) for id_, agency in rules.agencies.items()}
    found = _one_of(names, id_or_name)
    if found is None:
        words = [Message("There is no agency {agency}", agency=id_or_name)]
    elif leading and found not in rules.lead_agencies:
        words = [Message("{agency} leads no indicator of this set", agency=id_or_name)]
    else:
        return found
    among = rules.lead_agencies if leading else tuple(rules.agencies)
    known = {plain_name(name): id_ for id_ in among for name in names[id_]}
    close = nearest(plain_name(id_or_name), known)
    if close:
        words.append(Message("Did you mean “{nearest}”?", nearest=known[close]))
    if leading:
        words.append(Message("Lead agencies: {agencies}", agencies=", ".join(among)))
    else:
        words.append(Message("Agencies: {agencies}", agencies=", ".join(among)))
    raise NtmError(*words)


def _one_of(names: Mapping[str, Iterable[str]], asked: str) -> str | None:
    """Return the key of the only entry one of whose names this is, marks kept if that finds any, else without."""
    for key in (bare_name, plain_name) if _has_no_marks(asked) else (bare_name,):
        found = [id_ for id_, known in names.items() if key(asked) in map(key, known)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def plain_name(name: str) -> str:
    """Return a name in small letters without the unit's type in front and without marks: to choose by, never to join by.

    >>> plain_name("Xã Bình Lư"), plain_name("Đào San")
    ('binh lu', 'dao san')
    """
    bare = without_marks(bare_name(name))
    for prefix in ("xa ", "phuong ", "thi tran ", "dac khu "):
        if bare.startswith(prefix) and bare != prefix:
            return bare.removeprefix(prefix)
    return bare


def _has_no_marks(text: str) -> bool:
    """Tell whether a name was typed without any mark; wrong marks make another name."""
    return without_marks(bare_name(text)) == bare_name(text)


def _nearest(communes: Register, asked: str) -> Commune | None:
    """Return the unit that was meant, perhaps: offered, never taken.

    The one that a former unit went into, one whose code differs in a digit, or the one with the nearest name.
    """
    former = [
        u for u in communes if asked in u.predecessor_codes or bare_name(asked) in map(bare_name, u.predecessor_names)
    ]
    if former:
        return former[0]
    if asked.isdecimal():
        return next(
            (unit for unit in communes if sum(a != b for a, b in zip(unit.code, asked, strict=False)) == 1), None
        )
    known = {bare_name(unit.name): unit for unit in communes}
    found = nearest(bare_name(asked), known)
    return known[found] if found else None
