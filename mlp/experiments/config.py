"""Settings of a comparison in plain values: ours, scikit-learn's, and the data with their split."""

import math
from dataclasses import dataclass, field, fields

from mlp.activations import ACTIVATIONS, scikit_learn_activations
from mlp.datasets import SCALINGS
from mlp.initialisation import INITS
from mlp.losses import LOSSES
from mlp.network import require_choice
from mlp.train_config import TrainConfig, is_count, require


@dataclass(frozen=True)
class OurConfig:
    """A network of ours and how it is trained; the defaults are part 2 of the sheet's question 3.

    Parameters
    ----------
    hidden_layer_sizes : tuple of int
        Units of each hidden layer.
    activation : {"tanh", "logistic", "relu", "identity"}
    loss : {"cross_entropy", "squared_error", "logistic_squared_error"}
        With the output activation that belongs to it.
    init : {"normal", "glorot_uniform"}
        How the first weights are drawn, as in `init_network`.
    random_state : int
        Seed of the first weights and then of the shuffling, as in `MLPClassifier`.
    learning_rate_init, batch_size, max_iter, momentum, nesterovs_momentum, alpha, shuffle, tol, n_iter_no_change
        As in `TrainConfig`.

    Raises
    ------
    ValueError
        If a value is outside its range.
    """

    hidden_layer_sizes: tuple[int, ...] = (50,)
    activation: str = "tanh"
    loss: str = "cross_entropy"
    init: str = "normal"
    learning_rate_init: float = 0.001
    batch_size: int | str = 1
    max_iter: int = 100
    momentum: float = 0.0
    nesterovs_momentum: bool = False
    alpha: float = 0.0
    shuffle: bool = True
    tol: float = 1e-4
    n_iter_no_change: float = math.inf
    random_state: int = 1

    def __post_init__(self) -> None:
        require_choice("loss", self.loss, LOSSES)
        require_choice("init", self.init, INITS)
        require_network(self)
        training(self)


@dataclass(frozen=True)
class PeerConfig:
    """A call of `MLPClassifier(solver="sgd", learning_rate="constant", ...)`; the defaults are the sheet's, part 3.

    Early stopping and the other learning rate schedules are left out: `partial_fit`, by which the classifier is trained
    epoch by epoch, refuses the one, and the others depend on a count that it starts anew with each call.

    Parameters
    ----------
    hidden_layer_sizes, activation, ...
        As in `OurConfig`; the loss is always cross-entropy.
    """

    hidden_layer_sizes: tuple[int, ...] = (50,)
    activation: str = "tanh"
    learning_rate_init: float = 0.001
    batch_size: int | str = "auto"
    max_iter: int = 1000
    momentum: float = 0.9
    nesterovs_momentum: bool = False
    alpha: float = 1e-4
    shuffle: bool = True
    tol: float = 1e-4
    n_iter_no_change: float = 10
    random_state: int = 1

    def __post_init__(self) -> None:
        require_network(self)
        require_choice("activation", self.activation, scikit_learn_activations())
        training(self)

    @property
    def loss(self) -> str:
        """The loss of `MLPClassifier`, which has no choice."""
        return "cross_entropy"

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

    def __post_init__(self) -> None:
        require_choice("scaling", self.scaling, SCALINGS)
        require(0 < self.test_size < 1, "test_size", "a number above 0 and below 1", self.test_size)
        require_seed(self.random_state)


@dataclass(frozen=True)
class Comparison:
    """Two models on one split of a data set; the defaults are the sheet's.

    Parameters
    ----------
    ours : OurConfig
    peer : PeerConfig
    data : DataConfig
    """

    ours: OurConfig = field(default_factory=OurConfig)
    peer: PeerConfig = field(default_factory=PeerConfig)
    data: DataConfig = field(default_factory=DataConfig)


Config = OurConfig | PeerConfig
# What the two models are called, on the page and in files
OURS, PEER = MODELS = ("Ours", "scikit-learn")
HYPERPARAMETERS: tuple[str, ...] = tuple(f.name for f in fields(OurConfig))
TRAINING: tuple[str, ...] = tuple(f.name for f in fields(TrainConfig) if f.name in HYPERPARAMETERS)


def training(config: Config) -> TrainConfig:
    """Return how to train, without the network."""
    return TrainConfig(**{name: getattr(config, name) for name in TRAINING})


def require_network(config: Config) -> None:
    """Raise a ValueError unless the layers and the activation make a network and the seed is one."""
    sizes = config.hidden_layer_sizes
    require(isinstance(sizes, tuple) and all(is_count(size) for size in sizes), "hidden_layer_sizes",
            "a tuple of whole numbers from 1, such as (50,)", sizes)  # fmt: skip
    require_choice("activation", config.activation, ACTIVATIONS)
    require_seed(config.random_state)


def require_seed(seed: int) -> None:
    """Raise a ValueError unless the seed is one."""
    require(seed == 0 or is_count(seed), "random_state", "a whole number from 0", seed)


@dataclass(frozen=True)
class Difference:
    """A hyperparameter in which two configurations differ."""

    name: str
    ours: object
    peer: object


def differences(ours: OurConfig, peer: PeerConfig) -> tuple[Difference, ...]:
    """Return the hyperparameters in which the two differ, in the order of `HYPERPARAMETERS`."""
    rows = (Difference(name, getattr(ours, name), getattr(peer, name)) for name in HYPERPARAMETERS)
    return tuple(row for row in rows if row.ours != row.peer)
