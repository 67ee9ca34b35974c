"""A scikit-learn script: one `partial_fit` step of its SGD from the exercise's own parameters."""

from collections.abc import Iterator
from textwrap import indent

from mlp.activations import ACTIVATIONS, scikit_learn_activations
from mlp.exercises.export.scikit_learn_peers import Peer, peer_of
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

# scikit-learn takes no probability below 2e-16 into its loss
LARGEST_LOSS = 30.0
RATE = {
    "sum": "# The exercise adds the losses, scikit-learn takes their mean: hence a learning rate len(X) times as large",
    "mean": "# The exercise takes the mean of the examples' losses, as scikit-learn does",
}
OWN_VELOCITY = (
    "scikit-learn's momentum follows the same rule, but it keeps the velocity to itself: a script can't set it before, "
    "or read it after, a single step."
)
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


def scikit_learn_obstacle(solution: Solution) -> str:
    """Return why scikit-learn cannot take this exercise's step, in one sentence; an empty text where it can."""
    if overflows(solution):
        return OVERFLOW
    hidden = ACTIVATIONS[solution.exercise.network.hidden]
    if solution.exercise.momentum:
        return OWN_VELOCITY
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
    peer = peer_of(solution)
    model = peer.model
    top = header(f"One step of gradient descent, taken by scikit-learn's {model}; a row is an example.", title)
    imports = f"import numpy as np\nfrom sklearn.neural_network import {model}"
    parts = (givens(solution), the_model(solution, peer), the_step(solution, peer))
    return f"{top}\n{imports}\n\n\n{CHECK}\n\n" + "\n".join("".join(part) for part in parts)


def givens(solution: Solution) -> Iterator[str]:
    """Yield the examples, and the parameters as lists by layer."""
    yield f"X = {array_source(solution.X)}\nY = {array_source(solution.Y)}\n"
    layers = solution.exercise.network.layers
    for name, arrays in (("W", [layer.W for layer in layers]), ("b", [layer.b for layer in layers])):
        entries = "".join(f"{array_source(array)},\n" for array in arrays)
        yield f"{name} = [\n{indent(entries, '    ')}]\n"


def the_model(solution: Solution, peer: Peer) -> Iterator[str]:
    """Yield the estimator with the exercise's parameters in it; a coefs_ of scikit-learn's is W transposed."""
    exercise = solution.exercise
    factor = " * len(X)" if exercise.reduction == "sum" else ""
    yield f"{RATE[exercise.reduction]}\nmodel = {peer.model}(\n"
    yield f'    hidden_layer_sizes={hidden_sizes(solution)!r},\n    activation="{exercise.network.hidden}",\n'
    yield f"    learning_rate_init={float(exercise.learning_rate)!r}{factor}{peer.rate},\n{SETTINGS}"
    yield "# A first call only makes the arrays; the exercise's parameters take their place\n"
    yield f"y = {peer.targets}\n{peer.first}\n"
    yield "model.coefs_ = [weights.T.copy() for weights in W]\nmodel.intercepts_ = [biases.copy() for biases in b]\n"


def the_step(solution: Solution, peer: Peer) -> Iterator[str]:
    """Yield the output before, the step, and the comparison with the app's numbers."""
    yield f'check("output", {peer.output}, {array_source(solution.forward_pass.output)})\n'
    yield "model.partial_fit(X, y)\n"
    if solution.losses.max() < LARGEST_LOSS or not peer.clips:
        total = " * len(X)" if solution.exercise.reduction == "sum" else ""
        yield f'{peer.words}\ncheck("loss", model.loss_{total}{peer.loss}, {solution.loss!r})\n'
    if solution.exercise.biases_fixed:
        yield "# scikit-learn cannot hold its biases: the weights take the same step, the biases are not compared\n"
    for name, _, _, after in parameters(solution):
        index = int(name[1:]) - 1
        if name.startswith("W"):
            yield f'check("new {name}", model.coefs_[{index}].T, {array_source(after)})\n'
        elif not solution.exercise.biases_fixed:
            yield f'check("new {name}", model.intercepts_[{index}], {array_source(after)})\n'
