"""The whole sheet: what is given, and the solution in its phases, in one piece of plain data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlp.exercises.explained.steps import Step
from mlp.view.sheet.blocks import Block, equation_of
from mlp.view.sheet.names import SUBSCRIPTS, form_of, spoken

PHASES = {
    "forward": ("Forward pass", "From the inputs to the output, layer by layer. A column is an example."),
    "loss": ("Loss", "How far the output is from the target."),
    "backward": ("Backward pass", "How the loss changes with every quantity, from the last layer to the first."),
    "update": ("Update", "Every parameter moves against its derivative, η times as far."),
}
WITH_MOMENTUM = "Every parameter moves by its velocity v: μ times the one before, minus η times the derivative."
INDEXED = ("z", "h", "output", "L", "dz", "dW", "db", "vW", "vb", "W new", "b new", "L after")


@dataclass(frozen=True)
class Note:
    """A remark in the solution: the step it follows, and HTML of words of ours and MathML."""

    after: str
    html: str


@dataclass(frozen=True)
class Sheet:
    """A question's sheet.

    Attributes
    ----------
    given : tuple of Block
        What can be changed, or is only given.
    steps : tuple of Step
        The solution's; none where it is hidden.
    blocks : tuple of Block
        One for each step.
    notes : tuple of Note
    remarks : mapping of str to tuple of str
        More sentences under the heading of a phase.
    legend : str
        What the small numbers below the weights are; empty where there are none.
    prefix : str
        In front of the names of phases and blocks, where there is another sheet on the page.
    """

    given: tuple[Block, ...]
    steps: tuple[Step, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    remarks: Mapping[str, tuple[str, ...]] | None = None
    legend: str = ""
    prefix: str = ""

    @property
    def as_data(self) -> dict[str, object]:
        """The sheet as plain data, which JSON can carry."""
        return {
            "given": [block.as_data for block in self.given],
            "legend": self.legend,
            "phases": list(self.phases()),
            "notes": {note.after: note.html for note in self.notes},
            "focus": self.focus(),
        }

    def phases(self) -> Iterator[dict[str, object]]:
        """Yield each phase with its heading, words and blocks."""
        for phase, (title, words) in PHASES.items():
            pairs = zip(self.steps, self.blocks, strict=True)
            blocks = [{**b.as_data, "name": self.prefix + b.name} for step, b in pairs if step.phase == phase]
            if blocks:
                more = (self.remarks or {}).get(phase, ())
                words = (
                    WITH_MOMENTUM if any(step.name == "vW1" and step.phase == phase for step in self.steps) else words
                )
                yield {"name": self.prefix + phase, "title": title, "words": [words, *more], "blocks": blocks}

    def focus(self) -> dict[str, object] | None:
        """Return the step a reader is at on its own, with a question for the next one; None where it is read whole."""
        at = next((k for k, block in enumerate(self.blocks) if block.current), None)
        if at is None:
            return None
        following = equation_of(self.steps[at + 1]) if at + 1 < len(self.steps) else ""
        words = f"Step {at + 1} of {len(self.steps)}: {self.steps[at].phase}"
        return {"words": words, "block": self.blocks[at].as_data, "next": following}


def index_of(steps: Sequence[Step]) -> list[list[str]]:
    """Return the places to jump to: the name of each one's block, a short name, and one to be spoken."""
    places = [["given inputs", "x", "inputs"]] + [
        [step.name, short(step.name), spoken(step.name)]
        for step in steps
        if form_of(step.name) in INDEXED and step.name != "h0"
    ]
    if not steps:
        return places
    after = [["check", "check", "gradient check"], ["network", "network", "network"]]
    return [["own numbers", "my number", "check my number"], *places, *after]


def short(name: str) -> str:
    """Return a quantity's name as short as can be: ∂W₂, new b₃."""
    words = spoken(name).replace("∂L/∂", "∂").replace(" after the step", " after")
    return words.replace("[", "").replace("]", "").translate(SUBSCRIPTS)
