"""Gap: user, read-only root, capabilities, init, entry point, limits, stop time-out and health check are ignored."""

import re

from docker.types import Healthcheck, Ulimit
from ministack.services import ecs

from patches.replaces import replaces

DEFAULT_STOP_TIMEOUT_SECONDS = 30
STOP_TIMEOUT_LABEL = "portfolio-dashboard.stop-timeout"
NANOSECONDS = 1_000_000_000


@replaces(
    ecs,
    "_build_run_kwargs",
    "(cdef, td, env, port_bindings, ecs_network, host_mode, task_id, task_arn, ministack_net_ip, cluster_arn)",
)
def apply_container_settings(original, cdef, td, *args):
    kwargs = original(cdef, td, *args)
    linux = cdef.get("linuxParameters") or {}
    capabilities = linux.get("capabilities") or {}
    kwargs["labels"].update(cdef.get("dockerLabels") or {})
    kwargs["labels"][STOP_TIMEOUT_LABEL] = str(cdef.get("stopTimeout") or DEFAULT_STOP_TIMEOUT_SECONDS)
    settings = {
        "user": cdef.get("user"),
        "working_dir": cdef.get("workingDirectory"),
        "entrypoint": cdef.get("entryPoint"),
        "read_only": cdef.get("readonlyRootFilesystem"),
        "init": linux.get("initProcessEnabled"),
        "cap_add": capabilities.get("add"),
        "cap_drop": capabilities.get("drop"),
        "ulimits": [
            Ulimit(name=limit["name"], soft=limit["softLimit"], hard=limit["hardLimit"])
            for limit in cdef.get("ulimits") or []
        ],
        "mem_limit": memory_limit(cdef, td),
        "healthcheck": health_check(cdef.get("healthCheck")),
    }
    return {**kwargs, **{key: value for key, value in settings.items() if value}}


def memory_limit(cdef: dict, td: dict) -> str | None:
    """The container's own hard limit, else the task's: "512", "512 MB" or "1 GB"."""
    if cdef.get("memory"):
        return f"{cdef['memory']}m"
    match = re.fullmatch(r"\s*([\d.]+)\s*(GB)?\s*(?:MB|MiB)?\s*", str(td.get("memory") or ""), re.IGNORECASE)
    if not match:
        return None
    return f"{int(float(match[1]) * (1024 if match[2] else 1))}m"


def health_check(check: dict | None) -> Healthcheck:
    """ECS runs only the task definition's health check, never the image's own."""
    if not check:
        return Healthcheck(test=["NONE"])
    return Healthcheck(
        test=check["command"],
        interval=(check.get("interval") or 30) * NANOSECONDS,
        timeout=(check.get("timeout") or 5) * NANOSECONDS,
        retries=check.get("retries") or 3,
        start_period=(check.get("startPeriod") or 0) * NANOSECONDS,
    )
