"""The data of question 3: what comes with scikit-learn, the visitor's own table, their splits and scalings."""

from mlp.datasets.bundled import DATASETS, digits
from mlp.datasets.dataset import Dataset, noun_of
from mlp.datasets.own import OWN, is_own, own_dataset
from mlp.datasets.splitting import SCALINGS, Split, split

__all__ = ["DATASETS", "OWN", "SCALINGS", "Dataset", "Split", "digits", "is_own", "noun_of", "own_dataset", "split"]
