"""Single edits of the tiny set: one law before and one after, differing in one place."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from ntm_rules.rulebook.loader import LoadedSet
from tests.rulebook.tiny import CONDITIONS, FILES, HEADER, MEASURES, RULES_1, RULES_2, Tiny


@dataclass(frozen=True)
class Edit:
    """One replacement in one file."""

    file: str
    old: str
    new: str

    def apply(self, tiny: Tiny) -> LoadedSet:
        """Load the set with this edit; the files are put back for the next one."""
        try:
            tiny.change(self.file, self.old, self.new)
            return tiny.load()
        finally:
            tiny.write(self.file, FILES[self.file])


numbers = st.decimals(0, 100, places=1) | st.decimals(0, 100, places=4) | st.sampled_from(["0", "50", "80", "100"])

_FIXED = [
    Edit(RULES_1, "  all:\n    - id: 1.1.a", "  any:\n    - id: 1.1.a"),
    Edit(RULES_1, "      any:\n", "      all:\n"),
    Edit(RULES_1, "          applies_if: landfill_exists\n", ""),
    Edit(RULES_1, "      measure: roads_share\n      at_least", "      measure: roads_share\n      at_most"),
    Edit(RULES_1, "          at_most: 50.5", "          at_least: 50.5"),
    Edit(RULES_1, "          standard: {pending: {decision: awaited}}\n", ""),
    Edit(RULES_1, "      attested: plan_approved", "      attested: landfill_exists"),
    Edit(RULES_1, "      measure: roads_share", "      measure: landfill_share"),
    Edit(RULES_1, "{nhom-1: 3, nhom-2: 2}", "3"),
    Edit(RULES_1, "{nhom-1: 3, nhom-2: 2}", "{pending: {decision: awaited}}"),
    Edit(RULES_1, "      at_least: 80", "      at_least: 80.0001"),
    Edit(RULES_2, "at_least: kha", "at_least: tot"),
    Edit(RULES_2, "at_least: kha", "at_least: trung-binh"),
    Edit(
        RULES_2,
        "at_least:\n    - {from: 2026-01-01, to: 2026-12-31",
        "at_least:\n    - {from: 2026-06-01, to: 2026-12-31",
    ),
    Edit(RULES_2, "  years: {from: 2026, to: 2030}\n  graded", "  years: {from: 2027, to: 2030}\n  graded"),
    Edit(CONDITIONS, "at_most: {pending: {decision: awaited, note: {vi: Chờ quy định, en: Awaited}}}", "at_most: 5"),
    Edit(MEASURES, "zero_denominator: not_applicable", "zero_denominator: invalid"),
    Edit(MEASURES, "    decimals: 3\n", "    decimals: 0\n"),
    Edit(MEASURES, "range: {min: 0}", "range: {min: 2, max: 9}"),
    Edit(MEASURES, "kind: count, unit: {vi: trạm, en: clinics}", "kind: growth, unit: {vi: trạm, en: clinics}"),
    Edit(HEADER, "      - {id: kha, label: {vi: Khá, en: Good}}\n", ""),
    Edit(HEADER, "      - {id: trung-binh, label: {vi: Trung bình, en: Fair}}\n", ""),
]
_WORDS = [
    Edit(RULES_1, "Có quy hoạch; đường", "Đã có quy hoạch; đường"),
    Edit(RULES_1, "  reading: Số trạm y tế ≥ 2\n", "  reading: Số trạm y tế phải ≥ 2\n"),
    Edit(RULES_2, 'row: "2.1"}\n  lead: so-a', 'row: "2.1"}\n  lead: so-b'),
    Edit(MEASURES, "{vi: Sổ theo dõi, en: Register}", "{vi: Sổ, en: Register}"),
    Edit(MEASURES, "sense: lower\n", "sense: higher\n"),
]


def edits() -> st.SearchStrategy[Edit]:
    """One edit of a rule, a measure, a scale or a word."""
    by_number = [
        numbers.map(lambda n: Edit(RULES_1, "      at_least: 80", f"      at_least: {n}")),
        numbers.map(lambda n: Edit(RULES_1, "at_most: 50.5", f"at_most: {n}")),
        numbers.map(lambda n: Edit(RULES_1, "nhom-1: 3", f"nhom-1: {n}")),
        numbers.map(lambda n: Edit(RULES_1, "nhom-2: 2", f"nhom-2: {n}")),
        numbers.map(lambda n: Edit(RULES_2, "value: 7,", f"value: {n},")),
        numbers.map(lambda n: Edit(RULES_2, "value: {nhom-1: 9, nhom-2: 8}", f"value: {n}")),
    ]
    return st.one_of(st.sampled_from(_FIXED), st.sampled_from(_WORDS), *by_number)
