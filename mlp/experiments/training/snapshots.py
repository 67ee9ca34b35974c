"""Snapshots: a model's networks over the epochs, few and small enough to be kept for every visitor."""

from dataclasses import dataclass, field

import numpy as np

from mlp.arrays import Array
from mlp.limits import FEWEST_SNAPSHOTS, SNAPSHOT_BYTES, SNAPSHOTS
from mlp.network import Layer, Network

NUMBER = np.float32

Parameters = tuple[tuple[Array, Array], ...]


@dataclass(eq=False)
class Snapshots:
    """The networks of the epochs 0, s, 2s, ...; the step s doubles whenever there are too many of them.

    At most 40 are kept, and of a large network as many as fit into 2 MB, but 4 in any case. Weights are rounded to
    float32, enough for a picture. Networks whose numbers overflowed are left out.

    Attributes
    ----------
    step : int
        Epochs from one snapshot to the next.
    kept : dict of epoch to parameters
        W and b of each layer, float32; replaced, never changed, so that a page may read it meanwhile.
    """

    step: int = 1
    kept: dict[int, Parameters] = field(default_factory=dict)

    def add(self, epoch: int, network: Network) -> None:
        """Keep the network of an epoch if its turn has come."""
        if epoch % self.step or not is_finite(parameters := rounded(network)):
            return
        self.kept = {**self.kept, epoch: parameters}
        self.thin(limit_of(parameters))

    def thin(self, most: int) -> None:
        """Double the step until there are no more than these."""
        kept = self.kept
        while len(kept) > most:
            self.step *= 2
            kept = {at: values for at, values in kept.items() if at % self.step == 0}
        self.kept = kept

    def join(self, later: "Snapshots") -> None:
        """Keep those of a later stretch of epochs as well, as if each had been added in its turn."""
        self.step = max(self.step, later.step)
        self.kept = {at: values for at, values in (self.kept | later.kept).items() if at % self.step == 0}
        if self.kept:
            self.thin(limit_of(next(iter(self.kept.values()))))

    def networks(self, epoch: int, network: Network) -> dict[int, Network]:
        """Return the networks by epoch, in order; the latest is given, and exact.

        Parameters
        ----------
        epoch, network
            The latest, of the model these are snapshots of; left out if its numbers overflowed.
        """
        earlier = {at: restored(values, network) for at, values in self.kept.items() if at < epoch}
        return earlier | ({epoch: network} if is_finite(rounded(network)) else {})


def limit(network: Network) -> int:
    """Return how many snapshots of a network are kept."""
    return limit_of(rounded(network))


def limit_of(parameters: Parameters) -> int:
    """Return how many snapshots of parameters of this size are kept."""
    size = sum(array.nbytes for layer in parameters for array in layer)
    return min(SNAPSHOTS, max(FEWEST_SNAPSHOTS, SNAPSHOT_BYTES // size))


def rounded(network: Network) -> Parameters:
    """Return a network's parameters as float32; what is too large for it becomes inf."""
    with np.errstate(over="ignore"):
        return tuple((layer.W.astype(NUMBER), layer.b.astype(NUMBER)) for layer in network.layers)


def restored(parameters: Parameters, like: Network) -> Network:
    """Return the network with these parameters and the activation and loss of another."""
    return Network(tuple(Layer(W, b) for W, b in parameters), like.hidden, like.loss)


def is_finite(parameters: Parameters) -> bool:
    """Return whether no number overflowed."""
    return all(np.isfinite(array).all() for layer in parameters for array in layer)
