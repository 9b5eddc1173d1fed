"""Gap: alarms are evaluated at each PutMetricData, whatever their dimensions and periods, and composites act although they are suppressed.

The control plane evaluates alarms instead, and sets their states. Of a composite it says in StateReasonData what suppresses its actions; once
nothing does, it sets the same state again.
"""

import json

from ministack.services import cloudwatch

from patches.cloudwatch_alarm_fields import nested
from patches.replaces import replaces

SUPPRESSED = "ActionsSuppressedBy"


@replaces(cloudwatch, "_evaluate_all_alarms", "()")
def leave_metric_alarms(original):
    """The control plane does it."""


@replaces(cloudwatch, "_evaluate_parent_alarms", "(child, seen=frozenset())")
def leave_composite_alarms(original, child, seen=frozenset()):
    """The control plane does it."""


@replaces(cloudwatch, "_dispatch_alarm_actions", "(alarm, old_state, new_state, reason)")
def act_unless_suppressed(original, alarm, old_state, new_state, reason):
    if SUPPRESSED not in alarm:
        original(alarm, old_state, new_state, reason)


@replaces(cloudwatch, "_set_alarm_state", "(params, cbor_data, is_cbor, is_json=False)")
def suppress_or_release(original, params, cbor_data, is_cbor, is_json=False):
    request = cbor_data if is_cbor or is_json else nested(params)
    alarm = cloudwatch._composite_alarms.get(request.get("AlarmName", ""))
    if alarm is None:
        return original(params, cbor_data, is_cbor, is_json)
    was_suppressed = alarm.pop(SUPPRESSED, None)
    suppressor = json.loads(request.get("StateReasonData") or "{}").get("actionsSuppressedBy")
    if suppressor:
        alarm[SUPPRESSED] = suppressor
    before = alarm["StateValue"]
    response = original(params, cbor_data, is_cbor, is_json)
    if was_suppressed and not suppressor and alarm["StateValue"] == before:
        cloudwatch._dispatch_alarm_actions(alarm, before, before, request.get("StateReason", ""))
    return response
