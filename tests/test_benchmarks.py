"""The benchmark is fair: everybody does the same work, and its figures are put down as they are."""

import importlib.util
from dataclasses import replace

import numpy as np
import pytest

from benchmarks import c_loop, measure, peers, report
from benchmarks.contestants import our_epochs
from benchmarks.workloads import WORKLOADS, batches, data

needs_a_compiler = pytest.mark.skipif(not c_loop.COMPILER, reason="no C compiler")
PEERS = [
    pytest.param(
        make, marks=pytest.mark.skipif(not importlib.util.find_spec(package), reason=f"{package} is not installed")
    )
    for package, make in (("torch", peers.torch_epochs), ("jax", peers.jax_epochs))
]


def difference(one, other):
    """Return the largest difference in a parameter of two networks."""
    pairs = zip(one.layers, other.layers, strict=True)
    return max(max(np.abs(a.W - b.W).max(), np.abs(a.b - b.b).max()) for a, b in pairs)


def weights_of(make, workload, **options):
    """Return the networks of the reference and of a contestant after two epochs in the same orders."""
    X, Y, *_ = data()
    X, Y, orders = X[:230], Y[:230], measure.orders(230, 2)
    return our_epochs("numpy", workload, X, Y)(orders), make(workload, X, Y, **options)(orders)


@needs_a_compiler
@pytest.mark.parametrize("flags", [c_loop.PLAIN, c_loop.FAST])
@pytest.mark.parametrize("workload", [w for w in WORKLOADS if w.config.batch_size == 1], ids=lambda w: w.name)
def test_c_does_the_same_work(workload, flags):
    assert difference(*weights_of(c_loop.c_epochs, workload, flags=flags)) < 1e-11


@needs_a_compiler
def test_another_learning_rate_in_c_is_noticed():
    workload = WORKLOADS[0]
    other = replace(workload, config=replace(workload.config, learning_rate_init=0.00101))
    ours, _ = weights_of(c_loop.c_epochs, workload, flags=c_loop.PLAIN)
    _, theirs = weights_of(c_loop.c_epochs, other, flags=c_loop.PLAIN)
    assert difference(ours, theirs) > 1e-6


@pytest.mark.parametrize("workload", [w for w in WORKLOADS if w.config.solver == "sgd"], ids=lambda w: w.name)
@pytest.mark.parametrize("make", PEERS)
def test_peers_do_the_same_work(make, workload):
    assert difference(*weights_of(make, workload)) < 1e-11


def test_the_arithmetic_of_this_process_is_left_alone():
    """Code linked with -ffast-math would flush subnormal numbers to zero everywhere."""
    if c_loop.COMPILER:
        c_loop.library(c_loop.FAST)
    assert np.float64(2.0) ** -1074 / 1.0 > 0.0


def test_a_short_last_batch_is_a_step():
    assert [batches(1437, size) for size in (1, 32, 200, 1437)] == [1437, 45, 8, 1]


def test_the_table_has_the_fastest_first_and_everything_in_times_ours():
    _, _, first, second = report.table({"slow": 30.0, "ours": 2.0}, updates=1000, ours="ours")
    assert [cell.strip() for cell in first.strip("|").split("|")] == ["ours", "2.00", "0.200", "1.00"]
    assert [cell.strip() for cell in second.strip("|").split("|")] == ["slow", "30.00", "3.000", "15.00"]
