"""A solution to take away as data and as code: all quantities as CSV, and scripts that compute and check them anew."""

from mlp.exercises.export.numpy_script import numpy_script
from mlp.exercises.export.pytorch_script import pytorch_script
from mlp.exercises.export.quantities import quantities_csv
from mlp.exercises.export.scikit_learn_script import scikit_learn_obstacle, scikit_learn_script

__all__ = [
    "numpy_script",
    "pytorch_script",
    "quantities_csv",
    "scikit_learn_obstacle",
    "scikit_learn_script",
]
