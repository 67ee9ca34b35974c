"""The app's colours: ours, scikit-learn, training and test look the same in every chart.

Okabe and Ito's hues, which colour-blind readers tell apart; dashes say the same once more without colour. Their orange,
pink, sky and green are darkened until a line in each stands out from paper and from the blackboard by 3 to 1 at least
(WCAG 2.2, 1.4.11): one chart is drawn for both themes.
"""

from collections.abc import Iterable

from mlp.experiments.config import FIRST, OURS, PEER, SECOND

TRAINING, TEST, VALIDATION = "Training", "Test", "Validation"

BLUE, VERMILION, GREEN, PINK, ORANGE, SKY = "#0072B2", "#D55E00", "#009C72", "#C66A9D", "#B57D00", "#1B90D2"
MODEL_COLOURS = {OURS: BLUE, PEER: VERMILION, FIRST: BLUE, SECOND: VERMILION}
SET_DASHES = {TRAINING: (6, 4), TEST: (1, 0)}
HELD_OUT_DASHES = {VALIDATION: (2, 3)}  # beside them where early stopping holds examples out
SHUT_DASHES = {TRAINING: (6, 4), VALIDATION: (1, 0)}  # while the test set stays shut
RIGHT, WRONG = GREEN, PINK
INK = "#1C2536"
CHOSEN = ORANGE
# Letters that say something went wrong: as the model's vermilion, but to be read
BAD = "light-dark(#B24F00, #E8743B)"
# Neither model: readable on paper and on the blackboard
NEUTRAL = "#808080"
# Classes of a data set; with more of them than colours, the shapes of the points go on telling them apart
CLASS_COLOURS = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, NEUTRAL)
# A colour and a dash for each of ten runs in one chart; the first two are those of ours and of scikit-learn
RUN_LOOKS = (
    (BLUE, (1, 0)),
    (VERMILION, (7, 3)),
    (GREEN, (2, 3)),
    (PINK, (9, 3, 2, 3)),
    (ORANGE, (4, 2)),
    (SKY, (12, 4)),
    ("#8C6BB1", (2, 6)),
    ("#8C6D31", (9, 3, 2, 3, 2, 3)),
    (NEUTRAL, (5, 5)),
    ("#C44E52", (14, 3, 2, 3)),
)
# Signs of a weight, as in the network diagram, and the paper between them
POSITIVE, NEGATIVE, ZERO = BLUE, "#C44E00", "#F5F2EA"
LAYER_DASHES = ((1, 0), (7, 4), (2, 3), (9, 3, 2, 3))
# The network diagram, on paper and on the blackboard
DIAGRAM = {
    "ink": (INK, "#ECF0EA"),
    "quiet": ("#5B6472", "#A9B5AE"),
    "positive": (POSITIVE, "#56B4E9"),
    "negative": (NEGATIVE, "#F08A50"),
    "neutral": ("#848B96", "#84908A"),
    "marker": ("#FFD778", "#5F4A17"),
}
# An image can't take its colours from the page's theme: these are seen on paper and on the blackboard
DRAWN, FORWARD, BACKWARD = "#7C8794", "#2E86C1", "#D9692A"
# A page to print: its letters, the sheet, and the lines to write on
PRINTED, SHEET, RULED = "#111111", "#FFFFFF", "#777777"


def colours_of(models: Iterable[str]) -> dict[str, str]:
    """Return the colours of these models, as a chart's legend has them and no others."""
    return {model: MODEL_COLOURS[model] for model in models}
