"""The sheet's symbols in LaTeX, and its vectors as columns."""

import numpy as np

from mlp.arrays import Array


def bold(symbol: str) -> str:
    """Return a bold letter."""
    return rf"\mathbf{{{symbol}}}"


def at(symbol: str, l: int, *, transposed: bool = False) -> str:
    """Return a bold letter with its layer, W^[l], transposed if asked for."""
    mark = r"\top" if transposed else ""
    return f"{bold(symbol)}^{{[{l}]{mark}}}"


def d_at(symbol: str, l: int, *, example: str = "") -> str:
    """Return dL/dW^[l] for a bold letter and its layer; the derivative of one example's loss where it is named."""
    mark = f"({example})" if example else ""
    return rf"\frac{{\partial L}}{{\partial {bold(symbol)}^{{[{l}]{mark}}}}}"


def velocity_at(symbol: str, l: int) -> str:
    """Return the velocity v_W^[l] of a layer's weights or biases."""
    return rf"{bold('v')}_{{{symbol}}}^{{[{l}]}}"


def column(values: Array) -> Array:
    """Return a vector (n,) as a column (n, 1)."""
    return values[:, np.newaxis]


def entry(symbol: str, l: int, *places: int | str, example: str = "") -> str:
    """Return one entry of a vector or matrix, w^[l]_1,3, of one example where it is named; of h^[0] it is x_3."""
    mark = f"({example})" if example else ""
    if symbol == "h" and l == 0:
        return f"x_{{{places[0]}}}" + (f"^{{{mark}}}" if mark else "")
    return f"{symbol}^{{[{l}]{mark}}}_{{{','.join(map(str, places))}}}"


def d_by(symbol: str) -> str:
    """Return dL/d of a symbol."""
    return rf"\frac{{\partial L}}{{\partial {symbol}}}"
