"""Gap: a release that follows one whose tasks keep crashing is never begun: there is no room for its tasks, and nothing looks again.

As on ECS, the tasks of a deployment that never completed give way first; MiniStack stops the oldest ones, and those serve.
"""

from ministack.services import ecs

from patches.replaces import replaces
from patches.services import service_of


@replaces(ecs, "_update_service", "(data)")
def give_way(original, data):
    key = f"{ecs._resolve_cluster_name(data.get('cluster', 'default'))}/{data.get('service', '').split('/')[-1]}"
    service = ecs._services.get(key)
    if service and (data.get("forceNewDeployment") or data.get("taskDefinition")):
        stop_unfinished(service)
    return original(data)


def stop_unfinished(service: dict) -> None:
    primary = ecs._primary_deployment(service)
    served = any(each.get("rolloutState") == "COMPLETED" for each in service["deployments"] if each is not primary)
    if not primary or primary.get("rolloutState") != "IN_PROGRESS" or not served:
        return
    for arn, task in list(ecs._tasks.items()):
        if task.get("_deployment_id") == primary["id"] and task.get("lastStatus") in ecs._PRE_STOP_STATUSES:
            ecs._stop_task({"task": arn, "cluster": service["clusterArn"], "reason": "Deployment superseded"})


@replaces(ecs, "_record_service_task_failure", "(task, digest_resolution_failed=False)")
def look_again(original, task, digest_resolution_failed=False):
    original(task, digest_resolution_failed)
    service = service_of(task)
    primary = ecs._primary_deployment(service) if service and service.get("status") == "ACTIVE" else None
    if primary and primary.get("rolloutState") == "IN_PROGRESS" and task.get("_deployment_id") != primary["id"]:
        cluster = ecs._cluster_name_from_arn(service["clusterArn"])
        ecs._reconcile_service_tasks(cluster, f"{cluster}/{service['serviceName']}")
