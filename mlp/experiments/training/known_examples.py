"""scikit-learn's classifier, epoch after epoch on the same examples: it checks them once, as `fit` does."""

import numpy as np
from sklearn.neural_network import MLPClassifier

from mlp.arrays import Array


class OnKnownExamples(MLPClassifier):
    """`MLPClassifier` whose `partial_fit` trusts the examples that it has seen.

    `partial_fit` checks whatever comes as if it came from elsewhere. On a thousand digits that takes longer than the
    epoch itself, and it is nearly all that as many epochs take longer than one `fit`. This method of scikit-learn's has
    no public name: a version without it checks every time, and makes the same weights.
    """

    def _validate_input(self, X: Array, y: Array, incremental: bool, reset: bool) -> tuple[Array, Array]:
        """Return inputs, and targets with a column a class (one for two classes), checked in the first epoch only.

        Parameters
        ----------
        X : float array of shape (n, n_0)
        y : int array of shape (n,)
            After the first epoch the same examples, in any order.
        """
        if not hasattr(self, "_optimizer"):
            return super()._validate_input(X, y, incremental, reset)
        columns = self.classes_[1:] if len(self.classes_) == 2 else self.classes_
        return X, y[:, np.newaxis] == columns
