"""The charts of many steps, each a table and a specification: loss, its change, the parameters' paths."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from mlp.exercises.descent import Descent

Spec = dict[str, Any]
MOST_POINTS = 300
# As many as the app's colour scheme tells apart
MOST_LINES = 6
# Pixels: of a chart, and of each row of a legend below it
HEIGHT, LEGEND_ROW = 260, 28
SHORT_NAME = "replace(replace(replace(datum.label, ' row ', ' '), ', column ', ','), ' entry ', ' ')"
CHANGES = ("real", "predicted")
PATHS = ("all examples at once", "one by one")


def shown_steps(descent: Descent) -> np.ndarray:
    """Return the steps that are drawn, first and last included: all of them, or 300 evenly apart."""
    last = len(descent.losses) - 1
    return np.unique(np.linspace(0, last, min(last + 1, MOST_POINTS)).round().astype(int))


def loss_table(descent: Descent) -> pd.DataFrame:
    """Return the loss after each step, with the exact number and the change of the step in words for the tooltip."""
    steps = shown_steps(descent)
    real, predicted = (["", *(repr(float(v)) for v in values)] for values in (descent.real, descent.predicted))
    return pd.DataFrame(
        {
            "step": steps,
            "loss": descent.losses[steps],
            "exact": [repr(float(descent.losses[k])) for k in steps],
            "real": [real[k] for k in steps],
            "predicted": [predicted[k] for k in steps],
        }
    )


def loss_spec(*, log: bool = False, momentum: bool = False) -> Spec:
    """Return the chart of `loss_table`, with a linear or a logarithmic axis; the latter leaves out what is 0."""
    predicted = "Predicted, g·v" if momentum else "Predicted, −η|g|²"
    y: Spec = {"field": "loss", "type": "quantitative", "scale": {"zero": True}, "title": "Loss"}
    if log:
        y |= {"scale": {"type": "log"}, "title": "Loss (log scale)", "axis": {"grid": False, "tickCount": 6}}
    tips = {"step": "Step", "exact": "Loss", "real": "Change in this step", "predicted": predicted}
    return {**curves({"y": y}, tips), "transform": [{"filter": "datum.loss > 0"}] if log else []}


def change_table(descent: Descent) -> pd.DataFrame:
    """Return the real and the predicted change of the loss in each step, a row for each."""
    steps = shown_steps(descent)[1:]
    values = np.concatenate([descent.real[steps - 1], descent.predicted[steps - 1]])
    return long_table(np.tile(steps, 2), np.repeat(CHANGES, len(steps)), values)


def change_spec() -> Spec:
    """Return the chart of `change_table`: the straight line's promise beside what came of it."""
    y = {"field": "value", "type": "quantitative", "title": "Change of the loss"}
    series: Spec = {"field": "series", "type": "nominal", "title": None, "sort": list(CHANGES)}
    encoding = {"y": y, **coloured(series, CHANGES), "strokeDash": {**series, "scale": dashes(CHANGES)}}
    return curves(encoding, {"step": "Step", "series": "Change", "exact": "Value"}, legend_rows=1)


def moving_most(descent: Descent, count: int = MOST_LINES) -> tuple[str, ...]:
    """Return the names of the parameters that are the furthest from their start, the furthest first."""
    moved = np.abs(descent.parameters[-1] - descent.parameters[0])
    return tuple(descent.names[k] for k in np.argsort(-moved, kind="stable")[:count])


def parameter_table(descent: Descent, names: Sequence[str]) -> pd.DataFrame:
    """Return the values of the named parameters after each step, a row for each."""
    steps = shown_steps(descent)
    columns = [descent.names.index(name) for name in names]
    values = descent.parameters[np.ix_(steps, np.array(columns))].T.ravel()
    return long_table(np.tile(steps, len(names)), np.repeat(names, len(steps)), values)


def parameter_spec(names: Sequence[str]) -> Spec:
    """Return the chart of `parameter_table`: a line for each of up to six parameters."""
    series: Spec = {"field": "series", "type": "nominal", "title": None}
    y = {"field": "value", "type": "quantitative", "title": "Parameter", "scale": {"zero": False}}
    encoding = {"y": y, **coloured(series, names), "strokeDash": {**series, "scale": dashes(names)}}
    return curves(encoding, {"step": "Step", "series": "Parameter", "exact": "Value"}, legend_rows=2)


def plane_table(batch: Descent, single: Descent, names: tuple[str, str]) -> pd.DataFrame:
    """Return where two parameters are after each step of both paths: all examples at once, and one by one."""
    tables = [plane_points(path, descent, names) for path, descent in zip(PATHS, (batch, single), strict=True)]
    return pd.concat(tables, ignore_index=True)


def plane_points(path: str, descent: Descent, names: tuple[str, str]) -> pd.DataFrame:
    """Return where two parameters are after each step of one path."""
    steps = shown_steps(descent)
    x, y = (descent.parameters[steps, descent.names.index(name)] for name in names)
    exact = {"exact_x": [repr(float(v)) for v in x], "exact_y": [repr(float(v)) for v in y]}
    return pd.DataFrame({"path": path, "step": steps, "x": x, "y": y, **exact})


def plane_spec(names: tuple[str, str]) -> Spec:
    """Return the chart of `plane_table`: a path of points in the plane of two parameters."""
    path: Spec = {"field": "path", "type": "nominal", "title": None, "sort": list(PATHS)}
    x, y = (
        {"field": field, "type": "quantitative", "title": name, "scale": {"zero": False}, "axis": {"tickCount": 6}}
        for field, name in zip("xy", names, strict=True)
    )
    tips = {"path": "Path", "step": "Step", "exact_x": names[0], "exact_y": names[1]}
    line = {"strokeDash": {**path, "scale": dashes(PATHS)}, "order": {"field": "step"}}
    point = {"shape": {**path, "scale": {"domain": list(PATHS), "range": ["circle", "square"]}}}
    return {
        **framed({"x": x, "y": y, **coloured(path, PATHS)}, legend_rows=1),
        "layer": [
            {"mark": {"type": "line", "tooltip": None}, "encoding": line},
            {"mark": {"type": "point", "filled": True, "size": 55, "opacity": 1}, "encoding": point | tooltip(tips)},
        ],
    }


def long_table(steps: np.ndarray, series: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    """Return a row for each value, with its exact text."""
    exact = [repr(value) for value in values.tolist()]
    return pd.DataFrame({"step": steps, "series": series, "value": values, "exact": exact})


def curves(encoding: Spec, tips: dict[str, str], legend_rows: int = 0) -> Spec:
    """Return lines over the steps; the points of the step that is pointed at appear and tell their numbers."""
    step = {"field": "step", "type": "quantitative", "title": "Step", "axis": {"tickMinStep": 1, "format": "d"}}
    pointed = {"type": "point", "nearest": True, "on": "pointerover", "clear": "pointerout", "fields": ["step"]}
    seen = {"opacity": {"condition": {"param": "pointed", "empty": False, "value": 1}, "value": 0}}
    point = {"type": "point", "filled": True, "size": 60}
    plain = {name: channel for name, channel in encoding.items() if name != "strokeDash"}
    return {
        **framed({"x": step}, legend_rows),
        "layer": [
            {"mark": {"type": "line", "tooltip": None}, "encoding": encoding},
            {
                "mark": point,
                "encoding": {**plain, **seen, **tooltip(tips)},
                "params": [{"name": "pointed", "select": pointed}],
            },
        ],
    }


def framed(encoding: Spec, legend_rows: int) -> Spec:
    """Return what every chart has in common."""
    schema = "https://vega.github.io/schema/vega-lite/v6.json"
    return {"$schema": schema, "height": HEIGHT + LEGEND_ROW * legend_rows, "encoding": encoding}


def coloured(series: Spec, names: Sequence[str]) -> Spec:
    """Return the colour of a series: the theme's colours in the order of the names, with a legend below."""
    legend = {"orient": "bottom", "columns": 3, "symbolType": "stroke", "symbolStrokeWidth": 2, "labelExpr": SHORT_NAME}
    return {"color": {**series, "scale": {"domain": list(names)}, "legend": legend}}


def dashes(names: Sequence[str]) -> Spec:
    """Return a dash for each name, the first one solid, so that no line is known by its colour alone."""
    patterns = [[1, 0], [6, 4], [2, 2], [8, 3, 2, 3], [12, 4], [4, 2, 1, 2]]
    return {"domain": list(names), "range": patterns[: len(names)]}


def tooltip(fields: dict[str, str]) -> Spec:
    """Return the tooltip with these fields under their titles, all as text so that every digit is kept."""
    return {"tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in fields.items()]}
