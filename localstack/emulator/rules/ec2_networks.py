"""VPCs, subnets and internet gateways: their blocks and zones, how many there may be, and what must go before them."""

from ipaddress import ip_network

from ministack.services import ec2

from rules import refuses
from rules.ec2_state import (
    API,
    ERRORS,
    QUOTAS,
    attached_gateway,
    block,
    has_public_addresses,
    of_vpc,
    uses_subnet,
)

# Of each kind, so many may be in a region, or in a VPC.
LIMITS = (
    ("CreateVpc", ec2._vpcs, 5, "", "VpcLimitExceeded", "VPCs"),
    ("CreateInternetGateway", ec2._internet_gateways, 5, "", "InternetGatewayLimitExceeded", "internet gateways"),
    ("AllocateAddress", ec2._addresses, 5, "", "AddressLimitExceeded", "addresses"),
    ("CreateSubnet", ec2._subnets, 200, "VpcId", "SubnetLimitExceeded", "subnets"),
    ("CreateRouteTable", ec2._route_tables, 200, "VpcId", "RouteTableLimitExceeded", "route tables"),
)


def limit(operation: str, store, most: int, per: str, code: str, named: str) -> None:
    def check(parameters: dict) -> str | None:
        held = of_vpc(store, parameters.get(per, "")) if per else store
        return f"The maximum number of {named} has been reached." if len(held) >= most else None

    check.__doc__ = f"More than {most} {named} in a {'VPC' if per else 'region'}, which is the quota of a new account."
    refuses("ec2", operation, code=code, source=QUOTAS)(check)


for each in LIMITS:
    limit(*each)

# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
UNUSABLE = [ip_network(text) for text in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4")]


@refuses("ec2", "CreateVpc", code="MissingParameter", source=f"{API}/API_CreateVpc.html (CidrBlock)")
def vpc_without_block(parameters: dict) -> str | None:
    """A VPC without a block of addresses."""
    has_one = parameters.get("CidrBlock") or parameters.get("Ipv4IpamPoolId")
    return None if has_one else "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided."


@refuses("ec2", "CreateVpc", "CreateSubnet", code="InvalidParameterValue", source=f"{API}/API_CreateVpc.html (CidrBlock)")
def no_block(parameters: dict) -> str | None:
    """Text that is no block of addresses."""
    text = parameters.get("CidrBlock")
    wrong = text is not None and block(text) is None
    return f"Value ({text}) for parameter cidrBlock is invalid. This is not a valid CIDR block." if wrong else None


@refuses("ec2", "CreateVpc", code="InvalidVpc.Range", source=f"{ERRORS} (InvalidVpc.Range)")
def vpc_of_wrong_size(parameters: dict) -> str | None:
    """A block of a VPC that is not from /16 to /28, or in a range that cannot be used."""
    given = block(parameters.get("CidrBlock"))
    wrong = given and (not 16 <= given.prefixlen <= 28 or any(given.overlaps(each) for each in UNUSABLE))
    return f"The CIDR '{given}' is invalid." if wrong else None


@refuses("ec2", "CreateSubnet", code="InvalidSubnet.Range", source=f"{ERRORS} (InvalidSubnet.Range)")
def subnet_outside(parameters: dict) -> str | None:
    """A block of a subnet that is not from /16 to /28, or not inside its VPC's."""
    given = block(parameters.get("CidrBlock"))
    vpc = ec2._vpcs.get(parameters.get("VpcId"))
    if given is None or vpc is None:
        return None
    inside = given.subnet_of(ip_network(vpc["CidrBlock"], strict=False))
    return None if inside and 16 <= given.prefixlen <= 28 else f"The CIDR '{given}' is invalid."


@refuses("ec2", "CreateSubnet", code="InvalidParameterValue", source=f"{API}/API_CreateSubnet.html (AvailabilityZone)")
def unknown_zone(parameters: dict) -> str | None:
    """A subnet in a zone that the region does not have."""
    zones = [f"{ec2.get_region()}{letter}" for letter in ("abcdef" if ec2.get_region() == "us-east-1" else "abc")]
    zone = parameters.get("AvailabilityZone", zones[0])
    if zone in zones:
        return None
    return (
        f"Value ({zone}) for parameter availabilityZone is invalid."
        f" Subnets can currently only be created in the following availability zones: {', '.join(zones)}."
    )


@refuses("ec2", "ModifyVpcAttribute", code="InvalidParameterCombination", source=f"{API}/API_ModifyVpcAttribute.html")
def several_attributes(parameters: dict) -> str | None:
    """Several attributes of a VPC in one call, or none."""
    given = [name[0].lower() + name[1:] for name in parameters if name.startswith("Enable")]
    if len(given) == 1:
        return None
    return f"Fields for multiple attribute types specified: {', '.join(given)}" if given else "No attributes specified."


@refuses("ec2", "DeleteSubnet", code="DependencyViolation", source=f"{ERRORS} (DependencyViolation)")
def subnet_in_use(parameters: dict) -> str | None:
    """The deletion of a subnet with a network interface in it: of a gateway, an endpoint, a load balancer, a task or an instance."""
    subnet = parameters.get("SubnetId", "")
    return f"The subnet '{subnet}' has dependencies and cannot be deleted." if uses_subnet(subnet) else None


@refuses("ec2", "DeleteVpc", code="DependencyViolation", source=f"{API}/API_DeleteVpc.html")
def vpc_in_use(parameters: dict) -> str | None:
    """The deletion of a VPC with something in it: subnets, gateways, endpoints, route tables or security groups of one's own."""
    vpc_id = parameters.get("VpcId", "")
    own_tables = [table for table in of_vpc(ec2._route_tables, vpc_id) if not is_main(table)]
    own_groups = [group for group in of_vpc(ec2._security_groups, vpc_id) if group["GroupName"] != "default"]
    held = own_tables or own_groups or of_vpc(ec2._subnets, vpc_id) or of_vpc(ec2._vpc_endpoints, vpc_id)
    return f"The vpc '{vpc_id}' has dependencies and cannot be deleted." if held or attached_gateway(vpc_id) else None


def is_main(table: dict) -> bool:
    return any(association.get("Main") for association in table["Associations"])


def vpcs_of(parameters: dict) -> list[str]:
    """The VPCs that a request's internet gateway is attached to."""
    gateway = ec2._internet_gateways.get(parameters.get("InternetGatewayId"), {})
    return [attachment["VpcId"] for attachment in gateway.get("Attachments", [])]


@refuses("ec2", "AttachInternetGateway", code="Resource.AlreadyAssociated", source=f"{ERRORS} (Resource.AlreadyAssociated)")
def gateway_attached_twice(parameters: dict) -> str | None:
    """An internet gateway that is attached to a VPC already."""
    vpcs = vpcs_of(parameters)
    return f"resource {parameters['InternetGatewayId']} is already attached to network {vpcs[0]}" if vpcs else None


@refuses(
    "ec2",
    "AttachInternetGateway",
    code="InvalidParameterValue",
    source=f'{API}/API_AttachInternetGateway.html; public reports of "Network vpc-… already has an internet gateway attached"',
)
def second_gateway(parameters: dict) -> str | None:
    """A second internet gateway for a VPC."""
    vpc_id = parameters.get("VpcId", "")
    return f"Network {vpc_id} already has an internet gateway attached" if attached_gateway(vpc_id) else None


@refuses("ec2", "DeleteInternetGateway", code="DependencyViolation", source=f"{API}/API_DeleteInternetGateway.html")
def gateway_in_use(parameters: dict) -> str | None:
    """The deletion of an internet gateway that is attached."""
    gateway = parameters.get("InternetGatewayId")
    return f"The internetGateway '{gateway}' has dependencies and cannot be deleted." if vpcs_of(parameters) else None


@refuses("ec2", "DetachInternetGateway", code="Gateway.NotAttached", source=f"{ERRORS} (Gateway.NotAttached)")
def gateway_not_attached(parameters: dict) -> str | None:
    """The detachment of an internet gateway from a VPC that it is not attached to."""
    gateway, vpc_id = parameters.get("InternetGatewayId"), parameters.get("VpcId")
    return None if vpc_id in vpcs_of(parameters) else f"resource {gateway} is not attached to network {vpc_id}"


@refuses("ec2", "DetachInternetGateway", code="DependencyViolation", source=f"{API}/API_DetachInternetGateway.html")
def gateway_with_addresses(parameters: dict) -> str | None:
    """The detachment of an internet gateway while something in the VPC has a public address."""
    vpc_id = parameters.get("VpcId", "")
    words = f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
    return words if has_public_addresses(vpc_id) else None
