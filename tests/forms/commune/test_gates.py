"""What is asked first says why it is asked and what follows from the answer: of an exception the opposite of "if any"."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ntm_rules.forms.commune.filled import Answer, Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.notes import question_note
from ntm_rules.forms.commune.questions import sections
from tests.rulebook.tiny import FILES, MEASURES, RULES_1, Tiny

IF_ANY = "applies_if: landfill_exists"
HOUSEHOLDS = """\
- {id: far_off, label: {vi: Số hộ ở xa, en: Households far off}, kind: count, unit: {vi: hộ, en: households},
   sense: higher, evidence: {vi: Danh sách, en: List}}
"""


def shown(maker: FormMaker, measure: str, cell: str | int) -> tuple[str, str]:
    """The target and the result that a form shows of a measure with what is typed."""
    form = maker.form(maker.rules.communes["03400"], Filled(answers={measure: Answer(cell)}))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(form)).get_sheet_by_name("Số liệu").to_python()
    (row,) = (row for row in rows if row[13] == measure)
    return str(row[8]), str(row[9])


@pytest.fixture
def having(tmp_path: Path) -> Callable[..., FormMaker]:
    """Make forms of the small set with another gate before 1.1.c.i, and one before 1.2."""

    def made(gate: str, of_clinics: str = "") -> FormMaker:
        tiny = Tiny(tmp_path)
        for name, text in FILES.items():
            tiny.write(name, text)
        tiny.write(MEASURES, FILES[MEASURES] + HOUSEHOLDS)
        tiny.change(RULES_1, IF_ANY, gate)
        tiny.change(RULES_1, "  measure: clinics", f"{of_clinics}  measure: clinics")
        return FormMaker(tiny.load(), tiny.resolve(), 2026)

    return made


EXCEPT, NUMBER = "applies_unless: landfill_exists", "applies_if: {measure: far_off, at_least: 10}"


@pytest.mark.parametrize(
    ("gate", "typed", "target", "result"),
    [
        (IF_ANY, "Có", "nếu có", "Có, điền tiếp"),
        (IF_ANY, "Không", "nếu có", "Không có, bỏ qua"),
        (EXCEPT, "Có", "trừ trường hợp này", "Có, không áp dụng"),
        (EXCEPT, "Không", "trừ trường hợp này", "Không phải, điền tiếp"),
        (EXCEPT, "", "trừ trường hợp này", "Chưa có số liệu"),
        (NUMBER, 9, "chỉ khi ≥ 10 hộ", "Không thuộc diện xét, bỏ qua"),
        (NUMBER, 10, "chỉ khi ≥ 10 hộ", "Thuộc diện xét, điền tiếp"),
        (NUMBER, 11, "chỉ khi ≥ 10 hộ", "Thuộc diện xét, điền tiếp"),
    ],
)
def test_what_follows_from_an_answer_is_what_the_law_says(
    having: Callable[..., FormMaker], gate: str, typed: str | int, target: str, result: str
) -> None:
    measure = "far_off" if gate is NUMBER else "landfill_exists"
    assert shown(having(gate), measure, typed) == (target, result)


def test_a_question_that_opens_one_figure_and_excepts_another_says_which_is_filled_in(
    having: Callable[..., FormMaker],
) -> None:
    maker = having(IF_ANY, of_clinics=f"  {EXCEPT}\n")
    why = "1.1.c.i: nếu có\n1.2: trừ trường hợp này"
    assert shown(maker, "landfill_exists", "Có") == (why, "Có: điền tiếp 1.1.c.i")
    assert shown(maker, "landfill_exists", "Không") == (why, "Không: điền tiếp 1.2")


def test_the_notes_say_what_is_excepted(having: Callable[..., FormMaker]) -> None:
    maker = having(EXCEPT)
    asked = {
        one.measure.id: one
        for section in sections(maker.rules, maker.loaded.conditional)
        for one in section.questions()
    }
    before, behind = (question_note(maker.rules, asked[name]) for name in ("landfill_exists", "landfill_share"))
    assert before.startswith("1.1.c.i: Trừ trường hợp: Có bãi rác\n")
    assert behind.startswith("Trừ trường hợp: Có bãi rác: trả lời mục này trước.\n")


def test_a_number_that_opens_others_and_has_a_target_itself_shows_its_own_verdict(
    having: Callable[..., FormMaker],
) -> None:
    maker = having("applies_if: {measure: clinics, at_least: 2}")
    assert maker.rules.requirement_by_id["1.1.c.i"].gates[0].bar == Decimal(2)
    assert shown(maker, "clinics", 2) == ("≥ 3 trạm\nchỉ khi ≥ 2 trạm", "Chưa đạt")
