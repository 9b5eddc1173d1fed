"""Gap: each container of an awsvpc task gets its own network namespace, so 127.0.0.1 does not reach its neighbour.

As on Fargate, a tiny extra container owns the task's namespace and address. The first container of the task would not do:
an init container that another waits for with COMPLETE is gone when the next one starts.
"""

import os

from docker.errors import DockerException, NotFound
from ministack.core import container_reaper
from ministack.core.concurrency import resource_lock
from ministack.services import ecs

from patches.replaces import replaces


@replaces(
    ecs,
    "_build_run_kwargs",
    "(cdef, td, env, port_bindings, ecs_network, host_mode, task_id, task_arn, ministack_net_ip, cluster_arn)",
)
def join_task_namespace(original, cdef, td, env, port_bindings, ecs_network, host_mode, task_id, task_arn, *rest):
    kwargs = original(cdef, td, env, port_bindings, ecs_network, host_mode, task_id, task_arn, *rest)
    if td.get("networkMode") != "awsvpc":
        return kwargs
    task = ecs._tasks.get(task_arn)
    if not task.get("_namespace_owner"):
        start_namespace_owner(task, kwargs)
    for key in ("network", "ports", "extra_hosts"):
        kwargs.pop(key, None)
    kwargs["network_mode"] = f"container:{task['_namespace_owner']}"
    return kwargs


def start_namespace_owner(task: dict, kwargs: dict) -> None:
    docker_client = ecs._get_docker()
    labels = {
        **container_reaper.own_labels("ecs"),
        "com.amazonaws.ecs.task-arn": task["taskArn"],
        "com.amazonaws.ecs.container-name": "~internal~ecs~pause",
    }
    owner = docker_client.containers.create(
        # The emulator's own image: certainly in the local store.
        docker_client.containers.get(os.environ["HOSTNAME"]).image.id,
        entrypoint=["sleep", "infinity"],
        name=f"ministack-ecs-{task['taskArn'].rsplit('/', 1)[-1][:8]}-pause",
        labels=labels,
        network=kwargs["network"],
        extra_hosts=kwargs.get("extra_hosts"),
    )
    with resource_lock("ecs-task", task["taskArn"]):
        task["_namespace_owner"] = owner.id
    owner.start()


def remove_namespace_owner(docker_client, task: dict) -> None:
    with resource_lock("ecs-task", task["taskArn"]):
        owner = task.pop("_namespace_owner", None)
    if owner:
        try:
            docker_client.api.remove_container(owner, v=True, force=True)
        except NotFound:
            pass


@replaces(ecs, "_record_task_ip", "(task, container, ecs_network)")
def record_address_of_namespace(original, task, container, ecs_network):
    owner = task.get("_namespace_owner")
    if owner:
        try:
            container = ecs._get_docker().containers.get(owner)
        except DockerException:
            return
    original(task, container, ecs_network)
