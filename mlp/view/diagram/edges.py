"""The edges of the network diagram: weights from unit to unit, and biases from a unit that is always 1."""

from collections.abc import Iterator, Sequence

from mlp.exercises.solve import Solution
from mlp.view.diagram.layout import (
    FADED,
    FAINT,
    MANY_EDGES,
    PLAIN,
    Block,
    exact_texts,
    largest,
    largest_layer,
    unit_rows,
    written,
)
from mlp.view.diagram.quantities import Choice, EdgeGroup, edge_groups, edge_values, edges_covered, marked_place

FEW_EDGES = 9


def edge_blocks(solution: Solution, choice: Choice) -> Iterator[Block]:
    """Yield each layer's weights, then its biases; widths are relative to the largest of all layers."""
    groups = list(edge_groups(solution, choice.example))
    known = [edge_values(choice, group) for group in groups if not edges_covered(choice, group)]
    reference = max((largest(values) for values in known), default=0.0)
    reference = max(reference, 1.0) if choice.show in ("weights", "activations") else reference
    for group in groups:
        yield edge_block(solution, choice, group, reference)


def edge_block(solution: Solution, choice: Choice, group: EdgeGroup, reference: float) -> Block:
    """Return a layer's weights, or its biases, as edges."""
    sizes, layer = solution.exercise.network.sizes, group.layer
    marked = marked_place(choice.marked, len(sizes) - 1) == (group.letter, layer)
    values = edge_values(choice, group).ravel()
    shown = written(values, reference, edges_covered(choice, group), choice.decimals)
    names = edge_names(group)
    plain = FAINT if choice.show == "activations" or largest_layer(sizes) > MANY_EDGES else PLAIN
    few = len(sizes) <= 4 and sizes[layer] * (sizes[layer - 1] + 1) <= FEW_EDGES
    return {
        **{"kind": "edge", "x": layer - 1.0, "x2": float(layer), "marked": marked, "labelled": few, **shown, **names},
        **edge_rows(sizes, group),
        **exact_edges(solution, choice, group),
        "letter": group.letter,
        "spoken": [f"{symbol}: {text}" for symbol, text in zip(names["symbol"], shown["text"], strict=True)],
        "opacity": 1.0 if marked else FADED if choice.marked else plain,
    }


def edge_names(group: EdgeGroup) -> Block:
    """Return the part, its two ends and its symbol, of each edge in the order of the matrix."""
    l, rows, columns = group.layer, *group.before.shape
    if group.letter == "b":
        return {
            **{"part": [f"bias {l} {i}" for i in range(1, rows + 1)], "source": f"one {l}"},
            **{"target": [f"unit {l} {i}" for i in range(1, rows + 1)]},
            "symbol": [f"b[{l}] entry {i}" for i in range(1, rows + 1)],
        }
    places = [(i, j) for i in range(1, rows + 1) for j in range(1, columns + 1)]
    return {
        **{"part": [f"edge {l} {i} {j}" for i, j in places], "source": [f"unit {l - 1} {j}" for _, j in places]},
        **{"target": [f"unit {l} {i}" for i, _ in places]},
        "symbol": [f"W[{l}] row {i}, column {j}" for i, j in places],
    }


def edge_rows(sizes: Sequence[int], group: EdgeGroup) -> Block:
    """Return where each edge begins and ends."""
    start = unit_rows(sizes, group.layer - 1) if group.letter == "W" else [max(sizes) + 0.5]
    end = unit_rows(sizes, group.layer)
    return {"y": start * len(end), "y2": [y for y in end for _ in start]}


def exact_edges(solution: Solution, choice: Choice, group: EdgeGroup) -> Block:
    """Return each edge's parameter, derivative, the example's share in it (of several), and new parameter, exactly."""
    name, several = f"{group.letter}{group.layer}", len(solution.X) > 1 and choice.example is not None
    derivative_covered = f"d{name}" in choice.covered
    return {
        "value": exact_texts(group.before, False),
        "gradient": exact_texts(group.gradient, derivative_covered),
        "share": exact_texts(group.share, derivative_covered) if several else "",
        "after": exact_texts(group.after, f"{name} new" in choice.covered),
    }
