"""Gap: containers start in the order they are written, whatever `dependsOn` says."""

import time

from ministack.core.concurrency import resource_lock
from ministack.services import ecs

from patches.replaces import replaces

# AWS's own upper limit for a container's `startTimeout` on Fargate.
DEFAULT_START_TIMEOUT_SECONDS = 120
POLL_SECONDS = 0.25


class DependencyFailed(Exception):
    """A container's dependency will not reach the condition it was started for."""


class TaskStopped(Exception):
    """The task was stopped while a container waited for its dependency."""


@replaces(ecs, "_start_task_worker", "(task, td, container_overrides, docker_client)")
def start_in_dependency_order(original, task, td, container_overrides, docker_client):
    order = start_order(td["containerDefinitions"])
    # `td` is shared by the tasks of one RunTask call: reorder a copy of its list, and the task's own lists alike.
    td = {**td, "containerDefinitions": [td["containerDefinitions"][index] for index in order]}
    with resource_lock("ecs-task", task["taskArn"]):
        task["containers"] = [task["containers"][index] for index in order]
        task["_container_essentials"] = [task["_container_essentials"][index] for index in order]
        task["_start_timeouts"] = {
            definition["name"]: definition.get("startTimeout") or DEFAULT_START_TIMEOUT_SECONDS
            for definition in td["containerDefinitions"]
        }
    try:
        return original(task, td, container_overrides, docker_client)
    except DependencyFailed as failure:
        ecs._fail_task_start(task, docker_client, f"Task failed to start: {failure}")
    except TaskStopped:
        ecs._cleanup_task_resources(task, docker_client)


def start_order(definitions: list[dict]) -> list[int]:
    """Indices such that each container comes after those it depends on; otherwise as written. Registration refused cycles."""
    index_of = {definition["name"]: index for index, definition in enumerate(definitions)}
    order: list[int] = []

    def place(index: int) -> None:
        if index in order:
            return
        for dependency in definitions[index].get("dependsOn") or []:
            place(index_of[dependency["containerName"]])
        order.append(index)

    for index in range(len(definitions)):
        place(index)
    return order


@replaces(
    ecs,
    "_run_docker_container",
    "(docker_client, cdef, run_kwargs, *, refresh_image=False, allow_cached=True,"
    " cache_image=None, fallback_image=None, auth_config=None)",
)
def wait_for_dependencies(original, docker_client, cdef, run_kwargs, **options):
    task = ecs._tasks.get(run_kwargs["labels"]["com.amazonaws.ecs.task-arn"])
    for dependency in cdef.get("dependsOn") or []:
        wait_for(docker_client, task, cdef["name"], dependency["containerName"], dependency["condition"])
    return original(docker_client, cdef, run_kwargs, **options)


def wait_for(docker_client, task, dependent: str, name: str, condition: str) -> None:
    index = [container["name"] for container in task["containers"]].index(name)
    timeout = task["_start_timeouts"][name]
    deadline = time.monotonic() + timeout
    while ecs._task_is_active(task["taskArn"], task):
        state = docker_client.api.inspect_container(task["_docker_ids"][index])["State"]
        problem = verdict(state, condition)
        if problem is None:
            return
        if problem:
            raise DependencyFailed(f"container {name} {problem}, and {dependent} depends on it being {condition}")
        if time.monotonic() > deadline:
            raise DependencyFailed(f"container {name} was not {condition} within {timeout} s, and {dependent} depends on it")
        time.sleep(POLL_SECONDS)
    raise TaskStopped


def verdict(state: dict, condition: str) -> str | None:
    """None: the condition is met. "": not yet. Otherwise why it never will be."""
    exited = state["Status"] in ("exited", "dead")
    if condition == "START":
        return None
    if condition in ("COMPLETE", "SUCCESS"):
        if not exited:
            return ""
        code = state["ExitCode"]
        return None if condition == "COMPLETE" or code == 0 else f"exited with code {code}"
    if exited:
        return f"exited with code {state['ExitCode']}"
    health = (state.get("Health") or {}).get("Status")
    return {"healthy": None, "unhealthy": "is unhealthy"}.get(health, "")
