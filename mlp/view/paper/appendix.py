"""Where each formula comes from, at the end of a worked solution."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from mlp.exercises.explained.origins import Origin, origins
from mlp.exercises.explained.steps import solution_steps
from mlp.exercises.solve import Solution
from mlp.view.numbers import format_number
from mlp.view.paper.latex import aligned, number_latex
from mlp.view.paper.mathml import mathml

HEADING = "Where each formula comes from"
ABOUT = (
    "Each rule of the backward pass from its definition, line by line, with the numbers of the first unit "
    "(i = 1, k = 1): all lines of a derivation give the same value, and that is the check. Where a rule is used again, "
    "in a layer further down, the same lines have that layer's numbers."
)


@dataclass(frozen=True)
class Rule:
    """A rule's derivation where it is used first, and as it is used again, by layer."""

    told: Origin
    again: dict[int, Origin] = field(default_factory=dict)


def derived(solution: Solution) -> list[Rule]:
    """Return the rules of a solution in the order of its steps, each with all its uses."""
    rules: dict[tuple[str, bool, int], Rule] = {}
    for step in solution_steps(solution):
        # The error of the last layer comes from the loss: it is no use of the others' rule
        of_the_loss = step.name == f"dz{len(solution.exercise.network.layers)}"
        for k, told in enumerate(origins(solution, step.name)):
            rule = rules.setdefault((step.name[:2], of_the_loss, k), Rule(told))
            if rule.told is not told:
                rule.again[step.layer] = told
    return list(rules.values())


def again_words(rule: Rule, decimals: int) -> str:
    """Return what the lines give where a rule is used again: "Layer 2: −0.1, −0.1. Layer 1: 0.2, 0.2."."""
    uses = (
        f"Layer {layer}: {', '.join(format_number(line.values[0], decimals) for line in told.lines)}."
        for layer, told in rule.again.items()
    )
    return " ".join(uses)


def appendix_markdown(solution: Solution, decimals: int) -> Iterator[str]:
    """Yield the blocks of the appendix as Markdown: the definition, the lines with their values, what was done."""
    yield f"## {HEADING}"
    yield ABOUT
    for rule in derived(solution):
        told = rule.told
        yield f"$$\n{told.start}\n$$"
        yield told.words
        lines = [f"{line.latex} = {number_latex(line.values[0], decimals)}" for line in told.lines]
        yield aligned(told.symbol, lines)
        yield "\n".join(f"{k}. {line.words}" for k, line in enumerate(told.lines, start=1))
        yield again_words(rule, decimals).replace("−", "-")


def appendix_html(solution: Solution, decimals: int) -> str:
    """Return the appendix as HTML."""
    body = "".join(rule_html(rule, decimals) for rule in derived(solution))
    return f'<section class="derivations"><h2>{HEADING}</h2><p>{escape(ABOUT)}</p>{body}</section>'


def rule_html(rule: Rule, decimals: int) -> str:
    """Return a derivation: the definition, a list of lines with what was done and what it gives, and its other uses."""
    told, again = rule.told, again_words(rule, decimals)
    signs = (told.symbol, *[""] * len(told.lines))
    lines = "".join(
        f"<li><div>{mathml(f'{sign} = {line.latex}')} = <b>{escape(format_number(line.values[0], decimals))}</b></div>"
        f"{escape(line.words)}</li>"
        for sign, line in zip(signs, told.lines, strict=False)
    )
    words = f"<p>{escape(told.words)}</p>" if told.words else ""
    uses = f"<p>{escape(again)}</p>" if again else ""
    return f'<div class="step"><div>{mathml(told.start)}</div>{words}<ol>{lines}</ol>{uses}</div>'
