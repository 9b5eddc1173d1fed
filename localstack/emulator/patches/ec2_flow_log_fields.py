"""
Gap: DescribeFlowLogs forgets the role, the aggregation interval, the format and the tags, so Terraform replaces the flow log. It also says
of each that it is delivered, where AWS says of a role without permissions that this is an access error.
"""

import re
from xml.sax.saxutils import escape

from ministack.services import ec2

from patches.replaces import replaces
from rules import role_permissions
from rules.permissions import Needed, arn

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
        }
        # MiniStack looks for "flow-log"; the API's resource type is this one.
        ec2._parse_tag_specs(params, "vpc-flow-log", flow_log_id)
    return status, headers, body


# https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html; logs:CreateLogGroup only where there is no group.
ON_GROUP = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")


def delivery(described: dict) -> dict:
    """https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html"""
    role, group = described.get("deliverLogsPermissionArn"), described.get("logGroupName")
    if not role or not group:
        return {"deliverLogsStatus": "SUCCESS"}
    streams = arn("logs", f"log-group:{group}:log-stream:eni")
    needed = [Needed("logs:DescribeLogGroups", "*"), *(Needed(action, streams) for action in ON_GROUP)]
    refused = any(role_permissions.refusal(role, "flow-logs", each) for each in needed)
    return {"deliverLogsStatus": "FAILED", "deliverLogsErrorMessage": "Access error"} if refused else {"deliverLogsStatus": "SUCCESS"}


def log_group_of(destination: str) -> str:
    match = re.search(r":log-group:([^:]+)", destination or "")
    return match[1] if match else ""


@replaces(ec2, "_describe_flow_logs", "(params)")
def describe_flow_log_fields(original, params):
    status, headers, body = original(params)

    def with_fields(match: re.Match) -> str:
        described = ec2._flow_logs[match[1]].get("_described", {})
        fields = {**described, **delivery(described)}
        return match[0] + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items() if value)

    return status, headers, re.sub(r"<flowLogId>(.*?)</flowLogId>", with_fields, body.decode()).encode()
