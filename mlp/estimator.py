"""The network as a scikit-learn estimator: `MLPClassifier`'s parameters, and its very weights."""

import warnings

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.utils import check_random_state
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import check_classification_targets, unique_labels
from sklearn.utils.validation import check_is_fitted, validate_data

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.engines import epoch_function
from mlp.epochs import out_of_patience
from mlp.fitting import Progress, at_rest, begin, epochs_from, resume
from mlp.losses import LOSSES, log_sum_exp
from mlp.metrics import evaluate, one_hot
from mlp.network import ForwardPass, Network, Rng, forward, init_network, require_choice
from mlp.train_config import TrainConfig, is_count, require
from mlp.training import Examples, accuracy_on


def outputs_are_probabilities(model: "MLP") -> bool:
    """Return whether the outputs of the model's loss are a distribution over the classes."""
    if model.loss not in LOSSES or not LOSSES[model.loss].distribution:
        able = " or ".join(f'"{name}"' for name, loss in LOSSES.items() if loss.distribution)
        raise AttributeError(f"Probabilities need loss={able} with softmax outputs; got {model.loss!r}.")
    return True


class MLP(ClassifierMixin, BaseEstimator):
    """A multilayer perceptron classifier trained by gradient descent.

    The parameters and their defaults are those of `MLPClassifier(solver="sgd")`. With the same values and the same
    `random_state`, on float64 data of three or more classes, it ends after the same number of epochs on the same
    weights, as far as training does not blow rounding errors up (too large a learning rate does).

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int, default=(100,)
        Units of each hidden layer.
    activation : {"relu", "tanh", "logistic", "identity"}, default="relu"
        Of the hidden units.
    loss : {"cross_entropy", "squared_error", "logistic_squared_error"}, default="cross_entropy"
        With its output activation: softmax, linear or logistic. scikit-learn has the first one only.
    init : {"glorot_uniform", "normal"}, default="glorot_uniform"
        How the first weights are drawn. scikit-learn has the first one only.
    alpha : float, default=1e-4
        The loss of a batch of n gets alpha / 2n * ||W||^2.
    batch_size : int or "auto", default="auto"
        Examples an update, all where there are fewer; "auto" is min(200, n).
    learning_rate_init : float, default=0.001
        The learning rate; it stays constant.
    max_iter : int, default=200
        Epochs at the most.
    shuffle : bool, default=True
        Whether each epoch takes the examples in a new order.
    random_state : int, RandomState or None, default=None
        Where the first weights, the validation set and the shuffling come from.
    tol, n_iter_no_change : float, int or inf, default=1e-4, 10
        Training ends when the loss (with early stopping the validation score) has not improved by tol for more than
        n_iter_no_change epochs in a row.
    verbose : bool, default=False
        Whether to print a line an epoch.
    warm_start : bool, default=False
        Whether `fit` goes on from the weights of the fit before.
    momentum : float in [0, 1), default=0.9
    nesterovs_momentum : bool, default=True
    early_stopping : bool, default=False
        Whether to hold out a validation set, to end by its accuracy and to keep the weights that were best on it.
    validation_fraction : float between 0 and 1, default=0.1
        The part held out.
    engine : str, default="auto"
        As in `train`; all give the same weights.

    Attributes
    ----------
    network_ : Network
        The trained network, for `forward`, `backward` and `check_gradients`.
    coefs_, intercepts_ : lists of arrays (n_{l-1}, n_l), (n_l,)
        Its parameters as scikit-learn keeps them: `coefs_[l-1]` is W[l] transposed.
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
    validation_scores_, best_validation_score_ : list of float, float
        Accuracy on the validation set; None without early stopping.
    n_layers_, n_outputs_, out_activation_ : int, int, str
        Layers with the inputs, units of the last one, and its activation.

    Notes
    -----
    Different from `MLPClassifier` on purpose:

    - Two classes have two softmax outputs here and one logistic output there, so the weights differ.
    - `fit` takes no `sample_weight`: in mini-batches a weight of 2 is not an example that comes twice.
    - Losses are exact; scikit-learn counts an example with 36.04 at the most, because it clips p at 2.2e-16.
    - Everything is computed in float64, dense, for one label an example.
    - Weights that overflow raise an error at once, with early stopping too.
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
    """

    def __init__(
        self,
        hidden_layer_sizes=(100,),
        activation="relu",
        *,
        loss="cross_entropy",
        init="glorot_uniform",
        alpha=0.0001,
        batch_size="auto",
        learning_rate_init=0.001,
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
        n_iter_no_change=10,
        engine="auto",
    ):
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.loss = loss
        self.init = init
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate_init = learning_rate_init
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
        self.n_iter_no_change = n_iter_no_change
        self.engine = engine

    def fit(self, X, y):
        """Train, and return the estimator.

        Parameters
        ----------
        X : array-like of shape (n, n_features)
        y : array-like of shape (n,)
            Labels of any type that can be sorted.

        Warns
        -----
        ConvergenceWarning
            If `max_iter` ended the training before `tol` and `n_iter_no_change` did.

        Raises
        ------
        ValueError
            If the data or a parameter cannot be used, or the weights overflow.
        """
        earlier = getattr(self, "_progress", None) if self.warm_start else None
        config = self._config(self.max_iter)
        self._train(X, y, None, earlier and at_rest(earlier, config), config)
        if not out_of_patience(self._progress.epoch.patience, config):
            message = (
                f"Training ended with max_iter={self.max_iter} epochs before it converged; raise max_iter to go on."
            )
            warnings.warn(message, ConvergenceWarning, stacklevel=2)
        return self

    def partial_fit(self, X, y, classes=None):
        """Train for one epoch from where the last call ended, and return the estimator.

        As in scikit-learn an integer `random_state` gives each call the same order of the examples.

        Parameters
        ----------
        X : array-like of shape (n, n_features)
        y : array-like of shape (n,)
        classes : array-like of shape (n_classes,), optional
            All labels there will ever be; needed in the first call.

        Raises
        ------
        ValueError
            As in `fit`; or if a label is none of the classes, or early stopping is on.
        """
        earlier = getattr(self, "_progress", None)
        classes = self.classes_ if earlier and classes is None else classes
        require(not self.early_stopping, "partial_fit", "early_stopping=False", True)
        require(classes is not None, "partial_fit", "classes, all labels there will be, in the first call", None)
        return self._train(X, y, classes, earlier, self._config(max_iter=1))

    def predict(self, X):
        """Return the label with the largest output for each row of X, (n,)."""
        largest = self._forward(X).output.argmax(axis=1)
        return self.classes_[largest]

    @available_if(outputs_are_probabilities)
    def predict_proba(self, X):
        """Return the probabilities of the classes, (n, n_classes), in the order of `classes_`."""
        return self._forward(X).output

    @available_if(outputs_are_probabilities)
    def predict_log_proba(self, X):
        """Return the logarithm of `predict_proba`, exact even where a probability is too small for a float."""
        z = self._forward(X).z[-1]
        return z - log_sum_exp(z)

    @property
    def coefs_(self) -> list[Array]:
        """The weights W[l] transposed, one (n_{l-1}, n_l) a layer."""
        return [layer.W.T for layer in self.network_.layers]

    @property
    def intercepts_(self) -> list[Array]:
        """The biases b[l], one (n_l,) a layer."""
        return [layer.b for layer in self.network_.layers]

    def _forward(self, X: Array) -> ForwardPass:
        """Return the trained network's forward pass for X, (n, n_features)."""
        check_is_fitted(self)
        return forward(self.network_, validate_data(self, X, dtype=np.float64, reset=False))

    def _config(self, max_iter: int) -> TrainConfig:
        """Return the parameters that belong to training, checked; `random_state` goes its own way as an rng."""
        fraction = self.validation_fraction
        require(0 < fraction < 1, "validation_fraction", "a number between 0 and 1", fraction)
        return TrainConfig(
            learning_rate_init=self.learning_rate_init,
            batch_size=self.batch_size,
            max_iter=max_iter,
            momentum=self.momentum,
            nesterovs_momentum=self.nesterovs_momentum,
            alpha=self.alpha,
            shuffle=self.shuffle,
            tol=self.tol,
            n_iter_no_change=self.n_iter_no_change,
            early_stopping=self.early_stopping,
        )

    def _train(self, X: Array, y: Array, classes: Array | None, earlier: Progress | None, config: TrainConfig) -> "MLP":
        """Train from the earlier progress, or from new weights, and keep what comes of it."""
        run_epoch, rng = epoch_function(self.engine), check_random_state(self.random_state)
        X, Y, classes = self._examples(X, y, classes, earlier)
        start = self._start(X.shape[1], Y.shape[1], earlier, config, rng)
        train_set, score = (X, Y), None
        if self.early_stopping:
            train_set, held = hold_out(X, Y, self.validation_fraction, rng)
            score = accuracy_on(held, evaluate)
        for progress in epochs_from(start, *train_set, config, run_epoch=run_epoch, rng=rng, score=score):
            if self.verbose:
                print(progress.summary())
        return self._keep(progress, classes)

    def _examples(self, X, y, classes: Array | None, earlier: Progress | None) -> tuple[Array, Array, Array]:
        """Return X, the targets (n, n_classes) and the sorted classes after scikit-learn's checks."""
        X, y = validate_data(self, X, y, dtype=np.float64, order="C", reset=earlier is None)
        check_classification_targets(y)
        classes = unique_labels(y if classes is None else classes)
        if earlier:
            require_same_classes(classes, self.classes_)
        return X, one_hot(class_indices(y, classes), len(classes)), classes

    def _start(self, n_features: int, n_classes: int, earlier: Progress | None, config: TrainConfig, rng) -> Progress:
        """Return the progress to train from: new weights, or the earlier ones."""
        hidden = (self.hidden_layer_sizes,) if np.isscalar(self.hidden_layer_sizes) else tuple(self.hidden_layer_sizes)
        require(all(map(is_count, hidden)), "hidden_layer_sizes", "whole numbers from 1", self.hidden_layer_sizes)
        require_choice("activation", self.activation, ACTIVATIONS)
        sizes = (n_features, *hidden, n_classes)
        if earlier is None:
            chosen = {"hidden": self.activation, "loss": self.loss, "init": self.init}
            return begin(init_network(sizes, **chosen, rng=rng), config)
        network = Network(earlier.epoch.chosen.layers, self.activation, self.loss)
        require(network.sizes == sizes, "training that goes on", f"the layers it began with, {network.sizes}", sizes)
        return resume(earlier, network, config)

    def _keep(self, progress: Progress, classes: Array) -> "MLP":
        """Keep the progress, publish it in scikit-learn's attributes and return the estimator."""
        epoch = progress.epoch
        self._progress, self.network_, self.classes_ = progress, epoch.chosen, classes
        self.n_iter_, self.t_ = epoch.epoch, epoch.examples
        self.loss_, self.loss_curve_ = progress.loss_curve[-1], list(progress.loss_curve)
        self.best_loss_ = None if self.early_stopping else min(progress.loss_curve)
        self.validation_scores_ = list(progress.validation_scores) if self.early_stopping else None
        self.best_validation_score_ = -epoch.patience.best if self.early_stopping else None
        self.n_layers_, self.n_outputs_ = len(self.network_.sizes), self.network_.sizes[-1]
        self.out_activation_ = LOSSES[self.network_.loss].output.__name__
        return self


def class_indices(y: Array, classes: Array) -> Array:
    """Return where each label stands among the sorted classes, (n,) int."""
    unknown = np.setdiff1d(y, classes)
    require(unknown.size == 0, "y", f"labels out of {classes.tolist()}", unknown.tolist())
    return np.searchsorted(classes, y)


def require_same_classes(classes: Array, first: Array) -> None:
    """Raise a ValueError that names both unless the classes are those that training began with."""
    same = np.array_equal(classes, first)
    require(same, "training that goes on", f"the classes it began with, {first.tolist()}", classes.tolist())


def hold_out(X: Array, Y: Array, fraction: float, rng: Rng) -> tuple[Examples, Examples]:
    """Return the training and the validation set of early stopping, split as `MLPClassifier` splits them.

    Two classes keep their proportions; more than two are split without regard to them. (scikit-learn's documentation
    promises a stratified split for both; its code, which decides the weights, looks at the number of its outputs.)

    Raises
    ------
    ValueError
        If fewer than two examples would be held out, or a class is too small to be split.
    """
    stratify = Y[:, 1] if Y.shape[1] == 2 else None
    X_train, X_held, Y_train, Y_held = train_test_split(X, Y, test_size=fraction, random_state=rng, stratify=stratify)
    needed = "two or more examples to hold out (raise validation_fraction or bring more data)"
    require(len(X_held) >= 2, "early_stopping", needed, len(X_held))
    return (X_train, Y_train), (X_held, Y_held)
