"""What a service model forbids of a request's parameters: missing and wrong types, lengths, ranges, patterns, enumerations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

_TYPES = {
    "string": (str, bytes),
    "character": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "boolean": (bool,),
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
}


@dataclass(frozen=True)
class Violation:
    """`constraint` is one of required, type, length, range, pattern, enum."""

    name: str
    constraint: str
    value: Any
    message: str


def violations(shape: Shape, value: Any, name: str = "") -> Iterator[Violation]:
    """In the order of the model, the outer ones first. `name` is the path of the value: `tags.1.member.key`."""
    allowed = _TYPES.get(shape.type_name)
    if allowed and (not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed)):
        yield Violation(name, "type", value, f"must be of type {shape.type_name}")
        return
    if isinstance(shape, StructureShape):
        yield from _structure(shape, value, name)
    elif isinstance(shape, ListShape):
        yield from _length(shape, value, name)
        for index, item in enumerate(value, 1):
            yield from violations(shape.member, item, f"{name}.{index}.member")
    elif isinstance(shape, MapShape):
        yield from _length(shape, value, name)
        for key, item in value.items():
            yield from violations(shape.key, key, f"{name}.key")
            yield from violations(shape.value, item, f"{name}.{key}.member")
    elif shape.type_name == "string":
        yield from _length(shape, value, name)
        yield from _text(shape, value, name)
    elif shape.type_name in ("integer", "long", "float", "double"):
        yield from _range(shape, value, name)


def _structure(shape: StructureShape, value: dict, name: str) -> Iterator[Violation]:
    for member in shape.required_members:
        if value.get(member) is None:
            yield Violation(_path(name, member), "required", None, "Member must not be null")
    for member, found in value.items():
        if member in shape.members and found is not None:
            yield from violations(shape.members[member], found, _path(name, member))


def _path(name: str, member: str) -> str:
    written = member[0].lower() + member[1:]
    return f"{name}.{written}" if name else written


def _length(shape: Shape, value: Any, name: str) -> Iterator[Violation]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and len(value) < least:
        yield Violation(name, "length", value, f"Member must have length greater than or equal to {least}")
    if most is not None and len(value) > most:
        yield Violation(name, "length", value, f"Member must have length less than or equal to {most}")


def _range(shape: Shape, value: float, name: str) -> Iterator[Violation]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and value < least:
        yield Violation(name, "range", value, f"Member must have value greater than or equal to {least}")
    if most is not None and value > most:
        yield Violation(name, "range", value, f"Member must have value less than or equal to {most}")


def _text(shape: Shape, value: str | bytes, name: str) -> Iterator[Violation]:
    if isinstance(value, bytes):
        return
    enum, pattern = shape.metadata.get("enum"), shape.metadata.get("pattern")
    if enum and value not in enum:
        yield Violation(name, "enum", value, f"Member must satisfy enum value set: [{', '.join(enum)}]")
    if pattern and (compiled := _compiled(pattern)) and not compiled.fullmatch(value):
        yield Violation(name, "pattern", value, f"Member must satisfy regular expression pattern: {pattern}")


# Java's character classes, as far as the models of our services use them.
_CLASSES = {
    r"\p{L}": "a-zA-Z\u00aa-\uffff",
    r"\p{Z}": r" \u00a0\u2000-\u200a\u3000",
    r"\p{N}": "0-9\u0660-\u0669",
    r"\p{Alnum}": "a-zA-Z0-9",
    r"\p{ASCII}": r"\x00-\x7f",
    r"\p{Print}": r"\x20-\x7e",
    r"\p{Graph}": r"\x21-\x7e",
    r"\p{Punct}": r"!-/:-@\[-`{-~",
}


@cache
def _compiled(pattern: str) -> re.Pattern | None:
    """None for a pattern that Python cannot read: it forbids nothing then."""
    for written, python in _CLASSES.items():
        inside = re.compile(r"(\[[^\]]*)" + re.escape(written))
        while inside.search(pattern):
            pattern = inside.sub(lambda found: found[1] + python, pattern)
        pattern = pattern.replace(written, f"[{python}]")
    try:
        return re.compile(pattern, re.DOTALL)
    except re.error:
        return None
