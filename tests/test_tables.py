"""What is asked of an activation or a loss stands in a table, every table is complete, and nothing compares names."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from mlp import kernels
from mlp.activations import ACTIVATIONS
from mlp.exercises import sheet
from mlp.exercises.explained import activations, derivations, loss_derivations, losses, outputs
from mlp.exercises.export import scikit_learn_peers
from mlp.experiments.outcome import insight
from mlp.losses import LOSSES
from mlp.outputs import OUTPUTS
from mlp.tables import entry_for
from mlp.view.outcome import layer_words

ROOT = Path(__file__).parents[1]
# The scripts' functions are called as their modules
numpy_script, pytorch_script = (
    import_module(f"mlp.exercises.export.{name}") for name in ("numpy_script", "pytorch_script")
)
NAMES = {*ACTIVATIONS, *LOSSES, *OUTPUTS}
TABLES = {
    "activations": (
        ACTIVATIONS,
        (activations.TOLD, numpy_script.ACTIVATION, numpy_script.SLOPE, pytorch_script.ACTIVATION),
        (kernels.HIDDEN, insight.RULES, layer_words.UNIT_RULES, derivations.SLOPES),
    ),
    "outputs": (OUTPUTS, (outputs.TOLD, numpy_script.OUTPUT), ()),
    "losses": (
        LOSSES,
        (losses.TOLD, numpy_script.LOSS, numpy_script.DELTA, pytorch_script.LOSS, scikit_learn_peers.PEERS),
        (kernels.LOSS, sheet.QUESTION_OF, loss_derivations.DELTAS),
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_table_has_the_same_keys(kind: str) -> None:
    records, told, others = TABLES[kind]
    for table in (*told, *others):
        assert set(table) == set(records)


@pytest.mark.parametrize(("kind", "table"), [("HIDDEN", kernels.HIDDEN), ("LOSS", kernels.LOSS)])
def test_every_kernel_number_is_one_of_its_own(kind: str, table: dict[str, int]) -> None:
    assert len(set(table.values())) == len(table), kind


def compared_names(source: str) -> Iterator[str]:
    """Yield the names of activations, outputs and losses with which a source compares anything."""
    for node in ast.walk(ast.parse(source)):
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        sides += [node.value] if isinstance(node, ast.MatchValue) else []
        for side in sides:
            literals = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
            yield from (each.value for each in literals if isinstance(each, ast.Constant) and each.value in NAMES)


@pytest.mark.parametrize("folder", ["mlp", "pages"])
def test_nothing_is_compared_with_the_name_of_an_activation_or_a_loss(folder: str) -> None:
    found = {str(path): list(compared_names(path.read_text())) for path in ROOT.glob(f"{folder}/**/*.py")}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "source",
    [
        'linear = network.loss == "squared_error"',
        'if "relu" != hidden: pass',
        'helper = "logistic" in words',
        'if loss in ("cross_entropy", "other"): pass',
        'match hidden:\n    case "tanh": pass',
    ],
)
def test_a_comparison_with_a_name_is_found(source: str) -> None:
    assert len(list(compared_names(source))) == 1


def test_a_missing_entry_is_said_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="'sine' needs an entry for the words; there are tanh, relu"):
        entry_for("sine", {"tanh": "a", "relu": "b"}, "the words")
