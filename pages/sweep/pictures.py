"""The pictures of a sweep: a curve, heat maps or lines from setting to setting, and the shares of its variance."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from mlp.experiments.sweep.outcomes import CellResult
from mlp.experiments.sweep.plan import Sweep
from mlp.experiments.sweep.variance import variance_shares
from mlp.view.charts import prepared
from mlp.view.settings import as_text
from mlp.view.sweep.curve import NAMED, curve_chart, curve_frame, spacing
from mlp.view.sweep.heat import CELL, heat_frame, heat_map
from mlp.view.sweep.parallel import parallel_chart, parallel_frame
from mlp.view.sweep.shares import shares_chart, shares_frame
from mlp.view.sweep.words import VARIANCE, pictured_words, share_rows, share_words
from pages.sweep.cell import take_click

ABOUT_CURVE = "The line: the mean over the seeds, with its 95% band. Small circles: the seeds one by one."
ABOUT_NAMES = "Dots: the means over the seeds, on bars of 95%. Small circles: the seeds one by one."
ABOUT_HEAT = "Figures: the mean validation accuracy. A frame: the best. A click on a cell chooses it below."
ABOUT_LINES = "A line is a combination; the stronger it is, the higher its validation accuracy on the last axis."
GROWING = "Validation accuracies, growing as the sweep is trained"

Picture = Callable[[Sweep, Sequence[CellResult], CellResult | None, str], None]


def pictures(sweep: Sweep, results: Sequence[CellResult], best: CellResult | None, *, running: bool) -> None:
    """Draw the picture that a sweep of so many settings has."""
    # A new text makes the browser build the chart anew, which flickers: while training there is only one
    words = GROWING if running else pictured_words(sweep, results)
    PICTURES.get(len(sweep.axes), parallel)(sweep, results, best, words)


def curve(sweep: Sweep, results: Sequence[CellResult], best: CellResult | None, words: str) -> None:
    """Draw one setting's curve."""
    st.vega_lite_chart(
        curve_frame(sweep, results), curve_spec(sweep.axes[0].name, spacing(sweep), sweep.models), alt=words
    )
    st.caption(ABOUT_NAMES if spacing(sweep) == NAMED else ABOUT_CURVE)


def heat(sweep: Sweep, results: Sequence[CellResult], best: CellResult | None, words: str) -> None:
    """Draw two settings' heat map, one for each model."""
    across, up = sweep.axes
    texts = tuple(map(as_text, across.values)), tuple(map(as_text, up.values))
    with st.grid(2, min_column_width=320):
        for model in sweep.models:
            with st.container():
                st.markdown(f"**{model}**")
                mine = [each for each in results if each.model == model]
                st.vega_lite_chart(
                    heat_frame(sweep, mine, best), heat_spec((across.name, up.name), texts, model),
                    key=f"sweep heat {model}", on_select=partial(take_click, f"sweep heat {model}", model),
                    selection_mode=[CELL], alt=f"{model}. {words}",
                )  # fmt: skip
    st.caption(ABOUT_HEAT)


def parallel(sweep: Sweep, results: Sequence[CellResult], best: CellResult | None, words: str) -> None:
    """Draw the lines of more settings."""
    names = tuple(axis.name for axis in sweep.axes)
    st.vega_lite_chart(parallel_frame(sweep, results), parallel_spec(names, sweep.models), alt=words)
    st.caption(ABOUT_LINES)


PICTURES: dict[int, Picture] = {1: curve, 2: heat}


def variance(sweep: Sweep, results: Sequence[CellResult]) -> None:
    """Draw how much of what varies goes with each setting; nothing where nothing varies."""
    by_model = {model: variance_shares(sweep, [each for each in results if each.model == model])
                for model in sweep.models}  # fmt: skip
    shares = {model: each for model, each in by_model.items() if each}
    if not shares:
        return
    st.subheader("What matters", anchor="variance")
    bars = max(len(share_rows(each)) for each in shares.values())
    st.vega_lite_chart(shares_frame(shares), shares_spec(bars, tuple(shares)), alt=share_words(shares))
    st.caption(VARIANCE[all(each.whole for each in shares.values())])


@st.cache_data(max_entries=24, show_spinner=False)
def curve_spec(name: str, lie: str, models: tuple[str, ...]) -> dict:
    """Return the prepared chart of one setting."""
    return prepared(curve_chart(name, lie, models))


@st.cache_data(max_entries=24, show_spinner=False)
def heat_spec(names: tuple[str, str], texts: tuple[tuple[str, ...], tuple[str, ...]], model: str) -> dict:
    """Return the prepared heat map of two settings."""
    return prepared(heat_map(names, texts, model))


@st.cache_data(max_entries=24, show_spinner=False)
def parallel_spec(names: tuple[str, ...], models: tuple[str, ...]) -> dict:
    """Return the prepared chart of more settings."""
    return prepared(parallel_chart(names, models))


@st.cache_data(max_entries=12, show_spinner=False)
def shares_spec(bars: int, models: tuple[str, ...]) -> dict:
    """Return the prepared chart of shares."""
    return prepared(shares_chart(bars, models))
