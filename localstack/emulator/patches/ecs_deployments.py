"""Gap: a first deployment is COMPLETED before its tasks run, and a failed one stays listed for ever.

Terraform's wait for a steady state ends when one deployment is left, so after a rollback it would never end.
"""

from ministack.core.concurrency import resource_lock
from ministack.services import ecs

from patches.replaces import replaces


@replaces(ecs, "_make_deployment", "(task_definition, desired_count, status='PRIMARY')")
def start_in_progress(original, task_definition, desired_count, status="PRIMARY"):
    deployment = original(task_definition, desired_count, status)
    deployment["rolloutState"] = "IN_PROGRESS"
    deployment["rolloutStateReason"] = f"ECS deployment {deployment['id']} in progress."
    return deployment


@replaces(ecs, "_refresh_service_state", "(cluster_name, group)")
def drop_failed_deployments_without_tasks(original, cluster_name, group):
    original(cluster_name, group)
    service_name = group.removeprefix("service:")
    key = f"{cluster_name}/{service_name}"
    service = ecs._services.get(key) if group.startswith("service:") else None
    if not service:
        return
    with resource_lock("ecs-service-deployments", key):
        with_tasks = {
            task.get("_deployment_id")
            for task in list(ecs._tasks.values())
            if task.get("group") == group and task.get("lastStatus") != "STOPPED"
        }
        for deployment in [*service["deployments"]]:
            failed = deployment["status"] != "PRIMARY" and deployment.get("rolloutState") == "FAILED"
            if failed and deployment["id"] not in with_tasks:
                service["deployments"].remove(deployment)
