"""A drawing as the models see it, and their answers to it: a picture, words and a chart."""

import altair as alt
import numpy as np
import pandas as pd

from mlp.experiments.config import MODELS
from mlp.experiments.outcome.drawn import Outputs
from mlp.view.charts import scale_of
from mlp.view.images import picture
from mlp.view.numbers import format_number
from mlp.view.outcome.gallery import png_address
from mlp.view.palette import colours_of

OUTPUT_COLUMNS = ("digit", "model", "output", "exact", "words")
CHART_HEIGHT = 290
CHART_WORDS = "Both models' outputs for each digit as pairs of bars. The words beside it give both answers."
SEEN = "What both models see"
SEEN_STYLE = """<style>
.bbh-seen {margin: 0; font-size: .84rem; text-align: center}
.bbh-seen img {display: block; width: 112px; height: 112px; margin: 0 auto .35rem; border-radius: .3rem;
  image-rendering: pixelated; outline: 1px solid color-mix(in srgb, currentColor 15%, transparent)}
</style>"""
FAIRNESS = (
    "Your drawing is not one of the data set's pictures: with another pen and another hand, both models err more often "
    "than on the test images."
)


def seen_html(drawing: np.ndarray, shape: tuple[int, int]) -> str:
    """Return a row of the data set as a picture with its caption."""
    source = png_address(picture(drawing, shape))
    words = f"Your drawing reduced to {shape[0]} by {shape[1]} shades of grey"
    figure = f'<img src="{source}" alt="{words}"><figcaption>{SEEN}</figcaption>'
    return f'{SEEN_STYLE}<figure class="bbh-seen">{figure}</figure>'


def answer_words(name: str, outputs: Outputs | None, classes: tuple[str, ...]) -> str:
    """Return a model's answer as Markdown: the digit, and how sure it is."""
    if outputs is None:
        return f"**{name}** has no answer: its numbers overflowed."
    sure = exact(outputs, outputs.said)
    return f"**{name}: {classes[outputs.said]}** ({sure if outputs.probable else f'output {sure}'})"


def exact(outputs: Outputs, index: int) -> str:
    """Return one output: a percentage if it is a probability, else a number."""
    value = float(outputs.values[index])
    return f"{value:.1%}" if outputs.probable else format_number(value, 2)


def improbable_words(answers: dict[str, Outputs | None]) -> str | None:
    """Return which model's outputs are no probabilities, None where all are."""
    names = [name for name, outputs in answers.items() if outputs is not None and not outputs.probable]
    return f"{' and '.join(names)}: outputs, which are no probabilities with this loss." if names else None


def outputs_frame(answers: dict[str, Outputs | None], classes: tuple[str, ...]) -> pd.DataFrame:
    """Return the outputs in long form, a row for each model and class; a model without an answer is left out."""
    rows = [
        (digit, name, float(value), exact(outputs, index), f"{name}, {digit}: {exact(outputs, index)}")
        for name, outputs in answers.items()
        if outputs is not None
        for index, (digit, value) in enumerate(zip(classes, outputs.values, strict=True))
    ]
    return pd.DataFrame(rows, columns=OUTPUT_COLUMNS)


def empty_outputs() -> pd.DataFrame:
    """Return no output, for a chart that gets its data later."""
    return pd.DataFrame(columns=OUTPUT_COLUMNS)


def outputs_chart(frame: pd.DataFrame, *, probable: bool = True, models: tuple[str, ...] = MODELS) -> alt.Chart:
    """Return a pair of bars for each digit, ours or the first filled and the other an outline.

    Parameters
    ----------
    frame : DataFrame with OUTPUT_COLUMNS
    probable : bool
        Whether all are probabilities, from 0 to 1.
    models : two str
        What the models are called.
    """
    colours = colours_of(models)
    # The second sign beside colour: one is filled, the other an outline
    fills = {models[0]: colours[models[0]], models[1]: f"{colours[models[1]]}40"}
    title, scale = ("Probability", alt.Scale(domain=[0, 1])) if probable else ("Output", alt.Scale(zero=True))
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format="%") if probable else alt.Axis(tickCount=5, format="~g")
    squares = alt.Legend(orient="top", symbolType="square", symbolSize=160, symbolStrokeWidth=1.5, columnPadding=12)
    return (
        alt.Chart(frame)
        .mark_bar(strokeWidth=1.5)
        .encode(
            x=alt.X("digit:N", title="Digit", sort=None, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("model:N", scale=alt.Scale(domain=list(models))),
            y=alt.Y("output:Q", title=title, scale=scale, axis=axis),
            fill=alt.Fill("model:N", title=None, scale=scale_of(fills), legend=squares),
            stroke=alt.Stroke("model:N", title=None, scale=scale_of(colours), legend=squares),
            description="words:N",
            tooltip=[alt.Tooltip("digit:N", title="Digit"), alt.Tooltip("model:N", title="Model"),
                     alt.Tooltip("exact:N", title=title)],
        )
        .properties(height=CHART_HEIGHT)
    )  # fmt: skip
