"""The sheet on the page, and the line above it that stays in view: two components of the files beside this one.

Python sends the whole sheet as plain data; the browser draws it once and then writes only the cells that have changed.
What is typed into a cell comes back by `Desk.typed`.
"""

from collections.abc import Sequence

import streamlit as st

from mlp.exercises import Exercise, Solution, Step
from mlp.gradcheck import ParameterCheck
from mlp.view.sheet.cells import Entry, cell_key
from mlp.view.sheet.document import Sheet, index_of
from mlp.view.sheet.summary import summary_data
from pages.exercise.desk import Desk
from pages.exercise.files import packed, read
from pages.exercise.tables import Cell, sentence_of

SHEET_FILES = ("sheet.js", "sheet_draw.js", "sheet_cells.js", "sheet_edit.js", "sheet_move.js", "sheet_block.js",
               "sheet_sign.js", "sheet_answer.js", "sheet_derivation.js", "read.js")  # fmt: skip


# Pixels of the place that is kept for the sheet until the browser has drawn it: what follows must not jump
RESERVED = 2400
# In the page itself, not behind a wall of styles: the sheet is printed with the page, and the line stays in its view
SHEET = st.components.v2.component(
    "sheet",
    html=read("sheet.html"),
    css=read("sheet.css", "sheet_answer.css", "sheet_derivation.css"),
    js=read(*SHEET_FILES),
    isolate_styles=False,
)
LINE = st.components.v2.component(
    "line", html=read("line.html"), css=read("line.css"), js=read("line.js", "read.js"), isolate_styles=False
)


def draw_sheet(desk: Desk, sheet: Sheet, checks: dict[str, object] | None = None) -> None:
    """Draw the sheet, and the gradient check below its solution."""
    mount_sheet(desk.cells_key, sheet, desk.draft.version, desk.typed.count, checks)


def mount_sheet(key: str, sheet: Sheet, version: int, count: int, checks: dict[str, object] | None = None) -> None:
    """Draw a sheet under a key; entries and actions come back there.

    Parameters
    ----------
    key : str
    sheet : Sheet
    version : int
        Of the numbers that can be changed: entries made before a new one no longer count.
    count : int
        How many entries have been heard of.
    checks : dict, optional
        The gradient check below the solution.
    """
    data = {**sheet.as_data, "checks": checks, "version": version, "heard": count}
    SHEET(key=key, data=packed(data), height=RESERVED, on_entries_change=heard, on_action_change=heard,
          on_opened_change=heard)  # fmt: skip


def draw_line(
    desk: Desk,
    solution: Solution,
    steps: Sequence[Step],
    checks: Sequence[ParameterCheck],
    decimals: int,
    *,
    covered: bool,
) -> None:
    """Draw the loss before and after the step, and the places on the sheet to jump to."""
    summary = summary_data(solution, checks, decimals, covered=covered)
    LINE(key=desk.note("line of losses"), data=packed({**summary, "index": index_of(steps)}))


def heard() -> None:
    """Do nothing: Streamlit has a component's state declared by a callback."""


def entries_of(desk: Desk, refused: dict[Cell, str], exercise: Exercise) -> dict[str, Entry]:
    """Return what was typed into the cells, by their keys, with the sentence of each that is no number."""
    typed = {cell: Entry(text) for cell, text in desk.entries().items()}
    wrong = {cell: Entry(text, sentence_of(exercise, cell, text)) for cell, text in refused.items()}
    return {cell_key(*cell): entry for cell, entry in (typed | wrong).items()}
