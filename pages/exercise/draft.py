"""The exercise a visitor is working on, and how it came about: kept in her session only.

What is typed into the tables lies in session state as Streamlit's data editor keeps it; the exercise is always base +
entries, and nothing is fed back into an editor that is on the page (that would lose edits): a new base gets editors of
a new version. Whatever replaces the exercise as a whole (a step, undo, a preset, a link) is put down as a wish, which
the next run fulfils before any control is drawn.
"""

from dataclasses import dataclass, field, replace

import streamlit as st

from mlp import Network
from mlp.exercises import Exercise, sheet_exercise
from pages.exercise.tables import Cell, Table, entries_of, tables_of, with_entries

LONGEST_HISTORY = 200


@dataclass(frozen=True, eq=False)
class Draft:
    """What is edited.

    Attributes
    ----------
    base : Exercise
        What the tables showed when they were made.
    refused : dict of Cell to str
        Entries in those tables that are not numbers; the base's value counts instead.
    version : int
        Raised for every new base.
    """

    base: Exercise
    refused: dict[Cell, str] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, eq=False)
class Moment:
    """A state of the exercise to which undo and redo return, and how many steps of descent led there."""

    exercise: Exercise
    steps: int = 0


@dataclass(frozen=True, eq=False)
class History:
    """The moments of a visit, and at which of them the visitor is."""

    moments: tuple[Moment, ...]
    at: int = 0

    @property
    def now(self) -> Moment:
        """The moment the visitor is at."""
        return self.moments[self.at]

    def after(self, moment: Moment) -> "History":
        """Return the history with a new moment after this one; what was undone is forgotten, and the oldest too."""
        moments = (*self.moments[: self.at + 1], moment)[-LONGEST_HISTORY:]
        return History(moments, len(moments) - 1)


def draft_of(question: str) -> Draft:
    """Return the visitor's draft, the sheet's exercise to begin with."""
    return st.session_state.setdefault(f"{question} draft", Draft(sheet_exercise(question)))


def history_of(question: str) -> History:
    """Return the history of the visitor's exercise."""
    return st.session_state.setdefault(f"{question} history", History((Moment(draft_of(question).base),)))


def editor_key(question: str, table: Table) -> str:
    """Return the widget key of a table's editor."""
    return f"{question} {table.name} v{draft_of(question).version}"


def editor_keys(question: str) -> set[str]:
    """Return the widget keys of all the editors on the page."""
    return {editor_key(question, table) for table in tables_of(draft_of(question).base)}


def edited(question: str) -> tuple[Exercise, dict[Cell, str]]:
    """Return the exercise as it stands in the tables, and the entries that are not numbers."""
    draft = draft_of(question)
    entries = dict(draft.refused)
    for table in tables_of(draft.base):
        entries.update(entries_of(table, editor_key(question, table)))
    return with_entries(draft.base, entries)


def rebase(question: str, exercise: Exercise, refused: dict[Cell, str] | None = None) -> None:
    """Make an exercise the one that is edited from now on."""
    st.session_state[f"{question} draft"] = Draft(exercise, refused or {}, draft_of(question).version + 1)


def reopen(question: str) -> None:
    """Take up what stood on the page before the visitor went to another one: the editors' own edits are gone."""
    draft, latest = draft_of(question), st.session_state.get(f"{question} latest")
    gone = not any(key in st.session_state for key in editor_keys(question))
    if gone and latest and latest.version == draft.version:
        rebase(question, latest.base, latest.refused)


def keep(question: str, exercise: Exercise, refused: dict[Cell, str]) -> None:
    """Remember what stands on the page, for when it is opened again, and as a moment to return to if it is new."""
    first = f"{question} latest" not in st.session_state
    st.session_state[f"{question} latest"] = replace(draft_of(question), base=exercise, refused=refused)
    history = history_of(question)
    if first:
        st.session_state[f"{question} history"] = History((Moment(exercise),))
    elif history.now.exercise.key != exercise.key:
        st.session_state[f"{question} history"] = history.after(Moment(exercise, history.now.steps))


def start(question: str, exercise: Exercise) -> None:
    """Make an exercise the one that is edited from now on, before any control is drawn; undo leads back from it."""
    if f"{question} latest" in st.session_state:
        st.session_state[f"{question} history"] = history_of(question).after(Moment(exercise))
    rebase(question, exercise)


def wish(question: str, exercise: Exercise, refused: dict[Cell, str] | None = None) -> None:
    """Start over with another exercise."""
    fulfil_next(question, history_of(question).after(Moment(exercise)), refused)


def wish_anew(question: str, exercise: Exercise) -> None:
    """Start over with another exercise, with no way back."""
    fulfil_next(question, History((Moment(exercise),)))


def wish_stepped(question: str, exercise: Exercise, network: Network, steps: int) -> None:
    """Go on with the network that so many steps of descent have led to; entries that are no numbers stay."""
    history = history_of(question)
    refused = st.session_state[f"{question} latest"].refused
    exercise = replace(exercise, network=network)
    fulfil_next(question, history.after(Moment(exercise, history.now.steps + steps)), refused)


def wish_moment(question: str, at: int) -> None:
    """Start over with a moment of the history."""
    fulfil_next(question, replace(history_of(question), at=at))


def fulfil_next(question: str, history: History, refused: dict[Cell, str] | None = None) -> None:
    """Put the wish down and run the page again."""
    st.session_state[f"{question} wish"] = history, refused
    st.rerun()


def clicked(question: str, label: str, *, name: str = "", **button: object) -> bool:
    """Draw a button and return whether it was pressed, even if another run has overtaken the one of the click.

    What is typed into a table reaches the server a moment after the click that ended the typing, and cuts the run of
    that click off. So the click only leaves a note, and whichever run comes to the button acts on it, with the entry.
    """
    st.button(label, on_click=note_click, args=(question, name or label), **button)
    return st.session_state.get(f"{question} clicked") == (name or label)


def note_click(question: str, name: str) -> None:
    """Note which button was pressed."""
    st.session_state[f"{question} clicked"] = name


def forget_click(question: str) -> None:
    """Forget a click that has been acted on, or whose button is gone."""
    st.session_state.pop(f"{question} clicked", None)


def wished(question: str) -> Exercise | None:
    """Return the exercise that was wished for, once, after making it the draft; None if there is no wish."""
    if f"{question} wish" not in st.session_state:
        return None
    forget_click(question)  # before the wish: a run may be cut off in between
    wished_for = st.session_state.pop(f"{question} wish")
    history, refused = wished_for
    st.session_state[f"{question} history"] = history
    rebase(question, history.now.exercise, refused)
    return history.now.exercise
