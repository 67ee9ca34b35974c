"""What both models of a run answer to a drawing."""

from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.datasets import SCALINGS
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.losses import LOSSES
from mlp.network import forward


@dataclass(frozen=True, eq=False)
class Outputs:
    """One model's outputs for one image.

    Attributes
    ----------
    values : array of shape (n_classes,)
    probable : bool
        Whether they are probabilities, as softmax's are.
    """

    values: Array
    probable: bool

    @property
    def said(self) -> int:
        """The class of the largest output."""
        return int(self.values.argmax())


def drawn_outputs(run: Run, drawing: Array, X_train: Array) -> tuple[Outputs | None, Outputs | None]:
    """Return ours and scikit-learn's outputs for a drawing; None for a model whose numbers overflowed.

    Parameters
    ----------
    run : Run
        Its models may be trained to any epoch.
    drawing : array of shape (n_features,)
        In the data set's own values, not scaled.
    X_train : array of shape (n, n_features)
        The training images, not scaled: what the run's scaling needs to know of the data comes from them.
    """
    _, scaled = SCALINGS[run.comparison.data.scaling](X_train, drawing[np.newaxis])
    ours, peer = (learner_outputs(learner, scaled) for learner in run.learners)
    return ours, peer


def learner_outputs(learner: Learner, image: Array) -> Outputs | None:
    """Return a model's outputs for an image (1, n_features), None if its numbers overflowed."""
    if learner.ended == "diverged":
        return None
    network = learner.record.network
    return Outputs(forward(network, image).output[0], LOSSES[network.loss].probabilities)
