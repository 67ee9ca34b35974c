"""What a loss and its derivatives look like in numbers, of all outputs and of one: an entry for each of `LOSSES`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from mlp.activations import logistic
from mlp.arrays import Array
from mlp.exercises.explained.activations import Terms
from mlp.exercises.explained.outputs import Term, Told
from mlp.exercises.explained.symbols import bold
from mlp.losses import LOSSES, softplus
from mlp.tables import entry_for

SUM_TO_ONE = 1e-12


@dataclass(frozen=True)
class LossTold:
    """How a loss is told. Formulas are LaTeX; numbers stand in reading order with their operators as text.

    Attributes
    ----------
    value : callable
        `value(z, output, target)` returns the formula and the numbers of one example's loss, from vectors (n_L,).
    delta : callable
        `delta(output, target)` returns those of dL/dz[L], from columns (n_L, n).
    unit_gradient : callable
        `unit_gradient(output, target, i)` returns those of dL/d output i (from 0) of one example.
    unit_delta : callable
        `unit_delta(output, target, i)` returns those of dL/dz_i.
    """

    value: Callable[[Array, Array, Array], Told]
    delta: Callable[[Array, Array], Told]
    unit_gradient: Callable[[Array, Array, int], tuple[str, Terms]]
    unit_delta: Callable[[Array, Array, int], tuple[str, Terms]]


def signed(value: float) -> Term:
    """Return a number as a term; a negative one in brackets."""
    return np.array([[value]]) if value < 0 else float(value)


def symbols(loss: str, i: int) -> tuple[str, str]:
    """Return the symbols of output i and of its target."""
    return rf"{LOSSES[loss].entry_latex}_{{{i + 1}}}", f"y_{{{i + 1}}}"


def squares_value(z: Array, output: Array, target: Array) -> Told:
    """Return 1/2 sum_k (y-hat_k - y_k)^2."""
    terms: list[Term] = ["½ ("]
    for k, (y_hat, y) in enumerate(zip(output, target, strict=True)):
        terms += ["+ (" if k else "(", float(y_hat), "−", signed(y), ")²"]
    return r"\tfrac12 \sum_k (\hat y_k - y_k)^2", (*terms, ")")


@dataclass(frozen=True)
class SlopeTold:
    """How the slope of an output activation follows the error: in vectors by ⊙, in one output as a product."""

    latex: str
    numbers: Callable[[Array], tuple[Term, ...]]
    unit_latex: str
    unit_numbers: Callable[[float], Terms]


def no_numbers(output: Array | float) -> tuple:
    """Return nothing: the slope of linear outputs is 1."""
    return ()


def logistic_numbers(output: Array) -> tuple[Term, ...]:
    """Return y-hat and 1 - y-hat."""
    return ("⊙", output, "⊙", 1.0 - output)


def logistic_unit_numbers(output: float) -> Terms:
    """Return y-hat (1 - y-hat)."""
    return ("·", output, "·", "(", 1.0, "−", output, ")")


SLOPES: dict[str, SlopeTold] = {
    "linear": SlopeTold(latex="", numbers=no_numbers, unit_latex="", unit_numbers=no_numbers),
    "logistic": SlopeTold(
        latex=r" \odot {y} \odot (1 - {y})",
        numbers=logistic_numbers,
        unit_latex=r"\,{y}\,(1 - {y})",
        unit_numbers=logistic_unit_numbers,
    ),
}


def squares_delta(output: Array, target: Array, *, loss: str) -> Told:
    """Return y-hat - y, times the slope of the outputs where it is not 1."""
    symbol, slope = LOSSES[loss].output_latex, SLOPES[LOSSES[loss].outputs]
    formula, terms = rf"{symbol} - {bold('y')}", (output, "−", target)
    if not slope.latex:
        return formula, terms
    return rf"({formula}){slope.latex.format(y=symbol)}", ("(", *terms, ")", *slope.numbers(output))


def squares_unit_gradient(output: Array, target: Array, i: int, *, loss: str) -> tuple[str, Terms]:
    """Return y-hat_i - y_i."""
    y_hat, y = symbols(loss, i)
    return f"{y_hat} - {y}", (float(output[i]), "−", float(target[i]))


def squares_unit_delta(output: Array, target: Array, i: int, *, loss: str) -> tuple[str, Terms]:
    """Return y-hat_i - y_i, times the slope of the outputs where it is not 1."""
    formula, terms = squares_unit_gradient(output, target, i, loss=loss)
    slope = SLOPES[LOSSES[loss].outputs]
    if not slope.latex:
        return formula, terms
    unit_slope = slope.unit_latex.format(y=symbols(loss, i)[0])
    return f"({formula}){unit_slope}", ("(", *terms, ")", *slope.unit_numbers(float(output[i])))


def squares_told(loss: str) -> LossTold:
    """Return how half the sum of squares is told."""
    return LossTold(
        value=squares_value,
        delta=partial(squares_delta, loss=loss),
        unit_gradient=partial(squares_unit_gradient, loss=loss),
        unit_delta=partial(squares_unit_delta, loss=loss),
    )


def cross_entropy_value(z: Array, p: Array, target: Array) -> Told:
    """Return -sum_k y_k log p_k without the terms whose y_k is 0; from z where a p_k is too small for a float."""
    shown = np.flatnonzero(target)
    if not p[shown].all():
        return cross_entropy_from_z(z, target, shown)
    terms: list[Term] = ["−("]
    for count, k in enumerate(shown):
        terms += ["+" if count else "", signed(target[k]), "· log", float(p[k])]
    return r"-\sum_k y_k \log p_k", (*terms, ")" if len(shown) else "0)")


def cross_entropy_from_z(z: Array, target: Array, shown: Array) -> Told:
    """Return sum_k y_k (m + log sum_j e^(z_j - m) - z_k) with m the largest z."""
    top = float(z.max())
    total, terms = float(np.exp(z - top).sum()), []
    for count, k in enumerate(shown):
        bracket = ("· (", signed(top), "+ log", total, "−", signed(z[k]), ")")
        terms += ["+"] * bool(count) + [signed(target[k]), *bracket]
    return r"\sum_k y_k \left(m + \log \sum_j e^{z_j - m} - z_k\right),\; m = \max_j z_j", tuple(terms)


def cross_entropy_delta(p: Array, target: Array) -> Told:
    """Return p - y, times sum_k y_k where the targets do not sum to one."""
    formula, terms, total = rf"{bold('p')} - {bold('y')}", (p, "−", target), target.sum(axis=0, keepdims=True)
    if np.allclose(total, 1.0, rtol=0.0, atol=SUM_TO_ONE):
        return formula, terms
    return rf"\left(\textstyle\sum_k y_k\right) {formula}", (total, "·", *terms)


def cross_entropy_unit_gradient(p: Array, target: Array, i: int) -> tuple[str, Terms]:
    """Return -y_i / p_i, 0 where y_i is 0."""
    symbol, y = symbols("cross_entropy", i)
    y_i = float(target[i])
    return rf"-\frac{{{y}}}{{{symbol}}}", ("(", "−", y_i, ")", "/", float(p[i])) if y_i else (0.0,)


def cross_entropy_unit_delta(p: Array, target: Array, i: int) -> tuple[str, Terms]:
    """Return p_i - y_i, with sum_k y_k before p_i where the targets do not sum to one."""
    symbol, y = symbols("cross_entropy", i)
    formula, terms, total = f"{symbol} - {y}", (float(p[i]), "−", float(target[i])), float(target.sum())
    if abs(total - 1.0) <= SUM_TO_ONE:
        return formula, terms
    return rf"\left(\textstyle\sum_k y_k\right) {formula}", (total, "·", *terms)


def binary_value(z: Array, p: Array, target: Array) -> Told:
    """Return -sum_k y_k log p_k + (1 - y_k) log(1 - p_k); from z where one of these is too small for a float."""
    # 1 - p from z: where p is close to 1 a difference would keep few of its digits
    rest = logistic(-z)
    terms: list[Term] = []
    sides = [(y, log_of) for y, yes, no in zip(target, p, rest, strict=True) for y, log_of in ((y, yes), (1.0 - y, no))]
    if any(share and not log_of for share, log_of in sides):
        return binary_from_z(z, target)
    for share, log_of in sides:
        terms += ["+" if terms else "", signed(share), "· log", float(log_of)] if share else []
    return r"-\sum_k \left(y_k \log p_k + (1 - y_k) \log(1 - p_k)\right)", ("−(", *terms, ")" if terms else "0)")


def binary_from_z(z: Array, target: Array) -> Told:
    """Return sum_k y_k log(1 + e^-z_k) + (1 - y_k) log(1 + e^z_k)."""
    terms: list[Term] = []
    for y, z_k in zip(target, z, strict=True):
        for share, sign in ((y, -1.0), (1.0 - y, 1.0)):
            terms += ["+" if terms else "", signed(share), "·", float(softplus(sign * z_k))] if share else []
    return r"\sum_k \left(y_k \log(1 + e^{-z_k}) + (1 - y_k) \log(1 + e^{z_k})\right)", tuple(terms)


def binary_delta(p: Array, target: Array) -> Told:
    """Return p - y."""
    return rf"{bold('p')} - {bold('y')}", (p, "−", target)


def binary_unit_gradient(p: Array, target: Array, i: int) -> tuple[str, Terms]:
    """Return -y_i / p_i + (1 - y_i) / (1 - p_i), without what is 0."""
    symbol, y = symbols("binary_cross_entropy", i)
    y_i, p_i = float(target[i]), float(p[i])
    yes = ("(", "−", y_i, ")", "/", p_i) if y_i else ()
    no = ("(", 1.0, "−", y_i, ")", "/", "(", 1.0, "−", p_i, ")") if y_i != 1.0 else ()
    return rf"-\frac{{{y}}}{{{symbol}}} + \frac{{1 - {y}}}{{1 - {symbol}}}", (
        *yes,
        *(("+",) if yes and no else ()),
        *no,
    )


def binary_unit_delta(p: Array, target: Array, i: int) -> tuple[str, Terms]:
    """Return p_i - y_i."""
    symbol, y = symbols("binary_cross_entropy", i)
    return f"{symbol} - {y}", (float(p[i]), "−", float(target[i]))


TOLD: dict[str, LossTold] = {
    "squared_error": squares_told("squared_error"),
    "cross_entropy": LossTold(
        value=cross_entropy_value,
        delta=cross_entropy_delta,
        unit_gradient=cross_entropy_unit_gradient,
        unit_delta=cross_entropy_unit_delta,
    ),
    "logistic_squared_error": squares_told("logistic_squared_error"),
    "binary_cross_entropy": LossTold(
        value=binary_value,
        delta=binary_delta,
        unit_gradient=binary_unit_gradient,
        unit_delta=binary_unit_delta,
    ),
}


def loss_told(loss: str) -> LossTold:
    """Return how the loss of that name is told; raise a ValueError where nobody has said."""
    return entry_for(loss, TOLD, "losses told in numbers (mlp.exercises.explained.losses)")
