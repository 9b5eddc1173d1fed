"""Which service a task belongs to, for patches that meet the task first."""

from ministack.services import ecs


def service_of(task: dict) -> dict | None:
    """None for a task that no service started."""
    group = task.get("group", "")
    if not group.startswith("service:"):
        return None
    return ecs._services.get(f"{ecs._cluster_name_from_arn(task['clusterArn'])}/{group.removeprefix('service:')}")
