"""The runs that are kept: a table to filter, sort and tick, and what can be done with those ticked."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from mlp.experiments.config import MODELS
from mlp.experiments.runs.heads import KeptRun
from mlp.limits import LONGEST_RUN_NAME
from mlp.view.runs.looks import CELL_HEIGHT, slots_of, swatch_address
from mlp.view.runs.overlay import overlaid, overlaid_words
from mlp.view.runs.table import DELTA, EVERY_MODEL, VALIDATED, matching, table_frame
from pages.common.kept_runs import keep_or_say
from pages.common.lasting import lasting_button
from pages.common.live import BOTH
from pages.common.messages import plain
from pages.common.runs_store import lasting_words, notice, store
from pages.runs import state as runs_state
from pages.runs.did_it_help import did_it_help, pair_of
from pages.runs.files import files_section
from pages.runs.foreign import foreign_section
from pages.runs.overlay import overlay_section
from pages.runs.seeds_table import seeds_table
from pages.runs.take_away import take_away

SLOTS, TEXT, MODEL, ONE_ROW = "runs: slots", "runs_filter", "runs_model", "runs_one_row"
FLATTERS = (
    "*Best* is the highest accuracy of any epoch, on the test set or on the validation share where one was held out. "
    "Choosing an epoch or a run by the test set flatters it: part of its lead is chance, and on new data it will do a "
    "little worse."
)
EMPTY = "Nothing is kept yet: a training is, once it has ended or was stopped."


def runs_section() -> None:
    """Draw the visitor's runs, and below them the curves of some."""
    # A training that was under way on Question 3 ended when its page was left; and now there may be room for it
    if last := BOTH.current:
        keep_or_say(last)
    if said := runs_state.problem():
        st.error(plain(said))
    undo_box()
    runs = store().heads()
    if runs:
        compare(filtered(runs), runs)
    else:
        st.write(EMPTY)
        st.page_link("pages/q3.py", label="Train two models on Question 3", icon=":material/arrow_forward:")
    files_section(runs)
    foreign_section()
    if said := " ".join(filter(None, (lasting_words(), notice()))):
        st.caption(plain(said))


def compare(shown: Sequence[KeptRun], runs: Sequence[KeptRun]) -> None:
    """Draw the table of the runs that the filter leaves, their curves, and whether one is better than another."""
    if not shown:
        st.info("No run fits this filter. Clear it to see all.")
        return
    chosen, baseline = runs_state.ticked(shown), runs_state.baseline()
    drawn, left_out = overlaid(shown, [run.id for run in chosen], baseline)
    slots = st.session_state[SLOTS] = slots_of([run.id for run in drawn], st.session_state.get(SLOTS, {}))
    if st.toggle("Seeds as one row", key=ONE_ROW, help="One row for all runs that are equal but for the seed."):
        seeds_table(shown, baseline, runs)
    table(shown, baseline, slots)
    actions(chosen, baseline)
    st.caption(FLATTERS)
    st.header("Curves", anchor="curves")
    st.caption(plain(overlaid_words(len(drawn), left_out, ticked=bool(chosen), baseline=baseline is not None)))
    st.fragment(overlay_section)(store().runs(run.id for run in drawn), slots, baseline)
    did_it_help(chosen, baseline, runs)
    if pair := pair_of(chosen, baseline) or chosen[:1]:
        take_away(pair)


def filtered(runs: Sequence[KeptRun]) -> tuple[KeptRun, ...]:
    """Draw the filter and return the runs that it leaves."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input("Filter", key=TEXT, placeholder="in a name or a setting: momentum 0.9", width=320,
                             persist_state="session")  # fmt: skip
        model = st.segmented_control("Model", (EVERY_MODEL, *MODELS), default=EVERY_MODEL, required=True, key=MODEL,
                                     persist_state="session")  # fmt: skip
    return matching(runs, text, model)


def table(shown: Sequence[KeptRun], baseline: KeptRun | None, slots: Mapping[str, int]) -> None:
    """Draw the table; ticking rows is noted by the runs' ids."""
    lines = {id: swatch_address(slot, CELL_HEIGHT) for id, slot in slots.items()}
    frame, ids = table_frame(shown, baseline, lines), [run.id for run in reversed(shown)]
    # A selection is positions: other rows get another table, which starts with the runs that were ticked
    key = f"runs_table_{hashlib.sha256(''.join(ids).encode()).hexdigest()[:12]}"
    if key not in st.session_state:
        rows = [ids.index(run.id) for run in runs_state.ticked(shown)]
        st.session_state[key] = {"selection": {"rows": rows}}
    note = partial(runs_state.note_ticks, key, ids)
    with st.container(key="runs_table"):
        st.dataframe(frame, key=key, on_select=note, selection_mode="multi-row", hide_index=True,
                     column_config=columns(), alt="Runs that are kept, a row each, the latest first")  # fmt: skip


def columns() -> dict:
    """Return how each column is written."""
    named = ("Test accuracy", VALIDATED, "Best", "Test loss", "Training accuracy")
    five = {name: st.column_config.NumberColumn(format="%.5f") for name in named}
    return {
        "Line": st.column_config.ImageColumn(help="The run's line in the chart below", width=75),
        "Name": st.column_config.TextColumn(width=200),
        **{name: st.column_config.NumberColumn(format="localized") for name in ("Epochs", "Best epoch", "Updates")},
        DELTA: st.column_config.NumberColumn(format="%+.5f", help="Its accuracy minus the baseline's"),
        **five,
        "Seconds": st.column_config.NumberColumn(format="%.2f", help="Spent in training alone"),
    }


def actions(chosen: Sequence[KeptRun], baseline: KeptRun | None) -> None:
    """Draw what can be done with the ticked runs."""
    one = chosen[0] if len(chosen) == 1 else None
    with st.container(horizontal=True, vertical_alignment="bottom", key="runs_actions"):
        rename_field(one)
        lasting_button(
            "Delete", "runs: delete", runs_state.delete, (chosen,), icon=":material/delete:", spent=not chosen
        )
        st.button("Pin as baseline", icon=":material/keep:", disabled=one is None, on_click=runs_state.pin,
                  args=(one.id if one else None,), help="Compares every run with the one that is ticked.")  # fmt: skip
        if baseline:
            st.button("Unpin", icon=":material/keep_off:", on_click=runs_state.pin, args=(None,))


def rename_field(run: KeptRun | None) -> None:
    """Draw the field that renames the one ticked run; without one it waits."""
    if run is None:
        st.text_input("Rename", key="runs_rename", placeholder="tick one run", disabled=True, width=320)
        return
    key = f"runs_rename_{run.id}"
    st.text_input("Rename", run.name, max_chars=LONGEST_RUN_NAME, key=key, on_change=runs_state.rename, args=(run, key),
                  width=320)  # fmt: skip


def undo_box() -> None:
    """Draw what was deleted last, and the way back."""
    if gone := runs_state.deleted():
        with st.container(horizontal=True, vertical_alignment="center", key="runs_undo"):
            named = gone[0].name if len(gone) == 1 else f"{len(gone)} runs"
            st.caption(plain(f"Deleted: {named}."), width="content")
            st.button("Undo", icon=":material/undo:", on_click=runs_state.undo)
