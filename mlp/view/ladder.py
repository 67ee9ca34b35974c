"""The ladder in words, a table and a chart: where the accuracy falls, where it rises, and that its end is real."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from mlp.experiments.ladder import CHANGES, START, Proof, Rung, RungResult
from mlp.experiments.seed_statistics import Summary
from mlp.experiments.verdict import LEVEL
from mlp.view.palette import MODEL_COLOURS, NEUTRAL, OURS, PEER, TEST, TRAINING
from mlp.view.settings import FIELDS, as_text
from mlp.view.verdict import share, span

MISSING = "–"
NAMES = {
    START: OURS,
    "momentum": "Momentum",
    "stopping": "Stopping",
    **{name: FIELDS[name].label for name in CHANGES if name not in ("momentum", "stopping")},
}
CLIMB_COLUMNS = ("rung", "position", "set", "mean", "low", "high", "words")
SEED_COLUMNS = ("rung", "set", "value")
RUNG_HEIGHT = 64
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
        f"{FIELDS[name].label} {as_text(getattr(before.config, name))} → {as_text(getattr(rung.config, name))}"
        for name in changed
    )
    return ", ".join(parts)


def ladder_table(results: Sequence[RungResult]) -> dict[str, list[str]]:
    """Return what the rungs came to as columns."""
    rows = [
        (
            rung_name(position, each.rung),
            accuracy(each.test) + lost_words(each),
            step_words(each),
            accuracy(each.train),
            f"{each.epochs:,.0f}",
            f"{each.updates:,.0f}",
            f"{each.seconds:.2f}",
        )
        for position, each in enumerate(results)
    ]
    names = ("Rung", "Test accuracy", "Step", "Training accuracy", "Epochs", "Updates", "Seconds")
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}


def accuracy(summary: Summary | None) -> str:
    """Return a mean accuracy with the interval of the mean."""
    if summary is None:
        return "overflowed"
    return share(summary.mean) + (f" ({span(*summary.interval)})" if summary.n > 1 else "")


def lost_words(result: RungResult) -> str:
    """Return how many seeds a mean leaves out because they overflowed, blank if it has all of them or none."""
    return f", {result.diverged} of {len(result.tests)} overflowed" if result.test and result.diverged else ""


def step_words(result: RungResult) -> str:
    """Return what a change did to the test accuracy, with a star where the seeds agree on it."""
    if result.step is None:
        return MISSING
    sign = "+" if result.step.gap > 0 else ""
    return f"{sign}{share(result.step.gap)}" + (" *" if result.step.p_value < LEVEL else "")


STEP_NOTE = (
    "Means over the seeds with their 95% intervals. A star: seed by seed, the change of the test accuracy is more than "
    "chance explains (Student's paired t test, p < 0.05)."
)


def story(results: Sequence[RungResult]) -> str:
    """Return where the accuracy falls most and where it rises most, or why that can't be said."""
    if not any(each.step for each in results):
        return "The rungs can't be compared: trainings overflowed."
    if len(results[0].tests) == 1:
        return "With one seed no change can be told from chance. Take more: the rungs are compared seed by seed."
    told = [(each.step.gap, each) for each in results if each.step and each.step.p_value < LEVEL]
    falls = min((pair for pair in told if pair[0] < 0), key=_gap, default=None)
    rises = max((pair for pair in told if pair[0] > 0), key=_gap, default=None)
    parts = []
    if falls:
        parts.append(f"The test accuracy falls most with **{NAMES[falls[1].rung.change]}** ({share(falls[0])})")
    if rises:
        word = "and rises most" if falls else "The test accuracy rises most"
        parts.append(f"{word} with **{NAMES[rises[1].rung.change]}** (+{share(rises[0])})")
    if not parts:
        return "On no rung did the test accuracy change by more than chance explains."
    ends = results[0].test, results[-1].test
    whole = f" From the first rung to the last it goes from {share(ends[0].mean)} to {share(ends[1].mean)}."
    return f"{' '.join(parts)}.{whole if all(ends) else ''}"


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
    if found.classes == 2:
        return (
            f"With two classes the last rung is not {PEER} weight by weight ({gap}, {after}): it has one logistic "
            "output where ours has two softmax outputs."
        )
    return f"**The last rung is not {PEER}**: {gap}, {after}."


def number(value: float) -> str:
    """Return a difference of weights: "0", "1.4e-15"."""
    return f"{value:.1e}" if value else "0"


def climb_frame(results: Sequence[RungResult]) -> pd.DataFrame:
    """Return the rungs' mean accuracies with intervals, a row for each rung and set."""
    rows = [
        (rung_name(position, each.rung), position, name, summary.mean, *ends(summary),
         words_of(name, position, each, summary))
        for position, each in enumerate(results)
        for name, summary in ((TEST, each.test), (TRAINING, each.train))
        if summary
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=CLIMB_COLUMNS)


def ends(summary: Summary) -> tuple[float, float]:
    """Return both ends of the interval of a mean, the mean itself where one value has none."""
    return summary.interval if summary.n > 1 else (summary.mean, summary.mean)


def words_of(name: str, position: int, result: RungResult, summary: Summary) -> str:
    """Return what a mark of the chart says to those who can't see it."""
    return f"{rung_name(position, result.rung)}, {name.lower()} accuracy {accuracy(summary)}"


def seed_frame(results: Sequence[RungResult]) -> pd.DataFrame:
    """Return the test accuracy of every seed, a row each, without those that overflowed."""
    rows = [
        (rung_name(position, each.rung), TEST, value)
        for position, each in enumerate(results)
        for value in each.tests
        if math.isfinite(value)
    ]
    return pd.DataFrame(rows, columns=SEED_COLUMNS)


def ladder_frame(results: Sequence[RungResult]) -> pd.DataFrame:
    """Return means and single seeds in one table, as the chart takes them."""
    return pd.concat([climb_frame(results), seed_frame(results)], ignore_index=True)


def empty_ladder() -> pd.DataFrame:
    """Return no rung, for a chart that gets its data later."""
    return pd.DataFrame(columns=(*CLIMB_COLUMNS, "value"))


def ladder_chart(frame: pd.DataFrame, rungs: int) -> alt.LayerChart:
    """Return the ladder as a chart: a row a rung, the mean accuracies on bars that span their intervals.

    Parameters
    ----------
    frame : DataFrame as `ladder_frame` makes it
    rungs : int
        How many rungs there are.
    """
    blue = MODEL_COLOURS[OURS]
    y = alt.Y("rung:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=150))
    scale = alt.Scale(zero=False, padding=12)
    x = alt.X("mean:Q", title="Accuracy (share of examples)", scale=scale, axis=alt.Axis(tickCount=5))
    base = alt.Chart(frame).encode(y=y)
    test, training = (
        base.transform_filter(f"datum.set == '{name}' && isValid(datum.mean)") for name in (TEST, TRAINING)
    )
    tooltip = [
        alt.Tooltip("rung:N", title="Rung"),
        alt.Tooltip("set:N", title="Set"),
        *(
            alt.Tooltip(f"{name}:Q", format=".5f", title=title)
            for name, title in (("mean", "Mean"), ("low", "From"), ("high", "To"))
        ),
    ]
    shape = alt.Shape(
        "set:N", title=None, scale=alt.Scale(domain=[TEST, TRAINING], range=["circle", "diamond"]),
        legend=alt.Legend(orient="top", symbolFillColor=NEUTRAL, symbolStrokeColor=NEUTRAL),
    )  # fmt: skip
    seeds = base.transform_filter("isValid(datum.value)").mark_tick(thickness=1.5, size=16, color=NEUTRAL, aria=False)
    path = test.mark_line(color=blue, strokeWidth=1.5, strokeDash=[2, 3], aria=False)
    return alt.layer(
        seeds.encode(x=alt.X("value:Q", scale=scale)),
        path.encode(x=x, order=alt.Order("position:Q")),
        test.mark_bar(height=10, cornerRadius=4, opacity=0.35, color=blue, aria=False).encode(
            x=alt.X("low:Q"), x2="high:Q"
        ),
        training.mark_point(filled=True, size=70, opacity=0.9, color=NEUTRAL).encode(
            x=x, shape=shape, tooltip=tooltip, description="words:N"
        ),
        test.mark_point(filled=True, size=110, opacity=1, color=blue).encode(
            x=x, shape=shape, tooltip=tooltip, description="words:N"
        ),
    ).properties(height=RUNG_HEIGHT * rungs)


def ladder_words(results: Sequence[RungResult]) -> str:
    """Return what the chart shows."""
    return "Test accuracy by rung: " + "; ".join(
        f"{rung_name(position, each.rung)} {accuracy(each.test)}" for position, each in enumerate(results)
    )
