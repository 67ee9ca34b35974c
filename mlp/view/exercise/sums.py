"""One number of the solution as LaTeX: symbol = formula = numbers put in = value."""

import math

from mlp.exercises.explained.sums import Sum
from mlp.view.numbers import format_number

OPERATORS = {
    "+": " + ",
    "−": " - ",
    "·": r" \cdot ",
    "/": " / ",
    "(": "(",
    ")": ")",
    "²": "^2",
    "tanh(": r"\tanh(",
    "σ(": r"\sigma(",
    "max(0,": r"\max(0,\, ",
    "exp(": r"\exp(",
    "log(": r"\log(",
    "Φ(": r"\Phi(",
    "φ(": r"\varphi(",
}
# Two products a line fit a telephone
PRODUCTS = 2


def sum_latex(number: Sum, decimals: int) -> str:
    """Return the equation as aligned lines of LaTeX; a long sum is broken before every third of its products.

    Parameters
    ----------
    number : Sum
    decimals : int
        As in `format_number`.
    """
    lines = [number.formula, *terms_lines(number.terms, decimals)]
    value = rf"\mathbf{{{number_latex(number.value, decimals)}}}"
    sides = [rf"{number.symbol} &= {lines[0] or value}"]
    for k, line in enumerate(lines[1:]):
        sides.append(rf"&= {line}" if k == 0 else rf"&\quad {line}")
    if number.formula:
        sides.append(rf"&= {value}")
    return r"\begin{aligned}" + r" \\ ".join(sides) + r"\end{aligned}"


def number_latex(value: float, decimals: int) -> str:
    """Return a number in LaTeX, rounded for display: -0.25, 1.2e-5 as a power of ten, or words for an overflow."""
    text = format_number(value, decimals).replace("−", "-")
    if not math.isfinite(value):
        return rf"\text{{{text}}}"
    mantissa, _, exponent = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{exponent}}}" if exponent else mantissa


def terms_lines(terms: tuple[float | str, ...], decimals: int) -> list[str]:
    """Return the numbers put in, with their operators, as lines of LaTeX."""
    lines, depth, products = [""], 0, 0
    for k, term in enumerate(terms):
        opens = isinstance(term, str) and (term.endswith("(") or term == "max(0,")
        depth += opens - (term == ")")
        products += term == "+" and depth == 0
        if term == "+" and depth == 0 and products % PRODUCTS == 0:
            lines.append("")
        lines[-1] += OPERATORS[term] if isinstance(term, str) else factor(terms, k, decimals)
    return [line.strip() for line in lines if line]


def factor(terms: tuple[float | str, ...], k: int, decimals: int) -> str:
    """Return term k, a number; in brackets where it is negative, or a power of ten that is squared."""
    text = number_latex(float(terms[k]), decimals)
    squared = k + 1 < len(terms) and terms[k + 1] == "²"
    after_operator = k > 0 and terms[k - 1] in ("+", "−", "·", "/")
    return f"({text})" if (text.startswith("-") and (after_operator or squared)) or (squared and " " in text) else text
