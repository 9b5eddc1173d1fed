"""Which actions are executed, and when.

Sources: CloudWatch User Guide, "Alarm actions" and "Using Amazon CloudWatch
alarms"; API reference, PutMetricAlarm and PutCompositeAlarm.
"""
from .alarm_rule import alarm_name
from .alarm_state import ALARM, INSUFFICIENT_DATA
from .suppressor import Suppressor

_LISTS = {"OK": "OKActions", "ALARM": "AlarmActions",
          "INSUFFICIENT_DATA": "InsufficientDataActions"}


def actions_for(request, state, assume):
    """The actions of an alarm for the transition into a state."""
    actions = request.get(_LISTS[state]) or []
    if assume["systems_manager_only_in_alarm"] and state != ALARM:
        # OpsItems and incidents: "performed only when the alarm goes into ALARM".
        actions = [a for a in actions if not a.startswith(("arn:aws:ssm:", "arn:aws:ssm-incidents:"))]
    return actions


def metric_alarm_actions(request, changes, seconds, assume):
    """[(second, actions)]: "An alarm invokes actions only when the alarm changes
    state"; Auto Scaling actions again "once per minute that the alarm remains
    in the new state"."""
    executed = []
    for index, (second, state) in enumerate(changes):
        actions = actions_for(request, state, assume)
        executed.append((second, actions))
        scaling = [a for a in actions if a.split(":")[2:3] == ["autoscaling"]]
        if scaling and assume["repeat_autoscaling"]:
            end = changes[index + 1][0] if index + 1 < len(changes) else seconds + 1
            executed.extend((again, scaling) for again in range(second + 60, end, 60))
    return executed


def composite_alarm_actions(request, changes, all_changes, seconds, assume):
    """[(second, actions)] of a composite alarm, with its suppressor."""
    suppressor = request.get("ActionsSuppressor")
    if suppressor:
        machine = Suppressor(request.get("ActionsSuppressorWaitPeriod", 0),
                             request.get("ActionsSuppressorExtensionPeriod", 0),
                             INSUFFICIENT_DATA, assume)
        changes = machine.run(changes, all_changes[alarm_name(suppressor)], seconds)
    return [(second, actions_for(request, state, assume)) for second, state in changes]


def enabled(request):
    """ActionsEnabled: "The default is TRUE"."""
    return request.get("ActionsEnabled", True)
