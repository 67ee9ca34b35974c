"""Examples that scikit-learn has checked once are taken as they are, and come out as its own check lets them out."""

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from mlp.experiments.training.known_examples import OnKnownExamples


@pytest.mark.parametrize("n_classes", [2, 3])
def test_inputs_and_targets_are_those_of_scikit_learns_own_check(n_classes):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 3)), rng.permutation(np.arange(20) % n_classes)
    classifier = OnKnownExamples(hidden_layer_sizes=(2,)).partial_fit(X, y, classes=np.arange(n_classes))
    theirs = MLPClassifier._validate_input(classifier, X, y, incremental=True, reset=False)
    for ours, expected in zip(classifier._validate_input(X, y, incremental=True, reset=False), theirs, strict=True):
        np.testing.assert_array_equal(ours, expected, strict=True)


def test_the_first_epoch_is_checked_and_the_next_is_not():
    X, y = np.array([[0.0], [np.nan]]), np.array([0, 1])
    classifier = OnKnownExamples(hidden_layer_sizes=(2,))
    with pytest.raises(ValueError, match="NaN"):
        classifier.partial_fit(X, y, classes=[0, 1])
    classifier.partial_fit(np.nan_to_num(X), y, classes=[0, 1])
    with pytest.raises(ValueError, match="non-finite parameter weights"):  # it went through the epoch
        classifier.partial_fit(X, y)
