"""Training while the page is open: a fragment that ticks, and the buttons that start and stop it.

A tick asks the executor for the slices of some seconds, and the browser asks for the ticks: a browser that draws slowly
holds no training up. Leaving the page or closing the tab ends it with the slices that are under way.
"""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.experiments.execution.choice import prepare
from pages.common.attendance import attended, look_at, look_away
from pages.common.executor import notice, shared_executor
from pages.common.messages import plain
from pages.common.run_bar import run_bar
from pages.common.said import say

if TYPE_CHECKING:  # what trains is heavy to import, and here it is only named
    from mlp.experiments.training.run import Run

# Drawing takes a browser a good tenth of a second, on a phone half a second
TICK_SECONDS, WAIT_SECONDS = 0.8, 0.7
UNFINISHED = "Not finished: Resume goes on from here. Leaving a training, for another page or experiment, pauses it."
WAITING = "Waiting for a processor: others are training, or it is being made ready."
TOO_LARGE = (
    "It may need more memory than there is: Resume tries once more; a smaller network, or fewer examples, needs less."
)
OVER = "Start over"
UNDER_WAY, STOPPED, ENDED = "Training is under way.", "Training was stopped; it can be resumed.", "Training has ended."


class Advancing(Protocol):
    """What is trained a little at a time, such as a `Run` or a `Campaign`."""

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to train."""

    @property
    def waiting(self) -> bool:
        """Whether what was asked for has not begun."""

    def train(self, executor: Executor, seconds: float, meanwhile: Callable[[], object]) -> None:
        """Ask an executor for slices, and take what comes back in these seconds."""

    def stop(self) -> None:
        """Ask for no more."""


Training = TypeVar("Training", bound=Advancing)


class Does(NamedTuple):
    """What a click on the button of a training does next; without a label of its own it has that of the training."""

    label: str
    icon: str
    about: str


TRAIN = Does("", ":material/play_arrow:", "Trains from the first epoch, with the settings as they are now.")
STOP = Does("Stop", ":material/stop:", "Ends within a second and keeps what was trained. Leaving the page or the "
            "experiment does so too.")  # fmt: skip
RESUME = Does("Resume", ":material/resume:", "Goes on where it was stopped.")


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

    @property
    def starts(self) -> int:
        """How often training was started or resumed in this visit."""
        return int(st.session_state.get(f"{self.name}: starts", 0))

    def set_running(self, running: bool) -> None:
        """Note whether training is under way."""
        st.session_state[f"{self.name}: running"] = running

    def is_running(self) -> bool:
        """Return whether training is under way; reading the session's state is where Streamlit lets clicks in."""
        return self.running

    def end_if_left(self) -> None:
        """Note that a training which was under way when its view was left is over, and make ready for the next.

        Streamlit forgets the widgets of what is left, so a button unknown so far means an arrival.
        """
        if f"{self.name}: train" not in st.session_state:
            self.set_running(False)
            look_away()
            prepare(shared_executor())

    def buttons(self, begin: Callable[[], Training], *, ready: bool = True) -> DeltaGenerator:
        """Draw the button that trains, stops and resumes, and the one that starts over, and return their row.

        It stays one button whatever it does next: the finger or the focus on it is never left on nothing.

        Parameters
        ----------
        begin : callable
            Makes what a click on Train starts.
        ready : bool
            Whether there is anything to train.
        """
        self.end_if_left()
        row, does = run_bar(self.name, self.starts), self.does_next()
        with row:
            st.button(does.label or self.label, key=f"{self.name}: train", type="primary", icon=does.icon,
                      help=does.about, disabled=does is TRAIN and not ready,
                      on_click=self.note, args=(does,))  # fmt: skip
            if self.current is not None:
                st.button(OVER, key=f"{self.name}: over", icon=":material/restart_alt:", disabled=not ready,
                          help=TRAIN.about, on_click=self.note, args=(TRAIN,))  # fmt: skip
        # The click leaves a note only: a callback runs before a setting typed just before the click has been read
        if asked := st.session_state.pop(f"{self.name}: asked", None):
            self.do(asked, begin)
        return row

    def note(self, asked: Does) -> None:
        """Note what was asked for with a click."""
        st.session_state[f"{self.name}: asked"] = asked

    def does_next(self) -> Does:
        """Return what a click on the button does next."""
        if self.running:
            return STOP
        return TRAIN if self.current is None or self.current.ended else RESUME

    def do(self, does: Does, begin: Callable[[], Training]) -> None:
        """Start, stop or resume, and run the page again."""
        if self.current is not None:
            self.current.stop()
        if does is TRAIN:
            st.session_state[f"{self.name}: current"] = begin()
        st.session_state.pop(f"{self.name}: problem", None)
        self.set_running(does is not STOP)
        st.session_state[f"{self.name}: starts"] = self.starts + self.running
        if self.running and self.current is not None:
            self.train(self.current, 0.0)  # it begins while the page is drawn
        st.rerun()

    def view(
        self,
        draw: Callable[[Training], object],
        told: Callable[[Training], str] | None = None,
        empty: Callable[[], object] | None = None,
    ) -> None:
        """Draw what is trained, again and again while training is under way; before the first start the empty view.

        What it came to, in the words of `told`, is spoken to those who can't see the page. The empty view is in the
        very place of the other: what the browser has built for it, it keeps.
        """
        current = self.current
        if current is None:
            if empty is not None:
                say("", f"{self.name}: said")
                with st.container(key=f"{self.name}_live"):
                    empty()
            return
        if not self.running and not current.ended:
            st.caption(UNFINISHED)
        say(self.state_words(current, told), f"{self.name}: said")
        with st.container(key=f"{self.name}_live"):  # of its own: otherwise the element after it gets lost at times
            st.fragment(self.tick, run_every=TICK_SECONDS if self.running else None)(current, draw)

    def state_words(self, current: Training, told: Callable[[Training], str] | None) -> str:
        """Return whether training is under way, was stopped or has ended, and then what it came to."""
        if self.running:
            return UNDER_WAY
        return f"{ENDED} {told(current) if told else ''}".strip() if current.ended else STOPPED

    def tick(self, current: Training, draw: Callable[[Training], object]) -> None:
        """Take what was trained since the last tick and draw; the last one runs the page once more, without a timer."""
        if self.running and not current.ended:
            self.train(current, WAIT_SECONDS)
        if self.running and current.ended:
            self.set_running(False)
            st.rerun()
        draw(current)
        if problem := st.session_state.get(f"{self.name}: problem"):
            st.error(plain(problem), icon=":material/memory:")
        if self.running and not current.ended and current.waiting:
            st.caption(WAITING)
        notice()

    def train(self, current: Training, seconds: float) -> None:
        """Have it trained for so long; where no process survives it, note why it was stopped."""
        look_at(current)
        try:
            # Reading the session's state is where Streamlit lets clicks in: a Stop takes effect at once
            current.train(attended(shared_executor()), seconds, self.is_running)
        except BrokenExecutor as error:
            current.stop()
            self.set_running(False)
            st.session_state[f"{self.name}: problem"] = f"{error} {TOO_LARGE}"
            st.rerun()


# Both models trained once: other rooms ask whether they are under way
BOTH: Live["Run"] = Live("q3", "Train both")
