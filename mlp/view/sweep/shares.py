"""How much of a sweep's variance goes with each setting, as bars."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from mlp.experiments.sweep.variance import Shares
from mlp.view.charts import scale_of
from mlp.view.palette import colours_of
from mlp.view.sweep.words import share_rows

COLUMNS = ("what", "share", "model", "words")
BAR = 18


def shares_frame(shares: Mapping[str, Shares]) -> pd.DataFrame:
    """Return a row for each model and what varies with it, the first model's largest share first."""
    rows = [(name, value, model, f"{model}, {name}: {value:.0%}")
            for model, each in shares.items() for name, value in share_rows(each)]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def shares_chart(bars: int, models: tuple[str, ...]) -> alt.Chart:
    """Return the chart of so many bars for each of these models."""
    return (
        alt.Chart(pd.DataFrame(columns=COLUMNS))
        .mark_bar(cornerRadius=2)
        .encode(
            y=alt.Y("what:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=150)),
            yOffset=alt.YOffset("model:N", sort=list(models)),
            x=alt.X("share:Q", title="Share of the variance", scale=alt.Scale(domain=[0, 1]),
                    axis=alt.Axis(format=".0%", tickCount=5)),
            color=alt.Color("model:N", title=None, scale=scale_of(colours_of(models)), legend=alt.Legend(orient="top")),
            tooltip=[alt.Tooltip("words:N", title=" ")], description="words:N",
        )
        .properties(height=120 + bars * (10 + BAR * len(models)))
    )  # fmt: skip
