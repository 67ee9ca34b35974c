"""Settings of a comparison in plain values: ours, scikit-learn's, and the data with their split."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from mlp.activations import ACTIVATIONS, scikit_learn_activations
from mlp.datasets import SCALINGS
from mlp.experiments.hyperparameters import (
    HYPERPARAMETERS,
    ONE_OUTPUT,
    ONE_OUTPUT_A_CLASS,
    PEER_LOSSES,
    has_choice,
    has_effect,
)
from mlp.initialisation import INITS
from mlp.losses import LOSSES
from mlp.network import require_choice
from mlp.train_config import BELOW_1, TrainConfig, is_count, require


@dataclass(frozen=True)
class OurConfig(TrainConfig):
    """A network of ours and how it is trained, as in `TrainConfig`; the defaults are part 2 of the sheet's question 3.

    Parameters
    ----------
    hidden_layer_sizes : tuple of int
        Units of each hidden layer.
    activation : str
        One of `ACTIVATIONS`.
    loss : str
        One of `LOSSES`, with the output activation that belongs to it.
    init : str
        How the first weights are drawn, one of `INITS`.
    validation_fraction : float above 0 and below 1
        The share of the training examples that early stopping holds out.
    random_state : int
        Seed of the first weights and then of the shuffling, as in `MLPClassifier`.

    Raises
    ------
    ValueError
        If a value is outside its range.
    """

    random_state: int = 1
    hidden_layer_sizes: tuple[int, ...] = (50,)
    activation: str = "tanh"
    loss: str = "cross_entropy"
    init: str = "normal"
    validation_fraction: float = 0.1

    def __post_init__(self) -> None:
        TrainConfig.__post_init__(self)
        require_network(self.hidden_layer_sizes, self.random_state)
        require_share("validation_fraction", self.validation_fraction)
        require_choice("activation", self.activation, ACTIVATIONS)
        require_choice("loss", self.loss, LOSSES)
        require_choice("init", self.init, INITS)


@dataclass(frozen=True)
class PeerConfig(TrainConfig):
    """A call of `MLPClassifier`; the defaults are the sheet's, part 3.

    Parameters
    ----------
    hidden_layer_sizes, random_state, validation_fraction
        As in `OurConfig`.
    activation : str
        One of those that scikit-learn has.
    loss : str
        Not chosen: what `MLPClassifier` takes for data of so many classes, as `as_scikit_learn_takes` sets it.
    """

    batch_size: int | str = "auto"
    max_iter: int = 1000
    momentum: float = 0.9
    alpha: float = 1e-4
    n_iter_no_change: float = 10
    random_state: int = 1
    hidden_layer_sizes: tuple[int, ...] = (50,)
    activation: str = "tanh"
    loss: str = ONE_OUTPUT_A_CLASS
    validation_fraction: float = 0.1

    def __post_init__(self) -> None:
        TrainConfig.__post_init__(self)
        require_network(self.hidden_layer_sizes, self.random_state)
        require_share("validation_fraction", self.validation_fraction)
        require_choice("activation", self.activation, scikit_learn_activations())
        require_choice("loss", self.loss, PEER_LOSSES)

    @property
    def init(self) -> str:
        """How `MLPClassifier` draws its first weights, in which it has no choice."""
        return "glorot_uniform"


@dataclass(frozen=True)
class DataConfig:
    """A data set, its scaling and its split, by name; the defaults are the sheet's.

    Parameters
    ----------
    dataset : str
        The data set's name.
    scaling : {"none", "by 16", "standardised"}
    test_size : float above 0 and below 1
        Fraction of the examples held back for testing.
    random_state : int
        Seed of the split.
    swapped : bool
        Whether the two parts change places: what is held back trains, and the rest tests.
    validation_size : float from 0 to below 1
        The share of the training part that choices are made by while the test set stays shut; 0 for none.

    Raises
    ------
    ValueError
        If a value is outside its range.
    """

    dataset: str = "digits"
    scaling: str = "none"
    test_size: float = 0.2
    random_state: int = 42
    swapped: bool = False
    validation_size: float = 0.0

    def __post_init__(self) -> None:
        require_choice("scaling", self.scaling, SCALINGS)
        require_share("test_size", self.test_size)
        require(0 <= self.validation_size < 1, "validation_size", BELOW_1, self.validation_size)
        require_seed(self.random_state)


Config = OurConfig | PeerConfig


@dataclass(frozen=True)
class Comparison:
    """Two models on one split of a data set; the defaults are the sheet's.

    Parameters
    ----------
    ours : OurConfig
    peer : PeerConfig or OurConfig
        The other model: scikit-learn's, or a second one of ours.
    data : DataConfig
    """

    ours: OurConfig = field(default_factory=OurConfig)
    peer: Config = field(default_factory=PeerConfig)
    data: DataConfig = field(default_factory=DataConfig)


# What the two models are called, on the page and in files
OURS, PEER = MODELS = ("Ours", "scikit-learn")
# And what two models of ours are called that are compared with each other
FIRST, SECOND = BOTH_OURS = ("First", "Second")
CONFIGS: dict[str, type[OurConfig] | type[PeerConfig]] = {OURS: OurConfig, PEER: PeerConfig}


def model_of(config: Config) -> str:
    """Return whose settings these are."""
    return OURS if isinstance(config, OurConfig) else PEER


def names_of(comparison: Comparison) -> tuple[str, str]:
    """Return what the two models of a comparison are called: ours and scikit-learn, or the first and the second."""
    return BOTH_OURS if isinstance(comparison.peer, OurConfig) else MODELS


def settings_of(config: Config) -> dict[str, Any]:
    """Return every hyperparameter of a model by name, also those in which it has no choice."""
    return {name: getattr(config, name) for name in HYPERPARAMETERS}


def choices_of(config: Config) -> dict[str, Any]:
    """Return the hyperparameters in which a model has a choice: the arguments that make this configuration."""
    ours = model_of(config) == OURS
    return {name: value for name, value in settings_of(config).items() if has_choice(HYPERPARAMETERS[name], ours)}


def judged_by(validation_size: object) -> str:
    """Return the set by which one chooses with this validation share, as its losses and accuracies begin: val or test.

    With a share that is the validation set, and the test set stays shut until a verdict is asked for.
    """
    return "val" if validation_size else "test"


def as_scikit_learn_takes(comparison: Comparison, n_classes: int) -> Comparison:
    """Return the comparison with the loss that `MLPClassifier` takes for so many classes: of one output for two.

    A second model of ours keeps the loss it has.
    """
    if isinstance(comparison.peer, OurConfig):
        return comparison
    loss = ONE_OUTPUT if n_classes == 2 else ONE_OUTPUT_A_CLASS
    return replace(comparison, peer=replace(comparison.peer, loss=loss))


def own_fields(config: type[TrainConfig]) -> tuple[str, ...]:
    """Return the names of what a model's configuration is made of."""
    return tuple(each.name for each in fields(config))


def require_network(sizes: object, seed: int) -> None:
    """Raise a ValueError unless the hidden layers are some, and the seed is one."""
    require(isinstance(sizes, tuple) and all(is_count(size) for size in sizes), "hidden_layer_sizes",
            "a tuple of whole numbers from 1, such as (50,)", sizes)  # fmt: skip
    require_seed(seed)


def require_share(name: str, share: float) -> None:
    """Raise a ValueError unless it is a share that leaves something on both sides."""
    require(0 < share < 1, name, "a number above 0 and below 1", share)


def require_seed(seed: int) -> None:
    """Raise a ValueError unless the seed is one."""
    require(seed == 0 or is_count(seed), "random_state", "a whole number from 0", seed)


@dataclass(frozen=True)
class Difference:
    """A hyperparameter in which two configurations differ."""

    name: str
    ours: object
    peer: object


def differences(ours: Config, peer: Config) -> tuple[Difference, ...]:
    """Return the hyperparameters in which the two differ, in the order of `HYPERPARAMETERS`."""
    both = settings_of(ours), settings_of(peer)
    rows = (Difference(name, both[0][name], both[1][name]) for name in HYPERPARAMETERS if does_something(name, *both))
    return tuple(row for row in rows if row.ours != row.peer)


def does_something(name: str, *settings: Mapping[str, object]) -> bool:
    """Return whether a hyperparameter has an effect on any of these models."""
    return any(has_effect(HYPERPARAMETERS[name], each) for each in settings)
