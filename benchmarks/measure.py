"""Interleaved timing, the cost of curves, and of threads."""

import statistics
import threading
import time
from collections.abc import Callable

import numpy as np

from benchmarks import c_loop
from benchmarks.contestants import Run, contestants, our_epochs
from benchmarks.workloads import Array, Workload, batches


def seconds(call, clock=time.process_time) -> float:
    """Return how long a call takes: the processor's time in this process, untouched by other processes'."""
    begin = clock()
    call()
    return clock() - begin


def orders(n: int, epochs: int) -> list[Array]:
    """Return a random order of n examples for each epoch."""
    rng = np.random.default_rng(0)
    return [rng.permutation(n) for _ in range(epochs)]


def race(workload: Workload, X: Array, Y: Array, *, runs: int, budget: float) -> dict[str, float]:
    """Return each contestant's median microseconds a step.

    Every run gives everybody a turn of about `budget` seconds, so that a slow minute of the machine is shared by all.
    """
    racers, n = contestants(workload, X, Y), len(X)
    turns = {name: orders(n, epochs_for(run, n, budget)) for name, run in racers.items()}
    times = {name: [] for name in racers}
    for _ in range(runs):
        for name, run in racers.items():
            steps = len(turns[name]) * batches(n, workload.config.batch_size)
            times[name].append(seconds(lambda run=run, name=name: run(turns[name])) / steps * 1e6)
    return {name: statistics.median(values) for name, values in times.items()}


def epochs_for(run: Run, n: int, budget: float) -> int:
    """Return the epochs that take about `budget` seconds, at least one, after a first call, which may compile."""
    run(orders(n, 1))
    return max(1, round(budget / seconds(lambda: run(orders(n, 1)))))


def share_of_curves(measure, workload: Workload, train: tuple, test: tuple, runs: int) -> float:
    """Return what measuring both sets after an epoch costs, as a share of the compiled epoch."""
    run, order = our_epochs("numba", workload, *train), orders(len(train[0]), 1)
    network = run(order)
    pairs = [
        (seconds(lambda: (measure(network, *train), measure(network, *test))), seconds(lambda: run(order)))
        for _ in range(40 * runs)
    ]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def with_curves_against_c(
    measure: Callable, workload: Workload, train: tuple, test: tuple, flags: tuple[str, ...], runs: int
) -> float:
    """Return what an epoch of ours takes together with measuring both sets, in times of the epoch in C alone."""
    run, order = our_epochs("numba", workload, *train), orders(len(train[0]), 1)
    in_c = c_loop.c_epochs(workload, *train, flags)
    network = run(order)
    pairs = [
        (
            seconds(lambda: (run(order), measure(network, *train), measure(network, *test))),
            seconds(lambda: in_c(order)),
        )
        for _ in range(40 * runs)
    ]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def together(trainings: list[Run], turn: list[Array]) -> None:
    """Make all trainings at the same time, each in a thread of its own."""
    threads = [threading.Thread(target=run, args=(turn,)) for run in trainings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def four_threads(workload: Workload, X: Array, Y: Array, *, runs: int, budget: float) -> tuple[float, float]:
    """Return what four trainings in four threads take, in times of one alone: by the clock, and in processor time.

    On two free cores the first is 2 if nobody waits for the GIL; the second is 4 if nobody waits busily. Where others
    use the machine, one training alone finds a free core more easily than four do, and the first says more about them.
    """
    trainings = [our_epochs("numba", workload, X, Y) for _ in range(4)]
    turn = orders(len(X), epochs_for(trainings[0], len(X), budget))

    def ratio(clock):
        return statistics.median(
            seconds(lambda: together(trainings, turn), clock) / seconds(lambda: trainings[0](turn), clock)
            for _ in range(runs)
        )

    return ratio(time.perf_counter), ratio(time.process_time)
