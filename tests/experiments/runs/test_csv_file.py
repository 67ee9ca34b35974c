"""Runs as CSV: a row a run, a row a point, and no text that a spreadsheet would run."""

import csv
import io
import math

import pytest

from mlp.experiments.config import OurConfig, PeerConfig
from mlp.experiments.runs.csv_file import curves_csv, runs_csv
from tests.runs import made_up


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text by column."""
    return list(csv.DictReader(io.StringIO(text)))


def test_a_run_has_a_row_with_its_results_and_every_setting() -> None:
    runs = [made_up("a, b", config=OurConfig(hidden_layer_sizes=(64, 32))), made_up("c", config=PeerConfig())]
    ours, peer = rows(runs_csv(runs, runs[1].id))
    assert (ours["pinned"], peer["pinned"]) == ("False", "True")
    assert (ours["name"], ours["model"], ours["epoch"], ours["test_accuracy"]) == ("a, b", "Ours", "2", "0.4")
    assert (ours["best_epoch"], ours["best_test_accuracy"], ours["seconds"]) == ("1", "0.5", "1.0")
    assert (ours["hidden_layer_sizes"], ours["n_iter_no_change"], ours["random_state"]) == ("64, 32", "inf", "1")
    assert (peer["momentum"], peer["init"], peer["data_random_state"]) == ("0.9", "glorot_uniform", "42")


def test_a_point_has_a_row_and_what_overflowed_is_blank() -> None:
    first, last = rows(curves_csv([made_up("x", (0.25, math.nan))]))
    assert (first["name"], first["epoch"], first["updates"], first["test_accuracy"]) == ("x", "0", "0", "0.25")
    assert (last["epoch"], last["updates"], last["test_accuracy"], last["train_loss"]) == ("1", "10", "", "")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "＝1+1"])
def test_a_name_never_becomes_a_formula(name: str) -> None:
    for text in (runs_csv([made_up(name)]), curves_csv([made_up(name)])):
        assert rows(text)[0]["name"] == f"'{name}"


def test_an_ordinary_name_stays_as_it_is() -> None:
    assert rows(runs_csv([made_up("Ours - 2 = 1")]))[0]["name"] == "Ours - 2 = 1"
