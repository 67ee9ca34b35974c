"""The sums of a single unit: its z and h, and how the loss changes with either."""

from collections.abc import Iterator
from dataclasses import dataclass

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises.explained.activations import Terms, activation_told
from mlp.exercises.explained.losses import loss_told
from mlp.exercises.explained.outputs import output_told
from mlp.exercises.explained.symbols import d_by, entry
from mlp.exercises.solve import Solution
from mlp.losses import LOSSES


@dataclass(frozen=True)
class Sum:
    """One number of a worked solution, with what it is made of.

    Attributes
    ----------
    step : str
        The step of the solution it belongs to: "z1", "dW2", "b3 new".
    symbol, formula : str
        LaTeX of the two sides of the equation; the formula is empty for what is given.
    terms : tuple of float and str
        The numbers put in, in reading order, with operators as text: + − · / ( ) tanh( σ( max(0, exp( log( Φ( φ( ².
    value : float
        What comes out, the very number of the solution.
    """

    step: str
    symbol: str
    formula: str
    terms: Terms
    value: float


def unit_sums(solution: Solution, l: int, i: int, example: int) -> Iterator[Sum]:
    """Yield z, h, dL/dh and dL/dz of unit i (from 0) of layer l, for one example; of an input only its value."""
    if l == 0:
        yield Sum("h0", entry("h", 0, i + 1), "", (), float(solution.X[example, i]))
        return
    yield weighted_sum(solution, l, i, example)
    last = l == len(solution.exercise.network.layers)
    yield from (output_sums if last else hidden_sums)(solution, l, i, example)


def weighted_sum(solution: Solution, l: int, i: int, example: int) -> Sum:
    """Return z = w h + ... + b."""
    layer, below = solution.exercise.network.layers[l - 1], solution.forward_pass.h[l - 1][example]
    terms = (*products(layer.W[i], below), "+", float(layer.b[i]))
    formula = rf"\sum_j w^{{[{l}]}}_{{{i + 1},j}}\,{entry('h', l - 1, 'j')} + {entry('b', l, i + 1)}"
    return Sum(f"z{l}", entry("z", l, i + 1), formula, terms, float(solution.forward_pass.z[l][example, i]))


def products(left: Array, right: Array) -> Terms:
    """Return left · right + left · right + ..."""
    terms = [term for a, b in zip(left, right, strict=True) for term in ("+", float(a), "·", float(b))]
    return tuple(terms[1:])


def hidden_sums(solution: Solution, l: int, i: int, example: int) -> Iterator[Sum]:
    """Yield h = g(z), dL/dh = w delta + ... and dL/dz = dL/dh g'(z)."""
    gradients, above = solution.gradients, solution.exercise.network.layers[l]
    z, h = float(solution.forward_pass.z[l][example, i]), float(solution.forward_pass.h[l][example, i])
    hidden = solution.exercise.network.hidden
    g, told = ACTIVATIONS[hidden].latex, activation_told(hidden)
    symbol_z, symbol_h = entry("z", l, i + 1), entry("h", l, i + 1)
    yield Sum(f"h{l}", symbol_h, rf"{g}({symbol_z})", told.value(z), h)
    formula = rf"\sum_k w^{{[{l + 1}]}}_{{k,{i + 1}}}\,{d_by(entry('z', l + 1, 'k'))}"
    terms, dh = products(above.W[:, i], gradients.z[l + 1][example]), float(gradients.h[l][example, i])
    yield Sum(f"dh{l}", d_by(symbol_h), formula, terms, dh)
    slope, value = told.slope_latex.format(z=symbol_z, h=symbol_h), float(gradients.z[l][example, i])
    yield Sum(f"dz{l}", d_by(symbol_z), rf"{d_by(symbol_h)}\,{slope}", (dh, "·", *told.slope(z, h)), value)


def output_sums(solution: Solution, l: int, i: int, example: int) -> Iterator[Sum]:
    """Yield the output, dL/d of it, and dL/dz."""
    name, gradients = solution.exercise.network.loss, solution.gradients
    loss, told = LOSSES[name], loss_told(name)
    symbol = rf"{loss.entry_latex}_{{{i + 1}}}"
    output, target = solution.forward_pass.output[example], solution.Y[example]
    formula, terms = output_told(loss.outputs).unit(solution.forward_pass.z[l][example], l, i)
    yield Sum("output" if loss.transforms else f"z{l}", symbol, formula, terms, float(output[i]))
    n = len(solution.X) if solution.exercise.reduction == "mean" else 1
    # Adding 0 makes a 0 of the -0 that -y / p is where y is 0
    value = float(gradients.h[l][example, i]) + 0.0
    yield Sum(f"dz{l}", d_by(symbol), *averaged(*told.unit_gradient(output, target, i), n), value)
    value = float(gradients.z[l][example, i])
    yield Sum(f"dz{l}", d_by(entry("z", l, i + 1)), *averaged(*told.unit_delta(output, target, i), n), value)


def averaged(formula: str, terms: Terms, n: int) -> tuple[str, Terms]:
    """Return a formula and its numbers divided by n, where the batch of n is averaged."""
    if n == 1:
        return formula, terms
    return rf"\tfrac{{1}}{{{n}}} \left({formula}\right)", ("(", *terms, ")", "/", float(n))
