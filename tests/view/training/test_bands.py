"""Bands over seeds as data for a chart: the exact ends, and where they are cut on a logarithmic axis."""

import numpy as np
import pytest

from mlp.experiments.evidence.recipes import Band
from mlp.view.palette import OURS
from mlp.view.training.bands import MEAN, band_chart, band_frame, empty_bands

# Of two seeds the interval is 12.7 standard errors wide on either side: it easily reaches below 0
WIDE = Band(
    np.array([0, 1]), np.array([2.0, 0.2]), np.array([1.0, -0.3]), np.array([3.0, 0.7]),
    np.array([[1.9, 0.24], [2.1, 0.16]]),
)  # fmt: skip


@pytest.mark.parametrize(("log", "bottom"), [(True, [1.0, 0.08]), (False, [1.0, -0.3])])
def test_a_band_that_reaches_below_zero_is_cut_on_a_logarithmic_axis_alone(log: bool, bottom: list[float]) -> None:
    frame = band_frame({OURS: WIDE}, log=log)
    mean = frame[frame["line"] == MEAN]
    assert mean["bottom"].tolist() == pytest.approx(bottom)
    assert mean["low"].tolist() == [1.0, -0.3]


def test_what_is_drawn_of_a_band_is_what_was_cut() -> None:
    area = band_chart(empty_bands(), "Test loss", log=True).to_dict()["layer"][1]
    assert (area["mark"]["type"], area["encoding"]["y"]["field"]) == ("area", "bottom")


def test_no_band_is_no_row() -> None:
    assert band_frame({}, log=True).empty
