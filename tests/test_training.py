"""Training: records, updates, stopping and errors of the generator, and that it learns what can be learned."""

import gc
import math
import re
import warnings
from dataclasses import FrozenInstanceError, replace
from itertools import islice

import numpy as np
import pytest
from sklearn.datasets import load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.utils import shuffle

from mlp import Layer, Network, TrainConfig, backward, evaluate, forward, init_network, loss_value, predict, train
from mlp.datasets import digits
from mlp.engines import ENGINES, numpy_epoch
from mlp.epochs import Patience, next_order
from mlp.metrics import one_hot
from mlp.training import reason_to_end

NO_STOP = {"n_iter_no_change": math.inf}


def example(n: int = 10, hidden: str = "tanh", loss: str = "cross_entropy", seed: int = 0):
    rng = np.random.default_rng(seed)
    return init_network((3, 4, 2), hidden=hidden, loss=loss, rng=rng), rng.normal(size=(n, 3)), rng.integers(2, size=n)


def parameters(network: Network) -> list[np.ndarray]:
    return [array for layer in network.layers for array in (layer.W, layer.b)]


def assert_same(a: Network, b: Network, atol: float = 0.0) -> None:
    for ours, theirs in zip(parameters(a), parameters(b), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=atol)


def last(records):
    *_, record = records
    return record


# Records


def test_epoch_0_is_the_network_before_training() -> None:
    network, X, y = example()
    first = next(train(network, X, y, TrainConfig()))
    assert (first.epoch, first.updates, first.seconds, first.ended) == (0, 0, 0.0, None)
    assert math.isnan(first.running_loss)
    assert_same(first.network, network)
    metrics = evaluate(network, X, one_hot(y, 2))
    assert (first.train_loss, first.train_accuracy) == (metrics.loss, metrics.accuracy)


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize(("batch_size", "an_epoch"), [(1, 10), (3, 4), (4, 3), (5, 2), (10, 1), (99, 1), ("auto", 1)])
def test_there_is_a_record_an_epoch_and_a_short_last_batch_is_an_update(batch_size, an_epoch, engine) -> None:
    network, X, y = example(n=10)
    records = list(train(network, X, y, TrainConfig(batch_size=batch_size, max_iter=3), engine=engine))
    assert [record.epoch for record in records] == [0, 1, 2, 3]
    assert [record.updates for record in records] == [0, an_epoch, 2 * an_epoch, 3 * an_epoch]
    assert [record.ended for record in records] == [None, None, None, "max_iter"]
    assert all(a.seconds <= b.seconds for a, b in zip(records, records[1:], strict=False))
    assert records[-1].seconds > 0


def test_auto_is_at_most_two_hundred_examples_a_batch() -> None:
    network, X, y = example(n=450)
    assert last(train(network, X, y, TrainConfig(batch_size="auto", max_iter=1))).updates == 3


def test_loss_and_accuracy_are_those_of_the_records_own_network() -> None:
    network, X, y = example(n=12)
    X_test, y_test = example(n=7, seed=1)[1:]
    for record in train(network, X, y, TrainConfig(max_iter=3, alpha=0.1), X_test=X_test, y_test=y_test):
        for inputs, classes, loss, accuracy in (
            (X, y, record.train_loss, record.train_accuracy),
            (X_test, y_test, record.test_loss, record.test_accuracy),
        ):
            forward_pass = forward(record.network, inputs)
            expected = loss_value(record.network, forward_pass, np.eye(2)[classes], reduction="mean")
            assert loss == pytest.approx(expected, rel=1e-15)
            assert accuracy == (predict(record.network, inputs) == classes).mean()


def test_without_a_test_set_its_columns_are_nan() -> None:
    network, X, y = example()
    record = next(train(network, X, y, TrainConfig()))
    assert math.isnan(record.test_loss)
    assert math.isnan(record.test_accuracy)


def test_the_test_set_does_not_touch_the_training() -> None:
    network, X, y = example()
    config = TrainConfig(max_iter=3)
    alone = last(train(network, X, y, config))
    watched = last(train(network, X, y, config, X_test=X[:3] + 1, y_test=y[:3]))
    assert_same(alone.network, watched.network)


def test_the_running_loss_is_the_mean_of_the_losses_before_each_update() -> None:
    network, X, y = example(n=5)
    config = TrainConfig(batch_size=2, shuffle=False, alpha=0.3, learning_rate_init=0.5, max_iter=1)
    record = last(train(network, X, y, config, engine="numpy"))
    total, Y = 0.0, np.eye(2)[y]
    for batch in (slice(0, 2), slice(2, 4), slice(4, 5)):
        forward_pass = forward(network, X[batch])
        n, penalty = len(X[batch]), sum((layer.W**2).sum() for layer in network.layers)
        total += loss_value(network, forward_pass, Y[batch]) + 0.3 / 2 * penalty
        gradients = backward(network, forward_pass, Y[batch])
        layers = [
            Layer(layer.W - 0.5 * (dW + 0.3 * layer.W) / n, layer.b - 0.5 * db / n)
            for layer, dW, db in zip(network.layers, gradients.W, gradients.b, strict=True)
        ]
        network = replace(network, layers=layers)
    assert record.running_loss == pytest.approx(total / 5, rel=1e-13)
    assert_same(record.network, network, atol=1e-15)


# Updates


@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize("alpha", [0.0, 0.2])
@pytest.mark.parametrize("batch_size", [1, 4])
def test_momentum_nesterov_and_alpha_are_those_written_out_by_hand(batch_size, alpha, nesterov) -> None:
    network, X, y = example(n=6)
    eta, beta, Y = 0.1, 0.8, np.eye(2)[y]
    config = TrainConfig(eta, batch_size, 3, beta, nesterov, alpha, shuffle=False)
    trained = last(train(network, X, y, config, engine="numpy")).network
    velocity = [np.zeros_like(p) for p in parameters(network)]
    for _ in range(3):
        for start in range(0, 6, batch_size):
            batch = slice(start, start + batch_size)
            found = backward(network, forward(network, X[batch]), Y[batch])
            n = len(X[batch])
            gradient = [
                g
                for layer, dW, db in zip(network.layers, found.W, found.b, strict=True)
                for g in ((dW + alpha * layer.W) / n, db / n)
            ]
            velocity = [beta * v - eta * g for v, g in zip(velocity, gradient, strict=True)]
            move = [beta * v - eta * g for v, g in zip(velocity, gradient, strict=True)] if nesterov else velocity
            new = [p + m for p, m in zip(parameters(network), move, strict=True)]
            network = replace(network, layers=[Layer(W, b) for W, b in zip(new[::2], new[1::2], strict=True)])
    assert_same(trained, network, atol=1e-14)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_without_shuffling_the_examples_keep_their_order(engine) -> None:
    network, X, y = example()
    config = TrainConfig(shuffle=False, max_iter=2, learning_rate_init=0.3)
    trained = last(train(network, X, y, config, engine=engine)).network
    assert_same(trained, last(train(network, X, y, replace(config, random_state=99), engine=engine)).network)
    one_by_one = network
    for _ in range(2):
        for x, label in zip(X, y, strict=True):
            one_by_one = last(train(one_by_one, x, [label], replace(config, max_iter=1), engine=engine)).network
    assert_same(trained, one_by_one, atol=1e-14)
    backwards = last(train(network, X[::-1], y[::-1], config, engine=engine)).network
    assert not np.allclose(trained.layers[0].W, backwards.layers[0].W, atol=1e-6)


def test_a_seed_decides_the_training_and_another_one_changes_it() -> None:
    network, X, y = example()
    runs = [last(train(network, X, y, TrainConfig(max_iter=5, random_state=seed))).network for seed in (3, 3, 4)]
    assert_same(runs[0], runs[1])
    assert not np.array_equal(runs[0].layers[0].W, runs[2].layers[0].W)


def test_an_rng_takes_the_place_of_the_seed_and_moves_on() -> None:
    network, X, y = example()
    config, rng = TrainConfig(max_iter=5, random_state=3), np.random.RandomState(3)
    first, second = (last(train(network, X, y, config, rng=rng)).network for _ in range(2))
    assert_same(first, last(train(network, X, y, config)).network)
    assert not np.array_equal(first.layers[0].W, second.layers[0].W)
    last(train(network, X, y, config, rng=np.random.default_rng(0)))


def test_the_order_of_each_epoch_is_that_of_sklearn_utils_shuffle() -> None:
    ours, theirs = np.arange(50), np.arange(50)
    rng, their_rng = np.random.RandomState(5), np.random.RandomState(5)
    for _ in range(4):
        ours, theirs = next_order(ours, rng), shuffle(theirs, random_state=their_rng)
        np.testing.assert_array_equal(ours, theirs)
        assert sorted(ours) == list(range(50))


def test_the_network_the_data_and_the_config_are_left_as_they_were() -> None:
    network, X, y = example()
    before = [a.copy() for a in (*parameters(network), X, y)]
    last(train(network, X, y, TrainConfig(max_iter=2, momentum=0.9)))
    for now, then in zip((*parameters(network), X, y), before, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_class_indices_and_one_hot_targets_train_the_same(engine) -> None:
    network, X, y = example()
    config = TrainConfig(max_iter=3)
    runs = [last(train(network, X, targets, config, engine=engine)) for targets in (y, np.eye(2)[y], y.tolist())]
    for run in runs[1:]:
        assert_same(runs[0].network, run.network)
        assert run.train_accuracy == runs[0].train_accuracy


# The end of training


def test_patience_counts_epochs_without_improvement_as_scikit_learn_does() -> None:
    patience, counts = Patience(), []
    for loss in (1.0, 0.5, 0.4999, 0.45, 0.45, 0.6, 0.44, 0.30):
        patience = patience.after(loss, tol=0.1)
        counts.append(patience.count)
    assert counts == [0, 0, 1, 2, 3, 4, 5, 0]
    assert patience.best == 0.30


def test_patience_says_no_to_a_loss_that_falls_by_less_than_tol_and_yes_to_one_that_falls_by_tol() -> None:
    at_one = Patience().after(1.0, tol=0.25)
    assert at_one.after(0.76, tol=0.25).count == 1
    assert at_one.after(0.75, tol=0.25).count == 0
    assert at_one.after(1.0, tol=0.0).count == 0  # not above the best: the comparison is strict, as in scikit-learn
    assert at_one.after(1.1, tol=0.0).count == 1


@pytest.mark.parametrize(("tol", "n_iter_no_change", "batch_size"), [(1e-3, 5, 20), (1e-2, 2, 32), (1e-2, 3, 1)])
def test_training_ends_at_the_epoch_at_which_scikit_learns_ends(tol, n_iter_no_change, batch_size) -> None:
    data = digits()
    X, y = data.X[:150] / 16, data.y[:150]  # unscaled, single losses get so large that scikit-learn caps them
    theirs = MLPClassifier(
        (8,), activation="tanh", solver="sgd", batch_size=batch_size, learning_rate_init=0.01, momentum=0.5,
        nesterovs_momentum=False, tol=tol, n_iter_no_change=n_iter_no_change, max_iter=300, random_state=2,
    ).fit(X, y)  # fmt: skip
    rng = np.random.RandomState(2)
    network = init_network((64, 8, 10), rng=rng)
    config = TrainConfig(0.01, batch_size, 300, 0.5, alpha=1e-4, tol=tol, n_iter_no_change=n_iter_no_change)
    records = list(train(network, X, y, config, rng=rng))
    assert records[-1].epoch == theirs.n_iter_ < 300
    assert records[-1].ended == "tol"
    np.testing.assert_allclose([r.running_loss for r in records[1:]], theirs.loss_curve_, rtol=1e-9)
    for layer, coefs in zip(records[-1].network.layers, theirs.coefs_, strict=True):
        np.testing.assert_allclose(layer.W, coefs.T, rtol=0, atol=1e-10)


def as_scikit_learn(sizes, X, y, **settings):
    """Return the records of a training of ours and the fitted classifier, both with seed 2."""
    their = {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False, "random_state": 2, **settings}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs = MLPClassifier(sizes[1:-1], **their).fit(X, y)
    rng = np.random.RandomState(2)
    network = init_network(sizes, hidden=settings.get("activation", "relu"), rng=rng)
    own = {name: value for name, value in settings.items() if name != "activation"}
    base = {"batch_size": "auto", "max_iter": 200, "alpha": 1e-4, "n_iter_no_change": 10}
    return list(train(network, X, y, TrainConfig(**{**base, **own}), rng=rng)), theirs


def difference(record, theirs) -> float:
    """Return the largest difference of any weight."""
    pairs = zip(record.network.layers, theirs.coefs_, theirs.intercepts_, strict=True)
    return max(np.abs(part).max() for layer, W, b in pairs for part in (layer.W - W.T, layer.b - b))


@pytest.mark.parametrize("rate", [1e-3, 1e-4, 1e-5])
@pytest.mark.parametrize("activation", ["relu", "identity"])
@pytest.mark.parametrize(("load", "sizes"), [(load_wine, (13, 20, 3)), (load_iris, (4, 20, 3))])
def test_training_on_unscaled_data_ends_at_scikit_learns_epoch(load, sizes, activation, rate) -> None:
    X, y = load(return_X_y=True)
    records, theirs = as_scikit_learn(sizes, X, y, activation=activation, learning_rate_init=rate, momentum=0.9)
    assert records[-1].epoch == theirs.n_iter_
    assert difference(records[-1], theirs) < 1e-9
    if (load, rate) == (load_wine, 1e-5):
        assert max(record.running_loss for record in records[1:]) > max(theirs.loss_curve_) + 1, "nothing was capped"


@pytest.mark.parametrize(
    "settings",
    [
        {"learning_rate": "invscaling", "learning_rate_init": 0.5},
        {"learning_rate": "invscaling", "power_t": 0.1, "momentum": 0.9},
        {"learning_rate": "adaptive", "learning_rate_init": 0.2, "tol": 1e-2, "n_iter_no_change": 2},
        {"learning_rate": "adaptive", "tol": 1e9, "n_iter_no_change": 1},
        {"solver": "adam"},
        {"solver": "adam", "beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3, "learning_rate": "adaptive"},
    ],
    ids=str,
)
@pytest.mark.parametrize("batch_size", [32, "auto"])
def test_solvers_and_schedules_are_scikit_learns(settings, batch_size) -> None:
    X, y = load_iris(return_X_y=True)
    records, theirs = as_scikit_learn((4, 8, 3), X, y, batch_size=batch_size, max_iter=60, **settings)
    assert records[-1].epoch == theirs.n_iter_
    assert difference(records[-1], theirs) < 1e-11
    plain, _ = as_scikit_learn((4, 8, 3), X, y, batch_size=batch_size, max_iter=60)
    assert difference(plain[-1], theirs) > 1e-3, "the setting changes nothing"


def test_the_adaptive_schedule_ends_when_the_rate_is_too_small() -> None:
    network, X, y = example()
    config = TrainConfig(learning_rate="adaptive", tol=1e9, n_iter_no_change=1, max_iter=1000)
    record = last(train(network, X, y, config))
    assert (record.ended, record.epoch) == ("tol", 3 + 5 * 2)  # five fifths of 1e-3 until it is below 1e-6


def test_early_stopping_ends_by_the_validation_set_and_keeps_the_best_network() -> None:
    X, y = load_iris(return_X_y=True)
    config = TrainConfig(0.01, 10, 300, early_stopping=True, n_iter_no_change=4)
    network = init_network((4, 6, 3), rng=np.random.default_rng(1))
    records = list(train(network, X[::2], y[::2], config, X_val=X[1::2], y_val=y[1::2]))
    scores = [record.val_accuracy for record in records[1:]]
    assert records[-1].ended == "tol"
    assert len(records) < 300
    best = records[1 + scores.index(max(scores))]
    assert records[-1].chosen is records[-1].best is best.network
    assert evaluate(best.network, X[1::2], one_hot(y[1::2], 3)).accuracy == best.val_accuracy
    assert records[-1].val_loss == pytest.approx(evaluate(records[-1].network, X[1::2], one_hot(y[1::2], 3)).loss)


def test_a_validation_set_alone_is_only_watched() -> None:
    network, X, y = example()
    watched, alone = (last(train(network, X, y, TrainConfig(), **v)) for v in ({"X_val": X, "y_val": y}, {}))
    assert_same(watched.network, alone.network)
    assert (watched.val_loss, watched.best) == (watched.train_loss, None)
    assert math.isnan(alone.val_loss)


def test_one_output_stands_for_two_classes() -> None:
    network = init_network((3, 4, 1), loss="squared_error", rng=np.random.default_rng(0))
    _, X, y = example(n=30)
    for engine in ENGINES:
        record = last(train(network, X, y, TrainConfig(0.05, max_iter=3), engine=engine))
        guess = forward(record.network, X).output[:, 0] > 0.5
        assert record.train_accuracy == (guess == y).mean()


def test_only_the_last_record_says_why_it_is_the_last() -> None:
    network, X, y = example()
    config = TrainConfig(max_iter=500, tol=1.0, n_iter_no_change=3)
    records = list(train(network, X, y, config))
    assert [record.ended for record in records] == [None] * 5 + ["tol"]


def test_inf_epochs_of_patience_never_end_the_training_early() -> None:
    network, X, y = example()
    assert last(train(network, X, y, TrainConfig(max_iter=40, tol=1e9, **NO_STOP))).ended == "max_iter"


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("loss", ["squared_error", "cross_entropy"])
def test_training_that_diverges_ends_with_that_word_and_without_a_warning(loss, engine) -> None:
    network, X, y = example(hidden="identity", loss=loss)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        config = TrainConfig(learning_rate_init=1e6, max_iter=1000)
        records = list(train(network, 1e3 * X, y, config, X_test=X, y_test=y, engine=engine))
    if loss == "squared_error":
        assert records[-1].ended == "diverged"
        assert len(records) < 200
    assert all(math.isfinite(record.train_loss) for record in records[:-1])


def test_the_reason_to_end_says_no_while_there_is_none() -> None:
    network, X, y = example()
    config = TrainConfig(max_iter=10, n_iter_no_change=2)
    record = next(islice(train(network, X, y, config), 1, None))
    assert reason_to_end(record, Patience(0.1, 2), config) is None
    assert reason_to_end(record, Patience(0.1, 3), config) == "tol"
    assert reason_to_end(replace(record, epoch=10), Patience(), config) == "max_iter"
    for loss in ({"train_loss": math.nan}, {"running_loss": math.inf}):
        assert reason_to_end(replace(record, **loss), Patience(0.1, 3), config) == "diverged"


def test_a_training_that_is_stopped_does_no_more(monkeypatch) -> None:
    network, X, y = example()
    epochs = []

    def counted(*arguments):
        epochs.append(1)
        return numpy_epoch(*arguments)

    monkeypatch.setattr("mlp.engines.numpy_epoch", counted)
    records = train(network, X, y, TrainConfig(max_iter=100), engine="numpy")
    assert epochs == []
    for _ in range(4):
        record = next(records)
    assert (record.epoch, len(epochs)) == (3, 3)
    records.close()
    assert next(records, None) is None
    del records
    gc.collect()
    assert len(epochs) == 3


# What is learned


@pytest.mark.parametrize("loss", ["cross_entropy", "logistic_squared_error", "squared_error"])
def test_xor_is_learned(loss) -> None:
    X, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
    network = init_network((2, 4, 2), loss=loss, rng=np.random.default_rng(1))
    config = TrainConfig(learning_rate_init=0.3, max_iter=1500, batch_size=4, momentum=0.9)
    record = last(train(network, X, y, config, engine="numpy"))
    assert record.train_accuracy == 1.0
    assert record.train_loss < 0.02
    np.testing.assert_array_equal(predict(record.network, X), y)


def test_one_layer_cannot_learn_xor() -> None:
    X, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
    network = init_network((2, 2), rng=np.random.default_rng(1))
    record = last(train(network, X, y, TrainConfig(0.3, 4, 1000), engine="numpy"))
    assert record.train_accuracy <= 0.75
    assert record.train_loss == pytest.approx(math.log(2), abs=1e-3)


def test_a_linear_network_reaches_the_least_squares_solution() -> None:
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(30, 3)), rng.normal(size=(30, 2))
    network = init_network((3, 2), hidden="identity", loss="squared_error", rng=rng)
    (layer,) = last(train(network, X, Y, TrainConfig(0.5, 30, 500), engine="numpy")).network.layers
    solution, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(30)]), Y, rcond=None)
    np.testing.assert_allclose(np.column_stack([layer.W, layer.b]).T, solution, rtol=0, atol=1e-12)


def test_the_penalty_leads_to_the_ridge_solution() -> None:
    rng = np.random.default_rng(0)
    X, Y, alpha = rng.normal(size=(30, 3)), rng.normal(size=(30, 2)), 4.0
    network = init_network((3, 2), hidden="identity", loss="squared_error", rng=rng)
    (layer,) = last(train(network, X, Y, TrainConfig(0.5, 30, 500, alpha=alpha), engine="numpy")).network.layers
    design = np.column_stack([X, np.ones(30)])
    solution = np.linalg.solve(design.T @ design + alpha * np.diag([1, 1, 1, 0]), design.T @ Y)
    np.testing.assert_allclose(np.column_stack([layer.W, layer.b]).T, solution, rtol=0, atol=1e-12)


# What is refused


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"learning_rate_init": 0}, "learning_rate_init needs a number above 0; got 0."),
        ({"learning_rate_init": math.inf}, "learning_rate_init needs a number above 0; got inf."),
        ({"learning_rate_init": math.nan}, "learning_rate_init needs a number above 0; got nan."),
        ({"batch_size": 0}, 'batch_size needs a whole number from 1 or "auto"; got 0.'),
        ({"batch_size": 1.5}, 'batch_size needs a whole number from 1 or "auto"; got 1.5.'),
        ({"batch_size": "all"}, "batch_size needs a whole number from 1 or \"auto\"; got 'all'."),
        ({"batch_size": True}, 'batch_size needs a whole number from 1 or "auto"; got True.'),
        ({"max_iter": 0}, "max_iter needs a whole number from 1; got 0."),
        ({"max_iter": 2.0}, "max_iter needs a whole number from 1; got 2.0."),
        ({"momentum": 1.0}, "momentum needs a number from 0 to below 1; got 1.0."),
        ({"momentum": -0.1}, "momentum needs a number from 0 to below 1; got -0.1."),
        ({"alpha": -1}, "alpha needs a number from 0; got -1."),
        ({"alpha": math.inf}, "alpha needs a number from 0; got inf."),
        ({"tol": -1e-9}, "tol needs a number from 0; got -1e-09."),
        ({"n_iter_no_change": 0}, "n_iter_no_change needs a whole number from 1, or inf; got 0."),
        ({"n_iter_no_change": 2.5}, "n_iter_no_change needs a whole number from 1, or inf; got 2.5."),
        ({"n_iter_no_change": math.nan}, "n_iter_no_change needs a whole number from 1, or inf; got nan."),
        ({"random_state": -1}, "random_state needs a whole number from 0, or None; got -1."),
        ({"random_state": 0.5}, "random_state needs a whole number from 0, or None; got 0.5."),
        ({"shuffle": "False"}, "shuffle needs True or False; got 'False'."),
        ({"nesterovs_momentum": "no"}, "nesterovs_momentum needs True or False; got 'no'."),
        ({"early_stopping": "no"}, "early_stopping needs True or False; got 'no'."),
        ({"momentum": "0.9"}, "momentum needs a number from 0 to below 1; got '0.9'."),
        ({"tol": None}, "tol needs a number from 0; got None."),
        ({"learning_rate_init": "0.1"}, "learning_rate_init needs a number above 0; got '0.1'."),
        ({"alpha": True}, "alpha needs a number from 0; got True."),
        ({"random_state": "1"}, "random_state needs a whole number from 0, or None; got '1'."),
        ({"solver": "lbfgs"}, "solver needs one of sgd, adam; got 'lbfgs'."),
        ({"solver": ["sgd"]}, "solver needs one of sgd, adam; got ['sgd']."),
        ({"learning_rate": 0.1}, "learning_rate needs one of constant, invscaling, adaptive; got 0.1."),
        ({"power_t": -1}, "power_t needs a number from 0; got -1."),
        ({"beta_1": 1}, "beta_1 needs a number from 0 to below 1; got 1."),
        ({"beta_2": None}, "beta_2 needs a number from 0 to below 1; got None."),
        ({"epsilon": 0}, "epsilon needs a number above 0; got 0."),
    ],
)
def test_a_setting_outside_its_range_is_refused_in_a_sentence(setting, sentence) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        TrainConfig(**setting)


def test_the_settings_at_the_ends_of_their_ranges_are_accepted() -> None:
    TrainConfig(1e-300, 1, 1, 0.0, alpha=0.0, tol=0.0, n_iter_no_change=1, random_state=0)
    TrainConfig(1e300, np.int64(7), np.int32(1), 0.999, alpha=1e300, n_iter_no_change=math.inf, random_state=None)


def test_the_settings_are_those_of_the_sheet_frozen_and_hashable() -> None:
    config = TrainConfig()
    assert (config.learning_rate_init, config.batch_size, config.max_iter, config.momentum) == (0.001, 1, 100, 0.0)
    assert hash(config) == hash(TrainConfig())
    with pytest.raises(FrozenInstanceError):
        config.max_iter = 3


@pytest.mark.parametrize(
    ("y", "got"),
    [
        ([0, 1, 2], "got int64 of shape (3,) from 0 to 2."),
        ([0, -1, 1], "got int64 of shape (3,) from -1 to 1."),
        ([0.0, 1.0, 1.0], "got float64 of shape (3,)."),
        (["a", "b", "a"], "got <U1 of shape (3,)."),
        ([], "got float64 of shape (0,)."),
        (1, "got int64 of shape ()."),
    ],
)
def test_targets_of_no_use_are_refused_in_a_sentence(y, got) -> None:
    network, X, _ = example(n=3)
    needed = "y needs class indices 0 to 1 of shape (n,), or targets (n, 2); "
    with pytest.raises(ValueError, match=re.escape(needed + got)):
        train(network, X, y, TrainConfig())
    with pytest.raises(ValueError, match=re.escape(needed.replace("y ", "y_test ") + got)):
        train(network, X, [0, 1, 0], TrainConfig(), X_test=X, y_test=y)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"X": np.ones((3, 2))}, "X needs shape (n, 3), a row an example, at least one; got (3, 2)."),
        ({"X": np.ones((0, 3))}, "X needs shape (n, 3), a row an example, at least one; got (0, 3)."),
        ({"y": np.ones((3, 3))}, "y needs shape (n, 2), a row an example, at least one; got (3, 3)."),
        ({"y": [0, 1]}, "y needs a target for each of the 3 examples; got 2."),
        ({"X_test": np.ones((3, 2))}, "X_test needs shape (n, 3), a row an example, at least one; got (3, 2)."),
        ({"y_test": [0]}, "y_test needs a target for each of the 3 examples; got 1."),
        ({"engine": "cuda"}, "engine needs one of auto, numpy"),
        ({"X_test": None}, "y_test needs X_test beside it; got 'no X_test'."),
        ({"y_test": None}, "X_test needs y_test beside it; got 'no y_test'."),
        ({"y_val": [0]}, "y_val needs X_val beside it"),
        ({"X": np.full((3, 3), math.nan)}, "X needs finite numbers; got 'nan or inf'."),
        ({"X_test": np.full((3, 3), math.inf)}, "X_test needs finite numbers"),
        ({"rng": 0}, "rng needs a numpy Generator or RandomState; a seed is random_state; got 0."),
        ({"config": TrainConfig(early_stopping=True)}, "early_stopping needs a validation set, X_val and y_val"),
    ],
)
def test_shapes_and_names_that_do_not_fit_are_refused_at_the_call(changes, sentence) -> None:
    network, X, _ = example(n=3)
    arguments = {"X": X, "y": [0, 1, 0], "X_test": X, "y_test": [0, 1, 0], "config": TrainConfig(), **changes}
    with pytest.raises(ValueError, match=re.escape(sentence)):
        train(network, **arguments)
