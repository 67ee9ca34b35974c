"""Training while the page is open: a fragment that ticks, and the buttons that start and stop it.

Nothing runs between ticks, and the browser asks for them: leaving the page or closing the tab ends the training.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

if TYPE_CHECKING:  # what trains is heavy to import, and here it is only named
    from mlp.experiments.training.run import Run

TICK_SECONDS, BUDGET_SECONDS, WAIT_SECONDS = 0.5, 0.8, 0.3
ABOUT_STOP = "Ends within one epoch and keeps what was trained. Leaving the page or the experiment does so too."
UNFINISHED = "Not finished: Resume goes on from here. Leaving a training, for another page or experiment, pauses it."
WAITING = "Others are training on this server: waiting for a turn."


@st.cache_resource(max_entries=1, show_spinner=False)
def training_turns() -> threading.BoundedSemaphore:
    """Return the turns visitors take in training: one a core, whoever else waits does so without work."""
    return threading.BoundedSemaphore(max(1, os.cpu_count() or 1))


class Advancing(Protocol):
    """What is trained a little at a time, such as a `Run` or a `Campaign`."""

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to train."""

    def advance(self, seconds: float, between_epochs: Callable[[], object]) -> None:
        """Train for so many seconds."""


Training = TypeVar("Training", bound=Advancing)


@dataclass(frozen=True)
class Live(Generic[Training]):
    """One thing that this visitor trains, under a name of its own.

    Attributes
    ----------
    name : str
        Keeps its state apart from that of others.
    label : str
        Of the button that starts it.
    """

    name: str
    label: str

    @property
    def current(self) -> Training | None:
        """What is or was trained, None before the first start."""
        return cast(Training | None, st.session_state.get(f"{self.name}: current"))

    @property
    def running(self) -> bool:
        """Whether training is under way."""
        return bool(st.session_state.get(f"{self.name}: running", False))

    def set_running(self, running: bool) -> None:
        """Note whether training is under way."""
        st.session_state[f"{self.name}: running"] = running

    def is_running(self) -> bool:
        """Return whether training is under way; reading the session's state is where Streamlit lets clicks in."""
        return self.running

    def end_if_left(self) -> None:
        """Note that a training which was under way when its view was left is over; it can be resumed.

        Streamlit forgets the widgets of what is left, so a button unknown so far means an arrival.
        """
        if f"{self.name}: train" not in st.session_state:
            self.set_running(False)

    def buttons(self, begin: Callable[[], Training], *, ready: bool = True) -> DeltaGenerator:
        """Draw Train, Stop and Resume, and return their row.

        Parameters
        ----------
        begin : callable
            Makes what a click on Train starts.
        ready : bool
            Whether there is anything to train.
        """
        self.end_if_left()
        current, running = self.current, self.running
        row = st.container(horizontal=True, vertical_alignment="center")
        with row:
            # Not a callback: those run before a setting typed just before the click has been read
            if st.button(self.label, key=f"{self.name}: train", type="primary", icon=":material/play_arrow:",
                         disabled=running or not ready):  # fmt: skip
                st.session_state[f"{self.name}: current"] = begin()
                self.set_running(True)
                st.rerun()
            st.button("Stop", key=f"{self.name}: stop", icon=":material/stop:", disabled=not running,
                      on_click=self.set_running, args=(False,),
                      help=ABOUT_STOP)  # fmt: skip
            st.button("Resume", key=f"{self.name}: resume", icon=":material/resume:",
                      disabled=running or current is None or current.ended, on_click=self.set_running, args=(True,),
                      help="Goes on where it was stopped.")  # fmt: skip
        return row

    def view(self, draw: Callable[[Training], object]) -> None:
        """Draw what is trained, again and again while training is under way; nothing before the first start."""
        current = self.current
        if current is None:
            return
        if not self.running and not current.ended:
            st.caption(UNFINISHED)
        with st.container(key=f"{self.name}_live"):  # of its own: otherwise the element after it gets lost at times
            st.fragment(self.tick, run_every=TICK_SECONDS if self.running else None)(current, draw)

    def tick(self, current: Training, draw: Callable[[Training], object]) -> None:
        """Train for a moment and draw; the last tick runs the whole page once more, without a timer."""
        waiting = self.running and not current.ended and not self.train_in_turn(current)
        draw(current)
        if waiting:
            st.caption(WAITING)
        if self.running and current.ended:
            self.set_running(False)
            st.rerun()

    def train_in_turn(self, current: Training) -> bool:
        """Train for a moment if there is a turn; a Stop, or the end of the visit, takes effect after the epoch."""
        turns = training_turns()
        if not turns.acquire(timeout=WAIT_SECONDS):
            return False
        try:
            current.advance(BUDGET_SECONDS, self.is_running)
        finally:
            turns.release()
        return True


# Both models trained once: other rooms ask whether they are under way
BOTH: Live["Run"] = Live("q3", "Train both")
