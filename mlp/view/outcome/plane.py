"""Where in the plane a network says which class: a chart with the examples on it."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from mlp.arrays import Array
from mlp.datasets import Split
from mlp.experiments.outcome.plane import STEPS, Frame, Stretch
from mlp.view.palette import CLASS_COLOURS, INK, TEST, TRAINING, VALIDATION

PLANE_COLUMNS = ("kind", "x", "x2", "y", "y2", "said", "sure", "set")
HEIGHT, MOST_POINTS = 320, 200  # of each set
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
LEGEND = (
    "The ground is what the network says, stronger where it is surer; a point is an example in the colour and shape of "
    "its own class, and the large ones did not train. The axes are the features as the network gets them."
)


def plane_frame(found: Sequence[Stretch], split: Split, classes: Sequence[str]) -> pd.DataFrame:
    """Return the ground and the examples in long form; of many examples of a set some, evenly.

    A test set that stays shut is not shown: the validation examples are in its place.
    """
    ground = [("ground", s.x, s.x2, s.y, s.y2, classes[s.said], s.sure, "") for s in found]
    sets = ((split.X_train, split.y_train, TRAINING), (*split.judging, VALIDATION if split.shut else TEST))
    points = [point for X, y, name in sets for point in some_points(X, y, name, classes)]
    return pd.DataFrame([*ground, *points], columns=PLANE_COLUMNS)


def some_points(X: Array, y: Array, name: str, classes: Sequence[str]) -> list[tuple]:
    """Return at most `MOST_POINTS` examples of a set as rows."""
    chosen = np.unique(np.linspace(0, len(X) - 1, min(len(X), MOST_POINTS)).astype(int))
    return [("point", X[i, 0], None, X[i, 1], None, classes[y[i]], 0, name) for i in chosen.tolist()]


def plane_chart(classes: Sequence[str], names: Sequence[str], frame: Frame) -> alt.LayerChart | alt.FacetChart:
    """Return the chart for data with PLANE_COLUMNS.

    Parameters
    ----------
    classes : sequence of str
    names : sequence of two str
        The features'.
    frame : Frame
        The part of the plane that is seen.
    """
    base = alt.Chart(pd.DataFrame(columns=PLANE_COLUMNS))
    colour = alt.Color(
        "said:N", title="Class", scale=classes_scale(classes, CLASS_COLOURS), legend=alt.Legend(orient="bottom")
    )
    x = alt.X("x:Q", title=names[0], scale=alt.Scale(domain=list(frame.x), nice=False), axis=alt.Axis(grid=False))
    y = alt.Y("y:Q", title=names[1], scale=alt.Scale(domain=list(frame.y), nice=False), axis=alt.Axis(grid=False))
    sizes = alt.Scale(domain=[TRAINING, TEST, VALIDATION], range=[18, 60, 60])
    opacities = alt.Scale(domain=list(range(STEPS)), range=np.linspace(0.15, 0.6, STEPS).round(2).tolist())
    ground = (
        base.mark_rect(aria=False, strokeWidth=0)
        .encode(
            x=x, x2="x2:Q", y=y, y2="y2:Q", color=colour, opacity=alt.Opacity("sure:O", legend=None, scale=opacities)
        )
        .transform_filter("datum.kind == 'ground'")
    )
    points = (
        base.mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=0.6, aria=False)
        .encode(
            x=x, y=y, color=colour,
            shape=alt.Shape("said:N", title="Class", scale=classes_scale(classes, SHAPES)),
            size=alt.Size("set:N", legend=None, scale=sizes),
            tooltip=[alt.Tooltip("said:N", title="Class"), alt.Tooltip("set:N", title="Set")],
        )
        .transform_filter("datum.kind == 'point'")
    )  # fmt: skip
    return alt.layer(ground, points).properties(height=HEIGHT)


def classes_scale(classes: Sequence[str], values: Sequence[str]) -> alt.Scale:
    """Return the scale that gives each class one of these in turn."""
    return alt.Scale(domain=list(classes), range=[values[k % len(values)] for k in range(len(classes))])


def plane_words(name: str, found: Sequence[Stretch], classes: Sequence[str]) -> str:
    """Return what the chart shows: how much of the plane is each class's."""
    total = sum(each.x2 - each.x for each in found)
    shares = [sum(s.x2 - s.x for s in found if s.said == k) / total for k in range(len(classes))] if found else []
    told = ", ".join(f"{classes[k]} in {share:.0%}" for k, share in enumerate(shares) if share)
    return (
        f"{name} says {told} of the plane that is shown." if told else f"{name} says nothing: its numbers overflowed."
    )
