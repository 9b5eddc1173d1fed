"""What a role may do that a service assumes: it signs no request, so its policies are asked directly."""

import json
from typing import Any

from ministack.core import iam_evaluator
from ministack.core.iam_actions import identity_denial_message
from ministack.core.responses import get_account_id, get_region
from ministack.services import iam

from rules.key_policies import source
from rules.permissions import Needed


def trusts(role_arn: str, service: str, source_arn: str) -> bool:
    """Whether the service may assume the role for this account."""
    role = iam._roles.get(role_arn.rpartition("/")[2])
    if role is None:
        return False
    document = role["AssumeRolePolicyDocument"]
    trust = json.loads(document) if isinstance(document, str) else document
    keys = {name.lower(): value for name, value in source(source_arn).items()}
    context = iam_evaluator.EvalContext("*", "Service", "", "sts:AssumeRole", role_arn, get_region(), service_context=keys)
    return iam_evaluator.evaluate_resource_policy(trust, context, service=service).decision == "Allow"


def refusal(role_arn: str, session: str, needed: Needed) -> str | None:
    """Why the role may not do it, in IAM's words."""
    account, name = get_account_id(), role_arn.rpartition("/")[2]
    principal = f"arn:aws:sts::{account}:assumed-role/{name}/{session}"
    keys = {key.lower(): value for key, value in needed.context.items()}
    context = iam_evaluator.EvalContext(
        *(principal, "AssumedRole", account, needed.action, needed.resource, get_region()),
        service_context=keys,
    )
    limits = iam_evaluator._permissions_boundary(iam._roles, name, account)
    result: Any = iam_evaluator.evaluate(context, iam_evaluator._gather_role_policies(name, account), *limits)
    service = needed.action.partition(":")[0]
    if found := iam_evaluator._resource_policy(service, needed.resource):
        result = iam_evaluator.combine_resource_policy(result, context, *found, required=service == "kms", limits=tuple(limits))
    if result.decision == "Allow":
        return None
    return f"AccessDeniedException: {identity_denial_message(needed.action, principal, needed.resource, result.decision == 'Deny')}"
