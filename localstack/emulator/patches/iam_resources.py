"""Gap: under AUTH=true some calls name no resource, another one, or an action that IAM lacks, so a policy that is exact refuses them."""

import json

from ministack.core import iam_actions

from patches.replaces import replaces

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
    if service == "events":
        return rule_arn(json.loads(body or b"{}"), f"arn:aws:events:{region}:{account_id}")
    if arn != "*":
        return arn

    def given(name: str) -> str:
        return iam_actions._query_param(query_params, name)

    if service == "elasticloadbalancing":
        return load_balancing_arn(given, f"arn:aws:elasticloadbalancing:{region}:{account_id}")
    if service == "budgets":
        return f"arn:aws:budgets::{account_id}:budget/{budget_name(json.loads(body or b'{}'))}"
    if service == "monitoring":
        return monitoring_arn(given, region, account_id)
    return arn


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
