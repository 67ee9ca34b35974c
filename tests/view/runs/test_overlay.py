"""The overlay: which runs are drawn, how smoothing works, and what the chart gets."""

import math

import numpy as np
import pytest

from mlp.experiments.config import OurConfig
from mlp.view.charts import prepared
from mlp.view.runs.overlay import (
    MOST_OVERLAID,
    OVERLAY_COLUMNS,
    QUANTITIES,
    X_TITLES,
    Drawing,
    empty_overlay,
    overlaid,
    overlaid_words,
    overlay_frame,
    overlay_words,
)
from mlp.view.runs.overlay_chart import overlay_chart
from mlp.view.runs.smoothing import smoothed
from tests.runs import made_up, one_a_minute

RUNS = one_a_minute(14)


def names(runs) -> list[str]:
    """Return what runs are called."""
    return [run.name for run in runs]


def ids(*numbers: int) -> list[str]:
    """Return the ids of runs by number."""
    return [RUNS[number].id for number in numbers]


def test_an_error_is_what_the_accuracy_lacks_and_a_part_of_the_axis_is_all_that_is_drawn() -> None:
    run = made_up(accuracies=(0.1, 0.5, 0.75, 1.0))
    drawing = Drawing("test error", log_y=True, part=(50, 100))
    frame = overlay_frame([run], {run.id: 0}, None, drawing)
    assert list(frame["raw"]) == [0.25, 0.0]
    assert "Test error by epoch: Ours ends at 0.00000" in overlay_words([run], drawing)


def test_without_a_tick_the_latest_two_are_drawn() -> None:
    drawn, left_out = overlaid(RUNS, [], None)
    assert (names(drawn), left_out) == (["run 12", "run 13"], ())
    assert overlaid_words(2, left_out, ticked=False, baseline=False) == (
        "Drawn are the latest runs. Tick runs in the table to choose others."
    )


def test_the_ticked_runs_are_drawn_and_a_baseline_before_them() -> None:
    drawn, left_out = overlaid(RUNS, [*ids(5, 3), "hidden by a filter"], RUNS[4])
    assert (names(drawn), left_out) == (["run 4", "run 3", "run 5"], ())
    assert names(overlaid(RUNS, ids(5, 4), RUNS[5])[0]) == ["run 5", "run 4"]
    assert overlaid_words(3, (), ticked=True, baseline=True) == "Drawn are the baseline and the ticked runs."


@pytest.mark.parametrize("baseline", [None, RUNS[13]])
def test_at_most_ten_are_drawn_and_those_left_out_are_named(baseline) -> None:
    drawn, left_out = overlaid(RUNS[:12], ids(*range(12)), baseline)
    assert len(drawn) == MOST_OVERLAID
    assert names(left_out) == [f"run {i}" for i in range(2 if baseline is None else 3)]
    said = overlaid_words(len(drawn), left_out[:2], ticked=True, baseline=baseline is not None)
    assert said.endswith("the ticked runs, 10 at the most. Left out, as the oldest: run 0, run 1.")


def debiased(values: list[float], weight: float) -> list[float]:
    """Return the exponential moving average as TensorBoard computes it."""
    last, result = 0.0, []
    for i, value in enumerate(values, start=1):
        last = last * weight + (1 - weight) * value
        result.append(last / (1 - weight**i))
    return result


@pytest.mark.parametrize("weight", [0.0, 0.5, 0.99])
def test_smoothing_is_the_debiased_exponential_moving_average(weight: float) -> None:
    values = np.random.default_rng(0).random(50)
    np.testing.assert_allclose(smoothed(values, np.arange(50.0), weight), debiased(values.tolist(), weight), rtol=1e-12)


def test_without_smoothing_values_stay_as_they_are_and_a_constant_stays_constant() -> None:
    values = np.array([0.25, 0.5, math.nan, 1.0])
    np.testing.assert_array_equal(smoothed(values, np.arange(4.0), 0.0), values)
    np.testing.assert_allclose(smoothed(np.full(9, 0.3), np.arange(9.0), 0.9), 0.3)


def test_points_further_apart_forget_more() -> None:
    values = np.array([0.0, 1.0])
    near, far = (smoothed(values, np.array([0.0, gap]), 0.5)[1] for gap in (1.0, 10.0))
    assert near == pytest.approx(1 / 1.5)
    assert far == pytest.approx(1 / (1 + 0.5**10))


def test_what_overflowed_is_neither_drawn_nor_smoothed_over() -> None:
    run = made_up("wild", (0.2, math.nan, 0.4))
    frame = overlay_frame([run], {run.id: 3}, None, Drawing(smoothing=0.5))
    assert list(frame.columns) == list(OVERLAY_COLUMNS)
    assert list(frame["epoch"]) == [0, 2]
    assert frame["value"].iloc[1] == pytest.approx((0.2 * 0.25 + 0.4) / 1.25)
    assert list(frame["latest"]) == [False, True]
    gone = made_up("gone", (math.nan, math.nan))
    assert overlay_frame([gone], {gone.id: 0}, None, Drawing()).empty


@pytest.mark.parametrize(("x", "expected"), [("epoch", [0, 1, 2]), ("updates", [0, 10, 20]), ("seconds", [0, 0.5, 1])])
def test_a_curve_is_drawn_against_what_was_chosen(x: str, expected: list[float]) -> None:
    run = made_up()
    frame = overlay_frame([run], {run.id: 0}, run, Drawing(quantity="test loss", x=x))
    assert list(frame["x"]) == expected
    assert list(frame["raw"]) == pytest.approx([2.9, 2.5, 2.6])
    assert frame["run"].unique().tolist() == ["Ours (baseline)"]
    assert frame["baseline"].all()


def test_the_chart_has_faint_raw_lines_only_where_it_smooths() -> None:
    plain, smooth = (prepared(overlay_chart(empty_overlay(), "test loss", "epoch", smooth=s)) for s in (False, True))
    assert len(smooth["layer"]) == len(plain["layer"]) + 1
    assert smooth["layer"][0]["encoding"]["y"]["field"] == "raw"


@pytest.mark.parametrize("x", X_TITLES)
@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_axis_can_be_logarithmic_and_then_leaves_0_out(quantity: str, x: str) -> None:
    spec = prepared(overlay_chart(empty_overlay(), quantity, x, log_x=True, log_y=True))
    lines = spec["layer"][0]
    assert [lines["encoding"][axis]["scale"]["type"] for axis in "xy"] == ["log", "log"]
    assert {"filter": "datum.x > 0"} in lines["transform"]
    assert (lines["encoding"]["x"]["title"], lines["encoding"]["y"]["title"]) == (X_TITLES[x], quantity.capitalize())


def test_the_chart_in_words_has_every_runs_last_value() -> None:
    wild = made_up("wild", (0.1, math.nan), config=OurConfig())
    assert overlay_words([made_up(), wild], Drawing()) == (
        "Test accuracy by epoch: Ours ends at 0.40000; wild ends at no number, it overflowed."
    )
