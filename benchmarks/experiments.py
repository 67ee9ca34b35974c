"""How long question 3's experiments take without a page: `python -m benchmarks.experiments`.

They advance in pieces of 0.8 s, as the page lets them; what drawing and the browser add comes on top.
"""

import time
from collections.abc import Callable, Iterator

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, DataConfig
from mlp.experiments.evidence.ladder import ladder_jobs, rungs
from mlp.experiments.evidence.recipes import seed_jobs, split_jobs
from mlp.experiments.training.campaign import campaign
from mlp.experiments.training.results import Memory
from mlp.experiments.training.run import start

BUDGET_SECONDS, MEMORY = 0.8, 10**9
SHEET, SEEDS = Comparison(), (1, 2, 3, 4, 5)


def split_of(data: DataConfig):
    """Return the digits' split."""
    return split(digits(), test_size=data.test_size, random_state=data.random_state, swapped=data.swapped)


def experiments() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each experiment's name and what starts it, with the sheet's settings and nothing remembered."""
    yield "both models once", lambda: start(SHEET, split_of(SHEET.data))
    yield "the ladder, 5 seeds", lambda: campaign(ladder_jobs(SHEET, rungs(SHEET), SEEDS), split_of, Memory(MEMORY))
    yield "both recipes, 5 seeds", lambda: campaign(seed_jobs(SHEET, SEEDS), split_of, Memory(MEMORY))
    yield "5x2cv", lambda: campaign(split_jobs(SHEET), split_of, Memory(MEMORY))


def seconds_to_end(begin: Callable[[], object]) -> float:
    """Return how long an experiment takes from its start to its end."""
    started, made = time.perf_counter(), begin()
    while not made.ended:
        made.advance(BUDGET_SECONDS)
    return time.perf_counter() - started


def main() -> None:
    """Print the time of each experiment, compiled beforehand."""
    start(SHEET, split_of(SHEET.data)).advance(BUDGET_SECONDS)
    for name, begin in experiments():
        print(f"{name}: {seconds_to_end(begin):.1f} s")


if __name__ == "__main__":
    main()
