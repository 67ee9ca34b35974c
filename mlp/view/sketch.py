"""The ornament of the home page: the sheet's network as a small drawing, forward and backward."""

from itertools import pairwise, product

from mlp.view.palette import BACKWARD, DRAWN, FORWARD

WIDTH, HEIGHT, RADIUS = 460, 238, 15
COLUMNS, TOP, SPACING = (50, 170, 290, 410), 84, 44


def units(sizes: tuple[int, ...]) -> list[list[tuple[float, float]]]:
    """Return the centre of every unit, layer by layer, each layer centred on the same height."""
    return [
        [(x, TOP + SPACING * (unit - (size - 1) / 2)) for unit in range(size)]
        for x, size in zip(COLUMNS, sizes, strict=True)
    ]


def edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Draw one weight, faint, from the rim of one unit to the rim of the next."""
    ends = f'x1="{start[0] + RADIUS}" y1="{start[1]}" x2="{end[0] - RADIUS}" y2="{end[1]}"'
    return f'<line {ends} stroke-opacity=".45" stroke-width="1"/>'


def arrow(y: float, start: int, end: int, colour: str, text: str) -> str:
    """Draw a long arrow below the network with its name in the middle."""
    back = 7 if start < end else -7
    head = f"M{end - back} {y - 5} L{end} {y} L{end - back} {y + 5}"
    letters = f'fill="{colour}" stroke="none" font-size="19" font-weight="700"'
    label = f'<text x="{WIDTH / 2}" y="{y - 7}" {letters}>{text}</text>'
    return f'<path d="M{start} {y} H{end} {head}" stroke="{colour}" stroke-width="2" fill="none"/>{label}'


def network_svg(sizes: tuple[int, int, int, int] = (4, 4, 3, 3)) -> str:
    """Return the network as SVG text."""
    layers = units(sizes)
    edges = "".join(edge(*pair) for left, right in pairwise(layers) for pair in product(left, right))
    circles = "".join(
        f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="{DRAWN}" fill-opacity=".16"/>'
        for layer in layers
        for x, y in layer
    )
    arrows = arrow(200, 50, 410, FORWARD, "forward") + arrow(230, 410, 50, BACKWARD, "backward")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" stroke="{DRAWN}" stroke-width="2" '
        f'text-anchor="middle" font-family="Georgia, serif" font-style="italic" fill="none">'
        f"{edges}{circles}{arrows}</svg>"
    )
