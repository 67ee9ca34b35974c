"""A network as a pipeline of scikit-learn, scaling included, in a file of joblib."""

import io

import joblib
import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import LabelBinarizer, StandardScaler

from mlp.activations import ACTIVATIONS, scikit_learn_activations
from mlp.arrays import Array
from mlp.datasets import Dataset
from mlp.experiments.export.network_file import class_labels, scaling_of
from mlp.losses import LOSSES
from mlp.network import Layer, Network

FILE = "pipeline.joblib"
WARNING = (
    "Opening a joblib file runs whatever code is in it: open only those that you made yourself or whose maker you "
    f"trust. It is sure to open with scikit-learn {sklearn.__version__} alone; the npz file opens anywhere."
)


def why_no_pipeline(network: Network) -> str:
    """Return in a sentence why scikit-learn has no such network; blank if it has."""
    if network.hidden not in scikit_learn_activations():
        return f"MLPClassifier has no hidden units with {ACTIVATIONS[network.hidden].words}: take the npz file."
    if not LOSSES[network.loss].distribution:
        return (
            f"MLPClassifier's outputs are probabilities, and this network was trained by {LOSSES[network.loss].words}."
        )
    return ""


def pipeline(network: Network, dataset: Dataset, X_train: Array, scaling: str) -> Pipeline:
    """Return a pipeline that answers as a network with an output a class does, for features that are not scaled.

    The parameters are as in `network_npz`.

    Raises
    ------
    ValueError
        In a sentence, if scikit-learn has no such network.
    """
    if problem := why_no_pipeline(network):
        raise ValueError(problem)
    scaler = "passthrough" if scaling == "none" else scaler_of(*scaling_of(X_train, scaling))
    return Pipeline([("scaling", scaler), ("network", classifier(network, class_labels(dataset.classes)))])


def scaler_of(shift: Array, scale: Array) -> StandardScaler:
    """Return a scaler that subtracts and divides by these."""
    scaler = StandardScaler()
    scaler.mean_, scaler.scale_, scaler.var_, scaler.n_features_in_ = shift, scale, scale**2, len(shift)
    return scaler


def classifier(network: Network, classes: Array) -> MLPClassifier:
    """Return an `MLPClassifier` with a network's weights; of two classes it has the one output that they equal."""
    order = np.argsort(classes)  # scikit-learn keeps classes sorted
    *below, last = network.layers
    last = Layer(last.W[order], last.b[order])
    if len(classes) == 2:
        last = Layer(last.W[1:] - last.W[:1], last.b[1:] - last.b[:1])
    layers = (*below, last)
    model = MLPClassifier(hidden_layer_sizes=network.sizes[1:-1], activation=network.hidden)
    model.coefs_, model.intercepts_ = [layer.W.T.copy() for layer in layers], [layer.b.copy() for layer in layers]
    model.classes_, model.n_features_in_ = classes[order], network.sizes[0]
    model.n_layers_, model.n_outputs_ = len(layers) + 1, len(last.b)
    model.out_activation_ = "logistic" if len(classes) == 2 else "softmax"
    model._label_binarizer = LabelBinarizer().fit(classes)
    return model


def pipeline_joblib(made: Pipeline) -> bytes:
    """Return a pipeline as the bytes of a joblib file."""
    file = io.BytesIO()
    joblib.dump(made, file, compress=3)
    return file.getvalue()
