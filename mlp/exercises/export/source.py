"""Pieces of Python source that the generated scripts share; every number stands in them as `repr` writes it."""

from collections.abc import Iterator

import numpy as np

from mlp.arrays import Array
from mlp.exercises.solve import Solution
from mlp.untrusted.checks import plain_text

OVERFLOW = "The numbers of this exercise overflow, so there is nothing to compare."

CHECK = """\
def check(name, value, expected):
    tolerance = 1e-12 + 1e-9 * np.abs(expected).max()
    np.testing.assert_allclose(value, expected, rtol=1e-9, atol=tolerance, err_msg=name)
    print(f"{name} agrees")
"""


def array_source(values: Array, call: str = "np.array", *, more: str = "") -> str:
    """Return the source of an array, a line for each row of a matrix.

    Parameters
    ----------
    values : array of one or two axes
    call : str
        What makes an array of lists.
    more : str
        Further arguments, such as "requires_grad=True".
    """
    tail = f", {more})" if more else ")"
    if values.ndim == 1:
        return f"{call}({values.tolist()!r}{tail}"
    rows = "".join(f"    {row!r},\n" for row in values.tolist())
    return f"{call}([\n{rows}]{tail}"


def parameters(solution: Solution) -> Iterator[tuple[str, Array, Array, Array]]:
    """Yield each parameter's name, value before the step, derivative, and value after: W1, b1, W2, ..."""
    layers = zip(solution.exercise.network.layers, solution.network.layers, strict=True)
    for l, (old, new) in enumerate(layers, start=1):
        yield f"W{l}", old.W, solution.gradients.W[l], new.W
        yield f"b{l}", old.b, solution.gradients.b[l], new.b


def velocities(solution: Solution) -> Iterator[tuple[str, Array, Array]]:
    """Yield each parameter's name, and its velocity before and after the step; nothing without momentum."""
    if solution.exercise.momentum:
        layers = zip(solution.exercise.velocity_before, solution.velocity, strict=True)
        for l, (old, new) in enumerate(layers, start=1):
            yield f"W{l}", old.W, new.W
            yield f"b{l}", old.b, new.b


def overflows(solution: Solution) -> bool:
    """Return whether a quantity of the solution is no finite number."""
    values = [solution.loss, *solution.forward_pass.z, *solution.forward_pass.h]
    values += [array for _, _, gradient, new in parameters(solution) for array in (gradient, new)]
    return not all(np.all(np.isfinite(value)) for value in values)


def header(what: str, title: str) -> str:
    """Return a script's first lines. The title is a comment below the docstring, where no comment has a meaning."""
    shown = " ".join(plain_text(title).split())
    comment = f"\n# {shown}\n" if shown else ""
    return f'"""{what}\n\nMade by Backprop by Hand. It ends with an AssertionError if a number differs.\n"""\n{comment}'


def refusal(reason: str, title: str) -> str:
    """Return a script that only says why there is none."""
    return f"{header('No comparison.', title)}\nprint({reason!r})\n"


def hidden_sizes(solution: Solution) -> tuple[int, ...]:
    """Return the units of the hidden layers, as scikit-learn's `hidden_layer_sizes` names them."""
    return solution.exercise.network.sizes[1:-1]


def divided(source: str, solution: Solution) -> str:
    """Return the source of a sum over the batch, divided by its length where the exercise takes the mean."""
    return f"{source} / len(X)" if solution.exercise.reduction == "mean" else source
