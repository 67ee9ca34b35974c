"""The plane of a network: its stretches are what it says of every point, and tile the frame."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.datasets import DATASETS, split
from mlp.experiments.outcome.plane import STEPS, Frame, frame_of, in_the_plane, middles, stretches
from mlp.network import Layer, init_network, predict
from mlp.view.outcome.plane import plane_chart, plane_frame, plane_words

MOONS = split(DATASETS["two_moons"]())
NETWORK = init_network((2, 5, 3), hidden="tanh", loss="cross_entropy", rng=np.random.RandomState(3))


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error", "logistic_squared_error"])
def test_the_stretches_are_what_the_network_says_of_every_point(loss: str) -> None:
    network = replace(NETWORK, loss=loss)
    frame, points = frame_of(MOONS), 24
    found = stretches(network, frame, points)
    for x in middles(*frame.x, points):
        for y in middles(*frame.y, points):
            (here,) = [each for each in found if each.x <= x < each.x2 and each.y <= y < each.y2]
            assert here.said == predict(network, [[x, y]])[0]
            assert 0 <= here.sure < STEPS
    area = sum((each.x2 - each.x) * (each.y2 - each.y) for each in found)
    assert area == pytest.approx((frame.x[1] - frame.x[0]) * (frame.y[1] - frame.y[0]))
    # Few enough for a browser to draw them twice a second
    assert len(found) < points**2 / 2


def test_a_boundary_lies_where_it_was_put() -> None:
    # Class 1 where x > 0.25, as sure as can be away from there
    network = replace(NETWORK, layers=(Layer([[0.0, 0.0], [1e4, 0.0]], [0.0, -2.5e3]),))
    found = stretches(network, Frame((0.0, 1.0), (0.0, 1.0)), 40)
    assert {(round(each.x, 9), each.said, each.sure) for each in found} == {(0.0, 0, STEPS - 1), (0.25, 1, STEPS - 1)}
    assert plane_words("Ours", found, ("a", "b")) == "Ours says a in 25%, b in 75% of the plane that is shown."


def test_what_overflowed_says_nothing_and_four_features_have_no_plane() -> None:
    wild = replace(NETWORK, layers=(NETWORK.layers[0], Layer(np.full((3, 5), np.nan), np.zeros(3))))
    assert stretches(wild, frame_of(MOONS)) == []
    assert "overflowed" in plane_words("Ours", [], ("a", "b", "c"))
    assert (in_the_plane(MOONS), in_the_plane(split(DATASETS["iris"]()))) == (True, False)


def test_the_chart_has_the_ground_and_at_most_200_examples_of_each_set() -> None:
    frame = plane_frame(stretches(NETWORK, frame_of(MOONS)), MOONS, ("a", "b", "c"))
    counts = frame.groupby(["kind", "set"]).size()
    assert counts["point"].max() == 200
    assert counts["ground", ""] < 2000
    shut = split(DATASETS["two_moons"](), validation_size=0.2)
    assert set(plane_frame([], shut, ("a", "b", "c"))["set"]) == {"Training", "Validation"}
    spec = plane_chart(("a", "b", "c"), ("x", "y"), frame_of(MOONS)).to_dict()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rect", "point"]
