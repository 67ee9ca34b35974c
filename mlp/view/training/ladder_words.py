"""The ladder in words and as a table: where the accuracy falls, where it rises, and that its end is real."""

import math
from collections.abc import Sequence

from mlp.experiments.evidence.ladder import CHANGES, START, Proof, Rung, RungResult, beyond_chance
from mlp.experiments.evidence.seed_statistics import Summary
from mlp.experiments.evidence.verdict import LEVEL
from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.view.palette import OURS, PEER, TEST
from mlp.view.settings import as_text
from mlp.view.shares import MISSING, share
from mlp.view.training.summaries import interval

NAMES = {
    START: OURS,
    "stopping": "Stopping",
    **{name: HYPERPARAMETERS[name].label for name in CHANGES if name != "stopping"},
}
STEP_NOTE = (
    "Means over the seeds with their 95% intervals, cut at 0 and 1; values that are all equal have none. A star: seed "
    "by seed, the change of the accuracy is more than chance explains (Student's paired t test; p below "
    f"{LEVEL:g} after Holm's correction for the number of changes). No star is no proof that a change does nothing."
)
# Rounding differs where sums are made in another order; a setting that differs shows in the third decimal
EQUAL = 1e-9


def rung_name(position: int, rung: Rung) -> str:
    """Return a rung's name with its number, such as "1 First weights"."""
    return f"{position} {NAMES[rung.change]}"


def change_words(rung: Rung, before: Rung) -> str:
    """Return what a rung changes: "Momentum 0 → 0.9"; the first rung's words are the settings' owner."""
    fields = CHANGES[rung.change]
    changed = [name for name in fields if getattr(rung.config, name) != getattr(before.config, name)]
    parts = (
        f"{HYPERPARAMETERS[name].label} {as_text(getattr(before.config, name))} → {as_text(getattr(rung.config, name))}"
        for name in changed
    )
    return ", ".join(parts)


def ladder_table(results: Sequence[RungResult], steps: int, judging: str = TEST) -> dict[str, list[str]]:
    """Return what the rungs came to as columns, for a ladder with so many steps, of which some may be to come."""
    stars = beyond_chance(results, steps)
    rows = [
        (
            rung_name(position, each.rung),
            accuracy(each.judged) + lost_words(each),
            step_words(each, starred=stars[position]),
            accuracy(each.train),
            f"{each.epochs:,.0f}",
            f"{each.updates:,.0f}",
            f"{each.seconds:.2f}",
        )
        for position, each in enumerate(results)
    ]
    names = ("Rung", f"{judging} accuracy", "Step", "Training accuracy", "Epochs", "Updates", "Seconds")
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}


def accuracy(summary: Summary | None) -> str:
    """Return a mean accuracy with the interval of the mean."""
    if summary is None:
        return "overflowed"
    if summary.n == 1:
        return share(summary.mean)
    known = interval(summary)
    return f"{share(summary.mean)} {f'({known})' if summary.sd else known}"


def lost_words(result: RungResult) -> str:
    """Return how many seeds a mean leaves out because they overflowed, blank if it has all of them or none."""
    return f", {result.diverged} of {len(result.each)} overflowed" if result.judged and result.diverged else ""


def step_words(result: RungResult, *, starred: bool) -> str:
    """Return what a change did to the accuracy that one chooses by, with a star where chance does not explain it."""
    if result.step is None:
        return MISSING
    sign = "+" if result.step.gap > 0 else ""
    return f"{sign}{share(result.step.gap)}" + (" *" if starred else "")


def story(results: Sequence[RungResult], judging: str = TEST) -> str:
    """Return where the accuracy falls most and where it rises most, or why that can't be said."""
    if not any(each.step for each in results):
        return "The rungs can't be compared: trainings overflowed."
    if len(results[0].each) == 1:
        return "With one seed no change can be told from chance. Take more: the rungs are compared seed by seed."
    stars = beyond_chance(results, len(results) - 1)
    told = [(each.step.gap, each) for each, starred in zip(results, stars, strict=True) if each.step and starred]
    falls = min((pair for pair in told if pair[0] < 0), key=_gap, default=None)
    rises = max((pair for pair in told if pair[0] > 0), key=_gap, default=None)
    parts = []
    if falls:
        parts.append(
            f"The {judging.lower()} accuracy falls most with **{NAMES[falls[1].rung.change]}** ({share(falls[0])})"
        )
    if rises:
        word = "and rises most" if falls else f"The {judging.lower()} accuracy rises most"
        parts.append(f"{word} with **{NAMES[rises[1].rung.change]}** (+{share(rises[0])})")
    if not parts:
        return (
            f"With {len(results[0].each)} seeds no single change of the {judging.lower()} accuracy stands out from "
            "chance. That is no proof that the changes do nothing: more seeds see smaller ones."
        )
    first, last, whole = results[0].judged, results[-1].judged, ""
    if first and last:
        whole = f" From the first rung to the last it goes from {share(first.mean)} to {share(last.mean)}."
    return f"{' '.join(parts)}.{whole}"


def _gap(pair: tuple[float, RungResult]) -> float:
    return pair[0]


def proof_words(found: Proof | None) -> str:
    """Return the proof that the last rung is scikit-learn, or why there is none."""
    if found is None:
        return f"The last rung is compared with {PEER}'s own training once both are done."
    if math.isnan(found.difference):
        return f"Whether the last rung is {PEER} can't be told: numbers overflowed, and there is nothing to compare."
    seeds = "one seed" if found.seeds == 1 else f"{found.seeds} seeds"
    gap = f"the largest difference of any weight is **{number(found.difference)}**"
    after = f"over {seeds} and up to {found.epochs:,} epochs"
    if found.difference <= EQUAL:
        return (
            f"**The last rung is {PEER}.** Our network with all of its settings against `MLPClassifier` itself, with "
            f"the same seeds: {gap}, {after}. That is rounding."
        )
    return f"**The last rung is not {PEER}**: {gap}, {after}."


def number(value: float) -> str:
    """Return a difference of weights: "0", "1.4e-15"."""
    return f"{value:.1e}" if value else "0"


def ladder_words(results: Sequence[RungResult], judging: str = TEST) -> str:
    """Return what the chart shows."""
    return f"{judging} accuracy by rung: " + "; ".join(
        f"{rung_name(position, each.rung)} {accuracy(each.judged)}" for position, each in enumerate(results)
    )
