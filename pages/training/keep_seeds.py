"""Trainings over seeds on their way to the runs that are kept, where the visitor asks for it."""

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from mlp.experiments.runs.heads import same_training
from mlp.experiments.runs.store import NotKept
from mlp.experiments.runs.stored_run import StoredRun, free_name, stored_result
from mlp.experiments.training.results import Trained
from mlp.view.runs.names import default_name
from pages.common.lasting import lasting_button
from pages.common.messages import plain
from pages.common.runs_store import store

PROBLEM = "runs: seeds not kept"


def keep_button(results: Iterable[Trained]) -> None:
    """Draw the button that keeps these trainings as long as one is not, and the way to all that are kept."""
    missing = missing_entries(results)
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Keep these runs ({len(missing)})" if missing else "These runs are kept"
        lasting_button(label, "keep seeds", keep_entries, (missing,), icon=":material/inventory_2:", spent=not missing,
                       help="Adds them to the runs that are kept.")  # fmt: skip
        if store().heads():
            st.page_link("pages/experiments.py", label="Experiments", icon=":material/compare_arrows:")
    if problem := st.session_state.pop(PROBLEM, None):
        st.warning(plain(problem), icon=":material/inventory_2:")


def missing_entries(results: Iterable[Trained]) -> list[StoredRun]:
    """Return the trainings that are not kept yet, under names that are free."""
    present = store().heads()
    names, entries = {run.name for run in present}, []
    for result in results:
        entry = stored_result(result, name=free_name(seeded_name(result), names))
        if not any(same_training(entry, old) for old in present):
            names.add(entry.name)
            entries.append(entry)
    return entries


def seeded_name(result: Trained) -> str:
    """Return a telling name that ends in the seed, the sheet's included."""
    config = result.job.config
    recipe = replace(config, random_state=type(config)().random_state)
    return f"{default_name(recipe, result.job.data)}, seed {config.random_state}"


def keep_entries(entries: list[StoredRun]) -> None:
    """Keep these runs, or note why there is no room."""
    try:
        store().put(*entries)
    except NotKept as error:
        st.session_state[PROBLEM] = str(error)
