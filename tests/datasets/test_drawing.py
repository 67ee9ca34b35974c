"""A drawing's way to 64 counts: by hand where that can be done, and what must not matter or must not get through."""

import math

import numpy as np
import pytest

from mlp.datasets import digits
from mlp.datasets.drawing import (
    INK,
    PEN,
    THICKEST,
    block_counts,
    distances,
    fit,
    read_strokes,
    reduce_drawing,
    upright,
)
from mlp.limits import MOST_STROKE_POINTS, MOST_STROKES

ANGLES = np.linspace(0, 2 * math.pi, 40)
RING = np.c_[0.5 + 0.2 * np.cos(ANGLES), 0.5 + 0.3 * np.sin(ANGLES)]
SEVEN = np.array([[0.3, 0.2], [0.7, 0.2], [0.45, 0.8]])
BAR = np.array([[0.5, 0.2], [0.5, 0.8]])


def seen(*strokes, fitted=True):
    """Return a drawing as the picture that the models see."""
    return reduce_drawing(tuple(np.array(points) for points in strokes), fitted=fitted).reshape(8, 8)


def test_a_full_bitmap_counts_16_everywhere() -> None:
    counts = block_counts(np.ones((32, 32), dtype=bool))
    assert counts.dtype == np.float64
    assert counts.tolist() == [16.0] * 64


def test_a_block_of_ink_is_one_count() -> None:
    bitmap = np.zeros((32, 32), dtype=bool)
    bitmap[8:12, 20:24] = True
    bitmap[31, 0] = True
    expected = np.zeros((8, 8))
    expected[2, 5], expected[7, 0] = 16, 1
    np.testing.assert_array_equal(block_counts(bitmap).reshape(8, 8), expected)


def test_counts_add_up_to_the_ink() -> None:
    bitmap = np.random.default_rng(0).random((32, 32)) < 0.3
    assert block_counts(bitmap).sum() == bitmap.sum()


def test_distances_are_to_the_nearest_point_of_a_segment() -> None:
    found = distances([np.array([[4.5, 4.5], [12.5, 4.5]])])
    # Row 4 is the segment's; before its start and after its end the way is to the end
    assert found[4, 4:13].tolist() == [0.0] * 9
    assert found[9, 7] == 5.0
    assert found[7, 0] == 5.0
    assert found[8, 15] == 5.0


def test_many_segments_and_single_points_are_measured_like_few() -> None:
    path = np.random.default_rng(1).uniform(0, 32, (200, 2))
    together = distances([path, np.array([[3.0, 30.0]])])
    alone = [distances([path[i : i + 2]]) for i in range(199)] + [distances([np.array([[3.0, 30.0]])])]
    np.testing.assert_allclose(together, np.min(alone, axis=0), atol=1e-12)


def test_a_drawing_as_it_is_stays_in_its_place() -> None:
    # A dot on the corner of four pixels: 21 centres of pixels lie within 2.5 of it, in four blocks
    counts = seen([[0.25, 0.5]], fitted=False)
    centres = [(x + 0.5, y + 0.5) for x in range(-4, 4) for y in range(-4, 4)]
    ink = sum(math.hypot(*centre) <= PEN for centre in centres)
    assert counts.sum() == ink
    assert counts[3:5, 1:3].tolist() == [[ink / 4, ink / 4]] * 2


@pytest.mark.parametrize("drawing", [[RING], [SEVEN], [BAR], [SEVEN, SEVEN[:, ::-1]]])
def test_where_and_how_large_one_draws_does_not_matter(drawing) -> None:
    moved = [0.5 * points - [0.1, 0.08] for points in drawing]
    np.testing.assert_array_equal(seen(*moved), seen(*drawing))


def test_where_one_draws_matters_without_fitting() -> None:
    assert (seen(RING, fitted=False) != seen(RING - [0.15, 0], fitted=False)).any()


def test_a_fitted_drawing_is_as_high_as_wide_and_as_inked_as_the_data_sets() -> None:
    picture, real = seen(RING), digits()
    zeros = real.X[real.y == 0].reshape(-1, 8, 8)
    assert picture.any(axis=1).all()
    assert picture.any(axis=0).tolist() == [False, *[True] * 6, False]
    assert INK <= picture.sum() < INK + 8
    assert abs(INK - real.X.sum(axis=1).mean()) < 1
    # As like the mean zero as zeros are
    distance = np.linalg.norm(zeros - zeros.mean(axis=0), axis=(1, 2))
    assert np.linalg.norm(picture - zeros.mean(axis=0)) < np.median(distance)


def test_a_bare_1_keeps_its_shape_and_gets_a_thick_pen() -> None:
    points = fit((np.add(BAR, [[0, 0], [0.002, 0]]),))[0]
    assert np.ptp(points[:, 1]) == pytest.approx(32 - 2 * PEN)
    assert np.ptp(points[:, 0]) < 0.1
    picture = seen(BAR)
    assert picture[:, 3:5].min() == 16
    assert picture[:, [0, 1, 6, 7]].sum() == 0
    assert INK - 10 < picture.sum() <= 32 * 2 * THICKEST


def test_a_slanting_1_is_set_upright() -> None:
    slanting = seen([[0.65, 0.2], [0.35, 0.8]])
    (left,) = {int(row.argmax()) for row in slanting[[0, -1]] > 0}
    assert left in (2, 3)
    assert np.ptp([(row @ np.arange(8)) / row.sum() for row in slanting]) < 0.5


def test_shearing_shifts_rows_by_hand() -> None:
    bitmap = np.zeros((32, 32), dtype=bool)
    # Leftmost ink moves by one pixel a row: afterwards all of it is in column 16
    bitmap[np.arange(32), np.arange(32)] = True
    assert upright(bitmap)[:, 16].all()
    assert upright(bitmap).sum() == 32


def test_what_is_low_is_not_sheared() -> None:
    bitmap = np.zeros((32, 32), dtype=bool)
    bitmap[np.arange(10, 15), np.arange(5, 10)] = True
    np.testing.assert_array_equal(upright(bitmap), bitmap)


@pytest.mark.parametrize("drawing", [[[[0.4, 0.4]]], [[[0.1, 0.5], [0.9, 0.5]]], [[[0.2, 0.2]], [[0.2, 0.2]]]])
def test_a_dot_and_a_dash_are_pictures_too(drawing) -> None:
    picture = seen(*drawing)
    assert 0 < picture.max() <= 16
    assert np.isfinite(picture).all()


def test_no_stroke_is_no_ink() -> None:
    assert reduce_drawing(()).tolist() == [0.0] * 64


def test_strokes_are_read_as_they_were_sent() -> None:
    strokes = read_strokes([[[0, 1], [0.25, 0.5]], [[0.5, 0.5]]])
    assert [points.tolist() for points in strokes] == [[[0.0, 1.0], [0.25, 0.5]], [[0.5, 0.5]]]
    assert len(read_strokes([[[0.5, 0.5]]] * MOST_STROKES)) == MOST_STROKES
    assert len(read_strokes([[[0.5, 0.5]] * MOST_STROKE_POINTS])[0]) == MOST_STROKE_POINTS


@pytest.mark.parametrize(
    "hostile",
    [
        None, 7, "strokes", {"0": []}, [None], [[]], ["ab"], [[1, 2]], [[["a", "b"]]], [[[0.5]]], [[[0.5, 0.5, 0.5]]],
        [[[math.nan, 0.5]]], [[[0.5, math.inf]]], [[[10**400, 0]]], [[[-0.1, 0.5]]], [[[True, False]]], [[[None, 0]]],
        [[[[0.5], 0.5]]], [{"x": 1}], [[{"x": 0.1, "y": 0.2}]],
        [[[0.5, 0.5]]] * (MOST_STROKES + 1), [[[0.5, 0.5]] * (MOST_STROKE_POINTS + 1)],
        [[[0.5, 0.5]] * MOST_STROKE_POINTS, [[0, 0]]],
    ],
)  # fmt: skip
def test_anything_but_a_drawing_is_an_empty_one(hostile) -> None:
    assert read_strokes(hostile) == ()
