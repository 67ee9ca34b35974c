"""What came out of a run, in tables and words: results, differences of settings, and why they matter."""

import math

from mlp.datasets import noun_of
from mlp.experiments.config import Comparison, differences, does_something, judged_by, names_of, settings_of
from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.training import EpochRecord
from mlp.view.dataset_words import dataset_label
from mlp.view.judging import judging_set
from mlp.view.settings import as_text

ENDED = {"max_iter": "all epochs made", "tol": "the loss stalled", "diverged": "the loss overflowed"}
# With early stopping
STALLED_SCORE = "the validation accuracy stalled"
BEST_KEPT = "the network best on the validation share is kept"
MISSING = "–"
SCALED = {"by 16": "every pixel divided by 16", "standardised": "each feature standardised on the training part"}


def result_rows(run: Run, *, running: bool) -> list[tuple[str, ...]]:
    """Return the rows of the table of results: what, ours, the other's."""
    share = run.comparison.data.validation_size
    judging, by = judging_set(share), judged_by(share)
    return [
        ("Training accuracy", *(number(r.train_accuracy) for r in records(run))),
        (f"{judging} accuracy", *(number(getattr(r, f"{by}_accuracy")) for r in records(run))),
        ("Training loss", *(number(r.train_loss) for r in records(run))),
        (f"{judging} loss", *(number(getattr(r, f"{by}_loss")) for r in records(run))),
        ("Epochs", *(f"{r.epoch:,}" for r in records(run))),
        ("Updates", *(f"{r.updates:,}" for r in records(run))),
        ("Seconds training", *map(seconds_words, records(run), run.remembered)),
        ("Ended because", *(ending(learner, running) for learner in run.learners)),
    ]


def records(run: Run) -> tuple[EpochRecord, EpochRecord]:
    """Return the latest record of both models."""
    return run.ours.record, run.peer.record


def number(value: float) -> str:
    """Return a metric, or a dash where it overflowed."""
    return f"{value:,.5f}" if math.isfinite(value) else MISSING


def seconds_words(record: EpochRecord, remembered: bool) -> str:
    """Return the seconds of a training, and that they are of an earlier one where its result is remembered."""
    return f"{record.seconds:.2f}{', remembered' if remembered else ''}"


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


def campaign_memory_words(remembered: int, trainings: int) -> str:
    """Return how many of the trainings of an experiment were made before it began, nothing if none were."""
    if not remembered:
        return ""
    made = "All trainings were" if remembered == trainings else f"{remembered:,} of {trainings:,} trainings were"
    return f"{made} made before and are remembered; their seconds are those of then."


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
    """Return what a panel of learning curves shows while it grows, and before."""
    return (
        f"{quantity.capitalize()} by epoch of both models, on the training set and on the one to choose by, drawn "
        "while they are trained. A table below then has the latest numbers."
    )


def curves_words(run: Run, quantity: str) -> str:
    """Return what a panel of learning curves shows, with its latest numbers."""
    share, parts = run.comparison.data.validation_size, []
    judging, by = judging_set(share).lower(), judged_by(share)
    for name, learner in zip(names_of(run.comparison), run.learners, strict=True):
        values = (getattr(learner.history[i], f"{s}_{quantity}") for i in (0, -1) for s in ("train", by))
        first, first_judged, last, last_judged = (number(value) for value in values)
        parts.append(
            f"{name} from {first} to {last} on the training set and from {first_judged} to {last_judged} on the "
            f"{judging} set after {learner.record.epoch} epochs"
        )
    frequent = quantity == "accuracy" and math.isfinite(run.most_frequent)
    line = f" {frequent_words(run)}" if frequent else ""
    return f"{quantity.capitalize()} by epoch: " + "; ".join(parts) + f".{line}"


def frequent_words(run: Run) -> str:
    """Return what the dotted line of the accuracies says."""
    judging = judging_set(run.comparison.data.validation_size).lower()
    return (
        f"The grey dotted line: always the most frequent class, which gets {run.most_frequent:.4f} of the {judging} "
        "set right."
    )


def difference_rows(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    """Return the hyperparameters in which the two differ: label, scikit-learn's name, ours, the other's."""
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
    swapped += f"; {data.validation_size:.4g} of the training part for validation" if data.validation_size else ""
    settings = "".join(f"; {setting}" for setting in shared)
    return f"The same for both: {dataset_label(data.dataset)}; {split}{swapped}{scaled}{settings}."
