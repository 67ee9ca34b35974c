"""Work for a visitor who is there: closing the tab or going to another page ends it."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, NamedTuple, Protocol, TypeVar

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

Result = TypeVar("Result")
UNDER_WAY = "under way"


class Stopping(Protocol):
    """What is trained a slice at a time."""

    def stop(self) -> None:
        """Ask for no more."""


class UnderWay(NamedTuple):
    """The training that a visitor looks at, and on which page that is."""

    page: str
    training: Stopping | None


NOTHING = UnderWay("", None)


class Attended(Executor):
    """An executor that makes no call for a visitor whose tab is closed: such a call is cancelled at once.

    Slices follow each other without the page. So a browser that is slow to draw holds nobody up, and training
    nevertheless ends with the slice that is under way when the tab is closed.

    Parameters
    ----------
    executor : Executor
        Makes the calls.
    session : str
        The visitor's, empty where there is no server: then everybody is there.
    """

    def __init__(self, executor: Executor, session: str) -> None:
        self._executor, self._session = executor, session

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Return the future result of a call, which is cancelled if nobody is there to see it."""
        if self._session and not runtime.get_instance().is_active_session(self._session):
            nobody_waits: Future[Result] = Future()
            nobody_waits.cancel()
            return nobody_waits
        return self._executor.submit(fn, *args, **kwargs)


def attended(executor: Executor) -> Attended:
    """Return an executor that works for the visitor whose page is run now, as long as the visitor is there."""
    context = get_script_run_ctx()
    return Attended(executor, context.session_id if context is not None and runtime.exists() else "")


def look_at(training: Stopping) -> None:
    """Note which training the visitor looks at, and on this page; another one is stopped."""
    if training is not st.session_state.get(UNDER_WAY, NOTHING).training:
        look_away()
    st.session_state[UNDER_WAY] = UnderWay(this_page(), training)


def look_away() -> None:
    """Stop what is under way: the visitor looks at something else."""
    training = st.session_state.pop(UNDER_WAY, NOTHING).training
    if training is not None:
        training.stop()


def look_at_this_page() -> None:
    """Stop what is trained on another page than the one that is run now."""
    if st.session_state.get(UNDER_WAY, NOTHING).page != this_page():
        look_away()


def this_page() -> str:
    """Return what Streamlit calls the page that is run now."""
    context = get_script_run_ctx()
    return context.page_script_hash if context is not None else ""
