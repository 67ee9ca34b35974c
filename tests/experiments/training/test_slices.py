"""A slice of training is a pure function: in pieces or in another process, the weights are those of `train`."""

import pickle
import random
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack

import numpy as np
import pytest

from mlp.datasets import OWN, Split, digits, split
from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig, as_scikit_learn_takes
from mlp.experiments.execution.processes import Processes
from mlp.experiments.training.material import Lacking, by_content, by_name, digest, make_slice, named_split, shelf
from mlp.experiments.training.peers import train_peer
from mlp.experiments.training.run import largest_difference
from mlp.experiments.training.slices import State, advance, begin
from mlp.initialisation import INITS
from mlp.network import Network, init_network
from mlp.training import EpochRecord, train

DATA = [
    DataConfig("iris", "standardised"),
    DataConfig("breast_cancer", "standardised"),
    DataConfig("two_moons"),
    DataConfig("wine", "standardised", validation_size=0.3),
]
CONFIGURATIONS = 20


def drawn(model: type, seed: int) -> OurConfig | PeerConfig:
    """Return random settings of a quick training."""
    draw = random.Random(seed)
    settings = {
        "hidden_layer_sizes": tuple(draw.randint(2, 9) for _ in range(draw.randint(1, 3))),
        "activation": draw.choice(("tanh", "relu", "logistic", "identity")),
        "solver": draw.choice(("sgd", "adam")),
        "batch_size": draw.choice((1, 16, 50, "auto")),
        "learning_rate": draw.choice(("constant", "invscaling", "adaptive")),
        "learning_rate_init": draw.choice((0.001, 0.01, 0.1)),
        "momentum": draw.choice((0.0, 0.5, 0.9)),
        "nesterovs_momentum": draw.choice((True, False)),
        "alpha": draw.choice((0.0, 1e-4, 0.1)),
        "shuffle": draw.choice((True, True, False)),
        "early_stopping": draw.choice((True, False)),
        "n_iter_no_change": draw.choice((1, 3)),
        "max_iter": draw.randint(2, 6),
        "random_state": seed,
    }
    return model(**settings, **({"init": draw.choice(tuple(INITS))} if model is OurConfig else {}))


@pytest.fixture(scope="module")
def executors() -> list[Executor]:
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(2))
        yield [threads, stack.enter_context(Processes(2, "mlp.experiments.training.ready"))]


def to_the_end(executor: Executor, config: OurConfig | PeerConfig, data: DataConfig) -> State:
    """Return a training that has ended, made by an executor an epoch at a time."""
    state = config
    while not (isinstance(state, State) and state.ended):
        state = executor.submit(make_slice, state, data, 0.0).result()
    return state


def straight(config: OurConfig | PeerConfig, data: Split) -> EpochRecord:
    """Return the last record of one go."""
    state = advance(begin(config, data), data, 60.0)
    return state.record


@pytest.mark.parametrize("model", [OurConfig, PeerConfig])
def test_every_executor_ends_on_the_same_weights_to_the_last_bit(executors, model) -> None:
    for seed in range(CONFIGURATIONS):
        data, config = DATA[seed % len(DATA)], drawn(model, seed)
        if model is PeerConfig:
            two = len(set(named_split(data).y_train)) == 2
            config = as_scikit_learn_takes(Comparison(peer=config), 2 if two else 3).peer
        alone = straight(config, named_split(data))
        for executor in executors:
            state = to_the_end(executor, config, data)
            assert largest_difference(state.record.network, alone.network) == 0.0, (seed, config)
            assert (state.record.epoch, state.ended) == (alone.epoch, alone.ended)
            assert state.record.test_loss == pytest.approx(alone.test_loss, rel=0, abs=0, nan_ok=True)


def test_the_weights_are_those_of_the_public_train_and_of_the_peer() -> None:
    data = split(digits())
    ours = OurConfig(max_iter=3, momentum=0.5)
    rng = np.random.RandomState(ours.random_state)
    network = init_network((64, 50, 10), init=ours.init, rng=rng)
    *_, trained = train(network, data.X_train, data.y_train, ours, rng=rng, engine="numba")
    assert largest_difference(straight(ours, data).network, trained.network) == 0.0
    peer = PeerConfig(max_iter=4)
    *_, fitted = train_peer(data.X_train, data.y_train, peer)
    assert largest_difference(straight(peer, data).network, fitted.network) == 0.0


def test_a_state_is_not_changed_by_going_on_from_it() -> None:
    data = split(digits())
    for config in (OurConfig(batch_size=100), PeerConfig()):
        start = advance(begin(config, data), data, 0.0)
        before = pickle.dumps(start)
        once, again = advance(start, data, 0.0), advance(start, data, 0.0)
        assert largest_difference(once.record.network, again.record.network) == 0.0
        assert largest_difference(once.record.network, start.record.network) > 0.0
        assert pickle.dumps(start) == before


def test_a_training_that_has_ended_goes_no_further() -> None:
    data = split(digits())
    ended = advance(begin(OurConfig(batch_size=200, max_iter=1), data), data, 10.0)
    again = advance(ended, data, 10.0)
    assert (again.record, again.made.points) == (ended.record, [])


def own(seed: int) -> Split:
    """Return a table that is nobody else's."""
    rng = np.random.RandomState(seed)
    return Split(rng.rand(20, 3), rng.rand(8, 3), np.arange(20) % 2, np.arange(8) % 2)


def test_a_visitors_own_table_is_sent_to_a_worker_once_and_reaches_nobody_without_it() -> None:
    shelf.cache_clear()
    mine, other = by_content(own(1)), by_content(own(2))
    config = OurConfig(max_iter=2, batch_size=5)
    assert isinstance(make_slice(config, mine.key, 0.0), Lacking)
    begun = make_slice(config, mine.key, 0.0, mine.content)
    assert isinstance(begun, State)
    ended = make_slice(begun, mine.key, 0.0)
    assert ended.ended == "max_iter"
    # Another table of the same name, shape and settings finds nothing, and its own numbers alone when they are sent
    assert isinstance(make_slice(config, other.key, 0.0), Lacking)
    theirs = make_slice(config, other.key, 0.0, other.content)
    assert theirs.record.train_loss != begun.record.train_loss
    with pytest.raises(KeyError):  # a name alone never leads to a table
        make_slice(config, DataConfig(f"{OWN}:0123456789abcdef"), 0.0)


def test_every_number_counts_in_the_hash_of_a_table() -> None:
    table = own(1)
    hashes = {digest(table)}
    for name in ("X_train", "X_test", "y_train", "y_test"):
        changed = {each: part.copy() for each, part in vars(table).items()}
        changed[name].flat[-1] += 1
        hashes.add(digest(Split(**changed)))
    assert len(hashes) == 5
    held = Split(*list(vars(table).values())[:4], table.X_test, table.y_test)
    assert digest(held) not in hashes
    turned = Split(table.X_train.T, table.X_test, table.y_train, table.y_test)
    assert digest(turned) not in hashes


def test_what_a_process_keeps_of_tables_is_bounded(monkeypatch) -> None:
    shelf.cache_clear()
    shelf().limit = 3 * sum(part.nbytes for part in vars(own(0)).values())
    for seed in range(5):
        table = by_content(own(seed))
        make_slice(OurConfig(max_iter=1, batch_size=5), table.key, 0.0, table.content)
    kept = [shelf().get(by_content(own(seed)).key) is not None for seed in range(5)]
    assert kept == [False, False, True, True, True]
    shelf.cache_clear()


def test_the_network_of_a_slice_can_not_be_changed_on_the_other_side() -> None:
    state = pickle.loads(pickle.dumps(begin(OurConfig(), split(digits()))))
    assert isinstance(state.record.network, Network)
    with pytest.raises(ValueError, match="read-only"):
        state.record.network.layers[0].W[0] = 1.0


def test_data_by_name_are_those_that_come_with_the_app() -> None:
    assert by_name(DataConfig()).content is None
    np.testing.assert_array_equal(named_split(DataConfig()).X_test, split(digits()).X_test)
