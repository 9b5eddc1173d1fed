"""Gap: under AUTH=true some conditions are never met: IAM is not told of a role's boundary, a policy, a cluster, a key's context."""

from ministack.core import iam_actions
from ministack.core.responses import get_account_id, get_region
from ministack.services import iam

from patches.iam_resources import read_json
from patches.replaces import replaces


@replaces(iam_actions, "request_tag_context", "(service: str, iam_action: str, body: bytes, params: dict) -> dict")
def add_keys(original, service, iam_action, body, params):
    context = {"aws:ViaAWSService": "false", **original(service, iam_action, body, params)}
    if service == "iam":
        return {**context, **of_iam(params)}
    return {**context, **JSON_KEYS[service](read_json(body))} if service in JSON_KEYS else context


def of_iam(params: dict) -> dict:
    requested = iam_actions._query_param(params, "PermissionsBoundary")
    role = iam._roles.get(iam_actions._query_param(params, "RoleName")) or {}
    attached = role.get("PermissionsBoundary", "")
    named = {"iam:policyarn": "PolicyArn", "iam:awsservicename": "AWSServiceName"}
    given = {key: value for key, name in named.items() if (value := iam_actions._query_param(params, name))}
    return {"iam:permissionsboundary": requested or attached, **given}


def of_ecs(request: dict) -> dict:
    cluster = request.get("cluster") or ""
    arn = cluster if cluster.startswith("arn:") else f"arn:aws:ecs:{get_region()}:{get_account_id()}:cluster/{cluster or 'default'}"
    return {"ecs:cluster": arn} if "cluster" in request or "serviceName" in request else {}


def of_kms(request: dict) -> dict:
    encryption = request.get("EncryptionContext") or {}
    keys = {"kms:EncryptionContextKeys": list(encryption)} if encryption else {}
    alias = {"kms:RequestAlias": request["KeyId"]} if str(request.get("KeyId", "")).startswith("alias/") else {}
    context = {f"kms:EncryptionContext:{key}": value for key, value in encryption.items()}
    return {"kms:CallerAccount": get_account_id(), **context, **keys, **alias}


JSON_KEYS = {"ecs": of_ecs, "kms": of_kms}
