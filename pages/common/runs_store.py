"""Where this visitor's runs are: in the server's store that lasts, or for this visit alone where there is none."""

import logging
import os
from pathlib import Path

import streamlit as st

from mlp.experiments.runs.notes import KINDS, NoteStore, SessionNotes
from mlp.experiments.runs.sql_notes import SqlNotes
from mlp.experiments.runs.sql_schema import Engine, prepare
from mlp.experiments.runs.sql_store import SqlStore
from mlp.experiments.runs.store import NotKept, RunStore, SessionStore
from pages.common.browser_key import forget_key, keep_key, key, owner, person, use_key
from pages.common.messages import plain

STORE, NOTES = "runs: store", "runs: notes"
CONNECTION, ADDRESS = "runs", "BACKPROP_RUNS"
ROOT = Path(__file__).parents[2]
# Where Community Cloud puts an app: its disk does not outlive the app's next start
TEMPORARY = Path("/mount/src")
VISIT = "Runs last until you reload or close this page: this server has no store for them now. A file keeps them."
NO_COOKIE = "Your browser keeps no cookie for this page, so runs last until you reload it. A file keeps them."
SHORT_DISK = "This server's disk is emptied whenever the app starts anew: save what matters as a file."
LASTS = "Your runs are kept for this browser, a year from your last visit to them. Who opens this browser sees them."
SIGNED_IN = "Your runs are kept for you, wherever you sign in."


def store() -> RunStore:
    """Return this visitor's runs."""
    if STORE not in st.session_state:
        st.session_state[STORE] = opened()
    return st.session_state[STORE]


def opened() -> RunStore:
    """Return the store that lasts, or that of the visit where it can't be reached, which is noted in the log."""
    try:
        return SqlStore(runs_engine(), owner())
    except Exception:  # whatever a database and its driver raise: nobody is kept from training by it
        logging.getLogger(__name__).exception("The store of runs can't be reached; runs last for a visit.")
        return SessionStore()


def notes() -> NoteStore:
    """Return this visitor's notes, which are where her runs are."""
    if NOTES not in st.session_state:
        st.session_state[NOTES] = SqlNotes(runs_engine(), owner()) if isinstance(store(), SqlStore) else SessionNotes()
    return st.session_state[NOTES]


def anything_kept() -> bool:
    """Return whether there is anything of this visitor to be found again."""
    return bool(store().heads()) or any(notes().names(kind) for kind in KINDS)


@st.cache_resource(max_entries=1, show_spinner=False)
def runs_engine() -> Engine:
    """Return the connection to the store: the one named in the secrets, else in the environment, else a file here."""
    if CONNECTION in secret_connections():
        return prepare(st.connection(CONNECTION, type="sql").engine)
    address = os.environ.get(ADDRESS) or f"sqlite:///{file_here()}"
    return prepare(st.connection(CONNECTION, type="sql", url=address).engine)


def secret_connections() -> tuple[str, ...]:
    """Return the names of the connections in the secrets; there may be no secrets at all."""
    return tuple(st.secrets.get("connections", {})) if st.secrets.load_if_toml_exists() else ()


def file_here() -> Path:
    """Return the file of the default store, whose folder is made if it is not there."""
    folder = ROOT / ".runs"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / "runs.db"


def lasting_words() -> str:
    """Have the browser keep its key where it needs one, and return how long its runs last."""
    kept = store()
    if isinstance(kept, SessionStore):
        return VISIT
    if person():
        return SIGNED_IN
    said = keep_key(wanted=anything_kept())
    if said == "":
        return NO_COOKIE
    if said and said != key():
        move_to(said)
    return f"{LASTS} {SHORT_DISK}" if TEMPORARY.exists() and not secret_connections() else LASTS


def move_to(said: str) -> None:
    """Go on with the key that this browser has from another tab, and take along what was kept under the new one."""
    old, noted = store(), notes()
    use_key(said)
    st.session_state[STORE] = new = opened()
    del st.session_state[NOTES]
    try:
        new.put(*old.all())
        old.delete([run.id for run in old.heads()])
        move_notes(noted, notes())
    except NotKept as error:
        st.warning(plain(str(error)))


def move_notes(old: NoteStore, new: NoteStore) -> None:
    """Take notes along to another key."""
    for kind in KINDS:
        for name in reversed(old.names(kind)):
            if (text := old.get(kind, name)) is not None and new.get(kind, name) is None:
                new.put(kind, name, text)
            old.delete(kind, name)


def notice() -> str:
    """Return what is to be said of the room that is left, blank while there is plenty."""
    kept = store()
    return kept.notice() if isinstance(kept, SqlStore) else ""


def delete_everything() -> None:
    """Delete all of this visitor's runs, and the key by which they were found; a `NotKept` if that is not possible."""
    kept = store()
    if isinstance(kept, SqlStore):
        kept.forget()
    else:
        kept.delete([run.id for run in kept.heads()])
    forget_key()
    del st.session_state[STORE]
    st.session_state.pop(NOTES, None)
