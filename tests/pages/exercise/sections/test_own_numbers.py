"""Check my number: what stands on paper is marked beside the solution, and where the solution is hidden."""

import json

from mlp.exercises import Handout, encode, sheet_exercise
from tests.app import open_page
from tests.sheet import has_component


def own_sheet(app):
    """Return the block of the section's own sheet."""
    found = [json.loads(each.proto.bytes) for each in app.get("bidi_component")]
    phases = [phase for data in found for phase in data.get("phases", ())]
    return next(block for phase in phases for block in phase["blocks"] if block["name"].startswith("own "))


def check(app, cells: dict[str, str]):
    """Open the section and type into its cells."""
    app.session_state["q1 numbers open"] = True
    app.session_state["q1 own numbers"] = {"entries": {"version": 0, "count": len(cells), "cells": cells}}
    return app.run()


def test_a_number_from_paper_is_marked_as_it_is_typed():
    app = check(open_page("q1"), {"z1:0:0": "0.3", "z1:1:0": "0.2", "z1:2:0": "x"})
    block = own_sheet(app)
    assert [cell["verdict"] for cell in block["sides"][0][0]["cells"]] == ["right", "wrong", "", ""]
    assert "bias was left out" in block["said"]
    assert block["sides"][0][0]["cells"][2]["sentence"].startswith("z[1] needs a number")


def test_it_follows_the_exercise_that_stands_on_the_page():
    app = check(open_page("q1"), {"z1:0:0": "0.3"})
    app.session_state["q1 cells"] = {
        "entries": {"version": app.session_state["q1 draft"].version, "count": 1, "cells": {"layer 1:0:0": "0.2"}}
    }
    assert own_sheet(app.run())["sides"][0][0]["cells"][0]["verdict"] == "wrong"


def test_a_hidden_solution_is_no_dead_end():
    app = open_page("q1", s=encode(Handout(sheet_exercise("q1"), hide=frozenset({"solution"}))))
    assert not has_component(app, "line")
    app = check(app, {"z1:0:0": "0.3"})
    assert own_sheet(app)["sides"][0][0]["cells"][0]["verdict"] == "right"
