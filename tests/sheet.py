"""The sheet of questions 1 and 2 without a browser: what Python sends to it, and what it sends back."""

import json
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def component_data(app: AppTest, name: str) -> dict:
    """Return the data of the component with that name."""
    (element,) = [each.proto for each in app.get("bidi_component") if each.proto.component_name == name]
    return json.loads(element.bytes or element.json)


def has_component(app: AppTest, name: str) -> bool:
    """Return whether there is a component with that name on the page."""
    return any(each.proto.component_name == name for each in app.get("bidi_component"))


def solution_blocks(app: AppTest) -> dict[str, dict]:
    """Return the blocks of the solution by the names of their steps."""
    return {block["name"]: block for phase in component_data(app, "sheet")["phases"] for block in phase["blocks"]}


def step_text(app: AppTest, name: str) -> str:
    """Return the numbers of a step as one line of text."""
    return block_text(solution_blocks(app)[name])


def block_text(block: dict) -> str:
    """Return the numbers of a block as one line of text, as they are read on the page."""
    sides = [" ".join(word for part in side for word in words(part)) for side in block["sides"]]
    return " ".join(f"= {side}" for side in sides or ["?"])


def words(part: str | dict) -> list[str]:
    """Return an operator, or the numbers of a matrix."""
    return [part] if isinstance(part, str) else [cell[0] for cell in part["cells"]]


def given_cells(app: AppTest) -> dict[str, dict]:
    """Return the cells that can be edited, by their keys."""
    parts = (part for block in component_data(app, "sheet")["given"] for side in block["sides"] for part in side)
    cells = (cell for part in parts for cell in part["cells"])
    return {cell["given"]: cell for cell in cells if isinstance(cell, dict)}


def cell_of(app: AppTest, table: str, row: int, column: str) -> str:
    """Return the key of the cell in a table's row below a column head: x₁, h₂, y₃, or b, the last one of its row."""
    keys = [key for key in given_cells(app) if key.startswith(f"{table}:{row}:")]
    return keys[-1] if column == "b" else keys[int(column[1:].translate(SUBSCRIPTS)) - 1]


def type_into(app: AppTest, question: str, cells: dict[str, str]) -> AppTest:
    """Type into cells, as the browser reports it, and run."""
    key, version = f"{question} cells", app.session_state[f"{question} draft"].version
    sent = app.session_state[key].get("entries") if key in app.session_state else None
    before = sent["cells"] if sent and sent["version"] == version else {}
    count = (sent["count"] if sent else 0) + len(cells)
    app.session_state[key] = {"entries": {"version": version, "count": count, "cells": {**before, **cells}}}
    return app.run()


def sentences(app: AppTest) -> Iterator[str]:
    """Yield what is said of the wrong entries in the cells."""
    return (cell["sentence"] for cell in given_cells(app).values() if "sentence" in cell)
