"""What an output activation looks like in numbers, of all units at once and of one: an entry for each of `OUTPUTS`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from mlp.arrays import Array
from mlp.exercises.explained.activations import Terms
from mlp.exercises.explained.symbols import at, entry
from mlp.outputs import OUTPUTS
from mlp.tables import entry_for

Term = Array | float | str
Told = tuple[str, tuple[Term, ...]]
LARGEST_PLAIN_LOGIT = 30.0


@dataclass(frozen=True)
class OutputTold:
    """How an output activation is told.

    Attributes
    ----------
    vector : callable
        `vector(z, l)` returns the formula and the numbers of all outputs, from z[l] as columns (n_L, n).
    unit : callable
        `unit(z, l, i)` returns those of output i (from 0), from one example's z[l] (n_L,).
    """

    vector: Callable[[Array, int], Told]
    unit: Callable[[Array, int, int], tuple[str, Terms]]


def linear_vector(z: Array, l: int) -> Told:
    """Return z, which the outputs are."""
    return at("z", l), (z,)


def linear_unit(z: Array, l: int, i: int) -> tuple[str, Terms]:
    """Return z_i."""
    return entry("z", l, i + 1), (float(z[i]),)


def function_vector(z: Array, l: int, *, outputs: str) -> Told:
    """Return f(z) for an f that is applied to each unit."""
    return rf"{OUTPUTS[outputs].latex}\left({at('z', l)}\right)", (OUTPUTS[outputs].symbol, z)


def function_unit(z: Array, l: int, i: int, *, outputs: str) -> tuple[str, Terms]:
    """Return f(z_i) for an f that is applied to each unit."""
    return rf"{OUTPUTS[outputs].latex}({entry('z', l, i + 1)})", (f"{OUTPUTS[outputs].symbol}(", float(z[i]), ")")


def softmax_vector(z: Array, l: int) -> Told:
    """Return the exponentials and their sum, shifted by the maximum where z is large."""
    shift = z.max(axis=0, keepdims=True) if np.abs(z).max() > LARGEST_PLAIN_LOGIT else np.zeros((1, z.shape[1]))
    shown = r"z_i - \max_j z_j" if shift.any() else "z_i"
    exponentials = np.exp(z - shift)
    quotient = rf"\frac{{e^{{{shown}}}}}{{\sum_k e^{{{shown.replace('_i', '_k')}}}}}"
    formula = rf"{OUTPUTS['softmax'].latex}\left({at('z', l)}\right),\; p_i = {quotient}"
    return formula, (exponentials, "÷", exponentials.sum(axis=0, keepdims=True))


def softmax_unit(z: Array, l: int, i: int) -> tuple[str, Terms]:
    """Return e^z_i over the sum of all e^z, shifted by the maximum where z is large."""
    shift = z.max() if np.abs(z).max() > LARGEST_PLAIN_LOGIT else 0.0
    less = rf" - \max_j {entry('z', l, 'j')}" if shift else ""
    formula = rf"\frac{{e^{{{entry('z', l, i + 1)}{less}}}}}{{\sum_k e^{{{entry('z', l, 'k')}{less}}}}}"
    total = [term for value in z for term in ("+", "exp(", float(value - shift), ")")][1:]
    return formula, ("exp(", float(z[i] - shift), ")", "/", "(", *total, ")")


def function_told(outputs: str) -> OutputTold:
    """Return how a function that is applied to each unit is told."""
    return OutputTold(partial(function_vector, outputs=outputs), partial(function_unit, outputs=outputs))


TOLD: dict[str, OutputTold] = {
    "linear": OutputTold(vector=linear_vector, unit=linear_unit),
    "logistic": function_told("logistic"),
    "tanh": function_told("tanh"),
    "softmax": OutputTold(vector=softmax_vector, unit=softmax_unit),
}


def output_told(outputs: str) -> OutputTold:
    """Return how the outputs of that name are told; raise a ValueError where nobody has said."""
    return entry_for(outputs, TOLD, "outputs told in numbers (mlp.exercises.explained.outputs)")
