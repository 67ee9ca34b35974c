"""Two classes: one logistic output as scikit-learn trains it, shown as the two softmax outputs that it equals."""

from dataclasses import replace

import numpy as np

from mlp.losses import LOSSES
from mlp.network import Layer, Network
from mlp.training import EpochRecord

SHOWN = "cross_entropy"


def outputs_of(loss: str, n_classes: int) -> int:
    """Return how many outputs a network has: one is enough for two classes where each output is a probability alone."""
    alone = LOSSES[loss].probabilities and not LOSSES[loss].distribution
    return 1 if alone and n_classes == 2 else n_classes


def with_an_output_a_class(network: Network) -> Network:
    """Return a network with one logistic output as the softmax network it equals; any other as it is.

    The single output sigma(z) is softmax([0, z]): the same probabilities, loss and gradients below the last layer.
    """
    *below, last = network.layers
    if len(last.b) > 1:
        return network
    pair = Layer(np.vstack([np.zeros_like(last.W), last.W]), np.append(0.0, last.b))
    return Network((*below, pair), network.hidden, SHOWN)


def record_shown(record: EpochRecord) -> EpochRecord:
    """Return a record whose networks have an output a class."""
    best = None if record.best is None else with_an_output_a_class(record.best)
    return replace(record, network=with_an_output_a_class(record.network), best=best)
