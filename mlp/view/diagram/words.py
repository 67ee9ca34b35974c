"""The network diagram in words, for those who can't see it."""

from collections import Counter
from heapq import nlargest
from operator import itemgetter

from mlp.exercises.solve import Solution
from mlp.view.diagram.data import quantity_name
from mlp.view.diagram.quantities import Choice, unit_quantity

EDGE_WORDS = {
    "weights": "weights and biases",
    "activations": "weights and biases",
    "gradients": "derivatives of the loss by the weights and biases",
    "update": "changes of the weights and biases",
}
Columns = dict[str, list]
SIGNS = ("positive", "negative", "zero", "covered")
LARGEST = 3
KEY = (
    "Solid blue edges are positive, dashed orange ones negative, grey ones 0; the wider, the larger. "
    "A square is a bias unit, always 1. Choose a unit or an edge to see just its sums and paths."
)


def diagram_alt(solution: Solution, choice: Choice, columns: Columns) -> str:
    """Return what the diagram shows in a few sentences: sizes, the units' numbers, signs and the largest edges.

    Parameters
    ----------
    solution : Solution
    choice : Choice
    columns : dict of lists
        What `diagram_columns` returned for these.
    """
    sentences = [sizes_sentence(solution), *unit_sentences(solution, choice, columns), *edge_sentences(choice, columns)]
    return " ".join([*sentences, f"Marked is the step {choice.marked}."] if choice.marked else sentences)


def sizes_sentence(solution: Solution) -> str:
    """Return the layer sizes as a sentence."""
    inputs, *hidden, outputs = solution.exercise.network.sizes
    between = f", hidden layers of {' and '.join(map(str, hidden))} units" if hidden else ""
    return f"A network of {inputs} inputs{between} and {outputs} outputs; a bias unit feeds each layer."


def unit_sentences(solution: Solution, choice: Choice, columns: Columns) -> list[str]:
    """Return a sentence for each layer whose units show numbers."""
    texts: dict[int, list[str]] = {layer: [] for layer in range(len(solution.exercise.network.sizes))}
    for kind, layer, text in zip(columns["kind"], columns["x"], columns["text"], strict=True):
        if kind == "unit":
            texts[int(layer)].append(text)
    names = {layer: quantity_name(solution, unit_quantity(choice, layer), layer) for layer in texts}
    return [f"{name}: {', '.join(texts[layer])}." for layer, name in names.items() if name]


def edge_sentences(choice: Choice, columns: Columns) -> list[str]:
    """Return how many edges have which sign, and the largest ones with their numbers."""
    rows = zip(*(columns[name] for name in ("kind", "sign", "size", "symbol", "text")), strict=True)
    edges = [row[1:] for row in rows if row[0] == "edge"]
    counts = Counter(sign or "covered" for sign, *_ in edges)
    signs = ", ".join(f"{counts[sign]} {sign}" for sign in SIGNS if counts[sign])
    count = f"Its {len(edges)} {EDGE_WORDS[choice.show]}: {signs}."
    if len({text for *_, text in edges}) == 1:
        return [count, f"All are {edges[0][-1]}."]
    largest = [edge for edge in nlargest(LARGEST, edges, key=itemgetter(1)) if edge[1] > 0.0]
    return [count, f"Largest: {', '.join(f'{symbol} {text}' for *_, symbol, text in largest)}."]
