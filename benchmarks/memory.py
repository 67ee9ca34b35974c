"""Whether memory stays flat while question 1 is run again and again: `python -m benchmarks.memory [reruns]`.

Streamlit's own collection after every run is off (`.streamlit/config.toml`); Python's, by generations, is what is left.
Each rerun follows another number in a field, as an edit does. The curve is the resident memory of the process in MB;
its slope is fitted to the second half, when caches with a bound are full. It runs under Streamlit's AppTest, which
keeps no browser's session. Take 5,000 reruns on a machine at rest; by default there are 200.
"""

import gc
import sys
from pathlib import Path

import numpy as np
from streamlit import config
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[1] / "app.py"
RERUNS, POINTS, WARM = 200, 20, 20
PAGE = 4096
WIDTH = 40


def resident() -> float:
    """Return the resident memory of this process in MB, as Linux counts it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * PAGE / 1e6


def curve(reruns: int) -> list[tuple[int, float, int]]:
    """Return after how many reruns how many MB are in use, and how often the oldest generation was collected."""
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.switch_page("pages/q1.py").run()
    step, found = max(1, reruns // POINTS), []
    for rerun in range(reruns + WARM):
        app.text_input(key="q1_learning_rate").set_value(f"0.{rerun % 89 + 10}").run()
        done = rerun - WARM + 1
        if done >= 0 and done % step == 0:
            found.append((done, resident(), gc.get_stats()[2]["collections"]))
    return found


def slope(points: list[tuple[int, float, int]]) -> float:
    """Return how many KB a rerun adds, fitted to the second half of the curve."""
    late = points[len(points) // 2 :]
    return 1e3 * float(np.polyfit([done for done, _, _ in late], [used for _, used, _ in late], 1)[0])


def main() -> None:
    """Print the curve and its slope."""
    reruns = int(sys.argv[1]) if len(sys.argv) > 1 else RERUNS
    config.set_option("runner.postScriptGC", False)
    points = curve(reruns)
    most = max(used for _, used, _ in points)
    for done, used, collections in points:
        print(
            f"{done:>6,} reruns {used:7.1f} MB {'#' * round(WIDTH * used / most):<{WIDTH}} {collections:>4} collections"
        )
    print(f"second half: {slope(points):+.2f} KB a rerun")


if __name__ == "__main__":
    main()
