"""Gap: DescribeServices forgets `availabilityZoneRebalancing` and calls a service INACTIVE while its tasks still stop."""

import json

from ministack.core.responses import json_response
from ministack.services import ecs

from patches.replaces import replaces

REMEMBERED = ("availabilityZoneRebalancing",)


@replaces(ecs, "_create_service", "(data)")
def remember_on_create(original, data):
    return remember(original(data), {"availabilityZoneRebalancing": data.get("availabilityZoneRebalancing") or rebalancing(data)})


def rebalancing(data: dict) -> str:
    """What a service has that does not say it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html"""
    most = (data.get("deploymentConfiguration") or {}).get("maximumPercent", 200)
    return "DISABLED" if data.get("schedulingStrategy") == "DAEMON" or most <= 100 else "ENABLED"


@replaces(ecs, "_update_service", "(data)")
def remember_on_update(original, data):
    return remember(original(data), {key: data[key] for key in REMEMBERED if key in data})


def remember(response, fields: dict):
    status, _, body = response
    if status != 200:
        return response
    described = json.loads(body)["service"]
    arn = described["serviceArn"]
    for service in ecs._services.values():
        if service["serviceArn"] == arn and service["status"] == "ACTIVE":
            service.update(fields)
            return json_response({"service": ecs._sanitize(service)})
    return response


@replaces(ecs, "_describe_services", "(data)")
def stay_draining_until_tasks_stopped(original, data):
    status, headers, body = original(data)
    if status != 200:
        return status, headers, body
    answer = json.loads(body)
    for service in answer["services"]:
        if service["status"] == "INACTIVE" and has_running_containers(service):
            service["status"] = "DRAINING"
    return json_response(answer)


def has_running_containers(service: dict) -> bool:
    return any(
        task.get("group") == f"service:{service['serviceName']}"
        and task.get("clusterArn") == service["clusterArn"]
        and task.get("lastStatus") != "STOPPED"
        for task in list(ecs._tasks.values())
    )
