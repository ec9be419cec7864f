"""The house: who may import whom, that no float judges, that every sentence has its Vietnamese."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from ntm_rules.i18n import Message
from ntm_rules.locale.update import FOLDER, catalogue
from ntm_rules.locale.update import sentences as sentences_of_the_code
from ntm_rules.rulebook.criteria_set import CriteriaSet
from tests.conftest import ROOT
from tests.workers import LONGEST, TOGETHER

PACKAGE = ROOT / "ntm_rules"
MODULES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "rulebook": {"rulebook"},
    "dataset": {"dataset", "rulebook"},
    "evaluation": {"evaluation", "dataset", "rulebook"},
    "standing": {"standing", "evaluation", "dataset", "rulebook"},
    "plan": {"plan", "standing", "evaluation", "dataset", "rulebook"},
    "wording": {"wording", "plan", "standing", "evaluation", "dataset", "rulebook"},
    "workbench": {"workbench", "wording", "standing", "evaluation", "dataset", "rulebook"},
    "report": {"report", "wording", "plan", "standing", "workbench", "evaluation", "dataset", "rulebook"},
    "forms": {"forms", "report", "workbench", "wording", "plan", "standing", "evaluation", "dataset", "rulebook"},
    "runs": {
        "runs",
        "forms",
        "report",
        "wording",
        "plan",
        "standing",
        "workbench",
        "evaluation",
        "dataset",
        "rulebook",
    },
    "cli": {
        *("cli", "runs", "forms", "report", "wording", "plan", "standing", "workbench"),
        *("evaluation", "dataset", "rulebook"),
    },
    "appraisal": {"appraisal", "wording", "standing", "evaluation", "dataset", "rulebook"},
    "web": {
        *("web", "appraisal", "runs", "forms", "report", "wording", "plan", "standing", "workbench"),
        *("evaluation", "dataset", "rulebook"),
    },
    "library": {"library", "runs", "report", "wording", "plan", "standing", "evaluation", "dataset", "rulebook"},
    "spark": {"library", "report", "dataset"},
}
FOUNDATION = {
    "errors", "exact", "i18n", "locale", "office_files", "packed_texts", "waiting_tables", "spelling", "spreadsheet", "text_columns", "visible",
}  # fmt: skip
"""Modules below the folders: they import nothing of them."""
STARTS_THE_WEB = {PACKAGE / "cli" / name for name in ("web.py", "web_records.py")}
"""The modules that know the web application beside its own: `ntm web ...` starts it."""
MODELS_ONLY = {
    "ntm_rules.rulebook.models",
    "ntm_rules.rulebook.register",
    "ntm_rules.rulebook.standards",
    "ntm_rules.rulebook.criteria_set",
    "ntm_rules.rulebook.cross_checks",
    "ntm_rules.rulebook.kinds",
    "ntm_rules.rulebook.taken",
}
"""What of the rulebook others may read: its models, never its readers."""


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    named: list[str] = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            named.append(node.module)
        elif isinstance(node, ast.Import):
            named.extend(alias.name for alias in node.names)
    return tuple(named)


def layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def test_imports_go_one_way() -> None:
    wrong = []
    for path in MODULES:
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if own in FOUNDATION:
            may = {*FOUNDATION, ""}
        elif own in MAY_IMPORT:
            may = {*MAY_IMPORT[own], *FOUNDATION, ""} | ({"web"} if path in STARTS_THE_WEB else set())
        else:
            continue
        wrong += [
            f"{path.relative_to(PACKAGE)} imports {module}"
            for module in imports(path)
            if module.startswith("ntm_rules") and layer(module) not in may
        ]
    assert wrong == []


@pytest.mark.parametrize(
    ("of", "libraries"),
    [("cli", {"rich", "typer"}), ("web", {"django", "whitenoise", "waitress", "argon2"})],
    ids=["only the command line knows a screen", "only the web application knows django"],
)
def test_a_library_is_known_in_one_folder(of: str, libraries: set[str]) -> None:
    others = [path for path in MODULES if of not in path.relative_to(PACKAGE).parts]
    assert others
    assert [path for path in others if libraries & {module.split(".")[0] for module in imports(path)}] == []


def test_readers_of_rules_stay_in_the_rulebook() -> None:
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {module}"
        for path in (*PACKAGE.glob("dataset/**/*.py"), *PACKAGE.glob("evaluation/**/*.py"))
        for module in imports(path)
        if module.startswith("ntm_rules.rulebook") and module not in MODELS_ONLY
    }
    assert wrong == set()


@pytest.mark.parametrize("name", ["reference", "verdicts"])
def test_the_reference_knows_no_arrays_and_no_floats(name: str) -> None:
    source = (PACKAGE / "evaluation" / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert not {m for m in imports(PACKAGE / "evaluation" / f"{name}.py") if m.split(".")[0] in ("numpy", "pandas")}
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    assert "float(" not in source


def test_pandas_is_imported_only_where_it_is_needed() -> None:
    at_import = [
        path.name
        for path in MODULES
        if "pandas" in (source := path.read_text(encoding="utf-8"))
        for node in ast.parse(source).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "pandas" in ast.unparse(node)
    ]
    assert at_import == []


def test_the_engine_knows_no_province() -> None:
    """Nothing below ntm_rules/ names an indicator, an agency or a commune of the Lai Châu set."""
    words = re.compile(r"lai-chau|lai_chau|so-nong-nghiep|household_waste|\b0339\d\b")
    for path in MODULES:
        if not words.search(source := path.read_text(encoding="utf-8")):
            continue
        tree = ast.parse(source)
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
            if isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                said = node.value
                example = said.startswith("Example:") or "for example" in said
                assert example or not words.search(said), f"{path.name}: {said}"


# --- translations ------------------------------------------------------------------------------

VIETNAMESE = {m.id: m.string for m in catalogue("ntm_rules") if m.id}
sentences = cache(sentences_of_the_code)


def test_every_sentence_has_its_vietnamese() -> None:
    assert [sentence for sentence in sentences() if not VIETNAMESE.get(sentence)] == []


def test_no_translation_names_an_indicator_that_its_sentence_does_not(lai_chau: CriteriaSet) -> None:
    """The engine knows no province in Vietnamese either: "(như 3.10)" would speak of one set's indicator."""
    ids = {i.id for i in (*lai_chau.indicators(), *lai_chau.conditions) if not i.id.isdigit()}
    shaped = re.compile(r"[A-Z]*\.?\d+\.\d+|[A-Z]+\.\d+")
    for sentence, vietnamese in VIETNAMESE.items():
        named = ids & set(shaped.findall(str(vietnamese))) - set(shaped.findall(str(sentence)))
        assert not named, f"{vietnamese} names {named}"


def test_no_translation_is_left_of_a_sentence_that_is_gone() -> None:
    assert set(VIETNAMESE) == set(sentences())


def test_a_translation_fills_in_the_same_parameters() -> None:
    def fields(text: str) -> set[str]:
        try:
            return {name for _, name, _, _ in string.Formatter().parse(text) if name}
        except ValueError:  # a brace alone, in a sentence that is given no parameters and so is never filled in
            return set()

    for sentence, vietnamese in VIETNAMESE.items():
        assert fields(str(vietnamese)) == fields(str(sentence)), sentence


@pytest.mark.parametrize("name", ["ntm_rules", "messages"])
def test_the_compiled_catalogue_is_the_written_one(name: str) -> None:
    with (FOLDER / f"{name}.mo").open("rb") as stream:
        compiled = {m.id: m.string for m in read_mo(stream) if m.id}
    assert compiled == {m.id: m.string for m in catalogue(name) if m.id and m.string}


def test_vietnamese_is_the_default_and_english_the_sentence_itself() -> None:
    assert str(Message("Not met")) == "Chưa đạt"
    assert Message("Not met").render("en") == "Not met"


# --- the repository ----------------------------------------------------------------------------


def test_nothing_names_a_path_of_a_machine_or_a_package_host() -> None:
    forbidden = re.compile("/" + r"work/|/root/|pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian")
    for path in [
        *ROOT.glob("*"),
        *ROOT.glob("docs/*"),
        *ROOT.glob(".ci/*"),
        *PACKAGE.rglob("*.py"),
        *ROOT.glob("benchmarks/**/*.py"),
    ]:
        if path.name in (".git", "uv.lock"):  # a worktree's .git is a file; neither is part of the repository
            continue
        if path.is_file() and path.suffix in (".md", ".py", ".toml", ".txt", ".sh", ""):
            found = forbidden.search(path.read_text(encoding="utf-8", errors="replace"))
            assert not found, f"{path.name}: {found}"


def test_marks_are_taken_off_in_one_place() -> None:
    taking_off = [path.name for path in PACKAGE.rglob("*.py") if "unicodedata.combining" in path.read_text("utf-8")]
    assert taking_off == ["spelling.py"]


def test_the_language_of_a_text_of_the_law_is_chosen_in_one_place() -> None:
    choosing = re.compile(r"in_language\(current_language\(\)\)|_en if ")
    assert [path.name for path in MODULES if choosing.search(path.read_text("utf-8"))] == ["basics.py"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Nothing could be evaluated.", "cli/screen_parts.py"),
        ("There is no file or folder", "runs/reading.py"),
        ('"--known-on",', "cli/options.py"),
        ("it cannot judge {years}", "rulebook/resolve.py"),
        ("is not defined; did you mean", "rulebook/value_faults.py"),
        ("The note is longer than", "appraisal/notes.py"),
        ("{n} percentage points", "wording/values.py"),
        ("counts for each of them, so columns add up to more", "wording/agencies.py"),
    ],
)
def test_what_is_said_in_many_places_stands_in_one(words: str, place: str) -> None:
    standing = [str(path.relative_to(PACKAGE)) for path in MODULES for _ in range(path.read_text("utf-8").count(words))]
    assert standing == [place]


TWO_OF_A_NAME = {
    "Result": "the library's public name for all verdicts of a run; an evaluator's is of one node",
    "State": "of a dossier in the appraisal, which knows no figures; of a figure in the dataset, which knows no dossiers",
}
"""Public classes of one name in several modules, and why; rows of the web's database are named as what they keep."""


def test_a_public_class_has_its_name_to_itself() -> None:
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        home = str(path.relative_to(PACKAGE))
        if home.startswith(("web/models/", "web/migrations/")):
            continue
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(home)
    assert {name: places for name, places in homes.items() if len(places) > 1}.keys() == TWO_OF_A_NAME.keys()


def test_what_the_processes_of_tests_share_out_first_is_there() -> None:
    assert [name for name in (*TOGETHER, *LONGEST) if not (ROOT / name).exists()] == []


IRREGULAR = re.compile(
    "bound|built|chosen|cut|done|drawn|fallen|found|given|gone|held|hidden|hit|kept|known|laid|led|left|"
    "lost|made|met|paid|put|read|said|seen|sent|set|shown|split|taken|told|understood|unread|unknown|written"
)
NOUNS = {"deed", "feed", "need", "seed", "speed"}
NAMED_AS_THE_ACT = {
    "asked": "the years asked for, beside those that are judged",
    "done": "what the library takes as the command line takes it by `--done`",
    "needed": "how many parts must be met, as a node of the rules has it",
}
"""Parameters named by the act all the same, and why."""


def named_as_an_act(parameter: ast.arg) -> bool:
    """Tell whether a parameter has the act that made it for a name; a class may lend its own word (`held: Held`)."""
    name, type_ = parameter.arg.strip("_"), ast.unparse(parameter.annotation) if parameter.annotation else ""
    words = {word.lower() for word in re.findall(r"[A-Z][a-z]+", type_)}
    act = bool(IRREGULAR.fullmatch(name)) or (name.endswith("ed") and "_" not in name and name not in NOUNS)
    return act and name not in words and not re.search("bool|Bytes|Option", type_)


def public_functions(path: Path) -> list[ast.FunctionDef]:
    classes = [node for node in parsed(path).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    inside = [node for parent in (parsed(path), *classes) for node in parent.body if isinstance(node, ast.FunctionDef)]
    return [node for node in inside if not node.name.startswith("_") or node.name == "__init__"]


def test_a_parameter_names_the_thing_not_the_act_that_made_it() -> None:
    acts: dict[str, list[str]] = {}
    for path in MODULES:
        home = path.relative_to(PACKAGE).as_posix()
        for function in public_functions(path):
            arguments = function.args
            for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                if named_as_an_act(parameter):
                    acts.setdefault(parameter.arg, []).append(f"{home}: {function.name}")
    assert {name: places for name, places in acts.items() if name not in NAMED_AS_THE_ACT} == {}
    assert NAMED_AS_THE_ACT.keys() <= acts.keys()


def test_words_of_two_subjects_have_two_names() -> None:
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and re.fullmatch(r"[a-z]\w*_words", node.name):
                homes.setdefault(node.name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}
