"""Parser of metric math expressions.

Source: CloudWatch User Guide, "Use metric math", section "Metric math syntax
and functions".  The guide gives the operators but not their precedence; the
usual one is taken: ^, unary -, * and /, + and -, comparisons, AND, OR.

A tree is a tuple: ("number", x), ("id", name), ("word", NAME), ("text", s),
("array", [trees]), ("call", NAME, [trees]), ("minus", tree) or
("op", operator, left, right).
"""
import re


class MathError(ValueError):
    """The expression cannot be evaluated."""


_TOKEN = re.compile(r"""\s*(?:
    (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<id>[a-z][A-Za-z0-9_]*)
  | (?P<word>[A-Z][A-Z0-9_]*)
  | (?P<text>"[^"]*"|'[^']*'|[“”][^“”]*[“”])
  | (?P<sign>==|!=|<=|>=|&&|\|\||[-+*/^<>()\[\],])
)""", re.X)

_COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")


def tokens_of(text):
    """Split an expression into (kind, text) tokens."""
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise MathError("unexpected character at %d in %r" % (place, text))
        tokens.append((match.lastgroup, match.group(match.lastgroup)))
        place = match.end()
    return tokens


class Parser:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, text, assume):
        self._tokens = tokens_of(text)
        self._place = 0
        self._assume = assume

    def parse(self):
        tree = self._either()
        if self._place != len(self._tokens):
            raise MathError("unexpected %r" % self._tokens[self._place][1])
        return tree

    def _peek(self):
        return self._tokens[self._place][1] if self._place < len(self._tokens) else None

    def _take(self, *wanted):
        if self._peek() in wanted:
            self._place += 1
            return self._tokens[self._place - 1][1]
        return None

    def _need(self, sign):
        if not self._take(sign):
            raise MathError("%r expected, found %r" % (sign, self._peek()))

    def _left_to_right(self, operand, signs):
        tree = operand()
        sign = self._take(*signs)
        while sign:
            name = {"&&": "AND", "||": "OR"}.get(sign, sign)
            tree = ("op", name, tree, operand())
            sign = self._take(*signs)
        return tree

    def _either(self):
        if not self._assume["math_and_before_or"]:  # AMBIGUOUS
            return self._left_to_right(self._comparison, ("OR", "||", "AND", "&&"))
        return self._left_to_right(self._both, ("OR", "||"))

    def _both(self):
        return self._left_to_right(self._comparison, ("AND", "&&"))

    def _comparison(self):
        return self._left_to_right(self._sum, _COMPARISONS)

    def _sum(self):
        return self._left_to_right(self._product, ("+", "-"))

    def _product(self):
        return self._left_to_right(self._signed, ("*", "/"))

    def _signed(self):
        """Unary minus.  AMBIGUOUS: power_before_minus."""
        if not self._assume["power_before_minus"]:
            return self._power(self._signed_value)
        if self._take("-"):
            return ("minus", self._signed())
        return self._power(self._value)

    def _signed_value(self):
        return ("minus", self._signed_value()) if self._take("-") else self._value()

    def _power(self, operand):
        """Power.  AMBIGUOUS: power_associativity."""
        tree = operand()
        while self._take("^"):
            if self._assume["power_associativity"] == "right":
                return ("op", "^", tree, self._signed())
            exponent = self._signed_value()
            tree = ("op", "^", tree, exponent)
        return tree

    def _value(self):
        if self._place >= len(self._tokens):
            raise MathError("the expression ends too early")
        kind, text = self._tokens[self._place]
        self._place += 1
        if kind == "number":
            return ("number", float(text))
        if kind == "id":
            return ("id", text)
        if kind == "text":
            return ("text", text[1:-1])
        if kind == "word":
            return self._call_or_word(text)
        if text == "(":
            tree = self._either()
            self._need(")")
            return tree
        if text == "[":
            return ("array", self._list("]"))
        raise MathError("unexpected %r" % text)

    def _call_or_word(self, name):
        if self._take("("):
            return ("call", name, self._list(")"))
        return ("word", name)

    def _list(self, close):
        items = []
        if self._take(close):
            return items
        items.append(self._either())
        while self._take(","):
            items.append(self._either())
        self._need(close)
        return items


def parse(text, assume):
    """Parse one expression."""
    return Parser(text, assume).parse()


def ids_in(tree):
    """All identifiers used in a tree; METRICS() counts as the name '*'."""
    kind = tree[0]
    if kind == "id":
        return {tree[1]}
    if kind == "call":
        found = {"*"} if tree[1] == "METRICS" else set()
        return found.union(*[ids_in(t) for t in tree[2]]) if tree[2] else found
    if kind == "array":
        return set().union(*[ids_in(t) for t in tree[1]]) if tree[1] else set()
    if kind == "minus":
        return ids_in(tree[1])
    if kind == "op":
        return ids_in(tree[2]) | ids_in(tree[3])
    return set()
