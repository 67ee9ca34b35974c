"""A slice of training as a pure function: from the state between two epochs to a later one, on whatever machine."""

import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, cast

import numpy as np

from mlp.arrays import Array
from mlp.datasets import Split
from mlp.datasets.holding_out import hold_out
from mlp.engines import EpochFunction, epoch_function, metrics_function
from mlp.epochs import Epoch, before_training, examples_a_batch, next_epoch, next_order
from mlp.experiments.config import Config, OurConfig, PeerConfig
from mlp.experiments.training.points import Point, point_of
from mlp.experiments.training.snapshots import Snapshots
from mlp.experiments.training.two_classes import outputs_of, record_shown, with_an_output_a_class
from mlp.metrics import Metrics
from mlp.network import Network, init_network
from mlp.optimizers import Memory
from mlp.training import EpochRecord, Examples, accuracy_on, epoch_record, examples, reason_to_end

# scikit-learn keeps its velocity to itself, in the classifier
UNKNOWN = Memory(())
# What `RandomState.get_state` returns
RandomState = tuple[str, Array, int, int, float]


@dataclass(frozen=True, eq=False)
class Made:
    """The epochs of a slice.

    Attributes
    ----------
    points : list of Point
        One an epoch.
    validation : list of Metrics
        The same on the examples that early stopping holds out, nan without it.
    snapshots : Snapshots
        The networks of some.
    """

    points: list[Point] = field(default_factory=list)
    validation: list[Metrics] = field(default_factory=list)
    snapshots: Snapshots = field(default_factory=Snapshots)

    def add(self, record: EpochRecord) -> None:
        """Note one epoch more, while the slice is made."""
        self.points.append(point_of(record))
        self.validation.append(Metrics(record.val_loss, record.val_accuracy))
        self.snapshots.add(record.epoch, record.network)


@dataclass(frozen=True, eq=False)
class State:
    """A training between two epochs: all that the next one goes on from, in plain values that can be pickled.

    Attributes
    ----------
    config : OurConfig or PeerConfig
    epoch : Epoch
        The last one, with the optimizer's memory and the patience.
    record : EpochRecord
        What the last epoch was measured at.
    random : tuple
        The state of the one generator that made the weights and makes the orders.
    trained, held : int arrays
        Which of the training examples train, and which early stopping holds out.
    order : int array
        The running order of those that train.
    classifier : bytes
        scikit-learn's classifier with its optimizer, pickled: who only passes it on need not import scikit-learn.
    made : Made
        The epochs of the slice that led here.
    """

    config: Config
    epoch: Epoch
    record: EpochRecord
    random: RandomState
    trained: Array
    held: Array
    order: Array
    classifier: bytes = b""
    made: Made = field(default_factory=Made)

    @property
    def ended(self) -> str | None:
        """Why training is over, None while it is not."""
        return self.record.ended


class Sets(NamedTuple):
    """Inputs and targets: of what trains, and of what each epoch is measured on besides.

    That is the test set, or while it stays shut what is held out to choose by; with early stopping also what that holds
    out, unless there are examples to choose by.
    """

    train: Examples
    test: Examples | None
    held: Examples | None


Step = Callable[[Epoch, Array], Epoch]
Score = Callable[[Network], float]


def begin(config: Config, split: Split) -> State:
    """Return a training at epoch 0: one generator makes the first weights, then what is held out, then the orders.

    It is measured by NumPy, which says the same on every machine and needs no compiler.
    """
    rng = np.random.RandomState(config.random_state)
    network, y = first_network(config, split, rng), split.y_train
    trained, held = np.arange(len(y)), np.arange(0)
    if config.early_stopping and not split.shut:
        trained, held = hold_out(y, config.validation_fraction, rng)
    start = before_training(network, config)
    if isinstance(config, PeerConfig):
        start = replace(start, memory=UNKNOWN)
    sets, made = sets_of(network, split, trained, held), Made()
    record = record_shown(epoch_record(start, sets.train, sets.test, val_set=sets.held))
    made.add(record)
    return State(config, start, record, random_state(rng), trained, held, np.arange(len(trained)), made=made)


def first_network(config: Config, split: Split, rng: np.random.RandomState) -> Network:
    """Return the network before training; scikit-learn's one output for two classes as the pair it equals."""
    n_classes = int(max(split.y_train.max(), split.y_test.max())) + 1
    outputs = outputs_of(config.loss, n_classes)
    sizes = (split.X_train.shape[1], *config.hidden_layer_sizes, outputs)
    if isinstance(config, OurConfig):
        return init_network(sizes, hidden=config.activation, loss=config.loss, init=config.init, rng=rng)
    return with_an_output_a_class(init_network(sizes, hidden=config.activation, rng=rng))


def sets_of(network: Network, split: Split, trained: Array, held: Array) -> Sets:
    """Return a split as a network is trained and measured on it."""
    X, y = split.X_train, split.y_train
    train = examples(network, X[trained], y[trained])
    if split.shut:
        return Sets(train, None, examples(network, *split.judging, "_val"))
    on = examples(network, X[held], y[held], "_val") if len(held) else None
    return Sets(train, examples(network, *split.judging, "_test"), on)


def advance(state: State, split: Split, seconds: float) -> State:
    """Return the training after as many epochs as begin within these seconds, and one at least.

    The same state and data give the same weights to the last bit on every executor, in one slice or in many.

    Parameters
    ----------
    state : State
        It is not changed.
    split : Split
        The data that it began with.
    seconds : float
        Of the clock on the wall.
    """
    if state.ended:
        return replace(state, made=Made())
    deadline, run_epoch = time.perf_counter() + seconds, settled_engine()
    sets, measure = sets_of(state.epoch.network, split, state.trained, state.held), metrics_function(run_epoch)
    score = accuracy_on(sets.held, measure) if sets.held and state.config.early_stopping else None
    step, classifier = STEPS[type(state.config)](state, sets, split, run_epoch, score)
    rng = np.random.RandomState()
    rng.set_state(state.random)
    epoch, order, made = state.epoch, state.order, Made()
    while True:
        order = next_order(order, rng) if state.config.shuffle else order
        epoch = step(epoch, order)
        record = epoch_record(epoch, sets.train, sets.test, measure, sets.held)
        record = record_shown(replace(record, ended=reason_to_end(record, epoch.patience, state.config)))
        made.add(record)
        if record.ended or time.perf_counter() >= deadline:
            break
    return replace(state, epoch=epoch, record=record, random=random_state(rng), order=order, classifier=classifier(),
                   made=made)  # fmt: skip


def random_state(rng: np.random.RandomState) -> RandomState:
    """Return the state of a generator in plain values."""
    return cast(RandomState, rng.get_state(legacy=True))


def settled_engine() -> EpochFunction:
    """Return the compiled engine, once it is compiled, where there is one, else NumPy: the same for every epoch."""
    try:
        return epoch_function("numba")
    except ImportError:
        return epoch_function("numpy")


def our_step(
    state: State, sets: Sets, split: Split, run_epoch: EpochFunction, score: Score | None
) -> tuple[Step, Callable[[], bytes]]:
    """Return the function that makes an epoch of ours, and the one that returns what else is kept: nothing."""
    config = replace(state.config, batch_size=examples_a_batch(state.config, len(state.trained)))

    def step(last: Epoch, order: Array) -> Epoch:
        return next_epoch(last, order, *sets.train, config, run_epoch=run_epoch, score=score)

    return step, bytes


def peer_step(
    state: State, sets: Sets, split: Split, run_epoch: EpochFunction, score: Score | None
) -> tuple[Step, Callable[[], bytes]]:
    """Return the function that makes an epoch of scikit-learn's, and the one that returns its classifier as bytes."""
    from mlp.experiments.training import peers  # here, because who never trains does not wait for scikit-learn

    config, (X, Y), y = cast(PeerConfig, state.config), sets.train, split.y_train[state.trained]
    kept = state.classifier
    classifier = pickle.loads(kept) if kept else peers.new_classifier(config, len(X))

    def step(last: Epoch, order: Array) -> Epoch:
        return peers.next_peer_epoch(last, order, X, y, Y.shape[1], config, classifier, score)

    return step, lambda: pickle.dumps(classifier)


STEPS = {OurConfig: our_step, PeerConfig: peer_step}
