"""The data of a training on their way to a worker: by name, or by their content, which travels to a worker once."""

import functools
import hashlib
from dataclasses import dataclass, replace

import numpy as np

from mlp.datasets import DATASETS, Split, split
from mlp.experiments.config import Config, DataConfig
from mlp.experiments.training.memory import Memory
from mlp.experiments.training.slices import Made, State, advance, begin
from mlp.limits import WORKER_BYTES, WORKER_SPLITS

Key = DataConfig | str


@dataclass(frozen=True, eq=False)
class Material:
    """The data of a training as they are sent.

    Attributes
    ----------
    key : DataConfig or str
        The settings of data that come with the app, which a worker makes itself; or the hash of a split.
    content : Split or None
        What the hash is of; nobody but who has the content can have its hash.
    """

    key: Key
    content: Split | None = None


def by_name(data: DataConfig) -> Material:
    """Return data that come with the app."""
    return Material(data)


def by_content(split: Split) -> Material:
    """Return data that are a visitor's own."""
    return Material(digest(split), split)


def digest(split: Split) -> str:
    """Return 64 hexadecimal digits that are the same for the same numbers in the same places alone."""
    found = hashlib.sha256()
    for part in vars(split).values():
        found.update(f"{part.dtype.str}{part.shape}".encode())
        found.update(np.ascontiguousarray(part).tobytes())
    return found.hexdigest()


@dataclass(frozen=True)
class Lacking:
    """The answer of a worker that has not got the data: they are to be sent along."""


def make_slice(start: State | Config, key: Key, seconds: float, content: Split | None = None) -> State | Lacking:
    """Return a training after so many seconds more: the task that is given to an executor.

    Parameters
    ----------
    start : State, OurConfig or PeerConfig
        Where it goes on from; settings alone begin it.
    key : DataConfig or str
        Of a `Material`.
    seconds : float
    content : Split, optional
        Of the material, where a worker lacked it.
    """
    data = data_of(key, content)
    if data is None:
        return Lacking()
    if isinstance(start, State):
        return advance(start, data, seconds)
    begun = begin(start, data)
    made = advance(begun, data, seconds)
    return joined(begun, made)


def joined(first: State, then: State) -> State:
    """Return the later of two states with the epochs of both slices."""
    made = Made(first.made.points + then.made.points, first.made.validation + then.made.validation)
    made.snapshots.join(first.made.snapshots)
    made.snapshots.join(then.made.snapshots)
    return replace(then, made=made)


def data_of(key: Key, content: Split | None) -> Split | None:
    """Return the data that a key names, None where they are unknown here."""
    if isinstance(key, DataConfig):
        return named_split(key)
    if content is not None:
        shelf().keep(key, content, sum(part.nbytes for part in vars(content).values()))
        return content
    return shelf().get(key)


@functools.lru_cache(maxsize=1)
def shelf() -> Memory[Split]:
    """Return where this process keeps the data it was sent, by their hash and within a bound."""
    return Memory(WORKER_BYTES)


@functools.lru_cache(maxsize=WORKER_SPLITS)
def named_split(data: DataConfig) -> Split:
    """Return the split of a data set that comes with the app."""
    return split(
        DATASETS[data.dataset](),
        test_size=data.test_size,
        random_state=data.random_state,
        scaling=data.scaling,
        swapped=data.swapped,
        validation_size=data.validation_size,
    )
