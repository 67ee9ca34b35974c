"""The exercise a visitor is working on: what stands in the tables she edits, kept in her session only.

The tables show text, so that 0,5 and 1/3 are read and a wrong entry stays where it was typed. Their edits lie in
session state as Streamlit's data editor keeps them; the exercise is always base + edits, and nothing is fed back into
an editor that is on the page (that would lose edits): a new base gets editors of a new version.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import streamlit as st

from mlp import Layer
from mlp.exercises import Exercise, Solution, resized, sheet_exercise
from mlp.view.numbers import editable_number, parse_number

Array = np.ndarray
Cell = tuple[str, int, int]
LARGEST = 1000.0
LABEL_WIDTH, CELL_WIDTH = 48, 61
DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, eq=False)
class Table:
    """A table that can be edited: a layer's weights and biases, the inputs, or the targets."""

    name: str
    title: str
    values: Array
    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Draft:
    """What is edited.

    Attributes
    ----------
    base : Exercise
        What the tables showed when they were made.
    typed : dict of Cell to str
        Entries in those tables that are not numbers; the base's value counts instead.
    version : int
        Raised for every new base.
    steps : int
        How many steps of gradient descent have been applied.
    """

    base: Exercise
    typed: dict[Cell, str] = field(default_factory=dict)
    version: int = 0
    steps: int = 0


def tables_of(exercise: Exercise) -> Iterator[Table]:
    """Yield the tables of an exercise: each layer's [W | b], the inputs, the targets."""
    sizes = exercise.network.sizes
    for l, layer in enumerate(exercise.network.layers, start=1):
        below = numbered("x" if l == 1 else "h", sizes[l - 1])
        values = np.column_stack([layer.W, layer.b])
        title = rf"$\mathbf W^{{[{l}]}}$ and $\mathbf b^{{[{l}]}}$"
        yield Table(f"layer {l}", title, values, tuple(f"unit {k}" for k in range(1, sizes[l] + 1)), (*below, "b"))
    rows = tuple(f"ex. {j}" for j in range(1, len(exercise.X) + 1))
    yield Table("inputs", r"Inputs $\mathbf x$", exercise.X, rows, numbered("x", sizes[0]))
    yield Table("targets", r"Targets $\mathbf y$", exercise.Y, rows, numbered("y", sizes[-1]))


def numbered(letter: str, count: int) -> tuple[str, ...]:
    """Return x₁, x₂, ..."""
    return tuple(letter + str(k).translate(DIGITS) for k in range(1, count + 1))


def with_tables(exercise: Exercise, values: dict[str, Array]) -> Exercise:
    """Return the exercise with the values of its tables, by table name."""
    depth = len(exercise.network.layers)
    layers = tuple(Layer(values[f"layer {l}"][:, :-1], values[f"layer {l}"][:, -1]) for l in range(1, depth + 1))
    return replace(exercise, network=replace(exercise.network, layers=layers), X=values["inputs"], Y=values["targets"])


def draft_of(question: str) -> Draft:
    """Return the visitor's draft, the sheet's exercise to begin with."""
    return st.session_state.setdefault(f"{question} draft", Draft(sheet_exercise(question)))


def reopen(question: str) -> None:
    """Take up what stood on the page before the visitor went to another one, if its editors are gone."""
    draft, latest = draft_of(question), st.session_state.get(f"{question} latest")
    gone = not any(editor_key(question, table, draft) in st.session_state for table in tables_of(draft.base))
    if gone and latest and latest.version == draft.version:
        rebase(question, latest.base, latest.typed)


def editor_key(question: str, table: Table, draft: Draft) -> str:
    """Return the widget key of a table's editor."""
    return f"{question} {table.name} v{draft.version}"


def edited(question: str) -> tuple[Exercise, dict[Cell, str]]:
    """Return the exercise as it stands in the tables, and the entries that are not numbers."""
    draft = draft_of(question)
    values, typed = {}, dict(draft.typed)
    for table in tables_of(draft.base):
        values[table.name] = table.values.copy()
        for cell, text in edits_of(question, table, draft):
            typed.pop(cell, None)
            try:
                values[table.name][cell[1:]] = parse_number(text, low=-LARGEST, high=LARGEST)
            except ValueError:
                typed[cell] = text
    return with_tables(draft.base, values), typed


def edits_of(question: str, table: Table, draft: Draft) -> Iterator[tuple[Cell, str]]:
    """Yield each cell a visitor has changed in a table, with its text."""
    state = st.session_state.get(editor_key(question, table, draft), {})
    for row, changes in state.get("edited_rows", {}).items():
        for column, text in changes.items():
            if column in table.columns and int(row) < len(table.rows):
                yield (table.name, int(row), table.columns.index(column)), "" if text is None else str(text)


def keep(question: str, exercise: Exercise, typed: dict[Cell, str]) -> None:
    """Remember what stands on the page: when the visitor comes back from another one, the editors' edits are gone."""
    st.session_state[f"{question} latest"] = replace(draft_of(question), base=exercise, typed=typed)


def rebase(
    question: str, exercise: Exercise, typed: dict[Cell, str] | None = None, *, steps: int | None = None
) -> None:
    """Make an exercise the one that is edited from now on."""
    draft = draft_of(question)
    steps = draft.steps if steps is None else steps
    st.session_state[f"{question} draft"] = Draft(exercise, typed or {}, draft.version + 1, steps)


def resize(question: str, sizes: tuple[int, ...]) -> None:
    """Give the network other layer sizes, keeping what still fits."""
    exercise, _ = edited(question)
    if exercise.network.sizes != sizes:
        rebase(question, resized(exercise, sizes))


def apply_step(question: str, solution: Solution) -> None:
    """Make the parameters after the step the ones before the next step."""
    latest: Draft = st.session_state[f"{question} latest"]
    rebase(question, replace(solution.exercise, network=solution.network), latest.typed, steps=latest.steps + 1)


def restart(question: str) -> None:
    """Make the sheet's exercise the one that is edited from now on."""
    rebase(question, sheet_exercise(question), steps=0)


def refusal(text: str) -> str:
    """Return the sentence that says what an entry needs to be."""
    try:
        parse_number(text, low=-LARGEST, high=LARGEST)
    except ValueError as error:
        return str(error)
    return ""


def text_frame(table: Table, draft: Draft, decimals: int) -> pd.DataFrame:
    """Return the texts a table's editor begins with."""
    texts = np.array([[editable_number(float(v), decimals) for v in row] for row in table.values], dtype=object)
    for (name, row, column), text in draft.typed.items():
        if name == table.name and row < texts.shape[0] and column < texts.shape[1]:
            texts[row, column] = text
    return pd.DataFrame(texts, index=list(table.rows), columns=list(table.columns))


def table_editor(question: str, table: Table, decimals: int) -> None:
    """Draw a table that can be edited."""
    draft = draft_of(question)
    column = st.column_config.TextColumn(width=CELL_WIDTH, alignment="right", max_chars=24)
    st.markdown(table.title)
    st.data_editor(
        text_frame(table, draft, decimals),
        key=editor_key(question, table, draft),
        column_config=dict.fromkeys(table.columns, column) | {"_index": st.column_config.TextColumn(width=LABEL_WIDTH)},
        alt=f"{table.name}: a row for each {'unit' if 'layer' in table.name else 'example'}, every cell can be edited",
    )
