"""The app's colours: ours, scikit-learn, training and test look the same in every chart.

Okabe and Ito's colours, which colour-blind readers tell apart; dashes say the same once more without colour.
"""

from mlp.experiments.config import OURS, PEER

TRAINING, TEST = "Training", "Test"

MODEL_COLOURS = {OURS: "#0072B2", PEER: "#D55E00"}
SET_DASHES = {TRAINING: (6, 4), TEST: (1, 0)}
RIGHT, WRONG = "#009E73", "#CC79A7"
INK = "#1C2536"
CHOSEN = "#E69F00"
# Neither model: readable on paper and on the blackboard
NEUTRAL = "#808080"
# Classes of a data set; with more of them than colours, the shapes of the points go on telling them apart
CLASS_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", NEUTRAL)
# A colour and a dash for each of ten runs in one chart; the first two are those of ours and of scikit-learn
RUN_LOOKS = (
    ("#0072B2", (1, 0)),
    ("#D55E00", (7, 3)),
    ("#009E73", (2, 3)),
    ("#CC79A7", (9, 3, 2, 3)),
    ("#E69F00", (4, 2)),
    ("#56B4E9", (12, 4)),
    ("#8C6BB1", (2, 6)),
    ("#8C6D31", (9, 3, 2, 3, 2, 3)),
    ("#808080", (5, 5)),
    ("#C44E52", (14, 3, 2, 3)),
)
# Signs of a weight, as in the network diagram, and the paper between them
POSITIVE, NEGATIVE, ZERO = "#0072B2", "#C44E00", "#F5F2EA"
LAYER_DASHES = ((1, 0), (7, 4), (2, 3), (9, 3, 2, 3))
