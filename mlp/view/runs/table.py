"""The table of runs: a row a run, and which rows a filter leaves."""

import math
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from mlp.experiments.runs.csv_file import harmless
from mlp.experiments.runs.heads import KeptRun
from mlp.limits import LONGEST_FIELD
from mlp.view.runs.looks import CELL_HEIGHT, swatch_address
from mlp.view.runs.settings import setting_rows, setting_texts
from mlp.view.training.report import ENDED

EVERY_MODEL = "All"
ENDINGS = ENDED | {"stopped": "stopped early"}
MOST_SETTINGS = 8
DELTA = "Δ baseline"
VALIDATED = "Validation accuracy"


def matching(runs: Sequence[KeptRun], text: str, model: str) -> tuple[KeptRun, ...]:
    """Return the runs of a model that have every word of a text in their name or settings.

    Parameters
    ----------
    runs : sequence of KeptRun
    text : str
        Words in any order, large or small letters; none leaves every run. What is longer than a field is cut.
    model : str
        A model's name, or "All".
    """
    words = set(text[:LONGEST_FIELD].casefold().split())
    of_model = (run for run in runs if model in (EVERY_MODEL, run.model))
    return tuple(run for run in of_model if not words or has_all(searched(run), words))


def has_all(text: str, words: Collection[str]) -> bool:
    """Return whether every word stands in a text."""
    return all(word in text for word in words)


def searched(run: KeptRun) -> str:
    """Return the text in which a filter looks for its words: "… momentum 0.9 momentum=0.9 …"."""
    settings = [f"{label} {value} {name}={value}" for label, name, value in setting_texts(run)]
    return " ".join((run.name, *settings)).casefold()


def table_frame(
    runs: Sequence[KeptRun], baseline: KeptRun | None = None, lines: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return a row a run, the latest first.

    Parameters
    ----------
    runs : sequence of KeptRun
        The oldest first.
    baseline : KeptRun, optional
        The run that the others are compared with; without one there is no such column.
    lines : dict of str, optional
        The picture of a run's line in the chart, by its id.
    """
    any_shut = any(map(shut, runs))
    rows = [row(run, baseline, (lines or {}).get(run.id), any_shut=any_shut) for run in reversed(runs)]
    settings = settings_columns(runs)
    frame = pd.DataFrame(rows).assign(**settings)
    names = list(frame)[: len(frame.columns) - len(settings)]
    place = names.index("Model") + 1
    return frame[[*names[:place], *settings, *names[place:]]]


def settings_columns(runs: Sequence[KeptRun]) -> dict[str, list[str]]:
    """Return the settings in which the runs of a table differ as columns, the latest run first; at most eight."""
    if len(runs) < 2:
        return {}
    rows = [row for row in setting_rows(runs, differing=True) if row[1]]
    taken: set[str] = set()
    return {told(row, taken): [harmless(text) for text in reversed(row[2])] for row in rows[:MOST_SETTINGS]}


def told(row: tuple[str, str, tuple[str, ...]], taken: set[str]) -> str:
    """Return what a setting's column is called: its label, with its name where two settings share the label."""
    label, name, _ = row
    title = label if label not in taken else f"{label} ({name})"
    taken.add(title)
    return title


def shut(run: KeptRun) -> bool:
    """Return whether a run chose by a validation share, with the test set shut."""
    return bool(run.data["validation_size"])


def row(run: KeptRun, baseline: KeptRun | None, line: str | None, *, any_shut: bool) -> dict[str, object]:
    """Return a run's row by column; with a validation accuracy where any run of the table chose by it."""
    final, best = run.final, run.best
    return {
        # A table can be saved for a spreadsheet. On a phone the first two columns are all that is seen
        "Name": harmless(marked_name(run, baseline)),
        "Test accuracy": final.test_accuracy,
        **({VALIDATED: final.val_accuracy if shut(run) else math.nan} if any_shut else {}),
        **({DELTA: difference(run, baseline)} if baseline else {}),
        "Line": line or swatch_address(None, CELL_HEIGHT),
        "Model": run.model,
        "Best": run.best_accuracy,
        "Best epoch": best.epoch,
        "Test loss": final.test_loss,
        "Training accuracy": final.train_accuracy,
        "Epochs": final.epoch,
        "Updates": final.updates,
        "Seconds": final.seconds,
        "Ended because": ENDINGS[run.ended],
    }


def marked_name(run: KeptRun, baseline: KeptRun | None) -> str:
    """Return a run's name, and that it is the baseline if it is."""
    return f"{run.name} (baseline)" if baseline and run.id == baseline.id else run.name


def difference(run: KeptRun, baseline: KeptRun) -> float:
    """Return how much higher a run's last accuracy is than the baseline's.

    It is nan where one overflowed, and where one is of a validation and the other of a test set.
    """
    return run.accuracy - baseline.accuracy if run.judged == baseline.judged else math.nan
