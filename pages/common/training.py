"""Training while the page is open: a fragment that ticks, and the buttons that start and stop it.

Nothing runs between ticks, and the browser asks for them: leaving the page or closing the tab ends the training.
"""

import streamlit as st

from mlp.experiments.config import Comparison
from mlp.experiments.run import Run, start
from mlp.view.charts import curve_frame, empty_curves, learning_curves, prepared
from mlp.view.palette import OURS, PEER
from mlp.view.report import curves_under_way, curves_words, progress_share, progress_words, result_rows
from pages.common.cached import split_of, training_turns
from pages.common.controls import explain_unknown

RUN, RUNNING, TRAIN, LOG = "q3: run", "q3: running", "q3: train", "log_loss"
SECONDS = (
    "Seconds are spent in training alone, without measuring and drawing. scikit-learn is called epoch by epoch here: "
    "with large batches that takes about half as long again as its `fit` in one go, for the same weights."
)
TICK_SECONDS, BUDGET_SECONDS, WAIT_SECONDS = 0.5, 0.4, 0.3


def end_if_left() -> None:
    """Note that a training which was under way when its page was left is over; it can be resumed.

    Streamlit forgets the widgets of a page that is left, so a button unknown so far means an arrival.
    """
    if TRAIN not in st.session_state:
        st.session_state[RUNNING] = False


def current_run() -> Run | None:
    """Return this visitor's run, trained or not to its end."""
    return st.session_state.get(RUN)


def is_running() -> bool:
    """Return whether the run is under way."""
    return st.session_state.get(RUNNING, False)


def buttons(comparison: Comparison) -> None:
    """Draw Train, Stop and Resume."""
    run, running = current_run(), is_running()
    explain_unknown("Logarithmic loss", LOG, ("true", "false"))
    with st.container(horizontal=True, vertical_alignment="center"):
        # Not a callback: those run before a setting typed just before the click has been read
        if st.button("Train both", key=TRAIN, type="primary", icon=":material/play_arrow:", disabled=running):
            st.session_state[RUN] = start(comparison, split_of(comparison.data))
            set_running(True)
            st.rerun()
        st.button("Stop", icon=":material/stop:", disabled=not running, on_click=set_running, args=(False,),
                  help="Ends within one epoch and keeps what was trained.")  # fmt: skip
        st.button("Resume", icon=":material/resume:", disabled=running or run is None or run.ended,
                  on_click=set_running, args=(True,), help="Goes on where it was stopped.")  # fmt: skip
        st.toggle("Logarithmic loss", value=True, key=LOG, bind="query-params")


def set_running(running: bool) -> None:
    """Note whether the run is under way."""
    st.session_state[RUNNING] = running


def live_view() -> None:
    """Draw the run's progress, curves and results, and train while it is under way."""
    with st.container(key="live"):  # of its own: otherwise the element after it gets lost now and then
        st.fragment(tick, run_every=TICK_SECONDS if is_running() else None)()


def tick() -> None:
    """Train for a moment and draw; the last tick runs the whole page once more, without a timer."""
    run = current_run()
    waiting = is_running() and not run.ended and not train_in_turn(run)
    draw(run)
    if waiting:
        st.caption("Others are training on this server: waiting for a turn.")
    if is_running() and run.ended:
        set_running(False)
        st.rerun()


def train_in_turn(run: Run) -> bool:
    """Train for a moment if there is a turn; a Stop, or the end of the visit, takes effect after the epoch."""
    turns = training_turns()
    if not turns.acquire(timeout=WAIT_SECONDS):
        return False
    try:
        run.advance(BUDGET_SECONDS, is_running)  # reading the session's state is where Streamlit lets clicks in
    finally:
        turns.release()
    return True


def draw(run: Run) -> None:
    """Draw how far both models are, their learning curves and their results so far."""
    learners = {OURS: run.ours, PEER: run.peer}
    with st.grid(2, min_column_width=280):
        for name, learner in learners.items():
            st.progress(progress_share(learner), text=progress_words(name, learner))
    frame = curve_frame(learners)
    with st.grid(2, min_column_width=320):
        for quantity in ("loss", "accuracy"):
            spec = curve_spec(quantity, quantity == "loss" and st.session_state[LOG])
            # A new text makes the browser build the chart anew, which flickers: while training there is only one
            words = curves_under_way(quantity) if is_running() else curves_words(run, quantity)
            st.vega_lite_chart(frame, spec, alt=words)
    rows = result_rows(run, running=is_running())
    st.table({"": [row[0] for row in rows], OURS: [row[1] for row in rows], PEER: [row[2] for row in rows]},
             border="horizontal", hide_index=True, alt="Results of both models")  # fmt: skip
    st.caption(SECONDS)


@st.cache_data(max_entries=4, show_spinner=False)
def curve_spec(quantity: str, log: bool) -> dict:
    """Return the prepared chart of a panel."""
    return prepared(learning_curves(empty_curves(), quantity, log=log))
