"""Gap: every target counts as healthy. Here its target group's health check says so: path, port, matcher, interval, timeout, thresholds."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from ministack.services import alb

from patches.replaces import replaces

LOOK_SECONDS = 0.25


@dataclass
class Health:
    """Of one target in one group. Times are those of the monotonic clock."""

    state: str = "initial"
    reason: str = "Elb.InitialHealthChecking"
    description: str = "Initial health checks in progress"
    passed: int = 0
    failed: int = 0
    next_check: float = 0
    is_being_checked: bool = False


_healths: dict[tuple, Health] = {}
_checkers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="elb-health")
_watcher: threading.Thread | None = None


@replaces(alb, "_create_tg", "(params)")
def watch_targets(original, params):
    global _watcher
    if _watcher is None:
        _watcher = threading.Thread(target=watch, daemon=True, name="elb-target-health")
        _watcher.start()
    return original(params)


@replaces(alb, "_describe_target_health", "(params)")
def describe_health(original, params):
    status, headers, body = original(params)
    group_arn = alb._p(params, "TargetGroupArn")
    pattern = (
        r"(<Id>([^<]*)</Id><Port>(\d+)</Port></Target>)"
        r"<HealthStatus>healthy</HealthStatus><TargetHealth><State>healthy</State></TargetHealth>"
    )

    def described(match):
        health = health_of(group_arn, match[2], int(match[3]))
        told = f"<State>{health.state}</State>"
        if health.state != "healthy":
            told += f"<Reason>{health.reason}</Reason><Description>{health.description}</Description>"
        return f"{match[1]}<HealthCheckPort>{match[3]}</HealthCheckPort><TargetHealth>{told}</TargetHealth>"

    return status, headers, re.sub(pattern, described, body.decode()).encode()


def health_of(group_arn: str, address: str, port: int) -> Health:
    """That of a target which was never seen is that of one which was just registered."""
    return _healths.get((group_arn, address, port)) or Health()


def watch() -> None:
    while True:
        registered = set()
        for (_, group_arn), targets in list(alb._targets._data.items()):
            group = group_by_arn(group_arn)
            for target in targets if group else []:
                key = (group_arn, target["Id"], int(target.get("Port") or group["Port"]))
                registered.add(key)
                check_if_due(group, key, _healths.setdefault(key, Health()))
        # A target that comes back is a new one.
        for key in [key for key in _healths if key not in registered]:
            del _healths[key]
        time.sleep(LOOK_SECONDS)


def group_by_arn(group_arn: str) -> dict | None:
    return next((group for (_, _, arn), group in list(alb._tgs._data.items()) if arn == group_arn), None)


def check_if_due(group: dict, key: tuple, health: Health) -> None:
    if health.is_being_checked or time.monotonic() < health.next_check:
        return
    health.is_being_checked = True
    health.next_check = time.monotonic() + group["HealthCheckIntervalSeconds"]
    _checkers.submit(check, group, key, health)


def check(group: dict, key: tuple, health: Health) -> None:
    try:
        failure = failure_of(group, key[1], key[2])
        count(group, health, failure)
    finally:
        health.is_being_checked = False


def failure_of(group: dict, address: str, port: int) -> tuple[str, str] | None:
    """Reason code and description as ELB has them; None for a check that passes."""
    if group["HealthCheckPort"] != "traffic-port":
        port = int(group["HealthCheckPort"])
    connection = HTTPConnection(address, port, timeout=group["HealthCheckTimeoutSeconds"])
    try:
        connection.request("GET", group["HealthCheckPath"], headers={"User-Agent": "ELB-HealthChecker/2.0"})
        status = connection.getresponse().status
    except TimeoutError:
        return "Target.Timeout", "Request timed out"
    except (OSError, HTTPException):
        return "Target.FailedHealthChecks", "Health checks failed"
    finally:
        connection.close()
    if matches(status, group["Matcher"]["HttpCode"]):
        return None
    return "Target.ResponseCodeMismatch", f"Health checks failed with these codes: [{status}]"


def matches(status: int, codes: str) -> bool:
    """`200`, `200,202` or `200-299`."""
    ranges = [part.split("-") for part in codes.split(",")]
    return any(int(each[0]) <= status <= int(each[-1]) for each in ranges)


def count(group: dict, health: Health, failure: tuple[str, str] | None) -> None:
    """A new target is healthy after one check; later it takes the group's thresholds to change."""
    if failure is None:
        health.passed, health.failed = health.passed + 1, 0
        if health.state == "initial" or health.passed >= group["HealthyThresholdCount"]:
            health.state = "healthy"
        return
    health.passed, health.failed = 0, health.failed + 1
    if health.failed >= group["UnhealthyThresholdCount"]:
        health.state = "unhealthy"
        health.reason, health.description = failure
