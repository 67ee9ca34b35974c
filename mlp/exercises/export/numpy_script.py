"""A NumPy script that works an exercise out layer by layer, as one would write it by hand."""

from collections.abc import Iterator

from mlp.exercises.export.source import (
    CHECK,
    OVERFLOW,
    array_source,
    divided,
    header,
    overflows,
    parameters,
    refusal,
    velocities,
)
from mlp.exercises.solve import Solution
from mlp.losses import LOSSES
from mlp.squared_errors import squared_error_name
from mlp.tables import entry_for

# Functions that NumPy lacks, by name: a script that calls one defines it
HELPERS = {
    "logistic": """\
def logistic(z):
    e = np.exp(-np.abs(z))  # never overflows
    return np.where(z >= 0, 1.0, e) / (1.0 + e)
""",
    "share_below": """\
def share_below(z):  # of the standard normal distribution; NumPy has no error function
    return np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2.0)) / 2.0
""",
    "density": """\
def density(z):  # of the standard normal distribution
    return np.exp(-(z**2) / 2.0) / math.sqrt(2.0 * math.pi)
""",
}
ACTIVATION = {
    "tanh": "np.tanh({z})",
    "logistic": "logistic({z})",
    "relu": "np.maximum({z}, 0.0)",
    "identity": "{z}",
    "leaky_relu": "np.where({z} > 0.0, {z}, 0.01 * {z})",
    "elu": "np.where({z} > 0.0, {z}, np.expm1(np.minimum({z}, 0.0)))",
    "softplus": "np.logaddexp(0.0, {z})",
    "gelu": "{z} * share_below({z})",
}
SLOPE = {
    "tanh": " * (1.0 - {h}**2)",
    "logistic": " * {h} * (1.0 - {h})",
    "relu": " * ({z} > 0.0)",
    "identity": "",
    "leaky_relu": " * np.where({z} > 0.0, 1.0, 0.01)",
    "elu": " * np.where({z} > 0.0, 1.0, {h} + 1.0)",
    "softplus": " * logistic({z})",
    "gelu": " * (share_below({z}) + {z} * density({z}))",
}
OUTPUT = {
    "linear": "output = {z}\n",
    "logistic": "output = logistic({z})\n",
    "tanh": "output = np.tanh({z})\n",
    "softmax": (
        "shifted = {z} - {z}.max(axis=1, keepdims=True)\n"
        "log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))\n"
        "output = np.exp(log_p)  # p = softmax({z})\n"
    ),
}
# Before the sum of squares, and after the error of an output with its slope
WEIGHT = {"half": ("0.5 * ", ""), "sum": ("", "2.0 * "), "mean": ("1.0 / Y.shape[1] * ", "2.0 / Y.shape[1] * ")}
OUTPUT_SLOPE = {"linear": "", "logistic": " * output * (1.0 - output)", "tanh": " * (1.0 - output**2)"}
SQUARES = [(outputs, convention) for outputs in OUTPUT_SLOPE for convention in WEIGHT]
LOSS = {squared_error_name(*each): f"{WEIGHT[each[1]][0]}((output - Y) ** 2).sum()" for each in SQUARES} | {
    "cross_entropy": "-(Y * log_p).sum()",
    "binary_cross_entropy": "(Y * np.logaddexp(0.0, -{z}) + (1.0 - Y) * np.logaddexp(0.0, {z})).sum()",
}
DELTA = {squared_error_name(*each): f"{WEIGHT[each[1]][1]}(output - Y){OUTPUT_SLOPE[each[0]]}" for each in SQUARES} | {
    "cross_entropy": "Y.sum(axis=1, keepdims=True) * output - Y",
    "binary_cross_entropy": "output - Y",
}
WHERE = "the NumPy script (mlp.exercises.export.numpy_script)"


def numpy_script(solution: Solution, *, title: str = "") -> str:
    """Return a runnable script: forward pass, backward pass and step of this exercise, and checks of every result.

    Parameters
    ----------
    solution : Solution
    title : str
        Stands in a comment.
    """
    if overflows(solution):
        return refusal(OVERFLOW, title)
    parts = (givens(solution), forward(solution), backward(solution), update(solution), checks(solution))
    top = header("One step of gradient descent, worked out with NumPy; a row is an example.", title)
    body = "\n".join("".join(part) for part in parts)
    helpers = "".join(f"\n\n{source}" for name, source in HELPERS.items() if f"{name}(" in body)
    imports = "import math\n\nimport numpy as np" if "math." in helpers else "import numpy as np"
    return f"{top}\n{imports}\n{helpers}\n\n{CHECK}\n\n{body}"


def givens(solution: Solution) -> Iterator[str]:
    """Yield what the exercise gives: examples, parameters, eta."""
    yield f"# Given\nX = {array_source(solution.X)}\nY = {array_source(solution.Y)}\n"
    for name, before, _, _ in parameters(solution):
        yield f"{name} = {array_source(before)}\n"
    yield f"learning_rate = {float(solution.exercise.learning_rate)!r}\n"
    if solution.exercise.momentum:
        yield f"momentum = {float(solution.exercise.momentum)!r}\n"
    for name, before, _ in velocities(solution):
        yield f"v_{name} = {array_source(before)}\n"


def forward(solution: Solution) -> Iterator[str]:
    """Yield z and h of every layer, and the loss."""
    network = solution.exercise.network
    depth = len(network.layers)
    yield "# Forward\nh0 = X\n"
    for l in range(1, depth + 1):
        yield f"z{l} = h{l - 1} @ W{l}.T + b{l}\n"
        if l < depth:
            yield f"h{l} = {entry_for(network.hidden, ACTIVATION, WHERE).format(z=f'z{l}')}\n"
    yield entry_for(LOSSES[network.loss].outputs, OUTPUT, WHERE).format(z=f"z{depth}")
    loss = entry_for(network.loss, LOSS, WHERE).format(z=f"z{depth}")
    yield f"loss = {divided(loss, solution)}\n"


def backward(solution: Solution) -> Iterator[str]:
    """Yield the derivatives, from the last layer to the first."""
    network = solution.exercise.network
    depth = len(network.layers)
    delta = entry_for(network.loss, DELTA, WHERE)
    averaged = divided(f"({delta})", solution) if solution.exercise.reduction == "mean" else delta
    yield f"# Backward\ndz{depth} = {averaged}\n"
    for l in range(depth, 0, -1):
        yield f"dW{l} = dz{l}.T @ h{l - 1}\ndb{l} = dz{l}.sum(axis=0)\n"
        if l > 1:
            slope = entry_for(network.hidden, SLOPE, WHERE).format(z=f"z{l - 1}", h=f"h{l - 1}")
            yield f"dh{l - 1} = dz{l} @ W{l}\ndz{l - 1} = dh{l - 1}{slope}\n"


def update(solution: Solution) -> Iterator[str]:
    """Yield the step of every parameter."""
    yield "# Update\n"
    for name, *_ in parameters(solution):
        if solution.exercise.biases_fixed and name.startswith("b"):
            yield f"new_{name} = {name}  # the biases stay\n"
        elif solution.exercise.momentum:
            yield f"new_v_{name} = momentum * v_{name} - learning_rate * d{name}\nnew_{name} = {name} + new_v_{name}\n"
        else:
            yield f"new_{name} = {name} - learning_rate * d{name}\n"


def checks(solution: Solution) -> Iterator[str]:
    """Yield the comparison of every result with the app's."""
    yield f'# Compare with what the app found\ncheck("loss", loss, {solution.loss!r})\n'
    for name, _, gradient, _ in parameters(solution):
        yield f'check("dL/d{name}", d{name}, {array_source(gradient)})\n'
    for name, _, after in velocities(solution):
        if not (solution.exercise.biases_fixed and name.startswith("b")):
            yield f'check("v of {name}", new_v_{name}, {array_source(after)})\n'
    for name, _, _, after in parameters(solution):
        yield f'check("new {name}", new_{name}, {array_source(after)})\n'
