"""The peer: scikit-learn's MLPClassifier, trained epoch by epoch on the very trajectory of its `fit`."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from mlp.arrays import Array
from mlp.datasets.holding_out import hold_out
from mlp.engines import epoch_function, metrics_function
from mlp.epochs import Epoch, before_training, judged_by_loss, judged_by_score, next_order
from mlp.experiments.config import PeerConfig, choices_of
from mlp.experiments.training.known_examples import OnKnownExamples
from mlp.experiments.training.two_classes import with_an_output_a_class
from mlp.metrics import one_hot
from mlp.network import Layer, Network, batch_of, init_network
from mlp.optimizers import Memory
from mlp.train_config import require
from mlp.training import EpochRecord, Examples, accuracy_on, recorded

UNKNOWN = Memory(())  # scikit-learn keeps its velocity to itself
ADAPTIVE = "adaptive"
Score = Callable[[Network], float]


def train_peer(
    X: Array,
    y: Array,
    config: PeerConfig,
    X_test: Array | None = None,
    y_test: Array | None = None,
    *,
    X_val: Array | None = None,
    y_val: Array | None = None,
) -> Iterator[EpochRecord]:
    """Train an `MLPClassifier` and yield records as `mlp.train` does, epoch 0 first, with the weights of plain `fit`.

    `fit` draws the first weights and then one shuffle an epoch from a single `RandomState`. Here a twin of that state
    makes the same draws, and each epoch is one `partial_fit` without shuffling on examples shuffled beforehand. The
    weights after every epoch are equal to `fit`'s to the last bit; measured on scikit-learn 1.9.

    Examples are checked in the first epoch alone, as `fit` does (`OnKnownExamples`).

    The classifier keeps its optimizer from call to call, and with it Adam's means and the schedule. `partial_fit`
    refuses early stopping, which is made here: the same examples are held out, and accuracy on them judges each epoch.

    Parameters
    ----------
    X : array of shape (n, n_0)
    y : int array of shape (n,)
        Class indices; each of 0 to k-1 occurs.
    config : PeerConfig
    X_test, y_test : arrays, optional
        A test set for the learning curves.
    X_val, y_val : arrays, optional
        A validation set for them; early stopping goes by it in place of a share of its own.

    Yields
    ------
    EpochRecord
        With `seconds` spent inside scikit-learn and `network` its weights as a network of ours.

    Raises
    ------
    ValueError
        At the call, if shapes do not fit or a class is missing in y.
    """
    y, columns = np.asarray(y), np.shape(X)[-1]
    n_classes = int(y.max()) + 1 if y.size else 0
    require(n_classes >= 2 and len(np.unique(y)) == n_classes, "train_peer", "every class from 0 to k-1 in y",
            np.unique(y))  # fmt: skip
    X, Y = batch_of("X", X, columns), one_hot(y, n_classes)
    test_set, val_set = (measured_on(*given, columns, n_classes) for given in ((X_test, y_test), (X_val, y_val)))
    rng = np.random.RandomState(config.random_state)
    network = initial_network(columns, n_classes, config, rng)
    start = replace(before_training(network, config), memory=UNKNOWN)
    measure = metrics_function(epoch_function("auto"))  # as for our own network
    trained = np.arange(len(y))
    if config.early_stopping and val_set is None:
        trained, held = hold_out(y, config.validation_fraction, rng)
        val_set = X[held], Y[held]
    score = accuracy_on(val_set, measure) if config.early_stopping and val_set else None
    epochs = peer_epochs(start, X[trained], y[trained], n_classes, config, rng, score)
    return recorded(start, epochs, config, (X[trained], Y[trained]), test_set, measure, val_set)


def measured_on(X: Array | None, y: Array | None, columns: int, n_classes: int) -> Examples | None:
    """Return examples to measure each epoch on, None without them."""
    if X is None or y is None:
        return None
    return batch_of("X to measure on", X, columns), one_hot(y, n_classes)


def peer_epochs(
    start: Epoch,
    X: Array,
    y: Array,
    n_classes: int,
    config: PeerConfig,
    rng: np.random.RandomState,
    score: Score | None,
) -> Iterator[Epoch]:
    """Make `config.max_iter` epochs and yield each one, as `descend` does; rng stands before `fit`'s first shuffle."""
    classifier, order, last = new_classifier(config, len(X)), np.arange(len(X)), start
    while last.epoch < config.max_iter:
        order = next_order(order, rng) if config.shuffle else order
        last = next_peer_epoch(last, order, X, y, n_classes, config, classifier, score)
        yield last


def next_peer_epoch(
    last: Epoch,
    order: Array,
    X: Array,
    y: Array,
    n_classes: int,
    config: PeerConfig,
    classifier: OnKnownExamples,
    score: Score | None,
) -> Epoch:
    """Return the epoch after another; the classifier, which has made those before, is advanced."""
    seconds = last.seconds + fit_epoch(classifier, X[order], y[order], n_classes)
    loss, updates = float(classifier.loss_curve_[-1]), (last.epoch + 1) * math.ceil(len(X) / classifier.batch_size)
    made = replace(last, epoch=last.epoch + 1, updates=updates, network=network_of(classifier), running_loss=loss,
                   seconds=seconds, examples=last.examples + len(X))  # fmt: skip
    judged = judged_by_loss(made, loss, config) if score is None else judged_by_score(made, score, config)
    if score is not None and judged.memory.slowdown > last.memory.slowdown and config.learning_rate == ADAPTIVE:
        classifier._optimizer.trigger_stopping("", False)  # as `fit` does when the score has stalled
    return judged


def new_classifier(config: PeerConfig, n: int) -> OnKnownExamples:
    """Return a classifier that has made no epoch yet, for n examples that come in order."""
    return OnKnownExamples(**constructor_arguments(config, n))


def initial_network(n_features: int, n_classes: int, config: PeerConfig, rng: np.random.RandomState) -> Network:
    """Return the network `MLPClassifier` starts from; rng is advanced as its own generator is."""
    sizes = (n_features, *config.hidden_layer_sizes, n_classes if n_classes > 2 else 1)
    return with_an_output_a_class(init_network(sizes, hidden=config.activation, rng=rng))


def constructor_arguments(config: PeerConfig, n: int) -> dict[str, object]:
    """Return the arguments of `MLPClassifier` for epochs whose examples are already in order."""
    batch_size = min(200 if config.batch_size == "auto" else config.batch_size, n)  # a larger one makes it warn
    return {
        **choices_of(config),
        "batch_size": batch_size,
        "shuffle": False,
        "early_stopping": False,  # partial_fit refuses it: the examples are held out beforehand, and judged here
        "n_iter_no_change": np.inf if config.early_stopping else config.n_iter_no_change,
    }


def fit_epoch(classifier: OnKnownExamples, X: Array, y: Array, n_classes: int) -> float:
    """Advance the classifier by one epoch and return its processor seconds; weights may come out as inf or nan."""
    begin, classes = time.thread_time(), None if hasattr(classifier, "classes_") else np.arange(n_classes)
    try:
        with np.errstate(all="ignore"):
            classifier.partial_fit(X, y, classes=classes)
    except ValueError:  # scikit-learn refuses weights that overflowed, once the epoch is made
        if not hasattr(classifier, "coefs_") or all(np.isfinite(W).all() for W in classifier.coefs_):
            raise
    return time.thread_time() - begin


def network_of(classifier: OnKnownExamples) -> Network:
    """Return a fitted classifier's weights as a network of ours; they are copied."""
    parameters = zip(classifier.coefs_, classifier.intercepts_, strict=True)
    return with_an_output_a_class(Network(tuple(Layer(W.T, b) for W, b in parameters), classifier.activation))
