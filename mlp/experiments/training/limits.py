"""Limits on a shared server: how long a training would take, and a comparison cut to what one visitor may have.

An estimate, not a clock: the same settings are cut to the same epochs on every machine.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from mlp.datasets import Split
from mlp.experiments.config import Comparison, Config, OurConfig, PeerConfig, names_of
from mlp.limits import LONGEST_SECONDS


@dataclass(frozen=True)
class Pace:
    """What a training is made of, in seconds: an epoch takes the sum of all four.

    Attributes
    ----------
    epoch : float
        Of each epoch, whatever its size.
    update, parameter : float
        Of each update of the weights, and of each parameter in it.
    example : float
        Of each parameter for each example, measuring both sets included.
    """

    epoch: float
    update: float
    parameter: float
    example: float


Kind = TypeVar("Kind", bound=OurConfig | PeerConfig)

# Measured on one core each for networks of 43 to 150,000 parameters, in batches of 1 and 200. scikit-learn
# handles every parameter anew in each update, which our compiled loop does along with the example
OUR_PACE = Pace(epoch=3e-4, update=1.5e-6, parameter=0.0, example=4.5e-10)
PEER_PACE = Pace(epoch=3e-3, update=9.5e-5, parameter=3.7e-9, example=3.5e-10)


def limited(
    comparison: Comparison, split: Split, *, repeats: int = 1, between: Sequence[Config] = ()
) -> tuple[Comparison, tuple[str, ...]]:
    """Return a comparison in which no model trains longer than one visitor may, and what was cut, in sentences.

    Parameters
    ----------
    comparison : Comparison
    split : Split
        The data it is about.
    repeats : int
        How many times each model is trained, with seeds or splits of its own; they share the time.
    between : sequence of configurations
        What else is trained with the epochs of one of the two: a ladder's rungs, of which some are slower than both.
    """
    ours = limited_epochs(comparison.ours, split, repeats, between)
    peer = limited_epochs(comparison.peer, split, repeats, between)
    both: tuple[tuple[Config, Config], ...] = ((comparison.ours, ours), (comparison.peer, peer))
    named = zip(names_of(comparison), both, strict=True)
    told = tuple(words(name, wanted, cut, repeats) for name, (wanted, cut) in named if wanted != cut)
    return replace(comparison, ours=ours, peer=peer), told


def limited_epochs(config: Kind, split: Split, repeats: int, between: Sequence[Config] = ()) -> Kind:
    """Return a configuration with as many of its epochs as fit; one at least."""
    same: Iterator[Config] = (each for each in between if each.max_iter == config.max_iter)
    slowest = max(epoch_seconds(each, split) for each in (config, *same))
    most = int(LONGEST_SECONDS / repeats / slowest)
    return replace(config, max_iter=max(1, min(config.max_iter, most)))


def words(name: str, wanted: Config, cut: Config, repeats: int) -> str:
    """Return the sentence that says what was cut, why, and what leaves room for more."""
    shared = f", for {repeats} trainings" if repeats > 1 else ""
    return (
        f"{name}: {epochs(wanted.max_iter)} were cut to {cut.max_iter:,}, so that one visitor can't take the machine: "
        f"a model may train for about {LONGEST_SECONDS // 60} minutes{shared}. Larger batches, a smaller network or "
        "fewer examples leave room for more."
    )


def epochs(count: int) -> str:
    """Return a number of epochs in words."""
    return "1 epoch" if count == 1 else f"{count:,} epochs"


def epoch_seconds(config: Config, split: Split) -> float:
    """Return how long an epoch of a model takes, as estimated."""
    pace = OUR_PACE if isinstance(config, OurConfig) else PEER_PACE
    size, n_train = parameters(config, split), len(split.y_train)
    updates = math.ceil(n_train / batch_size(config, n_train))
    each_example = (n_train + len(split.judging[1])) * size * pace.example
    return pace.epoch + updates * (pace.update + size * pace.parameter) + each_example


def batch_size(config: Config, n: int) -> int:
    """Return the examples an update, with n to train on."""
    return min(200 if config.batch_size == "auto" else int(config.batch_size), n)


def parameters(config: Config, split: Split) -> int:
    """Return how many weights and biases a network for this data has."""
    n_classes = int(max(split.y_train.max(), split.y_test.max())) + 1
    sizes = (split.X_train.shape[1], *config.hidden_layer_sizes, n_classes)
    return sum((below + 1) * above for below, above in zip(sizes, sizes[1:], strict=False))
