"""`MLP` is `MLPClassifier`: the same weights after the same number of epochs, with every engine."""

import itertools
import warnings
from functools import cache

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.datasets import (
    load_breast_cancer,
    load_iris,
    load_wine,
    make_moons,
    make_multilabel_classification,
)
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import scale
from threadpoolctl import threadpool_limits

from mlp import MLP
from mlp.datasets import digits, split
from mlp.engines import ENGINES

TOLERANCE = {"numpy": 1e-12}  # in every weight; any other engine may differ by 1e-9
SHEET = {"hidden_layer_sizes": 50, "activation": "tanh", "nesterovs_momentum": False, "max_iter": 1000}
MOMENTA = ({"momentum": 0.0}, {"momentum": 0.9, "nesterovs_momentum": False}, {"momentum": 0.9})
ACTIVATIONS = ("tanh", "logistic", "relu", "identity")

every_engine = pytest.mark.parametrize("engine", ENGINES)


@cache
def data(name):
    if name in ("sheet", "digits"):
        parts = split(digits())
        return parts.X_train / (16 if name == "digits" else 1), parts.y_train
    X, y = {"iris": load_iris, "wine": load_wine}[name](return_X_y=True)
    return scale(X), y


@pytest.fixture(autouse=True)
def one_blas_thread():
    """Keep to one core: these matrices are too small to share, and waiting for a busy one takes far longer."""
    with threadpool_limits(1, "blas"):
        yield


def quietly(fit, *data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return fit(*data)


def ours(name, engine, **parameters):
    return quietly(MLP(engine=engine, **{"random_state": 1, **parameters}).fit, *data(name))


def theirs(name, **parameters):
    return fitted_peer(name, tuple(sorted(parameters.items())))


@cache
def fitted_peer(name, parameters):
    return quietly(MLPClassifier(solver="sgd", **{"random_state": 1, **dict(parameters)}).fit, *data(name))


def largest_difference(a, b):
    pairs = zip(a.coefs_ + a.intercepts_, b.coefs_ + b.intercepts_, strict=True)
    return max(np.abs(p - q).max() for p, q in pairs)


def require_equal(a, b, engine="numpy"):
    assert a.n_iter_ == b.n_iter_
    assert largest_difference(a, b) <= TOLERANCE.get(engine, 1e-9)
    np.testing.assert_allclose(a.loss_curve_, b.loss_curve_, rtol=0, atol=1e-9)
    assert (a.t_, a.n_layers_, a.n_outputs_, a.out_activation_) == (b.t_, b.n_layers_, b.n_outputs_, b.out_activation_)
    assert a.validation_scores_ == b.validation_scores_
    assert a.best_validation_score_ == b.best_validation_score_


def require_equal_fits(name, engine, **parameters):
    a, b = ours(name, engine, **parameters), theirs(name, **parameters)
    require_equal(a, b, engine)
    return a


def test_the_sheets_call_ends_after_542_epochs_on_the_same_weights():
    for engine in ENGINES:
        model = require_equal_fits("sheet", engine, **SHEET)
        assert model.n_iter_ == 542
        parts = split(digits())
        assert model.score(parts.X_train, parts.y_train) == pytest.approx(0.99930, abs=5e-6)
        assert model.score(parts.X_test, parts.y_test) == pytest.approx(0.97222, abs=5e-6)


@pytest.mark.parametrize("name", ["iris", "wine"])
@pytest.mark.parametrize("batch_size", [1, 32, 200])
@pytest.mark.parametrize("momentum", MOMENTA, ids=["plain", "momentum", "nesterov"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_same_weights_on_small_data(activation, momentum, batch_size, name):
    parameters = {
        "hidden_layer_sizes": (8,),
        "learning_rate_init": 0.01,
        "max_iter": {1: 2, 32: 8, 200: 30}[batch_size],
    }
    if batch_size == 200:  # more than there are examples: scikit-learn clips it with a warning
        batch_size = "auto"
    for engine in ENGINES:
        require_equal_fits(name, engine, activation=activation, batch_size=batch_size, **momentum, **parameters)


@pytest.mark.parametrize(
    ("activation", "batch_size", "momentum"),
    [
        (activation, batch_size, MOMENTA[(i + k) % 3])
        for (i, activation), (k, batch_size) in itertools.product(enumerate(ACTIVATIONS), enumerate((1, 32, 200)))
    ],
)
def test_same_weights_on_digits(activation, batch_size, momentum):
    parameters = {"hidden_layer_sizes": (50,), "max_iter": {1: 1, 32: 2, 200: 10}[batch_size]}
    for engine in ENGINES:
        require_equal_fits("digits", engine, activation=activation, batch_size=batch_size, **momentum, **parameters)


@every_engine
@pytest.mark.parametrize(
    "parameters",
    [
        {"hidden_layer_sizes": (), "max_iter": 30},
        {"hidden_layer_sizes": (20, 10), "max_iter": 30},
        {"hidden_layer_sizes": (9, 8, 7), "activation": "tanh", "max_iter": 30},
        {"alpha": 0.0, "max_iter": 30},
        {"alpha": 1.0, "max_iter": 30},
        {"shuffle": False, "max_iter": 30},
        {"shuffle": False, "batch_size": 7, "max_iter": 5},
        {"batch_size": 7, "momentum": 0.5, "max_iter": 5},
        {"random_state": 7, "max_iter": 30},
    ],
    ids=str,
)
def test_same_weights_whatever_else_is_changed(parameters, engine):
    base = {"hidden_layer_sizes": (12,), "learning_rate_init": 0.02}
    require_equal_fits("wine", engine, **{**base, **parameters})


def test_the_defaults_are_the_same():
    require_equal_fits("iris", "auto")


@every_engine
@pytest.mark.parametrize("name", ["iris", "wine", "digits"])
@pytest.mark.parametrize(
    "stopping", [{"tol": 1e-2}, {"tol": 1e-2, "n_iter_no_change": 2}, {"tol": 5e-3, "n_iter_no_change": 1}], ids=str
)
def test_same_stopping_epoch(stopping, name, engine):
    sizes = {"hidden_layer_sizes": (10,), "learning_rate_init": 0.05}
    model = require_equal_fits(name, engine, max_iter=400, **sizes, **stopping)
    assert model.n_iter_ < 400
    assert model.best_loss_ == pytest.approx(min(model.loss_curve_), abs=0)


@every_engine
@pytest.mark.parametrize("name", ["iris", "wine", "digits"])
@pytest.mark.parametrize("batch_size", [32, "auto"])
def test_early_stopping_holds_out_the_same_examples_and_keeps_the_same_weights(batch_size, name, engine):
    parameters = {"early_stopping": True, "validation_fraction": 0.2, "batch_size": batch_size, "n_iter_no_change": 4}
    model = require_equal_fits(name, engine, hidden_layer_sizes=(10,), learning_rate_init=0.01, **parameters)
    assert model.best_loss_ is None
    assert model.best_validation_score_ == max(model.validation_scores_)
    assert len(model.validation_scores_) == model.n_iter_ < 200


@every_engine
@pytest.mark.parametrize("name", ["iris", "digits"])
def test_warm_start_goes_on_in_the_same_way(name, engine):
    parameters = {"hidden_layer_sizes": (10,), "max_iter": 8, "warm_start": True, "random_state": 3}
    a, b = MLP(engine=engine, **parameters), MLPClassifier(solver="sgd", **parameters)
    for calls in (1, 2, 3):
        quietly(a.fit, *data(name))
        quietly(b.fit, *data(name))
        require_equal(a, b, engine)
        assert len(a.loss_curve_) == 8 * calls
        assert a.best_loss_ == pytest.approx(b.best_loss_, abs=1e-9)


def test_warm_start_keeps_its_patience():
    parameters = {"hidden_layer_sizes": (10,), "tol": 1e-2, "warm_start": True, "random_state": 3}
    a, b = MLP(**parameters), MLPClassifier(solver="sgd", **parameters)
    epochs = []
    for _ in range(3):
        require_equal(a.fit(*data("digits")), b.fit(*data("digits")))
        epochs.append(a.n_iter_)
    assert epochs[0] > epochs[1]


@every_engine
def test_partial_fit_takes_the_same_steps(engine):
    X, y = data("digits")
    parameters = {"hidden_layer_sizes": (10,), "random_state": 3, "batch_size": 32}
    a, b = MLP(engine=engine, **parameters), MLPClassifier(solver="sgd", **parameters)
    for start in range(0, 1000, 250):
        part = slice(start, start + 250)
        a.partial_fit(X[part], y[part], classes=np.arange(10))
        b.partial_fit(X[part], y[part], classes=np.arange(10))
        require_equal(a, b, engine)


def test_partial_fit_goes_on_from_fit_with_its_momentum():
    parameters = {"hidden_layer_sizes": (10,), "max_iter": 5, "random_state": 3}
    a, b = (quietly(m.fit, *data("iris")) for m in (MLP(**parameters), MLPClassifier(solver="sgd", **parameters)))
    for _ in range(3):
        require_equal(a.partial_fit(*data("iris")), b.partial_fit(*data("iris")))


def test_a_random_state_that_is_passed_on_is_advanced_as_scikit_learn_does():
    a, b = (np.random.RandomState(5) for _ in range(2))
    for _ in range(2):
        parameters = {"hidden_layer_sizes": (5,), "max_iter": 3, "early_stopping": True}
        mine = quietly(MLP(random_state=a, **parameters).fit, *data("iris"))
        peer = quietly(MLPClassifier(solver="sgd", random_state=b, **parameters).fit, *data("iris"))
        require_equal(mine, peer)
    assert a.randint(1 << 30) == b.randint(1 << 30)


def test_predictions_are_the_same():
    X, _ = data("wine")
    a, b = ours("wine", "auto", max_iter=50), theirs("wine", max_iter=50)
    np.testing.assert_array_equal(a.predict(X), b.predict(X))
    np.testing.assert_allclose(a.predict_proba(X), b.predict_proba(X), rtol=0, atol=1e-9)
    np.testing.assert_allclose(a.predict_log_proba(X), b.predict_log_proba(X), rtol=0, atol=1e-8)


@pytest.mark.parametrize(
    ("changed", "least"),
    [
        ({"random_state": 2}, 1e-2),
        ({"alpha": 2e-4}, 1e-8),
        ({"nesterovs_momentum": False}, 1e-4),
        ({"shuffle": False}, 1e-5),
        ({"learning_rate_init": 0.001001}, 1e-7),
        ({"early_stopping": True}, 1e-4),
    ],
    ids=str,
)
def test_the_comparison_says_no_when_something_differs(changed, least):
    parameters = {"hidden_layer_sizes": (10,), "batch_size": 32, "max_iter": 10}
    other, peer = ours("iris", "numpy", **{**parameters, **changed}), theirs("iris", **parameters)
    assert largest_difference(other, peer) > least
    with pytest.raises(AssertionError):
        require_equal(other, peer)


def test_scikit_learn_caps_the_loss_of_an_example_and_we_do_not():
    parameters = {"hidden_layer_sizes": (), "activation": "identity", "alpha": 0.0, "max_iter": 1, "random_state": 1}
    X, y = np.array([[1e4], [-1e4], [2e4]]), [0, 1, 2]
    a = quietly(MLP(**parameters).fit, X, y)
    b = quietly(MLPClassifier(solver="sgd", **parameters).fit, X, y)
    assert largest_difference(a, b) <= 1e-12
    assert a.loss_ > 1000
    assert b.loss_ == pytest.approx(-np.log(np.finfo(float).eps))


SOLVERS = (
    {"solver": "sgd", "learning_rate_init": 0.02},
    {"solver": "sgd", "learning_rate": "invscaling", "learning_rate_init": 0.5, "power_t": 0.3},
    {"solver": "sgd", "learning_rate": "adaptive", "learning_rate_init": 0.1, "tol": 1e-2, "n_iter_no_change": 2},
    {"solver": "adam", "learning_rate_init": 0.01},
)


@cache
def two_classes(name):
    if name == "moons":
        return make_moons(150, noise=0.2, random_state=0)
    X, y = load_breast_cancer(return_X_y=True)
    return scale(X)[:200], np.array(["benign", "malignant"])[y[:200]]


def both_fitted(X, y, engine, sample_weight=None, **parameters):
    """Return ours and scikit-learn's, trained with these parameters."""
    own = {"random_state": 3, "hidden_layer_sizes": (8,), **parameters}
    mine = quietly(MLP(engine=engine, **own).fit, X, y, sample_weight)
    return mine, quietly(MLPClassifier(**{"solver": "sgd", **own}).fit, X, y, sample_weight)


@every_engine
@pytest.mark.parametrize("early_stopping", [False, True])
@pytest.mark.parametrize("parameters", SOLVERS, ids=str)
@pytest.mark.parametrize("name", ["moons", "cancer"])
def test_two_classes_have_one_logistic_output_and_the_same_weights(name, parameters, early_stopping, engine):
    X, y = two_classes(name)
    mine, peer = both_fitted(X, y, engine, max_iter=40, early_stopping=early_stopping, **parameters)
    require_equal(mine, peer, engine)
    assert (mine.n_outputs_, mine.out_activation_) == (1, "logistic")
    np.testing.assert_allclose(mine.predict_proba(X), peer.predict_proba(X), rtol=0, atol=1e-12)
    assert mine.predict(X).tolist() == peer.predict(X).tolist()


@every_engine
@pytest.mark.parametrize("parameters", SOLVERS, ids=str)
def test_several_labels_an_example_train_the_same(parameters, engine):
    X, Y = make_multilabel_classification(60, n_classes=4, random_state=0)
    for early_stopping in (False, True):
        mine, peer = both_fitted(X, Y, engine, max_iter=20, early_stopping=early_stopping, **parameters)
        require_equal(mine, peer, engine)
        np.testing.assert_array_equal(mine.predict(X), peer.predict(X))
        np.testing.assert_allclose(mine.predict_log_proba(X), peer.predict_log_proba(X), rtol=0, atol=1e-9)


@every_engine
@pytest.mark.parametrize("parameters", SOLVERS, ids=str)
def test_weights_of_examples_train_the_same(parameters, engine):
    X, y = data("iris")
    weights = np.random.default_rng(0).random(len(X))
    mine, peer = both_fitted(X, y, engine, weights, max_iter=20, early_stopping=True, **parameters)
    require_equal(mine, peer, engine)
    assert largest_difference(mine, both_fitted(X, y, engine, max_iter=20, **parameters)[0]) > 1e-3


@pytest.mark.slow
@every_engine
@pytest.mark.parametrize("name", ["iris", "wine", "digits", "cancer"])
def test_a_hundred_epochs_of_adam_end_on_the_same_weights(name, engine):
    X, y = two_classes(name) if name == "cancer" else data(name)
    parameters = {"solver": "adam", "max_iter": 100, "n_iter_no_change": np.inf, "hidden_layer_sizes": (20,)}
    mine, peer = both_fitted(X, y, engine, **parameters)
    assert (mine.n_iter_, peer.n_iter_) == (100, 100)
    assert largest_difference(mine, peer) < 1e-9


@pytest.mark.parametrize("name", ["iris", "moons"])
def test_lbfgs_ends_near_scikit_learns_end(name):
    X, y = two_classes(name) if name == "moons" else data(name)
    weights = np.random.default_rng(0).random(len(X))
    mine, peer = both_fitted(X, y, "auto", weights, solver="lbfgs", max_iter=15)
    assert mine.n_iter_ == peer.n_iter_ == 15
    assert largest_difference(mine, peer) < 1e-8
    assert mine.loss_ == pytest.approx(peer.loss_, abs=1e-10)
    assert len(mine.loss_curve_) == 15


def test_sparse_x_and_float32_give_what_scikit_learn_gives():
    X, y = two_classes("moons")
    dense, sparse = (both_fitted(kind, y, "auto", max_iter=5)[0] for kind in (X, csr_array(X)))
    assert largest_difference(dense, sparse) == 0.0
    np.testing.assert_array_equal(dense.predict_proba(X), sparse.predict_proba(csr_array(X)))
    mine, peer = both_fitted(X.astype(np.float32), y, "auto", max_iter=5)
    assert {part.dtype for part in mine.coefs_ + mine.intercepts_} == {np.dtype(np.float32)}
    assert mine.predict_proba(X.astype(np.float32)).dtype == np.float32
    assert 0.0 < largest_difference(mine, peer) < 1e-5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(120))
def test_random_configurations_end_on_the_same_weights(seed):
    """120 draws of everything at once; the seed of a failure is its name."""
    rng = np.random.default_rng(seed)
    n, features, classes = int(rng.integers(20, 70)), int(rng.integers(1, 8)), int(rng.integers(2, 5))
    X, y = rng.normal(size=(n, features)), np.r_[0:classes, 0:classes, rng.integers(classes, size=n - 2 * classes)]
    several = rng.random() < 0.2
    y = rng.integers(2, size=(n, 3)) if several else np.array(list("abcd"))[y]
    parameters = {
        "hidden_layer_sizes": tuple(map(int, rng.integers(1, 9, size=rng.integers(0, 3)))),
        "activation": str(rng.choice(ACTIVATIONS)),
        "solver": str(rng.choice(["sgd", "adam"])),
        "alpha": float(rng.choice([0.0, 1e-4, 0.1])),
        "batch_size": int(rng.integers(1, n // 2)) if rng.random() < 0.7 else "auto",
        "learning_rate": str(rng.choice(["constant", "invscaling", "adaptive"])),
        "learning_rate_init": float(10 ** rng.uniform(-3, -1)),
        "power_t": float(rng.uniform(0.1, 0.9)),
        "max_iter": int(rng.integers(1, 15)),
        "shuffle": bool(rng.random() < 0.8),
        "tol": float(10 ** rng.uniform(-5, -1)),
        "momentum": float(rng.choice([0.0, 0.5, 0.9])),
        "nesterovs_momentum": bool(rng.random() < 0.5),
        "early_stopping": bool(rng.random() < 0.4),
        "validation_fraction": float(rng.uniform(0.2, 0.4)),
        "beta_1": float(rng.uniform(0.5, 0.95)),
        "beta_2": float(rng.uniform(0.9, 0.999)),
        "n_iter_no_change": int(rng.integers(1, 5)),
        "random_state": seed,
    }
    weights = rng.random(n) + 0.1 if rng.random() < 0.3 else None
    mine, peer = both_fitted(X, y, ENGINES[seed % 2], weights, **parameters)
    require_equal(mine, peer, ENGINES[seed % 2])
