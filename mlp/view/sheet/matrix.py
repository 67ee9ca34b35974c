"""Matrices of cells, with a name for the whole, its rows and its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlp.exercises.explained.steps import Term
from mlp.view.sheet.cells import Cell, shown

Array = np.ndarray


@dataclass(frozen=True)
class Matrix:
    """A matrix, or a single number as one without brackets.

    Attributes
    ----------
    name : str
        In plain text: "∂L/∂W[2]".
    cells : tuple of tuples of cells
    rows, columns : tuple of str
        Names of the rows and columns; empty where the place alone names them.
    result : bool
        Whether it is what comes out, and marked as such.
    single : bool
        Whether it is a number.
    """

    name: str
    cells: tuple[tuple[Cell, ...], ...]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    result: bool = False
    single: bool = False

    @property
    def as_data(self) -> dict[str, object]:
        """The matrix as plain data: its frame, and its cells in reading order."""
        frame = {
            "name": self.name,
            "shape": [len(self.cells), len(self.cells[0])],
            "rows": list(self.rows),
            "columns": list(self.columns),
            "result": self.result,
            "single": self.single,
        }
        return {"frame": frame, "cells": [cell.as_data for row in self.cells for cell in row]}


Side = tuple[Matrix | str, ...]


def side_data(side: Side) -> list[object]:
    """Return one side of an equation as plain data: matrices, and operators as text."""
    return [part if isinstance(part, str) else part.as_data for part in side]


def matrix(
    name: str,
    values: Array,
    decimals: int,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    *,
    result: bool = False,
) -> Matrix:
    """Return a matrix of numbers to be read.

    Parameters
    ----------
    name : str
    values : array of shape (rows, columns)
    decimals : int
        As in `format_number`.
    rows, columns : sequence of str
        Their names.
    result : bool
    """
    cells = tuple(tuple(shown(value, decimals) for value in row) for row in np.atleast_2d(values).tolist())
    return Matrix(name, cells, tuple(rows), tuple(columns), result)


def term(name: str, value: Term, decimals: int) -> Matrix | str:
    """Return one of the numbers put in: a matrix, a number, or an operator."""
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray):
        return matrix(name, value, decimals)
    return single(name, float(value), decimals)


def single(name: str, value: float, decimals: int, *, result: bool = False) -> Matrix:
    """Return a number."""
    return Matrix(name, ((shown(value, decimals),),), result=result, single=True)
