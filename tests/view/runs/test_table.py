"""The table of runs: what a row says, which rows a filter leaves, and what runs are called."""

import math

import pytest

from mlp.experiments.config import DataConfig, OurConfig, PeerConfig
from mlp.experiments.hyperparameters import DATA_SETTINGS, HYPERPARAMETERS
from mlp.view.palette import RUN_LOOKS
from mlp.view.runs.looks import legend_html, slots_of, swatch_address
from mlp.view.runs.names import default_name
from mlp.view.runs.settings import on_other_data, setting_rows, settings_html
from mlp.view.runs.table import DELTA, MOST_SETTINGS, matching, settings_columns, table_frame
from tests.runs import made_up, one_a_minute

QUICK = made_up("quick", config=OurConfig(momentum=0.9, learning_rate_init=0.5))
PEER = made_up("peer", (0.1, 0.2, 0.35), config=PeerConfig(momentum=0.9), data=DataConfig(scaling="by 16"))


def names(runs) -> list[str]:
    """Return what runs are called."""
    return [run.name for run in runs]


def test_a_row_has_the_last_and_the_best_numbers() -> None:
    (row,) = table_frame([QUICK]).to_dict("records")
    assert (row["Name"], row["Model"], row["Test accuracy"], row["Best"], row["Best epoch"]) == (
        "quick", "Ours", 0.4, 0.5, 1,
    )  # fmt: skip
    assert (row["Test loss"], row["Training accuracy"]) == (pytest.approx(2.6), 0.2)
    assert (row["Epochs"], row["Updates"], row["Seconds"], row["Ended because"]) == (2, 20, 1.0, "all epochs made")


def test_the_latest_run_comes_first() -> None:
    assert list(table_frame(one_a_minute(3))["Name"]) == ["run 2", "run 1", "run 0"]


def test_with_a_baseline_every_run_has_a_difference() -> None:
    frame = table_frame([QUICK, PEER], baseline=QUICK)
    assert list(frame["Name"]) == ["peer", "quick (baseline)"]
    assert list(frame[DELTA]) == pytest.approx([-0.05, 0.0])
    assert DELTA not in table_frame([QUICK, PEER])


def test_settings_that_differ_are_columns_and_the_accuracy_is_the_second() -> None:
    frame = table_frame([QUICK, PEER])
    assert list(frame)[:2] == ["Name", "Test accuracy"]
    assert list(frame["Learning rate η"]) == ["0.001", "0.5"]
    assert "Momentum" not in frame
    assert list(table_frame([QUICK])) == [name for name in frame if name not in settings_columns([QUICK, PEER])]
    wild = made_up("=1", config=OurConfig(hidden_layer_sizes=()))
    assert len(settings_columns([QUICK, PEER, wild])) == MOST_SETTINGS


def test_what_overflowed_is_blank_in_the_table() -> None:
    wild = made_up("wild", (math.nan, math.nan), ended="diverged")
    row = table_frame([QUICK, wild], baseline=wild).iloc[0]
    assert all(math.isnan(row[name]) for name in ("Test accuracy", "Best", DELTA))
    assert row["Ended because"] == "the loss overflowed"


def test_a_name_in_the_table_is_no_formula_once_the_table_is_saved() -> None:
    assert table_frame([made_up("=1+1")])["Name"][0] == "'=1+1"


@pytest.mark.parametrize(
    ("text", "model", "left"),
    [
        ("", "All", ["quick", "peer"]),
        ("", "Ours", ["quick"]),
        ("QUICK", "All", ["quick"]),
        ("momentum 0.9", "All", ["quick", "peer"]),
        ("momentum=0.9 glorot", "All", ["peer"]),
        ("by 16", "All", ["peer"]),
        ("learning rate 0.5", "scikit-learn", []),
        ("  ", "scikit-learn", ["peer"]),
        ("(.*", "All", []),
    ],
)
def test_a_filter_looks_in_names_and_settings(text: str, model: str, left: list[str]) -> None:
    assert names(matching([QUICK, PEER], text, model)) == left


@pytest.mark.parametrize(
    ("config", "data", "name"),
    [
        (OurConfig(), DataConfig(), "Ours"),
        (PeerConfig(), DataConfig(), "scikit-learn"),
        (OurConfig(momentum=0.9), DataConfig(), "Ours, momentum 0.9"),
        (OurConfig(momentum=0.9), DataConfig("two_moons"), "Ours, data Two moons, momentum 0.9"),
        (OurConfig(), DataConfig("own:0123456789abcdef"), "Ours, data Your own CSV 012345"),
        (OurConfig(hidden_layer_sizes=(64, 32), shuffle=False), DataConfig(), "Ours, units 64-32, shuffle off"),
        (
            PeerConfig(n_iter_no_change=math.inf),
            DataConfig(random_state=7),
            "scikit-learn, split seed 7, patience never",
        ),
        (
            OurConfig(learning_rate_init=0.1, batch_size=10, max_iter=5, momentum=0.5, random_state=2),
            DataConfig(),
            "Ours, learning rate 0.1, batch size 10, epochs 5, 2 more",
        ),
    ],
)
def test_a_name_tells_what_is_not_the_sheets(config, data, name: str) -> None:
    assert default_name(config, data) == name


def test_only_the_settings_that_differ_are_shown_unless_all_are_asked_for() -> None:
    rows = setting_rows([QUICK, made_up(config=OurConfig(momentum=0.5, learning_rate_init=0.5))], differing=True)
    assert rows == [("Momentum", "momentum", ("0.9", "0.5"))]
    every = setting_rows([QUICK, PEER], differing=False)
    assert len(every) == 1 + len(HYPERPARAMETERS) + len(DATA_SETTINGS)
    labels = [label for label, _, _ in setting_rows([QUICK, PEER], differing=True)]
    assert labels[0] == "Model"
    assert "Scaling" in labels
    assert "Momentum" not in labels
    assert setting_rows([QUICK, made_up("same settings", config=OurConfig(momentum=0.9, learning_rate_init=0.5))],
                        differing=True) == []  # fmt: skip


def test_a_data_set_is_called_what_it_is_called_on_the_page() -> None:
    rows = setting_rows([made_up(), made_up(data=DataConfig("breast_cancer"))], differing=True)
    assert rows == [("Data set", "data: dataset", ("Digits", "Breast cancer"))]


def test_names_are_text_in_every_piece_of_html() -> None:
    name = "<img src=x onerror=alert(1)>"
    rows = [("Momentum", "momentum", (name,))]
    for html in (settings_html(rows, [name], [0]), legend_html([name], [0])):
        assert name not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_run_keeps_its_look_while_it_is_drawn() -> None:
    first = slots_of(["a", "b", "c"], {})
    assert first == {"a": 0, "b": 1, "c": 2}
    assert slots_of(["c", "d", "e"], first) == {"c": 2, "d": 0, "e": 1}
    ten = [str(i) for i in range(10)]
    assert sorted(slots_of(ten, {"9": 0, "gone": 3}).values()) == list(range(10))


def test_ten_looks_differ_in_colour_and_in_dash() -> None:
    colours, dashes = zip(*RUN_LOOKS, strict=True)
    assert len(set(colours)) == len(set(dashes)) == 10
    assert len({swatch_address(slot) for slot in range(10)}) == 10


def test_runs_are_compared_only_where_they_were_tested_on_the_same_examples():
    here = made_up()
    assert not on_other_data([here, made_up(data=DataConfig(scaling="by 16"))])
    assert on_other_data([here, made_up(data=DataConfig(random_state=1))])
    assert on_other_data([here, made_up(data=DataConfig("iris"))])
    assert not on_other_data([here])
