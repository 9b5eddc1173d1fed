"""Gap: every container gets 5 s to stop, all at once it is called STOPPED, and containers of failed tasks stay behind.

Here a task goes DEACTIVATING (out of its target groups, a moment to drain), its containers stop in reverse start order with
their own `stopTimeout`, and it is STOPPED when they are gone, with their real exit codes. Their last log lines are shipped first.
"""

import threading
import time

from docker.errors import DockerException
from ministack.core.concurrency import resource_lock, spawn_background
from ministack.core.responses import get_account_id, get_region, json_response, request_scope
from ministack.services import alb, ecs, ecs_metadata

from patches.ecs_container_settings import DEFAULT_STOP_TIMEOUT_SECONDS, STOP_TIMEOUT_LABEL
from patches.ecs_shared_namespace import remove_namespace_owner
from patches.ecs_task_volumes import remove_task_volumes
from patches.replaces import replaces
from patches.services import service_of

LOG_DRAIN_SECONDS = 5
# AWS waits the target group's deregistration delay, unless nothing is under way. Here it is long enough for the load balancers to have
# stopped sending requests, and no longer than the delay. The load balancers read the targets every second, and wait for the answers.
TARGET_DRAIN_SECONDS = 5


@replaces(ecs, "_stop_task", "(data)")
def stop_task(original, data):
    task = ecs._resolve_task(data.get("task", ""), ecs._resolve_cluster_name(data.get("cluster", "default")))
    if not task or task["lastStatus"] == "STOPPED":
        return original(data)
    by_service = task.get("group", "").startswith("service:")
    begin_stop(
        task,
        data.get("reason", "Task stopped by user"),
        "ServiceSchedulerInitiated" if by_service else "UserInitiated",
    )
    return json_response({"task": ecs._sanitize(task)})


@replaces(ecs, "_mark_task_stopped", "(task_arn, task, reason, stop_code, exit_code=None)")
def stop_gracefully(original, task_arn, task, reason, stop_code, exit_code=None):
    begun = begin_stop(task, reason.replace("container exited", "container in task exited"), stop_code)
    if begun and stop_code in ("EssentialContainerExited", "TaskFailedToStart"):
        ecs._record_service_task_failure(task)
    return begun


def begin_stop(task: dict, reason: str, stop_code: str) -> bool:
    """Take the task out of service and stop it in the background. False if it is being stopped already."""
    with resource_lock("ecs-task", task["taskArn"]):
        if not ecs._task_is_active(task["taskArn"], task):
            return False
        ecs._bump_task_version(task)
        task.update(
            desiredStatus="STOPPED",
            lastStatus="DEACTIVATING",
            stoppingAt=ecs._iso(),
            stoppedReason=reason,
            stopCode=stop_code,
        )
    ecs_metadata.set_task_status(task["taskArn"], known_status="DEACTIVATING", desired_status="STOPPED")
    refresh_counts(task)
    spawn_background(finish_stop, task, get_account_id(), get_region(), thread_name=f"ecs-stop-{task['taskArn'][-8:]}")
    return True


def finish_stop(task: dict, account_id: str, region: str) -> None:
    with request_scope(account_id, region):
        try:
            if task["stopCode"] == "ServiceSchedulerInitiated":
                time.sleep(min(TARGET_DRAIN_SECONDS, deregistration_delay(task)))
            ecs._cleanup_task_resources(task, None)
        finally:
            with resource_lock("ecs-task", task["taskArn"]):
                ecs._bump_task_version(task)
                now = ecs._iso()
                task.update(lastStatus="STOPPED", stoppedAt=now, executionStoppedAt=now)
                for container in task["containers"]:
                    container["lastStatus"] = "STOPPED"
            ecs_metadata.set_all_container_status(task["taskArn"], "STOPPED")
            refresh_counts(task)


def deregistration_delay(task: dict) -> float:
    """The longest of the task's target groups, in seconds; 0 for a task that no load balancer reaches."""
    attributes = [
        attribute
        for balancer in (service_of(task) or {}).get("loadBalancers") or []
        for attribute in alb._tg_attrs.get(balancer.get("targetGroupArn")) or []
    ]
    delays = [each["Value"] for each in attributes if each["Key"] == "deregistration_delay.timeout_seconds"]
    return max(map(float, delays), default=0)


def refresh_counts(task: dict) -> None:
    cluster = ecs._cluster_name_from_arn(task["clusterArn"])
    ecs._recount_cluster(cluster)
    ecs._refresh_service_state(cluster, task.get("group", ""))


@replaces(ecs, "_cleanup_task_resources", "(task, docker_client, extra_container=None)")
def clean_up_task(original, task, docker_client, extra_container=None):
    # One at a time: a worker that finds its task stopped cleans up after the thread that stopped it.
    with resource_lock("ecs-task-cleanup", task["taskArn"]):
        remove_all(task, docker_client or ecs._get_docker(), extra_container)


def remove_all(task: dict, docker_client, extra_container) -> None:
    with resource_lock("ecs-task", task["taskArn"]):
        container_ids = [*(task.get("_docker_ids") or [])]
        if extra_container is not None:
            container_ids.append(extra_container.id)
        tokens, task["_metadata_tokens"], task["_docker_ids"] = task.get("_metadata_tokens") or [], [], []
    for container_id in reversed(container_ids):
        stop_container(docker_client, task, container_id)
    drain_logs(task)
    for token in tokens:
        ecs_metadata.unregister_token(token)
    for container_id in container_ids:
        try:
            docker_client.api.remove_container(container_id, v=True, force=True)
        except DockerException as problem:
            ecs.logger.warning("ECS: container %s was not removed: %s", container_id[:12], problem)
    remove_namespace_owner(docker_client, task)
    remove_task_volumes(docker_client, task["taskArn"])


def stop_container(docker_client, task: dict, container_id: str) -> None:
    try:
        labels = docker_client.api.inspect_container(container_id)["Config"]["Labels"]
        timeout = int(labels.get(STOP_TIMEOUT_LABEL, DEFAULT_STOP_TIMEOUT_SECONDS))
        docker_client.api.stop(container_id, timeout=timeout)
        exit_code = docker_client.api.inspect_container(container_id)["State"]["ExitCode"]
    except DockerException as problem:
        ecs.logger.warning("ECS: container %s was not stopped: %s", container_id[:12], problem)
        return
    name = labels["com.amazonaws.ecs.container-name"]
    for container in task["containers"]:
        if container["name"] == name:
            container["exitCode"] = exit_code
            container["lastStatus"] = "STOPPED"


def drain_logs(task: dict) -> None:
    """A forwarder thread ends by itself when its container has stopped and its output is read."""
    prefix = f"ministack-ecs-awslogs-{task['taskArn'].rsplit('/', 1)[-1][:8]}-"
    for thread in threading.enumerate():
        if thread.name.startswith(prefix):
            thread.join(LOG_DRAIN_SECONDS)
