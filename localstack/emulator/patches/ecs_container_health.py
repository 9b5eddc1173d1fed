"""Gap: container health is always UNKNOWN, and an unhealthy essential container neither ends its task nor fails a deployment."""

import time

from docker.errors import DockerException
from ministack.core.concurrency import resource_lock
from ministack.services import ecs

from patches.replaces import replaces

HEALTH = {"healthy": "HEALTHY", "unhealthy": "UNHEALTHY"}
# MiniStack's watcher asks ten times a second for every container; twice is plenty and leaves the daemon idle.
INSPECT_SECONDS = 0.5


@replaces(ecs, "_maybe_mark_stopped", "(task, docker_client=None)")
def watch_health(original, task, docker_client=None):
    if time.monotonic() - task.get("_inspected_at", 0) < INSPECT_SECONDS:
        return
    task["_inspected_at"] = time.monotonic()
    report_health(task, docker_client or ecs._get_docker())
    if task["healthStatus"] == "UNHEALTHY" and task.get("group", "").startswith("service:"):
        replace_unhealthy(task, "Task failed container health checks")
    else:
        original(task, docker_client)


def report_health(task: dict, docker_client) -> None:
    """Sets healthStatus of the containers and of the task, whose health is that of its checked essential containers."""
    with resource_lock("ecs-task", task["taskArn"]):
        if not ecs._task_is_active(task["taskArn"], task):
            return
        started = list(zip(task["containers"], task["_container_essentials"], task.get("_docker_ids") or []))
    checked = []
    for container, essential, docker_id in started:
        try:
            state = docker_client.api.inspect_container(docker_id)["State"]
        except DockerException:
            continue
        health = state.get("Health")
        # Docker calls a container that has ended unhealthy, but that it has ended is what matters.
        known = health and state["Running"]
        container["healthStatus"] = HEALTH.get(health["Status"], "UNKNOWN") if known else "UNKNOWN"
        if health and essential:
            checked.append(container["healthStatus"])
    task["_health_checked"] = bool(checked)
    if "UNHEALTHY" in checked:
        task["healthStatus"] = "UNHEALTHY"
    else:
        task["healthStatus"] = "HEALTHY" if checked and set(checked) == {"HEALTHY"} else "UNKNOWN"


def replace_unhealthy(task: dict, reason: str) -> None:
    """What the service scheduler does; a task that was started with RunTask keeps running, as on AWS."""
    stopped = ecs._mark_task_stopped(task["taskArn"], task, reason, "ServiceSchedulerInitiated")
    if stopped:
        ecs._record_service_task_failure(task)


@replaces(ecs, "_record_service_task_healthy", "(svc_key, task)")
def count_as_healthy_when_checked(original, svc_key, task):
    """A task counts for its deployment when its health checks have passed, not a second after it started."""
    while ecs._task_is_active(task["taskArn"], task):
        report_health(task, ecs._get_docker())
        if not task["_health_checked"] or task["healthStatus"] == "HEALTHY":
            break
        time.sleep(INSPECT_SECONDS)
    original(svc_key, task)
