"""How long Experiments takes with 500 runs, each with 500 points: `python -m benchmarks.runs`.

It is the time of a whole run of the page under Streamlit's AppTest, whose own overhead is included: an upper bound.
"""

import os
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine
from streamlit.testing.v1 import AppTest

from mlp.experiments.config import OurConfig, PeerConfig
from mlp.experiments.runs.owners import new_key, owner_of_key
from mlp.experiments.runs.sql_schema import prepare
from mlp.experiments.runs.sql_store import SqlStore
from mlp.experiments.runs.stored_run import StoredRun
from mlp.experiments.training.answers import KeptAnswers, frozen_classes
from mlp.limits import MOST_CURVE_POINTS, MOST_STORED_RUNS
from pages.common import browser_key
from tests.runs import made_up

APP = Path(__file__).parents[1] / "app.py"
TEST_EXAMPLES, VISITS, RATES = 360, 5, (0.1, 0.03, 0.01, 0.003, 0.001)


def run(number: int, rng: np.random.Generator) -> StoredRun:
    """Return a run as long as a curve is kept, one of ten seeds of a recipe."""
    settings = {"learning_rate_init": RATES[number // 20 % len(RATES)], "batch_size": 10 + number // 100,
                "random_state": number // 2 % 10}  # fmt: skip
    config = OurConfig(**settings) if number % 2 else PeerConfig(**settings)
    answers = KeptAnswers("0" * 32, frozen_classes(rng.integers(0, 10, TEST_EXAMPLES)))
    made = f"2026-11-23T{number // 60:02}:{number % 60:02}:00.000Z"
    curve = tuple(rng.random(MOST_CURVE_POINTS).tolist())
    return replace(made_up(f"run {number}", curve, config=config, made=made), answers=answers)


def visit(key: str) -> tuple[float, float]:
    """Return the milliseconds until a new visitor's page is there, and those of running it again."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state[browser_key.KEY] = key
    app.run()
    app.switch_page("pages/experiments.py")
    times = []
    for _ in range(2):
        begin = time.perf_counter()
        app.run()
        times.append(1e3 * (time.perf_counter() - begin))
    assert len(app.dataframe[0].value) == MOST_STORED_RUNS, [error.value for error in app.exception]
    return times[0], times[1]


def main() -> None:
    """Print the median and the fastest time of a first look and of a second."""
    key, rng = new_key(), np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BACKPROP_RUNS"] = address = f"sqlite:///{folder}/runs.db"
        engine = prepare(create_engine(address))
        SqlStore(engine, owner_of_key(key) or "").put(*(run(number, rng) for number in range(MOST_STORED_RUNS)))
        engine.dispose()
        visit(key)  # the server's own first page
        looks = zip(("first look", "second look"), zip(*(visit(key) for _ in range(VISITS)), strict=True), strict=True)
        for name, times in looks:
            print(f"{name}: {statistics.median(times):.0f} ms (fastest {min(times):.0f} ms)")


if __name__ == "__main__":
    main()
