"""Bars: one number for each unit or class, with its sign or its meaning in the colour."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from mlp.arrays import Array
from mlp.view.numbers import format_number
from mlp.view.palette import NEGATIVE, NEUTRAL, POSITIVE, RIGHT, WRONG

BAR_COLUMNS = ("name", "value", "colour", "words")
BARS_HEIGHT = 190


def signed_bars(names: Sequence[str], values: Array) -> pd.DataFrame:
    """Return numbers by name in long form, coloured by their sign."""
    return bar_frame(names, values, [POSITIVE if value > 0 else NEGATIVE for value in values])


def answer_bars(names: Sequence[str], values: Array, true: int) -> pd.DataFrame:
    """Return outputs by class in long form: green is the true class, pink the largest output if it is another."""
    said = int(np.argmax(values))
    kinds = [RIGHT if at == true else WRONG if at == said else NEUTRAL for at in range(len(values))]
    return bar_frame(names, values, kinds)


def answer_words(shows: str, classes: Sequence[str], values: Array, true: int) -> str:
    """Return what an example is, after words such as "the image shows", and what the largest output says."""
    said = int(np.argmax(values))
    verdict = "which is right" if said == true else "which is wrong"
    largest = format_number(float(values[said]))
    return f"{shows} {classes[true]}; the largest output, {largest}, says {classes[said]}, {verdict}."


def bar_frame(names: Sequence[str], values: Array, colours: Sequence[str]) -> pd.DataFrame:
    """Return bars in long form; what overflowed is left out."""
    rows = [
        (name, float(value), colour, f"{name}: {value:.6f}")
        for name, value, colour in zip(names, values, colours, strict=True)
        if np.isfinite(value)
    ]
    return pd.DataFrame(rows, columns=BAR_COLUMNS)


def bar_chart(across: str, up: str, domain: tuple[float, float] | None = None, height: int = BARS_HEIGHT) -> alt.Chart:
    """Return the chart of bars, for data with BAR_COLUMNS; the tooltip has the exact number.

    Parameters
    ----------
    across, up : str
        What the names and the numbers are.
    domain : tuple of two float, optional
        The ends of the numbers' axis; by default they follow from the data and 0.
    height : int
        In pixels.
    """
    scale = alt.Scale(domain=list(domain), nice=False) if domain else alt.Scale()
    return (
        alt.Chart(pd.DataFrame(columns=BAR_COLUMNS))
        .mark_bar()
        .encode(
            x=alt.X("name:N", title=across, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelLimit=90)),
            y=alt.Y("value:Q", title=up, scale=scale, axis=alt.Axis(tickCount=5)),
            color=alt.Color("colour:N", scale=None),
            description="words:N",
            tooltip=[alt.Tooltip("name:N", title=across), alt.Tooltip("value:Q", title=up, format=".6f")],
        )
        .properties(height=height)
    )
