"""What AWS refuses of services: their names, strategies, deployments and scheduling."""

from typing import Any

from patches.ecs_service_fields import has_running_containers

from rules import refuses
from rules.ecs import NOT_ASSOCIATED
from rules.ecs_state import (
    API,
    CHANGES,
    REPORTS,
    STARTS,
    cluster_of,
    definition_of,
    is_name,
    runs_on_fargate,
    service_of,
    wanted,
    wanted_definition,
)
from rules.ecs_tables import of_request


@refuses("ecs", *STARTS, code="ClientException", source=f"{API}/API_DeregisterTaskDefinition.html; {API}/API_CreateService.html (Errors)")
def no_active_definition(parameters: dict[str, Any]) -> str | None:
    """A task definition that does not exist, or that is deregistered."""
    if not parameters.get("taskDefinition"):
        return None
    definition = definition_of(parameters["taskDefinition"])
    if definition is None:
        return "TaskDefinition not found."
    return None if definition["status"] == "ACTIVE" else "TaskDefinition is inactive"


@refuses("ecs", "UpdateService", code="ServiceNotActiveException", source=f"{API}/API_UpdateService.html (Errors)")
def service_is_deleted(parameters: dict[str, Any]) -> str | None:
    """A service updated after it was deleted: it is described for a while yet."""
    service = service_of(parameters)
    return "Service was not ACTIVE." if service and service["status"] != "ACTIVE" else None


def _controller(parameters: dict[str, Any]) -> str:
    return (wanted(parameters, "deploymentController") or {}).get("type", "ECS")


of_request(
    ("CreateService",),
    [
        (
            "A service name with other characters than letters, digits, hyphens and underscores, or more than 255.",
            "Identifier can only contain letters, numbers, hyphens, and underscores.",
            lambda p: not is_name(p["serviceName"]),
        ),
        (
            "A service under the name of one that is there.",
            "Creation of service was not idempotent.",
            lambda p: (service_of(p) or {}).get("status") == "ACTIVE",
        ),
        (
            "A service under the name of a deleted one whose tasks still stop.",
            "Unable to Start a service that is still Draining.",
            lambda p: service_of(p) and has_running_containers(service_of(p)),
        ),
        (
            "A service without a task definition.",
            "TaskDefinition can not be blank.",
            lambda p: not p.get("taskDefinition") and _controller(p) != "EXTERNAL",
        ),
        (
            "A service without a number of tasks, but for the scheduling strategy DAEMON.",
            "DesiredCount is missing",
            lambda p: p.get("desiredCount") is None and p.get("schedulingStrategy") != "DAEMON",
        ),
        (
            "A task definition or load balancers of a service whose deployments are EXTERNAL: its task sets have them.",
            "{value}",
            lambda p: (
                _controller(p) == "EXTERNAL"
                and (
                    p.get("taskDefinition")
                    and "TaskDefinition must be blank"
                    or p.get("loadBalancers")
                    and "LoadBalancers must be empty or null"
                )
            ),
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_CreateService.html; {REPORTS}",
)


def _strategy(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    return parameters.get("capacityProviderStrategy") or []


def _foreign_providers(parameters: dict[str, Any]) -> bool:
    providers = (cluster_of(parameters) or {}).get("capacityProviders", [])
    return any(each["capacityProvider"] not in providers for each in _strategy(parameters))


def _normal(strategy: list[dict[str, Any]] | None) -> list[tuple]:
    return sorted((each["capacityProvider"], each.get("base") or 0, each.get("weight") or 0) for each in strategy or [])


of_request(
    STARTS,
    [
        (
            "A launch type together with a capacity provider strategy.",
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
            lambda p: p.get("launchType") and _strategy(p),
        ),
        ("A strategy with a capacity provider that the cluster does not have.", NOT_ASSOCIATED, _foreign_providers),
        (
            "A strategy of which no capacity provider has a weight above zero, which is what one without a weight has.",
            "There are no capacity providers in the capacity provider strategy with a weight value greater than zero. "
            "At least one capacity provider must have a weight value greater than zero specified.",
            lambda p: _strategy(p) and not any(each.get("weight") for each in _strategy(p)),
        ),
        (
            "A strategy with more than one base.",
            "There are multiple capacity providers in the specified capacity provider strategy with a base value defined.",
            lambda p: sum(bool(each.get("base")) for each in _strategy(p)) > 1,
        ),
        (
            "A strategy that names a capacity provider twice.",
            "A capacity provider may only be specified once in a strategy.",
            lambda p: len({each["capacityProvider"] for each in _strategy(p)}) < len(_strategy(p)),
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_CapacityProviderStrategyItem.html; https://github.com/dask/dask-cloudprovider/issues/328; {REPORTS}",
)

of_request(
    ("UpdateService",),
    [
        (
            "Another capacity provider strategy without a new deployment.",
            "When switching from launch type to capacity provider strategy on an existing service, or making a change to a "
            "capacity provider strategy on a service that is already using one, you must force a new deployment.",
            lambda p: (
                _strategy(p)
                and not p.get("forceNewDeployment")
                and _normal(_strategy(p)) != _normal((service_of(p) or {}).get("capacityProviderStrategy"))
            ),
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_UpdateService.html (capacityProviderStrategy)",
)


def _deployment(parameters: dict[str, Any]) -> dict[str, Any]:
    return parameters.get("deploymentConfiguration") or {}


def _is_daemon(parameters: dict[str, Any]) -> bool:
    return wanted(parameters, "schedulingStrategy") == "DAEMON"


def _most(parameters: dict[str, Any]) -> int:
    """maximumPercent after the request."""
    before = {} if "serviceName" in parameters else (service_of(parameters) or {}).get("deploymentConfiguration") or {}
    return {**before, **_deployment(parameters)}.get("maximumPercent", 200)


def _least(parameters: dict[str, Any]) -> int:
    before = {} if "serviceName" in parameters else (service_of(parameters) or {}).get("deploymentConfiguration") or {}
    return {**before, **_deployment(parameters)}.get("minimumHealthyPercent", 100)


of_request(
    ("RunTask",),
    [
        (
            "ExecuteCommand of a task without a role.",
            "The execute command failed because a valid task role is not being used. Specify a valid task role in "
            "your task definition or as a task override and try again.",
            lambda p: (
                p.get("enableExecuteCommand")
                and not (wanted_definition(p).get("taskRoleArn") or (p.get("overrides") or {}).get("taskRoleArn"))
            ),
        ),
    ],
    code="InvalidParameterException",
    source="https://github.com/boto/boto3/issues/3173",
)

of_request(
    CHANGES,
    [
        ("Fewer than no tasks.", "DesiredCount can not be lesser than 0", lambda p: (p.get("desiredCount") or 0) < 0),
        (
            "A maximumPercent below 100.",
            "maximumPercent must be at least 100",
            lambda p: "maximumPercent" in _deployment(p) and _most(p) < 100,
        ),
        (
            "A minimumHealthyPercent above 100.",
            "minimumHealthyPercent must be at most 100",
            lambda p: "minimumHealthyPercent" in _deployment(p) and _least(p) > 100,
        ),
        (
            "A minimumHealthyPercent below 0.",
            "minimumHealthyPercent must be at least 0",
            lambda p: "minimumHealthyPercent" in _deployment(p) and _least(p) < 0,
        ),
        (
            "A deployment that may neither stop a task first nor start one more.",
            "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
            lambda p: _deployment(p) and not _is_daemon(p) and _most(p) <= 100 <= _least(p),
        ),
        (
            "Rebalancing of zones without room for one more task.",
            "Availability Zone Rebalancing does not support maximumPercent <= 100 % as deployment configuration.",
            lambda p: wanted(p, "availabilityZoneRebalancing") == "ENABLED" and _most(p) <= 100 and not _is_daemon(p),
        ),
        (
            "Rebalancing of zones of a DAEMON service.",
            "Availability Zone Rebalancing does not support DAEMON services.",
            lambda p: _is_daemon(p) and p.get("availabilityZoneRebalancing") == "ENABLED",
        ),
        (
            "A number of tasks of a DAEMON service.",
            "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
            lambda p: _is_daemon(p) and p.get("desiredCount") is not None,
        ),
        (
            "A DAEMON service on Fargate.",
            "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and try again",
            lambda p: _is_daemon(p) and runs_on_fargate(p),
        ),
        (
            "A DAEMON service with a maximumPercent above 100.",
            "The daemon scheduling strategy does not support values above 100 for maximumPercent.",
            lambda p: _is_daemon(p) and _deployment(p).get("maximumPercent", 100) > 100,
        ),
        (
            "Placement strategies of a DAEMON service.",
            "The daemon scheduling strategy does not support placement strategies.",
            lambda p: _is_daemon(p) and p.get("placementStrategy"),
        ),
        (
            "Placement strategies on Fargate.",
            "Placement strategies are not supported with FARGATE launch type.",
            lambda p: p.get("placementStrategy") and runs_on_fargate(p),
        ),
        (
            "Placement constraints on Fargate.",
            "Placement constraints are not supported with FARGATE launch type.",
            lambda p: p.get("placementConstraints") and runs_on_fargate(p),
        ),
        (
            "A circuit breaker of deployments that ECS does not make.",
            "Deployment circuit breaker feature can only be enabled with ECS deployment controller.",
            lambda p: (_deployment(p).get("deploymentCircuitBreaker") or {}).get("enable") and _controller(p) != "ECS",
        ),
        (
            "ExecuteCommand of a service whose tasks have no role.",
            "The service couldn't be {value} because a valid taskRoleArn is not being used. "
            "Specify a valid task role in your task definition and try again.",
            lambda p: (
                p.get("enableExecuteCommand")
                and wanted_definition(p)
                and not wanted_definition(p).get("taskRoleArn")
                and ("created" if "serviceName" in p else "updated")
            ),
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_DeploymentConfiguration.html; {API}/API_CreateService.html; {REPORTS}",
)
