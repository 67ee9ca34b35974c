"""scikit-learn's own tests of its network, run on ours: the judge whom nobody here wrote.

The source is read from the installed package, and nothing in it is replaced but the class.
"""

import ast
import inspect
from functools import partial
from pathlib import Path

import pytest
import sklearn.neural_network
from sklearn.neural_network import MLPClassifier

from mlp import MLP

SOURCE = Path(sklearn.neural_network.__file__).parent / "tests" / "test_mlp.py"
# What is left out, at most four, and why
PRIVATE = {
    "test_gradient": "calls scikit-learn's private _loss_grad_lbfgs with its own arrays",
    "test_learning_rate_warmstart": "reads the learning rate out of the private _optimizer",
    "test_adaptive_learning_rate": "reads the learning rate out of the private _optimizer",
}
# scikit-learn's default solver is Adam, ours is the sheet's gradient descent; this one needs what only Adam reaches
WITH_ADAM = "test_predict_proba_binary"
MISSING_IN_SKLEARN = "scikit-learn was installed without its tests"
pytestmark = [
    pytest.mark.skipif(not SOURCE.exists(), reason=MISSING_IN_SKLEARN),
    pytest.mark.filterwarnings("default"),
]


def names(node: ast.AST) -> set[str]:
    """Return the names that occur in a piece of source."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


class OursAlone(ast.NodeTransformer):
    """Take the regressor out of the lists of classes that a test goes through."""

    def visit_List(self, node: ast.List) -> ast.List:
        """Return the list without it, where the classifier stands beside it."""
        if names(node) == {"MLPClassifier", "MLPRegressor"}:
            node.elts = [part for part in node.elts if names(part) == {"MLPClassifier"}]
        return node


def about_the_classifier(source: str) -> ast.Module:
    """Return the module without the tests that are about the regressor only."""
    tree = OursAlone().visit(ast.parse(source))
    tree.body = [part for part in tree.body if not is_test(part) or "MLPClassifier" in names(part)]
    return tree


def is_test(node: ast.AST) -> bool:
    """Return whether a piece of source is a test."""
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


TREE = about_the_classifier(SOURCE.read_text()) if SOURCE.exists() else ast.Module([], [])
THEIRS = {node.name for node in TREE.body if is_test(node)}
module: dict[str, object] = {}
exec(compile(TREE, str(SOURCE), "exec"), module)
for name, value in module.items():
    if name in THEIRS - {*PRIVATE, WITH_ADAM}:
        globals()[name] = value
module["MLPClassifier"] = MLP


def test_predict_proba_binary():
    module["MLPClassifier"] = partial(MLP, solver="adam")
    try:
        module[WITH_ADAM]()
    finally:
        module["MLPClassifier"] = MLP


def test_at_most_four_are_left_out_and_all_of_them_exist():
    assert len(PRIVATE) <= 4
    assert set(PRIVATE) <= THEIRS
    assert len(THEIRS) > 30


def test_what_is_left_out_reaches_into_private_names():
    for name in PRIVATE:
        assert "mlp._" in inspect.getsource(module[name]) or "clf._" in inspect.getsource(module[name])


def test_they_say_no_to_another_class():
    class Lazy(MLP):
        def fit(self, X, y, sample_weight=None):
            return super().fit(X, y, sample_weight, callback=lambda model: True)

    module["MLPClassifier"] = Lazy
    try:
        with pytest.raises(AssertionError):
            module["test_n_iter_no_change_inf"]()
    finally:
        module["MLPClassifier"] = MLP


def test_the_arguments_stand_in_the_same_order():
    def positional(function):
        parameters = inspect.signature(function).parameters.values()
        return [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]

    for name in ("__init__", "fit", "partial_fit", "predict", "predict_proba", "score"):
        assert positional(getattr(MLP, name)) == positional(getattr(MLPClassifier, name)), name
    theirs = MLPClassifier(solver="sgd").get_params()
    ours = MLP().get_params()
    assert set(ours) - set(theirs) == {"class_weight", "engine", "init", "loss"}
    assert {name: ours[name] for name in theirs} == theirs
