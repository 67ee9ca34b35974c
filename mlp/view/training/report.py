"""What came out of a run, in tables and words: results, differences of settings, and why they matter."""

import math

from mlp.datasets import noun_of
from mlp.datasets.dataset import IMAGES
from mlp.experiments.config import Comparison, DataConfig, differences, does_something, settings_of
from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.experiments.training.run import Learner, Run, largest_difference
from mlp.training import EpochRecord
from mlp.view.datasets import dataset_label
from mlp.view.numbers import times
from mlp.view.palette import OURS, PEER
from mlp.view.settings import as_text

ENDED = {"max_iter": "all epochs made", "tol": "the loss stalled", "diverged": "the loss overflowed"}
# With early stopping
STALLED_SCORE = "the validation accuracy stalled"
BEST_KEPT = "the network best on the validation share is kept"
MISSING = "–"
SCALED = {"by 16": "every pixel divided by 16", "standardised": "each feature standardised on the training part"}
TWO_CLASSES = (
    "**Nothing differs** in the settings, but with two classes scikit-learn has a single logistic output where ours "
    "has two softmax ones: other first weights, and so other networks."
)
# Means of the seeds 1 to 5, as the ladder computes them with the sheet's settings
OVER_SEEDS = (
    "Over five seeds ours reaches a test accuracy of 0.975 (standard deviation 0.003) and scikit-learn 0.968 (0.008), "
    "which so few seeds can't tell apart: **much the same, for different reasons.** Stopped after 100 epochs, "
    "scikit-learn reaches 0.944 (0.012), and without momentum as well only 0.648 (0.056). Large batches make few "
    "steps; momentum and many more epochs make up for it. **The ladder** above computes this change by change."
)


def result_rows(run: Run, *, running: bool) -> list[tuple[str, ...]]:
    """Return the rows of the table of results: what, ours, scikit-learn's."""
    return [
        ("Training accuracy", *(number(r.train_accuracy) for r in records(run))),
        ("Test accuracy", *(number(r.test_accuracy) for r in records(run))),
        ("Training loss", *(number(r.train_loss) for r in records(run))),
        ("Test loss", *(number(r.test_loss) for r in records(run))),
        ("Epochs", *(f"{r.epoch:,}" for r in records(run))),
        ("Updates", *(f"{r.updates:,}" for r in records(run))),
        ("Seconds training", *(f"{r.seconds:.2f}" for r in records(run))),
        ("Ended because", *(ending(learner, running) for learner in run.learners)),
    ]


def records(run: Run) -> tuple[EpochRecord, EpochRecord]:
    """Return the latest record of both models."""
    return run.ours.record, run.peer.record


def number(value: float) -> str:
    """Return a metric, or a dash where it overflowed."""
    return f"{value:,.5f}" if math.isfinite(value) else MISSING


def ending(learner: Learner, running: bool) -> str:
    """Return why training ended, or that it has not."""
    if not learner.ended:
        return "still training" if running else "stopped early"
    if learner.config.early_stopping and learner.record.best:
        return f"{STALLED_SCORE if learner.ended == 'tol' else ENDED[learner.ended]}; {BEST_KEPT}"
    return ENDED[learner.ended]


def remembered_words(names: list[str]) -> str:
    """Return that these models are not trained again."""
    who, what = ("Both were", "results") if len(names) > 1 else (f"{names[0]} was", "result")
    return f"{who} trained here with these settings before: the same {what}, remembered."


def progress_share(learner: Learner) -> float:
    """Return how much of its training a model has behind it, 1 when it has ended."""
    return 1.0 if learner.ended else learner.record.epoch / learner.config.max_iter


def progress_words(name: str, learner: Learner) -> str:
    """Return how far a model is."""
    record, config = learner.record, learner.config
    end = f", ended: {ending(learner, running=True)}" if record.ended else ""
    most = "at most " if math.isfinite(config.n_iter_no_change) else ""
    return f"{name}: epoch {record.epoch:,} of {most}{config.max_iter:,}{end}"


def curves_under_way(quantity: str) -> str:
    """Return what a panel of learning curves shows while it grows."""
    return (
        f"{quantity.capitalize()} by epoch of both models, on the training and test sets, as they are trained. The "
        "table below has the latest numbers."
    )


def curves_words(run: Run, quantity: str) -> str:
    """Return what a panel of learning curves shows, with its latest numbers."""
    parts = []
    for name, learner in ((OURS, run.ours), (PEER, run.peer)):
        values = (getattr(learner.history[i], f"{s}_{quantity}") for i in (0, -1) for s in ("train", "test"))
        first, first_test, last, last_test = (number(value) for value in values)
        parts.append(
            f"{name} from {first} to {last} on the training set and from {first_test} to {last_test} on the test set "
            f"after {learner.record.epoch} epochs"
        )
    return f"{quantity.capitalize()} by epoch: " + "; ".join(parts) + "."


def troubles(run: Run) -> list[str]:
    """Return a sentence for each model whose training went wrong."""
    models, data = ((OURS, run.ours), (PEER, run.peer)), run.comparison.data
    return [text for name, learner in models if (text := trouble(name, learner, data))]


def trouble(name: str, learner: Learner, data: DataConfig) -> str | None:
    """Return what went wrong and what to try, None if nothing did."""
    record, rate = learner.record, as_text(learner.config.learning_rate_init)
    # The digits' pixels are all of one size; the columns of a table may be thousands apart
    scaled = noun_of(data.dataset) == IMAGES or data.scaling != DataConfig.scaling
    advice = f"The steps are too long: try a learning rate smaller than {rate}{'' if scaled else ', or standardise'}."
    if record.ended == "diverged":
        return f"{name}: the loss overflowed in epoch {record.epoch}. {advice}"
    if record.train_loss > learner.history[0].train_loss:
        before, after = number(learner.history[0].train_loss), number(record.train_loss)
        return f"{name}: the training loss rose from {before} to {after}, so nothing was learnt. {advice}"
    return None


def difference_rows(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    """Return the hyperparameters in which the two differ: label, scikit-learn's name, ours, scikit-learn's."""
    rows = differences(comparison.ours, comparison.peer)
    return [(HYPERPARAMETERS[row.name].label, row.name, as_text(row.ours), as_text(row.peer)) for row in rows]


def equal_words(comparison: Comparison) -> str:
    """Return the settings that both models share, and the split."""
    different = {row.name for row in differences(comparison.ours, comparison.peer)}
    shared = [
        f"{about.label} {as_text(getattr(comparison.ours, name))}" for name, about in HYPERPARAMETERS.items()
        if name not in different and does_something(name, settings_of(comparison.ours))
    ]  # fmt: skip
    data = comparison.data
    split = f"{data.test_size:.4g} of the {noun_of(data.dataset)} for testing, chosen with seed {data.random_state}"
    scaled = f"; {SCALED[data.scaling]}" if data.scaling in SCALED else ""
    swapped = "; training and test part swapped" if data.swapped else ""
    settings = "".join(f"; {setting}" for setting in shared)
    return f"The same for both: {dataset_label(data.dataset)}; {split}{swapped}{scaled}{settings}."


def reasons(run: Run) -> list[str]:
    """Return what the differing hyperparameters did in this run, the weightiest first."""
    ours, peer = records(run)
    different = {row.name for row in differences(run.comparison.ours, run.comparison.peer)}
    told = []
    if not different:
        told.append(nothing_differs(ours, peer))
    if "batch_size" in different and ours.epoch and peer.epoch:
        a, b = ours.updates // ours.epoch, peer.updates // peer.epoch
        told.append(f"**Batch size.** Ours corrects its weights {times(a)} an epoch, scikit-learn {times(b)}.")
    if "momentum" in different:
        momenta = ((OURS, run.comparison.ours.momentum), (PEER, run.comparison.peer.momentum))
        told.append(f"**Momentum.** {'; '.join(lengthening(name, momentum) for name, momentum in momenta)}.")
    if {"max_iter", "n_iter_no_change", "tol"} & different:
        told.append(
            f"**Epochs.** Ours made {ours.epoch:,}, scikit-learn {peer.epoch:,}: {ours.updates:,} and {peer.updates:,} "
            "updates."
        )
    return [*told, OVER_SEEDS] if run.comparison == Comparison() else told


def nothing_differs(ours: EpochRecord, peer: EpochRecord) -> str:
    """Return what equal hyperparameters have led to."""
    if ours.epoch != peer.epoch:
        return f"**Nothing differs** but the epochs so far: {ours.epoch:,} by ours, {peer.epoch:,} by scikit-learn."
    gap = largest_difference(ours.network, peer.network)
    if math.isnan(gap):
        return "**Nothing differs** in the settings, and the numbers of the networks overflowed."
    if gap and ours.network.sizes[-1] == 2:
        return TWO_CLASSES
    return f"**Nothing differs**, and neither do the networks: the largest difference of any weight is {gap:.1g}."


def lengthening(name: str, momentum: float) -> str:
    """Return what a momentum does to the length of a step."""
    if not momentum:
        return f"{name} has none"
    times = f"{1 / (1 - momentum):.3g}"
    return f"{name} has {as_text(momentum)}, so that on an even slope a step grows up to {times} times as long"
