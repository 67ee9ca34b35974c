"""A PyTorch script: the forward pass by hand, the derivatives by `backward()`, the step by `torch.optim.SGD`.

With momentum the step is by hand too: SGD's velocity there is of another sign, and without the learning rate in it.
"""

from collections.abc import Iterator

from mlp.arrays import Array
from mlp.exercises.export.source import (
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
from mlp.squared_errors import squared_error_name
from mlp.tables import entry_for

CHECK = """\
def check(name, value, expected):
    expected = torch.as_tensor(expected)
    tolerance = 1e-12 + 1e-9 * expected.abs().max().item()
    torch.testing.assert_close(value.detach(), expected, rtol=1e-9, atol=tolerance)
    print(f"{name} agrees")
"""
ACTIVATION = {
    "tanh": "torch.tanh({z})",
    "logistic": "torch.sigmoid({z})",
    "relu": "torch.relu({z})",
    "identity": "{z}",
    "leaky_relu": "torch.nn.functional.leaky_relu({z}, 0.01)",
    "elu": "torch.nn.functional.elu({z})",
    "softplus": "torch.nn.functional.softplus({z}, threshold=700)",
    "gelu": "torch.nn.functional.gelu({z})",
}
OUTPUT = {"linear": "{z}", "logistic": "torch.sigmoid({z})", "tanh": "torch.tanh({z})"}
WEIGHT = {"half": "0.5 * ", "sum": "", "mean": "1.0 / Y.shape[1] * "}
LOSS = {
    squared_error_name(outputs, convention): f"{weight}(({output} - Y) ** 2).sum()"
    for outputs, output in OUTPUT.items()
    for convention, weight in WEIGHT.items()
} | {
    "cross_entropy": "-(Y * torch.log_softmax({z}, dim=1)).sum()",
    "binary_cross_entropy": 'torch.nn.functional.binary_cross_entropy_with_logits({z}, Y, reduction="sum")',
}
WHERE = "the PyTorch script (mlp.exercises.export.pytorch_script)"


def pytorch_script(solution: Solution, *, title: str = "") -> str:
    """Return a runnable script that takes the exercise's step with PyTorch and checks every result.

    Parameters
    ----------
    solution : Solution
    title : str
        Stands in a comment.
    """
    if overflows(solution):
        return refusal(OVERFLOW, title)
    parts = (givens(solution), loss_function(solution), step(solution))
    top = header("One step of gradient descent, worked out with PyTorch; a row is an example.", title)
    start = "import torch\n\ntorch.set_default_dtype(torch.float64)"
    return f"{top}\n{start}\n\n\n{CHECK}\n\n" + "\n\n".join("".join(part) for part in parts)


def tensor(values: Array, more: str = "") -> str:
    """Return the source of a tensor."""
    return array_source(values, "torch.tensor", more=more)


def givens(solution: Solution) -> Iterator[str]:
    """Yield the examples and the parameters."""
    yield f"X = {tensor(solution.X)}\nY = {tensor(solution.Y)}\n"
    for name, before, _, _ in parameters(solution):
        yield f"{name} = {tensor(before, 'requires_grad=True')}\n"


def loss_function(solution: Solution) -> Iterator[str]:
    """Yield a function that returns the loss of the batch with the parameters as they are."""
    network = solution.exercise.network
    depth = len(network.layers)
    yield "def loss_now():\n    h0 = X\n"
    for l in range(1, depth + 1):
        yield f"    z{l} = h{l - 1} @ W{l}.T + b{l}\n"
        if l < depth:
            yield f"    h{l} = {entry_for(network.hidden, ACTIVATION, WHERE).format(z=f'z{l}')}\n"
    loss = entry_for(network.loss, LOSS, WHERE).format(z=f"z{depth}")
    yield f"    return {divided(loss, solution)}\n"


def step(solution: Solution) -> Iterator[str]:
    """Yield the backward pass and the step, each with its checks."""
    fixed = solution.exercise.biases_fixed
    moving = ", ".join(name for name, *_ in parameters(solution) if not (fixed and name.startswith("b")))
    yield f'loss = loss_now()\nloss.backward()\ncheck("loss", loss, {solution.loss!r})\n'
    for name, _, gradient, _ in parameters(solution):
        yield f'check("dL/d{name}", {name}.grad, {tensor(gradient)})\n'
    yield "\n# The biases stay as they are\n" if fixed else "\n"
    if solution.exercise.momentum:
        yield from momentum_step(solution)
    else:
        yield f"torch.optim.SGD([{moving}], lr={float(solution.exercise.learning_rate)!r}).step()\n"
    for name, _, _, after in parameters(solution):
        yield f'check("new {name}", {name}, {tensor(after)})\n'
    yield f'check("loss after", loss_now(), {solution.loss_after!r})\n'


def momentum_step(solution: Solution) -> Iterator[str]:
    """Yield the step with momentum of every parameter that moves, and the checks of its velocity."""
    exercise = solution.exercise
    yield "# By hand: the velocity of torch.optim.SGD has another sign, and the learning rate outside of it\n"
    yield f"learning_rate, momentum = {float(exercise.learning_rate)!r}, {float(exercise.momentum)!r}\n"
    for name, before, after in velocities(solution):
        if exercise.biases_fixed and name.startswith("b"):
            continue
        yield f"v_{name} = momentum * {tensor(before)} - learning_rate * {name}.grad\n"
        yield f'check("v of {name}", v_{name}, {tensor(after)})\n'
        yield f"with torch.no_grad():\n    {name} += v_{name}\n"
