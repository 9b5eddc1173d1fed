"""Route tables and their routes, addresses and NAT gateways."""

from ipaddress import ip_network

from ministack.services import ec2

from rules import refuses
from rules.ec2_networks import is_main, vpcs_of
from rules.ec2_state import API, ERRORS, QUOTAS, attached_gateway, block, is_address_used, live_nat_gateways, vpc_of

ROUTE = f"{API}/API_CreateRoute.html"
TARGETS = (
    *("GatewayId", "LocalGatewayId", "CarrierGatewayId", "NatGatewayId", "NetworkInterfaceId", "VpcPeeringConnectionId"),
    *("EgressOnlyInternetGatewayId", "TransitGatewayId", "VpcEndpointId", "CoreNetworkArn", "InstanceId"),
)
DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")


def written(name: str) -> str:
    return name[0].lower() + name[1:]


def table_of(parameters: dict) -> dict:
    return ec2._route_tables.get(parameters.get("RouteTableId"), {})


def route_of(parameters: dict) -> dict | None:
    """The table's route to the request's destination."""
    given = block(parameters.get("DestinationCidrBlock"))
    routes = table_of(parameters).get("Routes", [])
    return next((route for route in routes if given and block(route.get("DestinationCidrBlock")) == given), None)


def one_of(names: tuple[str, ...], parameters: dict, rest: str = "") -> tuple[int, str]:
    listed = ", ".join(written(name) for name in names)
    return sum(name in parameters for name in names), f"The request must contain exactly one of: {listed}{rest}"


@refuses("ec2", "CreateRoute", "DeleteRoute", "ReplaceRoute", code="MissingParameter", source=f"{ROUTE} (DestinationCidrBlock)")
def no_destination(parameters: dict) -> str | None:
    """A route without a destination."""
    count, words = one_of(DESTINATIONS, parameters)
    return None if count else words


@refuses("ec2", "CreateRoute", code="MissingParameter", source=ROUTE)
def no_target(parameters: dict) -> str | None:
    """A route without a target."""
    count, words = one_of(TARGETS, parameters)
    return None if count else words


@refuses("ec2", "CreateRoute", code="InvalidParameterCombination", source=ROUTE)
def several_targets(parameters: dict) -> str | None:
    """A route with more than one target, or more than one destination."""
    return next((words for count, words in (one_of(TARGETS, parameters), one_of(DESTINATIONS, parameters)) if count > 1), None)


@refuses("ec2", "CreateRoute", "ReplaceRoute", "DeleteRoute", code="InvalidParameterValue", source=f"{ROUTE} (DestinationCidrBlock)")
def no_block(parameters: dict) -> str | None:
    """A destination that is no block of addresses."""
    text = parameters.get("DestinationCidrBlock")
    wrong = text is not None and block(text) is None
    return f"Value ({text}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block." if wrong else None


@refuses(
    "ec2",
    "CreateRoute",
    "ReplaceRoute",
    code="InvalidParameterValue",
    source="https://github.com/aws-samples/ecs-refarch-cloudformation/issues/6",
)
def gateway_of_another_network(parameters: dict) -> str | None:
    """A route to an internet gateway that is not attached to the route table's VPC."""
    table, gateway = parameters.get("RouteTableId"), parameters.get("GatewayId")
    vpcs = vpcs_of({"InternetGatewayId": gateway})
    wrong = gateway in ec2._internet_gateways and table_of(parameters).get("VpcId") not in vpcs
    return f"route table {table} and network gateway {gateway} belong to different networks" if wrong else None


@refuses("ec2", "CreateRoute", "ReplaceRoute", code="InvalidParameterValue", source=f"{ROUTE} (NatGatewayId)")
def nat_gateway_of_another_network(parameters: dict) -> str | None:
    """A route to a NAT gateway of another VPC than the route table's."""
    table, nat = parameters.get("RouteTableId"), parameters.get("NatGatewayId")
    wrong = nat is not None and vpc_of(ec2._nat_gateways, nat) != table_of(parameters).get("VpcId")
    return f"route table {table} and NAT gateway {nat} belong to different networks" if wrong else None


@refuses(
    "ec2",
    "CreateRoute",
    code="InvalidParameterValue",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html;"
    ' public reports of "is equal to or more specific than one of this VPC\'s CIDR blocks"',
)
def inside_the_vpc(parameters: dict) -> str | None:
    """A route to an internet gateway for addresses of the VPC itself."""
    given = block(parameters.get("DestinationCidrBlock"))
    vpc = ec2._vpcs.get(table_of(parameters).get("VpcId"))
    if given is None or vpc is None or parameters.get("GatewayId") not in ec2._internet_gateways:
        return None
    words = f"The destination CIDR block {given} is equal to or more specific than one of this VPC's CIDR blocks."
    words += " This route can target only an interface or an instance."
    return words if given.subnet_of(ip_network(vpc["CidrBlock"], strict=False)) else None


@refuses("ec2", "CreateRoute", code="RouteAlreadyExists", source=f"{ERRORS} (RouteAlreadyExists)")
def second_route(parameters: dict) -> str | None:
    """A second route of a table to the same destination."""
    return f"The route identified by {parameters.get('DestinationCidrBlock')} already exists." if route_of(parameters) else None


@refuses("ec2", "ReplaceRoute", code="InvalidParameterValue", source=f"{API}/API_ReplaceRoute.html")
def nothing_to_replace(parameters: dict) -> str | None:
    """The replacement of a route that is not there."""
    given = parameters.get("DestinationCidrBlock")
    wrong = given is not None and route_of(parameters) is None
    return f"There is no route defined for '{given}' in the route table. Use CreateRoute instead." if wrong else None


@refuses("ec2", "DeleteRoute", code="InvalidRoute.NotFound", source=f"{ERRORS} (InvalidRoute.NotFound)")
def nothing_to_delete(parameters: dict) -> str | None:
    """The deletion of a route that is not there."""
    given = parameters.get("DestinationCidrBlock")
    wrong = given is not None and route_of(parameters) is None
    return f"no route with destination-cidr-block {given} in route table {parameters.get('RouteTableId')}" if wrong else None


@refuses("ec2", "DeleteRoute", code="InvalidParameterValue", source=f"{API}/API_DeleteRoute.html")
def local_route_deleted(parameters: dict) -> str | None:
    """The deletion of the route to the VPC itself."""
    route = route_of(parameters)
    wrong = route is not None and route.get("GatewayId") == "local"
    return f"cannot remove local route {parameters['DestinationCidrBlock']} in route table {parameters['RouteTableId']}" if wrong else None


def subnets_with_tables() -> set[str]:
    tables = ec2._route_tables.values()
    return {association.get("SubnetId") for table in tables for association in table["Associations"]} - {None}


@refuses(
    "ec2",
    "AssociateRouteTable",
    code="Resource.AlreadyAssociated",
    source="hashicorp/terraform-provider-aws website/docs/r/route_table_association.html.markdown (Import)",
)
def second_table(parameters: dict) -> str | None:
    """A second route table for a subnet."""
    table = parameters.get("RouteTableId")
    wrong = parameters.get("SubnetId") in subnets_with_tables()
    return f"the specified association for route table {table} conflicts with an existing association" if wrong else None


@refuses("ec2", "AssociateRouteTable", code="InvalidParameterValue", source=f"{API}/API_AssociateRouteTable.html")
def table_of_another_network(parameters: dict) -> str | None:
    """A route table for a subnet of another VPC."""
    table, subnet = parameters.get("RouteTableId"), parameters.get("SubnetId")
    wrong = subnet in ec2._subnets and vpc_of(ec2._subnets, subnet) != table_of(parameters).get("VpcId")
    return f"route table {table} and subnet {subnet} belong to different networks" if wrong else None


@refuses("ec2", "DisassociateRouteTable", code="InvalidParameterValue", source=f"{API}/API_DisassociateRouteTable.html")
def main_association_removed(parameters: dict) -> str | None:
    """The end of the association that makes a route table its VPC's main one."""
    association = parameters.get("AssociationId")
    tables = ec2._route_tables.values()
    main = [each["RouteTableAssociationId"] for table in tables for each in table["Associations"] if each.get("Main")]
    return f"cannot disassociate the main route table association {association}" if association in main else None


@refuses("ec2", "DeleteRouteTable", code="DependencyViolation", source=f"{API}/API_DeleteRouteTable.html")
def table_in_use(parameters: dict) -> str | None:
    """The deletion of a route table that a subnet uses, or of a VPC's main one."""
    table = table_of(parameters)
    used = table and (is_main(table) or any(each.get("SubnetId") in ec2._subnets for each in table["Associations"]))
    return f"The routeTable '{table['RouteTableId']}' has dependencies and cannot be deleted." if used else None


@refuses("ec2", "AssociateAddress", code="Resource.AlreadyAssociated", source=f"{API}/API_AssociateAddress.html (AllowReassociation)")
def address_taken(parameters: dict) -> str | None:
    """An address that something else has, where the request forbids to take it away."""
    allocation = parameters.get("AllocationId", "")
    association = ec2._addresses.get(allocation, {}).get("AssociationId")
    wrong = association and parameters.get("AllowReassociation") is False
    return f"resource {allocation} is already associated with associate-id {association}" if wrong else None


@refuses(
    "ec2",
    "AssociateAddress",
    code="Gateway.NotAttached",
    source="https://github.com/aws-samples/cfn101-workshop/issues/165",
)
def address_without_gateway(parameters: dict) -> str | None:
    """A public address for an interface in a VPC without an internet gateway."""
    vpc_id = vpc_of(ec2._network_interfaces, parameters.get("NetworkInterfaceId"))
    return f"Network {vpc_id} is not attached to any internet gateway" if vpc_id and not attached_gateway(vpc_id) else None


@refuses("ec2", "ReleaseAddress", code="InvalidIPAddress.InUse", source=f"{API}/API_ReleaseAddress.html")
def address_in_use(parameters: dict) -> str | None:
    """The release of an address that an interface or a NAT gateway has."""
    allocation = parameters.get("AllocationId", "")
    return f"Address {ec2._addresses[allocation]['PublicIp']} is in use." if is_address_used(allocation) else None


@refuses("ec2", "CreateNatGateway", code="MissingParameter", source=f"{API}/API_CreateNatGateway.html (AllocationId)")
def nat_gateway_without_address(parameters: dict) -> str | None:
    """A public NAT gateway without an address."""
    public = parameters.get("ConnectivityType", "public") == "public" and parameters.get("AvailabilityMode") != "regional"
    return "The request must contain the parameter AllocationId" if public and not parameters.get("AllocationId") else None


@refuses("ec2", "CreateNatGateway", code="InvalidParameterCombination", source=f"{API}/API_CreateNatGateway.html (AllocationId)")
def private_nat_gateway_with_address(parameters: dict) -> str | None:
    """A private NAT gateway with a public address."""
    wrong = parameters.get("ConnectivityType") == "private" and parameters.get("AllocationId")
    return "AllocationId cannot be specified for a NAT Gateway with Connectivity Type private." if wrong else None


@refuses("ec2", "CreateNatGateway", code="NatGatewayLimitExceeded", source=QUOTAS)
def too_many_nat_gateways(parameters: dict) -> str | None:
    """More than five NAT gateways in a zone, which is the quota of a new account."""
    zone = ec2._subnets.get(parameters.get("SubnetId"), {}).get("AvailabilityZone")
    zones = [ec2._subnets.get(nat["SubnetId"], {}).get("AvailabilityZone") for nat in live_nat_gateways()]
    return "Performing this operation would exceed the limit of 5 NAT gateways" if zones.count(zone) >= 5 else None
