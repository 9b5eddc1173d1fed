"""What a task definition that is to run on Fargate must and must not say."""

from typing import Any

from rules.ecs_state import API, GUIDE, REPORTS, is_fargate_size, units
from rules.ecs_tables import of_containers, of_request

LOG_DRIVERS = ("awslogs", "splunk", "awsfirelens")
DIFFERENCES = f"{GUIDE}/fargate-tasks-services.html; {REPORTS}"


def fargate(definition: dict[str, Any]) -> bool:
    return "FARGATE" in (definition.get("requiresCompatibilities") or [])


def _linux(container: dict[str, Any]) -> dict[str, Any]:
    return container.get("linuxParameters") or {}


def _log(container: dict[str, Any]) -> dict[str, Any]:
    return container.get("logConfiguration") or {}


def _is_windows(definition: dict[str, Any]) -> bool:
    return ((definition.get("runtimePlatform") or {}).get("operatingSystemFamily") or "").startswith("WINDOWS")


def _size(definition: dict[str, Any]) -> str | None:
    """A size that Fargate does not have."""
    cpu, memory = units("cpu", definition.get("cpu")), units("memory", definition.get("memory"))
    small = _is_windows(definition) and (cpu or 0) < 1024
    arm = _is_windows(definition) and definition["runtimePlatform"].get("cpuArchitecture") == "ARM64"
    return f"{cpu} CPU, {memory} memory" if cpu and memory and (small or arm or not is_fargate_size(definition)) else None


of_request(
    ("RegisterTaskDefinition",),
    [
        (
            "A task size that is neither a number nor a number of vCPU.",
            "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
            lambda d: d.get("cpu") is not None and not units("cpu", d["cpu"]),
        ),
        (
            "A task memory that is neither a number of MiB nor of GB.",
            "Invalid 'memory' setting for task.",
            lambda d: d.get("memory") is not None and not units("memory", d["memory"]),
        ),
        (
            "A task definition for Fargate with another network mode than awsvpc, or with none.",
            "Fargate only supports network mode ‘awsvpc’.",
            lambda d: fargate(d) and d.get("networkMode") != "awsvpc",
        ),
        (
            "A task definition for Fargate without a CPU size of the task.",
            "Fargate requires that 'cpu' be defined at the task level.",
            lambda d: fargate(d) and not d.get("cpu"),
        ),
        (
            "A task definition for Fargate without a memory size of the task.",
            "Fargate requires that 'memory' be defined at the task level.",
            lambda d: fargate(d) and not d.get("memory"),
        ),
        (
            "A pair of CPU and memory that Fargate does not have; on Windows there is none below 1 vCPU, and none for ARM64.",
            "No Fargate configuration exists for given values: {value}. See the Amazon ECS documentation for the valid values.",
            lambda d: fargate(d) and _size(d),
        ),
    ],
    code="ClientException",
    source=f"{GUIDE}/task-cpu-memory-error.html; {REPORTS}",
)

of_request(
    ("RegisterTaskDefinition",),
    [
        (
            "A task definition for Fargate with an IPC mode.",
            "Fargate compatible task definitions do not support ipcMode",
            lambda d: fargate(d) and d.get("ipcMode"),
        ),
        (
            "A task definition for Fargate in the process namespace of the host.",
            "Tasks using the Fargate launch type do not support pidMode 'host'",
            lambda d: fargate(d) and d.get("pidMode") == "host",
        ),
        (
            "A task definition for Fargate with placement constraints.",
            "Fargate compatible task definitions do not support constraints",
            lambda d: fargate(d) and d.get("placementConstraints"),
        ),
        (
            "A volume of a path of the host on Fargate.",
            "Fargate compatible task definitions do not support sourcePath",
            lambda d: fargate(d) and any((each.get("host") or {}).get("sourcePath") for each in d.get("volumes") or []),
        ),
        (
            "A volume of Docker on Fargate.",
            "Fargate compatible task definitions do not support dockerVolumeConfiguration",
            lambda d: fargate(d) and any(each.get("dockerVolumeConfiguration") for each in d.get("volumes") or []),
        ),
        (
            "Ephemeral storage of less than 21 GiB: 20 are there without asking.",
            "EphemeralStorage size should be at least 21",
            lambda d: "ephemeralStorage" in d and d["ephemeralStorage"]["sizeInGiB"] < 21,
        ),
        (
            "Ephemeral storage of more than 200 GiB.",
            "EphemeralStorage size should be at most 200",
            lambda d: "ephemeralStorage" in d and d["ephemeralStorage"]["sizeInGiB"] > 200,
        ),
        (
            "Ephemeral storage of a task definition that is not for Fargate.",
            "Tasks using the EC2 launch type do not support EphemeralStorage",
            lambda d: "ephemeralStorage" in d and d.get("requiresCompatibilities") and not fargate(d),
        ),
        (
            "Inference accelerators, which AWS has retired.",
            "Unsupported field 'inferenceAccelerators'",
            lambda d: d.get("inferenceAccelerators"),
        ),
    ],
    code="ClientException",
    source=DIFFERENCES,
)

of_containers(
    [
        (
            "A privileged container on Fargate.",
            "Fargate requires that the 'privileged' setting be 'false'",
            lambda c, d: fargate(d) and c.get("privileged"),
        ),
        (
            "Security options of Docker on Fargate.",
            "Fargate compatible task definitions do not support dockerSecurityOptions",
            lambda c, d: fargate(d) and c.get("dockerSecurityOptions"),
        ),
        (
            "Devices, swap or shared memory of a container on Fargate.",
            "Fargate compatible task definitions do not support {value}",
            lambda c, d: (
                fargate(d) and next((key for key in ("devices", "maxSwap", "swappiness", "sharedMemorySize") if _linux(c).get(key)), None)
            ),
        ),
        (
            "A Linux capability that is added on Fargate: it allows SYS_PTRACE alone.",
            "{value} is not allowed on Fargate.",
            lambda c, d: (
                fargate(d) and next((each for each in (_linux(c).get("capabilities") or {}).get("add") or [] if each != "SYS_PTRACE"), None)
            ),
        ),
        (
            "A GPU on Fargate.",
            "Tasks using the Fargate launch type do not support GPU resource requirements",
            lambda c, d: fargate(d) and any(each["type"] == "GPU" for each in c.get("resourceRequirements") or []),
        ),
        (
            "A stop timeout above 120 seconds on Fargate.",
            "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
            lambda c, d: fargate(d) and (c.get("stopTimeout") or 0) > 120,
        ),
        (
            "A start timeout above 120 seconds on Fargate.",
            "Tasks using the Fargate launch type must have a container start timeout of less than 120 seconds.",
            lambda c, d: fargate(d) and (c.get("startTimeout") or 0) > 120,
        ),
        (
            "A log driver that Fargate does not have.",
            "{value} is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]",
            lambda c, d: fargate(d) and _log(c) and _log(c)["logDriver"] not in LOG_DRIVERS and _log(c)["logDriver"],
        ),
    ],
    source=DIFFERENCES,
)

of_containers(
    [
        (
            "The log driver awslogs on Fargate without an execution role, which writes the logs.",
            "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
            lambda c, d: fargate(d) and _log(c).get("logDriver") == "awslogs" and not d.get("executionRoleArn"),
        ),
        (
            "The log driver awslogs on Fargate without a prefix of its streams.",
            "Fargate requires log configuration options to include awslogs-stream-prefix",
            lambda c, d: (
                fargate(d) and _log(c).get("logDriver") == "awslogs" and not (_log(c).get("options") or {}).get("awslogs-stream-prefix")
            ),
        ),
        (
            "An image of a private ECR repository on Fargate without an execution role, which pulls it.",
            "Fargate requires task definition to have execution role ARN to support ECR images.",
            lambda c, d: fargate(d) and ".dkr.ecr." in (c.get("image") or "") and not d.get("executionRoleArn"),
        ),
    ],
    source=f"{API}/API_TaskDefinition.html (executionRoleArn); {REPORTS}",
)
