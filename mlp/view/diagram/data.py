"""The network diagram's data: a row for every unit, bias unit, edge and column head."""

from collections.abc import Iterator, Sequence

from mlp.exercises.solve import Solution
from mlp.losses import LOSSES
from mlp.view.diagram.edges import edge_blocks
from mlp.view.diagram.layout import FAINT, Block, exact_texts, largest, short_texts, unit_rows, written
from mlp.view.diagram.quantities import Choice, marked_place, revealing_step, unit_quantity, unit_values

DEFAULTS: Block = {
    **dict.fromkeys(("kind", "part", "source", "target", "sign", "letter", "name", "text", "short"), ""),
    **dict.fromkeys(("symbol", "spoken", "value", "gradient", "share", "after", "z", "dh"), ""),
    **dict.fromkeys(("x", "y", "x2", "y2", "size"), 0.0),
    **dict.fromkeys(("marked", "labelled"), False),
    "opacity": 1.0,
}
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def diagram_columns(solution: Solution, choice: Choice) -> dict[str, list]:
    """Return the columns of a solution's diagram: an entry for every unit, bias unit, edge and column head.

    Positions are in columns (x) and rows (y) of units; `size` is from 0 to 1, relative to the largest of its kind;
    `value`, `gradient`, `share`, `after`, `z` and `dh` are exact numbers as text.
    """
    blocks = [*head_blocks(solution, choice), *unit_blocks(solution, choice), *edge_blocks(solution, choice)]
    return {name: [entry for block in blocks for entry in entries(block, name)] for name in DEFAULTS}


def diagram_rows(columns: dict[str, list]) -> list[dict]:
    """Return the columns as a record for every unit, bias unit, edge and column head."""
    return [dict(zip(columns, entries, strict=True)) for entries in zip(*columns.values(), strict=True)]


def entries(block: Block, name: str) -> list:
    """Return one column of a block as a list as long as its list of parts."""
    value = block.get(name, DEFAULTS[name])
    return value if isinstance(value, list) else [value] * len(block["part"])


def head_blocks(solution: Solution, choice: Choice) -> Iterator[Block]:
    """Yield the head of each column: the layer, and what is written at its units."""
    depth = len(solution.exercise.network.layers)
    for layer in range(depth + 1):
        title = "inputs" if layer == 0 else "outputs" if layer == depth else f"layer {layer}"
        quantity = quantity_name(solution, unit_quantity(choice, layer), layer)
        yield {"kind": "head", "part": [f"head {layer}"], "name": title, "text": quantity, "x": float(layer)}


def quantity_name(solution: Solution, quantity: str, layer: int) -> str:
    """Return the name of a layer's z, h, dz or dh in plain text: x, h[1], z[2], ∂L/∂z[2], ŷ; empty for none."""
    if not quantity:
        return ""
    letter = unit_letter(solution, layer) if quantity.endswith("h") else "z"
    return ("∂L/∂" if quantity.startswith("d") else "") + (f"{letter}[{layer}]" if letter in "hz" else letter)


def unit_letter(solution: Solution, layer: int) -> str:
    """Return x, h, or the output's letter."""
    network = solution.exercise.network
    return "x" if layer == 0 else "h" if layer < len(network.layers) else LOSSES[network.loss].letter


def unit_blocks(solution: Solution, choice: Choice) -> Iterator[Block]:
    """Yield each layer's units and, in the last row, the bias unit that feeds the next layer."""
    sizes = solution.exercise.network.sizes
    place = marked_place(choice.marked, len(sizes) - 1)
    for layer in range(len(sizes)):
        yield unit_block(solution, choice, layer, place == ("unit", layer))
        if layer:
            yield bias_unit_block(sizes, layer, not choice.marked or place == ("b", layer))


def unit_block(solution: Solution, choice: Choice, layer: int, marked: bool) -> Block:
    """Return the units of one layer."""
    sizes, letter = solution.exercise.network.sizes, unit_letter(solution, layer)
    quantity, symbol = unit_quantity(choice, layer), quantity_name(solution, "h", layer)
    numbers, shown = range(1, sizes[layer] + 1), shown_units(solution, choice, quantity, layer)
    parts = [f"unit {layer} {i}" for i in numbers]
    exact = {key: exact_units(solution, choice, key, layer) for key in ("h", "dz", "z", "dh")}
    what = quantity_name(solution, quantity, layer)
    spoken = [f": {what} {text}" if what else "" for text in shown["text"]]
    return {
        **{"kind": "unit", "part": parts, "source": parts, "target": parts, "letter": letter, **shown},
        **{"x": float(layer), "y": unit_rows(sizes, layer), "symbol": [f"{symbol} unit {i}" for i in numbers]},
        **{"value": exact["h"], "gradient": exact["dz"], "z": exact["z"], "dh": exact["dh"]},
        "name": [f"{'z' if quantity == 'z' else letter}{i}".translate(SUBSCRIPTS) for i in numbers],
        "spoken": [f"{symbol} unit {i}{words}" for i, words in zip(numbers, spoken, strict=True)],
        "marked": marked,
        "opacity": 1.0 if marked or not choice.marked else FAINT,
    }


def bias_unit_block(sizes: Sequence[int], layer: int, clear: bool) -> Block:
    """Return the unit that is always 1 and feeds the biases of a layer, from the column of the layer below."""
    own, words = [f"one {layer}"], f"bias unit of layer {layer}"
    return {
        **{"kind": "one", "part": own, "source": own, "target": own, "letter": "1", "name": "1"},
        **{"symbol": words, "spoken": f"{words}: always 1", "x": layer - 1.0, "y": max(sizes) + 0.5},
        "opacity": 1.0 if clear else FAINT,
    }


def shown_units(solution: Solution, choice: Choice, quantity: str, layer: int) -> Block:
    """Return what is written at a layer's units: text, short text, sign and size."""
    n = solution.exercise.network.sizes[layer]
    if not quantity:
        return {"text": [""] * n}
    covered = revealing_step(solution, quantity, layer) in choice.covered
    values = unit_values(solution, quantity, layer, choice.example)
    shown = written(values, largest_unit(solution, choice, quantity), covered, choice.decimals)
    return {**shown, "short": short_texts(values, covered)}


def largest_unit(solution: Solution, choice: Choice, quantity: str) -> float:
    """Return what the units' fill is relative to: the largest derivative of all layers, 1 for z and h."""
    if not quantity.startswith("d"):
        return 1.0
    layers = range(1, len(solution.exercise.network.layers) + 1)
    return max(largest(unit_values(solution, quantity, layer, choice.example)) for layer in layers)


def exact_units(solution: Solution, choice: Choice, quantity: str, layer: int) -> list[str]:
    """Return one quantity of a layer's units as exact text; empty where the inputs have none."""
    if layer == 0 and quantity != "h":
        return [""] * solution.exercise.network.sizes[0]
    covered = revealing_step(solution, quantity, layer) in choice.covered
    return exact_texts(unit_values(solution, quantity, layer, choice.example), covered)
