"""What CloudWatch refuses of composite alarms."""

from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch

from rules import refuses
from rules.documents import arn_of

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html"
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/cloudwatch"
WAITS = ("ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod")
# Composite alarms call fewer services than metric alarms.
NOT_OF_COMPOSITE = ("automate", "swf", "autoscaling")


def refused(source: str):
    return refuses("monitoring", "PutCompositeAlarm", code="ValidationError", source=source)


def children(alarm: dict[str, Any]) -> list[str]:
    return cloudwatch._composite_children(alarm)


def local_name(reference: str) -> str:
    """The name of an alarm that is given by name or by ARN."""
    arn = arn_of(reference)
    return arn.resource.removeprefix("alarm:") if arn else reference


@refused(f"{REPORTS}/pf-cloudwatch-composite-self-reference")
def not_its_own_child(alarm: dict) -> str | None:
    """A composite alarm whose rule names the alarm itself."""
    own = alarm["AlarmName"] in children(alarm)
    return "A composite alarm cannot have a child relation with itself via its AlarmRule" if own else None


@refused(f"{API} (as many as 100 underlying alarms)")
def few_children(alarm: dict) -> str | None:
    """A rule with more than 100 alarms."""
    return "AlarmRule must not reference more than 100 alarms" if len(children(alarm)) > 100 else None


@refused(f"{API} (ActionsSuppressor); {REPORTS}/pf-cloudwatch-composite-suppressor-required")
def waits_for_suppressor(alarm: dict) -> str | None:
    """A wait or an extension of a suppressor that is not given, or a suppressor without both of them."""
    if alarm.get("ActionsSuppressor"):
        missing = next((name for name in WAITS if alarm.get(name) is None), None)
        return f"{missing} must not be null" if missing else None
    without = next((name for name in WAITS if alarm.get(name) is not None), None)
    return f"{without} requires an ActionSuppressor" if without else None


@refused(f"{REPORTS}/pf-cloudwatch-composite-suppressor-format")
def suppressor_is_alarm(alarm: dict) -> str | None:
    """A suppressor that is given by an ARN of something else than an alarm."""
    arn = arn_of(alarm.get("ActionsSuppressor"))
    wrong = arn and (arn.service != "cloudwatch" or not arn.resource.startswith("alarm:"))
    return "ActionsSuppressor must be a valid CloudWatch Alarm ARN or an Alarm name" if wrong else None


@refused(f"{API} (ActionsSuppressor: an existing alarm)")
def suppressor_exists(alarm: dict) -> str | None:
    """A suppressor that does not exist."""
    suppressor = alarm.get("ActionsSuppressor")
    name = local_name(suppressor or "")
    if not suppressor or name in cloudwatch._alarms or name in cloudwatch._composite_alarms:
        return None
    arn = f"arn:aws:cloudwatch:{get_region()}:{get_account_id()}:alarm:{name}"
    return f"Could not save the composite alarm as alarms [{arn}] in the actions suppressor do not exist"


@refused(f"{API} (composite alarms can take the following actions)")
def actions_of_composite(alarm: dict) -> str | None:
    """A composite alarm with an action on EC2 instances or Auto Scaling groups."""
    actions = [action for name in ("AlarmActions", "OKActions", "InsufficientDataActions") for action in alarm.get(name) or []]
    wrong = next((arn.service for action in actions if (arn := arn_of(action)) and arn.service in NOT_OF_COMPOSITE), None)
    return f"Unsupported AWS vendor {wrong}" if wrong else None


@refuses("monitoring", "PutMetricAlarm", "PutCompositeAlarm", code="ValidationError", source=f"{API} (AlarmName: unique within the Region)")
def one_kind_for_a_name(alarm: dict) -> str | None:
    """A composite alarm with the name of a metric alarm, or the other way round."""
    others = cloudwatch._alarms if "AlarmRule" in alarm else cloudwatch._composite_alarms
    return f"An alarm of another type exists with the name {alarm['AlarmName']}" if alarm["AlarmName"] in others else None
