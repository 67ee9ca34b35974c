"""The network as a scikit-learn estimator."""

from mlp.estimator.classifier import MLP

__all__ = ["MLP"]
