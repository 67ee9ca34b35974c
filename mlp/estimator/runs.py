"""A fit from its start to its end, epoch by epoch or by L-BFGS: curves, callback, Ctrl-C, and what is left to say."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlp.engines import epoch_function
from mlp.epochs import out_of_patience
from mlp.estimator.data import Data, Watched
from mlp.estimator.lbfgs import minimise
from mlp.estimator.targets import Labels
from mlp.fitting import Progress, epochs_from, require_finite
from mlp.network import Network, Rng, forward, loss_value
from mlp.train_config import TrainConfig


@dataclass(frozen=True, eq=False)
class Run:
    """Where a training is.

    Attributes
    ----------
    progress : Progress
    may_go_on : str or None
        The sentence to warn with where it ended before it converged.
    """

    progress: Progress
    may_go_on: str | None = None


AfterEpoch = Callable[[Run], bool]


class Enough(Exception):
    """The callback has asked for an end."""


def by_epochs(
    start: Progress, data: Data, config: TrainConfig, engine: str, rng: Rng, after_epoch: AfterEpoch, verbose: bool
) -> Run:
    """Return the run at the end of a stochastic training, one epoch after another."""
    run_epoch, progress, stopped = epoch_function(engine), start, False
    score = score_on(data.validation, data.labels) if config.early_stopping and data.validation else None
    how = {"run_epoch": run_epoch, "rng": rng, "weights": data.weights, "score": score}
    try:
        for made in epochs_from(start, data.X, data.Y, config, **how):
            progress = measured(replace(made, validation=progress.validation, test=progress.test), data)
            if verbose:
                print(progress.summary())
            stopped = after_epoch(Run(progress))
            if stopped:
                break
    except KeyboardInterrupt:
        stopped = True
        warnings.warn(interrupted(progress), stacklevel=4)
    ended = stopped or out_of_patience(progress.epoch.patience, config)
    return Run(progress, None if ended else not_converged(f"max_iter={config.max_iter} epochs"))


def by_lbfgs(
    start: Progress,
    data: Data,
    config: TrainConfig,
    limits: Mapping[str, Any],
    after_epoch: AfterEpoch,
    verbose: bool,
) -> Run:
    """Return the run at the end of L-BFGS; an iteration counts as an epoch."""
    at = [start]

    def after_iteration(iteration: int, loss: float, network: Network) -> None:
        epoch = replace(at[0].epoch, epoch=iteration, network=network, running_loss=loss)
        at[0] = measured(replace(at[0], epoch=epoch, loss_curve=(*at[0].loss_curve, loss)), data)
        if verbose:
            print(at[0].summary())
        if after_epoch(Run(at[0])):
            raise Enough

    network, may_go_on = start.epoch.network, None
    try:
        gave_up = minimise(
            network, data.X, data.Y, data.weights, alpha=config.alpha, after_iteration=after_iteration, **limits
        )
        may_go_on = not_converged(gave_up) if gave_up else None
    except Enough:
        pass
    except KeyboardInterrupt:
        warnings.warn(interrupted(at[0]), stacklevel=4)
    require_finite(at[0].epoch)
    return Run(at[0], may_go_on)


def not_converged(by: str) -> str:
    """Return the sentence on a training that a limit ended."""
    return f"Training ended with {by} before it converged; raise max_iter to go on."


def interrupted(progress: Progress) -> str:
    """Return the sentence on a training that Ctrl-C ended."""
    return f"Training was interrupted after epoch {progress.epoch.epoch}; the model keeps what it has learnt."


def measured(progress: Progress, data: Data) -> Progress:
    """Return the progress with its network's loss and score on what is watched."""
    network, labels = progress.epoch.network, data.labels
    if data.validation is not None:
        progress = replace(progress, validation=progress.validation.after(*measure(network, data.validation, labels)))
    if data.test is not None:
        progress = replace(progress, test=progress.test.after(*measure(network, data.test, labels)))
    return progress


def measure(network: Network, examples: Watched, labels: Labels) -> tuple[float, float]:
    """Return the mean loss, without penalty, and the score: the share of examples whose labels are all right."""
    with np.errstate(all="ignore"):
        forward_pass = forward(network, examples.X)
        loss = loss_value(network, forward_pass, examples.Y, reduction="mean", weights=examples.weights)
    if not np.isfinite(forward_pass.output).all():
        return loss, float("nan")
    return loss, float(np.average(labels.hits(forward_pass.output, examples.Y), weights=examples.weights))


def score_on(examples: Watched, labels: Labels) -> Callable[[Network], float]:
    """Return the function that gives a network's score on these examples."""

    def score(network: Network) -> float:
        return measure(network, examples, labels)[1]

    return score
