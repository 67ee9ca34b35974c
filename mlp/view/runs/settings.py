"""The settings of several runs side by side, a column a run, as light HTML with every name escaped."""

from collections.abc import Sequence
from html import escape

from mlp.experiments.hyperparameters import DATA_SETTINGS, HYPERPARAMETERS, has_effect
from mlp.experiments.runs.comparing import examples_of
from mlp.experiments.runs.heads import KeptRun
from mlp.view.dataset_words import dataset_label
from mlp.view.runs.looks import swatch_html
from mlp.view.settings import as_text
from mlp.view.shares import MISSING

STYLE = """<style>
.bbh-runs-box {overflow-x: auto}
.bbh-runs {border-collapse: collapse; font-size: .84rem; font-variant-numeric: tabular-nums}
.bbh-runs th, .bbh-runs td {text-align: left; vertical-align: bottom; padding: .3rem .9rem .3rem 0; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent)}
.bbh-runs th {font-weight: 600} .bbh-runs thead th {min-width: 7rem; max-width: 14rem; overflow-wrap: anywhere}
.bbh-runs code {opacity: .75; font-size: .9em} .bbh-runs img {display: block; height: 12px; margin-bottom: .2rem}
</style>"""
SAME = "These runs have the same settings."
OTHER_DATA = (
    "These runs were not tested on the same examples: their numbers and deltas can't be compared as they stand."
)
ALONE = "One run is overlaid: there is nothing for its settings to differ from."


def setting_texts(run: KeptRun) -> list[tuple[str, str, str]]:
    """Return a run's settings: label, name, value as text; first the model's, then those of the data."""
    model = [
        (about.label, name, as_text(run.settings[name]) if has_effect(about, run.settings) else MISSING)
        for name, about in HYPERPARAMETERS.items()
    ]
    data = [(about.label, f"data: {name}", data_text(name, run.data[name])) for name, about in DATA_SETTINGS.items()]
    return [*model, *data]


def data_text(name: str, value: object) -> str:
    """Return a setting of the data as text, a data set by what it is called on the page."""
    return dataset_label(str(value)) if name == "dataset" else as_text(value)


def setting_rows(runs: Sequence[KeptRun], *, differing: bool) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the settings of several runs: label, name, a text for each run.

    Parameters
    ----------
    runs : sequence of KeptRun
        At least one.
    differing : bool
        Whether those that are the same in every run are left out.
    """
    columns = [[("Model", "", run.model), *setting_texts(run)] for run in runs]
    rows = [(cells[0][0], cells[0][1], tuple(value for _, _, value in cells)) for cells in zip(*columns, strict=True)]
    return [row for row in rows if not differing or len(set(row[2])) > 1]


def settings_html(rows: Sequence[tuple[str, str, tuple[str, ...]]], names: Sequence[str], slots: Sequence[int]) -> str:
    """Return the rows of `setting_rows` as an HTML table, a run's line and name above its column."""
    head = "".join(
        f'<th scope="col">{swatch_html(slot)}{escape(name)}</th>' for name, slot in zip(names, slots, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row">{escape(label)}</th>{"".join(f"<td>{escape(value)}</td>" for value in values)}</tr>'
        for label, _, values in rows
    )
    table = f'<table class="bbh-runs"><thead><tr><th scope="col">Setting</th>{head}</tr></thead><tbody>{body}</tbody>'
    # A wide table scrolls within its box, which the keyboard has to reach
    box = '<div class="bbh-runs-box" role="region" tabindex="0" aria-label="Settings of the overlaid runs">'
    return f"{STYLE}{box}{table}</table></div>"


def on_other_data(runs: Sequence[KeptRun]) -> bool:
    """Return whether runs differ in the data or the split that they were tested on."""
    return len({tuple(examples_of(run.data).items()) for run in runs}) > 1
