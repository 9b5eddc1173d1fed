"""What AWS refuses of a policy document, whoever takes it: its grammar, and principals that do not exist."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import iam

Statement = dict[str, Any]

_DATA = Path(__file__).parent / "data"
_OPERATORS = {
    *("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"),
    *("NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"),
    *("DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"),
    *("Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null"),
}
_ELEMENTS = {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
_IAM_PATHS = (
    *("user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/", "policy/"),
    *("sms-mfa/", "saml-provider/", "oidc-provider/", "report/", "access-report/"),
)


def size_of(document: str) -> int:
    """IAM counts no white space."""
    return len(re.sub(r"\s", "", document))


def as_list(value: Any) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def parsed(document: str) -> dict[str, Any] | None:
    """None for what is no JSON object."""
    try:
        found = json.loads(document)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def statements(document: dict[str, Any]) -> list[Statement]:
    return [each for each in as_list(document.get("Statement")) if isinstance(each, dict)]


# Identity policies


def identity_problem(document: str, managed: bool) -> str | None:
    """IAM's words for what is wrong with a policy of a role, user or group."""
    found = parsed(document)
    if found is None or not _is_well_formed(found):
        return "Syntax errors in policy."
    if managed and found.get("Version") != "2012-10-17":
        return "Policy document must be version 2012-10-17 or greater."
    if any("Principal" in each or "NotPrincipal" in each for each in statements(found)):
        return "Policy document should not specify a principal."
    return _sid_problem(found) or next(filter(None, map(_statement_problem, statements(found))), None)


def _is_well_formed(document: dict[str, Any]) -> bool:
    if document.keys() - {"Version", "Id", "Statement"} or document.get("Version", "2012-10-17") not in ("2008-10-17", "2012-10-17"):
        return False
    found = as_list(document.get("Statement"))
    return bool(found) and all(isinstance(each, dict) and _is_statement(each) for each in found)


def _is_statement(statement: Statement) -> bool:
    if statement.keys() - _ELEMENTS or statement.get("Effect") not in ("Allow", "Deny"):
        return False
    if {"Action", "NotAction"} <= statement.keys() or {"Resource", "NotResource"} <= statement.keys():
        return False
    condition = statement.get("Condition", {})
    return isinstance(condition, dict) and all(_is_operator(name) or not keys for name, keys in condition.items())


def _is_operator(name: str) -> bool:
    return re.sub(r"^(ForAnyValue|ForAllValues):", "", name).removesuffix("IfExists") in _OPERATORS


def _sid_problem(document: dict[str, Any]) -> str | None:
    sids = [each["Sid"] for each in statements(document) if each.get("Sid")]
    if any(not re.fullmatch("[0-9A-Za-z]*", str(sid)) for sid in sids):
        return (
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
        )
    return "Statement IDs (SID) in a single policy must be unique." if len(set(sids)) < len(sids) else None


def _statement_problem(statement: Statement) -> str | None:
    if not as_list(statement.get("Action", statement.get("NotAction"))):
        return "Policy statement must contain actions."
    if not as_list(statement.get("Resource", statement.get("NotResource"))):
        return "Policy statement must contain resources."
    actions = [str(each) for key in ("Action", "NotAction") for each in as_list(statement.get(key))]
    resources = [str(each) for key in ("Resource", "NotResource") for each in as_list(statement.get(key))]
    return next(filter(None, [*map(_action_problem, actions), *map(_resource_problem, resources)]), None)


def _action_problem(action: str) -> str | None:
    vendor, colon, name = action.partition(":")
    if not colon:
        return None if action == "*" else "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
    if ":" in name:
        return "Actions/Condition can contain only one colon."
    return None if vendor == "*" or re.fullmatch(r"[a-zA-Z0-9\-.]+", vendor) else f"Vendor {vendor} is not valid"


def _resource_problem(resource: str) -> str | None:
    if resource == "*":
        return None
    parts = resource.split(":", 5)
    if parts[0] != "arn" or len(parts) < 2:
        return f'Resource {resource} must be in ARN format or "*".'
    rest = [*parts[2:], *["*"] * (6 - len(parts))]
    partition, (service, region, _, name) = parts[1], rest
    if not re.fullmatch(r"aws[a-z-]*|\*", partition):
        return f'Partition "{partition}" is not valid for resource "arn:{partition}:{":".join(rest)}".'
    if service == "iam" and region not in ("", "*"):
        return f"IAM resource {resource} cannot contain region information."
    if service == "iam" and name[0] != "*" and not name.startswith(_IAM_PATHS):
        return f'IAM resource path must either be "*" or start with {", ".join(_IAM_PATHS)}.'
    return None


# Principals


@cache
def names_in(file: str) -> frozenset[str]:
    return frozenset((_DATA / file).read_text().split())


def principals(statement: Statement) -> Iterator[tuple[str, str]]:
    """Kind and value: AWS, Service, Federated or CanonicalUser; the star alone is of AWS."""
    found = statement.get("Principal", statement.get("NotPrincipal"))
    if isinstance(found, str):
        yield "AWS", found
    for kind, values in found.items() if isinstance(found, dict) else ():
        for value in as_list(values):
            yield kind, str(value)


def invalid_principal(document: dict[str, Any]) -> tuple[str, str] | None:
    """The first principal that AWS does not find, in its own account or among its services."""
    for statement in statements(document):
        for kind, value in principals(statement):
            if not _exists(kind, value):
                return kind, value
    return None


def _exists(kind: str, value: str) -> bool:
    if kind == "Service":
        return _is_service(value)
    return kind in ("Federated", "CanonicalUser") or (kind == "AWS" and _is_identity(value))


def _is_service(name: str) -> bool:
    """A name that is known, with or without a region in it. Names outside of amazonaws.com are not looked at."""
    if not name.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return "." in name
    bare = name.removesuffix(".cn").removesuffix(".amazonaws.com")
    return re.sub(r"(^|\.)[a-z]{2}(-[a-z]+)+-\d(?=\.|$)", "", bare).strip(".") in names_in("service_principals.txt")


def _is_identity(value: str) -> bool:
    if value == "*" or re.fullmatch(r"\d{12}", value):
        return True
    if not value.startswith("arn:"):
        # A unique id: that of an identity which is gone stays in the policy.
        return bool(re.fullmatch(r"A[A-Z]{3}[A-Z0-9]{12,}", value))
    parts = value.split(":", 5)
    if len(parts) < 6 or parts[2] not in ("iam", "sts") or not re.fullmatch(r"\d{12}|cloudfront", parts[4]) or "*" in parts[5]:
        return False
    return parts[4] != get_account_id() or _is_of_account(value, parts[5])


def _is_of_account(arn: str, name: str) -> bool:
    kind, _, rest = name.partition("/")
    match kind:
        case "role":
            return (iam._roles.get(rest.rpartition("/")[2]) or {}).get("Arn") == arn
        case "user":
            return (iam._users.get(rest.rpartition("/")[2]) or {}).get("Arn") == arn
        case "assumed-role":
            return iam._roles.get(rest.partition("/")[0]) is not None
        case "root" | "federated-user":
            return True
    return False
