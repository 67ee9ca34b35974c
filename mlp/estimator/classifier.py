"""`MLP`: every parameter of `MLPClassifier`, its very weights, and what its users have asked for."""

import warnings

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import check_is_fitted

from mlp.arrays import Array
from mlp.estimator.data import Data, checked, data_of, watched, weights_of
from mlp.estimator.parameters import config_of, hidden_layers, require_parameters
from mlp.estimator.probabilities import log_probabilities, probabilities
from mlp.estimator.runs import Run, by_epochs, by_lbfgs
from mlp.estimator.targets import Labels, labels_of, require_known, require_same
from mlp.fitting import Progress, at_rest, begin, resume
from mlp.losses import LOSSES
from mlp.network import ForwardPass, Layer, Network, forward, init_network
from mlp.train_config import TrainConfig, require


def outputs_are_probabilities(model: "MLP") -> bool:
    """Return whether the outputs of the model's loss are probabilities."""
    able = ("auto", *(name for name, loss in LOSSES.items() if loss.probabilities))
    if model.loss not in able:
        raise AttributeError(f"Probabilities need loss={' or '.join(map(repr, able))}; got {model.loss!r}.")
    return True


def solver_is_stochastic(model: "MLP") -> bool:
    """Return whether the model's solver can go on from examples it has not seen."""
    if model.solver == "lbfgs":
        raise AttributeError('partial_fit needs a stochastic solver, "sgd" or "adam"; got \'lbfgs\'.')
    return True


class MLP(ClassifierMixin, BaseEstimator):
    """A multilayer perceptron classifier: `MLPClassifier` with gradients that can be read, and some more.

    The parameters are those of `MLPClassifier` and mean the same; only `solver` is "sgd" by default. With the same
    values and the same `random_state`, on float64 data, it ends after the same number of epochs on the same weights, as
    far as training does not blow rounding errors up (too large a learning rate does).

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int, default=(100,)
        Units of each hidden layer.
    activation : str, default="relu"
        Of the hidden units: one of `mlp.activations.ACTIVATIONS`.
    solver : {"sgd", "adam", "lbfgs"}, default="sgd"
        Gradient descent with momentum; Adam; or L-BFGS on all examples at once.
    alpha : float, default=1e-4
        The loss of a batch of n gets alpha / 2n * ||W||^2.
    batch_size : int or "auto", default="auto"
        Examples an update, all where there are fewer; "auto" is min(200, n).
    learning_rate : {"constant", "invscaling", "adaptive"}, default="constant"
        What becomes of `learning_rate_init` with "sgd": nothing; it is divided by t^power_t, with t the examples seen;
        or by 5 where training would end, until it is below 1e-6.
    learning_rate_init : float, default=0.001
        The learning rate of the first epoch.
    power_t : float, default=0.5
    max_iter : int, default=200
        Epochs at the most, with "lbfgs" iterations.
    shuffle : bool, default=True
        Whether each epoch takes the examples in a new order.
    random_state : int, RandomState or None, default=None
        Where the first weights, the validation set and the shuffling come from.
    tol : float, default=1e-4
        Training ends when the loss (with early stopping the validation score) has not improved by tol for more than
        `n_iter_no_change` epochs in a row; with "lbfgs" when no entry of the gradient is above it.
    verbose : bool or int, default=False
        Whether to print a line an epoch.
    warm_start : bool, default=False
        Whether `fit` goes on from the weights of the fit before.
    momentum : float in [0, 1), default=0.9
    nesterovs_momentum : bool, default=True
    early_stopping : bool, default=False
        Whether to judge by a validation set, to end by its accuracy and to keep the weights that were best on it.
    validation_fraction : float between 0 and 1, default=0.1
        The part held out for it, if `fit` is given none.
    beta_1, beta_2, epsilon : float, default=0.9, 0.999, 1e-8
        Adam's.
    n_iter_no_change : int or inf, default=10
    max_fun : int, default=15000
        Evaluations of the loss at the most, with "lbfgs".
    class_weight : dict, "balanced" or None, default=None
        What each class counts, as in scikit-learn's other classifiers; `MLPClassifier` has none.
    loss : str, default="auto"
        "auto" is what `MLPClassifier` has: cross-entropy, with one logistic output for two classes, one a class for
        several labels an example, and softmax for three or more classes. Or one of `mlp.losses.LOSSES`, with its
        outputs.
    init : {"glorot_uniform", "normal"}, default="glorot_uniform"
        How the first weights are drawn. scikit-learn has the first one only.
    engine : str, default="auto"
        As in `train`; all give the same weights.

    Attributes
    ----------
    coefs_, intercepts_ : lists of arrays (n_{l-1}, n_l), (n_l,)
        The parameters as scikit-learn keeps them: `coefs_[l-1]` is W[l] transposed. They can be set.
    network_ : Network
        The same as a network, for `forward`, `backward` and `check_gradients`.
    classes_ : array of shape (n_classes,)
    n_features_in_ : int
    feature_names_in_ : array of shape (n_features_in_,)
        Where the columns of X have names.
    n_iter_ : int
        Epochs of the last call.
    t_ : int
        Examples seen in all calls.
    loss_curve_ : list of float
        Mean of the batches' losses before each update, penalty included, one an epoch of all calls.
    loss_, best_loss_ : float
        The last and the least of them; the latter None with early stopping.
    validation_scores_, validation_loss_curve_ : list of float
        Accuracy and mean loss on the validation set, one an epoch; None without one.
    best_validation_score_ : float
        None without early stopping.
    test_scores_, test_loss_curve_ : list of float
        The same on the test set; None without one.
    n_layers_, n_outputs_, out_activation_ : int, int, str
        Layers with the inputs, units of the last one, and its activation.

    Raises
    ------
    ValueError
        By `fit` and `partial_fit`, if a parameter or the data cannot be used.

    Notes
    -----
    Different from `MLPClassifier` on purpose:

    - Losses are exact; scikit-learn counts an example with 36.04 at the most, because it clips p at 2.2e-16. Training
      still ends where scikit-learn's does.
    - Everything is computed in float64, and sparse X is made dense; float32 is only taken and given.
    - Weights that overflow raise an error at once, with early stopping too.
    - `momentum` of 1 and a `validation_fraction` of 0 are refused.
    - A batch whose weights are all 0 is left out; scikit-learn divides by zero.
    - `warm_start` together with `early_stopping` ends on the weights of the best score of the last `fit` or on those
      it started from; scikit-learn overwrites the latter while it trains.
    - `partial_fit` follows a changed learning rate or momentum; scikit-learn keeps the one of the first call.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from mlp import MLP
    >>> X, y = load_iris(return_X_y=True)
    >>> model = MLP(hidden_layer_sizes=(10,), learning_rate_init=0.05, max_iter=500, random_state=1).fit(X, y)
    >>> model.predict(X[:3]), round(model.score(X, y), 2)
    (array([0, 0, 0]), 0.94)

    The curves of a validation and a test set of your own; early stopping goes by the former:

    >>> part = {"X_val": X[::3], "y_val": y[::3], "X_test": X[1::3], "y_test": y[1::3]}
    >>> early = MLP(solver="adam", early_stopping=True, random_state=1).fit(X[2::3], y[2::3], **part)
    >>> len(early.validation_loss_curve_) == len(early.test_scores_) == early.n_iter_
    True
    >>> early.best_validation_score_ == max(early.validation_scores_)
    True

    A callback may end the training; its estimator is ready to predict:

    >>> model = MLP(learning_rate_init=0.05, random_state=1)
    >>> model = model.fit(X, y, callback=lambda model: model.score(X, y) > 0.9)
    >>> model.n_iter_ < 20, model.score(X, y) > 0.9
    (True, True)

    A rare class is heard if it counts more:

    >>> rare = [*range(40), *range(50, 100)][30:60]
    >>> def found(weight):
    ...     model = MLP(class_weight=weight, max_iter=60, tol=0.0, n_iter_no_change=60, random_state=1)
    ...     return int((model.fit(X[rare], y[rare]).predict(X[rare]) == 0).sum())
    >>> import warnings; warnings.simplefilter("ignore")
    >>> found(None) < found({0: 10.0, 1: 1.0})
    True
    """

    def __init__(
        self,
        hidden_layer_sizes=(100,),
        activation="relu",
        *,
        solver="sgd",
        alpha=0.0001,
        batch_size="auto",
        learning_rate="constant",
        learning_rate_init=0.001,
        power_t=0.5,
        max_iter=200,
        shuffle=True,
        random_state=None,
        tol=1e-4,
        verbose=False,
        warm_start=False,
        momentum=0.9,
        nesterovs_momentum=True,
        early_stopping=False,
        validation_fraction=0.1,
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-8,
        n_iter_no_change=10,
        max_fun=15000,
        class_weight=None,
        loss="auto",
        init="glorot_uniform",
        engine="auto",
    ):
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.learning_rate_init = learning_rate_init
        self.power_t = power_t
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.verbose = verbose
        self.warm_start = warm_start
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.n_iter_no_change = n_iter_no_change
        self.max_fun = max_fun
        self.class_weight = class_weight
        self.loss = loss
        self.init = init
        self.engine = engine

    def fit(
        self, X, y, sample_weight=None, *, X_val=None, y_val=None, X_test=None, y_test=None, callback=None
    ) -> "MLP":
        """Train, and return the estimator.

        Ctrl-C ends the training with a warning; the estimator keeps what it has learnt.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            float32 gives parameters and probabilities of float32; inside everything is float64.
        y : array-like of shape (n,), or (n, n_classes) of 0 and 1
            Labels of any type that can be sorted; or of several labels an example which ones it has.
        sample_weight : array-like of shape (n,), optional
            How often each example counts in the loss of its batch.
        X_val, y_val : optional
            A validation set of your own, for its curves, and for early stopping in place of a part held out.
        X_test, y_test : optional
            A test set, for its curves only.
        callback : callable, optional
            Called with the estimator after each epoch, its attributes up to date; True ends the training.

        Warns
        -----
        ConvergenceWarning
            If `max_iter` ended the training before `tol` and `n_iter_no_change` did.

        Raises
        ------
        ValueError
            If the data or a parameter cannot be used, or the weights overflow.
        """
        require_parameters(self.get_params(deep=False))
        begun = bool(self.warm_start) and self._has_weights()
        X, y = checked(self, X, y, reset=not begun)
        labels = self._known_labels(y) if begun else labels_of(y, None, self.loss)
        if begun:
            require_same(y, labels)
        weights = weights_of(sample_weight, self.class_weight, X, y)
        rng, config = check_random_state(self.random_state), config_of(self.get_params(deep=False), self.max_iter)
        start = self._start(X.shape[1], labels, config, rng, begun)
        sets = watched(self, labels, X_val, y_val, "_val"), watched(self, labels, X_test, y_test, "_test")
        data = data_of(X, y, weights, labels, *sets, config, self.validation_fraction, rng)
        run = self._run(at_rest(start, config), data, config, rng, callback)
        self._publish(run, labels, X.dtype)
        if run.may_go_on:
            warnings.warn(run.may_go_on, ConvergenceWarning, stacklevel=2)
        return self

    @available_if(solver_is_stochastic)
    def partial_fit(self, X, y, sample_weight=None, classes=None) -> "MLP":
        """Train for one epoch from where the last call ended, and return the estimator.

        As in scikit-learn an integer `random_state` gives each call the same order of the examples.

        Parameters
        ----------
        X, y, sample_weight
            As in `fit`.
        classes : array-like of shape (n_classes,), optional
            All labels there will ever be; needed in the first call.

        Raises
        ------
        ValueError
            As in `fit`; or if a label is none of the classes, or early stopping is on.
        """
        require_parameters(self.get_params(deep=False))
        if self.early_stopping:
            raise ValueError("partial_fit does not support early_stopping=True: a call sees one part of the data.")
        require(self.class_weight != "balanced", "class_weight", "a dict or None in partial_fit", self.class_weight)
        begun, first = self._has_weights(), getattr(self, "_labels", None) is None
        require(not first or classes is not None, "partial_fit", "classes, all labels there will be, first", None)
        X, y = checked(self, X, y, reset=not begun)
        labels = labels_of(y, classes, self.loss) if first else self._labels
        same = first or classes is None or np.array_equal(np.unique(classes), labels.classes)
        require(same, "training that goes on", f"the classes it began with, {labels.classes.tolist()}", classes)
        require_known(y, labels)
        rng, config = check_random_state(self.random_state), config_of(self.get_params(deep=False), max_iter=1)
        start = self._start(X.shape[1], labels, config, rng, begun)
        weights = weights_of(sample_weight, self.class_weight, X, y)
        data = data_of(X, y, weights, labels, None, None, config, self.validation_fraction, rng)
        self._publish(self._run(start, data, config, rng, None), labels, X.dtype)
        return self

    def predict(self, X) -> Array:
        """Return the label of each row of X, (n,), or all its labels as 0 and 1, (n, n_classes)."""
        output = self._forward(X).output
        return self._labels.of(output)

    @available_if(outputs_are_probabilities)
    def predict_proba(self, X) -> Array:
        """Return the probabilities of the classes, (n, n_classes), in the order of `classes_`."""
        forward_pass = self._forward(X)
        return probabilities(forward_pass, self._labels).astype(self._dtype, copy=False)

    @available_if(outputs_are_probabilities)
    def predict_log_proba(self, X) -> Array:
        """Return the logarithm of `predict_proba`, exact even where a probability is too small for a float."""
        forward_pass = self._forward(X)
        return log_probabilities(forward_pass, self._labels).astype(self._dtype, copy=False)

    @property
    def network_(self) -> Network:
        """The trained network, made of `coefs_` and `intercepts_` as they are now."""
        return self._network(self._hidden, self._labels.loss)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.classifier_tags.multi_label = True
        return tags

    def _network(self, hidden: str, loss: str) -> Network:
        """Return the network of the present weights."""
        layers = (Layer(W.T, b) for W, b in zip(self.coefs_, self.intercepts_, strict=True))
        return Network(tuple(layers), hidden, loss)

    def _has_weights(self) -> bool:
        """Return whether there are weights to go on from, trained or set."""
        return getattr(self, "coefs_", None) is not None

    def _known_labels(self, y: Array) -> Labels:
        """Return what the outputs stand for since the last call, or since now where weights were only set."""
        known = getattr(self, "_labels", None)
        return labels_of(y, getattr(self, "classes_", None), self.loss) if known is None else known

    def _forward(self, X) -> ForwardPass:
        """Return the trained network's forward pass for X, (n, n_features)."""
        check_is_fitted(self)
        X, _ = checked(self, X, None, reset=False)
        with np.errstate(all="ignore"):
            return forward(self.network_, X)

    def _start(self, n_features: int, labels: Labels, config: TrainConfig, rng, begun: bool) -> Progress:
        """Return the progress to train from: new weights, or those there are."""
        sizes = (n_features, *hidden_layers(self.hidden_layer_sizes), labels.outputs)
        if not begun:
            return begin(init_network(sizes, hidden=self.activation, loss=labels.loss, init=self.init, rng=rng), config)
        network = self._network(self.activation, labels.loss)
        require(network.sizes == sizes, "training that goes on", f"the layers it began with, {network.sizes}", sizes)
        return resume(getattr(self, "_progress", None) or begin(network, config), network, config)

    def _run(self, start: Progress, data: Data, config: TrainConfig, rng, callback) -> Run:
        """Train with the solver; whoever calls back sees the attributes up to date."""

        def after_epoch(run: Run) -> bool:
            if callback is None:
                return False
            self._publish(run, data.labels, data.dtype)
            return callback(self) is True

        if self.solver == "lbfgs":
            limits = {"tol": self.tol, "max_iter": self.max_iter, "max_fun": self.max_fun}
            return by_lbfgs(start, data, config, limits, after_epoch, self.verbose)
        return by_epochs(start, data, config, self.engine, rng, after_epoch, self.verbose)

    def _publish(self, run: Run, labels: Labels, dtype) -> None:
        """Keep the progress and publish it in scikit-learn's attributes."""
        progress, epoch = run.progress, run.progress.epoch
        network = epoch.chosen
        self._progress, self._labels, self._hidden, self._dtype = progress, labels, network.hidden, dtype
        self.classes_ = labels.classes
        self.coefs_ = [np.array(layer.W.T, dtype=dtype) for layer in network.layers]
        self.intercepts_ = [np.array(layer.b, dtype=dtype) for layer in network.layers]
        self.n_iter_, self.t_, self._no_improvement_count = epoch.epoch, epoch.examples, epoch.patience.count
        self.loss_curve_ = list(progress.loss_curve)
        self.loss_ = self.loss_curve_[-1] if self.loss_curve_ else np.inf
        stopped_early = epoch.best is not None
        self.best_loss_ = None if stopped_early else min(self.loss_curve_, default=np.inf)
        self.best_validation_score_ = -epoch.patience.best if stopped_early else None
        self.validation_loss_curve_, self.validation_scores_ = progress.validation.as_lists()
        self.test_loss_curve_, self.test_scores_ = progress.test.as_lists()
        self.n_layers_, self.n_outputs_ = len(network.sizes), network.sizes[-1]
        self.out_activation_ = LOSSES[labels.loss].output.__name__
