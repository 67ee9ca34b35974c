"""The ladder: from our settings to scikit-learn's one change at a time, each rung trained over several seeds."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlp.experiments.config import Comparison, Config, OurConfig
from mlp.experiments.evidence.recipes import mean_of, seeded, summary_of
from mlp.experiments.evidence.seed_statistics import Contrast, Summary, holm, paired_test, summary
from mlp.experiments.evidence.verdict import LEVEL
from mlp.experiments.hyperparameters import CLIMB, HYPERPARAMETERS
from mlp.experiments.training.results import Job, Trained
from mlp.experiments.training.run import largest_difference

# What is changed in one go, by name, in the order in which a ladder climbs unless told otherwise
CHANGES: dict[str, tuple[str, ...]] = {
    change: tuple(name for name, setting in HYPERPARAMETERS.items() if setting.change == change) for change in CLIMB
}
START = "start"


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: the change that leads to it, one of `CHANGES` or `START`, and all its settings."""

    change: str
    config: OurConfig


@dataclass(frozen=True, eq=False)
class RungResult:
    """What a rung came to over the seeds.

    Attributes
    ----------
    rung : Rung
    train, judged : Summary or None
        Of the accuracies, in training and on the examples that one chooses by; None if every training overflowed.
    each : tuple of float
        The judged accuracy of each seed, nan where the training overflowed.
    step : Contrast or None
        Judged accuracy against the rung before, seed by seed; None on the first rung and where one overflowed.
    epochs, updates, seconds : float
        Means of one training.
    diverged : int
        How many trainings overflowed.
    """

    rung: Rung
    train: Summary | None
    judged: Summary | None
    each: tuple[float, ...]
    step: Contrast | None
    epochs: float
    updates: float
    seconds: float
    diverged: int


def changes(comparison: Comparison) -> tuple[str, ...]:
    """Return the changes that lead from our settings to scikit-learn's, in their usual order."""
    ours, peer = comparison.ours, comparison.peer
    return tuple(name for name, fields in CHANGES.items() if any(getattr(ours, f) != getattr(peer, f) for f in fields))


def in_order(names: Sequence[str], wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the names, those wanted first in the order wanted; what is wanted but not there is left out."""
    first = [name for name in dict.fromkeys(wanted) if name in names]
    return (*first, *(name for name in names if name not in first))


def rungs(comparison: Comparison, order: Iterable[str] = ()) -> tuple[Rung, ...]:
    """Return a ladder's rungs, ours first; the last one has scikit-learn's settings.

    Parameters
    ----------
    comparison : Comparison
    order : iterable of str
        Names of `CHANGES`; those left out follow in their usual order.
    """
    config, made = comparison.ours, [Rung(START, comparison.ours)]
    for name in in_order(changes(comparison), order):
        config = replace(config, **{field: getattr(comparison.peer, field) for field in CHANGES[name]})
        made.append(Rung(name, config))
    return tuple(made)


def ladder_jobs(comparison: Comparison, ladder: Sequence[Rung], seeds: Sequence[int]) -> list[Job]:
    """Return the trainings of all rungs and, for the proof, scikit-learn's own; it compares the last two's weights."""
    *below, last = (rung.config for rung in ladder)
    configs: tuple[tuple[Config, bool], ...] = (
        *((config, False) for config in below),
        (last, True),
        (comparison.peer, True),
    )
    return [job for config, weights in configs for job in seeded(config, seeds, comparison.data, weights=weights)]


def climbed(
    comparison: Comparison, ladder: Sequence[Rung], seeds: Sequence[int], results: Mapping[Job, Trained]
) -> list[RungResult]:
    """Return what the rungs came to, from the first on, as far as every seed is trained."""
    found: list[RungResult] = []
    for rung in ladder:
        jobs = seeded(rung.config, seeds, comparison.data)
        if not all(job in results for job in jobs):
            break
        found.append(rung_result(rung, [results[job] for job in jobs], found[-1] if found else None))
    return found


def rung_result(rung: Rung, made: Sequence[Trained], before: RungResult | None) -> RungResult:
    """Return what one rung came to, and what its change did to the rung before."""
    last, judged = [each.last for each in made], tuple(each.accuracy for each in made)
    sound = [accuracy for accuracy in judged if math.isfinite(accuracy)]
    comparable = len(sound) == len(judged) and before is not None and all(map(math.isfinite, before.each))
    return RungResult(
        rung=rung,
        train=summary_of(last, "train_accuracy"),
        judged=summary(sound) if sound else None,
        each=judged,
        step=paired_test(judged, before.each) if before and comparable else None,
        epochs=mean_of(last, "epoch"),
        updates=mean_of(last, "updates"),
        seconds=mean_of(last, "seconds"),
        diverged=sum(each.diverged for each in made),
    )


def beyond_chance(results: Sequence[RungResult], steps: int) -> tuple[bool, ...]:
    """Return for each rung whether chance is a poor explanation of its step, where so many steps are tried.

    The p-values are corrected by Holm's method. A step that can't be compared, or is not climbed yet, is as good as one
    whose p is 1, so that what is found stays found when the others come.
    """
    tried = [each.step.p_value if each.step else 1.0 for each in results[1:]]
    tried += [1.0] * (steps - len(tried))
    found = [p < LEVEL for p in holm(tried)]
    return (False, *found)[: len(results)]


@dataclass(frozen=True)
class Proof:
    """How far the last rung is from scikit-learn itself.

    Attributes
    ----------
    seeds : int
        How many seeds were compared.
    difference : float
        The largest difference of any weight or bias, over all of them; nan where numbers overflowed.
    epochs : int
        How many epochs the longest of these trainings took.
    classes : int
        How many classes the data have.
    """

    seeds: int
    difference: float
    epochs: int
    classes: int


def proof(
    comparison: Comparison, ladder: Sequence[Rung], seeds: Sequence[int], results: Mapping[Job, Trained]
) -> Proof | None:
    """Return how far our engine with scikit-learn's settings ends from `MLPClassifier`; None before both are."""
    data = comparison.data
    pairs = zip(seeded(ladder[-1].config, seeds, data), seeded(comparison.peer, seeds, data), strict=True)
    both = [(results[ours], results[peer]) for ours, peer in pairs if ours in results and peer in results]
    networks = [(ours.network, peer.network) for ours, peer in both if ours.network and peer.network]
    if not networks:
        return None
    return Proof(
        seeds=len(networks),
        difference=float(np.max([largest_difference(ours, peer) for ours, peer in networks])),
        epochs=int(max(peer.last.epoch for _, peer in both)),
        classes=networks[0][0].sizes[-1],
    )
