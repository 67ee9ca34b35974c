"""The documents speak of files that are there, and their lists of files are those of the code."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "app.py", *ROOT.glob("pages/**/*.py"), *ROOT.glob("mlp/**/*.py"))
)
DOCUMENTS = ("README.md", "docs/architecture.md", "docs/CONTRIBUTING.md")


def named_files(text: str) -> set[str]:
    """Return the paths of ours that stand in a text as code; one with capitals stands for any name."""
    paths = re.findall(r"`((?:mlp|pages|tests|docs|benchmarks|\.ci|\.github)/[\w./-]*)`", text)
    return {path for path in paths if not re.search(r"/[A-Z]+(\.py)?$", path)}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    missing = [path for path in sorted(named_files((ROOT / document).read_text())) if not (ROOT / path).exists()]
    assert missing == []


def section(title: str) -> str:
    """Return a how-to of the architecture: from its heading to the next."""
    text = (ROOT / "docs/architecture.md").read_text()
    return text.partition(f"\n### {title}\n")[2].partition("\n#")[0]


def listed(title: str) -> set[str]:
    """Return the files a how-to begins its lines with, two where two are alike."""
    heads = re.findall(r"^- (`[^:]*`):", section(title), re.MULTILINE)
    return {path for head in heads for path in re.findall(r"`([^`]+)`", head)}


def entries(name: str) -> Iterator[str]:
    """Yield the sources in which a table has an entry of that name, a record bears it, or a function is called so."""
    for file in SOURCES:
        for node in ast.walk(parsed(file)):
            keys = node.keys if isinstance(node, ast.Dict) else ()
            value = node.value if isinstance(node, ast.keyword) and node.arg == "name" else None
            called = isinstance(node, ast.FunctionDef) and node.name == name
            if called or any(isinstance(each, ast.Constant) and each.value == name for each in (*keys, value)):
                yield file


@cache
def parsed(file: str) -> ast.Module:
    """Return a source as a tree."""
    return ast.parse((ROOT / file).read_text())


@pytest.mark.parametrize(
    ("title", "name"), [("an activation", "relu"), ("a loss", "binary_cross_entropy"), ("a data set", "breast_cancer")]
)
def test_a_how_to_lists_every_file_that_knows_one_of_its_kind(title: str, name: str) -> None:
    assert listed(title) == set(entries(name))


@pytest.mark.parametrize("name", ["nesterovs_momentum", "beta_1"])
def test_a_hyperparameter_is_spelt_in_no_other_file(name: str) -> None:
    words = {file for file in SOURCES if re.search(rf"\b{name}\b", (ROOT / file).read_text())}
    told = named_files(section("a hyperparameter"))
    assert {file for file in words if not any(file == each or file.startswith(each) for each in told)} <= {
        # It pastes the sheet's own settings into a script
        "mlp/exercises/export/scikit_learn_script.py"
    }


def test_a_file_that_is_not_there_is_noticed() -> None:
    assert named_files("`mlp/gone.py` and mlp/plain.py, `pages/NAME.py`, `NumPy`") == {"mlp/gone.py"}


def test_every_decision_has_a_number_of_its_own() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(path.name.partition("-")[0]) for path in decisions]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [int(path.read_text().partition(".")[0].removeprefix("# ")) for path in decisions] == numbers
