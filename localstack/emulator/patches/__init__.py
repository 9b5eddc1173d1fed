"""Closes gaps of one pinned MiniStack. Each module here holds one patch, and its docstring names the gap."""

import importlib
import os
from importlib.metadata import version

from patches.replaces import PatchError, install, registered

PINNED_VERSION = "1.5.33"

# Order matters where two patches wrap the same function: the later one is called first.
MODULES = (
    "ecs_cluster_arguments",
    "ecs_deleted_clusters",
    "ecs_task_definition_defaults",
    "ecs_local_images",
    "ecs_container_settings",
    "ecs_task_volumes",
    "ecs_task_credentials",
    "ecs_shared_namespace",
    "ecs_start_order",
    "ecs_execution_role",
    "ecs_stop",
    "ecs_container_health",
    "elb_target_health",
    "ecs_target_health",
    "ecs_deployments",
    "ecs_superseded_deployments",
    "ecs_deployment_alarms",
    "ecs_deployment_events",
    "ecs_service_fields",
    "ecs_service_defaults",
    "elb_action_fields",
    "elb_group_balancers",
    "elb_idempotent_creation",
    "ec2_default_egress_rule",
    "ec2_endpoint_fields",
    "ec2_nat_gateway_address",
    "ec2_prefix_list_rules",
    "ec2_subnet_conflict",
    "ec2_canonical_blocks",
    "ec2_addresses_in_use",
    "ec2_flow_log_fields",
    "cloudwatch_alarm_fields",
    "cloudwatch_evaluation",
    "query_error_codes",
    "events_rule_fields",
    "logs_query_definitions",
    "sns_pending_subscriptions",
    "sqs_deleted_queues",
    "ssm_parameter_versions",
    "budgets_cost_types",
    "tagging_resources",
    "waf_logging",
    "acm_validation",
    "route53_names",
    "secrets_without_value",
    "iam_transport",
    "iam_resources",
    "iam_role_conditions",
    "iam_trust",
    "sts_github_claims",
    "iam_denials",
    "iam_service_linked_roles",
    "kms_grants",
    "service_deliveries",
    "ecr_layers",
    "request_rules",
    "rules_page",
    "authorization_page",
    "eventual_consistency",
)


def apply_patches() -> list[str]:
    """Install every patch; returns their names. Raises PatchError where MiniStack is not the one they were written for."""
    installed = version("ministack")
    if installed != PINNED_VERSION:
        raise PatchError(f"ministack {installed} is installed, the patches are for {PINNED_VERSION}")
    # To see a test fail without its patch: WITHOUT_PATCHES=ecs_stop,ecs_start_order
    without = {name for name in os.environ.get("WITHOUT_PATCHES", "").split(",") if name}
    if unknown := without - set(MODULES):
        raise PatchError(f"WITHOUT_PATCHES names {', '.join(sorted(unknown))}; there are {', '.join(MODULES)}")
    names = [name for name in MODULES if name not in without]
    for name in names:
        importlib.import_module(f"patches.{name}")
        install(registered(f"patches.{name}"))
    return names
