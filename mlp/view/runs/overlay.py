"""Several runs in one chart: which, smoothed how much, and the chart itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlp.arrays import Array
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import StoredRun
from mlp.view.palette import RUN_LOOKS
from mlp.view.runs.smoothing import smoothed
from mlp.view.runs.table import marked_name

MOST_OVERLAID, LATEST = len(RUN_LOOKS), 2
OVERLAY_COLUMNS = ("run", "slot", "x", "raw", "value", "epoch", "updates", "seconds", "latest", "baseline")
# What can be drawn, and its column in a curve; an error is what an accuracy lacks to 1
QUANTITIES = {
    "test accuracy": "test_accuracy",
    "test error": "test_accuracy",
    "training accuracy": "train_accuracy",
    "training error": "train_accuracy",
    "test loss": "test_loss",
    "training loss": "train_loss",
    "validation accuracy": "val_accuracy",
    "validation error": "val_accuracy",
    "validation loss": "val_loss",
}
X_TITLES = {"epoch": "Epoch", "updates": "Updates", "seconds": "Seconds of training"}


@dataclass(frozen=True)
class Drawing:
    """What of the runs is drawn, and how.

    Attributes
    ----------
    quantity : str
        One of `QUANTITIES`.
    x : {"epoch", "updates", "seconds"}
    smoothing : float in [0, 1)
    log_x, log_y : bool
        Logarithmic axes.
    part : two whole numbers from 0 to 100
        Where of the longest run's axis the chart begins and ends, in per cent.
    """

    quantity: str = "test accuracy"
    x: str = "epoch"
    smoothing: float = 0.0
    log_x: bool = False
    log_y: bool = False
    part: tuple[int, int] = (0, 100)


def overlaid(
    shown: Sequence[KeptRun], ticked: Collection[str], baseline: KeptRun | None
) -> tuple[tuple[KeptRun, ...], tuple[KeptRun, ...]]:
    """Return the runs to draw and those for which there is no room.

    Parameters
    ----------
    shown : sequence of KeptRun
        Those in the table, the oldest first.
    ticked : collection of str
        Ids of the runs to draw; with none the latest two are.
    baseline : KeptRun, optional
        Always drawn, before the others.
    """
    wanted = [run for run in shown if run.id in ticked] or list(shown[-LATEST:])
    others = [run for run in wanted if baseline is None or run.id != baseline.id]
    room = MOST_OVERLAID - (baseline is not None)
    first = (baseline,) if baseline else ()
    return (*first, *others[-room:]), tuple(others[:-room])


def overlaid_words(drawn: int, left_out: Sequence[KeptRun], *, ticked: bool, baseline: bool) -> str:
    """Return which runs the chart has, and which it leaves out.

    Parameters
    ----------
    drawn : int
        How many runs the chart has.
    left_out : sequence of KeptRun
    ticked : bool
        Whether they are those that were ticked, and not the latest.
    baseline : bool
        Whether one of them is the baseline.
    """
    which = f"{'the baseline and ' if baseline else ''}the {'ticked' if ticked else 'latest'} runs"
    if left_out:
        names = ", ".join(run.name for run in left_out)
        return f"Drawn are {which}, {drawn} at the most. Left out, as the oldest: {names}."
    return f"Drawn are {which}." + ("" if ticked else " Tick runs in the table to choose others.")


def overlay_frame(
    runs: Sequence[StoredRun], slots: Mapping[str, int], baseline: KeptRun | None, drawing: Drawing
) -> pd.DataFrame:
    """Return the curves of several runs in long form, a row a point; what overflowed is left out.

    Parameters
    ----------
    runs : sequence of StoredRun
        At least one.
    slots : dict of int
        The runs' looks by their ids.
    baseline : KeptRun, optional
    drawing : Drawing
    """
    parts = [curve_part(run, slots[run.id], baseline, drawing) for run in runs]
    return zoomed(pd.concat(parts, ignore_index=True).dropna(subset="raw"), drawing.part)


def zoomed(frame: pd.DataFrame, part: tuple[int, int]) -> pd.DataFrame:
    """Return the rows in a part of the horizontal axis, given in per cent of its length."""
    low, high = (frame["x"].max() * share / 100 for share in part)
    return frame[frame["x"].between(low, high)]


def curve_part(run: StoredRun, slot: int, baseline: KeptRun | None, drawing: Drawing) -> pd.DataFrame:
    """Return one run's rows of `overlay_frame`."""
    raw, epochs = curve_of(run, drawing.quantity), run.values("epoch")
    last = np.flatnonzero(np.isfinite(raw)).max(initial=0)
    columns = {
        "run": marked_name(run, baseline),
        "slot": str(slot),
        "x": run.values(drawing.x),
        "raw": raw,
        "value": smoothed(raw, epochs, drawing.smoothing),
        "epoch": epochs,
        "updates": run.values("updates"),
        "seconds": run.values("seconds"),
        "latest": np.arange(len(raw)) == last,
        "baseline": baseline is not None and run.id == baseline.id,
    }
    return pd.DataFrame(columns, columns=OVERLAY_COLUMNS)


def curve_of(run: StoredRun, quantity: str) -> Array:
    """Return a run's curve of one of the quantities, shape (k,)."""
    values = run.values(QUANTITIES[quantity])
    return 1.0 - values if quantity.endswith("error") else values


def empty_overlay() -> pd.DataFrame:
    """Return no curves, for a chart that gets its data later."""
    return pd.DataFrame(columns=OVERLAY_COLUMNS)


def overlay_words(runs: Sequence[StoredRun], drawing: Drawing) -> str:
    """Return what the chart shows, for those who don't see it."""
    ends = "; ".join(f"{run.name} ends at {value_words(run, drawing.quantity)}" for run in runs)
    return f"{drawing.quantity.capitalize()} by {drawing.x}: {ends}."


def value_words(run: StoredRun, quantity: str) -> str:
    """Return a run's last value of a quantity."""
    value = float(curve_of(run, quantity)[-1])
    return f"{value:.5f}" if np.isfinite(value) else "no number, it overflowed"
