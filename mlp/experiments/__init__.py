"""Experiments: what is trained with which settings, and the scikit-learn peer it is compared with."""

__all__ = ["Interval", "paired_difference_interval"]


def __getattr__(name: str):
    """Import the statistics when they are asked for: who trains does not wait for SciPy."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mlp.experiments.evidence import statistics

    return getattr(statistics, name)
