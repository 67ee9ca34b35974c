"""The compiled engine is the NumPy engine, only faster: the same weights, the same refusals, the same infinities."""

import functools
import itertools
import sys
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from numba import njit
from numba.core.runtime import _nrt_python, rtsys

import mlp
from mlp import Layer, Network, TrainConfig, compilation, compiled, init_network, kernels, train
from mlp.activations import ACTIVATIONS
from mlp.compilation import kernel, warm_up
from mlp.compiled import (
    arguments_of,
    compiled_epoch,
    compiled_evaluate,
    epoch_when_ready,
    evaluate_when_ready,
    kernel_for,
)
from mlp.engines import epoch_function, numpy_epoch
from mlp.metrics import evaluate
from mlp.optimizers import no_memory
from tests.pairs import PAIRS, each_pair

HIDDEN, LOSS = sorted(kernels.HIDDEN), sorted(kernels.LOSS)
SIZES = {1: (37, 34, 3), 2: (37, 34, 5, 3), 3: (37, 34, 9, 5, 3)}  # wider than the widest vectors, and odd
EXAMPLES = {1: 24, 7: 57, 200: 211}  # by batch size; the last batch is whole, a single example, short
EPOCHS = {1: 2, 7: 3, 200: 5}  # by batch size: more than one, and ten updates at least
UPDATES = [
    {**rule, "alpha": alpha}
    for rule, alpha in itertools.product(
        (
            {},
            {"momentum": 0.9},
            {"momentum": 0.9, "nesterovs_momentum": True},
            {"solver": "adam", "beta_1": 0.8, "beta_2": 0.95},
        ),
        (0.0, 1e-2),
    )
]

# Each of three depths with each pair and each batch size, in a square of which the slow part has the rest
KINDS = [
    pytest.param(*pair, batch_size, depth, marks=[pytest.mark.slow] * ((row + column + layer) % 3 > 0))
    for (row, pair), (column, batch_size), (layer, depth) in itertools.product(
        enumerate(PAIRS), enumerate(EXAMPLES), enumerate(SIZES)
    )
]


def problem(sizes=SIZES[2], hidden="tanh", loss="cross_entropy", n=60, seed=0):
    """Return a network with biases, inputs, and targets that do not sum to one."""
    rng = np.random.default_rng(seed)
    network = init_network(sizes, hidden=hidden, loss=loss, rng=rng)
    return network, rng.normal(size=(n, sizes[0])), rng.random((n, sizes[-1])), rng


def after_epochs(epoch, network, X, Y, config, orders, weights=None):
    """Return network, memory and the running losses after an epoch in each order, exact and capped."""
    memory, losses = no_memory(network, config.solver), []
    for order in orders:
        network, memory, *both = epoch(network, memory, X, Y, order, config, weights)
        losses.extend(both)
    return network, memory, losses


def difference(one, other):
    """Return the largest difference of two outcomes, in weights and what is remembered absolute, in losses relative."""
    assert one[1].updates == other[1].updates
    kept = [(*network.layers, *memory.velocity, *memory.squares) for network, memory, _ in (one, other)]
    pairs = zip(*kept, strict=True)
    parameters = [max(np.abs(a.W - b.W).max(), np.abs(a.b - b.b).max()) for a, b in pairs]
    return max(*parameters, np.abs(np.array(one[2]) / np.array(other[2]) - 1.0).max())


@pytest.mark.parametrize(("hidden", "loss", "batch_size", "depth"), KINDS)
def test_both_engines_end_on_the_same_weights(hidden, loss, batch_size, depth):
    network, X, Y, rng = problem(SIZES[depth], hidden, loss, EXAMPLES[batch_size])
    orders = [rng.permutation(len(X)) for _ in range(EPOCHS[batch_size])]
    for update in UPDATES:
        config = TrainConfig(learning_rate_init=0.001, batch_size=batch_size, **update)
        outcomes = [after_epochs(epoch, network, X, Y, config, orders) for epoch in (numpy_epoch, compiled_epoch)]
        assert difference(*outcomes) < 1e-12, update
        assert difference(outcomes[0], (network, *outcomes[0][1:])) > 1e-4, "nothing moved"


@pytest.mark.parametrize("batch_size", EXAMPLES)
@pytest.mark.parametrize("loss", LOSS)
def test_both_engines_weigh_the_examples_alike_and_leave_out_a_batch_of_no_weight(loss, batch_size):
    network, X, Y, rng = problem(loss=loss, n=EXAMPLES[batch_size])
    weights = rng.integers(3, size=len(X)) * rng.random(len(X))
    weights[:batch_size] = 0.0
    order, config = np.arange(len(X)), TrainConfig(learning_rate_init=0.02, batch_size=batch_size, alpha=1e-2)
    outcomes = [
        after_epochs(epoch, network, X, Y, config, [order] * 3, weights) for epoch in (numpy_epoch, compiled_epoch)
    ]
    assert difference(*outcomes) < 1e-12
    assert difference(outcomes[0], after_epochs(numpy_epoch, network, X, Y, config, [order] * 3)) > 1e-5


def test_a_schedule_slows_both_engines_alike():
    network, X, Y, _ = problem()
    config, memory = TrainConfig(0.1, 7, momentum=0.9), replace(no_memory(network), slowdown=25.0)
    slow, quick = (TrainConfig(rate, 7, momentum=0.9) for rate in (0.004, 0.1))
    for epoch in (numpy_epoch, compiled_epoch):
        one = epoch(network, memory, X, Y, np.arange(60), config)
        other = epoch(network, no_memory(network), X, Y, np.arange(60), slow)
        assert difference((*one[:2], one[2:]), (*other[:2], other[2:])) < 1e-15
        assert one.memory.slowdown == 25.0
        fast = epoch(network, no_memory(network), X, Y, np.arange(60), quick)
        assert difference((*one[:2], one[2:]), (*fast[:2], fast[2:])) > 1e-3


def test_the_comparison_notices_one_weight_off_by_1e_minus_9():
    network, X, Y, rng = problem()
    outcome = after_epochs(compiled_epoch, network, X, Y, TrainConfig(), [rng.permutation(len(X))])
    W = outcome[0].layers[0].W.copy()
    W[3, 5] += 1e-9
    wrong = Network((Layer(W, outcome[0].layers[0].b), *outcome[0].layers[1:]), network.hidden, network.loss)
    assert difference(outcome, (wrong, *outcome[1:])) > 1e-10


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ({}, {"alpha": 1e-3}),
        ({}, {"momentum": 0.91}),
        ({}, {"nesterovs_momentum": True}),
        ({}, {"learning_rate_init": 0.00201}),
        ({"solver": "adam"}, {"beta_1": 0.901}),
        ({"solver": "adam"}, {"beta_2": 0.998}),
        ({"solver": "adam"}, {"epsilon": 1e-6}),
    ],
)
def test_the_comparison_notices_a_slightly_different_update(rule, change):
    network, X, Y, rng = problem()
    orders = [rng.permutation(len(X)) for _ in range(5)]
    config = TrainConfig(learning_rate_init=0.002, momentum=0.9, **rule)
    one = after_epochs(numpy_epoch, network, X, Y, config, orders)
    other = after_epochs(compiled_epoch, network, X, Y, replace(config, **change), orders)
    assert difference(one, other) > 1e-9


@pytest.mark.parametrize("batch_size", EXAMPLES)
def test_the_order_is_followed(batch_size):
    network, X, Y, _ = problem(n=250)
    config = TrainConfig(learning_rate_init=0.01, batch_size=batch_size)
    twice = np.r_[0:230, 10, 10, -1]  # not a permutation: some examples twice, one from the end
    outcomes = [after_epochs(epoch, network, X, Y, config, [twice]) for epoch in (numpy_epoch, compiled_epoch)]
    backwards = after_epochs(compiled_epoch, network, X, Y, config, [twice[::-1].copy()])
    assert difference(*outcomes) < 1e-12
    assert difference(outcomes[1], backwards) > 1e-6


@pytest.mark.parametrize("order", [[0, 60], [-61]])
def test_an_order_that_leaves_the_examples_is_refused(order):
    network, X, Y, _ = problem(n=60)
    with pytest.raises(IndexError):
        compiled_epoch(network, no_memory(network), X, Y, np.array(order), TrainConfig())


def test_arrays_of_another_layout_dtype_or_read_only_are_welcome():
    network, X, Y, rng = problem()
    X = np.round(4 * X)
    order = rng.permutation(len(X))
    strange = np.asfortranarray(X.astype(np.float32)), Y[:, ::-1].copy()[:, ::-1]
    for array in strange:
        array.flags.writeable = False
    plain, other = (after_epochs(compiled_epoch, network, *data, TrainConfig(), [order]) for data in ((X, Y), strange))
    assert difference(plain, other) == 0.0


def test_inputs_are_not_changed():
    network, X, Y, rng = problem()
    before = [array.copy() for array in (X, Y, network.layers[0].W)]
    compiled_epoch(network, no_memory(network), X, Y, rng.permutation(len(X)), TrainConfig())
    for array, copy in zip((X, Y, network.layers[0].W), before, strict=True):
        np.testing.assert_array_equal(array, copy)


compiled_activate = njit(lambda hidden, h: kernels.activate(hidden, h))
Z = np.concatenate([np.linspace(-40, 40, 200_001), 10.0 ** np.arange(-300, 3), [-0.0, 0.0, 1e3, -1e3, np.inf, -np.inf]])


def test_tanh_is_numpys_to_a_few_units_in_the_last_place():
    h = Z.copy()
    compiled_activate(kernels.TANH, h)
    np.testing.assert_allclose(h, np.tanh(Z), rtol=1e-15, atol=0)


def test_logistic_is_exact_to_1e_15():
    h, e = Z.copy(), np.exp(-np.abs(Z))
    compiled_activate(kernels.LOGISTIC, h)
    np.testing.assert_allclose(h, np.where(Z >= 0, 1.0, e) / (1.0 + e), rtol=2e-15, atol=1e-300)


def test_gelu_is_numpys_at_every_size():
    h = Z.copy()
    compiled_activate(kernels.GELU, h)
    np.testing.assert_allclose(h, ACTIVATIONS["gelu"].f(Z), rtol=2e-15, atol=1e-300)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_slopes_are_kept_where_h_cannot_tell_them_and_nowhere_else(hidden):
    network, X, Y, _ = problem(hidden=hidden, n=3)
    work = arguments_of(network, no_memory(network), X, Y, np.arange(3), TrainConfig())[3]
    assert work.slope.size == (work.h.size if hidden == "gelu" else 0)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_nan_stays_nan(hidden):
    h = np.full(40, np.nan)
    compiled_activate(kernels.HIDDEN[hidden], h)
    assert np.isnan(h).all()


@pytest.mark.parametrize("batch_size", [1, 7])
@pytest.mark.parametrize("scale", [1e3, 1e150, 1e200, np.inf])
@each_pair
def test_extreme_z_is_as_stable_as_in_numpy(hidden, loss, scale, batch_size):
    network, X, Y, _ = problem(hidden=hidden, loss=loss, n=7)
    X[3] *= scale
    config = TrainConfig(learning_rate_init=1e-3, batch_size=batch_size)
    one, other = (after_epochs(epoch, network, X, Y, config, [np.arange(7)]) for epoch in (numpy_epoch, compiled_epoch))
    np.testing.assert_allclose(other[2], one[2], rtol=1e-12)
    if np.isfinite(one[2]).all():
        for a, b in zip(one[0].layers, other[0].layers, strict=True):
            np.testing.assert_allclose(b.W, a.W, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("engine", ["numpy", "numba"])
@pytest.mark.parametrize("batch_size", [1, 7])
def test_divergence_ends_in_infinity_and_not_in_a_crash(engine, batch_size):
    network, X, Y, _ = problem(hidden="identity", loss="squared_error")
    config = TrainConfig(learning_rate_init=1e3, batch_size=batch_size, momentum=0.9, max_iter=50)
    *_, last = train(network, X, Y, config, engine=engine)
    assert last.ended == "diverged"
    assert not np.isfinite(last.running_loss)


def progress_of_another_thread_during(call):
    """Return how far a counting thread came while this one was in `call`."""
    count, stop, interval = [0], threading.Event(), sys.getswitchinterval()

    def counting():
        while not stop.is_set():
            count[0] += 1
            time.sleep(0)  # hands the interpreter back, which nobody takes by force below

    thread = threading.Thread(target=counting)
    sys.setswitchinterval(1000.0)
    try:
        thread.start()
        time.sleep(0.01)
        before = count[0]
        call()
        return count[0] - before
    finally:
        stop.set()
        sys.setswitchinterval(interval)
        thread.join()


def test_other_threads_run_during_an_epoch():
    network, X, Y, _ = problem(n=2000)
    arguments = arguments_of(network, no_memory(network), X, Y, np.arange(2000).repeat(20), TrainConfig())
    epoch = kernel("singles")
    assert progress_of_another_thread_during(lambda: epoch(*arguments)) > 10


def test_the_watch_on_threads_notices_a_call_that_keeps_the_interpreter():
    numbers = list(range(2_000_000))
    assert progress_of_another_thread_during(lambda: sorted(numbers)) <= 1


@pytest.mark.parametrize("batch_size", [1, 7, 200])
def test_an_epoch_allocates_nothing_however_long(batch_size):
    network, X, Y, rng = problem(n=400)
    config = TrainConfig(batch_size=batch_size, momentum=0.9, nesterovs_momentum=True, alpha=1e-2)
    epoch, allocated = kernel(kernel_for(config)), []
    _nrt_python.memsys_enable_stats()
    for n in (200, 20_000):
        arguments = arguments_of(network, no_memory(network), X, Y, rng.integers(400, size=n), config)
        before = rtsys.get_allocation_stats()
        epoch(*arguments)
        after = rtsys.get_allocation_stats()
        allocated.append((after.alloc - before.alloc, after.mi_alloc - before.mi_alloc))
    _nrt_python.memsys_disable_stats()
    assert allocated[0] == allocated[1]  # what is counted is the wrapping of the arguments


def test_the_count_of_allocations_notices_one():
    _nrt_python.memsys_enable_stats()
    before = rtsys.get_allocation_stats().mi_alloc
    njit(lambda n: np.zeros(n).sum())(3)
    assert rtsys.get_allocation_stats().mi_alloc > before
    _nrt_python.memsys_disable_stats()


@pytest.mark.parametrize("n", [1, 64, 150])
@pytest.mark.parametrize("depth", SIZES)
@each_pair
def test_the_compiled_evaluate_are_the_metrics(hidden, loss, depth, n):
    network, X, Y, _ = problem(SIZES[depth], hidden, loss, n)
    one, other = evaluate(network, X, Y), compiled_evaluate(network, X, Y)
    assert other.loss == pytest.approx(one.loss, rel=1e-13, abs=0)
    assert other.accuracy == one.accuracy


def test_outputs_that_are_all_one_are_the_first_class():
    layer = Layer(np.zeros((3, 37)), np.array([40.0, 50.0, 60.0]))
    network, Y = Network((layer,), "tanh", "logistic_squared_error"), np.eye(3)
    assert evaluate(network, np.ones((3, 37)), Y) == compiled_evaluate(network, np.ones((3, 37)), Y)


def test_the_accuracy_of_a_network_that_overflowed_is_no_number():
    network, X, Y, _ = problem()
    X[7] = np.inf
    assert np.isnan(evaluate(network, X, Y).accuracy)
    assert np.isnan(compiled_evaluate(network, X, Y).accuracy)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_the_curves_of_both_engines_are_equal(hidden):
    network, X, Y, _ = problem(hidden=hidden)
    config = TrainConfig(max_iter=5, batch_size=7)
    both = [list(train(network, X, Y, config, X_test=X[:9], y_test=Y[:9], engine=e)) for e in ("numpy", "numba")]
    for one, other in zip(*both, strict=True):
        assert other.train_loss == pytest.approx(one.train_loss, rel=1e-12)
        assert other.test_loss == pytest.approx(one.test_loss, rel=1e-12)
        assert (other.train_accuracy, other.test_accuracy) == (one.train_accuracy, one.test_accuracy)


def test_targets_of_another_number_are_refused():
    network, X, Y, _ = problem()
    with pytest.raises(ValueError, match="Y needs a row for each of the 60 examples in X; got 59"):
        compiled_evaluate(network, X, Y[:-1])
    with pytest.raises(ValueError, match="got 59"):
        compiled_epoch(network, no_memory(network), X, Y[:-1], np.arange(60), TrainConfig())


def test_four_threads_train_four_networks_as_one_does():
    network, X, Y, rng = problem(n=200)
    orders = [rng.permutation(200) for _ in range(20)]
    alone = after_epochs(compiled_epoch, network, X, Y, TrainConfig(), orders)
    outcomes = [None] * 4

    def run(i):
        outcomes[i] = after_epochs(compiled_epoch, network, X, Y, TrainConfig(), orders)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [difference(alone, outcome) for outcome in outcomes] == [0.0] * 4


def test_warming_up_twice_is_warming_up_once():
    thread = warm_up()
    assert warm_up() is thread
    thread.join()
    assert kernel("singles") is kernel("singles") is not kernel("batches")


@pytest.mark.parametrize("batch_size", [1, 7])
def test_while_it_is_compiled_nobody_waits_and_then_training_goes_on_in_machine_code(batch_size, monkeypatch):
    network, X, Y, _ = problem()
    config, order, ready, ran = TrainConfig(0.1, batch_size), np.arange(60), set(), []
    monkeypatch.setattr("mlp.compiled.is_ready", ready.__contains__)
    for name in ("numpy_epoch", "compiled_epoch"):
        engine = getattr(compiled, name)
        monkeypatch.setattr(compiled, name, lambda *a, engine=engine, name=name: ran.append(name) or engine(*a))
    state = network, no_memory(network)
    for _ in range(2):
        state = epoch_when_ready(*state, X, Y, order, config)[:2]
        assert evaluate_when_ready(state[0], X, Y).loss == pytest.approx(evaluate(state[0], X, Y).loss, rel=1e-13)
        ready |= {"singles", "batches", "metrics"}
    assert ran == ["numpy_epoch", "compiled_epoch"]
    whole = after_epochs(numpy_epoch, network, X, Y, config, [order] * 2)
    assert difference((*state, whole[2]), whole) < 1e-12


def test_asking_whether_a_kernel_is_ready_does_not_wait(monkeypatch):
    held = threading.Event()
    monkeypatch.setattr(compilation, "_promised", functools.cache(compilation._promised.__wrapped__))
    monkeypatch.setitem(compilation.COMPILE, "singles", lambda: held.wait(30) and "compiled")
    assert not compilation.is_ready("singles")
    held.set()
    assert kernel("singles") == "compiled"
    assert compilation.is_ready("singles")


def test_a_compiler_that_fails_is_heard_by_whoever_waits(monkeypatch):
    def fail():
        raise MemoryError("no room to compile")

    monkeypatch.setattr(compilation, "_promised", functools.cache(compilation._promised.__wrapped__))
    monkeypatch.setitem(compilation.COMPILE, "batches", fail)
    with pytest.raises(MemoryError, match="no room"):
        kernel("batches")


def test_a_cache_that_cannot_be_used_is_done_without(monkeypatch):
    def refuse_the_disk(function, signature, cache):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return "compiled"

    monkeypatch.setattr(kernels, "_compile", refuse_the_disk)
    assert kernels.compiled_for(kernels.train_singles, 1.0) == "compiled"


def test_the_engines_go_by_their_names():
    assert epoch_function("numpy") is numpy_epoch
    assert epoch_function("numba") is compiled_epoch
    assert epoch_function("auto") is epoch_when_ready
    with pytest.raises(ValueError, match="engine needs one of auto, numpy, numba; got 'fast'"):
        epoch_function("fast")


def test_without_numba_auto_is_numpy_and_numba_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)
    for name in ("kernels", "compilation", "compiled"):
        monkeypatch.delitem(sys.modules, f"mlp.{name}")
        monkeypatch.delattr(mlp, name)
    assert epoch_function("auto") is numpy_epoch
    with pytest.raises(ImportError, match=r'engine="numba" needs the package numba \(pip install numba\)'):
        epoch_function("numba")
