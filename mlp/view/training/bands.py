"""Learning curves over seeds: the mean with its 95% band, and every seed as a thin line."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from mlp.experiments.config import MODELS
from mlp.experiments.evidence.recipes import Band
from mlp.view.charts import legend, scale_of, y_axis, y_scale
from mlp.view.palette import TEST, VALIDATION, colours_of
from mlp.view.shares import ALL_EQUAL, MISSING

# A field of `Point` by its name on the page, for the set that one chooses by
QUANTITIES = {
    name: {
        f"{name} accuracy": f"{short}_accuracy",
        "Training accuracy": "train_accuracy",
        f"{name} loss": f"{short}_loss",
        "Training loss": "train_loss",
    }
    for name, short in ((TEST, "test"), (VALIDATION, "val"))
}
MEAN = "mean"
BAND_COLUMNS = ("epoch", "model", "line", "value", "low", "high", "seeds", "bottom")
BAND_HEIGHT = 420
ZOOMED = [0.9, 1]
# What the tooltip says of a mean's interval
INTERVAL = (
    "isValid(datum.low) ? format(datum.low, '.5f') + ' to ' + format(datum.high, '.5f') "
    f": datum.seeds > 1 ? '{ALL_EQUAL}' : '{MISSING}'"
)


def band_frame(bands: Mapping[str, Band], *, log: bool = False) -> pd.DataFrame:
    """Return bands in long form: for each model a row an epoch for the mean, and one for each seed.

    Parameters
    ----------
    bands : mapping of Band
        By the model's name in the palette.
    log : bool
        Whether they are for a logarithmic axis, on which an interval that reaches down to 0 or below has no place.
    """
    parts = [part for model, band in bands.items() for part in band_parts(model, band)]
    if not parts:
        return empty_bands()
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(bottom=frame["low"].clip(lower=log_floor(frame["value"])) if log else frame["low"])


def log_floor(values: pd.Series) -> float:
    """Return where bands are cut on a logarithmic axis: at half of the smallest value above 0."""
    return float(values[values > 0].min()) / 2


def band_parts(model: str, band: Band) -> list[pd.DataFrame]:
    """Return the mean of one model with its ends, and its seeds one by one without the epochs they did not make."""
    seeds = len(band.each)
    shared = {"epoch": band.epochs, "model": model, "seeds": seeds}
    mean = pd.DataFrame({**shared, "line": MEAN, "value": band.mean, "low": band.low, "high": band.high})
    each = [
        pd.DataFrame({**shared, "line": f"seed {index + 1}", "value": values, "low": np.nan, "high": np.nan}).dropna(
            subset="value"
        )
        for index, values in enumerate(band.each)
    ]
    return [mean, *(each if seeds > 1 else [])]


def empty_bands() -> pd.DataFrame:
    """Return no band, for a chart that gets its data later."""
    return pd.DataFrame(columns=BAND_COLUMNS)


def band_chart(
    frame: pd.DataFrame,
    name: str,
    *,
    log: bool = False,
    zoomed: bool = False,
    models: Sequence[str] = MODELS,
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart | alt.FacetChart:
    """Return learning curves over seeds: thin lines, their mean, and the band of the mean.

    Parameters
    ----------
    frame : DataFrame with BAND_COLUMNS
    name : str
        One of `QUANTITIES` of a set.
    log : bool
        A logarithmic axis.
    zoomed : bool
        Whether an accuracy's axis begins at 0.9.
    models : sequence of str
        What the models are called.
    colours : mapping of str, optional
        Their colours where they are not two models of question 3.
    """
    kind = "loss" if name.endswith("loss") else "accuracy"
    # Names that a visitor has given stand below each other: side by side a phone has no room for them
    names = legend("top", stacked=colours is not None)
    base = alt.Chart(frame).encode(
        x=alt.X("epoch:Q", title="Epoch", axis=alt.Axis(tickMinStep=1, format=",d"), scale=alt.Scale(nice=False)),
        color=alt.Color("model:N", title=None, scale=scale_of(dict(colours or colours_of(models))), legend=names),
    )
    base = base.transform_filter("datum.value > 0") if log else base
    scale = alt.Scale(domain=ZOOMED) if zoomed and kind == "accuracy" else y_scale(kind, log)
    y = alt.Y("value:Q", title=name, axis=y_axis(log), scale=scale)
    mean = base.transform_filter(f"datum.line == '{MEAN}'").transform_calculate(interval=INTERVAL)
    thin = base.transform_filter(f"datum.line != '{MEAN}'").mark_line(
        strokeWidth=1, opacity=0.35, aria=False, clip=True
    )
    area = mean.transform_filter("isValid(datum.low)").mark_area(opacity=0.2, aria=False, clip=True)
    hover = alt.selection_point(name="hover", on="pointerover", nearest=True, empty=False)
    nearest = mean.mark_point(filled=True, size=70, aria=False, clip=True).encode(
        y=y, opacity=alt.condition(hover, alt.value(1), alt.value(0)), tooltip=band_tooltip()
    )
    return alt.layer(
        thin.encode(y=y, detail="line:N"),
        area.encode(y=alt.Y("bottom:Q", scale=scale), y2="high:Q"),
        mean.mark_line(strokeWidth=2.5, clip=True).encode(y=y),
        nearest.add_params(hover),
    ).properties(height=BAND_HEIGHT)


def band_tooltip() -> list[alt.Tooltip]:
    """Return what a point of a mean tells, with exact values."""
    return [
        alt.Tooltip("model:N", title="Model"),
        alt.Tooltip("epoch:Q", title="Epoch", format=",d"),
        alt.Tooltip("value:Q", title="Mean", format=".5f"),
        alt.Tooltip("interval:N", title="95% interval"),
        alt.Tooltip("seeds:Q", title="Seeds"),
    ]


def band_words(bands: Mapping[str, Band], name: str) -> str:
    """Return what the chart shows, with its last numbers."""
    parts = [
        f"{model} ends at {band.mean[-1]:.4f}, the mean of {len(band.each)} seeds, after {band.epochs[-1]} epochs"
        for model, band in bands.items()
    ]
    return f"{name} by epoch, mean over seeds with its 95% band: " + "; ".join(parts) + "."
