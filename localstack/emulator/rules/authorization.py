"""Holds what a request needs beyond its own action against the caller's policies, when IAM is enforced."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ministack import app
from ministack.core import iam_evaluator
from ministack.core.iam_actions import identity_denial_message
from ministack.core.responses import get_account_id
from ministack.core.router import extract_access_key_id, extract_region

from rules import service_linked_roles
from rules.implied_permissions import implied_by
from rules.permissions import Implied, Needed, Parameters


@dataclass(frozen=True)
class Denial:
    """`code` is empty where the service answers its usual one."""

    needed: Needed
    principal: str
    explicit: bool
    code: str
    message: str


def denied(service: str, operation: str, parameters: Parameters, headers: dict, query: dict) -> Denial | None:
    """The first permission that the caller lacks."""
    if not app.AUTH:
        return None
    key, region = extract_access_key_id(headers, query), extract_region(headers, query)

    def decide(action: str, needed: Needed) -> Any:
        return iam_evaluator.enforce(key, action, action.partition(":")[0], region, needed.resource, dict(needed.context))

    for implied, needed in implied_by(service, operation, parameters):
        if needed.action == "iam:PassRole" and needed.resource.split(":")[4] != get_account_id():
            return Denial(needed, "", False, "", "Cross-account pass role is not allowed.")
        refusal = _refusal(needed, decide)
        if refusal is None:
            _make_linked_role(needed)
        elif not implied.optional:
            return _denial(service, implied, needed, refusal)
    return None


def _refusal(needed: Needed, decide: Callable[[str, Needed], Any]) -> Any:
    """What refuses the action and all that do instead of it."""
    found = [decide(action, needed) for action in (needed.action, *needed.instead)]
    return None if None in found else found[0]


def _make_linked_role(needed: Needed) -> None:
    linked = needed.context.get("iam:AWSServiceName")
    if linked and not service_linked_roles.exists(linked):
        service_linked_roles.make(linked)


def _denial(service: str, implied: Implied, needed: Needed, refusal: Any) -> Denial:
    if isinstance(refusal, iam_evaluator.AuthError):
        return Denial(needed, "", False, refusal.code, refusal.message)
    explicit = refusal.decision == "Deny"
    words = identity_denial_message(needed.action, refusal.principal_arn, needed.resource, explicit)
    if service == "ec2":
        words = f"You are not authorized to perform this operation. {words}"
    return Denial(needed, refusal.principal_arn, explicit, implied.code, implied.message or words)
