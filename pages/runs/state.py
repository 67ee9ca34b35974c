"""What a visitor has done with her runs: ticked, pinned, deleted. The callbacks of the page change it, and nobody else.

A table's selection is positions; here it is ids, so that it survives a renamed, deleted or added row.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from mlp.experiments.runs.checks import name_of
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.newcomers import added_to
from mlp.experiments.runs.store import NotKept
from mlp.experiments.runs.stored_run import StoredRun, free_name
from pages.common.runs_store import delete_everything, store

TICKED, DELETED, PROBLEM, DELETING = "runs: ticked", "runs: deleted", "runs: problem", "runs: deleting all"


def ticked(runs: Sequence[KeptRun]) -> tuple[KeptRun, ...]:
    """Return those of the runs that are ticked."""
    ids = st.session_state.get(TICKED, ())
    return tuple(run for run in runs if run.id in ids)


def note_ticks(key: str, ids: Sequence[str]) -> None:
    """Note which rows of the table with that key, one for each id, are ticked; a run that a filter hides stays so."""
    rows = st.session_state[key]["selection"]["rows"]
    hidden = [id for id in st.session_state.get(TICKED, ()) if id not in ids]
    st.session_state[TICKED] = (*hidden, *(ids[row] for row in rows if row < len(ids)))


def baseline() -> KeptRun | None:
    """Return the pinned run, if there is one."""
    pinned = store().pinned()
    return next((run for run in store().heads() if run.id == pinned), None)


def pin(id: str | None) -> None:
    """Make a run the baseline; None leaves none."""
    with told():
        store().pin(id)


@contextmanager
def told() -> Iterator[None]:
    """Note in a sentence why a change of the store was not possible."""
    try:
        yield
    except NotKept as error:
        st.session_state[PROBLEM] = str(error)


def rename(run: KeptRun, key: str) -> None:
    """Give a run the name in the field with that key; a blank one is refused."""
    try:
        name = name_of(st.session_state[key])
    except ValueError as error:
        st.session_state[PROBLEM] = f"The {error} It is still called {run.name}."
        return
    taken = {other.name for other in store().heads() if other.id != run.id}
    st.session_state[key] = free_name(name, taken)
    with told():
        store().put(*(replace(whole, name=st.session_state[key]) for whole in store().runs([run.id])))


def delete(runs: Sequence[KeptRun]) -> None:
    """Delete runs; the last ones deleted can be had back."""
    with told():
        gone = store().runs(run.id for run in runs)
        store().delete([run.id for run in runs])
        st.session_state[DELETED] = gone


def deleting_all() -> bool:
    """Return whether it was asked to delete all runs, and not yet answered."""
    return st.session_state.get(DELETING, False)


def ask_to_delete_all(asking: bool = True) -> None:
    """Ask whether all runs shall be deleted, or ask no more."""
    st.session_state[DELETING] = asking


def delete_all() -> None:
    """Delete all runs and what leads to them; they can't be had back."""
    ask_to_delete_all(False)
    with told():
        delete_everything()
        st.session_state[DELETED] = st.session_state[TICKED] = ()


def deleted() -> tuple[StoredRun, ...]:
    """Return what was deleted last."""
    return st.session_state.get(DELETED, ())


def undo() -> None:
    """Put back what was deleted last, ticked as it was."""
    ids = {run.id for run in store().heads()}
    with told():
        added_to(store(), [run for run in deleted() if run.id not in ids])
        st.session_state[TICKED] = tuple(run.id for run in deleted())
        st.session_state[DELETED] = ()


def problem() -> str | None:
    """Return what went wrong in the last callback, once."""
    return st.session_state.pop(PROBLEM, None)
