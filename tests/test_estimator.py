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
from sklearn.metrics import log_loss
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler, scale
from sklearn.utils.estimator_checks import check_estimator, check_estimators_overwrite_params
from threadpoolctl import threadpool_limits

from mlp import MLP, check_gradients
from mlp.estimator.targets import hold_out, labels_of
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


# early_stopping and warm_start are off: the checks fit one example, one class or a part of the data again, and expect
# the same answer each time. MLPClassifier does not pass them with these either. It is checked with 100 epochs in
# scikit-learn's own suite; with larger steps fewer are enough to learn what the checks ask for.
@pytest.mark.parametrize(
    "model",
    [
        MLP(engine="numpy", learning_rate_init=0.05, max_iter=40),
        MLP(engine="numba", solver="adam", learning_rate_init=0.05, max_iter=40),
        MLP(loss="squared_error", max_iter=100),
        MLP(loss="logistic_squared_error", activation="tanh", learning_rate_init=0.1, max_iter=40),
    ],
    ids=repr,
)
def test_it_passes_every_check_of_scikit_learn(model):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        results = check_estimator(model, on_skip=None, on_fail="raise")
    not_passed = {result["check_name"] for result in results if result["status"] != "passed"}
    # The first one runs where SCIPY_ARRAY_API is set, and passes there; MLPClassifier has no decision function either
    skipped = {"check_array_api_input", "check_classifiers_multilabel_output_format_decision_function"}
    if not hasattr(model, "predict_proba"):
        skipped.add("check_classifiers_multilabel_output_format_predict_proba")
    assert not_passed <= skipped
    assert len(results) >= 67  # as many as MLPClassifier has to pass


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
    assert "loss='auto' or 'cross_entropy'" in str(error.value.__cause__)


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


@pytest.mark.parametrize("loss", ["auto", "cross_entropy"])
def test_two_classes_keep_their_proportions_in_the_validation_set(loss):
    y = np.repeat(["few", "many"], [20, 80])
    labels = labels_of(y, None, loss)
    parts = np.arange(100.0)[:, None], labels.targets(y)
    (_, Y_train), (_, Y_held) = hold_out(parts, labels, 0.2, np.random.RandomState(0))
    assert (Y_train[:, -1].sum(), Y_held[:, -1].sum()) == (64, 16)


def test_a_label_too_rare_to_be_held_out_is_named():
    with pytest.raises(ValueError, match=r"two or more examples of each label, .*; label rare has 1 of 50"):
        MLP(early_stopping=True).fit(X[:50], ["rare"] + 49 * ["usual"])
    with pytest.raises(ValueError, match="early_stopping needs more than 1 examples"):
        MLP(early_stopping=True, validation_fraction=0.9).fit(X[:1], y[:1])


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
        ({"hidden_layer_sizes": (5, 0)}, r"hidden_layer_sizes needs whole numbers from 1, .*; got \(5, 0\)"),
        ({"hidden_layer_sizes": None}, "hidden_layer_sizes needs"),
        ({"hidden_layer_sizes": "50"}, "hidden_layer_sizes needs"),
        ({"activation": ["relu"]}, r"activation needs one of .*; got \['relu'\]"),
        ({"shuffle": "False"}, "shuffle needs True or False; got 'False'"),
        ({"early_stopping": "no"}, "early_stopping needs True or False; got 'no'"),
        ({"warm_start": "no"}, "warm_start needs True or False; got 'no'"),
        ({"nesterovs_momentum": "no"}, "nesterovs_momentum needs True or False; got 'no'"),
        ({"verbose": "no"}, "verbose needs"),
        ({"momentum": "0.9"}, "momentum needs a number from 0 to below 1; got '0.9'"),
        ({"tol": None}, "tol needs a number from 0; got None"),
        ({"solver": "newton"}, "solver needs one of sgd, adam, lbfgs; got 'newton'"),
        ({"learning_rate": 0.1}, "learning_rate needs one of constant, invscaling, adaptive; got 0.1"),
        ({"max_fun": 0}, "max_fun needs a whole number from 1; got 0"),
        ({"class_weight": "even"}, "class_weight"),
        ({"hidden_layer_sizes": 2.5}, "hidden_layer_sizes needs"),
        ({"activation": "softmax"}, "activation needs one of tanh, logistic, relu, identity.*; got 'softmax'"),
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
    with pytest.raises(ValueError, match=r"same classes .* Previously got \[0 1 2\], `y` has \[0 1\]"):
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
    with pytest.raises(ValueError, match="partial_fit does not support early_stopping=True"):
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


def test_a_validation_and_a_test_set_of_your_own_are_measured_every_epoch():
    own = {"X_val": X[::3], "y_val": y[::3], "X_test": X[1::3], "y_test": y[1::3]}
    model = MLP((6,), max_iter=7, random_state=0)
    with pytest.warns(ConvergenceWarning):
        model.fit(X[2::3], y[2::3], **own)
    curves = model.validation_loss_curve_, model.validation_scores_, model.test_loss_curve_, model.test_scores_
    assert [len(curve) for curve in curves] == [7] * 4
    for name, curve, scores in (("val", *curves[:2]), ("test", *curves[2:])):
        inputs, labels = own[f"X_{name}"], own[f"y_{name}"]
        assert curve[-1] == pytest.approx(log_loss(labels, model.predict_proba(inputs)), rel=1e-12)
        assert scores[-1] == model.score(inputs, labels)
    alone = MLP((6,), max_iter=7, random_state=0)
    with pytest.warns(ConvergenceWarning):
        alone.fit(X[2::3], y[2::3])
    np.testing.assert_array_equal(weights(alone), weights(model))
    assert (alone.validation_loss_curve_, alone.test_scores_) == (None, None)


def test_early_stopping_goes_by_the_validation_set_it_is_given():
    early = {"early_stopping": True, "learning_rate_init": 0.05, "random_state": 0, "n_iter_no_change": 3}
    model = MLP((6,), **early).fit(X[::2], y[::2], X_val=X[1::2], y_val=y[1::2])
    assert model.t_ == model.n_iter_ * 75  # nothing was held out
    assert model.score(X[1::2], y[1::2]) == model.best_validation_score_ == max(model.validation_scores_)


@pytest.mark.parametrize("solver", ["sgd", "adam", "lbfgs"])
def test_a_callback_sees_every_epoch_and_may_end_the_training(solver):
    seen = []

    def watch(model):
        seen.append((model.n_iter_, model.loss_, model.score(X, y)))
        return len(seen) == 3

    model = MLP((6,), solver=solver, random_state=0).fit(X, y, callback=watch)
    assert [n for n, _, _ in seen] == [1, 2, 3]
    assert [loss for _, loss, _ in seen] == model.loss_curve_
    assert (model.n_iter_, model.score(X, y)) == (3, seen[-1][2])


def test_a_weight_of_a_class_is_that_weight_of_its_examples():
    by_class = fitted(class_weight={0: 3.0, 1: 1.0, 2: 0.5})
    by_example = fitted(X, y, np.array([3.0, 1.0, 0.5])[y])
    np.testing.assert_array_equal(weights(by_class), weights(by_example))
    np.testing.assert_array_equal(weights(fitted(class_weight="balanced")), weights(fitted()))
    assert np.abs(weights(by_class) - weights(fitted())).max() > 1e-3
    with pytest.raises(ValueError, match="class_weight needs a dict or None in partial_fit"):
        MLP(class_weight="balanced").partial_fit(X, y, classes=[0, 1, 2])


@pytest.mark.parametrize("solver", ["sgd", "lbfgs"])
def test_ctrl_c_keeps_the_model_and_warns(solver):
    def press(model):
        if model.n_iter_ == 4:
            raise KeyboardInterrupt

    model = MLP((6,), solver=solver, random_state=0)
    with pytest.warns(UserWarning, match="interrupted after epoch 4; the model keeps what it has learnt"):
        model.fit(X, y, callback=press)
    assert (model.n_iter_, len(model.loss_curve_)) == (4, 4)
    assert model.predict(X).shape == (150,)


def test_weights_that_are_set_are_those_that_predict_and_that_training_goes_on_from():
    model, other = fitted(), fitted(random_state=1)
    model.coefs_, model.intercepts_ = other.coefs_, other.intercepts_
    np.testing.assert_array_equal(model.predict_proba(X), other.predict_proba(X))
    model.coefs_[0][:] = 0.0
    assert not model.network_.layers[0].W.any()
    before = model.intercepts_[1].copy()
    model.partial_fit(X, y)
    assert 0.0 < np.abs(model.intercepts_[1] - before).max() < 0.1


def test_nan_is_refused_and_not_called_divergence():
    broken = X.copy()
    broken[3, 1] = np.nan
    with pytest.raises(ValueError, match="Input X contains NaN"):
        MLP().fit(broken, y)


def test_logistic_outputs_of_classes_that_exclude_each_other_sum_to_one():
    model = fitted(loss="binary_cross_entropy")
    p = model.predict_proba(X)
    assert (model.n_outputs_, model.out_activation_) == (3, "logistic")
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(np.exp(model.predict_log_proba(X)), p, rtol=1e-12)
    assert (model.classes_[p.argmax(axis=1)] == model.predict(X)).all()


def test_softmax_outputs_for_two_classes_and_several_labels_are_chosen_or_refused():
    assert fitted(X[y < 2], y[y < 2], loss="cross_entropy").n_outputs_ == 2
    with pytest.raises(ValueError, match="loss needs outputs that don't sum to one for several labels"):
        MLP(loss="cross_entropy").fit(X, np.eye(3)[y].astype(int))
