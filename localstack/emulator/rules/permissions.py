"""What a permission that an operation needs beyond its own looks like, and how it is asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ministack.core.responses import get_account_id, get_region

Parameters = dict[str, Any]
# Condition keys that IAM has when it decides.
Context = Mapping[str, Any]


@dataclass(frozen=True)
class Needed:
    """`instead` are actions of which one does as well."""

    action: str
    resource: str
    context: Context = field(default_factory=dict)
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Implied:
    """
    `needs` gives what a request needs; nothing where it does not apply. `code` and `message` where a service has its own words.
    What is `optional` the operation does if the caller may, and is done without it too.
    """

    service: str
    operations: tuple[str, ...]
    sentence: str
    source: str
    needs: Callable[[str, Parameters], Iterable[Needed]]
    code: str = ""
    message: str = ""
    optional: bool = False


def arn(service: str, resource: str, region: str | None = None) -> str:
    """Of this account; in the region of the request where no other is given."""
    return f"arn:aws:{service}:{get_region() if region is None else region}:{get_account_id()}:{resource}"


def tags_of(tags: Any) -> dict[str, str]:
    """A list of keys and values, in any service's spelling, or a map."""
    if isinstance(tags, dict):
        return {str(key): str(value) for key, value in tags.items()}
    found = {}
    for tag in tags or ():
        lowered = {key.lower(): value for key, value in tag.items()}
        found[str(lowered.get("key", lowered.get("tagkey")))] = str(lowered.get("value", lowered.get("tagvalue", "")))
    return found


def request_tags(tags: dict[str, str]) -> dict[str, Any]:
    return {**{f"aws:RequestTag/{key}": value for key, value in tags.items()}, "aws:TagKeys": list(tags)}
