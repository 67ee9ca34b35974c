"""The network diagram: units, biases and edges with the numbers of a solution, as a chart."""

import altair as alt

from mlp.exercises.solve import Solution
from mlp.view.diagram.data import diagram_table
from mlp.view.diagram.quantities import Choice, step_view
from mlp.view.diagram.spec import diagram_spec
from mlp.view.diagram.words import KEY, diagram_alt

__all__ = ["KEY", "Choice", "diagram_alt", "diagram_spec", "diagram_table", "network_diagram", "step_view"]
WIDTH = 700


def network_diagram(solution: Solution, choice: Choice | None = None) -> alt.LayerChart:
    """Return the diagram as a chart of its own, for a notebook or a file.

    A page draws the same by `st.vega_lite_chart(diagram_table(solution, choice), diagram_spec(sizes))`, without the
    checks of the specification that take most of the time here.
    """
    table = diagram_table(solution, choice or Choice())
    spec = {**diagram_spec(solution.exercise.network.sizes), "width": WIDTH}
    return alt.LayerChart.from_dict({**spec, "data": {"values": table.to_dict("records")}})
