"""The network diagram as a Vega-Lite specification: it depends on the layer sizes only, the data carries the rest."""

from collections.abc import Sequence
from typing import Any

from mlp.view.diagram.layout import MANY_EDGES, largest_layer, row_count
from mlp.view.palette import DIAGRAM

Spec = dict[str, Any]
# Pixels from row to row, for so many rows and more; pixels of the heads above; the margins left and right, in columns
PITCHES = ((6, 54), (5, 60), (4, 70), (0, 84))
HEAD, MARGIN = 40, 0.5
HIT_WIDTH = 11

# A chart knows its theme's background but not its text colour: ink and colours follow from the background
LIGHT = "luminance(background) > 0.5"
COLOURS = {name: f"{LIGHT} ? '{paper}' : '{board}'" for name, (paper, board) in DIAGRAM.items()}
COLOUR = "datum.sign == 'positive' ? positive : datum.sign == 'negative' ? negative : neutral"
DASH = "datum.sign == 'negative' ? [6, 4] : [1, 0]"
CHOSEN = "(isDefined(part.part) && part.part[0] == datum.part)"
ANY = "(isDefined(part.part) || isDefined(hover.part))"
EDGE_WIDTH = f"0.9 + thick * sqrt(datum.size) + ({CHOSEN} ? 2 : 0)"

UNIT_TIPS = {
    "1": "{title: datum.symbol, 'value': 'always 1'}",
    "x": "{title: datum.symbol, 'x': datum.value}",
    "h": "{title: datum.symbol, 'z': datum.z, 'h': datum.value, '∂L/∂h': datum.dh, '∂L/∂z': datum.gradient}",
    "p": "{title: datum.symbol, 'z': datum.z, 'p': datum.value, '∂L/∂p': datum.dh, '∂L/∂z': datum.gradient}",
    "ŷ": "{title: datum.symbol, 'z': datum.z, 'ŷ': datum.value, '∂L/∂ŷ': datum.dh, '∂L/∂z': datum.gradient}",
}
EDGE_TIPS = {
    letter: f"merge({{title: datum.symbol, '{name}': datum.value}}, "
    f"datum.share == '' ? {{}} : {{'this example’s ∂L/∂{name}': datum.share}}, "
    f"{{'∂L/∂{name}': datum.gradient, 'new {name}': datum.after}})"
    for letter, name in (("W", "w"), ("b", "b"))
}
EDGE_TIP = f"=datum.letter == 'b' ? {EDGE_TIPS['b']} : {EDGE_TIPS['W']}"


def diagram_spec(sizes: Sequence[int]) -> Spec:
    """Return the specification for a network of these sizes; its data is `diagram_table`'s.

    A click chooses a unit or an edge in the selection "part"; what is pointed at is in the selection "hover".

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer, inputs first.
    """
    rows, columns = row_count(sizes), len(sizes)
    pitch = next(pitch for least, pitch in PITCHES if rows >= least)
    thickest = 2.4 if largest_layer(sizes) > MANY_EDGES else 3.0
    expressions = {**pixels(columns, thickest), **COLOURS}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "height": rows * pitch + HEAD,
        "usermeta": {"embedOptions": {"renderer": "svg"}},
        "params": [{"name": name, "expr": expression} for name, expression in expressions.items()],
        "encoding": {
            "x": axis("x", [-MARGIN, columns - 1 + MARGIN]),
            "y": axis("y", [rows, -HEAD / pitch]),
            "description": {"field": "spoken", "type": "nominal"},
        },
        "layer": [*edge_layers(), *unit_layers(), *edge_labels(), *unit_texts(), *head_texts()],
    }


def pixels(columns: int, thickest: float) -> dict[str, str]:
    """Return the sizes that follow from the width of the chart, as expressions."""
    return {
        "space": f"width / {columns - 1 + 2 * MARGIN}",
        "radius": "clamp(space * 0.2, 11, 17)",
        "thick": f"clamp(space * 0.03, 1, {thickest})",
        "letters": "clamp(space * 0.16, 10, 13)",
    }


def axis(field: str, domain: list[float]) -> Spec:
    """Return a position without an axis."""
    return {"field": field, "type": "quantitative", "scale": {"domain": domain, "nice": False}, "axis": None}


def touched(*fields: str) -> str:
    """Return the test whether what is pointed at or chosen is in one of the fields of a row."""
    inside = ", ".join(f"datum.{field}" for field in fields)
    return " || ".join(f"(isDefined({s}.part) && indexof([{inside}], {s}.part[0]) >= 0)" for s in ("hover", "part"))


def mark(kind: str, **properties: object) -> Spec:
    """Return a mark; a text that starts with "=" is an expression."""
    made = {
        name: {"expr": value[1:]} if isinstance(value, str) and value.startswith("=") else value
        for name, value in properties.items()
    }
    return {"type": kind, "tooltip": None, "aria": False, **made}


def edge_layers() -> list[Spec]:
    """Return the marker below the marked edges, the edges, and wide invisible ones that are easy to hit."""
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    clear = f"{touched('part', 'source', 'target')} ? 1 : ({ANY} && !datum.marked ? 0.4 : 1) * datum.opacity"
    line = {"color": f"={COLOUR}", "strokeDash": f"={DASH}", "strokeWidth": f"={EDGE_WIDTH}"}
    edge = mark("rule", **line, opacity=f"={clear}", aria=True)
    band = mark("rule", color="=marker", strokeWidth=f"=({EDGE_WIDTH}) + 5", strokeCap="round")
    hit = mark("rule", strokeWidth=HIT_WIDTH, opacity=0, tooltip=EDGE_TIP, cursor="pointer")
    is_edge = "datum.kind == 'edge'"
    return [
        {"transform": [{"filter": f"{is_edge} && datum.marked"}], "mark": band, "encoding": ends},
        {"transform": [{"filter": is_edge}], "mark": edge, "encoding": ends},
        {"transform": [{"filter": is_edge}], "mark": hit, "encoding": ends, "params": selections()},
    ]


def selections() -> list[Spec]:
    """Return the selections: by a click, and by pointing."""
    point = {"type": "point", "fields": ["part"], "toggle": False}
    return [
        {"name": "part", "select": {**point, "on": "click"}},
        {"name": "hover", "select": {**point, "on": "pointerover", "clear": "pointerout"}},
    ]


def unit_layers() -> list[Spec]:
    """Return the ring around marked units, the units, and the tint of their values."""
    is_unit = "datum.kind == 'unit' || datum.kind == 'one'"
    area = "PI * pow(radius * (datum.kind == 'one' ? 0.72 : 1), 2)"
    tip = "=" + " : ".join(f"datum.letter == '{letter}' ? {tip}" for letter, tip in UNIT_TIPS.items()) + " : null"
    outline = "datum.kind == 'one' || datum.sign == '' ? quiet : datum.sign == 'zero' ? neutral"
    form = {"shape": "=datum.kind == 'one' ? 'square' : 'circle'", "size": f"={area}"}
    width = f"={CHOSEN} ? 4 : {touched('part')} ? 2.5 : 1.6"
    line: Spec = {"stroke": f"={outline} : {COLOUR}", "strokeDash": f"={DASH}", "strokeWidth": width}
    disc = mark("point", filled=False, **form, **line, fill="=background", strokeOpacity="=datum.opacity", opacity=1,
                tooltip=tip, cursor="pointer", aria=True)  # fmt: skip
    tint = mark("point", filled=True, **form, color=f"={COLOUR}", opacity="=0.5 * datum.size * datum.opacity")
    line = {"stroke": "=ink", "strokeWidth": 2.2, "fill": "=marker", "opacity": 1}
    ring = mark("point", filled=False, size="=PI * pow(radius + 5, 2)", **line)
    return [
        {"transform": [{"filter": f"({is_unit}) && datum.marked"}], "mark": ring},
        {"transform": [{"filter": is_unit}], "mark": disc},
        {"transform": [{"filter": is_unit}], "mark": tint},
    ]


def unit_texts() -> list[Spec]:
    """Return the units' names inside them and their numbers below."""
    style = {"fontSize": "=letters", "fontStyle": "italic", "color": "=ink", "opacity": "=datum.opacity"}
    name = mark("text", text="=datum.name", **style)
    fits = "=space > 14 + 7 * length(datum.text) ? datum.text : datum.short"
    number: Spec = {"text": fits, "dy": "=radius + (datum.marked ? 14 : 9)", "fontSize": "=clamp(space * 0.16, 10, 12)"}
    named, numbered = "datum.kind == 'unit' || datum.kind == 'one'", "datum.kind == 'unit' && datum.text != ''"
    layers = [(named, name), *((numbered, made) for made in haloed(number, "datum.opacity"))]
    return [{"transform": [{"filter": test}], "mark": made} for test, made in layers]


def haloed(text: Spec, opacity: str) -> list[Spec]:
    """Return a text on a halo of the background's colour, so that it is legible on edges."""
    halo = {"color": "=background", "stroke": "=background", "strokeWidth": 4, "strokeJoin": "round"}
    return [
        mark("text", **text, **halo, opacity=f"={opacity} > 0 ? 0.85 : 0"),
        mark("text", **text, color="=ink", opacity=f"={opacity}"),
    ]


def edge_labels() -> list[Spec]:
    """Return the numbers of edges: of all in a small network, in any of those that end at what is touched.

    Where the columns are too close for numbers between them, the tooltip alone tells them.
    """
    small = "(datum.labelled && space > 150 && datum.opacity > 0.4)"
    arriving, leaving = (f"space > 105 && ({touched(*ends)})" for ends in (("part", "target"), ("source",)))
    label = {"text": "=datum.text", "fontSize": 11}
    early, late = (haloed(label, f"({test} ? 1 : 0)") for test in (f"{small} || {arriving}", leaving))
    return [*placed(0.3, early), *placed(0.7, late)]


def placed(share: float, marks: list[Spec]) -> list[Spec]:
    """Return layers that draw marks at a share of the way along each edge."""
    transform = [
        {"filter": "datum.kind == 'edge'"},
        {"calculate": f"datum.x + {share} * (datum.x2 - datum.x)", "as": "x"},
        {"calculate": f"datum.y + {share} * (datum.y2 - datum.y)", "as": "y"},
    ]
    return [{"transform": transform, "mark": m} for m in marks]


def head_texts() -> list[Spec]:
    """Return the heads of the columns."""
    place = {"baseline": "top", "fontSize": "=letters - 1", "color": "=quiet"}
    title = mark("text", text="=datum.name", dy=-HEAD + 4, **place)
    quantity = mark("text", text="=datum.text", dy=-HEAD + 20, fontStyle="italic", **{**place, "color": "=ink"})
    return [{"transform": [{"filter": "datum.kind == 'head'"}], "mark": m} for m in (title, quantity)]
