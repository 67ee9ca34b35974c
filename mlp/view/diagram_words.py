"""The network diagram in words, for those who can't see it."""

import pandas as pd

from mlp.exercises.solve import Solution
from mlp.view.diagram_data import diagram_table, quantity_name
from mlp.view.diagram_quantities import Choice, unit_quantity

EDGE_WORDS = {
    "weights": "weights and biases",
    "activations": "weights and biases",
    "gradients": "derivatives of the loss by the weights and biases",
    "update": "changes of the weights and biases",
}
SIGNS = ("positive", "negative", "zero", "covered")
LARGEST = 3
KEY = (
    "Solid blue edges are positive, dashed orange ones negative, grey ones 0; the wider, the larger. "
    "A square is a bias unit, always 1. Click a unit or an edge to see its sums."
)


def diagram_alt(solution: Solution, choice: Choice | None = None, table: pd.DataFrame | None = None) -> str:
    """Return what the diagram shows in a few sentences: sizes, the units' numbers, signs and the largest edges.

    Parameters
    ----------
    solution : Solution
    choice : Choice, optional
    table : DataFrame, optional
        What `diagram_table` returned for these, if it is at hand.
    """
    choice = choice or Choice()
    table = diagram_table(solution, choice) if table is None else table
    sentences = [sizes_sentence(solution), *unit_sentences(solution, choice, table), *edge_sentences(choice, table)]
    return " ".join([*sentences, f"Marked is the step {choice.marked}."] if choice.marked else sentences)


def sizes_sentence(solution: Solution) -> str:
    """Return the layer sizes as a sentence."""
    inputs, *hidden, outputs = solution.exercise.network.sizes
    between = f", hidden layers of {' and '.join(map(str, hidden))} units" if hidden else ""
    return f"A network of {inputs} inputs{between} and {outputs} outputs; a bias unit feeds each layer."


def unit_sentences(solution: Solution, choice: Choice, table: pd.DataFrame) -> list[str]:
    """Return a sentence for each layer whose units show numbers."""
    units = table[table["kind"] == "unit"]
    layers = range(len(solution.exercise.network.sizes))
    names = [quantity_name(solution, unit_quantity(choice, layer), layer) for layer in layers]
    texts = [", ".join(units.loc[units["x"] == layer, "text"]) for layer in layers]
    return [f"{name}: {text}." for name, text in zip(names, texts, strict=True) if name]


def edge_sentences(choice: Choice, table: pd.DataFrame) -> list[str]:
    """Return how many edges have which sign, and the largest ones with their numbers."""
    edges = table[table["kind"] == "edge"]
    counts = edges["sign"].replace("", "covered").value_counts()
    signs = ", ".join(f"{counts[sign]} {sign}" for sign in SIGNS if sign in counts)
    count = f"Its {len(edges)} {EDGE_WORDS[choice.show]}: {signs}."
    if edges["text"].nunique() == 1:
        return [count, f"All are {edges['text'].iloc[0]}."]
    largest = edges[edges["size"] > 0.0].nlargest(LARGEST, "size")
    named = ", ".join(f"{symbol} {text}" for symbol, text in zip(largest["symbol"], largest["text"], strict=True))
    return [count, f"Largest: {named}."]
