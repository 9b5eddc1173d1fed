"""Gap: the alarms of a deployment are kept and never looked at. Here one that rings fails it, and it completes after a time without one.

As on ECS, alarms that ring when the deployment starts are not looked at, and there must be a deployment to go back to. Other than on ECS,
the old tasks serve until the new ones have baked.
"""

import os
import time

from ministack.core.concurrency import resource_lock, spawn_background
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import cloudwatch, ecs

from patches.replaces import replaces

LOOK_SECONDS = 0.5
# CloudWatch's minutes may be shorter here: see the control plane.
MINUTE_SECONDS = float(os.environ.get("CLOUDWATCH_MINUTE_SECONDS", "60"))

# Ids of deployments.
alarmed: set[str] = set()
_watched: set[str] = set()
_baking: set[str] = set()
_baked: set[str] = set()


@replaces(ecs, "_update_service", "(data)")
def watch_deployment(original, data):
    response = original(data)
    key = f"{ecs._resolve_cluster_name(data.get('cluster', 'default'))}/{data.get('service', '').split('/')[-1]}"
    service = ecs._services.get(key)
    deployment = ecs._primary_deployment(service) if service else None
    if deployment and can_roll_back(service, deployment) and deployment["id"] not in _watched:
        if not ringing(service):
            _watched.add(deployment["id"])
            spawn_background(watch, key, deployment, get_account_id(), get_region(), thread_name=f"ecs-alarms-{key}")
    return response


def watch(service_key: str, deployment: dict, account_id: str, region: str) -> None:
    with request_scope(account_id, region):
        while deployment["status"] == "PRIMARY" and deployment.get("rolloutState") == "IN_PROGRESS":
            service = ecs._services.get(service_key)
            if not service:
                return
            if ringing(service):
                fail(service_key, service, deployment)
                return
            time.sleep(LOOK_SECONDS)


def fail(service_key: str, service: dict, deployment: dict) -> None:
    """As the circuit breaker does, which counts failed tasks instead."""
    alarmed.add(deployment["id"])
    configuration = service["deploymentConfiguration"]
    breaker = configuration.get("deploymentCircuitBreaker")
    failed_tasks = deployment.get("failedTasks", 0)
    with resource_lock("ecs-service", service_key):
        configuration["deploymentCircuitBreaker"] = {
            "enable": True,
            "rollback": configuration["alarms"].get("rollback", False),
            "thresholdConfiguration": {"type": "COUNT", "value": 1},
        }
    try:
        ecs._record_service_task_failure(
            {
                "taskArn": "",
                "group": f"service:{service['serviceName']}",
                "clusterArn": service["clusterArn"],
                "_deployment_id": deployment["id"],
            }
        )
    finally:
        with resource_lock("ecs-service", service_key):
            configuration["deploymentCircuitBreaker"] = breaker
            deployment["failedTasks"] = failed_tasks
            deployment["rolloutStateReason"] = "ECS deployment failed: alarm detected."


@replaces(ecs, "_complete_service_deployment", "(cluster_name, svc_key, expected_deployment_id=None)")
def bake_first(original, cluster_name, svc_key, expected_deployment_id=None):
    service = ecs._services.get(svc_key)
    deployment = ecs._primary_deployment(service) if service else None
    if not deployment or deployment["id"] not in _watched or deployment["id"] in _baked:
        original(cluster_name, svc_key, expected_deployment_id)
    elif is_stable(service, deployment) and deployment["id"] not in _baking:
        _baking.add(deployment["id"])
        seconds = bake_minutes(service) * MINUTE_SECONDS
        spawn_background(
            bake, (cluster_name, svc_key, deployment["id"]), seconds, get_account_id(), get_region(),
            thread_name=f"ecs-bake-{svc_key}",
        )


def bake(deployment: tuple, seconds: float, account_id: str, region: str) -> None:
    time.sleep(seconds)
    _baked.add(deployment[2])
    with request_scope(account_id, region):
        ecs._complete_service_deployment(*deployment)


def can_roll_back(service: dict, deployment: dict) -> bool:
    alarms = (service.get("deploymentConfiguration") or {}).get("alarms") or {}
    before = [each for each in service["deployments"] if each is not deployment]
    return (
        bool(alarms.get("enable") and alarms.get("alarmNames"))
        and deployment.get("rolloutState") == "IN_PROGRESS"
        and any(each.get("rolloutState") == "COMPLETED" for each in before)
    )


def alarms_of(service: dict) -> list[dict]:
    names = service["deploymentConfiguration"]["alarms"]["alarmNames"]
    found = [cloudwatch._alarms.get(name) or cloudwatch._composite_alarms.get(name) for name in names]
    return [alarm for alarm in found if alarm]


def ringing(service: dict) -> bool:
    return any(alarm["StateValue"] == "ALARM" for alarm in alarms_of(service))


def bake_minutes(service: dict) -> float:
    """As long as the slowest alarm looks back, and three minutes: the first one is half a minute, and data and evaluation come later."""
    looks = [int(alarm.get("Period") or 60) * int(alarm.get("EvaluationPeriods") or 1) for alarm in alarms_of(service)]
    return max(looks, default=0) / 60 + 3


def is_stable(service: dict, deployment: dict) -> bool:
    """Whether MiniStack would complete it."""
    stable = [
        task
        for task in list(ecs._tasks.values())
        if task.get("group") == f"service:{service['serviceName']}"
        and task.get("clusterArn") == service["clusterArn"]
        and task.get("_deployment_id") == deployment["id"]
        and task.get("lastStatus") == "RUNNING"
        and task.get("_startup_stable")
    ]
    return len(stable) >= service.get("desiredCount", 0)
