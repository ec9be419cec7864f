"""NTM082: a test names what the set does not have."""

from __future__ import annotations

from ntm_rules.rulebook.draft import read_draft
from ntm_rules.rulebook.rule_tests import rule_tests_shape
from ntm_rules.rulebook.yaml_reader import YamlFile
from ntm_rules.workbench.checks.core.sets import CheckedSet
from ntm_rules.workbench.checks.test_of_unknown_id import find
from tests.turns.conftest import TURNS
from tests.workbench.checks.clean import AS_OF, TESTS_1, Checked

CODE = "NTM082"


def test_a_test_names_what_the_set_does_not_have_is_found(checked: Checked) -> None:
    line = checked.change(TESTS_1, 'of: "1.2"', 'of: "1.3"')
    assert checked.found(CODE) == [(TESTS_1, line, "[5].of", "“1.3” is not defined; did you mean “2.3”?")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(TESTS_1, 'of: "1.2"', 'of: "1"')
    assert checked.found(CODE) == []


def test_figures_of_earlier_years_and_of_hamlets_are_looked_at_too(checked: Checked) -> None:
    given = "given: {clinic: 2}"
    checked.write(
        TESTS_1,
        f'- {{name: a, of: "1.2", earlier: [{{year: 2024, {given}}}], hamlets: {{Bản A: {{clinic: 2}}}}, '
        "expect: {verdict: NO_DATA}}\n",
    )
    said = "“clinic” is not defined; did you mean “clinics”?"
    keys = ["[1].earlier[1].given.clinic", "[1].hamlets.Bản A.clinic"]
    assert [(key, words) for _file, _line, key, words in checked.found(CODE)] == [(key, said) for key in keys]


def test_what_a_rule_asks_of_another_set_is_a_part_of_it() -> None:
    """Drafts of such tests name them; whether the other set has them is told when the test is run."""
    asking = TURNS.with_name("nang-cao-2026-2030")
    draft = read_draft(asking)
    one = next(at.node.id for at in CheckedSet(draft, AS_OF).nodes if at.node.set_met is not None)
    test = {"name": "a", "of": one, "expect": {"verdict": "NO_DATA", "parts": {f"{one}:1": "NO_DATA"}}}
    draft.files["01/tests.yaml"] = YamlFile("01/tests.yaml", [])
    subject = CheckedSet(draft, AS_OF)
    subject.tests = {"01/tests.yaml": rule_tests_shape().validate_python([test])}
    assert list(find(subject)) == []
