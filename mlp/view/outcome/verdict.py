"""The verdict as charts, tables and words."""

import altair as alt
import pandas as pd

from mlp.datasets import noun_of
from mlp.experiments.evidence.statistics import mcnemar
from mlp.experiments.evidence.verdict import LEVEL, Verdict
from mlp.experiments.names import inside, told
from mlp.view.palette import MODEL_COLOURS, NEUTRAL, PEER
from mlp.view.shares import p_words, share, span

INTERVAL_COLUMNS = ("row", "value", "low", "high", "words", "colour")
DIFFERENCE = "Difference"
CHART_HEIGHT = 120
COMMON = "Always the most frequent class"
NO_INTERVAL = "–"
THIS_ONLY = (
    "This is about these two fitted networks, and about {noun} like these test {noun}. It can't tell whether other "
    "seeds, other splits or other data would say the same."
)


def accuracy_frame(verdict: Verdict) -> pd.DataFrame:
    """Return both accuracies with Wilson's intervals, a row a model."""
    rows = zip(verdict.names, verdict.right, (verdict.ours, verdict.peer), strict=True)
    return frame_of([(name, right / verdict.images, *interval) for name, right, interval in rows])


def difference_frame(verdict: Verdict) -> pd.DataFrame:
    """Return the difference of the accuracies with Tango's interval, as one row."""
    return frame_of([(DIFFERENCE, verdict.gap, *verdict.difference)])


def frame_of(rows: list[tuple[str, float, float, float]]) -> pd.DataFrame:
    """Return values and their intervals with what each says in words."""
    told = [
        (*row, f"{row[0]}: {share(row[1])}, interval {span(row[2], row[3])}", MODEL_COLOURS.get(row[0], NEUTRAL))
        for row in rows
    ]
    return pd.DataFrame(told, columns=INTERVAL_COLUMNS)


def interval_chart(frame: pd.DataFrame, title: str, *, zero: bool = False) -> alt.LayerChart | alt.FacetChart:
    """Return values as points on bars that span their intervals.

    Parameters
    ----------
    frame : DataFrame with INTERVAL_COLUMNS
    title : str
        Of the axis, with its unit.
    zero : bool
        Whether 0 is marked.
    """
    base = alt.Chart(frame).encode(
        y=alt.Y("row:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=140)),
        color=alt.Color("colour:N", legend=None, scale=None),
        tooltip=[alt.Tooltip("row:N", title=" "), *(alt.Tooltip(f"{name}:Q", format=".4f", title=name.capitalize())
                                                  for name in ("value", "low", "high"))],
    )  # fmt: skip
    # A lone tick at 0 would have six decimals
    axis = alt.Axis(tickCount=5, labelExpr="datum.value == 0 ? '0' : datum.label")
    x = alt.X("low:Q", title=title, scale=alt.Scale(zero=zero, padding=12), axis=axis)
    bars = base.mark_bar(height=14, cornerRadius=4, opacity=0.5, aria=False).encode(x=x, x2="high:Q")
    points = base.mark_point(filled=True, size=110, opacity=1).encode(x="value:Q", description="words:N")
    line = alt.Chart(frame).mark_rule(strokeDash=[4, 3], color=NEUTRAL, aria=False).encode(x=alt.datum(0))
    return alt.layer(*([line] if zero else []), bars, points).properties(height=CHART_HEIGHT)


def empty_intervals() -> pd.DataFrame:
    """Return no interval, for a chart that gets its data later."""
    return pd.DataFrame(columns=INTERVAL_COLUMNS)


def interval_words(frame: pd.DataFrame, title: str) -> str:
    """Return what a chart of intervals shows."""
    return f"{title}. {'; '.join(frame['words'])}."


def number_rows(verdict: Verdict) -> list[tuple[str, str, str]]:
    """Return the rows of the card's table: whose test accuracy, its value, its 95% interval."""
    (ours, peer), images = verdict.right, verdict.images
    rows = [
        (verdict.names[0], f"{share(ours / images)} ({ours} of {images})", span(*verdict.ours)),
        (verdict.names[1], f"{share(peer / images)} ({peer} of {images})", span(*verdict.peer)),
        (DIFFERENCE, share(verdict.gap), span(*verdict.difference)),
    ]
    if verdict.common is not None:
        rows.append((COMMON, f"{share(verdict.common / images)} ({verdict.common} of {images})", NO_INTERVAL))
    return rows


def pair_table(verdict: Verdict) -> dict[str, list[str]]:
    """Return the images by who is right as columns: a row for ours right or wrong, a column for the other."""
    both, only_ours, only_peer, neither = map(str, verdict.pairs)
    one, other = verdict.names
    return {
        verdict.noun.capitalize(): [f"{one} right", f"{one} wrong"],
        f"{other} right": [both, only_peer],
        f"{other} wrong": [only_ours, neither],
    }


def difference_title(verdict: Verdict) -> str:
    """Return what the difference is of."""
    one, other = verdict.names
    return f"{one} minus {other}'s" if other == PEER else "The first one's minus the second's"


def mcnemar_words(verdict: Verdict) -> str:
    """Return McNemar's p and what it is made of."""
    return (
        f"McNemar's exact test, of {verdict.pairs.only_ours} against {verdict.pairs.only_peer} {verdict.noun} on which "
        f"only one is right: {p_words(verdict.p_value)}"
    )


def room_words(verdict: Verdict) -> str:
    """Return how far apart the two may be, for all that the test set shows."""
    low, high = verdict.difference
    if low <= 0 <= high:
        return (
            f"That is no proof that they are equally good: a difference of anything from {span(low, high)} fits these "
            f"{verdict.noun} too (95% interval)."
        )
    name, ends = (verdict.names[0], (low, high)) if low > 0 else (verdict.names[1], (-high, -low))
    if verdict.differs:
        return f"{told(name)} is ahead by {span(*ends)} (95% interval)."
    return f"By the 95% interval {inside(name)} is ahead by {span(*ends)}, by the test it may be chance: see why below."


def method_words(verdict: Verdict) -> str:
    """Return how the numbers were made, and what to make of two that fall on different sides."""
    words = (
        "Intervals of 95%: Wilson's for an accuracy, Tango's score interval for the difference of two accuracies on "
        f"the same {verdict.noun}. With McNemar's p below {LEVEL:g} the sentence above says that one is better."
    )
    low, high = verdict.difference
    if low <= 0 <= high or verdict.differs:
        return words
    apart = verdict.apart
    least = mcnemar(apart, 0)
    words += (
        f" Here the interval leaves out 0 although p is not below {LEVEL:g}. The interval rests on a normal "
        "approximation; the test counts exactly, and errs on the careful side where few disagree. "
    )
    if least >= LEVEL:
        words += f"Of {apart} {verdict.noun} not even {apart} to 0 could bring p below {least:.3g}. "
    return f"{words}The sentence follows the test."


def scope_words(dataset: str) -> str:
    """Return what the verdict is about, for a data set of that name."""
    return THIS_ONLY.format(noun=noun_of(dataset))
