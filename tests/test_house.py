"""The house keeps its order: what no linter says."""

import ast
import pkgutil
from collections import Counter
from importlib import import_module
from pathlib import Path

import grimp
import pytest

import explorer
from explorer.questions.question import ROOMS, Question, find
from explorer.specs.control import Control
from tests.conftest import ROOT

HOUSE = ROOT / "explorer"
FILES = {"spec", "result", "measure", "compute", "figure", "words", "view", "page"}
FOLDERS = sorted(
    path.parent for room in ("questions", "labs") for path in (HOUSE / room).rglob("*/__init__.py") if path.parent.name != room
)
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(explorer.__path__, "explorer.")
    if not module.ispkg and module.name.rpartition(".")[2] not in {"page", "__main__", "main"} and ".pages." not in module.name
)
ASKED = sorted(name for name in MODULES if name.startswith(ROOMS) and name.endswith(".measure"))


def of_folder(folder: Path) -> str:
    return ".".join(folder.relative_to(ROOT).parts)


@pytest.mark.parametrize("folder", FOLDERS, ids=of_folder)
def test_a_folders_init_is_empty(folder: Path) -> None:
    assert (folder / "__init__.py").read_text() == ""


@pytest.mark.parametrize("measure", ASKED)
def test_what_is_measured_declares_itself_once_and_is_found_by_its_kind(measure: str) -> None:
    folder = measure.rpartition(".")[0]
    question = import_module(f"{folder}.result").QUESTION
    assert isinstance(question, Question)
    assert question.folder == folder
    assert find(question.kind) is question
    assert question.doing
    assert callable(import_module(measure).measure)


def test_every_declared_question_can_be_measured() -> None:
    declared = [name for name in MODULES if name.startswith(ROOMS) and name.endswith(".result")]
    told = [name for name in declared if hasattr(import_module(name), "QUESTION")]
    assert [f"{name.rpartition('.')[0]}.measure" for name in told] == ASKED
    kinds = Counter(import_module(name).QUESTION.kind for name in told)
    assert [kind for kind, count in kinds.items() if count > 1] == []


@pytest.mark.parametrize("kind", ["nothing", "../surface", "surface.measure", "", "question", "a" * 99, "surface\n"])
def test_a_kind_that_is_no_question_is_refused_in_a_sentence(kind: str) -> None:
    with pytest.raises(ValueError, match="knows no such question"):
        find(kind)


def test_no_two_controls_share_a_key() -> None:
    controls = {id(value): value for name in MODULES for value in vars(import_module(name)).values() if isinstance(value, Control)}
    keys = Counter(control.key for control in controls.values())
    assert len(keys) > 80
    assert [key for key, count in keys.items() if count > 1] == []


def test_questions_know_each_other_only_by_spec_and_result() -> None:
    graph = grimp.build_graph("explorer")
    shared = ("spec", "result")
    found = []
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            ours, theirs = _question(importer), _question(imported)
            if ours and theirs and ours != theirs and imported.rpartition(".")[2] not in shared:
                found.append(f"{importer} imports {imported}")
    assert found == []


def _question(module: str) -> str:
    """The folder that a module belongs to, attribution's being one; nothing for modules outside the rooms."""
    parts = module.split(".")
    return ".".join(parts[1:3]) if f"explorer.{parts[1] if len(parts) > 1 else ''}" in ROOMS and len(parts) > 3 else ""


@pytest.mark.parametrize(
    "path", [*HOUSE.rglob("view.py"), *HOUSE.rglob("page.py"), *(HOUSE / "ui" / "pages").glob("*.py")], ids=str
)
def test_a_view_is_read_at_a_glance(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 60


def test_the_application_is_composition_alone() -> None:
    assert len((ROOT / "app.py").read_text().splitlines()) <= 40


SPOKEN = {"bind": {"ui/widgets.py"}, "session_state": {"ui/widgets.py", "ui/state.py"}, "query_params": {"ui/state.py"}}
"""Who may name these words of streamlit: everybody else declares a control or a kept value."""


@pytest.mark.parametrize("word", SPOKEN)
def test_state_has_names(word: str) -> None:
    found = {path.relative_to(HOUSE).as_posix() for path in HOUSE.rglob("*.py") if word in _names(path)}
    assert found - SPOKEN[word] == set()


def _names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return named | {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg}


def test_sql_is_spoken_by_the_store_alone() -> None:
    allowed = {"runs/store.py", "runs/jobs.py", "runs/schema.py"}
    words = ("SELECT ", "INSERT ", "UPDATE ", "DELETE FROM ", "PRAGMA ")
    found = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        if any(word in text for word in words for text in _texts(path))
    }
    assert found <= allowed


def _texts(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
