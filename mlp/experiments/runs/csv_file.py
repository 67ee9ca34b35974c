"""Runs as tables for a spreadsheet: one row a run with every setting, and every point of the curves."""

import csv
import io
import math
from collections.abc import Iterable, Sequence

from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import StoredRun
from mlp.experiments.training.points import Point

ABOUT = ("name", "id", "made", "model", "ended")
# A cell that begins with one of these is a formula to a spreadsheet; the wide ones are the same to some
ACTIVE = tuple("=+-@\t\r＝＋－＠")


def runs_csv(runs: Sequence[KeptRun], pinned: str | None = None) -> str:
    """Return a row for each run: what it is, whether it is pinned, its last and its best epoch, and all settings."""
    return table(run_row(run, pinned=run.id == pinned) for run in runs)


def curves_csv(runs: Sequence[StoredRun]) -> str:
    """Return a row for each point of each curve; what overflowed is blank."""
    return table(
        {"name": run.name, "id": run.id, "model": run.model, **point} for run in runs for point in points_of(run)
    )


def run_row(run: KeptRun, *, pinned: bool) -> dict[str, object]:
    """Return a run's row by column; the data's settings have data_ before their names."""
    final, best = run.final, run.best
    return {
        **{name: getattr(run, name) for name in ABOUT},
        "pinned": pinned,
        **final._asdict(),
        "best_test_accuracy": best.test_accuracy,
        "best_val_accuracy": best.val_accuracy,
        "best_epoch": best.epoch,
        **run.settings,
        **{f"data_{name}": value for name, value in run.data.items()},
    }


def points_of(run: StoredRun) -> Iterable[dict[str, float]]:
    """Yield the points of a curve by column."""
    whole = {name: run.values(name).astype(int).tolist() for name in ("epoch", "updates")}
    columns = {name: whole.get(name, run.values(name).tolist()) for name in Point._fields}
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def table(rows: Iterable[dict[str, object]]) -> str:
    """Return rows with the same columns as CSV."""
    text, writer = io.StringIO(), None
    for row in rows:
        if writer is None:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])
    return text.getvalue()


def cell(value: object) -> str:
    """Return a value as text: floats as `repr` writes them, nan as blank, a tuple's numbers with commas."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    return harmless(str(value))


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before what would begin one."""
    return f"'{text}" if text.startswith(ACTIVE) else text
