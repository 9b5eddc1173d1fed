"""What a task definition must and must not say, wherever it runs; of its containers, what is about several of them."""

from typing import Any

from rules import refuses
from rules.ecs_containers import PARAMETERS, range_of
from rules.ecs_state import API, REPORTS, container_of, doubled, is_name, is_role, names_of, ports_of, units
from rules.ecs_tables import of_containers, of_request


def _overlapping(definition: dict[str, Any]) -> bool:
    ranges = sorted(found for each in definition["containerDefinitions"] for mapping in ports_of(each) if (found := range_of(mapping)))
    return any(first[1] >= second[0] for first, second in zip(ranges, ranges[1:], strict=False))


def _efs(definition: dict[str, Any]) -> list[dict[str, Any]]:
    return [each["efsVolumeConfiguration"] for each in definition.get("volumes") or [] if each.get("efsVolumeConfiguration")]


def _authorization(efs: dict[str, Any]) -> dict[str, Any]:
    return efs.get("authorizationConfig") or {}


def _unmounted(definition: dict[str, Any]) -> str | None:
    mounted = {mount.get("sourceVolume") for each in definition["containerDefinitions"] for mount in each.get("mountPoints") or []}
    late = [each.get("name") for each in definition.get("volumes") or [] if each.get("configuredAtLaunch")]
    return next((name for name in late if name not in mounted), None)


def _port_names(definition: dict[str, Any]) -> list[str]:
    return [mapping["name"] for each in definition["containerDefinitions"] for mapping in ports_of(each) if mapping.get("name")]


of_request(
    ("RegisterTaskDefinition",),
    [
        (
            "A family with other characters than letters, digits, hyphens and underscores, or more than 255.",
            "Family contains invalid characters.",
            lambda d: not is_name(d["family"]),
        ),
        ("A task definition without containers.", "Container list cannot be empty.", lambda d: not d["containerDefinitions"]),
        ("More than ten containers.", "Too many containers", lambda d: len(d["containerDefinitions"]) > 10),
        (
            "Two containers of one name.",
            "Container names must be unique within a task definition",
            lambda d: doubled(names_of(d)),
        ),
        (
            "A task definition of which no container is essential.",
            "Task definition doesn't have any essential container",
            lambda d: all(each.get("essential") is False for each in d["containerDefinitions"]),
        ),
        (
            "Containers that reserve more CPU together than the task has.",
            "The sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value",
            lambda d: d.get("cpu") and sum(each.get("cpu") or 0 for each in d["containerDefinitions"]) > (units("cpu", d["cpu"]) or 0),
        ),
        (
            "A task role or execution role whose ARN is not one of a role.",
            "Role is not valid",
            lambda d: any(not is_role(d.get(name) or "") for name in ("taskRoleArn", "executionRoleArn")),
        ),
        ("Two port mappings of one name.", "port mapping name is already used", lambda d: doubled(_port_names(d))),
        ("Ranges of container ports that overlap.", "container port is used multiple times in task", _overlapping),
        (
            "A volume that is configured at launch and that no container mounts.",
            "Volumes [{value}] are not referenced by any of the containers",
            _unmounted,
        ),
    ],
    code="ClientException",
    source=PARAMETERS,
)

of_request(
    ("RegisterTaskDefinition",),
    [
        (
            "An EFS volume with IAM and without encryption in transit.",
            "EFS IAM authorization requires TransitEncryption to be enabled",
            lambda d: any(_authorization(each).get("iam") == "ENABLED" and each.get("transitEncryption") != "ENABLED" for each in _efs(d)),
        ),
        (
            "An EFS volume with a port of the encryption in transit and without that.",
            "TransitEncryptionPort requires that TransitEncryption is enabled",
            lambda d: any(each.get("transitEncryptionPort") and each.get("transitEncryption") != "ENABLED" for each in _efs(d)),
        ),
        (
            "An EFS access point with a directory of its own.",
            'When using an EFS access point, the root directory must either be set to "/" or be omitted',
            lambda d: any(_authorization(each).get("accessPointId") and each.get("rootDirectory", "/") != "/" for each in _efs(d)),
        ),
        (
            "A proxy of App Mesh in another network mode than awsvpc.",
            "APPMESH proxy configuration is only supported in networkMode=awsvpc",
            lambda d: d.get("proxyConfiguration") and d.get("networkMode") != "awsvpc",
        ),
        (
            "A proxy container that the task definition does not have.",
            "Proxy container [{value}] does not exist",
            lambda d: (
                d.get("proxyConfiguration")
                and not container_of(d, d["proxyConfiguration"]["containerName"])
                and d["proxyConfiguration"]["containerName"]
            ),
        ),
    ],
    code="ClientException",
    source=PARAMETERS,
)


def _dependencies(container: dict[str, Any], definition: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    return [(each, container_of(definition, each["containerName"])) for each in container.get("dependsOn") or []]


of_containers(
    [
        (
            "A dependency on a container that the task definition does not have.",
            "Cannot depend on container + '{value}' because it does not exist",
            lambda c, d: next((each["containerName"] for each, other in _dependencies(c, d) if other is None), None),
        ),
        (
            "A container that waits until an essential one has ended.",
            "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
            lambda c, d: any(
                each["condition"] in ("SUCCESS", "COMPLETE") and other.get("essential", True) for each, other in _dependencies(c, d)
            ),
        ),
        (
            "A container that waits for the health of one without a health check.",
            "A dependency container with HEALTHY condition must have health check configured",
            lambda c, d: any(each["condition"] == "HEALTHY" and not other.get("healthCheck") for each, other in _dependencies(c, d)),
        ),
    ],
    source=f"{API}/API_ContainerDependency.html; {REPORTS}",
)


@refuses("ecs", "RegisterTaskDefinition", code="ClientException", source=f"{API}/API_ContainerDependency.html")
def cycle_of_dependencies(parameters: dict[str, Any]) -> str | None:
    """Containers that wait for each other."""
    names = {each["name"]: [other["containerName"] for other in each.get("dependsOn") or []] for each in parameters["containerDefinitions"]}
    cycle = next((found for name in names if (found := _cycle(names, [name]))), None)
    return f"Container dependency cycle: {' -> '.join(cycle)}." if cycle else None


def _cycle(names: dict[str, list[str]], path: list[str]) -> list[str] | None:
    """The names along a cycle that the path leads into, first and last the same."""
    for name in names[path[-1]]:
        if name in path:
            return [*path[path.index(name) :], name]
        if found := _cycle(names, [*path, name]):
            return found
    return None
