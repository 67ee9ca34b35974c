"""`MLP` is a proper scikit-learn estimator."""

import pickle
import subprocess
import sys
import warnings

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler, scale
from sklearn.utils.estimator_checks import check_estimator, check_estimators_overwrite_params
from threadpoolctl import threadpool_limits

from mlp import MLP, check_gradients
from mlp.engines import ENGINES
from mlp.estimator import hold_out
from mlp.metrics import one_hot

X, y = load_iris(return_X_y=True)
X = scale(X)


def fitted(*data, **parameters):
    """Return an estimator after a few epochs, which are too few to converge."""
    model = MLP(
        **{"hidden_layer_sizes": (6,), "learning_rate_init": 0.05, "max_iter": 20, "random_state": 0, **parameters}
    )
    with pytest.warns(ConvergenceWarning, match="raise max_iter"):
        return model.fit(*(data or (X, y)))


def weights(model):
    return np.concatenate([part.ravel() for part in model.coefs_ + model.intercepts_])


@pytest.fixture(autouse=True)
def one_blas_thread():
    """Keep to one core: these matrices are too small to share."""
    with threadpool_limits(1, "blas"):
        yield


@pytest.mark.slow
# early_stopping and warm_start are off: the checks fit one example, one class or a part of the data again, and expect
# the same answer each time. MLPClassifier does not pass them with these either.
@pytest.mark.parametrize(
    "model",
    [
        *(MLP(engine=engine) for engine in ENGINES),
        MLP(loss="squared_error"),
        MLP(loss="logistic_squared_error", activation="tanh", learning_rate_init=0.1),
    ],
    ids=repr,
)
def test_it_passes_every_check_of_scikit_learn(model):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        results = check_estimator(model, on_skip=None, on_fail="raise")
    not_passed = {result["check_name"] for result in results if result["status"] != "passed"}
    assert not_passed <= {"check_array_api_input"}  # runs where SCIPY_ARRAY_API is set, and passes there


def test_the_checks_say_no_to_an_estimator_that_changes_its_parameters():
    class Forgetful(MLP):
        def fit(self, X, y):
            self.alpha = 0.5
            return super().fit(X, y)

    with pytest.warns(ConvergenceWarning):
        check_estimators_overwrite_params("MLP", MLP(max_iter=1))
    with pytest.warns(ConvergenceWarning), pytest.raises(AssertionError, match="alpha"):
        check_estimators_overwrite_params("Forgetful", Forgetful(max_iter=1))


def test_it_works_in_a_pipeline_and_a_grid_search():
    pipeline = make_pipeline(
        StandardScaler(), MLP(hidden_layer_sizes=(6,), learning_rate_init=0.05, random_state=0, tol=1e-2)
    )
    search = GridSearchCV(pipeline, {"mlp__alpha": [1e-4, 100.0], "mlp__activation": ["tanh", "relu"]}, cv=3)
    search.fit(*load_iris(return_X_y=True))
    assert search.best_params_["mlp__alpha"] == 1e-4
    assert search.best_score_ > 0.9


def test_cross_val_score_reaches_what_iris_allows():
    scores = cross_val_score(MLP((6,), learning_rate_init=0.05, random_state=0, tol=1e-3), X, y, cv=5)
    assert scores.mean() > 0.93


def test_the_scores_can_be_probabilities():
    model = MLP((6,), learning_rate_init=0.05, random_state=0, tol=1e-2)
    assert cross_val_score(model, X, y, cv=3, scoring="roc_auc_ovr").mean() > 0.95
    assert cross_val_score(model, X, y, cv=3, scoring="neg_log_loss").mean() > -0.3


@pytest.mark.parametrize(
    "names", [["setosa", "versicolor", "virginica"], ["c", "b", "a"], [10, -3, 7], [2.0, 0.0, 5.0]]
)
def test_labels_may_be_of_any_type(names):
    labels = np.array(names)[y]
    model = fitted(X, labels)
    assert model.classes_.tolist() == sorted(names)
    assert model.predict(X).dtype == labels.dtype
    assert model.score(X, labels) > 0.8


def test_labels_may_be_objects_and_booleans():
    assert set(fitted(X, np.array(["no", "yes", "perhaps"], dtype=object)[y]).predict(X)) <= {"no", "yes", "perhaps"}
    assert fitted(X, y == 0).predict(X).dtype == bool


def test_the_names_of_labels_do_not_change_the_weights():
    np.testing.assert_array_equal(weights(fitted()), weights(fitted(X, np.array(["a", "b", "c"])[y])))


def test_probabilities_sum_to_one_and_their_logarithms_are_finite():
    model = fitted(1000 * X, y, learning_rate_init=1e-4)
    p = model.predict_proba(X)
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(np.exp(model.predict_log_proba(X)), p, rtol=1e-12)
    assert model.predict_proba(1e6 * X).min() == 0.0
    assert np.isfinite(model.predict_log_proba(1e6 * X)).all()


@pytest.mark.parametrize("loss", ["squared_error", "logistic_squared_error"])
def test_only_softmax_outputs_are_called_probabilities(loss):
    model = fitted(loss=loss)
    assert model.score(X, y) > 0.7
    assert not hasattr(model, "predict_proba")
    with pytest.raises(AttributeError) as error:
        model.predict_proba(X)
    assert 'loss="cross_entropy"' in str(error.value.__cause__)


def test_the_output_activation_has_scikit_learns_name():
    names = [fitted(loss=loss).out_activation_ for loss in ("cross_entropy", "squared_error", "logistic_squared_error")]
    assert names == ["softmax", "identity", "logistic"]


def test_a_pickled_estimator_predicts_and_goes_on_the_same():
    model = fitted()
    copy = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(copy.predict_proba(X), model.predict_proba(X))
    np.testing.assert_array_equal(weights(copy.partial_fit(X, y)), weights(model.partial_fit(X, y)))


def test_a_clone_is_not_fitted_and_fits_the_same():
    model = fitted()
    twin = clone(model)
    with pytest.raises(NotFittedError):
        twin.predict(X)
    with pytest.warns(ConvergenceWarning):
        np.testing.assert_array_equal(weights(twin.fit(X, y)), weights(model))


def test_its_network_can_be_checked_by_finite_differences():
    model = fitted(activation="tanh")
    assert all(check.passed for check in check_gradients(model.network_, X[:5], one_hot(y[:5], 3)))


def test_names_of_columns_are_kept():
    pandas = pytest.importorskip("pandas")
    model = fitted(pandas.DataFrame(X, columns=list("abcd")), y)
    assert model.feature_names_in_.tolist() == list("abcd")
    assert model.n_features_in_ == 4


def test_early_stopping_keeps_the_weights_that_were_best():
    early = {"early_stopping": True, "validation_fraction": 0.3, "learning_rate_init": 0.05, "random_state": 0}
    stopped = MLP((6,), n_iter_no_change=5, **early).fit(X, y)
    best = int(np.argmax(stopped.validation_scores_)) + 1
    assert best < stopped.n_iter_
    np.testing.assert_array_equal(weights(fitted(**early, max_iter=best)), weights(stopped))


def test_two_classes_keep_their_proportions_in_the_validation_set():
    Y = one_hot(np.repeat([0, 1], [80, 20]), 2)
    (_, Y_train), (_, Y_held) = hold_out(np.arange(100.0)[:, None], Y, 0.2, np.random.RandomState(0))
    assert Y_train.sum(axis=0).tolist() == [64, 16]
    assert Y_held.sum(axis=0).tolist() == [16, 4]


def test_warm_start_with_early_stopping_never_ends_on_worse_weights_than_it_began_with():
    model = MLP((6,), early_stopping=True, warm_start=True, learning_rate_init=0.05, random_state=1).fit(X, y)
    first, best = weights(model), model.best_validation_score_
    model.fit(X, y)
    assert model.best_validation_score_ == best
    np.testing.assert_array_equal(weights(model), first)


def test_warm_start_goes_on_and_a_cold_one_begins_again():
    warm, cold = fitted(warm_start=True), fitted()
    first = weights(warm)
    for model in (warm, cold):
        with pytest.warns(ConvergenceWarning):
            model.fit(X, y)
    assert (warm.n_iter_, warm.t_, len(warm.loss_curve_)) == (20, 40 * len(X), 40)
    assert warm.loss_ < cold.loss_
    np.testing.assert_array_equal(weights(cold), first)


def test_early_stopping_may_be_changed_between_warm_starts():
    model = fitted(warm_start=True)
    loss = model.loss_
    model.set_params(early_stopping=True, max_iter=200).fit(X, y)
    assert len(model.validation_scores_) == model.n_iter_ < len(model.loss_curve_)
    model.set_params(early_stopping=False, max_iter=5)
    with pytest.warns(ConvergenceWarning):
        model.fit(X, y)
    assert model.validation_scores_ is None
    assert model.best_loss_ < loss


def test_partial_fit_is_one_epoch_over_what_it_is_given():
    model = MLP((6,), random_state=0)
    for part in np.array_split(np.arange(len(X)), 3):
        model.partial_fit(X[part], y[part], classes=[0, 1, 2])  # iris is sorted: one class a part
    assert (model.n_iter_, model.t_, len(model.loss_curve_)) == (1, len(X), 3)
    assert model.predict_proba(X).shape == (150, 3)


def test_a_fit_that_failed_leaves_the_classes_of_the_fit_before():
    model = fitted()
    with pytest.raises(ValueError, match="overflowed"):
        model.set_params(learning_rate_init=1e300).fit(X, np.array(["a", "b", "c"])[y])
    assert model.classes_.tolist() == [0, 1, 2]
    assert set(model.predict(X)) <= {0, 1, 2}


def test_verbose_prints_a_line_an_epoch(capsys):
    model = fitted(verbose=True, max_iter=3)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[-1] == f"Iteration 3, loss = {model.loss_:.8f}"


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"hidden_layer_sizes": (5, 0)}, r"hidden_layer_sizes needs whole numbers from 1; got \(5, 0\)"),
        ({"hidden_layer_sizes": 2.5}, "hidden_layer_sizes needs"),
        ({"activation": "softplus"}, "activation needs one of tanh, logistic, relu, identity; got 'softplus'"),
        ({"loss": "hinge"}, "loss needs one of"),
        ({"engine": "abacus"}, "engine needs one of auto, numpy"),
        ({"alpha": -1.0}, "alpha needs a number from 0"),
        ({"batch_size": 0}, "batch_size needs"),
        ({"learning_rate_init": 0.0}, "learning_rate_init needs"),
        ({"max_iter": 0}, "max_iter needs"),
        ({"momentum": 1.0}, "momentum needs"),
        ({"tol": -1.0}, "tol needs"),
        ({"n_iter_no_change": 0}, "n_iter_no_change needs"),
        ({"validation_fraction": 1.0}, "validation_fraction needs a number between 0 and 1; got 1.0"),
        ({"early_stopping": True, "validation_fraction": 0.001}, "early_stopping needs two or more examples"),
        (
            {"learning_rate_init": 1e200},
            r"Training needs finite weights; they overflowed in epoch \d+\. .*StandardScaler",
        ),
        ({"random_state": "seed"}, "seed"),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_refused_with_a_reason(parameters, message):
    with pytest.raises(ValueError, match=message):
        MLP(**parameters).fit(X, y)


def test_what_does_not_go_on_is_refused():
    model = fitted(warm_start=True)
    with pytest.raises(ValueError, match=r"needs the classes it began with, \[0, 1, 2\]; got \[0, 1\]"):
        model.fit(X[y < 2], y[y < 2])
    with pytest.raises(ValueError, match=r"needs the layers it began with, \(4, 6, 3\); got \(4, 7, 3\)"):
        model.set_params(hidden_layer_sizes=(7,)).fit(X, y)


def test_partial_fit_is_refused_without_classes_with_others_and_with_early_stopping():
    with pytest.raises(ValueError, match="partial_fit needs classes"):
        MLP().partial_fit(X, y)
    model = MLP().partial_fit(X, y, classes=[0, 1, 2])
    with pytest.raises(ValueError, match="classes it began with"):
        model.partial_fit(X, y, classes=[0, 1, 2, 3])
    with pytest.raises(ValueError, match=r"y needs labels out of \[0, 1, 2\]; got \[3\]"):
        model.partial_fit(X[:2], [0, 3])
    with pytest.raises(ValueError, match="partial_fit needs early_stopping=False"):
        MLP(early_stopping=True).partial_fit(X, y, classes=[0, 1, 2])


def test_importing_the_library_does_not_import_scikit_learn():
    code = (
        "import sys, mlp, mlp.training; assert 'sklearn' not in sys.modules; mlp.MLP; assert 'sklearn' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_of_the_library_is_an_attribute_error():
    import mlp

    with pytest.raises(AttributeError, match="no attribute 'MPL'"):
        mlp.MPL  # noqa: B018
