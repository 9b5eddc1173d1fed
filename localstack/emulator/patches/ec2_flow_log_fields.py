"""Gap: DescribeFlowLogs forgets the role, the aggregation interval, the format and the tags, so Terraform replaces the flow log."""

import re
from xml.sax.saxutils import escape

from ministack.services import ec2

from patches.replaces import replaces

DEFAULT_FORMAT = (
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol}"
    " ${packets} ${bytes} ${start} ${end} ${action} ${log-status}"
)


@replaces(ec2, "_create_flow_logs", "(params)")
def remember_flow_log_fields(original, params):
    status, headers, body = original(params)
    for flow_log_id in re.findall(r"<item>(fl-[0-9a-f]+)</item>", body.decode()):
        record = ec2._flow_logs[flow_log_id]
        record["_described"] = {
            "deliverLogsPermissionArn": ec2._p(params, "DeliverLogsPermissionArn"),
            "maxAggregationInterval": ec2._p(params, "MaxAggregationInterval") or "600",
            "logFormat": ec2._p(params, "LogFormat") or DEFAULT_FORMAT,
            "logGroupName": log_group_of(record["LogDestination"]),
            "deliverLogsStatus": "SUCCESS",
        }
        # MiniStack looks for "flow-log"; the API's resource type is this one.
        ec2._parse_tag_specs(params, "vpc-flow-log", flow_log_id)
    return status, headers, body


def log_group_of(destination: str) -> str:
    match = re.search(r":log-group:([^:]+)", destination or "")
    return match[1] if match else ""


@replaces(ec2, "_describe_flow_logs", "(params)")
def describe_flow_log_fields(original, params):
    status, headers, body = original(params)

    def with_fields(match: re.Match) -> str:
        fields = ec2._flow_logs[match[1]].get("_described", {})
        return match[0] + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items() if value)

    return status, headers, re.sub(r"<flowLogId>(.*?)</flowLogId>", with_fields, body.decode()).encode()
