"""A formula in x that somebody typed: read in linear time without running it as code, and worked out on numbers."""

import re
from collections.abc import Callable, Mapping

import numpy as np

from mlp.arrays import Array
from mlp.limits import LONGEST_FORMULA

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d{1,3})?|\.\d+(?:[eE][+-]?\d{1,3})?)|([a-z]+)|([-+*/^()]))")
FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "neg": np.negative,
}
CONSTANTS = {"pi": float(np.pi), "e": float(np.e)}
OPERATORS: Mapping[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}
# What binds tighter has the higher number: -x^2 is -(x^2), and a function takes the bracket behind it before all else
BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "^": 4} | {name: 5 for name in FUNCTIONS if name != "neg"}
NEEDED = (
    "A formula in x is needed, such as sin(2 x) + x / 2, made of numbers, x, pi, e, + - * / ^, brackets and "
    + ", ".join(name for name in FUNCTIONS if name != "neg")
)

Part = float | str


def parsed(text: str) -> tuple[Part, ...]:
    """Return a formula in postfix order: numbers, "x", and the names of functions and operators.

    A number or a bracket right before a name or a bracket is multiplied with it: 2x, 2 sin(x), (x)(x).

    Raises
    ------
    ValueError
        A sentence that says what is needed and what came.
    """
    if len(text) > LONGEST_FORMULA:
        raise ValueError(f"A formula of at most {LONGEST_FORMULA} characters is needed; this one has {len(text):,}.")
    output: list[Part] = []
    waiting: list[str] = []
    operand = False  # whether what came last is a whole value
    for token in tokens(text.lower().replace("−", "-").replace("**", "^")):
        if isinstance(token, str) and token in OPERATORS and not (token in "+-" and not operand):
            require(operand, f"'{token}' has nothing on its left")
            push(waiting, output, token)
            operand = False
        elif token == ")":
            require(operand and "(" in waiting, "a bracket is closed that was not opened, or is empty")
            while (last := waiting.pop()) != "(":
                output.append(last)
            if waiting and waiting[-1] in FUNCTIONS and waiting[-1] != "neg":
                output.append(waiting.pop())
        else:
            if operand:  # 2x is 2 times x
                push(waiting, output, "*")
            operand = placed(token, waiting, output)
    require(operand, "something is missing at its end")
    while waiting:
        last = waiting.pop()
        require(last != "(", "a bracket is not closed")
        output.append(last)
    return tuple(output)


def placed(token: Part, waiting: list[str], output: list[Part]) -> bool:
    """Put what begins a value where it belongs, and return whether it is a whole value."""
    if isinstance(token, float) or token == "x":
        output.append(token)
        return True
    if token == "-":
        waiting.append("neg")
    elif token != "+":
        waiting.append(str(token))
    return False


def push(waiting: list[str], output: list[Part], operator: str) -> None:
    """Let an operator wait, after those that bind at least as tight; a power waits for the next power."""
    while waiting and waiting[-1] != "(":
        before, now = BINDING[waiting[-1]], BINDING[operator]
        if before < now or (operator == "^" and before == now):
            break
        output.append(waiting.pop())
    waiting.append(operator)


def tokens(text: str) -> list[Part]:
    """Return a formula's numbers, names and signs; a function's name has to have a bracket behind it."""
    found: list[Part] = []
    place, text = 0, text.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise ValueError(f"{NEEDED}; '{text[place:].strip()[:1]}' is none of them.")
        number, name, sign = match.groups()
        place = match.end()
        if (name and name not in FUNCTIONS and name not in CONSTANTS and name != "x") or name == "neg":
            raise ValueError(f"{NEEDED}; '{name}' is none of them.")
        if name in FUNCTIONS:
            require(text[place:].lstrip()[:1] == "(", f"{name} needs a bracket behind it, as in {name}(x)")
        found.append(float(number) if number else CONSTANTS.get(name, name) if name else sign)
    require(bool(found), "none came")
    return found


def require(condition: bool, problem: str) -> None:
    """Raise a ValueError that says what is wrong with a formula unless the condition holds."""
    if not condition:
        raise ValueError(f"{NEEDED}; {problem}.")


def value(parts: tuple[Part, ...], x: Array) -> Array:
    """Return a formula of `parsed` worked out at x, shape as x; inf or nan where it has no value."""
    stack: list[Array] = []
    with np.errstate(all="ignore"):
        for part in parts:
            if isinstance(part, float) or part == "x":
                stack.append(np.full(x.shape, part) if isinstance(part, float) else x)
            elif part in FUNCTIONS:
                stack.append(FUNCTIONS[part](stack.pop()))
            else:
                right, left = stack.pop(), stack.pop()
                stack.append(OPERATORS[part](left, right))
    return stack[0]
