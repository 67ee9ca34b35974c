"""Hyperparameters as text: their labels, how a typed one is read, how one is shown, and the call to paste."""

import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

from mlp.activations import ACTIVATIONS
from mlp.experiments.config import Comparison, Config, OurConfig
from mlp.initialisation import INITS
from mlp.limits import (
    LARGEST_BATCH,
    LARGEST_MOMENTUM,
    LARGEST_PENALTY,
    LARGEST_RATE,
    LARGEST_SEED,
    LARGEST_TOLERANCE,
    MOST_EPOCHS,
    TRAINED_LAYERS,
    TRAINED_UNITS,
)
from mlp.losses import LOSSES
from mlp.view.datasets import dataset_label
from mlp.view.numbers import parse_number, parse_whole_number, quoted

WORDS = {"auto": "auto", "never": math.inf}


@dataclass(frozen=True)
class Hyperparameter:
    """A field of `OurConfig` and `PeerConfig` as a person sees it.

    Attributes
    ----------
    name : str
        scikit-learn's name.
    label, help : str
    parse : callable
        Turns a text into the value, or raises a ValueError that says what is needed.
    choices : tuple of str
        The only texts there are; empty where anything can be typed.
    """

    name: str
    label: str
    help: str
    parse: Callable[[str], object] = str
    choices: tuple[str, ...] = ()


def parse_layers(text: str) -> tuple[int, ...]:
    """Return the units of each hidden layer from "50" or "64, 32"."""
    numbers = re.findall(r"\d{1,9}", text)
    if (
        not re.fullmatch(r"[\s(\[]*\d+(\s*[,;\s]\s*\d+)*[\s,)\]]*", text)
        or not 1 <= len(numbers) <= TRAINED_LAYERS
        or not all(1 <= int(number) <= TRAINED_UNITS for number in numbers)
    ):
        raise ValueError(
            f"up to {TRAINED_LAYERS} whole numbers from 1 to {TRAINED_UNITS}, such as 50 or 64, 32; got {quoted(text)}."
        )
    return tuple(map(int, numbers))


def parse_or_word(text: str, *, word: str, high: int) -> object:
    """Return the whole number from 1 to `high` in the text, or what the word stands for."""
    if text.strip().lower() == word:
        return WORDS[word]
    try:
        return parse_whole_number(text, low=1, high=high)
    except ValueError as error:
        raise ValueError(f"{word}, or {error}") from None


def parse_truth(text: str) -> bool:
    """Return the truth value of "True" or "False"."""
    return text == "True"


FIELDS: dict[str, Hyperparameter] = {
    field.name: field
    for field in (
        Hyperparameter("hidden_layer_sizes", "Hidden units", "Units of each hidden layer, the first one first: 50, or "
                       f"64, 32. At most {TRAINED_LAYERS} layers of {TRAINED_UNITS}.", parse_layers),
        Hyperparameter("learning_rate_init", "Learning rate η", "How far a step goes against the gradient.",
                       partial(parse_number, above=0.0, high=LARGEST_RATE)),
        Hyperparameter("batch_size", "Batch size", "Examples an update: 1 is one at a time; auto is 200, or the "
                       "whole training set if it is smaller.", partial(parse_or_word, word="auto", high=LARGEST_BATCH)),
        Hyperparameter("max_iter", "Epochs at most", f"How often the whole training set is seen, at most {MOST_EPOCHS} "
                       "times on this shared server.", partial(parse_whole_number, low=1, high=MOST_EPOCHS)),
        Hyperparameter("activation", "Hidden activation", "The function g of every hidden unit.",
                       choices=tuple(ACTIVATIONS)),
        Hyperparameter("momentum", "Momentum", "The share of the last step that the next one keeps.",
                       partial(parse_number, low=0.0, high=LARGEST_MOMENTUM)),
        Hyperparameter("nesterovs_momentum", "Nesterov", "Nesterov's momentum: whether a step looks ahead.",
                       parse_truth, ("False", "True")),
        Hyperparameter("alpha", "Weight penalty α", "The loss of a batch of n gets α / 2n · ‖W‖².",
                       partial(parse_number, low=0.0, high=LARGEST_PENALTY)),
        Hyperparameter("tol", "Tolerance", "An epoch is progress if its loss is this much below the best one's.",
                       partial(parse_number, low=0.0, high=LARGEST_TOLERANCE)),
        Hyperparameter("n_iter_no_change", "Patience", "Training ends after more than so many epochs in a row without "
                       "progress; never goes on to the last one.",
                       partial(parse_or_word, word="never", high=MOST_EPOCHS)),
        Hyperparameter("shuffle", "Shuffle", "Whether each epoch takes the examples in a new order.", parse_truth,
                       ("True", "False")),
        Hyperparameter("random_state", "Seed", "The same seed gives the same first weights and the same orders.",
                       partial(parse_whole_number, low=0, high=LARGEST_SEED)),
        Hyperparameter("loss", "Loss", "Cross-entropy has softmax outputs, the squared error linear ones, the logistic "
                       "squared error logistic ones. scikit-learn always takes cross-entropy.", choices=tuple(LOSSES)),
        Hyperparameter("init", "First weights", "normal: standard deviation 0.1, biases zero. glorot_uniform: as "
                       "scikit-learn draws them, within bounds that shrink with the size of the layers.",
                       choices=tuple(INITS)),
    )
}  # fmt: skip


def as_text(value: object) -> str:
    """Return a hyperparameter's value as it is typed: "64, 32", "never", "0.001", "True"."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if value == math.inf:
        return "never"
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    return str(value)


def as_call(config: Config) -> str:
    """Return the call that makes this model, to be pasted into Python."""
    values = {name: "np.inf" if value == math.inf else repr(value) for name, value in asdict(config).items()}
    ours = isinstance(config, OurConfig)
    fixed = {} if ours else {"solver": "'sgd'", "learning_rate": "'constant'"}
    arguments = "".join(f"    {name}={value},\n" for name, value in {**values, **fixed}.items())
    return f"{'MLP' if ours else 'MLPClassifier'}(\n{arguments})"


def changes(old: Comparison, new: Comparison) -> list[str]:
    """Return in words which settings are not what they were: "ours: Learning rate η 0.001, now 0.01"."""
    rows = [
        f"{who}: {FIELDS[name].label} {as_text(before)}, now {as_text(getattr(now, name))}"
        for who, was, now in (("ours", old.ours, new.ours), ("scikit-learn", old.peer, new.peer))
        for name, before in asdict(was).items()
        if before != getattr(now, name)
    ]
    for label, before, after in (
        ("data set", dataset_label(old.data.dataset), dataset_label(new.data.dataset)),
        ("scaling", old.data.scaling, new.data.scaling),
        ("test share", old.data.test_size, new.data.test_size),
        ("split seed", old.data.random_state, new.data.random_state),
        ("parts swapped", old.data.swapped, new.data.swapped),
    ):
        rows += [f"{label} {as_text(before)}, now {as_text(after)}"] if before != after else []
    return rows
