"""Gap: under AUTH=true some conditions are never met: IAM is not told of a role's boundary, of a policy, of a key's context."""

import json

from ministack.core import iam_actions
from ministack.core.responses import get_account_id
from ministack.services import iam

from patches.replaces import replaces


@replaces(iam_actions, "request_tag_context", "(service: str, iam_action: str, body: bytes, params: dict) -> dict")
def add_keys(original, service, iam_action, body, params):
    context = original(service, iam_action, body, params)
    if service == "iam":
        return {**context, **of_iam(params)}
    return {**context, **of_kms(body)} if service == "kms" else context


def of_iam(params: dict) -> dict:
    requested = iam_actions._query_param(params, "PermissionsBoundary")
    role = iam._roles.get(iam_actions._query_param(params, "RoleName")) or {}
    attached = role.get("PermissionsBoundary", "")
    named = {"iam:policyarn": "PolicyArn", "iam:awsservicename": "AWSServiceName"}
    given = {key: value for key, name in named.items() if (value := iam_actions._query_param(params, name))}
    return {"iam:permissionsboundary": requested or attached, **given}


def of_kms(body: bytes) -> dict:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    encryption = request.get("EncryptionContext") or {}
    keys = {"kms:EncryptionContextKeys": list(encryption)} if encryption else {}
    alias = {"kms:RequestAlias": request["KeyId"]} if str(request.get("KeyId", "")).startswith("alias/") else {}
    context = {f"kms:EncryptionContext:{key}": value for key, value in encryption.items()}
    return {"kms:CallerAccount": get_account_id(), **context, **keys, **alias}
