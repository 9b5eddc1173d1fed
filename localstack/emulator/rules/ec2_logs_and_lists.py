"""Flow logs and prefix lists."""

import re

from ministack.services import ec2, iam, s3

from rules import refuses
from rules.ec2_state import API, ERRORS, block, is_block

FLOW = f"{API}/API_CreateFlowLogs.html"
RESOURCES = {
    "VPC": (ec2._vpcs, "InvalidVpcId.NotFound", "The Vpc Id {} does not exist"),
    "Subnet": (ec2._subnets, "InvalidSubnetId.NotFound", "The subnet ID {} does not exist"),
    "NetworkInterface": (ec2._network_interfaces, "InvalidNetworkInterfaceId.NotFound", "The network interface ID {} does not exist"),
}


def of_missing(resource_type: str) -> None:
    store, code, words = RESOURCES[resource_type]

    def check(parameters: dict) -> str | None:
        ids = parameters.get("ResourceIds", []) if parameters.get("ResourceType") == resource_type else []
        missing = next((each for each in ids if each not in store), None)
        return words.format(missing) if missing else None

    check.__doc__ = f"A flow log of a {resource_type} that does not exist."
    refuses("ec2", "CreateFlowLogs", code=code, source=FLOW)(check)


for each in RESOURCES:
    of_missing(each)


def destination_type(parameters: dict) -> str:
    return parameters.get("LogDestinationType", "cloud-watch-logs")


@refuses("ec2", "CreateFlowLogs", code="InvalidParameter", source=f"{FLOW} (LogDestination, DeliverLogsPermissionArn)")
def flow_log_without_companions(parameters: dict) -> str | None:
    """A flow log without a destination, with two, or to a log group without a role."""
    kind = destination_type(parameters)
    destination, group = parameters.get("LogDestination"), parameters.get("LogGroupName")
    if not destination and not group:
        return "LogDestination can't be empty if LogGroupName is not provided."
    if destination and group:
        return "Please only provide LogGroupName or only provide LogDestination."
    if group and kind != "cloud-watch-logs":
        return "LogDestination type must be cloud-watch-logs if LogGroupName is provided."
    if kind == "cloud-watch-logs" and not parameters.get("DeliverLogsPermissionArn"):
        return "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs."
    if kind == "s3" and parameters.get("DeliverLogsPermissionArn"):
        return "DeliverLogsPermissionArn is not applicable for s3 delivery"
    return None


@refuses("ec2", "CreateFlowLogs", code="InvalidParameter", source=f"{FLOW} (MaxAggregationInterval)")
def wrong_interval(parameters: dict) -> str | None:
    """A flow log with an interval other than 60 or 600 seconds."""
    right = parameters.get("MaxAggregationInterval", 600) in (60, 600)
    return None if right else "Invalid Flow Log Max Aggregation Interval"


@refuses("ec2", "CreateFlowLogs", code="InvalidParameter", source=f"{FLOW} (LogDestination)")
def wrong_destination(parameters: dict) -> str | None:
    """A flow log whose destination is an ARN of another service than its type says."""
    services = {"cloud-watch-logs": "logs", "s3": "s3", "kinesis-data-firehose": "firehose"}
    destination = parameters.get("LogDestination")
    service = services[destination_type(parameters)]
    right = not destination or re.match(rf"arn:aws[a-z-]*:{service}:", destination)
    return None if right else f"LogDestination: {destination} is not a valid ARN for {destination_type(parameters)}."


@refuses(
    "ec2",
    "CreateFlowLogs",
    code="InvalidParameter",
    source="hashicorp/terraform-provider-aws internal/service/ec2/vpc_flow_log.go (it waits while AWS answers this)",
)
def role_not_assumed(parameters: dict) -> str | None:
    """A flow log with a role that does not exist, or that vpc-flow-logs.amazonaws.com may not assume."""
    arn = parameters.get("DeliverLogsPermissionArn")
    role = next((role for role in iam._roles.values() if role["Arn"] == arn), None)
    trusted = role is not None and "vpc-flow-logs.amazonaws.com" in str(role.get("AssumeRolePolicyDocument"))
    return None if not arn or trusted else "Unable to assume given IAM role"


@refuses("ec2", "CreateFlowLogs", code="LogDestinationNotFoundException", source=f"{FLOW} (LogDestination)")
def bucket_not_found(parameters: dict) -> str | None:
    """A flow log to a bucket that does not exist."""
    destination = parameters.get("LogDestination", "")
    name = destination.rpartition(":")[2].partition("/")[0]
    wrong = destination_type(parameters) == "s3" and destination and name not in s3._buckets
    return f"LogDestination: {name} does not exist" if wrong else None


@refuses("ec2", "CreateFlowLogs", code="FlowLogAlreadyExists", source=f"{ERRORS} (FlowLogAlreadyExists)")
def second_flow_log(parameters: dict) -> str | None:
    """A second flow log of a resource with the same traffic and destination."""
    destination = parameters.get("LogDestination") or parameters.get("LogGroupName", "")
    wanted = {(each, parameters.get("TrafficType", "ALL"), group_of(destination)) for each in parameters.get("ResourceIds", [])}
    there = {(each["ResourceId"], each["TrafficType"], group_of(each["LogDestination"])) for each in ec2._flow_logs.values()}
    words = "Error. There is an existing Flow Log with the same configuration and log destination."
    return words if wanted & there else None


def group_of(destination: str) -> str:
    """A log group's name, whether it was given by name or by ARN; another destination as it is."""
    match = re.search(r":log-group:([^:]+)", destination or "")
    return match[1] if match else destination


LIST = f"{API}/API_CreateManagedPrefixList.html"


@refuses("ec2", "CreateManagedPrefixList", "ModifyManagedPrefixList", code="InvalidParameterValue", source=f"{LIST} (Entries)")
def malformed_entry(parameters: dict) -> str | None:
    """An entry of a prefix list that is no block of addresses of its family."""
    entries = [*parameters.get("Entries", []), *parameters.get("AddEntries", [])]
    known = ec2._prefix_lists.get(parameters.get("PrefixListId"), {})
    family = parameters.get("AddressFamily") or known.get("AddressFamily", "IPv4")
    right = block if family == "IPv4" else lambda text: is_block(text) and ":" in text
    wrong = next((entry["Cidr"] for entry in entries if not right(entry.get("Cidr", ""))), None)
    return f"The CIDR '{wrong}' is not valid for address family {family}" if wrong is not None else None


@refuses("ec2", "CreateManagedPrefixList", code="PrefixListMaxEntriesExceeded", source=f"{LIST} (MaxEntries)")
def too_many_entries(parameters: dict) -> str | None:
    """A prefix list with more entries than it may have."""
    most = parameters.get("MaxEntries", 0)
    many = len(parameters.get("Entries", [])) > most
    return f"You've reached the maximum number of entries for the prefix list: {most}" if many else None
