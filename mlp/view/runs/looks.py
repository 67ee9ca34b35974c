"""How runs look: each has a colour and a dash of its own, the same in every table, legend and chart."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape

from mlp.view.palette import RUN_LOOKS

WIDTH, HEIGHT, CELL_HEIGHT = 56, 12, 26
STYLE = """<style>
.bbh-lines {display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .84rem}
.bbh-lines div {display: flex; align-items: center; gap: .45rem; overflow-wrap: anywhere}
.bbh-lines img {flex: none}
</style>"""


def slots_of(ids: Sequence[str], before: Mapping[str, int]) -> dict[str, int]:
    """Return which look each of at most ten runs has: the one it had before, or the first that is free.

    Parameters
    ----------
    ids : sequence of str
        The runs in one chart.
    before : dict of int
        The looks of the chart before.
    """
    kept = {id: before[id] for id in ids if id in before}
    free = iter(slot for slot in range(len(RUN_LOOKS)) if slot not in kept.values())
    return {id: kept[id] if id in kept else next(free) for id in ids}


def swatch_address(slot: int | None, height: int = HEIGHT) -> str:
    """Return a short piece of a run's line as the address of an SVG picture that holds it; an empty one for None."""
    line = "" if slot is None else line_svg(slot, height / 2)
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{line}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def line_svg(slot: int, y: float) -> str:
    """Return a horizontal line in a run's colour and dash."""
    colour, dash = RUN_LOOKS[slot]
    pattern = "" if dash[1] == 0 else f' stroke-dasharray="{" ".join(map(str, dash))}"'
    return f'<line x1="0" y1="{y}" x2="{WIDTH}" y2="{y}" stroke="{colour}" stroke-width="3"{pattern}/>'


def swatch_html(slot: int) -> str:
    """Return a short piece of a run's line as an HTML picture; beside the run's name it says nothing more."""
    return f'<img src="{swatch_address(slot)}" width="{WIDTH}" height="{HEIGHT}" alt="">'


def legend_html(names: Sequence[str], slots: Sequence[int]) -> str:
    """Return the runs' lines with their names as an HTML list."""
    entries = "".join(
        f'<div role="listitem">{swatch_html(slot)}<span>{escape(name)}</span></div>'
        for name, slot in zip(names, slots, strict=True)
    )
    return f'{STYLE}<div class="bbh-lines" role="list" aria-label="Lines of the chart">{entries}</div>'
