"""A NumPy script that works an exercise out layer by layer, as one would write it by hand."""

from collections.abc import Iterator

from mlp.exercises.export.source import CHECK, OVERFLOW, array_source, divided, header, overflows, parameters, refusal
from mlp.exercises.solve import Solution

LOGISTIC = """\
def logistic(z):
    e = np.exp(-np.abs(z))  # never overflows
    return np.where(z >= 0, 1.0, e) / (1.0 + e)
"""
ACTIVATION = {"tanh": "np.tanh({z})", "logistic": "logistic({z})", "relu": "np.maximum({z}, 0.0)", "identity": "{z}"}
SLOPE = {"tanh": " * (1.0 - {h}**2)", "logistic": " * {h} * (1.0 - {h})", "relu": " * ({z} > 0.0)", "identity": ""}
OUTPUT = {
    "squared_error": "output = {z}\n",
    "logistic_squared_error": "output = logistic({z})\n",
    "cross_entropy": (
        "shifted = {z} - {z}.max(axis=1, keepdims=True)\n"
        "log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))\n"
        "output = np.exp(log_p)  # p = softmax({z})\n"
    ),
}
SQUARES = "0.5 * ((output - Y) ** 2).sum()"
LOSS = {"squared_error": SQUARES, "logistic_squared_error": SQUARES, "cross_entropy": "-(Y * log_p).sum()"}
DELTA = {
    "squared_error": "output - Y",
    "logistic_squared_error": "(output - Y) * output * (1.0 - output)",
    "cross_entropy": "Y.sum(axis=1, keepdims=True) * output - Y",
}


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
    network = solution.exercise.network
    helper = f"\n\n{LOGISTIC}" if "logistic" in f"{network.hidden} {network.loss}" else ""
    parts = (givens(solution), forward(solution), backward(solution), update(solution), checks(solution))
    top = header("One step of gradient descent, worked out with NumPy; a row is an example.", title)
    return f"{top}\nimport numpy as np\n{helper}\n\n{CHECK}\n\n" + "\n".join("".join(part) for part in parts)


def givens(solution: Solution) -> Iterator[str]:
    """Yield what the exercise gives: examples, parameters, eta."""
    yield f"# Given\nX = {array_source(solution.X)}\nY = {array_source(solution.Y)}\n"
    for name, before, _, _ in parameters(solution):
        yield f"{name} = {array_source(before)}\n"
    yield f"learning_rate = {float(solution.exercise.learning_rate)!r}\n"


def forward(solution: Solution) -> Iterator[str]:
    """Yield z and h of every layer, and the loss."""
    network = solution.exercise.network
    depth = len(network.layers)
    yield "# Forward\nh0 = X\n"
    for l in range(1, depth + 1):
        yield f"z{l} = h{l - 1} @ W{l}.T + b{l}\n"
        if l < depth:
            yield f"h{l} = {ACTIVATION[network.hidden].format(z=f'z{l}')}\n"
    yield OUTPUT[network.loss].format(z=f"z{depth}")
    yield f"loss = {divided(LOSS[network.loss], solution)}\n"


def backward(solution: Solution) -> Iterator[str]:
    """Yield the derivatives, from the last layer to the first."""
    network = solution.exercise.network
    depth = len(network.layers)
    delta = DELTA[network.loss]
    averaged = divided(f"({delta})", solution) if solution.exercise.reduction == "mean" else delta
    yield f"# Backward\ndz{depth} = {averaged}\n"
    for l in range(depth, 0, -1):
        yield f"dW{l} = dz{l}.T @ h{l - 1}\ndb{l} = dz{l}.sum(axis=0)\n"
        if l > 1:
            slope = SLOPE[network.hidden].format(z=f"z{l - 1}", h=f"h{l - 1}")
            yield f"dh{l - 1} = dz{l} @ W{l}\ndz{l - 1} = dh{l - 1}{slope}\n"


def update(solution: Solution) -> Iterator[str]:
    """Yield the step of every parameter."""
    yield "# Update\n"
    for name, *_ in parameters(solution):
        fixed = solution.exercise.biases_fixed and name.startswith("b")
        yield (
            f"new_{name} = {name}  # the biases stay\n" if fixed else f"new_{name} = {name} - learning_rate * d{name}\n"
        )


def checks(solution: Solution) -> Iterator[str]:
    """Yield the comparison of every result with the app's."""
    yield f'# Compare with what the app found\ncheck("loss", loss, {solution.loss!r})\n'
    for name, _, gradient, _ in parameters(solution):
        yield f'check("dL/d{name}", d{name}, {array_source(gradient)})\n'
    for name, _, _, after in parameters(solution):
        yield f'check("new {name}", new_{name}, {array_source(after)})\n'
