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
from mlp.squared_errors import CONVENTIONS, squared_error_name
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


@dataclass(frozen=True)
class SlopeTold:
    """How the slope of an output activation follows the error: in vectors by ⊙, in one output as a product."""

    latex: str
    numbers: Callable[[Array], tuple[Term, ...]]
    unit_latex: str
    unit_numbers: Callable[[float], Terms]


def tanh_numbers(output: Array) -> tuple[Term, ...]:
    """Return 1 - y-hat^2."""
    return ("⊙", 1.0 - output * output)


def tanh_unit_numbers(output: float) -> Terms:
    """Return (1 - y-hat^2)."""
    return ("·", "(", 1.0, "−", output, "²", ")")


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
    "tanh": SlopeTold(
        latex=r" \odot (1 - {y}^2)",
        numbers=tanh_numbers,
        unit_latex=r"\,(1 - {y}^2)",
        unit_numbers=tanh_unit_numbers,
    ),
}


@dataclass(frozen=True)
class WeightTold:
    """How a convention's weight is told, before the sum of squares and, doubled, before the error: LaTeX and text.

    An empty text stands for a factor of 1. {n} is the number of outputs.
    """

    latex: str
    text: str
    doubled_latex: str
    doubled_text: str


WEIGHTS: dict[str, WeightTold] = {
    "half": WeightTold(latex=r"\tfrac12 ", text="½", doubled_latex="", doubled_text=""),
    "sum": WeightTold(latex="", text="", doubled_latex="2", doubled_text="2"),
    "mean": WeightTold(
        latex=r"\tfrac{{1}}{{{n}}} ", text="1/{n} ·", doubled_latex=r"\tfrac{{2}}{{{n}}}", doubled_text="2/{n}"
    ),
}


def weight_told(convention: str, n: int) -> WeightTold:
    """Return how a convention's weight is told for n outputs: the mean of one is its sum."""
    return WEIGHTS["sum" if CONVENTIONS[convention].weight(n) == 1.0 else convention]


def squares_value(z: Array, output: Array, target: Array, *, convention: str) -> Told:
    """Return the weighted sum of (y-hat_k - y_k)^2."""
    n = len(target)
    weight = weight_told(convention, n)
    terms: list[Term] = [f"{weight.text.format(n=n)} ("] if weight.text else []
    for k, (y_hat, y) in enumerate(zip(output, target, strict=True)):
        terms += ["+ (" if k else "(", float(y_hat), "−", signed(y), ")²"]
    return rf"{weight.latex.format(n=n)}\sum_k (\hat y_k - y_k)^2", (*terms, *((")",) if weight.text else ()))


def error_told(symbol: str, output: Array, target: Array) -> Told:
    """Return y-hat - y."""
    return rf"{symbol} - {bold('y')}", (output, "−", target)


def squares_delta(output: Array, target: Array, *, loss: str, convention: str) -> Told:
    """Return y-hat - y, times twice the weight and the slope of the outputs where they are not 1."""
    symbol, slope, n = LOSSES[loss].output_latex, SLOPES[LOSSES[loss].outputs], len(target)
    weight = weight_told(convention, n)
    formula, terms = error_told(symbol, output, target)
    if slope.latex or weight.doubled_text:
        formula, terms = f"({formula})", ("(", *terms, ")")
    if weight.doubled_text:
        formula = rf"{weight.doubled_latex.format(n=n)}\,{formula}"
        terms = (f"{weight.doubled_text.format(n=n)} ·", *terms)
    return formula + slope.latex.format(y=symbol), (*terms, *slope.numbers(output))


def squares_unit_gradient(output: Array, target: Array, i: int, *, loss: str, convention: str) -> tuple[str, Terms]:
    """Return y-hat_i - y_i, times twice the weight where that is not 1."""
    y_hat, y = symbols(loss, i)
    formula, terms = f"{y_hat} - {y}", (float(output[i]), "−", float(target[i]))
    n, weight = len(target), weight_told(convention, len(target))
    if not weight.doubled_text:
        return formula, terms
    over: Terms = ("/", float(n)) if "{n}" in weight.doubled_text else ()
    return rf"{weight.doubled_latex.format(n=n)}\,({formula})", (2.0, *over, "·", "(", *terms, ")")


def squares_unit_delta(output: Array, target: Array, i: int, *, loss: str, convention: str) -> tuple[str, Terms]:
    """Return the derivative by output i, times the slope of the outputs where that is not 1."""
    formula, terms = squares_unit_gradient(output, target, i, loss=loss, convention=convention)
    slope = SLOPES[LOSSES[loss].outputs]
    if not slope.latex:
        return formula, terms
    if not WEIGHTS[convention].doubled_text:
        formula, terms = f"({formula})", ("(", *terms, ")")
    unit_slope = slope.unit_latex.format(y=symbols(loss, i)[0])
    return f"{formula}{unit_slope}", (*terms, *slope.unit_numbers(float(output[i])))


def squares_told(outputs: str, convention: str) -> LossTold:
    """Return how the squared error of outputs of that name is told, in that convention."""
    loss = squared_error_name(outputs, convention)
    return LossTold(
        value=partial(squares_value, convention=convention),
        delta=partial(squares_delta, loss=loss, convention=convention),
        unit_gradient=partial(squares_unit_gradient, loss=loss, convention=convention),
        unit_delta=partial(squares_unit_delta, loss=loss, convention=convention),
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
    squared_error_name(outputs, convention): squares_told(outputs, convention)
    for outputs in SLOPES
    for convention in WEIGHTS
} | {
    "cross_entropy": LossTold(
        value=cross_entropy_value,
        delta=cross_entropy_delta,
        unit_gradient=cross_entropy_unit_gradient,
        unit_delta=cross_entropy_unit_delta,
    ),
    "binary_cross_entropy": LossTold(
        value=binary_value,
        delta=binary_delta,
        unit_gradient=binary_unit_gradient,
        unit_delta=binary_unit_delta,
    ),
}


def loss_formula(loss: str, outputs: int) -> str:
    """Return the formula of one example's loss in LaTeX, for so many outputs."""
    unit = np.full(outputs, 0.5)
    return loss_told(loss).value(np.zeros(outputs), unit, unit)[0]


def loss_told(loss: str) -> LossTold:
    """Return how the loss of that name is told; raise a ValueError where nobody has said."""
    return entry_for(loss, TOLD, "losses told in numbers (mlp.exercises.explained.losses)")
