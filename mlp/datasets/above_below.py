"""Points above and below a curve that somebody typed, as a table of their own."""

import numpy as np

from mlp.datasets.formula import parsed, value

REACH, DRAWN, SEED, LEAST = 3.0, 400, 0, 20
ABOVE, BELOW = "above", "below"


def above_below_csv(formula: str) -> bytes:
    """Return a CSV of points with both coordinates from -3 to 3, each above or below the curve y = formula.

    The same formula gives the same points. Where it has no value there are none.

    Raises
    ------
    ValueError
        A sentence that says what is needed and what came: also if nearly all points lie on one side.
    """
    rng = np.random.RandomState(SEED)
    x, y = rng.uniform(-REACH, REACH, (2, DRAWN)).round(4)
    curve = value(parsed(formula), x)
    known = np.isfinite(curve)
    above = y > curve
    sides = {ABOVE: int(np.sum(above & known)), BELOW: int(np.sum(~above & known))}
    fewer = min(sides, key=lambda side: sides[side])
    if sides[fewer] < LEAST:
        raise ValueError(
            f"At least {LEAST} of {DRAWN} points are needed on each side of the curve, with x and y from {-REACH:g} to "
            f"{REACH:g}; {fewer} it there are {sides[fewer]}. Move it, as by adding a number."
        )
    rows = zip(x[known].tolist(), y[known].tolist(), above[known].tolist(), strict=True)
    lines = [f"{a:.4f},{b:.4f},{ABOVE if up else BELOW}\n" for a, b, up in rows]
    return "".join(("x1,x2,side\n", *lines)).encode()
