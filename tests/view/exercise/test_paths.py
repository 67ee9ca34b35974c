"""The charts of many steps: valid specifications, tables of exact numbers, and words that say the same."""

from dataclasses import replace

import altair as alt
import numpy as np
import pytest

from mlp.exercises import sheet_exercise
from mlp.exercises.descent import Descent, descend, one_by_one
from mlp.view.exercise import paths
from mlp.view.exercise.path_words import change_alt, loss_alt, parameter_alt, plane_alt

TWO = ("W[3] row 2, column 1", "b[3] entry 2")


def descent_of(steps: int = 10, **changes: object) -> Descent:
    return descend(replace(sheet_exercise("q1"), selected=(0, 1), **changes), steps)


def fields_of(spec: object) -> set[str]:
    """Return every field that a specification draws."""
    if isinstance(spec, dict):
        own = {spec["field"]} if isinstance(spec.get("field"), str) else set()
        return own.union(*(fields_of(value) for value in spec.values()))
    return set().union(*(fields_of(value) for value in spec)) if isinstance(spec, list) else set()


@pytest.mark.parametrize("steps", [0, 1, 10])
def test_every_specification_is_valid_and_finds_its_fields_in_its_table(steps: int) -> None:
    descent = descent_of(steps)
    charts = [
        (paths.loss_spec(), paths.loss_table(descent)),
        (paths.loss_spec(log=True), paths.loss_table(descent)),
        (paths.change_spec(), paths.change_table(descent)),
        (paths.parameter_spec(TWO), paths.parameter_table(descent, TWO)),
        (paths.plane_spec(TWO), paths.plane_table(descent, one_by_one(sheet_exercise("q1")), TWO)),
    ]
    for spec, table in charts:
        alt.LayerChart.from_dict({**spec, "data": {"values": []}}).to_dict()
        assert fields_of(spec) <= set(table.columns)


def test_the_loss_table_tells_every_digit() -> None:
    descent = descent_of()
    table = paths.loss_table(descent)
    assert [float(text) for text in table["exact"]] == list(descent.losses)
    assert table["real"][0] == table["predicted"][0] == ""
    assert float(table["real"][3]) == descent.real[2]
    assert float(table["predicted"][10]) == descent.predicted[9]


def test_real_and_predicted_changes_stand_side_by_side() -> None:
    descent = descent_of()
    table = paths.change_table(descent).pivot(index="step", columns="series", values="value")
    np.testing.assert_array_equal(table["real"], descent.real)
    np.testing.assert_array_equal(table["predicted"], descent.predicted)
    assert list(table.index) == list(range(1, 11))


def test_a_long_path_is_drawn_with_300_points_first_and_last_included() -> None:
    descent = descent_of(1000)
    table = paths.loss_table(descent)
    assert len(table) == 300
    assert table["step"].iloc[[0, -1]].tolist() == [0, 1000]
    assert table["loss"].iloc[-1] == descent.losses[-1]


def test_the_parameters_that_move_most_are_the_furthest_from_their_start() -> None:
    descent = descent_of()
    names = paths.moving_most(descent, 4)
    moved = dict(zip(descent.names, np.abs(descent.parameters[-1] - descent.parameters[0]), strict=True))
    assert len(names) == 4
    assert min(moved[name] for name in names) >= max(m for name, m in moved.items() if name not in names)
    table = paths.parameter_table(descent, names)
    assert table["value"].iloc[-1] == descent.parameters[-1, descent.names.index(names[-1])]
    assert len(table) == 4 * 11


def test_both_paths_start_at_one_point() -> None:
    exercise = replace(sheet_exercise("q1"), selected=(0, 1))
    table = paths.plane_table(descend(exercise, 1), one_by_one(exercise), TWO)
    starts = table[table["step"] == 0]
    assert len(starts) == 2
    assert len(starts[["x", "y"]].drop_duplicates()) == 1
    assert table.groupby("path").size().to_dict() == {"all examples at once": 2, "one by one": 3}


def test_the_words_say_where_paths_begin_and_end() -> None:
    descent = descent_of(1)
    assert loss_alt(descent) == (
        "Loss over 1 step: 0.72926 at the start, 0.61938 at the end, lowest 0.61938 after step 1."
    )
    assert "−0.10988 in the first, −0.12489 predicted; the loss rises in 0." in change_alt(descent)
    assert change_alt(descent_of(0)) == "No step, no change of the loss."
    assert parameter_alt(descent, TWO[:1]) == "Parameters over 1 step: W[3] row 2, column 1 from 0.1 to 0.10912."
    words = plane_alt(descent, one_by_one(replace(sheet_exercise("q1"), selected=(0, 1))), TWO)
    assert "all examples at once ends at 0.10912, 0.16169" in words
