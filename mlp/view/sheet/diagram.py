"""The network as marks to be drawn as vectors: places in pixels, widths, names and numbers, all made here."""

from mlp.exercises.solve import Solution
from mlp.view.diagram.data import diagram_columns, diagram_rows
from mlp.view.diagram.quantities import Choice
from mlp.view.diagram.words import diagram_alt

COLUMN, ROW, RADIUS = 130.0, 50.0, 16.0
LEFT, TOP = 34.0, 44.0
THINNEST, THICKEST = 1.0, 6.0
EXACT = {"value": "value", "gradient": "∂L by it", "share": "this example's share", "after": "after the step"}
UNIT_EXACT = {"value": "h", "z": "z", "dh": "∂L/∂h", "gradient": "∂L/∂z"}


def diagram_data(solution: Solution, choice: Choice, chosen: str = "") -> dict[str, object]:
    """Return the diagram as plain data, with the list of its parts to choose from: each by its name.

    Parameters
    ----------
    solution : Solution
    choice : Choice
        What it shows.
    chosen : str
        The part that is chosen, as in `parse_part`.
    """
    sizes = solution.exercise.network.sizes
    columns = diagram_columns(solution, choice)
    rows = diagram_rows(columns)
    width = 2 * LEFT + COLUMN * (len(sizes) - 1)
    height = TOP + ROW * (max(sizes) + 1) + RADIUS / 2
    return {
        "box": [round(width), round(height)],
        "alt": diagram_alt(solution, choice, columns),
        "heads": [[across(row["x"]), row["name"], row["text"]] for row in rows if row["kind"] == "head"],
        "edges": [edge_mark(row) for row in rows if row["kind"] == "edge"],
        "units": [unit_mark(row) for row in rows if row["kind"] in ("unit", "one")],
        "parts": [[row["part"], row["symbol"]] for row in rows if row["kind"] in ("edge", "unit")],
        "chosen": chosen,
    }


def across(column: float) -> float:
    """Return how far from the left a column stands."""
    return LEFT + COLUMN * column


def down(row: float) -> float:
    """Return how far from the top a row stands."""
    return TOP + ROW * row


def edge_mark(row: dict) -> dict[str, object]:
    """Return an edge: its ends, width and sign, its name with the number shown, and all its numbers."""
    return {
        "part": row["part"],
        "ends": [across(row["x"]), down(row["y"]), across(row["x2"]), down(row["y2"])],
        "width": round(THINNEST + (THICKEST - THINNEST) * row["size"], 2),
        "sign": row["sign"],
        "name": row["spoken"],
        "exact": exact(row, EXACT),
        "marked": row["marked"],
        "opacity": row["opacity"],
        "text": row["text"],
    }


def unit_mark(row: dict) -> dict[str, object]:
    """Return a unit, or the bias unit that is always 1: its place, letters and numbers."""
    return {
        "part": row["part"],
        "place": [across(row["x"]), down(row["y"])],
        "square": row["kind"] == "one",
        "letters": row["name"],
        "number": row["short"],
        "sign": row["sign"],
        "name": row["spoken"],
        "exact": exact(row, UNIT_EXACT),
        "marked": row["marked"],
        "opacity": row["opacity"],
    }


def exact(row: dict, names: dict[str, str]) -> str:
    """Return all the numbers of a part on one line."""
    return ", ".join(f"{name} {row[key]}" for key, name in names.items() if row[key])
