"""The desk of a question: what a visitor works on there, and how it came about; kept in her session only.

What is typed into the sheet's cells lies in session state as the browser sends it, all that was typed since the base
was made; the exercise is always base + entries. A new base has a new version, and older entries no longer count.
Whatever replaces the exercise as a whole (a step, undo, a preset, a link) is put down as a wish, which
the next run fulfils before any control is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Literal

import streamlit as st

from mlp import Network
from mlp.exercises import Exercise, resized, sheet_exercise
from mlp.optimizers import Velocity
from pages.common.lasting import lasting_button
from pages.exercise.draft import Draft, History, Lesson, Moment
from pages.exercise.tables import Cell, still_fitting, with_entries
from pages.exercise.typed import Typed, read_opened, read_typed

# The controls that stand in the address, under the question's name: a link needs each as it is
ADDRESS = (
    *("examples", "learning_rate", "decimals", "sizes", "hidden", "outputs", "squares", "reduction", "biases_fixed"),
    "momentum",
    *("view", "step", "hide_ahead", "show", "many", "log", "shift", "seed"),
)


@lru_cache(maxsize=2)
def known_sheet(question: str) -> Exercise:
    """Return the sheet's exercise, the same for everybody."""
    return sheet_exercise(question)


@dataclass(frozen=True)
class Desk:
    """What a visitor has before her on a question's page; all that the session keeps of it goes through here.

    One is made for every run of the page, or of a part of it: what it computes is computed once a run.

    Attributes
    ----------
    question : {"q1", "q2"}
    """

    question: str

    def key(self, name: str) -> str:
        """Return a control's key. It is the control's name in the address as well: old links need it as it is."""
        return f"{self.question}_{name}"

    def note(self, name: str) -> str:
        """Return the key of something that stands in no address."""
        return f"{self.question} {name}"

    def control(self, name: str, default: Any = None) -> Any:
        """Return what a control is set to."""
        return st.session_state.get(self.key(name), default)

    def set_control(self, name: str, value: Any) -> None:
        """Set a control, before it is drawn."""
        st.session_state[self.key(name)] = value

    def find(self, name: str, default: Any = None) -> Any:
        """Return what was put down under a name."""
        return st.session_state.get(self.note(name), default)

    def put(self, name: str, value: Any) -> None:
        """Put something down under a name."""
        st.session_state[self.note(name)] = value

    def take(self, name: str) -> Any:
        """Return what was put down under a name, and forget it; None if there is nothing."""
        return st.session_state.pop(self.note(name), None)

    @property
    def sheet(self) -> Exercise:
        """The sheet's exercise."""
        return known_sheet(self.question)

    @property
    def draft(self) -> Draft:
        """What is edited, the sheet's exercise to begin with."""
        if self.find("draft") is None:
            self.put("draft", Draft(self.sheet))
        return self.find("draft")

    @property
    def history(self) -> History:
        """How the exercise came about."""
        return self.find("history") or History((Moment(self.draft.base),))

    @property
    def lesson(self) -> Lesson:
        """What the visitor's link has brought besides the exercise; an empty lesson without such a link."""
        return self.find("lesson") or Lesson()

    @property
    def cells_key(self) -> str:
        """The key of the sheet, which sends what is typed into its cells."""
        return self.note("cells")

    @property
    def network_key(self) -> str:
        """The key of the network's picture, which sends what is chosen in it."""
        return self.note("network")

    @property
    def chosen_part(self) -> str:
        """What is chosen in the network: a text that may be anything, from the browser."""
        return str(st.session_state.get(self.network_key, {}).get("part") or "")

    @property
    def opened(self) -> frozenset[str]:
        """The steps whose derivations are open."""
        return read_opened(st.session_state.get(self.cells_key, {}).get("opened"))

    @cached_property
    def sent(self) -> Typed:
        """What the browser has sent of the cells."""
        return read_typed(st.session_state.get(self.cells_key, {}).get("entries"))

    @property
    def typed(self) -> Typed:
        """What the visitor has typed since the base was made; nothing, if what the browser sent is of an older one."""
        if self.sent.version != self.draft.version:
            return Typed(self.draft.version, self.find("heard", 0), {})
        self.put("heard", self.sent.count)
        return self.sent

    def entries(self) -> dict[Cell, str]:
        """Return each cell of the tables that the visitor has changed since they were made, with its text."""
        shapes = {table.name: table.values.shape for table in self.draft.tables}
        return {
            (name, row, column): text
            for (name, row, column), text in self.typed.cells.items()
            if name in shapes and row < shapes[name][0] and column < shapes[name][1]
        }

    def inputs(self) -> dict[str, str]:
        """Return what the visitor has put into the page's controls and into the cells, as text."""
        names = self.key(""), self.note("preset")
        # Asked for one by one, each value would cost a search of its own
        held = st.session_state.to_dict()
        controls = {str(key): repr(value) for key, value in held.items() if str(key).startswith(names)}
        return controls | {str(cell): text for cell, text in self.typed.cells.items()}

    def edited(self, sizes: Sequence[int]) -> tuple[Exercise, dict[Cell, str]]:
        """Return the exercise as it stands in the tables, with these layer sizes, and the entries that are no numbers.

        What does not have these sizes yet becomes a new draft that has.
        """
        draft, latest = self.draft, self.find("latest")
        last = latest.base if latest and latest.version == draft.version else draft.base
        exercise, refused = with_entries(draft.base, draft.tables, draft.refused | self.entries(), last)
        if exercise.network.sizes != tuple(sizes):
            fitting = resized(exercise, sizes)
            exercise, refused = fitting, still_fitting(refused, exercise, fitting)
            self.rebase(exercise, refused)
        return exercise, refused

    def rebase(self, exercise: Exercise, refused: dict[Cell, str] | None = None) -> None:
        """Make an exercise the one that is edited from now on."""
        self.put("draft", Draft(exercise, refused or {}, self.draft.version + 1))

    def reopen(self) -> None:
        """Take up what stood on the page before the visitor went to another one: what the cells had sent is gone."""
        draft, latest = self.draft, self.find("latest")
        if self.cells_key not in st.session_state and latest and latest.version == draft.version:
            self.rebase(latest.base, latest.refused)

    def keep(self, exercise: Exercise, refused: dict[Cell, str]) -> None:
        """Remember what stands on the page, for when it is opened again, and as a moment to return to if it is new."""
        first, history = self.find("latest") is None, self.history
        self.put("latest", replace(self.draft, base=exercise, refused=refused))
        if first:
            self.put("history", History((Moment(exercise),)))
        elif history.now.exercise.key != exercise.key:
            self.put("history", history.after(replace(history.now, exercise=exercise)))

    def start(self, exercise: Exercise) -> None:
        """Make an exercise the one that is edited from now on, before any control is drawn; undo leads back from it."""
        if self.find("latest"):
            self.put("history", self.history.after(Moment(exercise)))
        self.rebase(exercise)

    def wish(self, exercise: Exercise, refused: dict[Cell, str] | None = None, *, point: str = "") -> None:
        """Start over with another exercise, and with what it shows if it was made to show something."""
        self.fulfil_next(self.history.after(Moment(exercise, point=point)), refused)

    def wish_changed(self, exercise: Exercise, refused: dict[Cell, str]) -> None:
        """Go on with another form of the exercise, such as one with more examples."""
        self.fulfil_next(self.history.after(Moment(exercise, point=self.history.now.point)), refused)

    def wish_anew(self, exercise: Exercise) -> None:
        """Start over with another exercise, with no way back."""
        self.fulfil_next(History((Moment(exercise),)))

    def wish_stepped(self, exercise: Exercise, network: Network, velocity: Velocity, steps: int) -> None:
        """Go on with the network and velocity that steps of descent have led to; entries that are no numbers stay."""
        now = self.history.now
        after = replace(exercise, network=network, velocity=velocity)
        moment = replace(now, exercise=after, steps=now.steps + steps)
        self.fulfil_next(self.history.after(moment), self.find("latest").refused)

    def wish_moment(self, at: int) -> None:
        """Start over with a moment of the history."""
        self.fulfil_next(replace(self.history, at=at))

    def fulfil_next(self, history: History, refused: dict[Cell, str] | None = None) -> None:
        """Put the wish down and run the page again."""
        self.put("wish", (history, refused))
        st.rerun()

    def wished(self) -> Exercise | None:
        """Return the exercise that was wished for, once, after making it the draft; None if there is no wish."""
        if self.find("wish") is None:
            return None
        self.forget_click()  # before the wish: a run may be cut off in between
        history, refused = self.take("wish")
        self.put("history", history)
        self.rebase(history.now.exercise, refused)
        return history.now.exercise

    def clicked(
        self,
        label: str,
        *,
        name: str = "",
        key: str | None = None,
        icon: str | None = None,
        help: str | None = None,
        spent: bool = False,
        type: Literal["primary", "secondary"] = "secondary",
        width: Literal["stretch", "content"] = "content",
    ) -> bool:
        """Draw a button and return whether it was pressed, even if another run has overtaken the one of the click.

        What is typed into a table reaches the server a moment after the click that ended the typing, and cuts the run
        of that click off. So the click only leaves a note, and whichever run comes to the button acts on it, with the
        entry. One that is spent does nothing.
        """
        noted = name or label
        lasting_button(label, key or self.note(f"button {noted}"), self.put, ("clicked", noted), spent=spent,
                       icon=icon, help=help, type=type, width=width)  # fmt: skip
        return self.find("clicked") == noted

    def forget_click(self) -> None:
        """Forget a click that has been acted on, or whose button is gone."""
        self.take("clicked")
