"""The verdict on two fitted networks in sentences, told by counts of test examples."""

from typing import TYPE_CHECKING

from mlp.experiments.names import inside, told

if TYPE_CHECKING:
    from mlp.experiments.evidence.verdict import Verdict

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Of so many examples one disagreement is "only" one
FEW = 20


def verdict_sentence(verdict: "Verdict") -> str:
    """Return what the test examples say about two fitted networks, and what stands in the way of more."""
    return " ".join((*idle_words(verdict), compared_words(verdict), *stopped_words(verdict)))


def compared_words(verdict: "Verdict") -> str:
    """Return how many examples tell the two apart, to whose side they fall, and what chance has to do with it."""
    apart, (first, second) = verdict.apart, verdict.only
    if not apart:
        return (
            f"None of {examples(verdict)} tells these two fitted networks apart: they are right on the same ones and "
            "wrong on the same ones."
        )
    if verdict.differs:
        name = inside(verdict.names[second > first])
        return (
            f"Of these two fitted networks {name} is the better on {verdict.noun} like these: {apart} of "
            f"{examples(verdict)} tell them apart, {sides(verdict)}, and if neither were better {chance(verdict)}."
        )
    if apart == 1:
        name = inside(verdict.names[second > first])
        start = f"Only one of {examples(verdict)} tells these two fitted networks apart: {name} is right on it"
        return f"{start}. One is too few to call either of them better."
    start = f"{verdict.apart} of {examples(verdict)} tell these two fitted networks apart, {sides(verdict)}"
    start = f"Only {start}" if apart * FEW <= verdict.images else start
    if abs(first - second) < 2:
        again = "" if apart % 2 else " They are right equally often, though not on the same ones."
        return f"{start}: as even as {number(apart)} can be.{again}"
    return f"{start}: if neither were better, {chance(verdict)}, too often to call one of them better."


def sides(verdict: "Verdict") -> str:
    """Return for whom the examples speak on which only one is right: "3 for ours and 2 for scikit-learn"."""
    parts = [f"{n} for {inside(name)}" for n, name in zip(verdict.only, verdict.names, strict=True) if n]
    if len(parts) == 2:
        return " and ".join(parts)
    return parts[0].replace("2 ", "both ", 1) if verdict.apart == 2 else f"all {parts[0]}"


def chance(verdict: "Verdict") -> str:
    """Return how often chance alone makes a split as uneven as the one that was seen."""
    return f"a split at least as uneven would come about by chance in {cases(verdict.p_value)}"


def cases(p_value: float) -> str:
    """Return a probability as a count: "3 of 1,000 cases"."""
    count = round(1000 * p_value)
    return {0: "fewer than 1 of 1,000 cases", 1000: "every case"}.get(count, f"{count} of 1,000 cases")


def idle_words(verdict: "Verdict") -> list[str]:
    """Return that a network is not shown to beat the most frequent class; no sentence if both are."""
    idle = [
        pair for pair, idle in zip(zip(verdict.names, verdict.right, strict=True), verdict.idle, strict=True) if idle
    ]
    if verdict.common is None or not idle:
        return []
    who = f"{told(idle[0][0])}, right on {idle[0][1]}, can't" if len(idle) == 1 else "Neither network can"
    most = "always saying the most frequent class of the training part"
    if all(right <= verdict.common for _, right in idle):
        so = f"nothing was learnt that these {verdict.noun} show"
    else:
        so = f"whether anything was learnt can't be told from these {verdict.noun}"
    return [
        f"{who} be shown to be better than {most}, which is right on {verdict.common} of {examples(verdict)}: {so}."
    ]


def stopped_words(verdict: "Verdict") -> list[str]:
    """Return whose training was stopped before its end; no one if none was."""
    stopped = [inside(name) for name, early in zip(verdict.names, verdict.stopped, strict=True) if early]
    if not stopped:
        return []
    if len(stopped) == 2:
        return ["Both trainings were stopped before their end: this is about the networks as they were then."]
    return [f"The training of {stopped[0]} was stopped before its end: this is about the network as it was then."]


def examples(verdict: "Verdict") -> str:
    """Return how many test examples there are: "360 test images"."""
    return f"{verdict.images} test {verdict.noun if verdict.images > 1 else verdict.noun.removesuffix('s')}"


def number(count: int) -> str:
    """Return a small count as a word, a larger one in figures."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
