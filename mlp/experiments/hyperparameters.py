"""Every setting once: all that is said of a hyperparameter, or of a setting of the data, stands in its record here.

Pages, files, names of runs, tables and the ladder read these records. How to train with a setting is the core's affair.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from mlp.activations import ACTIVATIONS, scikit_learn_activations
from mlp.datasets import SCALINGS
from mlp.initialisation import INITS
from mlp.limits import (
    LARGEST_BATCH,
    LARGEST_BETA,
    LARGEST_COUNT,
    LARGEST_MOMENTUM,
    LARGEST_PENALTY,
    LARGEST_POWER,
    LARGEST_RATE,
    LARGEST_SEED,
    LARGEST_SETTING,
    LARGEST_TEST_SHARE,
    LARGEST_TOLERANCE,
    LARGEST_VALIDATION_SHARE,
    LEAST_TEST_SHARE,
    LEAST_VALIDATION_SHARE,
    MOST_EPOCHS,
    TRAINED_LAYERS,
    TRAINED_UNITS,
)
from mlp.losses import LOSSES
from mlp.train_config import SCHEDULES, SOLVERS


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
    earlier : object
        What it was in every run that was kept before there was a choice; None where there always was one.
    by_data : bool
        Whether scikit-learn's model takes it from the data, in place of a choice.
    only_with : tuple of str and object, or None
        Another setting and its value, without which this one does nothing.
    swept : str
        The values that a sweep of it tries first, as they are typed; those that there are where it has few.
    """

    name: str
    label: str
    short: str
    help: str
    kind: Kind
    change: str = ""
    peer: Choice | None = None
    first: bool = False
    earlier: object = None
    only_with: tuple[str, object] | None = None
    by_data: bool = False
    swept: str = ""


# scikit-learn's losses: for two classes, and for more
ONE_OUTPUT, ONE_OUTPUT_A_CLASS = PEER_LOSSES = ("binary_cross_entropy", "cross_entropy")

HYPERPARAMETERS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting(
            "hidden_layer_sizes", "Hidden units", "units",
            f"Units of each hidden layer, the first one first: 50, or 64, 32. At most {TRAINED_LAYERS} layers of "
            f"{TRAINED_UNITS}.",
            Layers(), "hidden_layer_sizes", first=True, swept="10; 50; 100",
        ),
        Setting(
            "activation", "Hidden activation", "activation", "The function g of every hidden unit.",
            Choice(tuple(ACTIVATIONS)), "activation", peer=Choice(scikit_learn_activations()),
        ),
        Setting(
            "loss", "Loss", "loss",
            "Cross-entropy has softmax outputs, the squared error linear ones, the logistic squared error logistic "
            "ones; the binary cross-entropy has logistic outputs too, for two classes a single one. scikit-learn takes "
            "cross-entropy, and the binary one for two classes.",
            Choice(tuple(LOSSES)), "loss", peer=Choice(PEER_LOSSES), by_data=True,
        ),
        Setting(
            "init", "First weights", "first weights",
            "normal: standard deviation 0.1, biases zero. glorot_uniform: as scikit-learn draws them, within bounds "
            "that shrink with the size of the layers.",
            Choice(tuple(INITS)), "init", peer=Choice(("glorot_uniform",)),
        ),
        Setting(
            "solver", "Solver", "solver",
            "The rule of an update: sgd goes down the gradient, with momentum where that is set; adam divides the mean "
            "of the last gradients by the root of their mean square, weight by weight, and needs no momentum.",
            Choice(SOLVERS), "solver", earlier="sgd",
        ),
        Setting(
            "learning_rate_init", "Learning rate η", "learning rate", "How far a step goes against the gradient.",
            Number(0.0, LARGEST_RATE, open=True), "learning_rate_init", first=True, swept="0.0001 to 0.1 in 4 log",
        ),
        Setting(
            "learning_rate", "Schedule of η", "schedule",
            "What becomes of η with sgd: constant keeps it; invscaling divides it by a power of the examples seen so "
            "far; adaptive divides it by 5 where training would end, until it is too small.",
            Choice(SCHEDULES), "learning_rate", earlier="constant",
        ),
        Setting(
            "power_t", "Power of invscaling", "power",
            "After t examples η is divided by (t + 1) to this power.",
            Number(0.0, LARGEST_POWER), "learning_rate", earlier=0.5, only_with=("learning_rate", "invscaling"),
            swept="0.25; 0.5; 1",
        ),
        Setting(
            "batch_size", "Batch size", "batch size",
            "Examples an update: 1 is one at a time; auto is 200, or the whole training set if it is smaller.",
            Whole(1, LARGEST_BATCH, word="auto"), "batch_size", first=True, swept="10; 50; 200",
        ),
        Setting(
            "max_iter", "Epochs at most", "epochs",
            f"How often the whole training set is seen, at most {MOST_EPOCHS} times on this shared server.",
            Whole(1, MOST_EPOCHS), "stopping", first=True, swept="10; 30; 100",
        ),
        Setting(
            "momentum", "Momentum", "momentum", "The share of the last step that the next one keeps.",
            Number(0.0, LARGEST_MOMENTUM, kept=1.0), "momentum", swept="0; 0.5; 0.9",
        ),
        Setting(
            "nesterovs_momentum", "Nesterov", "Nesterov", "Nesterov's momentum: whether a step looks ahead.",
            Truth(), "momentum",
        ),
        Setting(
            "beta_1", "Adam's β₁", "beta 1", "The share of the mean of the gradients that the next one keeps.",
            Number(0.0, LARGEST_MOMENTUM, kept=1.0), "solver", earlier=0.9, only_with=("solver", "adam"),
            swept="0.5; 0.9; 0.99",
        ),
        Setting(
            "beta_2", "Adam's β₂", "beta 2", "The share of the mean of their squares that the next one keeps.",
            Number(0.0, LARGEST_BETA, kept=1.0), "solver", earlier=0.999, only_with=("solver", "adam"),
            swept="0.9; 0.99; 0.999",
        ),
        Setting(
            "epsilon", "Adam's ε", "epsilon", "Is added to the root, so that nothing is divided by 0.",
            Number(0.0, LARGEST_TOLERANCE, open=True), "solver", earlier=1e-8, only_with=("solver", "adam"),
            swept="1e-8; 1e-4; 0.01",
        ),
        Setting(
            "alpha", "Weight penalty α", "alpha", "The loss of a batch of n gets α / 2n · ‖W‖².",
            Number(0.0, LARGEST_PENALTY), "alpha", swept="0; 0.0001; 0.01; 1",
        ),
        Setting(
            "shuffle", "Shuffle", "shuffle", "Whether each epoch takes the examples in a new order.",
            Truth(), "shuffle",
        ),
        Setting(
            "tol", "Tolerance", "tolerance", "An epoch is progress if its loss is this much below the best one's.",
            Number(0.0, LARGEST_TOLERANCE), "stopping", swept="0.00001; 0.0001; 0.001",
        ),
        Setting(
            "n_iter_no_change", "Patience", "patience",
            "Training ends after more than so many epochs in a row without progress; never goes on to the last one.",
            Whole(1, MOST_EPOCHS, word="never"), "stopping", swept="3; 10; never",
        ),
        Setting(
            "early_stopping", "Early stopping", "early stopping",
            "Whether a share of the training examples is held out, accuracy on it decides about the end in place of "
            "the loss, and the network that was best on it is kept.",
            Truth(), "early_stopping", earlier=False,
        ),
        Setting(
            "validation_fraction", "Validation share", "validation share",
            "The share of the training examples that is held out for early stopping, where the data have no validation "
            "share of their own.",
            Number(LEAST_VALIDATION_SHARE, LARGEST_VALIDATION_SHARE, kept=1.0), "early_stopping", earlier=0.1,
            only_with=("early_stopping", True), swept="0.1; 0.2; 0.3",
        ),
        Setting(
            "random_state", "Seed", "seed", "The same seed gives the same first weights and the same orders.",
            Whole(0, LARGEST_SEED, kept=LARGEST_SEED),
        ),
    )
}  # fmt: skip
# What a ladder changes in one go, in the order in which it climbs unless told otherwise
CLIMB = (
    "loss", "hidden_layer_sizes", "activation", "init", "solver", "learning_rate_init", "learning_rate", "batch_size",
    "momentum", "alpha", "shuffle", "early_stopping", "stopping",
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
        Setting(
            "validation_size", "Share for validation", "validation",
            "The share of the training part that is held out to choose by; 0, as on the sheet, holds out none. With it "
            "curves, best epochs, early stopping and sweeps go by these examples, and the test set stays shut until "
            "you ask for the verdict.",
            Number(0.0, LARGEST_VALIDATION_SHARE, kept=1.0), earlier=0.0,
        ),
    )
}  # fmt: skip


def has_choice(setting: Setting, ours: bool) -> bool:
    """Return whether a model, ours or scikit-learn's, has a choice in a setting."""
    return ours or setting.peer is None or (len(setting.peer.options) > 1 and not setting.by_data)


def has_effect(setting: Setting, values: Mapping[str, object]) -> bool:
    """Return whether a setting does anything beside these values of others; what is not among them does not count."""
    if setting.only_with is None or setting.only_with[0] not in values:
        return True
    name, needed = setting.only_with
    return values[name] == needed


def in_page_order() -> dict[str, Setting]:
    """Return the hyperparameters as a page shows them: those every student needs first, then what both models have."""
    rows = sorted(HYPERPARAMETERS.values(), key=lambda each: (not each.first, not has_choice(each, ours=False)))
    return {setting.name: setting for setting in rows}


def kind_of(setting: Setting, ours: bool) -> Kind:
    """Return which values a model, ours or scikit-learn's, may have of a setting."""
    return setting.kind if ours else setting.peer or setting.kind
