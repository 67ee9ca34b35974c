"""How the models of a sweep look in a legend."""

from typing import Literal

import altair as alt


def lines_legend(orient: Literal["top", "bottom"]) -> alt.Legend:
    """Return a legend of lines as strong as they are drawn, however faint a band or a seed is."""
    return alt.Legend(orient=orient, symbolType="stroke", symbolStrokeWidth=2, symbolSize=300, symbolOpacity=1)
