"""Gap: under AUTH=true some calls name no resource, another one, or an action that IAM lacks, so a policy that is exact refuses them."""

import json
from collections.abc import Callable
from typing import Any

from ministack.core import iam_actions
from ministack.services import iam, kms

from patches.replaces import replaces
from rules import service_linked_roles
from rules.ec2_resources import resources_of

RESOURCE_SIGNATURE = (
    "(service: str, method: str, path: str, headers: dict, body: bytes, query_params: dict, region: str, account_id: str)"
    " -> str"
)
ACTION_SIGNATURE = (
    "(service: str, method: str, path: str, headers: dict, body: bytes, query_params: dict) -> str | None"
)


@replaces(iam_actions, "extract_resource_arn", RESOURCE_SIGNATURE)
def name_resource(original, service, method, path, headers, body, query_params, region, account_id):
    arn = original(service, method, path, headers, body, query_params, region, account_id)
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    request = read_json(body)

    def given(name: str) -> str:
        return iam_actions._query_param(query_params, name)

    if service == "events":
        return rule_arn(request, f"arn:aws:events:{region}:{account_id}")
    if service == "logs":
        return log_arn(arn, operation, request)
    if service == "kms":
        return key_arn(arn, request, f"arn:aws:kms:{region}:{account_id}")
    if service == "iam":
        return iam_arn(arn, given, f"arn:aws:iam::{account_id}")
    if service == "ecs" and operation in ("CreateService", "UpdateService", "DeleteService", "DescribeServices"):
        return service_arn(request, f"arn:aws:ecs:{region}:{account_id}")
    if arn != "*":
        return arn
    if service == "ec2":
        return next(iter(resources_of(given("Action"), given)), arn)
    if service == "elasticloadbalancing":
        return load_balancing_arn(given, f"arn:aws:elasticloadbalancing:{region}:{account_id}")
    if service == "budgets":
        return f"arn:aws:budgets::{account_id}:budget/{budget_name(request)}"
    if service == "monitoring":
        return monitoring_arn(given, region, account_id)
    if service == "ssm" and (name := next(iter(request.get("Names") or ()), request.get("Path"))):
        return f"arn:aws:ssm:{region}:{account_id}:parameter/{name.partition(':')[0].lstrip('/')}"
    return next((found for name in NAMES_OF_ARN if (found := request.get(name) or given(name))), arn)


# Where a request has the ARN that it is about; the first that is there.
NAMES_OF_ARN = ("WebACLArn", "resourceArn", "ResourceArn", "ResourceARN")


def read_json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body) if body[:1] == b"{" else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def log_arn(arn: str, operation: str, request: dict[str, Any]) -> str:
    """All but tags is asked for on a stream, which is empty where an operation is about the whole group."""
    if ":log-group:" not in arn or operation in ("TagResource", "UntagResource", "ListTagsForResource"):
        return arn
    return f"{arn}:log-stream:{request.get('logStreamName') or ''}"


@replaces(iam_actions, "logs_service_context", "(action: str, body: bytes, resource_arn: str, region: str, account_id: str) -> dict")
def tags_of_group(original, action, body, resource_arn, region, account_id):
    return original(action, body, resource_arn.partition(":log-stream:")[0], region, account_id)


def key_arn(arn: str, request: dict[str, Any], prefix: str) -> str:
    """An alias in place of a key stands for the key; what is done with the alias itself names the alias."""
    if request.get("AliasName"):
        return f"{prefix}:{request['AliasName']}"
    key = kms._resolve_key(arn) if arn.startswith("arn:") else None
    return key["Arn"] if key else arn


def iam_arn(arn: str, given: Callable[[str], str], prefix: str) -> str:
    """A role and a policy have their path in the ARN."""
    if service := given("AWSServiceName"):
        return f"{prefix}:role{service_linked_roles.path_of(service)}{service_linked_roles.NAMES.get(service, '*')}"
    if name := given("RoleName"):
        return (iam._roles.get(name) or {}).get("Arn") or f"{prefix}:role{given('Path') or '/'}{name}"
    if name := given("PolicyName"):
        return arn if arn != "*" else f"{prefix}:policy{given('Path') or '/'}{name}"
    return given("OpenIDConnectProviderArn") or arn


def service_arn(request: dict[str, Any], prefix: str) -> str:
    name = request.get("serviceName") or request.get("service") or next(iter(request.get("services") or ()), "*")
    cluster = (request.get("cluster") or "default").rpartition("/")[2]
    return name if name.startswith("arn:") else f"{prefix}:service/{cluster}/{name}"


def load_balancing_arn(given, prefix: str) -> str:
    new = {
        "CreateLoadBalancer": f"{prefix}:loadbalancer/app/{given('Name')}/new",
        "CreateTargetGroup": f"{prefix}:targetgroup/{given('Name')}/new",
    }
    return new.get(given("Action")) or given("RuleArn") or given("ResourceArns.member.1") or "*"


def rule_arn(request: dict, prefix: str) -> str:
    """On the default bus a rule is named without it."""
    name = request.get("Rule") or request.get("Name")
    return request.get("ResourceARN") or (f"{prefix}:rule/{name}" if name else "*")


def budget_name(request: dict) -> str:
    return request.get("BudgetName") or request.get("Budget", {}).get("BudgetName") or "*"


def monitoring_arn(given, region: str, account_id: str) -> str:
    if dashboard := given("DashboardName") or given("DashboardNames.member.1"):
        return f"arn:aws:cloudwatch::{account_id}:dashboard/{dashboard}"
    if alarm := given("AlarmNames.member.1"):
        return f"arn:aws:cloudwatch:{region}:{account_id}:alarm:{alarm}"
    return given("ResourceARN") or "*"


@replaces(iam_actions, "extract_iam_action", ACTION_SIGNATURE)
def name_action(original, service, method, path, headers, body, query_params):
    action = original(service, method, path, headers, body, query_params)
    namespace, _, operation = (action or "").partition(":")
    if namespace == "budgets" and not operation.endswith(("Resource", "ForResource")):
        return "budgets:ViewBudget" if operation.startswith("Describe") else "budgets:ModifyBudget"
    return action
