"""Weights as pictures: blue is positive, orange negative, paper zero, on one scale for all."""

from collections.abc import Iterable, Sequence

import altair as alt
import numpy as np
import pandas as pd

from mlp.arrays import Array
from mlp.view.numbers import format_number
from mlp.view.outcome.gallery import png_address
from mlp.view.palette import CHOSEN, NEGATIVE, POSITIVE, ZERO

CELL_COLUMNS = ("row", "column", "weight", "colour", "words")
DECIMALS = 3
UNIT_HEIGHT = 300
# From so many units on their pictures are smaller
MANY = 100
STYLE = """<style>
.bbh-units {display: grid; grid-template-columns: repeat(auto-fill, 64px); gap: .45rem .4rem; padding: 4px;
  max-height: 37rem; overflow-y: auto}
@media (max-width: 640px) {.bbh-units {grid-template-columns: repeat(auto-fill, 48px); max-height: 30rem}}
.bbh-units.bbh-many {grid-template-columns: repeat(auto-fill, 40px)}
.bbh-units figure {margin: 0; text-align: center; font-size: .7rem; line-height: 1.35;
  font-variant-numeric: tabular-nums}
.bbh-units img {display: block; width: 100%; image-rendering: pixelated; border-radius: 3px;
  outline: 1px solid color-mix(in srgb, currentColor 20%, transparent)}
.bbh-units figure[aria-current] {font-weight: 700}
.bbh-units figure[aria-current] img {outline: 3px solid CHOSEN}
.bbh-scale {display: flex; align-items: center; gap: .5rem; font-size: .84rem; font-variant-numeric: tabular-nums}
.bbh-scale i {width: 9rem; max-width: 40%; height: .8rem; border-radius: 3px;
  outline: 1px solid color-mix(in srgb, currentColor 20%, transparent)}
</style>""".replace("CHOSEN", CHOSEN)


def full_colour(matrices: Iterable[Array]) -> float:
    """Return the largest absolute number in any of the matrices, 1 if all are 0: it has the full colour in each."""
    return max(float(np.abs(W).max()) for W in matrices) or 1.0


def colours(weights: Array, scale: float) -> Array:
    """Return the colour of each weight, uint8 (..., 3): paper at 0, full blue or orange at plus or minus scale."""
    share = np.clip(np.asarray(weights) / scale, -1.0, 1.0)[..., np.newaxis]
    ends = np.where(share > 0, rgb(POSITIVE), rgb(NEGATIVE))
    return np.round(rgb(ZERO) + np.abs(share) * (ends - rgb(ZERO))).astype(np.uint8)


def rgb(colour: str) -> Array:
    """Return the red, green and blue of a colour written as #0072B2."""
    return np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)], dtype=float)


def units_html(W: Array, shape: tuple[int, int], scale: float, chosen: int) -> str:
    """Return units as an HTML list of pictures, numbered from 1; the chosen one has a frame.

    Parameters
    ----------
    W : array of shape (units, height * width)
    shape : tuple of height and width
    scale : float
        The weight with the full colour.
    chosen : int
        Its index, from 0.
    """
    images = colours(W, scale).reshape(len(W), *shape, 3)
    figures = "".join(unit_html(at, W[at], image, at == chosen) for at, image in enumerate(images))
    size = " bbh-many" if len(W) >= MANY else ""
    return f'{STYLE}<div class="bbh-units{size}" role="list" tabindex="0">{figures}</div>'


def unit_html(unit: int, weights: Array, image: Array, chosen: bool) -> str:
    """Return one unit's picture with its number; its tooltip says from where to where the weights go."""
    low, high = (format_number(float(each), DECIMALS) for each in (weights.min(), weights.max()))
    words, current = f"Unit {unit + 1}: from {low} to {high}", ' aria-current="true"' if chosen else ""
    source = f'<img src="{png_address(image)}" alt="{words}" title="{words}" decoding="sync">'
    return f'<figure role="listitem"{current}>{source}<figcaption>{unit + 1}</figcaption></figure>'


def scale_html(scale: float) -> str:
    """Return the colours' legend: the weights at both ends."""
    end = format_number(scale, DECIMALS)
    strip = f'<i style="background: linear-gradient(to right, {NEGATIVE}, {ZERO}, {POSITIVE})"></i>'
    return f'{STYLE}<div class="bbh-scale"><span>−{end}</span>{strip}<span>{end}</span></div>'


def unit_frame(weights: Array, shape: tuple[int, int], scale: float) -> pd.DataFrame:
    """Return one unit's weights as a picture in long form, a row a pixel; rows and columns count from 1.

    Parameters
    ----------
    weights : array of shape (height * width,)
    shape : tuple of height and width
    scale : float
        The weight with the full colour.
    """
    columns = [str(column + 1) for column in range(shape[1])]
    return cell_frame(np.asarray(weights).reshape(shape), columns, scale, "row {}, column {}")


def layer_frame(W: Array, names: Sequence[str], scale: float) -> pd.DataFrame:
    """Return the weights of units in long form, a row for each unit, counted from 1, and each input, by its name."""
    return cell_frame(W, names, scale, "unit {}, {}")


def input_names(n: int, names: Sequence[str]) -> list[str]:
    """Return the names of n inputs: the data's own, or x1, x2, ..."""
    return list(names) or [f"x{at + 1}" for at in range(n)]


def cell_frame(weights: Array, columns: Sequence[str], scale: float, place: str) -> pd.DataFrame:
    """Return a matrix of weights in long form, each with its colour and words."""
    painted = [f"#{bytes(colour).hex()}" for colour in colours(weights, scale).reshape(-1, 3)]
    rows = [
        (i + 1, columns[j], float(weight), colour, f"{place.format(i + 1, columns[j])}: {weight:.6f}")
        for ((i, j), weight), colour in zip(np.ndenumerate(weights), painted, strict=True)
    ]
    return pd.DataFrame(rows, columns=CELL_COLUMNS)


def heatmap(across: str, down: str, side: int | None = None) -> alt.Chart:
    """Return the chart of a matrix of weights, for data with CELL_COLUMNS; the tooltip has the exact weight.

    Parameters
    ----------
    across, down : str
        What its columns and its rows are.
    side : int, optional
        Pixels of the side of a cell; by default the cells fill what room there is.
    """
    few = alt.Axis(labelAngle=0, labelOverlap=True, labelLimit=90)
    size = {"width": alt.Step(side), "height": alt.Step(side)} if side else {"height": UNIT_HEIGHT}
    return (
        alt.Chart(pd.DataFrame(columns=CELL_COLUMNS))
        .mark_rect()
        .encode(
            x=alt.X("column:O", title=across, sort=None, axis=few),
            y=alt.Y("row:O", title=down, axis=few),
            color=alt.Color("colour:N", scale=None),
            description="words:N",
            tooltip=[
                alt.Tooltip("row:O", title=down),
                alt.Tooltip("column:O", title=across),
                alt.Tooltip("weight:Q", title="Weight", format=".6f"),
            ],
        )
        .properties(**size)
    )
