"""Experiments: what is trained with which settings, and the scikit-learn peer it is compared with."""
