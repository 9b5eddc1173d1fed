"""Whether a service may use a KMS key for itself: as its own principal it has no policy but the key's."""

from collections.abc import Iterable
from typing import Any

from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region
from ministack.services import kms


def admits(key_id: str | None, service: str, actions: Iterable[str], context: dict[str, Any]) -> bool:
    """Without a key there is nothing to admit. AWS's own keys serve the account and no other service; other accounts' are not looked at."""
    if not key_id:
        return True
    if "alias/aws/" in key_id:
        return False
    key = kms._resolve_key(key_id)
    if key is None:
        return key_id.startswith("arn:") and key_id.split(":")[4] != get_account_id()
    return key["KeyState"] == "Enabled" and all(_allows(key, service, action, context) for action in actions)


def _allows(key: dict[str, Any], service: str, action: str, context: dict[str, Any]) -> bool:
    keys = {name.lower(): value for name, value in {"kms:CallerAccount": get_account_id(), **context}.items()}
    request = EvalContext("*", "Service", "", f"kms:{action}", key["Arn"], get_region(), service_context=keys)
    return evaluate_resource_policy(key.get("Policy"), request, service=service).decision == "Allow"


def source(arn: str) -> dict[str, str]:
    """What a service says about for whom it asks."""
    return {"aws:SourceArn": arn, "aws:SourceAccount": get_account_id()}
