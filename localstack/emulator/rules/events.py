"""What EventBridge refuses of event buses and rules."""

import json
import re
from typing import Any

from ministack.services import eventbridge

from rules import refuses
from rules.documents import object_of

API = "https://docs.aws.amazon.com/eventbridge/latest/APIReference"
QUOTAS = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"
SCHEDULES = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html"
# Reports of AWS's answers, each from a deployment.
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/events"
NOT_FOUND = "ResourceNotFoundException"
ANSWERS = "localstack/localstack tests/aws/services/events (answers of AWS)"

_RATE = re.compile(r"rate\((1 (?:minute|hour|day)|(?:[2-9]|[1-9]\d+) (?:minutes|hours|days))\)")
# Of minutes, hours, days of the month, months and days of the week. A year has no bounds.
_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (1, 7))


def refused(operations: str | tuple[str, ...], source: str, code: str = "ValidationException"):
    names = (operations,) if isinstance(operations, str) else operations
    return refuses("events", *names, code=code, source=source)


def bus_of(parameters: dict[str, Any]) -> str:
    """The name of the event bus, which may be given by its ARN."""
    return (parameters.get("EventBusName") or "default").rpartition("event-bus/")[2]


def key_of(parameters: dict[str, Any]) -> str:
    return eventbridge._rule_key(parameters.get("Rule") or parameters.get("Name") or "", bus_of(parameters))


def is_schedule(expression: str) -> bool:
    if expression.startswith("cron("):
        fields = expression[len("cron(") :].removesuffix(")").split(" ")
        return len(fields) == 6 and all(map(_is_in_bounds, fields, _BOUNDS)) and not any("#" in field for field in fields[:4] + fields[5:])
    return _RATE.fullmatch(expression) is not None


def _is_in_bounds(field: str, bounds: tuple[int, int]) -> bool:
    return not field.isdigit() or bounds[0] <= int(field) <= bounds[1]


@refused("PutRule", f"{API}/API_PutRule.html (at least an EventPattern or ScheduleExpression); {REPORTS}/pf-events-pattern-empty")
def pattern_or_schedule(rule: dict) -> str | None:
    """A rule with neither an event pattern nor a schedule; an empty pattern is none."""
    has_pattern = rule.get("EventPattern") and object_of(rule["EventPattern"]) != {}
    return None if has_pattern or rule.get("ScheduleExpression") else "Parameter(s) EventPattern or ScheduleExpression must be specified."


@refused("PutRule", f"{SCHEDULES}; {ANSWERS}")
def schedule(rule: dict) -> str | None:
    """A schedule that is none: rate(1 minutes), rate(5 minute), a cron without six fields or with a number out of its field's bounds."""
    expression = rule.get("ScheduleExpression")
    return "Parameter ScheduleExpression is not valid." if expression and not is_schedule(expression) else None


@refused("PutRule", f"{SCHEDULES}; {ANSWERS}")
def schedule_on_default_bus(rule: dict) -> str | None:
    """A schedule on another bus than the default one."""
    wrong = rule.get("ScheduleExpression") and bus_of(rule) != "default"
    return "ScheduleExpression is supported only on the default event bus." if wrong else None


@refused("PutRule", f"{QUOTAS}; {REPORTS}/pf-events-rule-pattern-size")
def pattern_size(rule: dict) -> str | None:
    """An event pattern of more than 2048 characters."""
    pattern = object_of(rule.get("EventPattern"))
    wrong = pattern and len(json.dumps(pattern, separators=(",", ":"))) > 2048
    return f"Parameter EventPattern for rule {rule['Name']} exceeds limit of 2048." if wrong else None


@refused("DeleteRule", f"{API}/API_DeleteRule.html; {ANSWERS}")
def rule_without_targets(rule: dict) -> str | None:
    """The deletion of a rule that has targets."""
    return "Rule can't be deleted since it has targets." if eventbridge._targets.get(key_of(rule)) else None


@refused(
    ("PutTargets", "RemoveTargets", "DescribeRule", "EnableRule", "DisableRule", "ListTargetsByRule"),
    ANSWERS,
    code=NOT_FOUND,
)
def rule_exists(parameters: dict) -> str | None:
    """A rule that does not exist on its bus, for example one whose targets come before it."""
    if key_of(parameters) in eventbridge._rules:
        return None
    return f"Rule {parameters.get('Rule') or parameters.get('Name')} does not exist on EventBus {bus_of(parameters)}."


@refused(("PutRule", "DeleteRule", "PutTargets", "PutPermission"), f"{API}/API_PutRule.html (Errors); {ANSWERS}", code=NOT_FOUND)
def bus_exists(parameters: dict) -> str | None:
    """An event bus that does not exist."""
    bus = bus_of(parameters)
    return None if bus == "default" or bus in eventbridge._event_buses else f"Event bus {bus} does not exist."


@refused("CreateEventBus", f"{API}/API_CreateEventBus.html (Name); {REPORTS}/pf-events-bus-name")
def bus_name(bus: dict) -> str | None:
    """An event bus with a slash in its name, unless it is a partner's, whose name is that of its event source."""
    source = bus.get("EventSourceName")
    if source:
        return None if source == bus["Name"] else "Event bus name must match event source name."
    return "Event bus name must not contain '/'." if "/" in bus["Name"] else None


@refused("DeleteEventBus", ANSWERS)
def default_bus_stays(bus: dict) -> str | None:
    """The deletion of the default bus."""
    return "Cannot delete event bus default." if bus["Name"] == "default" else None


@refused("DeleteEventBus", ANSWERS, code=NOT_FOUND)
def deleted_bus_exists(bus: dict) -> str | None:
    """The deletion of an event bus that does not exist."""
    return None if bus["Name"] in eventbridge._event_buses else f"Event bus {bus['Name']} does not exist."
