"""Whose form it is, of which year: from the cells above its header, checked against what the form says of itself."""

from __future__ import annotations

from ntm_rules.dataset.cells.numbers import Broken, Cell, written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.places import Grid, Log, Owner
from ntm_rules.dataset.rows.cleaned_rows import cell_at
from ntm_rules.dataset.rows.form_context import FormContext
from ntm_rules.dataset.rows.header_rows import Row
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.identity import NOT_LOOKED_INTO, Doubt

Said = dict[str, tuple[Cell, int, int]]
"""Role -> what is said, and the row and column where."""


_NOT_CHOSEN = frozenset({"code-missing", "owner-missing"})
"""Doubts of a form for any commune in which none is chosen, or none of its list."""


def owner_of(
    grid: Grid, above: list[Row], vocabulary: Vocabulary, log: Log, form: FormContext | None
) -> tuple[Owner | None, bool]:
    """Find commune and year in the label / value cells above the header, and whether they are known for certain.

    What is missing there is taken from what the form says of itself. None for a form whose figures do not matter,
    or whose commune or year is said twice.
    """
    said = _said(grid, above, vocabulary, log)
    if said is None:
        return None, False
    nature = said.get("nature")
    if nature is not None and "minh họa" in key(written(nature[0])[:200]):
        log.illustrative = True
    facts = form.facts if form else None
    blank: tuple[Cell, int | None, int | None] = ("", None, None)
    code, commune, year = (said.get(role, blank)[0] for role in ("code", "commune", "year"))
    if facts is not None:
        code = facts.commune if code == "" or isinstance(code, Broken) else code
        code = vocabulary.code_of(written(commune)) if code == "" else code
        if code == "" and (commune == "" or isinstance(commune, Broken)) and form is not None:
            code, commune = form.commune, ""  # a sheet that repeats the choice made on another, never calculated
        year = facts.year if year == "" or isinstance(year, Broken) else year
    found = vocabulary.identities.find(code, commune, year)
    if isinstance(found, Owner):
        log.owners.append(found)
        if form is not None and not form.commune:
            form.commune = found.code
        return found, form is None or _made_for(found, form, grid, said, vocabulary, log)
    for doubt in found:
        if doubt.code in _NOT_CHOSEN and facts is not None and not facts.commune:
            _note_choice(doubt, grid, above, vocabulary, log, form)
        else:
            _note(doubt, grid, said, log, form)
    if any(doubt.code in NOT_LOOKED_INTO for doubt in found):
        return None, False
    log.owners.append(Owner(found[0].commune_code, found[0].commune, 0))
    return Owner(found[0].commune_code, found[0].commune, 0), False


def _said(grid: Grid, above: list[Row], vocabulary: Vocabulary, log: Log) -> Said | None:
    """Return what stands beside the labels; None, with the reason noted, when one thing is said in two ways."""
    said: Said = {}
    for number, row in above:
        label: str | None = None
        for column, raw in enumerate(row):
            cell = cell_at(row, column, number, log.texts) if raw != "" else ""
            if cell == "":
                continue
            role = vocabulary.role(cell)
            if role is not None:
                label = role
            elif label is not None:
                first = said.setdefault(label, (cell, number, column))
                if written(first[0]) != written(cell):
                    log.add(
                        "said-twice", grid.where, number, column, value=written(cell), other_value=written(first[0])
                    )
                    return None
                label = None
    return said


def _note(doubt: Doubt, grid: Grid, said: Said, log: Log, form: FormContext | None) -> None:
    if form is not None:
        if (doubt.code, doubt.value) in form.told:
            return
        form.told.add((doubt.code, doubt.value))
    _cell, row, column = said.get(doubt.role, ("", None, None))
    log.add(
        doubt.code,
        grid.where,
        row,
        column,
        value=doubt.value,
        commune_code=doubt.commune_code,
        commune=doubt.commune,
        **doubt.parameters,
    )


def _note_choice(
    doubt: Doubt, grid: Grid, above: list[Row], vocabulary: Vocabulary, log: Log, form: FormContext | None
) -> None:
    """Note that nobody has chosen a commune in a form for any, or none of its list, at the cell for it."""
    if form is not None:
        if any(code in _NOT_CHOSEN for code, _ in form.told):  # the other sheets only repeat it
            return
        form.told.add((doubt.code, doubt.value))
    row, column = next(
        (
            (number, at + 1)
            for number, cells in above
            for at, cell in enumerate(cells)
            if vocabulary.role(cell) == "commune"
        ),
        (None, None),
    )
    code = "commune-not-of-the-list" if doubt.value else "commune-not-chosen"
    log.add(code, grid.where, row, column, value=doubt.value, **doubt.parameters)


def _made_for(owner: Owner, form: FormContext, grid: Grid, said: Said, vocabulary: Vocabulary, log: Log) -> bool:
    """Tell whether a form says the commune and year it was made for; note it where it says others."""
    facts = form.facts
    of_another = bool(facts.commune) and facts.commune != owner.code
    of_another_year = facts.year != str(owner.year)
    for role, differs, code, parameters in (
        ("code", of_another, "form-of-another-commune", {"made_for": vocabulary.commune_words(facts.commune)}),
        ("year", of_another_year, "form-of-another-year", {"made_for": facts.year}),
    ):
        if not differs or (code, facts.commune) in form.told:
            continue
        form.told.add((code, facts.commune))
        _cell, row, column = said.get(role, ("", None, None))
        value = f"{owner.code} {owner.name}" if role == "code" else str(owner.year)
        log.add(
            code,
            grid.where,
            row,
            column,
            value=value,
            commune_code=owner.code,
            commune=owner.name,
            year=owner.year,
            **parameters,
        )
    return not (of_another or of_another_year)
