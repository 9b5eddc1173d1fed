"""Gap: RegisterTaskDefinition echoes the request, where ECS fills in defaults and empty lists: what is left out shows as a change in every plan."""

import json

from ministack.core.responses import json_response
from ministack.services import ecs

from patches.replaces import replaces

# As DescribeTaskDefinition answers: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
EMPTY_LISTS = ("environment", "mountPoints", "portMappings", "volumesFrom", "systemControls")
HEALTH_CHECK = {"interval": 30, "timeout": 5, "retries": 3}
PORT_PROTOCOL = "tcp"


@replaces(ecs, "_register_task_definition", "(data)")
def fill_in_defaults(original, data):
    for container in data.get("containerDefinitions") or []:
        fill_in(container, data.get("networkMode"))
    if data.get("volumes"):
        data["volumes"] = [volume if len(volume) > 1 else {**volume, "host": {}} for volume in data["volumes"]]
    status, headers, body = original(data)
    if status != 200:
        return status, headers, body
    answer = json.loads(body)
    definition = ecs._task_defs[f"{data['family']}:{answer['taskDefinition']['revision']}"]
    # ECS leaves out what was not said, where MiniStack says "".
    for name in [name for name, value in definition.items() if value in ("", None)]:
        del definition[name]
    return json_response({**answer, "taskDefinition": definition})


def fill_in(container: dict, network_mode: str | None) -> None:
    for name in EMPTY_LISTS:
        container[name] = container.get(name) or []
    for mapping in container["portMappings"]:
        mapping.setdefault("protocol", PORT_PROTOCOL)
        if network_mode == "awsvpc" and "containerPort" in mapping:
            mapping["hostPort"] = mapping["containerPort"]
    if container.get("healthCheck"):
        container["healthCheck"] = {**HEALTH_CHECK, **container["healthCheck"]}
    capabilities = (container.get("linuxParameters") or {}).get("capabilities")
    if capabilities is not None:
        container["linuxParameters"]["capabilities"] = {"add": [], "drop": [], **capabilities}
