"""What a container of a task definition must and must not say, wherever it runs."""

import re
from typing import Any

from rules.ecs_state import API, GUIDE, REPORTS, doubled, is_name, names_of, ports_of, units
from rules.ecs_tables import of_containers

PARAMETERS = f"{GUIDE}/task_definition_parameters.html; {REPORTS}"
PARAMETER_STORE_NAME = re.compile(r"[a-zA-Z0-9_.\-/]{1,2048}")
PORTS = 65535
# ECS's, and those of Docker's driver that ECS passes on: https://docs.docker.com/engine/logging/drivers/awslogs/
AWSLOGS_OPTIONS = {
    *("awslogs-group", "awslogs-region", "awslogs-stream-prefix", "awslogs-create-group", "awslogs-datetime-format"),
    *("awslogs-multiline-pattern", "mode", "max-buffer-size", "awslogs-stream", "awslogs-create-stream", "awslogs-format"),
    *("awslogs-force-flush-interval-seconds", "awslogs-max-buffered-events", "tag", "labels", "labels-regex", "env", "env-regex"),
}
SECRET_ARN = re.compile(r"arn:aws[a-z-]*:(ssm|secretsmanager):.+")


def range_of(mapping: dict[str, Any]) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d+)-(\d+)", mapping.get("containerPortRange") or "")
    return (int(found[1]), int(found[2])) if found else None


of_containers(
    [
        ("A container without a name.", "Container.name should not be null or empty.", lambda c, d: not c.get("name")),
        (
            "A container name with other characters than letters, digits, hyphens and underscores, or more than 255.",
            "Container.name contains invalid characters.",
            lambda c, d: not is_name(c["name"]),
        ),
        ("A container without an image.", "Container.image should not be null or empty.", lambda c, d: not c.get("image")),
        (
            "An image name with spaces or other characters that none has.",
            "Container.image contains invalid characters.",
            lambda c, d: not re.fullmatch(r"[\w\-.:/#@+]{1,255}", c["image"], re.ASCII),
        ),
        (
            "A container without memory in a task without.",
            "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified.",
            lambda c, d: not (d.get("memory") or c.get("memory") or c.get("memoryReservation")),
        ),
        (
            "A container that reserves more memory than it may have.",
            "Invalid setting for container '{name}'. 'memory' must be greater than or equal to 'memoryReservation'.",
            lambda c, d: c.get("memory") and (c.get("memoryReservation") or 0) > c["memory"],
        ),
        (
            "A container with more memory than its task.",
            "The 'memory' setting for container '{name}' is greater than for the task",
            lambda c, d: d.get("memory") and (c.get("memory") or 0) > (units("memory", d["memory"]) or 0),
        ),
        (
            "A soft limit above the hard one.",
            "Soft limit exceeds hard limit for ulimit {value}",
            lambda c, d: next((each["name"] for each in c.get("ulimits") or [] if each["softLimit"] > each["hardLimit"] >= 0), None),
        ),
        (
            "A stop timeout below two seconds.",
            "Granular stop timeout on container '{name}' must be at least 2 seconds.",
            lambda c, d: c.get("stopTimeout") is not None and c["stopTimeout"] < 2,
        ),
        (
            "A start timeout below two seconds.",
            "Granular start timeout on container '{name}' must be at least 2 seconds.",
            lambda c, d: c.get("startTimeout") is not None and c["startTimeout"] < 2,
        ),
        (
            "A restart policy that starts again sooner than after a minute, or later than after 30.",
            "the 'restartAttemptPeriod' setting for container '{name}' must be between 60 and 1800",
            lambda c, d: (
                (c.get("restartPolicy") or {}).get("restartAttemptPeriod") is not None
                and not 60 <= c["restartPolicy"]["restartAttemptPeriod"] <= 1800
            ),
        ),
    ],
    source=PARAMETERS,
)

of_containers(
    [
        (
            "A container port that is none.",
            "Invalid 'containerPort' setting for container '{name}'.",
            lambda c, d: any(not 1 <= each.get("containerPort", 1) <= PORTS for each in ports_of(c)),
        ),
        (
            "A host port that is none.",
            "Invalid 'hostPort' setting for container '{name}'.",
            lambda c, d: any(not 0 <= each.get("hostPort", 0) <= PORTS for each in ports_of(c)),
        ),
        (
            "A host port that is not the container port, in the network modes awsvpc and host.",
            "When networkMode={value}, the host ports and container ports in port mappings must match.",
            lambda c, d: (
                d.get("networkMode") in ("awsvpc", "host")
                and any(each.get("hostPort") not in (None, each.get("containerPort")) for each in ports_of(c))
                and d["networkMode"]
            ),
        ),
        (
            "A range of ports next to a single port.",
            "cannot specify both single port and port range",
            lambda c, d: any(
                each.get("containerPortRange") and (each.get("containerPort") or each.get("hostPort")) for each in ports_of(c)
            ),
        ),
        (
            "A range of ports whose first is not below its last.",
            "Invalid 'containerPortRange' setting",
            lambda c, d: any(
                each.get("containerPortRange") and (not range_of(each) or range_of(each)[0] >= range_of(each)[1]) for each in ports_of(c)
            ),
        ),
        (
            "Links in the network mode awsvpc.",
            "Links are not supported when networkMode=awsvpc",
            lambda c, d: d.get("networkMode") == "awsvpc" and c.get("links"),
        ),
        (
            "A host name in the network mode awsvpc.",
            "hostname is not supported on container when networkMode=awsvpc",
            lambda c, d: d.get("networkMode") == "awsvpc" and c.get("hostname"),
        ),
        (
            "Own DNS servers in the network mode awsvpc.",
            "DNS servers are not supported on container when networkMode=awsvpc",
            lambda c, d: d.get("networkMode") == "awsvpc" and c.get("dnsServers"),
        ),
        (
            "Extra hosts in the network mode awsvpc.",
            "Extra hosts are not supported on container when networkMode=awsvpc",
            lambda c, d: d.get("networkMode") == "awsvpc" and c.get("extraHosts"),
        ),
        (
            "A container without a network in the network mode awsvpc.",
            "Disable Networking is not supported on container when networkMode=awsvpc",
            lambda c, d: d.get("networkMode") == "awsvpc" and c.get("disableNetworking"),
        ),
    ],
    source=f"{API}/API_PortMapping.html; {PARAMETERS}",
)


def _log(container: dict[str, Any]) -> dict[str, Any]:
    return container.get("logConfiguration") or {}


def _shared_name(container: dict[str, Any]) -> str | None:
    names = [each["name"] for each in container.get("secrets") or []]
    others = {each.get("name") for each in container.get("environment") or []}
    return doubled(names) or next((name for name in names if name in others), None)


def _no_secret(container: dict[str, Any]) -> str | None:
    secrets = container.get("secrets") or []
    return next(
        (
            each["name"]
            for each in secrets
            if not (SECRET_ARN.fullmatch(each["valueFrom"]) or PARAMETER_STORE_NAME.fullmatch(each["valueFrom"]))
        ),
        None,
    )


def _is_file_arn(text: str) -> bool:
    return bool(re.fullmatch(r"arn:aws[a-z-]*:s3:::[^/]+/.+", text))


of_containers(
    [
        (
            "Secrets without an execution role, which reads them.",
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
            lambda c, d: c.get("secrets") and not d.get("executionRoleArn"),
        ),
        (
            "A secret under the name of another secret or environment variable.",
            "The secret name must be unique and not shared with any new or existing environment variables set "
            "on the container, such as '{value}'.",
            lambda c, d: _shared_name(c),
        ),
        (
            "A secret that is neither the ARN of one, nor a parameter's ARN or name.",
            "The Systems Manager parameter name specified for secret {value} is invalid. The parameter name can be up to 2048 characters "
            "and include the following letters and symbols: a-zA-Z0-9_.-,",
            lambda c, d: _no_secret(c),
        ),
        (
            "More than ten environment files.",
            "The maximum number of environment files was exceeded. Specify ten or less and try again.",
            lambda c, d: len(c.get("environmentFiles") or []) > 10,
        ),
        (
            "An environment file that is no ARN of an S3 object.",
            "Invalid arn syntax.",
            lambda c, d: any(not _is_file_arn(each["value"]) for each in c.get("environmentFiles") or []),
        ),
        (
            "The log driver awslogs without its group or region.",
            "Log driver awslogs requires options: awslogs-region, awslogs-group",
            lambda c, d: (
                _log(c).get("logDriver") == "awslogs"
                and not all((_log(c).get("options") or {}).get(f"awslogs-{each}") for each in ("group", "region"))
            ),
        ),
        (
            "An option that the log driver awslogs does not have.",
            "Log driver awslogs disallows options: {value}",
            lambda c, d: _log(c).get("logDriver") == "awslogs" and ", ".join(sorted({*(_log(c).get("options") or {})} - AWSLOGS_OPTIONS)),
        ),
        (
            "The log driver awsfirelens without a container that routes the logs.",
            "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified",
            lambda c, d: (
                _log(c).get("logDriver") == "awsfirelens"
                and not any(each.get("firelensConfiguration") for each in d["containerDefinitions"])
            ),
        ),
        (
            "A mount of a volume that the task definition does not have.",
            "Unknown volume '{value}'.",
            lambda c, d: next(
                (
                    str(each.get("sourceVolume"))
                    for each in c.get("mountPoints") or []
                    if each.get("sourceVolume") not in [volume.get("name") for volume in d.get("volumes") or []]
                ),
                None,
            ),
        ),
        (
            "Volumes of a container that the task definition does not have.",
            "Invalid 'volumesFrom' setting. Unknown container: '{value}'",
            lambda c, d: next(
                (each["sourceContainer"] for each in c.get("volumesFrom") or [] if each["sourceContainer"] not in names_of(d)), None
            ),
        ),
    ],
    source=f"{API}/API_ContainerDefinition.html; {PARAMETERS}",
)

# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
HEALTH_CHECK_RANGES = {"interval": (5, 300), "timeout": (2, 60), "retries": (1, 10), "startPeriod": (0, 300)}

of_containers(
    [
        (
            f"A health check whose {name} is below {least} or above {most}.",
            f"Invalid health check configuration for container '{{name}}': {name} must be between {least} and {most}.",
            lambda c, d, name=name, least=least, most=most: (
                (c.get("healthCheck") or {}).get(name) is not None and not least <= c["healthCheck"][name] <= most
            ),
        )
        for name, (least, most) in HEALTH_CHECK_RANGES.items()
    ],
    source=f"{API}/API_HealthCheck.html",
)
