"""Limits on a sweep on a shared server: what one visitor may have of it, and what was cut, in sentences."""

import math
from dataclasses import replace

from mlp.datasets import Split
from mlp.experiments.sweep.plan import Sweep, rows_of, sweep_jobs
from mlp.experiments.training.limits import epoch_seconds, epochs
from mlp.limits import LONGEST_SWEEP, MOST_SWEEP_EPOCHS, MOST_TRAININGS


def fitted(sweep: Sweep, split: Split) -> tuple[Sweep, tuple[str, ...]]:
    """Return a sweep that one visitor may have, and a sentence for all that was cut.

    Parameters
    ----------
    sweep : Sweep
    split : Split
        The data it is about.
    """
    sweep, fewer = fewer_combinations(sweep)
    sweep, shorter = fewer_epochs(sweep, split)
    return sweep, (*fewer, *shorter)


def fewer_combinations(sweep: Sweep) -> tuple[Sweep, tuple[str, ...]]:
    """Return a sweep of as many combinations as there may be; which ones is drawn at random."""
    each = len(sweep.seeds) * len(sweep.models)
    most, wanted = max(1, MOST_TRAININGS // each), sweep.drawn or sweep.combinations
    if wanted <= most:
        return sweep, ()
    said = (
        f"{wanted:,} combinations with {each} trainings each are more than the {MOST_TRAININGS} trainings that one "
        f"visitor may have on this shared server: {most} of them are drawn at random. Fewer values or seeds leave room."
    )
    return replace(sweep, drawn=most), (said,)


def fewer_epochs(sweep: Sweep, split: Split) -> tuple[Sweep, tuple[str, ...]]:
    """Return a sweep whose trainings make no more epochs than fit together, the same bound for all."""
    configs = [row.jobs[0].config for row in rows_of(sweep)]
    jobs, slowest = len(sweep_jobs(sweep)), max((epoch_seconds(config, split) for config in configs), default=math.inf)
    most = max(1, min(MOST_SWEEP_EPOCHS // max(1, jobs), int(LONGEST_SWEEP / max(1, jobs) / slowest)))
    longest = max((config.max_iter for config in configs), default=0)
    if longest <= most:
        return sweep, ()
    said = (
        f"Trainings of up to {epochs(longest)} were cut to {most:,}: {jobs} trainings of one visitor may take about "
        f"{LONGEST_SWEEP // 60} minutes together. Fewer combinations or seeds, larger batches or smaller networks "
        "leave room for more."
    )
    return replace(sweep, epochs=most), (said,)
