"""What an estimator keeps from epoch to epoch and from call to call, and when its training ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from mlp.arrays import Array
from mlp.epochs import Epoch, Patience, before_training, descend, out_of_patience
from mlp.network import Network
from mlp.optimizers import no_memory
from mlp.train_config import TrainConfig


@dataclass(frozen=True)
class Curve:
    """Loss and score of a network on examples that are watched, an entry an epoch of all calls."""

    losses: tuple[float, ...] = ()
    scores: tuple[float, ...] = ()

    def after(self, loss: float, score: float) -> "Curve":
        """Return the curve with an epoch more."""
        return Curve((*self.losses, loss), (*self.scores, score))

    def as_lists(self) -> tuple[list[float] | None, list[float] | None]:
        """Return losses and scores as an estimator publishes them: None where nothing was watched."""
        return (list(self.losses), list(self.scores)) if self.losses else (None, None)


@dataclass(frozen=True, eq=False)
class Progress:
    """How far an estimator has come: all that the next epoch, `warm_start` and `partial_fit` go on from.

    Attributes
    ----------
    epoch : Epoch
        The last one; its `epoch` counts those of the last call, its `examples` those of all calls.
    loss_curve : tuple of float
        The running loss, one an epoch of all calls.
    validation, test : Curve
        Empty where there is no such set.
    """

    epoch: Epoch
    loss_curve: tuple[float, ...] = ()
    validation: Curve = field(default_factory=Curve)
    test: Curve = field(default_factory=Curve)

    def summary(self) -> str:
        """Return the last epoch in words, as `verbose` prints it."""
        score = f", validation score = {self.validation.scores[-1]:.6f}" if self.validation.scores else ""
        return f"Iteration {self.epoch.epoch}, loss = {self.loss_curve[-1]:.8f}{score}"


def begin(network: Network, config: TrainConfig) -> Progress:
    """Return the progress of a network before its first epoch."""
    return Progress(before_training(network, config))


def at_rest(progress: Progress, config: TrainConfig) -> Progress:
    """Return the progress without what its optimizer remembers: how a warm start begins."""
    memory = no_memory(progress.epoch.network, config.solver)
    return replace(progress, epoch=replace(progress.epoch, memory=memory))


def resume(progress: Progress, network: Network, config: TrainConfig) -> Progress:
    """Return the progress with which a later call goes on from this network.

    As in scikit-learn the curves and the patience go on; the patience starts anew where it would have to compare
    validation scores with losses, because `early_stopping` was changed, and the optimizer's memory where it is that of
    another solver.
    """
    epoch, fresh = replace(progress.epoch, epoch=0, network=network), before_training(network, config)
    if bool(epoch.memory.squares) != bool(fresh.memory.squares):
        epoch = replace(epoch, memory=fresh.memory)
    if config.early_stopping == (epoch.best is not None):
        return replace(progress, epoch=replace(epoch, best=fresh.best))
    return replace(progress, epoch=replace(epoch, best=fresh.best, patience=Patience()), validation=Curve())


def epochs_from(
    progress: Progress, X: Array, Y: Array, config: TrainConfig, *, run_epoch, rng, weights=None, score=None
) -> Iterator[Progress]:
    """Yield the progress after each epoch until the patience or `config.max_iter` is used up.

    The arguments are those of `descend`.

    Raises
    ------
    ValueError
        If the weights overflow.
    """
    how = {"run_epoch": run_epoch, "rng": rng, "weights": weights, "score": score}
    for epoch in descend(progress.epoch, X, Y, config, **how):
        require_finite(epoch)
        progress = replace(progress, epoch=epoch, loss_curve=(*progress.loss_curve, epoch.running_loss))
        yield progress
        if out_of_patience(epoch.patience, config):
            return


def require_finite(epoch: Epoch) -> None:
    """Raise a ValueError that says what to do if a weight or bias is infinite or nan."""
    if not all(np.isfinite(layer.W).all() and np.isfinite(layer.b).all() for layer in epoch.network.layers):
        raise ValueError(
            f"Training needs finite weights; they overflowed in epoch {epoch.epoch}. "
            "Lower learning_rate_init, or scale X (StandardScaler)."
        )
