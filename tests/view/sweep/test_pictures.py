"""A sweep's pictures and words: what is drawn is what was trained, and each case of the verdict has its sentence."""

import math
from dataclasses import replace

import pytest

from mlp.experiments.config import MODELS, OURS, Comparison, DataConfig
from mlp.experiments.sweep.outcomes import CellResult, best_of, rivals
from mlp.experiments.sweep.plan import Axis, Sweep, cells
from mlp.view.charts import prepared
from mlp.view.sweep.curve import LOG, NAMED, curve_chart, curve_frame, spacing
from mlp.view.sweep.heat import heat_frame, heat_map
from mlp.view.sweep.parallel import parallel_chart, parallel_frame
from mlp.view.sweep.shares import shares_chart
from mlp.view.sweep.words import best_words, pictured_words, sweep_table

RATES = Axis("learning_rate_init", (0.001, 0.01, 0.1))
ONE = Sweep(Comparison(data=DataConfig(validation_size=0.2)), (RATES,), (1, 2, 3))
TWO = replace(ONE, axes=(RATES, Axis("activation", ("tanh", "relu"))))


def result(sweep: Sweep, place: int, *each: float) -> CellResult:
    return CellResult(OURS, cells(sweep)[place], each, True, 10.0, 0.5, 0.99)


def said(sweep: Sweep, *results: CellResult) -> str:
    best = best_of(results)
    return best_words(sweep, best, rivals(best, results) if best else (), sum(each.sound for each in results))


WORST, GOOD, BEST = result(ONE, 0, 0.1, 0.12, 0.11), result(ONE, 1, 0.94, 0.96, 0.95), result(ONE, 2, 0.95, 0.95, 0.96)


@pytest.mark.parametrize(
    ("sweep", "results", "words"),
    [
        (ONE, (WORST, GOOD, BEST), "1 of the 2 others can't be told from it, the rest is worse by more than chance"),
        (ONE, (GOOD, BEST), "The other one can't be told from it"),
        (ONE, (WORST, BEST), "The other one is worse by more than chance explains."),
        (ONE, (BEST,), "It is the only one that can be chosen."),
        (ONE, (result(ONE, 0, 0.9, math.nan, 0.9),), "No combination can be chosen"),
        (replace(ONE, seeds=(1,)), (result(ONE, 0, 0.9), result(ONE, 1, 0.1)), "With one seed it can't be told from"),
    ],
)
def test_each_case_has_its_sentence(sweep: Sweep, results: tuple[CellResult, ...], words: str) -> None:
    assert words in said(sweep, *results)


def test_the_best_is_told_with_its_interval() -> None:
    found = said(ONE, WORST, GOOD, BEST)
    assert found.startswith(
        "Best by validation: Ours, learning rate 0.1, with a mean accuracy of 0.953 (95% interval 0.9"
    )


def test_a_curve_has_each_mean_its_band_and_every_seed() -> None:
    frame = curve_frame(ONE, (WORST, BEST, result(ONE, 1, math.nan)))
    means = frame[frame["kind"] == "mean"]
    assert means["value"].tolist() == [0.001, 0.1]
    assert means["mean"].tolist() == pytest.approx([0.11, 0.95333], abs=1e-5)
    assert (means["low"] < means["mean"]).all()
    assert frame[frame["kind"] == "seed"]["each"].tolist() == [*WORST.each, *BEST.each]
    assert (spacing(ONE), spacing(replace(ONE, axes=TWO.axes[1:]))) == (LOG, NAMED)


def test_a_heat_map_has_a_cell_for_each_combination_and_frames_the_best() -> None:
    results = [result(TWO, place, 0.1 * place, 0.1 * place) for place in range(5)] + [result(TWO, 5, math.nan)]
    frame = heat_frame(TWO, results, results[4])
    assert len(frame) == 6
    assert frame[frame["best"]][["across", "up"]].to_numpy().tolist() == [list(map(str, results[4].cell))]
    assert frame["shade"].is_monotonic_increasing or frame["shade"].iloc[:5].is_monotonic_increasing
    assert frame["figure"].iloc[5] == "×"


def test_lines_go_through_each_axis_to_the_accuracy() -> None:
    results = [result(TWO, 0, 0.2, 0.4), result(TWO, 5, 0.9, 0.9)]
    lines = parallel_frame(TWO, results)
    lines = lines[lines["kind"] == "line"]
    assert lines["axis"].tolist() == ["Learning rate η", "Hidden activation", "Accuracy"] * 2
    assert lines["place"].tolist() == [0, 0, 0, 1, 1, 1]


def test_pictures_can_be_prepared_and_told() -> None:
    for chart in (
        curve_chart("alpha", LOG, MODELS), curve_chart("activation", NAMED, (OURS,)),
        heat_map(("alpha", "momentum"), (("0", "1"), ("0.5", "0.9")), OURS),
        parallel_chart(("alpha", "momentum", "tol"), (OURS,)), shares_chart(3, MODELS),
    ):  # fmt: skip
        assert "data" not in prepared(chart)
    assert "Highest: Ours, learning rate 0.1" in pictured_words(ONE, (WORST, BEST))
    table = sweep_table(ONE, (WORST, BEST, result(ONE, 1, math.nan)))
    assert table["Learning rate η"] == ["0.1", "0.001", "0.01"]
    assert table["Validation accuracy"] == ["0.953", "0.110", "overflowed"]
