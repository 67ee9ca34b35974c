"""One list of settings: it is complete, each record is whole, and what is said of a setting is said nowhere else."""

from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from mlp.experiments.config import DataConfig, OurConfig, PeerConfig, own_fields, settings_of
from mlp.experiments.hyperparameters import (
    CLIMB,
    DATA_SETTINGS,
    HYPERPARAMETERS,
    Choice,
    Kind,
    Number,
    Whole,
    has_choice,
    kind_of,
)
from mlp.experiments.runs.checks import KIND_CHECKS, checked
from mlp.experiments.runs.json_file import as_json
from mlp.view.settings import PARSERS, as_text, parse

ROOT = Path(__file__).parents[2]
EVERY = [*HYPERPARAMETERS.values(), *DATA_SETTINGS.values()]


def test_every_field_has_a_record_and_every_record_a_field() -> None:
    assert set(HYPERPARAMETERS) == set(own_fields(OurConfig))
    assert set(DATA_SETTINGS) == {each.name for each in fields(DataConfig)}
    chosen = {name for name, setting in HYPERPARAMETERS.items() if has_choice(setting, ours=False)}
    by_data = {name for name, setting in HYPERPARAMETERS.items() if setting.by_data}
    assert set(own_fields(PeerConfig)) == chosen | by_data


def test_every_kind_is_read_from_a_page_and_from_a_file() -> None:
    assert set(PARSERS) == set(KIND_CHECKS) == set(get_args(Kind))


def test_the_ladder_climbs_over_every_setting_but_the_seed() -> None:
    assert len(set(CLIMB)) == len(CLIMB)
    assert {setting.change for setting in HYPERPARAMETERS.values()} == {*CLIMB, ""}
    assert [name for name, setting in HYPERPARAMETERS.items() if not setting.change] == ["random_state"]


@pytest.mark.parametrize("setting", EVERY, ids=lambda setting: f"{setting.label}")
def test_a_record_is_whole(setting) -> None:
    assert setting.label
    assert setting.short
    assert setting.help.endswith((".", "`"))
    if isinstance(setting.kind, Number | Whole):
        assert setting.kind.low < setting.kind.high <= setting.kind.kept
    if setting.peer:
        assert isinstance(setting.kind, Choice)
        assert set(setting.peer.options) <= set(setting.kind.options)


@pytest.mark.parametrize("config", [OurConfig(), PeerConfig()])
def test_the_sheets_values_can_be_typed_and_kept(config) -> None:
    for name, value in settings_of(config).items():
        setting = HYPERPARAMETERS[name]
        assert parse(kind_of(setting, isinstance(config, OurConfig)), as_text(value)) == value
        assert checked(setting, as_json(value)) == value


def test_a_setting_is_described_in_one_file_of_all_that_show_and_keep_it() -> None:
    """The names are written where the core computes with them, and in the list; nowhere between."""
    rooms = [*ROOT.glob("mlp/view/**/*.py"), *ROOT.glob("mlp/experiments/**/*.py"), *ROOT.glob("pages/**/*.py")]
    found = [file.relative_to(ROOT).as_posix() for file in rooms if "nesterovs_momentum" in file.read_text()]
    assert found == ["mlp/experiments/hyperparameters.py"]
