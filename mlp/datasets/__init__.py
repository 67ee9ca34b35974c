"""The data of question 3: what comes with scikit-learn, the visitor's own table, their splits and scalings."""

from mlp.datasets.bundled import DATASETS, digits
from mlp.datasets.dataset import Dataset
from mlp.datasets.splitting import SCALINGS, Split, split

__all__ = ["DATASETS", "SCALINGS", "Dataset", "Split", "digits", "split"]
