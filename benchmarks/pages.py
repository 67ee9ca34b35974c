"""How long the server takes to run questions 1 and 2 again after an edit: `python -m benchmarks.pages`.

It is the time of a whole run under Streamlit's AppTest, whose own overhead is included: an upper bound.
"""

import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[1] / "app.py"
EDITS = 30
PAGES = ("q1", "q2")


def rerun_milliseconds(question: str) -> list[float]:
    """Return the time of each of several runs of a page, each after another edit of one weight."""
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    app.switch_page(f"pages/{question}.py").run()
    times = []
    for edit in range(EDITS):
        entries = {"version": 0, "count": edit + 1, "cells": {"layer 1:0:0": f"0.{edit + 1}"}}
        app.session_state[f"{question} cells"] = {"entries": entries}
        begin = time.perf_counter()
        app.run()
        times.append(1e3 * (time.perf_counter() - begin))
    return times


def main() -> None:
    """Print the median and the fastest time of each page."""
    for question in PAGES:
        times = rerun_milliseconds(question)
        print(f"{question}: rerun after an edit {statistics.median(times):.0f} ms (fastest {min(times):.0f} ms)")


if __name__ == "__main__":
    main()
