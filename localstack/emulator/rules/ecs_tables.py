"""Rules of ECS from lines of a table: what is refused, AWS's words, and how it is seen."""

from collections.abc import Callable, Iterable
from typing import Any

from rules import refuses

# What is refused, in plain English; AWS's message, with {name} for the container's name and {value} for what was seen; the test, which
# gives what it saw: true, a text, or nothing.
Line = tuple[str, str, Callable[..., Any]]


def of_request(operations: Iterable[str], lines: Iterable[Line], *, code: str, source: str) -> None:
    """Each test is of the request's parameters."""
    for sentence, message, test in lines:
        _register(operations, code, source, sentence, lambda parameters, message=message, test=test: _words(message, test(parameters)))


def of_containers(lines: Iterable[Line], *, source: str) -> None:
    """Each test is of a container definition and of its task definition."""
    for sentence, message, test in lines:

        def check(parameters: dict[str, Any], message: str = message, test: Callable[..., Any] = test) -> str | None:
            for container in parameters["containerDefinitions"]:
                if words := _words(message, test(container, parameters), container.get("name", "")):
                    return words
            return None

        _register(("RegisterTaskDefinition",), "ClientException", source, sentence, check)


def _register(operations: Iterable[str], code: str, source: str, sentence: str, check: Callable[[dict[str, Any]], str | None]) -> None:
    check.__doc__ = sentence
    refuses("ecs", *operations, code=code, source=source)(check)


def _words(message: str, seen: Any, name: str = "") -> str | None:
    return message.format(name=name, value=seen) if seen or seen == 0 and seen is not False and seen is not None else None
