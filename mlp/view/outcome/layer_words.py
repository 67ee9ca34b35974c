"""Layers in words: how many units are saturated, how large the gradients are, and how to read their curves."""

from mlp.experiments.outcome.insight import EXAMPLES, LayerInsight
from mlp.tables import entry_for
from mlp.view.numbers import format_number

SATURATION, GRADIENT = "share", "norm"
TITLES = {SATURATION: "Saturated answers (share)", GRADIENT: "Size of the gradient ‖∂L/∂W‖"}
READ = {
    SATURATION: "Where a curve is high, most answers are on the flat part of the activation: the slope there is almost "
    "0, little of the error gets through, and the weights below hardly learn.",
    GRADIENT: "A step is in proportion to it. Where it falls, there is less left to learn, or training is stuck; where "
    "a lower layer's is far below the next one's, the error fades on its way back.",
}
UNIT_RULES = {
    "tanh": "An answer of a tanh unit is saturated beyond ±0.95, and the unit if at least half of its answers to "
    "{examples} are.",
    "logistic": "An answer of a logistic unit is saturated below 0.025 and above 0.975, and the unit if at least half "
    "of its answers to {examples} are.",
    "relu": "An answer of a relu unit is saturated if it is 0, and the unit, which is then called dead, if it answers "
    "0 to all of {examples}.",
    "identity": "Identity units never saturate: their slope is 1 everywhere.",
    "leaky_relu": "Leaky ReLU units never saturate: their slope is at least 0.01.",
    "elu": "An answer of an ELU unit is saturated below −0.95, and the unit if at least half of its answers to "
    "{examples} are.",
    "softplus": "An answer of a softplus unit is saturated below 0.05, and the unit if at least half of its answers to "
    "{examples} are.",
    "gelu": "An answer of a GELU unit is saturated where z is below −2.5, and the unit if at least half of its answers "
    "to {examples} are.",
}
SIZE = (
    "The gradient is that of the mean loss on {examples}, without the weight penalty; its size is the square root of "
    "the sum of its squares."
)

Insights = dict[int, tuple[LayerInsight, ...]]


def count_words(layer: LayerInsight) -> str:
    """Return how many of a layer's units are saturated."""
    return "" if layer.saturated is None else f"{layer.saturated} of {layer.units}"


def saturation_words(layers: tuple[LayerInsight, ...]) -> str:
    """Return how many units of each hidden layer are saturated at an epoch, blank without a hidden layer."""
    told = [
        f"{layer.saturated} of {layer.units} in layer {layer.layer} ({layer.share:.1%} of their answers)"
        for layer in layers
        if layer.saturated is not None
    ]
    return f"Saturated units: {'; '.join(told)}." if told else ""


def gradient_words(layers: tuple[LayerInsight, ...]) -> str:
    """Return the size of each layer's gradient at an epoch."""
    told = [f"{format_number(layer.gradient_norm)} in layer {layer.layer}" for layer in layers]
    return f"The size of the gradient ‖∂L/∂W‖ is {'; '.join(told)}."


def rule_words(hidden: str, n: int) -> str:
    """Return what saturated means for an activation, and what a gradient's size is, on so many training examples."""
    examples = f"the {n:,} training examples" if n <= EXAMPLES else f"the first {EXAMPLES:,} training examples"
    rule = entry_for(hidden, UNIT_RULES, "saturation in words (mlp.view.outcome.layer_words)")
    return f"{rule} {SIZE}".format(examples=examples)


def curves_alt(quantity: str, insights: dict[str, Insights]) -> str:
    """Return what the curves show, from the first epoch to the last."""
    told = [
        f"{model} {line}"
        for model, by_epoch in insights.items()
        for line in model_curves(quantity, list(by_epoch.values()))
    ]
    return f"{TITLES[quantity]} by epoch. {'; '.join(told)}."


def model_curves(quantity: str, seen: list[tuple[LayerInsight, ...]]) -> list[str]:
    """Return each curve of a model in words."""
    ends = zip(*(seen[at] for at in (0, -1)), strict=True)
    told = [(first.layer, value_of(quantity, first), value_of(quantity, last)) for first, last in ends]
    return [f"layer {layer} from {first} to {last}" for layer, first, last in told if first]


def value_of(quantity: str, layer: LayerInsight) -> str:
    """Return a layer's quantity as text, blank where it has none."""
    if quantity == SATURATION:
        return "" if layer.share is None else f"{layer.share:.1%}"
    return format_number(layer.gradient_norm, 5)
