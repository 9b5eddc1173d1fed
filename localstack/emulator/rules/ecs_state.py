"""What the rules of ECS look up in the emulator's state."""

import re
from typing import Any

from ministack.services import alb, ecs

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide"
# The requests that change a service, and those that start tasks.
CHANGES = ("CreateService", "UpdateService")
STARTS = (*CHANGES, "RunTask")
# Answers of AWS, each made with a deployment.
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/blob/main/docs/rules.md"

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html: MiB that each CPU size may have.
FARGATE_SIZES = {
    256: (512, 1024, 2048),
    512: range(1024, 4096 + 1, 1024),
    1024: range(2048, 8192 + 1, 1024),
    2048: range(4096, 16384 + 1, 1024),
    4096: range(8192, 30720 + 1, 1024),
    8192: range(16384, 61440 + 1, 4096),
    16384: range(32768, 122880 + 1, 8192),
    32768: (61440, 122880, 249856),
}
_UNITS = {"cpu": {"vcpu": 1024, "": 1}, "memory": {"gb": 1024, "": 1}}


def units(kind: str, text: str | None) -> int | None:
    """CPU units or MiB of `256`, `.25 vCPU`, `0.5 GB`; None for what is none of them."""
    written = str(text or "").strip().lower()
    for suffix, factor in _UNITS[kind].items():
        if written.endswith(suffix):
            try:
                return int(float(written.removesuffix(suffix).strip()) * factor)
            except ValueError:
                return None
    return None


def is_fargate_size(definition: dict[str, Any]) -> bool:
    cpu, memory = units("cpu", definition.get("cpu")), units("memory", definition.get("memory"))
    return memory in FARGATE_SIZES.get(cpu or 0, ())


def cluster_name(parameters: dict[str, Any]) -> str | None:
    """As the request says it, in whatever form; None for an ARN of another account or region."""
    return ecs._resolve_cluster_name(parameters.get("cluster", "default"))


def cluster_of(parameters: dict[str, Any]) -> dict | None:
    return ecs._clusters.get(cluster_name(parameters) or "")


def service_of(parameters: dict[str, Any]) -> dict | None:
    """The service that an update, a deletion, or a creation under a taken name is about."""
    name = parameters.get("service") or parameters.get("serviceName") or ""
    return ecs._services.get(f"{cluster_name(parameters)}/{name.rsplit('/', 1)[-1]}")


def definition_of(reference: str | None) -> dict | None:
    """The task definition of an ARN, `family:revision` or a family: then its newest active revision."""
    key = ecs._resolve_td_key(reference or "")
    found = ecs._task_defs.get(key) if key else None
    if ":" in (reference or "").rsplit("/", 1)[-1] or (found and found["status"] == "ACTIVE"):
        return found
    family = (reference or "").rsplit("/", 1)[-1]
    active = [each for each in ecs._task_defs.values() if each["family"] == family and each["status"] == "ACTIVE"]
    return max(active, key=lambda each: each["revision"], default=None)


def wanted_definition(parameters: dict[str, Any]) -> dict:
    """Of the request, else the one that its service has; empty where there is none."""
    reference = parameters.get("taskDefinition") or (service_of(parameters) or {}).get("taskDefinition")
    return definition_of(reference) or {}


def wanted(parameters: dict[str, Any], name: str) -> Any:
    """What the service is to have after the request: what the request says, else what an update leaves as it is."""
    if parameters.get(name) is not None or "serviceName" in parameters:
        return parameters.get(name)
    return (service_of(parameters) or {}).get(name)


def container_of(definition: dict, name: str | None) -> dict | None:
    return next((each for each in definition.get("containerDefinitions", []) if each.get("name") == name), None)


def runs_on_fargate(parameters: dict[str, Any]) -> bool:
    return launch_type(parameters) == "FARGATE"


def launch_type(parameters: dict[str, Any]) -> str:
    """Where the tasks are to run: by launch type, by strategy, else by the cluster's default strategy."""
    strategy = wanted(parameters, "capacityProviderStrategy")
    named = wanted(parameters, "launchType")
    if not strategy and named:
        return named
    items = strategy or (cluster_of(parameters) or {}).get("defaultCapacityProviderStrategy") or []
    return "FARGATE" if any(item.get("capacityProvider") in ("FARGATE", "FARGATE_SPOT") for item in items) else "EC2"


def awsvpc(parameters: dict[str, Any]) -> dict[str, Any]:
    return (parameters.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}


def provider_exists(reference: str) -> bool:
    name = ecs._resolve_capacity_provider_name(reference)
    return name in ("FARGATE", "FARGATE_SPOT") or name in ecs._capacity_providers


def leads_to_group(group_arn: str) -> bool:
    """Whether a rule of a listener, be it the default one, of a load balancer that is there forwards to the target group."""
    for rule in alb._rules.values():
        listener = alb._listeners.get(rule.get("ListenerArn")) or {}
        if listener.get("LoadBalancerArn") in alb._lbs and any(group_arn in groups_of(action) for action in rule["Actions"]):
            return True
    return False


def groups_of(action: dict) -> list[str]:
    groups = [*action.get("_TargetGroups", []), *(action.get("ForwardConfig") or {}).get("TargetGroups", [])]
    return [*(each["TargetGroupArn"] for each in groups), *filter(None, [action.get("TargetGroupArn")])]


def is_role(text: str) -> bool:
    """Whether a text is the ARN of a role, or none at all: a role may also be said by its name."""
    return not text.startswith("arn:") or bool(re.fullmatch(r"arn:aws[a-z-]*:iam::\d{12}:role/.+", text))


def is_name(text: str | None) -> bool:
    return bool(re.fullmatch(r"[a-zA-Z0-9_-]{1,255}", text or ""))


def names_of(definition: dict[str, Any]) -> list[str]:
    return [each.get("name", "") for each in definition["containerDefinitions"]]


def doubled(values: list[Any]) -> Any:
    return next((each for each in values if values.count(each) > 1), None)


def ports_of(container: dict[str, Any]) -> list[dict[str, Any]]:
    return container.get("portMappings") or []
