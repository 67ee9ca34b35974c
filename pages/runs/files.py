"""The runs as files: JSON to open again here, CSV for a spreadsheet."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from mlp.experiments.runs.csv_file import curves_csv, runs_csv
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.json_file import latest_json, saved_runs
from mlp.experiments.runs.newcomers import added_to
from mlp.limits import RUNS_FILE
from pages.common.controls import download
from pages.common.lasting import lasting_button
from pages.common.messages import plain
from pages.common.runs_store import anything_kept, store
from pages.runs import state as runs_state

UPLOADS, TOLD = "runs: uploads", "runs: told"


def files_section(runs: Sequence[KeptRun]) -> None:
    """Draw the downloads of all runs and the field that takes a saved file, once the section is opened."""
    section = st.expander("Save and open", icon=":material/save:", key="runs_files_open", on_change="rerun")
    if told := st.session_state.pop(TOLD, None):
        st.success(told)
    if not section.open:
        return
    with section:
        st.caption(f"A file holds up to {RUNS_FILE // 1_000_000} MB; of more runs it takes the latest.")
        if runs:
            with st.container(horizontal=True):
                download("All runs, JSON", saved, "runs.json")
                download("Results and settings, CSV", partial(runs_csv, runs, store().pinned()), "runs.csv")
                download("Curves, CSV", curves, "curves.csv")
        open_file()
        if anything_kept():
            delete_all_button(len(runs))


def saved() -> str:
    """Return the runs as a file that can be opened again."""
    return latest_json(store().all(), store().pinned())


def curves() -> str:
    """Return all curves as a table."""
    return curves_csv(store().all())


def delete_all_button(count: int) -> None:
    """Draw the way to delete all runs, which asks once more: in place, where a popover would leave with its button."""
    lasting_button("Delete all that is mine", "runs: asked to delete all", runs_state.ask_to_delete_all,
                   icon=":material/delete_forever:", spent=runs_state.deleting_all())  # fmt: skip
    if not runs_state.deleting_all():
        return
    with st.container(border=True, key="runs_delete_all_box"):
        st.markdown(
            f"All {count} runs go, with the last sweep and the looks at test sets that were counted, and the cookie by "
            "which this browser finds them. There is no way back."
        )
        with st.container(horizontal=True):
            st.button("Delete all", key="runs_delete_all", type="primary", on_click=runs_state.delete_all)
            st.button("Keep them", key="runs_keep_all", on_click=runs_state.ask_to_delete_all, args=(False,))


def open_file() -> None:
    """Draw the field that takes saved runs, and add them; a file that holds none gets a sentence."""
    uploads = st.session_state.get(UPLOADS, 0)
    file = st.file_uploader("Open saved runs (JSON)", type="json", key=f"runs file {uploads}")
    if file is None:
        return
    try:
        if file.size > RUNS_FILE:
            raise ValueError(f"A file of at most {RUNS_FILE:,} bytes is needed; this one has {file.size:,}.")
        st.session_state[TOLD] = added_words(file.getvalue())
    except ValueError as error:
        st.error(plain(f"The file could not be opened. {error} Nothing has changed."))
        return
    st.session_state[UPLOADS] = uploads + 1
    st.rerun()


def added_words(content: bytes) -> str:
    """Add the runs of a file and return how many that were; raise a ValueError with a sentence and add none."""
    runs, pinned = saved_runs(content)
    new = added_to(store(), runs)
    if store().pinned() is None and pinned in {run.id for run in new}:
        store().pin(pinned)
    here = len(runs) - len(new)
    return f"{len(new)} of the file's {len(runs)} runs were added." + (f" {here} were here already." if here else "")
