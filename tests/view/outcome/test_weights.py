"""Weights as pictures: the right colour in the right place, one scale for all, exact numbers in the tooltips."""

import base64
import json
import re
import zlib

import numpy as np
import pytest

from mlp.view.charts import prepared
from mlp.view.outcome.weights import (
    CELL_COLUMNS,
    colours,
    full_colour,
    heatmap,
    input_names,
    layer_frame,
    rgb,
    scale_html,
    unit_frame,
    units_html,
)
from mlp.view.palette import NEGATIVE, POSITIVE, ZERO

W = np.array([[0.5, -0.25, 0.0, 1.0], [-1.0, 0.125, -0.5, 0.0], [0.0, 0.0, 0.0, 0.0]])


def pixels(address: str) -> np.ndarray:
    """Return the RGB picture in a PNG's address."""
    data = base64.b64decode(address.removeprefix("data:image/png;base64,"))
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    assert tuple(data[24:26]) == (8, 2)
    start = data.index(b"IDAT") + 4
    rows = np.frombuffer(zlib.decompressobj().decompress(data[start:]), dtype=np.uint8).reshape(height, 3 * width + 1)
    assert (rows[:, 0] == 0).all()
    return rows[:, 1:].reshape(height, width, 3)


def test_the_sign_gives_the_hue_and_the_size_its_strength():
    positive, negative, zero, half, beyond = colours(np.array([2.0, -2.0, 0.0, 1.0, 9.0]), 2.0)
    assert [tuple(each) for each in (positive, negative, zero)] == [tuple(rgb(c)) for c in (POSITIVE, NEGATIVE, ZERO)]
    assert np.abs(half - (rgb(POSITIVE) + rgb(ZERO)) / 2).max() <= 0.5
    assert (beyond == positive).all()


def test_the_full_colour_is_that_of_the_largest_weight_of_all():
    assert full_colour([W, -3 * W]) == 3.0
    assert full_colour([np.zeros((2, 2))]) == 1.0


def test_each_unit_is_a_picture_with_its_pixels_where_they_belong():
    html = units_html(W, (2, 2), 1.0, 1)
    sources = re.findall(r'src="([^"]*)"', html)
    assert len(sources) == 3
    for w, source in zip(W, sources, strict=True):
        assert (pixels(source) == colours(w.reshape(2, 2), 1.0)).all()
    assert re.findall(r'alt="([^"]*)"', html)[:2] == ["Unit 1: from −0.25 to 1", "Unit 2: from −1 to 0.125"]


def test_only_the_chosen_unit_is_marked():
    marked = [bool("aria-current" in each) for each in units_html(W, (2, 2), 1.0, 1).split("<figure ")[1:]]
    assert marked == [False, True, False]


def test_the_legend_names_both_ends():
    assert "<span>−0.397</span>" in scale_html(0.3971)
    assert "<span>0.397</span>" in scale_html(0.3971)


def test_a_unit_in_large_has_every_weight_and_its_colour():
    frame = unit_frame(W[0], (2, 2), 1.0)
    assert tuple(frame.columns) == CELL_COLUMNS
    assert list(zip(frame["row"], frame["column"], frame["weight"], strict=True)) == [
        (1, "1", 0.5), (1, "2", -0.25), (2, "1", 0.0), (2, "2", 1.0),
    ]  # fmt: skip
    assert frame["colour"].tolist()[2:] == [ZERO.lower(), POSITIVE.lower()]
    assert frame["words"][1] == "row 1, column 2: -0.250000"


def test_units_that_are_no_pictures_have_a_row_each():
    frame = layer_frame(W, input_names(4, ()), 1.0)
    assert len(frame) == W.size
    assert frame[(frame["row"] == 2) & (frame["column"] == "x3")]["weight"].tolist() == [-0.5]
    assert layer_frame(W, input_names(4, ("a", "b", "c", "d")), 1.0)["words"][1] == "unit 1, b: -0.250000"


@pytest.mark.parametrize(("across", "down"), [("Column", "Row"), ("Input", "Unit")])
def test_the_heatmap_tells_the_exact_weight_and_brings_no_data(across, down):
    spec = prepared(heatmap(across, down))
    assert json.loads(json.dumps(spec)) == spec
    assert [(tip["title"], tip.get("format")) for tip in spec["encoding"]["tooltip"]] == [
        (down, None), (across, None), ("Weight", ".6f"),
    ]  # fmt: skip
    assert spec["encoding"]["color"]["scale"] is None
