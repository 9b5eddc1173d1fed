"""Gap: a task's volumes without a host path are dropped, so containers share nothing and a read-only root stays read-only."""

from ministack.core import container_reaper
from ministack.services import ecs

from patches.replaces import replaces

TASK_LABEL = "com.amazonaws.ecs.task-arn"


@replaces(
    ecs,
    "_build_run_kwargs",
    "(cdef, td, env, port_bindings, ecs_network, host_mode, task_id, task_arn, ministack_net_ip, cluster_arn)",
)
def mount_task_volumes(original, cdef, td, env, port_bindings, ecs_network, host_mode, task_id, task_arn, *rest):
    kwargs = original(cdef, td, env, port_bindings, ecs_network, host_mode, task_id, task_arn, *rest)
    empty_volumes = {
        volume["name"] for volume in td.get("volumes") or [] if not (volume.get("host") or {}).get("sourcePath")
    }
    for mount in cdef.get("mountPoints") or []:
        if mount["sourceVolume"] in empty_volumes:
            bind = bind_volume(cdef["image"], mount, task_id, task_arn)
            kwargs["volumes"] = [*kwargs.get("volumes", []), bind]
    return kwargs


def bind_volume(image: str, mount: dict, task_id: str, task_arn: str) -> str:
    """Create the volume and return Docker's `name:path:options` for it.

    As on Fargate: a path that the image declares with VOLUME brings its content and owner, any other is empty and root's.
    """
    docker_client = ecs._get_docker()
    volume = docker_client.volumes.create(
        name=f"ministack-ecs-{task_id}-{mount['sourceVolume']}",
        labels={**container_reaper.own_labels("ecs"), TASK_LABEL: task_arn},
    )
    declared = docker_client.api.inspect_image(image)["Config"].get("Volumes") or {}
    options = ["ro" if mount.get("readOnly") else "rw"]
    if mount["containerPath"].rstrip("/") not in {path.rstrip("/") for path in declared}:
        options.append("nocopy")
    return f"{volume.name}:{mount['containerPath']}:{','.join(options)}"


def remove_task_volumes(docker_client, task_arn: str) -> None:
    for volume in docker_client.volumes.list(filters={"label": f"{TASK_LABEL}={task_arn}"}):
        volume.remove(force=True)


@replaces(container_reaper, "reap_all", "(docker_client, stop_timeout: int = 2, include_unlabelled: bool = False) -> int")
def remove_volumes_at_boot_and_shutdown(original, docker_client, *args, **kwargs):
    removed = original(docker_client, *args, **kwargs)
    if docker_client is not None:
        mine = f"{container_reaper.INSTANCE_LABEL}={container_reaper.instance_id()}"
        for volume in docker_client.volumes.list(filters={"label": mine}):
            volume.remove(force=True)
    return removed
