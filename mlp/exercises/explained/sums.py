"""The sums of a single unit: its z and h, and how the loss changes with either."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mlp.exercises.explained.steps import LARGEST_PLAIN_LOGIT
from mlp.exercises.explained.symbols import d_by, entry
from mlp.exercises.solve import Solution

Terms = tuple[float | str, ...]
OUTPUT_LETTER = {"squared_error": r"\hat y", "logistic_squared_error": r"\hat y", "cross_entropy": "p"}


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
        The numbers put in, in reading order, with operators as text: + − · / ( ) tanh( σ( max(0, exp( ².
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


def products(left: Sequence[float], right: Sequence[float]) -> Terms:
    """Return left · right + left · right + ..."""
    terms = [term for a, b in zip(left, right, strict=True) for term in ("+", float(a), "·", float(b))]
    return tuple(terms[1:])


def hidden_sums(solution: Solution, l: int, i: int, example: int) -> Iterator[Sum]:
    """Yield h = g(z), dL/dh = w delta + ... and dL/dz = dL/dh g'(z)."""
    gradients, above = solution.gradients, solution.exercise.network.layers[l]
    z, h = float(solution.forward_pass.z[l][example, i]), float(solution.forward_pass.h[l][example, i])
    g, of_z, slope_formula, slope = ACTIVATION_TERMS[solution.exercise.network.hidden](z, h, entry("h", l, i + 1))
    symbol_z, symbol_h = entry("z", l, i + 1), entry("h", l, i + 1)
    yield Sum(f"h{l}", symbol_h, rf"{g}({symbol_z})", of_z, h)
    formula = rf"\sum_k w^{{[{l + 1}]}}_{{k,{i + 1}}}\,{d_by(entry('z', l + 1, 'k'))}"
    terms, dh = products(above.W[:, i], gradients.z[l + 1][example]), float(gradients.h[l][example, i])
    yield Sum(f"dh{l}", d_by(symbol_h), formula, terms, dh)
    formula, value = rf"{d_by(symbol_h)}\,{slope_formula}", float(gradients.z[l][example, i])
    yield Sum(f"dz{l}", d_by(symbol_z), formula, (dh, "·", *slope), value)


def tanh_terms(z: float, h: float, symbol: str) -> tuple[str, Terms, str, Terms]:
    """Return tanh's name, the numbers of tanh(z), its slope 1 - h^2 and the numbers of that."""
    return r"\tanh", ("tanh(", z, ")"), f"(1 - ({symbol})^2)", ("(", 1.0, "−", h, "²", ")")


def logistic_terms(z: float, h: float, symbol: str) -> tuple[str, Terms, str, Terms]:
    """Return sigma's name, the numbers of sigma(z), its slope h (1 - h) and the numbers of that."""
    return r"\sigma", ("σ(", z, ")"), rf"{symbol}\,(1 - {symbol})", (h, "·", "(", 1.0, "−", h, ")")


def relu_terms(z: float, h: float, symbol: str) -> tuple[str, Terms, str, Terms]:
    """Return relu's name, the numbers of max(0, z), its slope 1[z > 0] and the number of that."""
    slope_formula = rf"\mathbb{{1}}[{symbol.replace('h', 'z', 1)} > 0]"
    return r"\operatorname{relu}", ("max(0,", z, ")"), slope_formula, (float(z > 0.0),)


def identity_terms(z: float, h: float, symbol: str) -> tuple[str, Terms, str, Terms]:
    """Return the identity's name, z, its slope 1 and the number of that."""
    return r"\operatorname{id}", (z,), r"\cdot 1", (1.0,)


ACTIVATION_TERMS = {"tanh": tanh_terms, "logistic": logistic_terms, "relu": relu_terms, "identity": identity_terms}


def output_sums(solution: Solution, l: int, i: int, example: int) -> Iterator[Sum]:
    """Yield the output, dL/d of it, and dL/dz."""
    loss, gradients = solution.exercise.network.loss, solution.gradients
    symbol_z, symbol = entry("z", l, i + 1), rf"{OUTPUT_LETTER[loss]}_{{{i + 1}}}"
    output, target = float(solution.forward_pass.output[example, i]), float(solution.Y[example, i])
    formula, terms = output_terms(solution, l, i, example)
    yield Sum("output" if loss != "squared_error" else f"z{l}", symbol, formula, terms, output)
    n = len(solution.X) if solution.exercise.reduction == "mean" else 1
    # Adding 0 makes a 0 of the -0 that -y / p is where y is 0
    value = float(gradients.h[l][example, i]) + 0.0
    formula, terms = rf"{symbol} - y_{{{i + 1}}}", (output, "−", target)
    if loss == "cross_entropy":
        quotient = ("(", "−", target, ")", "/", output) if target else (0.0,)
        yield Sum(f"dz{l}", d_by(symbol), *averaged(rf"-\frac{{y_{{{i + 1}}}}}{{{symbol}}}", quotient, n), value)
    else:
        yield Sum(f"dz{l}", d_by(symbol), *averaged(formula, terms, n), value)
    total = float(solution.Y[example].sum())
    if loss == "cross_entropy" and abs(total - 1.0) > 1e-12:
        formula, terms = rf"\left(\textstyle\sum_k y_k\right) {formula}", (total, "·", *terms)
    if loss == "logistic_squared_error":
        formula = rf"({formula})\,{symbol}\,(1 - {symbol})"
        terms = ("(", *terms, ")", "·", output, "·", "(", 1.0, "−", output, ")")
    yield Sum(f"dz{l}", d_by(symbol_z), *averaged(formula, terms, n), float(gradients.z[l][example, i]))


def output_terms(solution: Solution, l: int, i: int, example: int) -> tuple[str, Terms]:
    """Return the formula and the numbers of an output: z, sigma(z), or e^z over the sum of all e^z."""
    loss, z, symbol = solution.exercise.network.loss, solution.forward_pass.z[l][example], entry("z", l, i + 1)
    if loss != "cross_entropy":
        return (symbol, (float(z[i]),)) if loss == "squared_error" else (rf"\sigma({symbol})", ("σ(", float(z[i]), ")"))
    shift = z.max() if np.abs(z).max() > LARGEST_PLAIN_LOGIT else 0.0
    less = rf" - \max_j {entry('z', l, 'j')}" if shift else ""
    formula = rf"\frac{{e^{{{symbol}{less}}}}}{{\sum_k e^{{{entry('z', l, 'k')}{less}}}}}"
    total = [term for value in z for term in ("+", "exp(", float(value - shift), ")")][1:]
    return formula, ("exp(", float(z[i] - shift), ")", "/", "(", *total, ")")


def averaged(formula: str, terms: Terms, n: int) -> tuple[str, Terms]:
    """Return a formula and its numbers divided by n, where the batch of n is averaged."""
    if n == 1:
        return formula, terms
    return rf"\tfrac{{1}}{{{n}}} \left({formula}\right)", ("(", *terms, ")", "/", float(n))
