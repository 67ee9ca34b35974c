"""A part of the network taken apart: its sums, and every path from a weight to the loss."""

from collections.abc import Sequence
from heapq import nlargest
from math import fsum

from mlp.exercises.explained.parts import Part, parse_part, part_sums
from mlp.exercises.explained.paths import Path, factor_symbols, path_count, paths_to_loss
from mlp.exercises.explained.sums import Sum
from mlp.exercises.solve import Solution
from mlp.view.numbers import format_number
from mlp.view.sheet.cells import exact_text, shown
from mlp.view.sheet.words import formula_of

MOST_PATHS, MOST_SHOWN = 4096, 24


def part_data(solution: Solution, part: str, example: int, decimals: int) -> dict[str, object] | None:
    """Return what is said of a part; None where the network has no such part.

    Parameters
    ----------
    solution : Solution
    part : str
        As in `parse_part`; it may come from outside.
    example : int
        Which example's numbers a unit tells.
    decimals : int
        As in `format_number`.
    """
    try:
        found = parse_part(part, solution.exercise.network.sizes)
    except ValueError:
        return None
    sums = [sum_data(each, decimals) for each in part_sums(solution, part, example)]
    paths = paths_data(solution, found, decimals) if found.kind in ("edge", "bias") else None
    return {"title": found.words, "sums": sums, "paths": paths}


def sum_data(number: Sum, decimals: int) -> dict[str, object]:
    """Return symbol = formula as MathML, the numbers put in as text, and the value."""
    formula = f"{number.symbol} = {number.formula}" if number.formula else number.symbol
    return {
        "formula": formula_of(formula),
        "terms": terms_text(number.terms, decimals) if number.formula else "",
        "value": shown(number.value, decimals).as_data,
    }


def terms_text(terms: Sequence[float | str], decimals: int) -> str:
    """Return the numbers put in as text, negative ones in brackets after an operator."""
    words = []
    for k, term in enumerate(terms):
        if isinstance(term, str):
            words.append(term if term.endswith("(") or term in (")", "²", "max(0,") else f" {term} ")
            continue
        text = format_number(term, decimals)
        behind = k > 0 and terms[k - 1] in ("+", "−", "·", "/")
        words.append(f"({text})" if text.startswith("−") and behind else text)
    return "".join(words).replace("  ", " ").strip()


def paths_data(solution: Solution, part: Part, decimals: int) -> dict[str, object]:
    """Return the table of the paths: a column for each factor, a row for each path, and their sum."""
    count = path_count(solution, part)
    if count > MOST_PATHS:
        words = f"{count:,} paths lead to the loss: too many to be listed."
        return {"words": words, "head": [], "rows": [], "total": ""}
    l, row, column = part.layer, part.row - 1, part.column - 1
    derivative = solution.gradients.W[l][row, column] if part.kind == "edge" else solution.gradients.b[l][row]
    total = f"{f'Sum of all {count} paths' if count > 1 else 'One path'}: {exact_text(float(derivative))}"
    head = [formula_of(symbol) for symbol in factor_symbols(solution, part)]
    paths = list(paths_to_loss(solution, part))
    largest = nlargest(MOST_SHOWN, paths, key=size) if count > MOST_SHOWN else paths
    words = "Each path from here to the loss is a product of what stands on its way; together they are the derivative."
    if count > MOST_SHOWN:
        rest = fsum(path.value for path in paths) - fsum(path.value for path in largest)
        words += f" The {MOST_SHOWN} largest of {count} are listed; the others add {format_number(rest, decimals)}."
    rows = [path_row(solution, path, decimals) for path in largest]
    return {"words": words, "head": head, "rows": rows, "total": total}


def size(path: Path) -> float:
    """Return how much a path matters."""
    return abs(path.value)


def path_row(solution: Solution, path: Path, decimals: int) -> dict[str, object]:
    """Return the units on a path, its factors and its product."""
    ways = " → ".join(f"unit {unit}" for unit in path.units) + " → L"
    if len(solution.X) > 1:
        ways = f"example {solution.exercise.selected[path.example] + 1}: {ways}"
    factors = [shown(factor, decimals).as_data for factor in path.factors]
    return {"way": ways, "factors": factors, "value": shown(path.value, decimals).as_data}
