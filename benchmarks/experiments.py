"""How long question 3's experiments take without a page: `python -m benchmarks.experiments`.

They are trained by the processes that a page trains with, warm; what drawing and the browser add comes on top.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, DataConfig
from mlp.experiments.evidence.ladder import ladder_jobs, rungs
from mlp.experiments.evidence.recipes import seed_jobs, split_jobs
from mlp.experiments.execution.choice import chosen_executor
from mlp.experiments.training.campaign import campaign
from mlp.experiments.training.memory import Memory
from mlp.experiments.training.run import start

TICK_SECONDS, MEMORY = 0.4, 10**9
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


def seconds_to_end(begin: Callable[[], object], executor: Executor) -> float:
    """Return how long an experiment takes from its start to its end."""
    started, made = time.perf_counter(), begin()
    while not made.ended:
        made.train(executor, TICK_SECONDS)
    return time.perf_counter() - started


def main() -> None:
    """Print the time of each experiment, compiled beforehand."""
    with chosen_executor() as executor:
        seconds_to_end(lambda: start(SHEET, split_of(SHEET.data)), executor)
        for name, begin in experiments():
            print(f"{name}: {seconds_to_end(begin, executor):.1f} s")


if __name__ == "__main__":
    main()
