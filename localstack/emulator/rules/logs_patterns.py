"""The syntax of filter patterns, as far as AWS refuses what is wrong in it."""

import re

SYNTAX = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"

_TEXT = r'"(?:[^"\\]|\\.)*"'
_REGEX = r"%[^%]*%"
_SELECTOR = r"\$(?:\.?\[[^\]]*\]|\.[^\s=!<>()&|\[\]{}]+)*"
_VALUE = rf"(?:{_TEXT}|{_REGEX}|[^\s()&|\"'{{}}]+)"
_CONDITION = rf"{_SELECTOR}\s*(?:(?:!=|<=|>=|=|<|>)\s*{_VALUE}|IS\s+(?:NOT\s+)?(?:NULL|TRUE|FALSE)|(?:NOT\s+)?EXISTS)"
_JSON_TOKEN = re.compile(rf"\s*(?:(?P<condition>{_CONDITION})|(?P<other>\(|\)|&&|\|\|))")
# A term that is no word must be in quotes; ? and - before it say that it may be there, or must not.
_TERM = re.compile(rf"[?-]?(?:{_TEXT}|{_REGEX}|\w+)")


def is_json_pattern(pattern: str) -> bool:
    return pattern.strip().startswith("{")


def is_delimited_pattern(pattern: str) -> bool:
    return pattern.strip().startswith("[")


def wrong_in(pattern: str) -> str | None:
    """What AWS says about a pattern that it cannot read."""
    text = pattern.strip()
    if is_delimited_pattern(text):
        return None if text.endswith("]") else "If a filter pattern starts with '[' it must end with ']'"
    is_read = _is_json(text) if is_json_pattern(text) else _is_terms(text)
    return None if is_read else "Invalid metric filter pattern"


def _is_terms(text: str) -> bool:
    at = 0
    while at < len(text):
        term = _TERM.match(text, at)
        if term is None:
            return False
        at = term.end()
        space = re.compile(r"\s*").match(text, at)
        if at < len(text) and space.end() == at:
            return False
        at = space.end()
    return True


def _is_json(text: str) -> bool:
    if not text.endswith("}"):
        return False
    tokens = _tokens(text[1:-1])
    return tokens is not None and _is_expression(tokens)


def _tokens(text: str) -> list[str] | None:
    """c for a condition, and the signs between them; None for a pattern with anything else."""
    tokens, at = [], 0
    while text[at:].strip():
        token = _JSON_TOKEN.match(text, at)
        if token is None:
            return None
        tokens.append("c" if token["condition"] else token["other"])
        at = token.end()
    return tokens


def _is_expression(tokens: list[str]) -> bool:
    """Conditions joined by && and ||, in brackets that match."""
    expects_condition, depth = True, 0
    for token in tokens:
        if (token in ("c", "(")) != expects_condition:
            return False
        depth += {"(": 1, ")": -1}.get(token, 0)
        if depth < 0:
            return False
        expects_condition = token in ("(", "&&", "||")
    return depth == 0 and not expects_condition
