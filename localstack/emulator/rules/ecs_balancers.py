"""What AWS refuses of a service's load balancers and registries."""

from typing import Any

from ministack.services import alb

from rules.ecs_state import API, CHANGES, GUIDE, REPORTS, container_of, leads_to_group, runs_on_fargate, wanted, wanted_definition
from rules.ecs_tables import of_request

BALANCED = ("loadBalancers", "serviceConnectConfiguration", "vpcLatticeConfigurations")


def _balancers(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """Of a request, and those that a service keeps when its tasks become others."""
    given = parameters.get("loadBalancers")
    return (given if given is not None or not parameters.get("taskDefinition") else wanted(parameters, "loadBalancers")) or []


def _groups(parameters: dict[str, Any]) -> list[str]:
    return [each["targetGroupArn"] for each in parameters.get("loadBalancers") or [] if each.get("targetGroupArn")]


def _unfit(parameters: dict[str, Any]) -> str | None:
    """A target group that the network mode of the tasks cannot be in."""
    mode = wanted_definition(parameters).get("networkMode")
    wanted_type = "ip" if mode == "awsvpc" else "instance"
    for arn in _groups(parameters) if mode else []:
        found = alb._tgs[arn]["TargetType"]
        if found != wanted_type:
            return f"The provided target group {arn} has target type {found}, which is incompatible with the {mode} network mode"
    return None


def _without_container(parameters: dict[str, Any]) -> str | None:
    definition = wanted_definition(parameters)
    names = [each.get("containerName") for each in _balancers(parameters)]
    return next((str(name) for name in names if definition and not container_of(definition, name)), None)


def _without_port(parameters: dict[str, Any]) -> str | None:
    definition = wanted_definition(parameters)
    for each in _balancers(parameters) if definition else []:
        name, port = each.get("containerName"), each.get("containerPort")
        published = [mapping.get("containerPort") for mapping in (container_of(definition, name) or {}).get("portMappings") or []]
        if port not in published:
            return f"The container {name} did not have a container port {port} defined."
    return None


of_request(
    CHANGES,
    [
        (
            "A load balancer by name and target group at once.",
            "loadBalancerName and targetGroupArn cannot both be specified.",
            lambda p: any(each.get("loadBalancerName") and each.get("targetGroupArn") for each in p.get("loadBalancers") or []),
        ),
        (
            "A Classic Load Balancer on Fargate.",
            "Classic Load Balancers are not supported with Fargate.",
            lambda p: any(each.get("loadBalancerName") for each in p.get("loadBalancers") or []) and runs_on_fargate(p),
        ),
        ("More than five target groups.", "load balancers can have at most 5 items.", lambda p: len(_groups(p)) > 5),
        (
            "A target group that does not exist.",
            "The target group {value} does not exist. Specify a valid target group and try again.",
            lambda p: next((arn for arn in _groups(p) if arn not in alb._tgs), None),
        ),
        (
            "A target group of another target type than the network mode of the tasks needs: ip for awsvpc, else instance.",
            "{value} specified in the task definition.",
            _unfit,
        ),
        (
            "A load balancer on a container that the task definition does not have.",
            "The container {value} does not exist in the task definition.",
            _without_container,
        ),
        ("A load balancer on a port that its container does not map.", "{value}", _without_port),
        (
            "A target group that no listener and no rule of a load balancer forwards to.",
            "The target group with targetGroupArn {value} does not have an associated load balancer.",
            lambda p: next((arn for arn in _groups(p) if not leads_to_group(arn)), None),
        ),
        (
            "A grace period of the health checks of a load balancer that the service does not have.",
            "Health check grace period is only valid for services configured to use load balancers",
            lambda p: p.get("healthCheckGracePeriodSeconds") and not any(wanted(p, each) for each in BALANCED),
        ),
        (
            "A negative grace period.",
            "healthCheckGracePeriodSeconds must be at least 0",
            lambda p: (p.get("healthCheckGracePeriodSeconds") or 0) < 0,
        ),
        (
            "Deployments by CodeDeploy without a load balancer.",
            "The service requires an Application Load Balancer or Network Load Balancer.",
            lambda p: (p.get("deploymentController") or {}).get("type") == "CODE_DEPLOY" and not p.get("loadBalancers"),
        ),
        (
            "A role for load balancers of a service without them, or whose tasks are in the network mode awsvpc.",
            "{value}",
            lambda p: p.get("role") and _role(p),
        ),
        (
            "More than one service registry.",
            "service registries can have at most 1 items.",
            lambda p: len(p.get("serviceRegistries") or []) > 1,
        ),
        (
            "A container of a service registry in the network mode awsvpc, where the port is enough.",
            "The values specified for serviceRegistries do not require a value for 'containerPort'.",
            lambda p: (
                wanted_definition(p).get("networkMode") == "awsvpc"
                and any(each.get("containerPort") and each.get("port") for each in p.get("serviceRegistries") or [])
            ),
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_LoadBalancer.html; {GUIDE}/alb.html; https://github.com/hashicorp/terraform/issues/32908; {REPORTS}",
)


def _role(parameters: dict[str, Any]) -> str | None:
    if not parameters.get("loadBalancers"):
        return "IAM roles are only valid for services configured to use load balancers."
    if wanted_definition(parameters).get("networkMode") == "awsvpc":
        return "You cannot specify an IAM role for services that require a service linked role."
    return None
