"""What an estimator keeps from epoch to epoch and from call to call, and when its training ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from mlp.arrays import Array
from mlp.engines import EpochFunction
from mlp.metrics import evaluate
from mlp.network import Network, Rng
from mlp.optimizers import Velocity, zero_velocity
from mlp.train_config import TrainConfig
from mlp.training import Epoch, Patience, descend

Examples = tuple[Array, Array]


@dataclass(frozen=True, eq=False)
class Progress:
    """How far an estimator has come: all that the next epoch, `warm_start` and `partial_fit` go on from.

    Attributes
    ----------
    network : Network
        After the last epoch.
    velocity : Velocity
    best : Network or None
        The one with the best validation score; None without early stopping.
    patience : Patience
        Over the running loss, or with early stopping over minus the validation score.
    epochs : int
        Made in the last call.
    examples : int
        Seen in all calls, an example once an epoch.
    loss_curve, validation_scores : tuple of float
        One an epoch of all calls; no scores without early stopping.
    """

    network: Network
    velocity: Velocity
    best: Network | None = None
    patience: Patience = field(default_factory=Patience)
    epochs: int = 0
    examples: int = 0
    loss_curve: tuple[float, ...] = ()
    validation_scores: tuple[float, ...] = ()

    @property
    def chosen(self) -> Network:
        """The network to predict with: the best one of early stopping, else the last one."""
        return self.best or self.network

    def summary(self) -> str:
        """Return the last epoch in words, as `verbose` prints it."""
        score = f", validation score = {self.validation_scores[-1]:.6f}" if self.validation_scores else ""
        return f"Iteration {self.epochs}, loss = {self.loss_curve[-1]:.8f}{score}"


def begin(network: Network, early_stopping: bool) -> Progress:
    """Return the progress of a network before its first epoch."""
    return Progress(network, zero_velocity(network), network if early_stopping else None)


def at_rest(progress: Progress) -> Progress:
    """Return the progress without its velocity: how a warm start begins."""
    return replace(progress, velocity=zero_velocity(progress.network))


def resume(progress: Progress, network: Network, early_stopping: bool) -> Progress:
    """Return the progress with which a later call goes on from this network.

    As in scikit-learn the curves and the patience go on; the patience starts anew where it would have to compare
    validation scores with losses, because `early_stopping` was changed.
    """
    if early_stopping == (progress.best is not None):
        return replace(progress, network=network, best=network if early_stopping else None)
    fresh = begin(network, early_stopping)
    return replace(progress, network=network, best=fresh.best, patience=fresh.patience, validation_scores=())


def epochs_from(
    progress: Progress,
    train_set: Examples,
    validation_set: Examples | None,
    config: TrainConfig,
    *,
    run_epoch: EpochFunction,
    rng: Rng,
) -> Iterator[Progress]:
    """Yield the progress after each epoch until the patience or `config.max_iter` is used up.

    Raises
    ------
    ValueError
        If the weights overflow.
    """
    start = {"run_epoch": run_epoch, "rng": rng, "velocity": progress.velocity}
    for epoch in descend(progress.network, *train_set, config, **start):
        require_finite(epoch)
        progress = advance(progress, epoch, len(train_set[0]), validation_set, config.tol)
        yield progress
        if out_of_patience(progress, config):
            return


def advance(progress: Progress, epoch: Epoch, examples: int, validation_set: Examples | None, tol: float) -> Progress:
    """Return the progress after one more epoch over so many examples, judged by validation score or running loss."""
    moved = replace(
        progress,
        network=epoch.network,
        velocity=epoch.velocity,
        epochs=epoch.epoch,
        examples=progress.examples + examples,
        loss_curve=(*progress.loss_curve, epoch.running_loss),
    )
    if validation_set is None:
        return replace(moved, patience=progress.patience.after(epoch.running_loss, tol))
    score = evaluate(epoch.network, *validation_set).accuracy
    return replace(
        moved,
        patience=progress.patience.after(-score, tol),
        best=epoch.network if -score < progress.patience.best else progress.best,
        validation_scores=(*progress.validation_scores, score),
    )


def out_of_patience(progress: Progress, config: TrainConfig) -> bool:
    """Return whether there was no improvement in more than `n_iter_no_change` epochs in a row."""
    return progress.patience.count > config.n_iter_no_change


def require_finite(epoch: Epoch) -> None:
    """Raise a ValueError that says what to do if a weight or bias is infinite or nan."""
    if not all(np.isfinite(layer.W).all() and np.isfinite(layer.b).all() for layer in epoch.network.layers):
        raise ValueError(
            f"Training needs finite weights; they overflowed in epoch {epoch.epoch}. "
            "Lower learning_rate_init, or scale X (StandardScaler)."
        )
