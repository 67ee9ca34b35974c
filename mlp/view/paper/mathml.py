r"""The steps' formulas as MathML, which browsers draw without any script or font of ours.

It reads the LaTeX that `mlp.exercises.explained.symbols` and `steps` write: letters, scripts, fractions, \mathbf and
the commands in the tables below. A command it does not know stands there by its name.
"""

import re
from html import escape

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S")
OPERATORS = {r"\odot": "⊙", r"\sum": "∑", r"\cdot": "·", "-": "−", "+": "+", "=": "=", ">": ">", ",": ",", "·": "·"}
LETTERS = {r"\eta": "η", r"\theta": "θ", r"\sigma": "σ", r"\partial": "∂", r"\top": "⊤", r"\pi": "π"} | {
    r"\Phi": "Φ",
    r"\varphi": "φ",
    r"\mu": "μ",
}
FUNCTIONS = {r"\tanh": "tanh", r"\log": "log", r"\max": "max", r"\min": "min", r"\exp": "exp"}
AFTER_FUNCTION = '<mspace width="0.17em"></mspace>'
PRIME = '<mo lspace="0" rspace="0">′</mo>'
SPACES = {r"\,": "0.17em", r"\;": "0.28em"}
NAMED = (r"\operatorname", r"\text")
STRONG = (r"\mathbf", r"\mathbb")
FRACTIONS = (r"\frac", r"\tfrac")
FENCES = (r"\left", r"\right")
DROPPED = (r"\textstyle",)
KNOWN = {*OPERATORS, *LETTERS, *FUNCTIONS, *SPACES, *NAMED, *STRONG, *FRACTIONS, *FENCES, *DROPPED, r"\hat", r"\sqrt"}


def mathml(latex: str) -> str:
    """Return a formula as a MathML element."""
    # Words keep their spaces; elsewhere LaTeX's mean nothing
    words = re.findall(r"\\(?:text|operatorname)\{([^{}]*)\}", latex)
    tokens = TOKEN.findall(re.sub(r"\\(text|operatorname)\{[^{}]*\}", r"\\\1 ", latex))
    return f'<math displaystyle="true">{Reader(tokens, words).row()}</math>'


class Reader:
    """Reads the tokens of a formula once, from left to right."""

    def __init__(self, tokens: list[str], words: list[str]) -> None:
        self.tokens = tokens[::-1]
        self.words = words[::-1]

    def row(self) -> str:
        """Return everything up to the closing brace or fence, or to the end."""
        parts = []
        while self.tokens and self.tokens[-1] not in ("}", FENCES[1]):
            parts.append(self.scripted())
        if self.tokens:
            self.tokens.pop()
        return "".join(parts).removesuffix(AFTER_FUNCTION)  # nothing stands behind it

    def scripted(self) -> str:
        """Return the next item with its sub- and superscript."""
        base, marks = self.item(), {}
        while self.tokens and self.tokens[-1] in ("_", "^", "'"):
            mark = self.tokens.pop()
            if mark == "'":
                marks["^"] = PRIME
            else:
                marks[mark] = self.item()
        if not marks:
            return base
        tag = {"_": "msub", "^": "msup"}[next(iter(marks))] if len(marks) == 1 else "msubsup"
        # A function's space stands behind its marks: an msup has two children, no more
        name = base.removesuffix(AFTER_FUNCTION)
        space = base[len(name) :]
        return f"<{tag}>{name}{''.join(marks[mark] for mark in ('_', '^') if mark in marks)}</{tag}>{space}"

    def item(self) -> str:
        """Return the next letter, group or command."""
        token = self.tokens.pop() if self.tokens else ""
        if token == "{":
            return f"<mrow>{self.row()}</mrow>"
        if token in FRACTIONS:
            return f"<mfrac>{self.item()}{self.item()}</mfrac>"
        if token == r"\hat":
            return f'<mover accent="true">{self.item()}<mo stretchy="false">^</mo></mover>'
        if token == r"\sqrt":
            return f"<msqrt>{self.item()}</msqrt>"
        if token in STRONG:
            return f'<mrow class="strong">{self.item()}</mrow>'
        if token == FENCES[0]:
            # In one row with what they enclose, fences grow with it, also where the whole has an index
            opening, inner = self.fence(), self.row()
            return f"<mrow>{opening}{inner}{self.fence()}</mrow>"
        if token in NAMED:
            # Browsers drop a space at either end unless it is a no-break space
            words = re.sub("^ | $", "\u00a0", escape(self.words.pop()))
            return f"<mtext>{words}</mtext>" if token == r"\text" else f'<mi class="word">{words}</mi>'
        return plain(token)

    def fence(self) -> str:
        """Return the next bracket as one that grows."""
        return f"<mo>{escape(self.tokens.pop() if self.tokens else '')}</mo>"


def plain(token: str) -> str:
    """Return a token that stands for itself."""
    if token in OPERATORS:
        return f"<mo>{escape(OPERATORS[token])}</mo>"
    if token in SPACES:
        return f'<mspace width="{SPACES[token]}"></mspace>'
    if token in FUNCTIONS:
        return f'<mi class="word">{FUNCTIONS[token]}</mi>{AFTER_FUNCTION}'
    if token in DROPPED:
        return ""
    if token in "()[]":
        return f'<mo stretchy="false">{token}</mo>'
    tag = "mn" if token.isdigit() else "mi"
    return f"<{tag}>{escape(LETTERS.get(token, token.lstrip(chr(92))))}</{tag}>"
