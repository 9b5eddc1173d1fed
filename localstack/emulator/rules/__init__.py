"""What AWS refuses though its service models allow it: one function for each rule, with the place where AWS says so."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Modules with rules. Of several rules that refuse one request, the one that was loaded first answers.
MODULES = (
    "ecs_fargate", "ecs_containers", "ecs_definitions", "ecs", "ecs_services", "ecs_networks", "ecs_balancers",
    "elasticloadbalancing", "elb_groups", "elb_attributes", "elb_listeners", "elb_conditions", "ec2", "ec2_networks", "ec2_routes",
    "ec2_groups", "ec2_endpoints", "ec2_logs_and_lists", "iam", "iam_order", "sts", "kms", "s3", "s3_lifecycle", "ecr",
    "ecr_images", "ecr_lifecycle", "logs", "logs_events", "monitoring", "monitoring_composite", "monitoring_dashboards",
    "monitoring_data", "events", "events_targets", "sns", "sns_subscriptions", "sns_messages", "sqs", "sqs_messages", "route53",
    "route53_records", "acm", "budgets", "tagging", "secretsmanager", "ssm", "wafv2", "wafv2_references",
)

# Of the request's parameters: why AWS refuses it, or None.
Check = Callable[[dict[str, Any]], str | None]


@dataclass(frozen=True)
class Rule:
    """`sentence` says what is refused, for the page of rules; `source` is the place in AWS's documentation, or a report of its answer."""

    service: str
    operations: tuple[str, ...]
    code: str
    source: str
    sentence: str
    check: Check


_RULES: list[Rule] = []


def refuses(service: str, *operations: str, code: str, source: str) -> Callable[[Check], Check]:
    """Registers a rule: its function's docstring is its sentence."""

    def register(check: Check) -> Check:
        sentence = " ".join((check.__doc__ or "").split())
        if not sentence:
            raise ValueError(f"the rule {check.__name__} of {service} has no docstring")
        _RULES.append(Rule(service, operations, code, source, sentence, check))
        return check

    return register


def load() -> tuple[Rule, ...]:
    for module in MODULES:
        importlib.import_module(f"rules.{module}")
    return tuple(_RULES)


def refusal(service: str, operation: str, parameters: dict[str, Any]) -> tuple[Rule, str] | None:
    """The first rule that refuses the request, and its message."""
    for rule in _RULES:
        if rule.service == service and operation in rule.operations and (message := rule.check(parameters)):
            return rule, message
    return None
