"""Reads what requests carry as text: JSON, ARNs, and the principals and actions of policies."""

import json
from collections.abc import Iterator
from typing import Any

from ministack.core.arn import Arn, ArnParseError, parse_arn
from ministack.core.responses import get_account_id
from ministack.services import iam


def json_of(text: Any) -> Any:
    """None for text that is no JSON."""
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return None


def object_of(text: Any) -> dict[str, Any] | None:
    """A JSON object; None for any other text."""
    found = json_of(text)
    return found if isinstance(found, dict) else None


def arn_of(text: Any) -> Arn | None:
    try:
        return parse_arn(text)
    except ArnParseError:
        return None


def statements(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = document.get("Statement")
    return [each for each in listed(found) if isinstance(each, dict)]


def listed(value: Any) -> list[Any]:
    """What a policy writes alone or as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def is_policy(text: Any) -> bool:
    document = object_of(text)
    return document is not None and bool(statements(document))


def missing_principal(document: dict[str, Any]) -> str | None:
    """A role or user of this account that a policy names and IAM does not have."""
    return next((name for name in _identities(document) if not _exists(name)), None)


def _identities(document: dict[str, Any]) -> Iterator[str]:
    for statement in statements(document):
        principal = statement.get("Principal")
        yield from listed(principal.get("AWS")) if isinstance(principal, dict) else []


def _exists(principal: Any) -> bool:
    arn = arn_of(principal)
    if arn is None or arn.service != "iam" or arn.account_id != get_account_id():
        return True
    kind, _, name = arn.resource.partition("/")
    store = {"role": iam._roles, "user": iam._users}.get(kind)
    return store is None or name.rpartition("/")[2] in store
