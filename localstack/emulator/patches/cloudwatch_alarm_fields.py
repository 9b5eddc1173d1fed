"""Gap: over the Query protocol (Terraform's) alarms lose metric math and suppressors, and are described with half of their fields.

Both directions go through MiniStack's JSON path, which keeps more, and the members it drops are added to its record.
"""

import json
import re
from xml.sax.saxutils import escape

from ministack.services import cloudwatch

from patches.replaces import replaces

KEPT = ("Metrics", "EvaluateLowSampleCountPercentile", "ThresholdMetricId")
SINGLE_METRIC = ("MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Period", "Unit", "Dimensions")
SUPPRESSOR = ("ActionsSuppressor", "ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod")
BOOLEANS = ("ActionsEnabled", "ReturnData")


@replaces(cloudwatch, "_put_metric_alarm", "(params, cbor_data, is_cbor, is_json=False)")
def keep_every_field(original, params, cbor_data, is_cbor, is_json=False):
    request = cbor_data if is_cbor or is_json else nested(params)
    # An error is asked for again in the caller's own protocol.
    if original({}, request, False, True)[0] >= 400:
        return original(params, cbor_data, is_cbor, is_json)
    alarm = cloudwatch._alarms[request["AlarmName"]]
    alarm.update({key: request[key] for key in KEPT if request.get(key)})
    if alarm.get("Metrics") or request.get("ExtendedStatistic"):
        # MiniStack's defaults, which AWS does not add to such an alarm.
        for key in SINGLE_METRIC:
            alarm[key] = request.get(key)
        alarm["Period"] = int(request["Period"]) if request.get("Period") else None
    if is_cbor:
        return cloudwatch._cbor_ok({})
    return cloudwatch._json_ok({}) if is_json else cloudwatch._xml(200, "PutMetricAlarmResponse", "")


@replaces(cloudwatch, "_put_composite_alarm", "(params, cbor_data, is_cbor, is_json=False)")
def keep_suppressor(original, params, cbor_data, is_cbor, is_json=False):
    response = original(params, cbor_data, is_cbor, is_json)
    request = cbor_data if is_cbor or is_json else nested(params)
    if response[0] < 400:
        alarm = cloudwatch._composite_alarms[request["AlarmName"]]
        alarm.update({key: request[key] for key in SUPPRESSOR if request.get(key)})
    return response


@replaces(cloudwatch, "_describe_alarms", "(params, cbor_data, is_cbor, is_json=False)")
def describe_every_field(original, params, cbor_data, is_cbor, is_json=False):
    if is_cbor or is_json:
        return original(params, cbor_data, is_cbor, is_json)
    status, headers, body = original({}, nested(params), False, True)
    if status >= 400:
        return original(params, cbor_data, is_cbor, is_json)
    return cloudwatch._xml(
        200, "DescribeAlarmsResponse", f"<DescribeAlarmsResult>{to_xml(json.loads(body))}</DescribeAlarmsResult>"
    )


def nested(params: dict) -> dict:
    """`Metrics.member.1.Id=x` as {"Metrics": [{"Id": "x"}]}."""
    tree: dict = {}
    for name in params:
        node = tree
        *path, last = re.sub(r"\.member\.(\d+)", r".\1", name).split(".")
        for part in path:
            node = node.setdefault(part, {})
        value = cloudwatch._p(params, name)
        node[last] = value == "true" if last in BOOLEANS else value
    return lists(tree)


def lists(node):
    if not isinstance(node, dict):
        return node
    if node and all(key.isdigit() for key in node):
        return [lists(node[key]) for key in sorted(node, key=int)]
    return {key: lists(value) for key, value in node.items()}


def to_xml(value, name: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "".join(f"<{key}>{to_xml(child, key)}</{key}>" for key, child in value.items() if child is not None)
    if isinstance(value, list):
        return "".join(f"<member>{to_xml(child)}</member>" for child in value)
    if isinstance(value, bool):
        return str(value).lower()
    if name.endswith("Timestamp"):
        return cloudwatch._ts_iso(float(value))
    return escape(str(value))
