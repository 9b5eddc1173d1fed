"""Gap: ECS does not ask the load balancer. A task counts for its deployment once its targets are healthy, and is replaced when they are not."""

import time
from datetime import datetime

from ministack.services import ecs

from patches.ecs_container_health import replace_unhealthy
from patches.elb_target_health import health_of
from patches.replaces import replaces
from patches.services import service_of

LOOK_SECONDS = 0.5


@replaces(ecs, "_record_service_task_healthy", "(svc_key, task)")
def count_as_healthy_when_in_service(original, svc_key, task):
    while ecs._task_is_active(task["taskArn"], task):
        if all(health.state == "healthy" for _, health in targets_of(task)):
            break
        time.sleep(LOOK_SECONDS)
    original(svc_key, task)


@replaces(ecs, "_maybe_mark_stopped", "(task, docker_client=None)")
def watch_targets(original, task, docker_client=None):
    unhealthy = [group_arn for group_arn, health in targets_of(task) if health.state == "unhealthy"]
    if unhealthy and not is_in_grace(task):
        replace_unhealthy(task, f"Task failed ELB health checks in (target-group {unhealthy[0]})")
    else:
        original(task, docker_client)


def targets_of(task: dict) -> list[tuple]:
    """The target groups that the task's service puts it in, each with its health there."""
    service = service_of(task)
    address = ecs._task_ip(task)
    if not service or not address or task.get("lastStatus") != "RUNNING":
        return []
    groups = [balancer for balancer in service.get("loadBalancers") or [] if balancer.get("targetGroupArn")]
    return [
        (each["targetGroupArn"], health_of(each["targetGroupArn"], address, int(each["containerPort"])))
        for each in groups
    ]


def is_in_grace(task: dict) -> bool:
    service = service_of(task) or {}
    started = task.get("startedAt")
    if not started:
        return True
    age = time.time() - (started if isinstance(started, (int, float)) else datetime.fromisoformat(started).timestamp())
    return age < int(service.get("healthCheckGracePeriodSeconds") or 0)
