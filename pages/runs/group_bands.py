"""The mean learning curves of recipes over their seeds in one chart."""

from collections.abc import Sequence

import streamlit as st

from mlp.experiments.runs.groups import SeedGroup, group_band
from mlp.view.charts import prepared
from mlp.view.judging import judging_set
from mlp.view.runs.group_bands import ABOUT, band_colours, banded, cut_words
from mlp.view.training.bands import QUANTITIES, band_chart, band_frame, band_words, empty_bands
from pages.common.messages import plain
from pages.common.runs_store import store


def bands_section(groups: Sequence[SeedGroup], baseline: SeedGroup | None) -> None:
    """Draw the bands of the baseline's recipe and of the latest others; nothing where none has two seeds."""
    shown = banded(groups, baseline)
    if not shown:
        return
    quantities = QUANTITIES[judging_set(next(iter(shown.values())).runs[0].data["validation_size"])]
    name = st.selectbox("Curve over seeds", tuple(quantities), key="runs_band", width=260)
    bands = {
        title: group_band(store().runs(run.id for run in group.sound), quantities[name])
        for title, group in shown.items()
    }
    log = name.endswith("loss")
    spec = prepared(band_chart(empty_bands(), name, log=log, models=tuple(bands), colours=band_colours(tuple(bands))))
    st.vega_lite_chart(band_frame(bands, log=log), spec, alt=plain(band_words(bands, name)))
    st.caption(plain(ABOUT + cut_words(len(shown), len(groups))))
