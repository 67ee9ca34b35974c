"""Every limit on what a visitor may type, send or start stands in `mlp.limits`, and nowhere else."""

import ast
import re
from pathlib import Path

import pytest

from mlp import limits

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"(MOST|LARGEST|LONGEST|LEAST|FEWEST|MAX|MIN)_|LARGEST$|MOST$")
BOUNDS = ("low", "high", "above", "max_chars", "max_value", "longest")
# Not limits on a visitor: a picture's own measures, constants of an algorithm, and how many names a sentence has
PICTURES = ("mlp/view/", "pages/outcome/inside_weights.py")
ALGORITHMS = {
    "LEAST_HEIGHT", "LARGEST_LOSS", "LARGEST_PLAIN_LOGIT", "FEWEST_DIGITS", "MOST_TRIES", "MOST_NAMED", "MOST_DRAWS",
    "FEWEST_CELLS", "FEWEST_SHARE",
}  # fmt: skip
SOURCES = sorted(
    file
    for path in (*ROOT.glob("mlp/**/*.py"), *ROOT.glob("pages/**/*.py"))
    if not (file := path.relative_to(ROOT).as_posix()).startswith(("mlp/limits.py", *PICTURES))
)


def is_number(node: ast.AST) -> bool:
    """Return whether an expression is made of numbers alone, such as 2**32 - 1."""
    parts = [each for each in ast.walk(node) if not isinstance(each, ast.operator | ast.unaryop | ast.expr_context)]
    return all(
        isinstance(each, ast.BinOp | ast.UnaryOp)
        or (isinstance(each, ast.Constant) and isinstance(each.value, int | float) and not isinstance(each.value, bool))
        for each in parts
    )


def named_limits(tree: ast.Module) -> list[str]:
    """Return the names of constants of a module that sound like limits and are numbers."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets, values = [
                each.elts if isinstance(each, ast.Tuple) else [each] for each in (node.targets[0], node.value)
            ]
            pairs = zip(targets, values, strict=False)
            found += [t.id for t, v in pairs if isinstance(t, ast.Name) and NAMED.match(t.id) and is_number(v)]
    return [name for name in found if name not in ALGORITHMS]


def bounds(tree: ast.Module) -> list[str]:
    """Return the bounds that are handed to a call as numbers other than 0 and 1, which are no one's choice."""
    keywords = (word for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords)
    return [
        f"{word.arg}={ast.unparse(word.value)}"
        for word in keywords
        if word.arg in BOUNDS and is_number(word.value) and ast.unparse(word.value) not in ("0", "1", "0.0", "1.0")
    ]


def test_no_limit_stands_outside_its_room() -> None:
    trees = {file: ast.parse((ROOT / file).read_text()) for file in SOURCES}
    found = {file: named_limits(tree) + bounds(tree) for file, tree in trees.items()}
    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("MOST_LAYERS = 10", ["MOST_LAYERS"]),
        ("MOST_LAYERS, NAME = 10, 'x'", ["MOST_LAYERS"]),
        ("LARGEST_FILE = 5 * 1024**2", ["LARGEST_FILE"]),
        ("parse_number(text, low=-1000.0, high=LARGEST)", ["low=-1000.0"]),
        ("MOST_LAYERS = len(LAYERS)\nparse_number(text, low=0, high=LARGEST)", []),
    ],
)
def test_a_limit_elsewhere_is_found(source: str, found: list[str]) -> None:
    tree = ast.parse(source)
    assert named_limits(tree) + bounds(tree) == found


def test_no_limit_is_smaller_than_what_goes_through_it() -> None:
    assert limits.TRAINED_LAYERS <= limits.KEPT_LAYERS
    assert limits.LARGEST_RATE <= limits.LARGEST_SETTING
    assert limits.LARGEST_TYPED <= limits.LARGEST_ENTRY
    assert limits.LONGEST_TOKEN <= limits.LONGEST_JSON <= limits.EXERCISE_FILE
