"""What the emulated EC2 holds, in the terms of its rules."""

from ipaddress import IPv4Network, ip_network
from typing import Any

from ministack.services import alb, ec2, ecs

ERRORS = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"
API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference"
QUOTAS = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"


def block(text: str | None) -> IPv4Network | None:
    """An IPv4 block with a prefix length; None for text that is none."""
    try:
        return ip_network(text, strict=False) if "/" in (text or "") and ":" not in (text or "") else None
    except ValueError:
        return None


def is_block(text: str) -> bool:
    """Of either version of IP."""
    try:
        return "/" in text and bool(ip_network(text, strict=False))
    except ValueError:
        return False


def of_vpc(store: Any, vpc_id: str) -> list[dict]:
    return [each for each in store.values() if each.get("VpcId") == vpc_id]


def vpc_of(store: Any, resource_id: str | None) -> str | None:
    return store.get(resource_id, {}).get("VpcId")


def attached_gateway(vpc_id: str) -> str | None:
    """The internet gateway of a VPC."""
    for gateway in ec2._internet_gateways.values():
        if any(attachment["VpcId"] == vpc_id for attachment in gateway.get("Attachments", [])):
            return gateway["InternetGatewayId"]
    return None


def is_live(nat_gateway: dict) -> bool:
    return nat_gateway["State"] not in ("deleted", "failed")


def live_nat_gateways() -> list[dict]:
    return [nat for nat in ec2._nat_gateways.values() if is_live(nat)]


def balancers_in(vpc_id: str) -> list[dict]:
    return [lb for lb in alb._lbs.values() if any(vpc_of(ec2._subnets, subnet) == vpc_id for subnet in lb["Subnets"])]


def running_networks() -> list[dict]:
    """The awsvpc configurations of services that have tasks."""
    services = [service for service in ecs._services.values() if service.get("runningCount")]
    return [service.get("networkConfiguration", {}).get("awsvpcConfiguration", {}) for service in services]


def uses_subnet(subnet_id: str) -> bool:
    """Whether a network interface is in it: one by itself, or one of a gateway, an endpoint, a load balancer, a task or an instance."""
    return (
        any(eni["SubnetId"] == subnet_id for eni in ec2._network_interfaces.values())
        or any(nat["SubnetId"] == subnet_id for nat in live_nat_gateways())
        or any(subnet_id in endpoint["SubnetIds"] for endpoint in ec2._vpc_endpoints.values())
        or any(subnet_id in lb["Subnets"] for lb in alb._lbs.values())
        or any(subnet_id in network.get("subnets", []) for network in running_networks())
        or any(task.get("_subnet") == subnet_id and task.get("lastStatus") != "STOPPED" for task in ecs._tasks.values())
        or any(instance.get("SubnetId") == subnet_id and not is_gone(instance) for instance in ec2._instances.values())
    )


def is_gone(instance: dict) -> bool:
    return instance.get("State", {}).get("Name") == "terminated"


def rules_of(group: dict) -> list[dict]:
    return [*group.get("IpPermissions", []), *group.get("IpPermissionsEgress", [])]


def names_group(group: dict, group_id: str) -> bool:
    return any(pair.get("GroupId") == group_id for rule in rules_of(group) for pair in rule.get("UserIdGroupPairs", []))


def uses_group(group_id: str) -> bool:
    """Whether a rule of another security group names it, or a network interface has it."""
    others = [group for group in ec2._security_groups.values() if group["GroupId"] != group_id]
    return (
        any(names_group(group, group_id) for group in others)
        or any(group_id in [each["GroupId"] for each in eni["Groups"]] for eni in ec2._network_interfaces.values())
        or any(group_id in endpoint.get("_security_groups", []) for endpoint in ec2._vpc_endpoints.values())
        or any(group_id in lb["SecurityGroups"] for lb in alb._lbs.values())
        or any(group_id in network.get("securityGroups", []) for network in running_networks())
    )


def has_public_addresses(vpc_id: str) -> bool:
    """Whether something in the VPC is reached through its internet gateway."""
    interfaces = [address.get("NetworkInterfaceId") for address in ec2._addresses.values()]
    return (
        any(nat["VpcId"] == vpc_id and nat["ConnectivityType"] == "public" for nat in live_nat_gateways())
        or any(lb["Scheme"] == "internet-facing" for lb in balancers_in(vpc_id))
        or any(vpc_of(ec2._network_interfaces, interface) == vpc_id for interface in interfaces)
    )


def is_address_used(allocation_id: str) -> bool:
    address = ec2._addresses.get(allocation_id, {})
    return bool(address.get("AssociationId")) or any(nat["AllocationId"] == allocation_id for nat in live_nat_gateways())


def prefix_list_exists(list_id: str) -> bool:
    return list_id in ec2._prefix_lists or ec2._resolve_aws_pl_by_id(list_id) is not None
