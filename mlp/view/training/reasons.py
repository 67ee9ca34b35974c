"""What separates the two models of a run: every setting in which they differ, by what it did where that is known."""

import math

from mlp.experiments.config import MODELS, Comparison, Difference, differences, names_of
from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.experiments.names import inside, told
from mlp.experiments.training.run import Run, largest_difference
from mlp.training import EpochRecord
from mlp.view.numbers import times
from mlp.view.settings import as_text

# Means of the seeds 1 to 5, as the ladder computes them with the sheet's settings
OVER_SEEDS = (
    "Over five seeds ours reaches a test accuracy of 0.975 (standard deviation 0.003) and scikit-learn 0.968 (0.008), "
    "which so few seeds can't tell apart; **they get there in different ways.** Stopped after 100 epochs, "
    "scikit-learn reaches 0.944 (0.012), and without momentum as well only 0.648 (0.056). Large batches make few "
    "steps; momentum and many more epochs make up for it. **The ladder** above computes this change by change."
)
WHY_OTHER_EPOCHS = (
    "Patience sees the mean of the batches' losses before each update, and the two sums are rounded differently: where "
    "a loss falls by just about the tolerance, it is progress for one model and none for the other."
)
STOPPING = tuple(name for name, setting in HYPERPARAMETERS.items() if setting.change == "stopping")


def reasons(run: Run) -> list[str]:
    """Return what the differing hyperparameters did in this run, the weightiest first, and the others by name."""
    ours, peer, names = run.ours.record, run.peer.record, names_of(run.comparison)
    one, other = told(names[0]), inside(names[1])
    left = {row.name: row for row in differences(run.comparison.ours, run.comparison.peer)}
    if not left:
        return [nothing_differs(ours, peer, names)]
    found = []
    if "batch_size" in left and ours.epoch and peer.epoch:
        del left["batch_size"]
        a, b = ours.updates // ours.epoch, peer.updates // peer.epoch
        found.append(f"**Batch size.** {one} corrects its weights {times(a)} an epoch, {other} {times(b)}.")
    if "momentum" in left:
        del left["momentum"]
        momenta = ((one, run.comparison.ours.momentum), (told(names[1]), run.comparison.peer.momentum))
        found.append(f"**Momentum.** {'; '.join(lengthening(name, momentum) for name, momentum in momenta)}.")
    if stopping := [left.pop(name) for name in STOPPING if name in left]:
        found.append(
            f"**Epochs.** {one} made {ours.epoch:,}, {other} {peer.epoch:,}: {ours.updates:,} and {peer.updates:,} "
            f"updates ({pairs(stopping)})."
        )
    if left:
        found.append(f"**They also differ in** {pairs(list(left.values()))}. What that did, one training can't tell.")
    return [*found, OVER_SEEDS] if run.comparison == Comparison() else found


def pairs(rows: list[Difference]) -> str:
    """Return settings with both values, ours first: "Patience never and 10"."""
    return "; ".join(f"{HYPERPARAMETERS[row.name].label} {as_text(row.ours)} and {as_text(row.peer)}" for row in rows)


def nothing_differs(ours: EpochRecord, peer: EpochRecord, names: tuple[str, str] = MODELS) -> str:
    """Return what equal hyperparameters have led to."""
    if ours.epoch != peer.epoch:
        so_far = f"{ours.epoch:,} by {inside(names[0])}, {peer.epoch:,} by {inside(names[1])}."
        if ours.ended and peer.ended:
            return f"**Nothing differs** in the settings, but the epochs do: {so_far} {WHY_OTHER_EPOCHS}"
        return f"**Nothing differs** but the epochs so far: {so_far}"
    gap = largest_difference(ours.network, peer.network)
    if math.isnan(gap):
        return "**Nothing differs** in the settings, and the numbers of the networks overflowed."
    return f"**Nothing differs**, and neither do the networks: the largest difference of any weight is {gap:.1g}."


def lengthening(name: str, momentum: float) -> str:
    """Return what a momentum does to the length of a step."""
    if not momentum:
        return f"{name} has none"
    times = f"{1 / (1 - momentum):.3g}"
    return f"{name} has {as_text(momentum)}, so that on an even slope a step grows up to {times} times as long"
