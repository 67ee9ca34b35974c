"""A scikit-learn script: one `partial_fit` step of its SGD from the exercise's own parameters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import indent

import numpy as np

from mlp.activations import ACTIVATIONS, scikit_learn_activations
from mlp.exercises.export.source import (
    CHECK,
    OVERFLOW,
    array_source,
    header,
    hidden_sizes,
    overflows,
    parameters,
    refusal,
)
from mlp.exercises.solve import Solution
from mlp.tables import entry_for

# scikit-learn takes no probability below 2e-16 into its loss
LARGEST_LOSS = 30.0
LOGISTIC = "scikit-learn has no network with logistic outputs and the squared error: MLPRegressor's outputs are linear."
FEW_CLASSES = "For fewer than three classes MLPClassifier has a single logistic output in place of softmax outputs."
NOT_ONE_HOT = "MLPClassifier learns classes, so each target would have to be one-hot: a single 1 and else 0."
RATE = {
    "sum": "# The exercise adds the losses, scikit-learn takes their mean: hence a learning rate len(X) times as large",
    "mean": "# The exercise takes the mean of the examples' losses, as scikit-learn does",
}
LOSSES = {
    "MLPClassifier": "# loss_ is the mean over the examples",
    "MLPRegressor": "# loss_ is a mean over examples and outputs, although the gradient is divided by the examples",
}
SETTINGS = """\
    solver="sgd",
    learning_rate="constant",
    momentum=0.0,
    nesterovs_momentum=False,
    alpha=0.0,
    batch_size=len(X),
    shuffle=False,
    random_state=0,
)
"""


def none(solution: Solution) -> str:
    """Return no reason: scikit-learn has this loss for any targets."""
    return ""


def no_logistic_squares(solution: Solution) -> str:
    """Return that scikit-learn has no logistic outputs with the squared error."""
    return LOGISTIC


def classes_obstacle(solution: Solution) -> str:
    """Return why `MLPClassifier` can't have these targets as classes, empty where it can."""
    if solution.Y.shape[1] < 3:
        return FEW_CLASSES
    one_hot = np.all(np.sort(solution.Y, axis=1) == np.eye(solution.Y.shape[1])[-1])
    return "" if one_hot else NOT_ONE_HOT


@dataclass(frozen=True)
class Peer:
    """What scikit-learn has for a loss: its model (empty where it has none), and why that can't take some targets."""

    model: str
    obstacle: Callable[[Solution], str]


PEERS: dict[str, Peer] = {
    "squared_error": Peer("MLPRegressor", none),
    "cross_entropy": Peer("MLPClassifier", classes_obstacle),
    "logistic_squared_error": Peer("", no_logistic_squares),
}


def peer_of(solution: Solution) -> Peer:
    """Return what scikit-learn has for the exercise's loss; raise a ValueError where nobody has said."""
    where = "scikit-learn's script (mlp.exercises.export.scikit_learn_script)"
    return entry_for(solution.exercise.network.loss, PEERS, where)


def scikit_learn_obstacle(solution: Solution) -> str:
    """Return why scikit-learn cannot take this exercise's step, in one sentence; an empty text where it can."""
    if overflows(solution):
        return OVERFLOW
    hidden = ACTIVATIONS[solution.exercise.network.hidden]
    if not hidden.scikit_learn:
        return f"scikit-learn has no {hidden.words} units; it has {', '.join(scikit_learn_activations())}."
    return peer_of(solution).obstacle(solution)


def scikit_learn_script(solution: Solution, *, title: str = "") -> str:
    """Return a runnable script that takes the exercise's step with scikit-learn and checks the result.

    Where `scikit_learn_obstacle` has a reason against it, the script only prints that reason.

    Parameters
    ----------
    solution : Solution
    title : str
        Stands in a comment.
    """
    if reason := scikit_learn_obstacle(solution):
        return refusal(reason, title)
    model = peer_of(solution).model
    top = header(f"One step of gradient descent, taken by scikit-learn's {model}; a row is an example.", title)
    imports = f"import numpy as np\nfrom sklearn.neural_network import {model}"
    parts = (givens(solution), the_model(solution, model), the_step(solution, model))
    return f"{top}\n{imports}\n\n\n{CHECK}\n\n" + "\n".join("".join(part) for part in parts)


def givens(solution: Solution) -> Iterator[str]:
    """Yield the examples, and the parameters as lists by layer."""
    yield f"X = {array_source(solution.X)}\nY = {array_source(solution.Y)}\n"
    layers = solution.exercise.network.layers
    for name, arrays in (("W", [layer.W for layer in layers]), ("b", [layer.b for layer in layers])):
        entries = "".join(f"{array_source(array)},\n" for array in arrays)
        yield f"{name} = [\n{indent(entries, '    ')}]\n"


def the_model(solution: Solution, model: str) -> Iterator[str]:
    """Yield the estimator with the exercise's parameters in it; a coefs_ of scikit-learn's is W transposed."""
    exercise = solution.exercise
    factor = " * len(X)" if exercise.reduction == "sum" else ""
    yield f"{RATE[exercise.reduction]}\nmodel = {model}(\n"
    yield f'    hidden_layer_sizes={hidden_sizes(solution)!r},\n    activation="{exercise.network.hidden}",\n'
    yield f"    learning_rate_init={float(exercise.learning_rate)!r}{factor},\n{SETTINGS}"
    yield "# A first call only makes the arrays; the exercise's parameters take their place\n"
    if model == "MLPClassifier":
        yield "y = Y.argmax(axis=1)\nmodel.partial_fit(np.zeros_like(X), y, classes=np.arange(Y.shape[1]))\n"
    else:
        yield "y = Y.ravel() if Y.shape[1] == 1 else Y\nmodel.partial_fit(np.zeros_like(X), np.zeros_like(y))\n"
    yield "model.coefs_ = [weights.T.copy() for weights in W]\nmodel.intercepts_ = [biases.copy() for biases in b]\n"


def the_step(solution: Solution, model: str) -> Iterator[str]:
    """Yield the output before, the step, and the comparison with the app's numbers."""
    output = "model.predict_proba(X)" if model == "MLPClassifier" else "model.predict(X).reshape(Y.shape)"
    yield f'check("output", {output}, {array_source(solution.forward_pass.output)})\n'
    yield "model.partial_fit(X, y)\n"
    if solution.losses.max() < LARGEST_LOSS or model == "MLPRegressor":
        factors = ["len(X)"] * (solution.exercise.reduction == "sum") + ["Y.shape[1]"] * (model == "MLPRegressor")
        yield f'{LOSSES[model]}\ncheck("loss", {" * ".join(["model.loss_", *factors])}, {solution.loss!r})\n'
    if solution.exercise.biases_fixed:
        yield "# scikit-learn cannot hold its biases: the weights take the same step, the biases are not compared\n"
    for name, _, _, after in parameters(solution):
        index = int(name[1:]) - 1
        if name.startswith("W"):
            yield f'check("new {name}", model.coefs_[{index}].T, {array_source(after)})\n'
        elif not solution.exercise.biases_fixed:
            yield f'check("new {name}", model.intercepts_[{index}], {array_source(after)})\n'
