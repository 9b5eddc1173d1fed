"""Rules of one shape, from a line of a table each: what a request names must exist."""

from collections.abc import Callable, Iterable
from typing import Any

from rules import refuses


def values_at(parameters: dict[str, Any], path: str) -> list[Any]:
    """What is at `Action.TargetGroups.Arn`, in every item of every list on the way."""
    found: list[Any] = [parameters]
    for name in path.split("."):
        inside = [value[name] for value in found if isinstance(value, dict) and value.get(name) is not None]
        found = [item for value in inside for item in (value if isinstance(value, list) else [value])]
    return found


def must_exist(
    service: str,
    operations: Iterable[str],
    path: str,
    exists: Callable[[str], bool],
    *,
    kind: str = "",
    refused: str = "",
    code: str,
    words: str,
    source: str,
) -> None:
    """Refuses a request whose parameter at `path` names something that is not there; `words` has its place as {}.

    `kind` is what does not exist; where it is not that, `refused` says what is wrong.
    """

    def check(parameters: dict[str, Any]) -> str | None:
        missing = next((value for value in values_at(parameters, path) if not exists(value)), None)
        return None if missing is None else words.format(missing)

    check.__doc__ = f"{refused or f'{kind} that does not exist'}, in {path}."
    refuses(service, *operations, code=code, source=source)(check)
