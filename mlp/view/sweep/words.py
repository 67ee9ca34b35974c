"""A sweep in sentences: the best by validation, how sure that is, and how much each setting has to do with it."""

import math
from collections.abc import Mapping, Sequence

from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.experiments.sweep.outcomes import CellResult
from mlp.experiments.sweep.plan import Sweep
from mlp.experiments.sweep.variance import Shares
from mlp.view.settings import as_text
from mlp.view.shares import MISSING, share, span
from mlp.view.training.summaries import interval

FLATTERS = (
    "The interval is Student's over the seeds. The best of many is ahead by luck too, so that its mean flatters: train "
    "it on question 3 and let the test set judge."
)
VARIANCE = {
    True: "Shares of the sum of squares of all validation accuracies, as in an analysis of variance.",
    False: (
        "Shares of the sum of squares of all validation accuracies that low, middle and high values of a setting "
        "explain by themselves, less what chance would. Not every combination was trained, so they may overlap and "
        "need not add up to 100%."
    ),
}
TOGETHER, SEEDS = "Combinations of settings", "Seeds"


def label(name: str) -> str:
    """Return what a setting is called."""
    return HYPERPARAMETERS[name].label


def cell_words(sweep: Sweep, result: CellResult) -> str:
    """Return a combination in words: "Ours, learning rate 0.01, units 50"."""
    parts = [f"{HYPERPARAMETERS[axis.name].short} {as_text(value)}"
             for axis, value in zip(sweep.axes, result.cell, strict=True)]  # fmt: skip
    return ", ".join([result.model, *parts])


def best_words(sweep: Sweep, best: CellResult | None, others: Sequence[CellResult], sound: int) -> str:
    """Return which combination is the best by validation, and how many others can't be told from it.

    Parameters
    ----------
    sweep : Sweep
    best : CellResult or None
    others : sequence of CellResult
        Those that can't be told from it.
    sound : int
        How many combinations can be chosen.
    """
    if best is None or best.summary is None:
        return "No combination can be chosen: each has a training that overflowed or is missing."
    found = f"Best by validation: {cell_words(sweep, best)}, with a mean accuracy of {share(best.mean)}"
    known = interval(best.summary)
    found += f" (95% interval {known})" if best.summary.sd > 0 else ""
    return f"{found}. {rivals_words(len(others), sound - 1, len(sweep.seeds))}"


def rivals_words(alike: int, others: int, seeds: int) -> str:
    """Return how many of the others can't be told from the best."""
    if not others:
        return "It is the only one that can be chosen."
    if seeds == 1:
        who = "the other one" if others == 1 else f"any of the {others:,} others"
        return f"With one seed it can't be told from {who}: take more seeds."
    if not alike:
        who = "The other one is" if others == 1 else f"All {others:,} others are"
        return f"{who} worse by more than chance explains."
    if alike == others:
        who = "The other one can't" if others == 1 else f"None of the {others:,} others can"
        return f"{who} be told from it: chance explains what is between them."
    return f"{alike:,} of the {others:,} others can't be told from it, the rest is worse by more than chance explains."


def share_rows(shares: Shares) -> list[tuple[str, float]]:
    """Return what varies with what, the largest share first."""
    rows = [(label(name), value) for name, value in shares.settings.items()]
    rows += [(TOGETHER, shares.together)] if shares.whole and len(rows) > 1 else []
    return sorted([*rows, (SEEDS, shares.seeds)], key=second, reverse=True)


def second(row: tuple[str, float]) -> float:
    """Return a row's value."""
    return row[1]


def share_words(shares: Mapping[str, Shares]) -> str:
    """Return the shares of each model in words."""
    told = (
        f"{model}: {', '.join(f'{name} {value:.0%}' for name, value in share_rows(each))}"
        for model, each in shares.items()
    )
    return f"How much of what varies goes with what. {'; '.join(told)}."


def sweep_table(sweep: Sweep, results: Sequence[CellResult]) -> dict[str, list[object]]:
    """Return the combinations as columns, the best first; those without a number at the end."""
    rows = sorted(results, key=mean_of, reverse=True)
    columns: dict[str, list[object]] = {"Model": [each.model for each in rows]}
    for place, axis in enumerate(sweep.axes):
        columns[label(axis.name)] = [as_text(each.cell[place]) for each in rows]
    return columns | {
        "Validation accuracy": [accuracy_words(each) for each in rows],
        "95% interval": [interval(each.summary) for each in rows],
        "Training accuracy": [share(each.train_accuracy) if math.isfinite(each.train_accuracy) else MISSING
                              for each in rows],
        "Epochs": [f"{each.epochs:,.0f}" if math.isfinite(each.epochs) else MISSING for each in rows],
        "Seconds": [f"{each.seconds:.2f}" if math.isfinite(each.seconds) else MISSING for each in rows],
        "Seeds": [f"{len(each.each)}" + (f", {each.diverged} overflowed" if each.diverged else "") for each in rows],
    }  # fmt: skip


def mean_of(result: CellResult) -> float:
    """Return a combination's mean."""
    return result.mean


def accuracy_words(result: CellResult) -> str:
    """Return a mean accuracy, or why there is none."""
    if math.isfinite(result.mean):
        return share(result.mean)
    return "overflowed" if result.diverged else MISSING


def pictured_words(sweep: Sweep, results: Sequence[CellResult]) -> str:
    """Return what the pictures of a sweep show."""
    made = [each for each in results if math.isfinite(each.mean)]
    names = ", ".join(label(axis.name) for axis in sweep.axes)
    if not made:
        return f"Validation accuracy by {names}: nothing is trained yet."
    low, high = min(made, key=mean_of), max(made, key=mean_of)
    return (
        f"Validation accuracy by {names}, means over the seeds: {span(low.mean, high.mean)} over {len(made)} "
        f"combinations. Lowest: {cell_words(sweep, low)}. Highest: {cell_words(sweep, high)}."
    )
