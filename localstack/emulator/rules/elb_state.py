"""What the emulated Elastic Load Balancing holds, in the terms of its rules."""

from collections.abc import Iterator
from typing import Any

from ministack.services import alb, ec2

API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application"
QUOTAS = f"{GUIDE}/load-balancer-limits.html"
MEASURED = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/elbv2"
SECURE = ("HTTPS", "TLS")


def subnets_in(parameters: dict[str, Any]) -> list[str]:
    mapped = [each.get("SubnetId", "") for each in parameters.get("SubnetMappings", [])]
    return [*parameters.get("Subnets", []), *mapped]


def vpc_of_balancer(balancer: dict) -> str | None:
    vpcs = [ec2._subnets.get(subnet, {}).get("VpcId") for subnet in balancer.get("Subnets", [])]
    return vpcs[0] if vpcs else None


def balancer_of(parameters: dict[str, Any]) -> dict:
    """The load balancer that a request names itself, or by a listener or a rule of it."""
    rule = alb._rules.get(parameters.get("RuleArn"), {})
    listener = alb._listeners.get(parameters.get("ListenerArn") or rule.get("ListenerArn"), {})
    return alb._lbs.get(parameters.get("LoadBalancerArn") or listener.get("LoadBalancerArn"), {})


def listener_of(parameters: dict[str, Any]) -> dict:
    rule = alb._rules.get(parameters.get("RuleArn"), {})
    return alb._listeners.get(parameters.get("ListenerArn") or rule.get("ListenerArn"), {})


def protocol_of(parameters: dict[str, Any]) -> str:
    """Of the listener that a request makes, changes or has a rule for."""
    return parameters.get("Protocol") or listener_of(parameters).get("Protocol", "")


def actions_of(parameters: dict[str, Any]) -> list[dict]:
    return parameters.get("DefaultActions") or parameters.get("Actions") or []


def groups_of(action: dict) -> list[str]:
    """The target groups that an action forwards to, told in either way."""
    tuples = (action.get("ForwardConfig") or {}).get("TargetGroups") or []
    one = [action["TargetGroupArn"]] if action.get("TargetGroupArn") else []
    return list(dict.fromkeys([*one, *(each["TargetGroupArn"] for each in tuples if each.get("TargetGroupArn"))]))


def groups_in(parameters: dict[str, Any]) -> list[str]:
    return [arn for action in actions_of(parameters) for arn in groups_of(action)]


def stored_groups(action: dict) -> list[str]:
    """Of an action as patches/elb_action_fields.py keeps it."""
    return [group["TargetGroupArn"] for group in action.get("_TargetGroups", [])] or groups_of(action)


def uses_of(group_arn: str) -> Iterator[str]:
    """The load balancers whose listeners and rules forward to a target group."""
    for rule in alb._rules.values():
        if any(group_arn in stored_groups(action) for action in rule.get("Actions", [])):
            balancer = alb._listeners.get(rule["ListenerArn"], {}).get("LoadBalancerArn")
            if balancer in alb._lbs:
                yield balancer
