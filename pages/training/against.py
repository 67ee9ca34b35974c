"""Against whom: scikit-learn, a second model of ours, or an earlier run of the visitor's own, trained again."""

from dataclasses import replace

import streamlit as st

from mlp.experiments.config import Config, DataConfig, PeerConfig
from mlp.experiments.export.again import settings_of_run
from mlp.experiments.runs.comparing import data_of
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import STOPPED
from mlp.untrusted.numbers import quoted
from mlp.view.runs.names import deviations_of
from pages.common.controls import choice_field
from pages.common.messages import plain

AGAINST, RUN, CHOSEN = "versus", "run", "q3: earlier run"
SCIKIT_LEARN, OWN, EARLIER = "scikit-learn", "A second model", "An earlier run"
HELP = (
    "scikit-learn's MLPClassifier, as on the sheet; a second model of yours, for the question whether a change was any "
    "good; or a run of yours that was kept."
)
AGAIN = (
    "It is trained again, on the data above: with the same data the same settings and seed give the same weights, to "
    "the last bit."
)
OTHER_DATA = "It was trained on other data, another split or another scaling than those above."
NONE_KEPT = (
    "No run of yours is kept yet: a training is, once it has ended or was stopped. Until then it is scikit-learn's."
)


def against_field() -> str:
    """Draw the choice of the other model and return it."""
    chosen = choice_field("Against", AGAINST, (SCIKIT_LEARN, OWN, EARLIER), help=HELP)
    if chosen != EARLIER and RUN in st.query_params:
        del st.query_params[RUN]
    return chosen


def earlier_run(data: DataConfig) -> Config:
    """Draw the choice of a run that was kept, and return its settings; scikit-learn's of the sheet without one."""
    from pages.common.runs_store import store  # here, because who has no earlier run needs no database

    st.header("An earlier run", anchor=False)
    runs = {run.id: run for run in reversed(store().heads()) if run.ended != "diverged"}
    if not runs:
        st.caption(NONE_KEPT)
        return PeerConfig()
    asked = st.query_params.get(RUN)
    if asked is not None and asked not in runs:
        st.warning(plain(f"The address asks for the run {quoted(asked)}, which is not among yours: choose another."))
    names = {id: run.name for id, run in runs.items()}
    if st.session_state.get(CHOSEN) not in runs:
        st.session_state[CHOSEN] = asked if asked in runs else next(iter(runs))
    chosen = st.selectbox("Run", list(runs), key=CHOSEN, format_func=names.__getitem__)
    st.query_params[RUN] = chosen
    run = runs[chosen]
    config = config_of(run)
    told = deviations_of(config)
    st.caption(plain(f"{run.model}: {', '.join(told) if told else 'the settings of the sheet'}."))
    st.caption(AGAIN if data_of(run) == data else f"{AGAIN} {OTHER_DATA}")
    return config


def config_of(run: KeptRun) -> Config:
    """Return a run's settings; of one that was stopped only the epochs that it made."""
    config = settings_of_run(run)
    return replace(config, max_iter=max(1, run.final.epoch)) if run.ended == STOPPED else config
