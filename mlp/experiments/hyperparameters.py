"""Every setting once: all that is said of a hyperparameter, or of a setting of the data, stands in its record here.

Pages, files, names of runs, tables and the ladder read these records. How to train with a setting is the core's affair.
"""

import math
from dataclasses import dataclass

from mlp.activations import ACTIVATIONS, scikit_learn_activations
from mlp.datasets import SCALINGS
from mlp.initialisation import INITS
from mlp.limits import (
    LARGEST_BATCH,
    LARGEST_COUNT,
    LARGEST_MOMENTUM,
    LARGEST_PENALTY,
    LARGEST_RATE,
    LARGEST_SEED,
    LARGEST_SETTING,
    LARGEST_TEST_SHARE,
    LARGEST_TOLERANCE,
    LEAST_TEST_SHARE,
    MOST_EPOCHS,
    TRAINED_LAYERS,
    TRAINED_UNITS,
)
from mlp.losses import LOSSES


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`, without `low` itself where it is `open`; up to `kept` in a file."""

    low: float
    high: float
    open: bool = False
    kept: float = LARGEST_SETTING


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`, up to `kept` in a file, or the `word`, which is one of `WORDS`."""

    low: int
    high: int
    word: str = ""
    kept: int = LARGEST_COUNT


@dataclass(frozen=True)
class Choice:
    """One of some names."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """True or False."""


@dataclass(frozen=True)
class Layers:
    """The units of each hidden layer."""


@dataclass(frozen=True)
class Name:
    """A short text, such as a data set's name."""


Kind = Number | Whole | Choice | Truth | Layers | Name
# What is typed where there is no number, and what it stands for
WORDS: dict[str, object] = {"auto": "auto", "never": math.inf}


@dataclass(frozen=True)
class Setting:
    """What is said of one setting.

    Attributes
    ----------
    name : str
        Its field, and what scikit-learn calls it where scikit-learn has it.
    label : str
        Of the field on the page, and in tables.
    short : str
        In the name of a run: "Ours, learning rate 0.01".
    help : str
        What it does.
    kind : Kind
        Which values it has, and within which bounds.
    change : str
        The rung on which the ladder changes it; empty where no rung does.
    peer : Choice or None
        What scikit-learn's model may have of it where that is less; None where that is the same.
    first : bool
        Whether every student needs it first.
    """

    name: str
    label: str
    short: str
    help: str
    kind: Kind
    change: str = ""
    peer: Choice | None = None
    first: bool = False


HYPERPARAMETERS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting(
            "hidden_layer_sizes", "Hidden units", "units",
            f"Units of each hidden layer, the first one first: 50, or 64, 32. At most {TRAINED_LAYERS} layers of "
            f"{TRAINED_UNITS}.",
            Layers(), "hidden_layer_sizes", first=True,
        ),
        Setting(
            "activation", "Hidden activation", "activation", "The function g of every hidden unit.",
            Choice(tuple(ACTIVATIONS)), "activation", peer=Choice(scikit_learn_activations()),
        ),
        Setting(
            "loss", "Loss", "loss",
            "Cross-entropy has softmax outputs, the squared error linear ones, the logistic squared error logistic "
            "ones. scikit-learn always takes cross-entropy.",
            Choice(tuple(LOSSES)), "loss", peer=Choice(("cross_entropy",)),
        ),
        Setting(
            "init", "First weights", "first weights",
            "normal: standard deviation 0.1, biases zero. glorot_uniform: as scikit-learn draws them, within bounds "
            "that shrink with the size of the layers.",
            Choice(tuple(INITS)), "init", peer=Choice(("glorot_uniform",)),
        ),
        Setting(
            "learning_rate_init", "Learning rate η", "learning rate", "How far a step goes against the gradient.",
            Number(0.0, LARGEST_RATE, open=True), "learning_rate_init", first=True,
        ),
        Setting(
            "batch_size", "Batch size", "batch size",
            "Examples an update: 1 is one at a time; auto is 200, or the whole training set if it is smaller.",
            Whole(1, LARGEST_BATCH, word="auto"), "batch_size", first=True,
        ),
        Setting(
            "max_iter", "Epochs at most", "epochs",
            f"How often the whole training set is seen, at most {MOST_EPOCHS} times on this shared server.",
            Whole(1, MOST_EPOCHS), "stopping", first=True,
        ),
        Setting(
            "momentum", "Momentum", "momentum", "The share of the last step that the next one keeps.",
            Number(0.0, LARGEST_MOMENTUM, kept=1.0), "momentum",
        ),
        Setting(
            "nesterovs_momentum", "Nesterov", "Nesterov", "Nesterov's momentum: whether a step looks ahead.",
            Truth(), "momentum",
        ),
        Setting(
            "alpha", "Weight penalty α", "alpha", "The loss of a batch of n gets α / 2n · ‖W‖².",
            Number(0.0, LARGEST_PENALTY), "alpha",
        ),
        Setting(
            "shuffle", "Shuffle", "shuffle", "Whether each epoch takes the examples in a new order.",
            Truth(), "shuffle",
        ),
        Setting(
            "tol", "Tolerance", "tolerance", "An epoch is progress if its loss is this much below the best one's.",
            Number(0.0, LARGEST_TOLERANCE), "stopping",
        ),
        Setting(
            "n_iter_no_change", "Patience", "patience",
            "Training ends after more than so many epochs in a row without progress; never goes on to the last one.",
            Whole(1, MOST_EPOCHS, word="never"), "stopping",
        ),
        Setting(
            "random_state", "Seed", "seed", "The same seed gives the same first weights and the same orders.",
            Whole(0, LARGEST_SEED, kept=LARGEST_SEED),
        ),
    )
}  # fmt: skip
# What a ladder changes in one go, in the order in which it climbs unless told otherwise
CLIMB = (
    "loss", "hidden_layer_sizes", "activation", "init", "learning_rate_init", "batch_size", "momentum", "alpha",
    "shuffle", "stopping",
)  # fmt: skip

DATA_SETTINGS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("dataset", "Data set", "data", "What is learnt.", Name()),
        Setting(
            "scaling", "Scaling", "scaling",
            "Off on the sheet. By 16: every pixel from 0 to 1, for the digits. Standardised: each feature has mean 0 "
            "and standard deviation 1 in the training part.",
            Choice(tuple(SCALINGS)),
        ),
        Setting(
            "test_size", "Share for testing", "test share",
            "The rest is for training; 0.2 is the sheet's. `test_size` of `train_test_split`",
            Number(LEAST_TEST_SHARE, LARGEST_TEST_SHARE, kept=1.0),
        ),
        Setting(
            "random_state", "Seed of the split", "split seed",
            "The same seed gives the same split. `random_state` of `train_test_split`",
            Whole(0, LARGEST_SEED, kept=LARGEST_SEED),
        ),
        Setting("swapped", "Parts swapped", "parts swapped", "Whether the two parts change places.", Truth()),
    )
}  # fmt: skip


def has_choice(setting: Setting, ours: bool) -> bool:
    """Return whether a model, ours or scikit-learn's, has a choice in a setting."""
    return ours or setting.peer is None or len(setting.peer.options) > 1


def in_page_order() -> dict[str, Setting]:
    """Return the hyperparameters as a page shows them: those every student needs first, then what both models have."""
    rows = sorted(HYPERPARAMETERS.values(), key=lambda each: (not each.first, not has_choice(each, ours=False)))
    return {setting.name: setting for setting in rows}


def kind_of(setting: Setting, ours: bool) -> Kind:
    """Return which values a model, ours or scikit-learn's, may have of a setting."""
    return setting.kind if ours else setting.peer or setting.kind
