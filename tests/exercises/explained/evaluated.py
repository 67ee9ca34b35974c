"""What the numbers put into a step come to: they are read as a person reads them, from left to right."""

import re
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.exercises import Solution, solution_steps
from mlp.outputs import OUTPUTS

SIGNS = {"·": np.multiply, "⊙": np.multiply, "÷": np.divide, "/": np.divide}


def functions() -> dict:
    """Return every function that a step calls by name, as the tables have them now."""
    called = {a.symbol: a.f for a in ACTIVATIONS.values()} | {o.symbol: o.f for o in OUTPUTS.values() if o.symbol}
    return called | {"log": np.log}


def tokens(terms: Sequence) -> list:
    """Return arrays and numbers as they are, and each operator on its own."""
    names = "|".join(sorted(map(re.escape, functions()), key=len, reverse=True))
    pattern = re.compile(rf"{names}|\d+/\d+|\d+|½|[()·⊙÷/+−²]")
    found = []
    for term in terms:
        found += [term] if not isinstance(term, str) else pattern.findall(term)
        if isinstance(term, str):
            assert pattern.sub("", term).strip() == "", f"the reader does not know {term!r}"
    return found


class Reader:
    """Reads sums of products of factors."""

    def __init__(self, terms: Sequence) -> None:
        self.left = tokens(terms)[::-1]

    def next(self) -> object:
        """Return the next token without taking it; arrays are never equal to a sign."""
        token = self.left[-1] if self.left else ""
        return token if isinstance(token, str) else None

    def sum(self):
        """Return a sum of products, up to a closing bracket or the end."""
        sign = -1.0 if self.next() == "−" else 1.0
        if self.next() in ("−", "+"):
            self.left.pop()
        total = sign * self.product()
        while self.next() in ("+", "−"):
            total = total + self.product() if self.left.pop() == "+" else total - self.product()
        return total

    def product(self):
        """Return a product of factors, up to the next plus or minus."""
        value = self.factor()
        while self.left and self.next() not in ("+", "−", ")"):
            if self.next() in SIGNS:
                value = SIGNS[self.left.pop()](value, self.factor())
            else:  # side by side: matrices, or a number before a bracket
                other = self.factor()
                both = np.ndim(value) == np.ndim(other) == 2 and np.size(value) > 1 and np.size(other) > 1
                value = value @ other if both or np.shape(value)[1:] == np.shape(other)[:1] != () else value * other
        return value

    def factor(self):
        """Return a number, an array, a bracket or a function of one, squared where a square follows."""
        token = self.left.pop()
        if isinstance(token, str) and token in functions():
            value = functions()[token](np.asarray(self.factor()))
        elif isinstance(token, str) and token == "(":
            value = self.sum()
            assert self.left.pop() == ")"
        elif isinstance(token, str):
            value = float(Fraction(token.replace("½", "1/2")))
        else:
            value = token
        if self.next() == "²":
            self.left.pop()
            value = value**2
        return value


def evaluated(terms: Sequence):
    """Return what the numbers put in come to."""
    reader = Reader(terms)
    value = reader.sum()
    assert not reader.left, f"left over: {reader.left[::-1]}"
    return value


def check_steps(solution: Solution) -> None:
    """Evaluate the numbers of each step, and add up its examples' shares."""
    for step in solution_steps(solution):
        if step.terms:
            np.testing.assert_allclose(evaluated(step.terms), step.value, rtol=1e-11, atol=1e-13, err_msg=step.name)
        if step.parts:
            np.testing.assert_allclose(sum(step.parts), step.value, rtol=1e-12, atol=1e-12, err_msg=step.name)
