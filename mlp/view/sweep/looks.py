"""How the models of a sweep look: their colours, and a legend that has no one else in it."""

from collections.abc import Iterable
from typing import Literal

import altair as alt

from mlp.view.palette import MODEL_COLOURS


def colours_of(models: Iterable[str]) -> dict[str, str]:
    """Return the colours of these models."""
    return {model: MODEL_COLOURS[model] for model in models}


def lines_legend(orient: Literal["top", "bottom"]) -> alt.Legend:
    """Return a legend of lines as strong as they are drawn, however faint a band or a seed is."""
    return alt.Legend(orient=orient, symbolType="stroke", symbolStrokeWidth=2, symbolSize=300, symbolOpacity=1)
