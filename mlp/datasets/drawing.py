"""A drawn digit reduced as the data set's pictures were: a 32 by 32 bitmap, and its ink counted over 4 by 4 blocks.

The authors took NIST's routines (M. D. Garris et al., NISTIR 5469, 1994), which fit a digit into a box, make its lines
thicker or thinner, and shear it upright. The 1797 pictures show each of these:

- Box: ink reaches the first and the last row of blocks in all of them. For every digit but the 1 it is about 20 pixels
  wide (medians 18.5 to 21; a 1 has 17, one in twenty less than 10), and its centre is at (16.3, 15.9).
- Ink: 313 pixels on average (standard deviation 34), 303 to 330 for each digit: a bare 1 is drawn with a pen twice as
  thick as a 0.
- Shear: the leftmost ink near the top stands above the leftmost ink near the bottom, within 0.25 pixels on average for
  every digit.
"""

import math
from collections.abc import Sequence

import numpy as np

from mlp.arrays import Array
from mlp.limits import MOST_STROKE_POINTS, MOST_STROKES

Strokes = tuple[Array, ...]

SIDE, BLOCK = 32, 4
DRAWING_SHAPE = (SIDE // BLOCK, SIDE // BLOCK)
BOX = np.array([20.0, 32.0])
INK = 313
# The radius that gives this ink to a digit with lines of the usual length, and the one that gives it to a bare 1
PEN, THICKEST = 2.5, 5.0
# What is narrower than that part of its height, or lower than that part of its width, is not stretched: a bare 1 would
# become a block. Of 600 digits from scripted strokes 93% were recognised so, and 76% where all kept their shape
THIN = 0.4
# NIST's: the rows next to the first and the last one are noisy
EDGE_ROWS, LEAST_HEIGHT = 2, 6
# Distances to so many segments at a time: a megabyte
CHUNK = 64


def read_strokes(value: object) -> Strokes:
    """Return strokes from what a browser sent, each (n, 2); none at all if it is anything but a drawing.

    Parameters
    ----------
    value : object
        At most `MOST_STROKES` lists of points [x, y] from 0 to 1, from the left and from the top, together at most
        `MOST_STROKE_POINTS`.
    """
    if not isinstance(value, list | tuple) or len(value) > MOST_STROKES or not all(map(is_stroke, value)):
        return ()
    if sum(map(len, value)) > MOST_STROKE_POINTS:
        return ()
    return tuple(np.array(points, dtype=np.float64) for points in value)


def is_stroke(points: object) -> bool:
    """Return whether these are one or more points."""
    return isinstance(points, list | tuple) and 0 < len(points) <= MOST_STROKE_POINTS and all(map(is_point, points))


def is_point(point: object) -> bool:
    """Return whether this is a pair of numbers from 0 to 1."""
    if not isinstance(point, list | tuple) or len(point) != 2:
        return False
    return all(type(number) in (int, float) and 0 <= number <= 1 for number in point)


def reduce_drawing(strokes: Strokes, *, fitted: bool = True) -> Array:
    """Return a drawing as a row of the data set, (64,) of 0 for paper to 16 for ink.

    Parameters
    ----------
    strokes : sequence of arrays (n, 2)
        As `read_strokes` returns them.
    fitted : bool
        Whether the drawing is fitted into the box, thickened and made upright as the data set's digits were; else it
        stays where it is, as large as it is.
    """
    if not strokes:
        return np.zeros((SIDE // BLOCK) ** 2)
    if not fitted:
        return block_counts(distances([points * SIDE for points in strokes]) <= PEN)
    distance = distances(fit(strokes))
    return block_counts(upright(distance <= pen_for(distance)))


def fit(strokes: Strokes) -> list[Array]:
    """Return strokes in pixels, in the middle, their ink as high and as wide as the box; what is thin keeps its shape.

    Parameters
    ----------
    strokes : sequence of arrays (n, 2)
        At least one, in any unit.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    return [(points - (low + high) / 2) * scales(high - low) + SIDE / 2 for points in strokes]


def scales(size: Array) -> Array:
    """Return the factors of width and height, (2,), by which lines of that size fit into the box with their ink."""
    if not size.any():
        return np.ones(2)
    factors = np.divide(BOX - 2 * PEN, size, out=np.full(2, math.inf), where=size > 0)
    return np.full(2, factors.min()) if size.min() < THIN * size.max() else factors


def distances(strokes: Sequence[Array]) -> Array:
    """Return how far the centre of each pixel is from the nearest line of a drawing in pixels, (32, 32)."""
    starts = np.concatenate([points[: max(len(points) - 1, 1)] for points in strokes])
    ends = np.concatenate([points[min(len(points) - 1, 1) :] for points in strokes])
    centres = np.indices((SIDE, SIDE))[::-1].reshape(2, -1, 1) + 0.5
    nearest = np.full(SIDE * SIDE, math.inf)
    for first in range(0, len(starts), CHUNK):
        part = slice(first, first + CHUNK)
        np.minimum(nearest, squared_distances(centres, starts[part].T, ends[part].T).min(axis=1), out=nearest)
    # Rounded, so that pixels that are equally far away are so wherever the drawing was
    return np.sqrt(nearest).reshape(SIDE, SIDE).round(9)


def squared_distances(places: Array, starts: Array, ends: Array) -> Array:
    """Return the squared distances of places (2, n, 1) from segments (2, m), (n, m); a segment may be a point."""
    (dx, dy), (x, y) = ends - starts, places - starts[:, np.newaxis]
    squared_length = dx**2 + dy**2
    share = np.clip((x * dx + y * dy) / np.where(squared_length > 0, squared_length, 1), 0, 1)
    return (x - share * dx) ** 2 + (y - share * dy) ** 2


def pen_for(distance: Array) -> float:
    """Return the radius of the pen that gives the data set's mean ink, or the thickest."""
    return min(float(np.partition(distance.ravel(), INK - 1)[INK - 1]), THICKEST)


def upright(bitmap: Array) -> Array:
    """Return a bitmap with ink, its rows shifted so that the leftmost ink near the top and near the bottom line up."""
    inked = np.flatnonzero(bitmap.any(axis=1))
    top, bottom = inked[0] + EDGE_ROWS, inked[-1] - EDGE_ROWS
    if inked[-1] - inked[0] < LEAST_HEIGHT or not (bitmap[top].any() and bitmap[bottom].any()):
        return bitmap
    slope = (int(bitmap[top].argmax()) - int(bitmap[bottom].argmax())) / (bottom - top)
    shift = np.round((np.arange(SIDE) - SIDE // 2) * slope).astype(int)
    column = np.arange(SIDE) - shift[:, np.newaxis]
    moved = np.take_along_axis(bitmap, np.clip(column, 0, SIDE - 1), axis=1)
    return moved & (column >= 0) & (column < SIDE)


def block_counts(bitmap: Array) -> Array:
    """Return how many pixels of each 4 by 4 block have ink, row by row, (64,)."""
    blocks = bitmap.reshape(SIDE // BLOCK, BLOCK, SIDE // BLOCK, BLOCK)
    return blocks.sum(axis=(1, 3)).ravel().astype(np.float64)
