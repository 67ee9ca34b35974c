"""Four trainings in four threads, in times of one alone: `python -m benchmarks.threads [--rounds N] [--epochs N]`.

Each round takes one alone, four together and one alone again, by the clock and in processor time. On two free cores,
each as fast as one alone, the first is 2.0 where nobody waits, and the second 4.0. Half of the second is the least that
the first can be: it says how much slower the cores are when both of them work.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from benchmarks.contestants import our_epochs
from benchmarks.measure import orders, together
from benchmarks.workloads import WORKLOADS, data


def both_clocks(call: Callable[[], object]) -> tuple[float, float]:
    """Return how long a call takes by the clock, and in this process's processor time."""
    begin = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - begin[0], time.process_time() - begin[1]


def main() -> None:
    """Print every round and their medians."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.threads", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often (9)")
    parser.add_argument("--epochs", type=int, default=300, help="of each training (300)")
    options = parser.parse_args()
    X, Y, *_ = data()
    trainings, turn = [our_epochs("numba", WORKLOADS[0], X, Y) for _ in range(4)], orders(len(X), options.epochs)
    trainings[0](turn)
    rounds = []
    for _ in range(options.rounds):
        before, four, after = (
            both_clocks(call)
            for call in (lambda: trainings[0](turn), lambda: together(trainings, turn), lambda: trainings[0](turn))
        )
        rounds.append([2.0 * b / (a + c) for a, b, c in zip(before, four, after, strict=True)])
        print("by the clock {:.2f}, in processor time {:.2f}".format(*rounds[-1]), flush=True)
    print("medians {:.2f} and {:.2f}".format(*map(statistics.median, zip(*rounds, strict=True))))


if __name__ == "__main__":
    main()
