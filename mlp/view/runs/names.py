"""Names of runs: what in their settings is not the sheet's, in a few words."""

from collections.abc import Mapping
from dataclasses import asdict

from mlp.experiments.config import Config, DataConfig, OurConfig, PeerConfig
from mlp.view.datasets import dataset_label
from mlp.view.palette import OURS, PEER
from mlp.view.settings import as_text

MOST_NAMED = 3
WORDS = {
    "hidden_layer_sizes": "units",
    "learning_rate_init": "learning rate",
    "batch_size": "batch size",
    "max_iter": "epochs",
    "activation": "activation",
    "momentum": "momentum",
    "nesterovs_momentum": "Nesterov",
    "alpha": "alpha",
    "tol": "tolerance",
    "n_iter_no_change": "patience",
    "shuffle": "shuffle",
    "random_state": "seed",
    "loss": "loss",
    "init": "first weights",
}
DATA_WORDS = {
    "dataset": "data",
    "scaling": "scaling",
    "test_size": "test share",
    "random_state": "split seed",
    "swapped": "parts swapped",
}


def default_name(config: Config, data: DataConfig) -> str:
    """Return the model and what is not the sheet's, three settings at most: "Ours, momentum 0.9"."""
    ours = isinstance(config, OurConfig)
    sheet = OurConfig() if ours else PeerConfig()
    told = [
        *deviations(data_values(data), data_values(DataConfig()), DATA_WORDS),
        *deviations(asdict(config), asdict(sheet), WORDS),
    ]
    more = [f"{len(told) - MOST_NAMED} more"] if len(told) > MOST_NAMED else []
    return ", ".join([OURS if ours else PEER, *told[:MOST_NAMED], *more])


def data_values(data: DataConfig) -> dict[str, object]:
    """Return the settings of the data, the data set by what it is called on the page."""
    return asdict(data) | {"dataset": dataset_label(data.dataset)}


def deviations(values: Mapping[str, object], usual: Mapping[str, object], words: Mapping[str, str]) -> list[str]:
    """Return in words the values that are not the usual ones."""
    return [
        f"{word} {short(values[name])}"
        for name, word in words.items()
        if name in values and values[name] != usual[name]
    ]


def short(value: object) -> str:
    """Return a setting's value without blanks or commas of its own: 64-32, off."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return "-".join(map(str, value)) if isinstance(value, tuple) else as_text(value)
