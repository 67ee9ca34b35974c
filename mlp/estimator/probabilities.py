"""Probabilities of the classes from a forward pass, and their logarithms."""

import numpy as np

from mlp.arrays import Array
from mlp.estimator.targets import Labels
from mlp.losses import LOSSES
from mlp.network import ForwardPass
from mlp.outputs import log_sum_exp


def probabilities(forward_pass: ForwardPass, labels: Labels) -> Array:
    """Return p of each class (n, n_classes); logistic outputs of one label are scaled to sum to 1."""
    if excluding(labels):
        return np.exp(log_probabilities(forward_pass, labels))
    return LOSSES[labels.loss].output(logits(forward_pass, labels))


def log_probabilities(forward_pass: ForwardPass, labels: Labels) -> Array:
    """Return log p of each class (n, n_classes): from z where p is small, so that nothing is rounded to log 0."""
    z = logits(forward_pass, labels)
    if LOSSES[labels.loss].distribution:
        return z - log_sum_exp(z)
    p = LOSSES[labels.loss].output(z)
    log_p = np.log(p, out=-np.logaddexp(0.0, -z), where=p > 0.5)
    return log_p - log_sum_exp(log_p) if excluding(labels) else log_p


def excluding(labels: Labels) -> bool:
    """Return whether there is a logistic output for each of several classes of which an example has one."""
    return labels.outputs > 1 and not labels.several and not LOSSES[labels.loss].distribution


def logits(forward_pass: ForwardPass, labels: Labels) -> Array:
    """Return z of each class (n, n_classes); that of a single output is minus that of the first class."""
    z = forward_pass.z[-1]
    single = labels.outputs == 1 and not labels.several and not LOSSES[labels.loss].distribution
    return np.hstack([-z, z])[:, : len(labels.classes)] if single else z
