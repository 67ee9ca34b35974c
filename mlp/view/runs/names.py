"""Names of runs: what in their settings is not the sheet's, in a few words."""

from collections.abc import Mapping
from dataclasses import asdict

from mlp.experiments.config import CONFIGS, OURS, Config, DataConfig, model_of, settings_of
from mlp.experiments.hyperparameters import DATA_SETTINGS, Setting, has_choice, in_page_order
from mlp.view.dataset_words import dataset_label
from mlp.view.settings import as_text

MOST_NAMED = 3


def default_name(config: Config, data: DataConfig) -> str:
    """Return the model and what is not the sheet's, three settings at most: "Ours, momentum 0.9"."""
    told = [*deviations(data_values(data), data_values(DataConfig()), DATA_SETTINGS), *deviations_of(config)]
    more = [f"{len(told) - MOST_NAMED} more"] if len(told) > MOST_NAMED else []
    return ", ".join([model_of(config), *told[:MOST_NAMED], *more])


def deviations_of(config: Config) -> list[str]:
    """Return in words the settings of a model that are not the sheet's: "momentum 0.9"."""
    model = model_of(config)
    chosen = {name: about for name, about in in_page_order().items() if has_choice(about, model == OURS)}
    return deviations(settings_of(config), settings_of(CONFIGS[model]()), chosen)


def data_values(data: DataConfig) -> dict[str, object]:
    """Return the settings of the data, the data set by what it is called on the page."""
    return asdict(data) | {"dataset": dataset_label(data.dataset)}


def deviations(values: Mapping[str, object], usual: Mapping[str, object], about: Mapping[str, Setting]) -> list[str]:
    """Return in words the values that are not the usual ones."""
    return [f"{each.short} {short(values[name])}" for name, each in about.items() if values[name] != usual[name]]


def short(value: object) -> str:
    """Return a setting's value without blanks or commas of its own: 64-32, off."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return "-".join(map(str, value)) if isinstance(value, tuple) else as_text(value)
