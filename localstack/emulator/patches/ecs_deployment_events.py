"""Gap: service events do not read like those of ECS, which name the deployment that failed and the one rolled back to.

MiniStack also tells at every update that connections drain, whether or not a task stops: that event is dropped.
"""

from ministack.core.responses import new_uuid
from ministack.services import ecs

from patches.ecs_deployment_alarms import alarmed
from patches.replaces import replaces
from patches.services import service_of


@replaces(ecs, "_record_service_task_failure", "(task, digest_resolution_failed=False)")
def tell_failure_as_ecs_does(original, task, digest_resolution_failed=False):
    service = service_of(task)
    before = ecs._primary_deployment(service) if service else None
    original(task, digest_resolution_failed)
    if not before or before.get("rolloutState") != "FAILED":
        return
    name = service["serviceName"]
    after = ecs._primary_deployment(service)
    cause = "alarm detected" if before["id"] in alarmed else "tasks failed to start"
    texts = {
        f"(service {name}) deployment failed: deployment circuit breaker was triggered.": (
            f"(service {name}) (deployment {before['id']}) deployment failed: {cause}."
        ),
        f"(service {name}) rolled back to the last completed deployment.": (
            f"(service {name}) (deployment {before['id']}) rolling back to deployment {after['id']}."
        ),
    }
    for event in service["events"]:
        event["message"] = texts.get(event["message"], event["message"])


@replaces(ecs, "_complete_service_deployment", "(cluster_name, svc_key, expected_deployment_id=None)")
def tell_steady_state(original, cluster_name, svc_key, expected_deployment_id=None):
    service = ecs._services.get(svc_key)
    primary = ecs._primary_deployment(service) if service else None
    was_in_progress = bool(primary) and primary.get("rolloutState") == "IN_PROGRESS"
    original(cluster_name, svc_key, expected_deployment_id)
    if was_in_progress and primary.get("rolloutState") == "COMPLETED":
        name = service["serviceName"]
        for message in (
            f"(service {name}) (deployment {primary['id']}) deployment completed.",
            f"(service {name}) has reached a steady state.",
        ):
            service["events"].insert(0, {"id": new_uuid(), "createdAt": ecs._iso(), "message": message})


@replaces(ecs, "_update_service", "(data)")
def drop_invented_event(original, data):
    response = original(data)
    for service in ecs._services.values():
        invented = f"(service {service['serviceName']}) has begun draining connections on 1 tasks."
        for event in [*service["events"]]:
            if event["message"] == invented:
                service["events"].remove(event)
    return response
