"""Layers over the epochs: curves of saturation and of gradients."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from mlp.experiments.config import MODELS
from mlp.view.charts import legend, scale_of
from mlp.view.outcome.layer_words import GRADIENT, SATURATION, TITLES, Insights, count_words
from mlp.view.palette import LAYER_DASHES, colours_of

LAYER_COLUMNS = ("epoch", "model", "layer", "share", "units", "norm")
LAYERS_HEIGHT = 360


def layer_curves_frame(insights: dict[str, Insights]) -> pd.DataFrame:
    """Return every layer's curves in long form, a row for each model, epoch and layer.

    Parameters
    ----------
    insights : dict
        By the model's name in the palette, then by epoch.
    """
    rows = [
        (epoch, model, f"layer {layer.layer}", layer.share, count_words(layer), finite(layer.gradient_norm))
        for model, by_epoch in insights.items()
        for epoch, layers in by_epoch.items()
        for layer in layers
    ]
    return pd.DataFrame(rows, columns=LAYER_COLUMNS).astype({"share": float, "norm": float})


def finite(value: float) -> float:
    """Return a number, nan in place of one that overflowed or has no place on a logarithmic axis."""
    return value if np.isfinite(value) and value > 0 else np.nan


def layer_curves(quantity: str, layers: int, models: Sequence[str] = MODELS) -> alt.LayerChart | alt.FacetChart:
    """Return curves by epoch for data with LAYER_COLUMNS: colour is the model, the dash is the layer.

    Parameters
    ----------
    quantity : {"share", "norm"}
    layers : int
        How many have a curve.
    models : two str
        What the models are called.
    """
    dashes = {f"layer {l + 1}": LAYER_DASHES[l % len(LAYER_DASHES)] for l in range(layers)}
    share = quantity == SATURATION
    scale = alt.Scale(domain=[0, 1]) if share else alt.Scale(type="log", nice=False)
    axis = alt.Axis(tickCount=5, format="%") if share else alt.Axis(tickCount=5, format="~g")
    base = (
        alt.Chart(pd.DataFrame(columns=LAYER_COLUMNS))
        .transform_filter(f"isValid(datum.{quantity})")
        .encode(
            x=alt.X("epoch:Q", title="Epoch", axis=alt.Axis(tickMinStep=1, format=",d"), scale=alt.Scale(nice=False)),
            y=alt.Y(f"{quantity}:Q", title=TITLES[quantity], axis=axis, scale=scale),
            color=alt.Color("model:N", title=None, scale=scale_of(colours_of(models)), legend=legend("top")),
            strokeDash=alt.StrokeDash("layer:N", title=None, scale=scale_of(dashes), legend=legend("bottom")),
        )
    )
    hover = alt.selection_point(name="hover", on="pointerover", nearest=True, empty=False)
    nearest = base.mark_point(filled=True, size=70, aria=False).encode(
        strokeDash=alt.value([1, 0]), tooltip=layer_tooltip(quantity),
        opacity=alt.condition(hover, alt.value(1), alt.value(0)),
    )  # fmt: skip
    return alt.layer(base.mark_line(strokeWidth=2), nearest.add_params(hover)).properties(height=LAYERS_HEIGHT)


def layer_tooltip(quantity: str) -> list[alt.Tooltip]:
    """Return what a point of a curve tells, with exact values."""
    own = {
        SATURATION: [alt.Tooltip("share:Q", title="Saturated answers", format=".4%"),
                     alt.Tooltip("units:N", title="Saturated units")],
        GRADIENT: [alt.Tooltip("norm:Q", title="‖∂L/∂W‖", format=".6~g")],
    }  # fmt: skip
    names = [alt.Tooltip("model:N", title="Model"), alt.Tooltip("layer:N", title="Layer")]
    return [*names, alt.Tooltip("epoch:Q", title="Epoch", format=",d"), *own[quantity]]
