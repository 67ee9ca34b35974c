"""The network diagram shows the solution's numbers, marks the step, and hides what is covered."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from mlp import init_network
from mlp.exercises import Exercise, Solution, sheet_exercise, solution_steps, solve
from mlp.view.diagram.data import diagram_columns
from mlp.view.diagram.quantities import VIEWS, Choice, step_view
from mlp.view.diagram.words import diagram_alt


def solution_of(
    sizes: tuple[int, ...] = (3, 4, 2), n: int = 1, reduction: str = "sum", loss: str = "cross_entropy"
) -> Solution:
    rng = np.random.default_rng(5)
    X, Y = rng.normal(size=(n, sizes[0])), np.eye(sizes[-1])[rng.integers(sizes[-1], size=n)]
    return solve(Exercise(init_network(sizes, loss=loss, rng=rng), X, Y, 0.5, tuple(range(n)), reduction))


def diagram_table(solution: Solution, choice: Choice) -> pd.DataFrame:
    """Return the diagram's columns as a table."""
    return pd.DataFrame(diagram_columns(solution, choice))


def words_of(solution: Solution, choice: Choice) -> str:
    """Return the diagram in words."""
    return diagram_alt(solution, choice, diagram_columns(solution, choice))


def rows(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    return table[table["kind"] == kind].set_index("part")


@pytest.mark.parametrize("sizes", [(1, 1), (2, 2, 2), (4, 4, 3, 3), (8, 8, 8, 8, 8, 8, 8), (8, 1, 8)])
@pytest.mark.parametrize("show", VIEWS)
def test_every_unit_bias_and_weight_has_a_row_and_a_place_of_its_own(sizes: tuple[int, ...], show: str) -> None:
    table = diagram_table(solution_of(sizes), Choice(show))
    pairs = list(zip(sizes, sizes[1:], strict=False))
    assert len(rows(table, "edge")) == sum(n_out * (n_in + 1) for n_in, n_out in pairs)
    assert len(rows(table, "one")) == len(pairs)
    assert table["part"].is_unique
    units = pd.concat([rows(table, "unit"), rows(table, "one")])
    assert len(units) == sum(sizes) + len(pairs)
    assert not units[["x", "y"]].duplicated().any()
    assert set(rows(table, "edge")["source"]) | set(rows(table, "edge")["target"]) <= set(units.index)


def test_edges_begin_and_end_where_their_units_are() -> None:
    table = diagram_table(solution_of(), Choice())
    units = pd.concat([rows(table, "unit"), rows(table, "one")])
    for _, edge in rows(table, "edge").iterrows():
        assert tuple(units.loc[edge["source"], ["x", "y"]]) == (edge["x"], edge["y"])
        assert tuple(units.loc[edge["target"], ["x", "y"]]) == (edge["x2"], edge["y2"])


def test_exact_numbers_are_the_solutions_to_the_last_digit() -> None:
    solution = solution_of(n=2)
    table = diagram_table(solution, Choice("gradients", example=1))
    edge, bias = rows(table, "edge").loc["edge 2 1 3"], rows(table, "edge").loc["bias 1 4"]
    unit = rows(table, "unit").loc["unit 1 2"]
    gradients, passed = solution.gradients, solution.forward_pass
    assert float(edge["value"]) == solution.exercise.network.layers[1].W[0, 2]
    assert float(edge["gradient"]) == gradients.W[2][0, 2]
    assert float(edge["share"]) == gradients.z[2][1, 0] * passed.h[1][1, 2]
    assert float(edge["after"]) == solution.network.layers[1].W[0, 2]
    assert float(bias["after"]) == solution.network.layers[0].b[3]
    assert [float(unit[name]) for name in ("z", "value", "dh", "gradient")] == [
        *(passed.z[1][1, 1], passed.h[1][1, 1], gradients.h[1][1, 1], gradients.z[1][1, 1])
    ]


def test_the_examples_shares_add_up_to_what_the_batch_shows() -> None:
    solution = solution_of(n=3, reduction="mean")
    shares = [rows(diagram_table(solution, Choice("gradients", example=j)), "edge")["share"] for j in range(3)]
    batch = rows(diagram_table(solution, Choice("gradients", example=None)), "edge")["gradient"]
    np.testing.assert_allclose(sum(s.astype(float) for s in shares), batch.astype(float), rtol=0, atol=1e-15)


def test_colour_and_width_follow_sign_and_size_of_what_is_shown() -> None:
    solution = solve(sheet_exercise("q2"))
    edges = rows(diagram_table(solution, Choice("gradients")), "edge")
    assert set(edges.loc[edges["x"] == 2.0, "sign"]) == {"positive", "negative"}
    assert set(edges.loc[edges["x"] < 2.0, "sign"]) == {"zero"}
    assert edges.loc["bias 3 2", "size"] == 1.0
    assert (edges.loc[edges["x"] < 2.0, "size"] == 0.0).all()
    weights = rows(diagram_table(solution, Choice("weights")), "edge")
    assert set(weights["sign"]) == {"positive"}
    np.testing.assert_allclose(weights["size"], 0.1)


def test_an_update_is_the_new_parameter_less_the_old() -> None:
    table = diagram_table(solve(sheet_exercise("q1")), Choice("update", decimals=8))
    assert rows(table, "edge").loc["edge 3 2 1", "text"] == "0.01782465"


@pytest.mark.parametrize(
    ("step", "parts"),
    [
        ("h0", ["unit 0 1", "unit 0 2", "unit 0 3"]),
        ("z1", ["unit 1 1", "unit 1 2", "unit 1 3", "unit 1 4"]),
        ("output", ["unit 2 1", "unit 2 2"]),
        ("L", ["unit 2 1", "unit 2 2"]),
        ("dz2", ["unit 2 1", "unit 2 2"]),
        ("db2", ["bias 2 1", "bias 2 2"]),
        ("b1 new", ["bias 1 1", "bias 1 2", "bias 1 3", "bias 1 4"]),
        ("dW2", [f"edge 2 {i} {j}" for i in (1, 2) for j in (1, 2, 3, 4)]),
    ],
)
def test_a_step_marks_its_quantity_and_fades_the_rest(step: str, parts: list[str]) -> None:
    table = diagram_table(solution_of(), Choice(step_view(step), marked=step)).set_index("part")
    assert list(table.index[table["marked"]]) == parts
    others = table[(table["kind"] == "edge") & ~table["marked"]]
    assert (others["opacity"] < 0.2).all()
    assert (table.loc[parts, "opacity"] == 1.0).all()


def test_every_step_of_a_solution_has_a_place_in_the_diagram() -> None:
    solution = solution_of(n=2)
    for step in solution_steps(solution):
        assert diagram_table(solution, Choice(step_view(step.name), marked=step.name))["marked"].any(), step.name


def test_the_marked_quantity_stands_at_its_units() -> None:
    solution = solution_of()
    shown = rows(diagram_table(solution, Choice("activations", marked="z1", decimals=9)), "unit")
    np.testing.assert_allclose(
        [float(t.replace("−", "-")) for t in shown.loc["unit 1 1":"unit 1 4", "text"]],
        solution.forward_pass.z[1][0],
        rtol=0,
        atol=1e-9,
    )
    assert list(shown.loc["unit 1 1":"unit 1 2", "name"]) == ["z₁", "z₂"]


@pytest.mark.parametrize("show", VIEWS)
def test_what_is_covered_is_nowhere_in_the_data(show: str) -> None:
    solution = solution_of(n=2)
    steps = [step.name for step in solution_steps(solution) if step.name != "h0"]
    table = diagram_table(solution, Choice(show, covered=steps))
    units, edges = rows(table, "unit"), rows(table, "edge")
    later = units[units["x"] > 0]
    assert set(later[["value", "gradient", "z", "dh"]].to_numpy().ravel()) == {"?"}
    assert set(later["text"]) <= {"?", ""}
    assert set(later["sign"]) <= {""}
    assert set(edges[["gradient", "share", "after"]].to_numpy().ravel()) == {"?"}
    if show in ("gradients", "update"):
        assert set(edges["text"]) == {"?"}
        assert set(edges["size"]) == {0.0}


def test_a_covered_layer_does_not_tell_its_size_through_the_widths_of_others() -> None:
    solution = solution_of()
    edges = rows(diagram_table(solution, Choice("gradients", covered=["dW2", "db2"])), "edge")
    assert edges["size"].max() == 1.0


def test_numbers_that_overflow_are_said_in_words() -> None:
    exercise = sheet_exercise("q1")
    linear = replace(exercise.network, hidden="identity")
    solution = solve(replace(exercise, network=linear, X=np.full((2, 4), 1e308)))
    for show in VIEWS:
        table = diagram_table(solution, Choice(show))
        numbers = table[["text", "short", "value", "gradient", "after", "z", "dh"]].to_numpy().ravel()
        assert not {"nan", "inf", "-inf"} & set(numbers)
        assert table["size"].between(0.0, 1.0).all()
    assert {"too large", "too small"} <= set(table["gradient"]) | set(table["after"])


def test_an_unknown_view_is_refused() -> None:
    with pytest.raises(ValueError, match="show needs one of weights, activations, gradients, update; got 'loss'"):
        Choice("loss")


def test_the_words_say_what_the_picture_shows() -> None:
    words = words_of(solve(sheet_exercise("q1")), Choice("gradients", marked="dW3"))
    assert "4 inputs, hidden layers of 4 and 3 units and 3 outputs" in words
    assert "∂L/∂z[3]: 0.16396, −0.83604, 0.16396." in words
    assert "Its 47 derivatives of the loss by the weights and biases: 8 positive, 31 negative, 8 zero." in words
    assert "Largest: b[3] entry 2 −0.83604," in words
    assert words.endswith("Marked is the step dW3.")


def test_the_words_keep_what_is_covered_to_themselves() -> None:
    solution = solve(sheet_exercise("q1"))
    words = words_of(solution, Choice("gradients", covered=["dW3", "dz3", "db3"]))
    assert "∂L/∂z[3]: ?, ?, ?." in words
    assert "12 covered" in words
    assert "0.836" not in words
    assert "All are 0.1." in words_of(solution, Choice())
