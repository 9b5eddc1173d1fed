"""VPC endpoints."""

import re

from ministack.services import ec2

from rules import refuses
from rules.ec2_state import API, ERRORS, QUOTAS, vpc_of

CREATE = f"{API}/API_CreateVpcEndpoint.html"
GATEWAY_SERVICES = ("s3", "dynamodb")
PRIVATE_DNS = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"
ENDPOINT_CALLS = ("CreateVpcEndpoint", "ModifyVpcEndpoint")


def type_of(parameters: dict) -> str:
    """Of the endpoint that a request makes or changes."""
    existing = ec2._vpc_endpoints.get(parameters.get("VpcEndpointId"), {})
    return existing.get("VpcEndpointType") or parameters.get("VpcEndpointType", "Gateway")


def vpc_id_of(parameters: dict) -> str | None:
    return parameters.get("VpcId") or vpc_of(ec2._vpc_endpoints, parameters.get("VpcEndpointId"))


def service_of(parameters: dict) -> str:
    existing = ec2._vpc_endpoints.get(parameters.get("VpcEndpointId"), {})
    return existing.get("ServiceName") or parameters.get("ServiceName", "")


def short_name(service: str) -> str:
    """`ecr.api` of com.amazonaws.us-east-1.ecr.api."""
    return service.removeprefix(f"com.amazonaws.{ec2.get_region()}.")


@refuses("ec2", "CreateVpcEndpoint", code="InvalidServiceName", source=f"{ERRORS} (InvalidServiceName)")
def unknown_service(parameters: dict) -> str | None:
    """An endpoint for a service of another region, or of a name that is none."""
    name = parameters.get("ServiceName", "")
    known = re.fullmatch(rf"com\.amazonaws\.({ec2.get_region()}|global|vpce\.{ec2.get_region()})(\.[a-z0-9-]+)+", name)
    elsewhere = parameters.get("ServiceRegion") or name.startswith("aws.") or not name
    return None if known or elsewhere else f"The Vpc Endpoint Service '{name}' does not exist"


@refuses(
    "ec2",
    "CreateVpcEndpoint",
    code="InvalidParameter",
    source="https://github.com/hashicorp/terraform/issues/24478",
)
def wrong_type(parameters: dict) -> str | None:
    """An endpoint of type Gateway for a service that is reached through interfaces only."""
    name = parameters.get("ServiceName", "")
    wrong = name.startswith("com.amazonaws.") and short_name(name) not in GATEWAY_SERVICES and type_of(parameters) == "Gateway"
    return "Endpoint type (Gateway) does not match available service types ([Interface])." if wrong else None


@refuses(
    "ec2",
    *ENDPOINT_CALLS,
    code="InvalidParameter",
    source="https://github.com/nanlabs/terraform-aws-starter/issues/18",
)
def subnets_of_a_gateway_endpoint(parameters: dict) -> str | None:
    """Subnets for an endpoint of type Gateway."""
    wrong = type_of(parameters) == "Gateway" and (parameters.get("SubnetIds") or parameters.get("AddSubnetIds"))
    return "Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints." if wrong else None


@refuses("ec2", *ENDPOINT_CALLS, code="InvalidParameter", source=f"{CREATE} (SecurityGroupIds)")
def groups_of_a_gateway_endpoint(parameters: dict) -> str | None:
    """Security groups for an endpoint of type Gateway."""
    wrong = type_of(parameters) == "Gateway" and (parameters.get("SecurityGroupIds") or parameters.get("AddSecurityGroupIds"))
    return "Security group IDs are only supported for Interface type VPC Endpoint." if wrong else None


@refuses("ec2", *ENDPOINT_CALLS, code="InvalidParameter", source=f"{CREATE} (PrivateDnsEnabled)")
def private_dns_of_a_gateway_endpoint(parameters: dict) -> str | None:
    """Private DNS for an endpoint of type Gateway."""
    wrong = type_of(parameters) == "Gateway" and parameters.get("PrivateDnsEnabled") is True
    return "Private DNS is only supported for Interface type VPC Endpoints." if wrong else None


@refuses(
    "ec2",
    *ENDPOINT_CALLS,
    code="InvalidParameter",
    source="https://github.com/ansible-collections/amazon.aws/issues/576",
)
def tables_of_an_interface_endpoint(parameters: dict) -> str | None:
    """Route tables for an endpoint that is not of type Gateway."""
    wrong = type_of(parameters) != "Gateway" and (parameters.get("RouteTableIds") or parameters.get("AddRouteTableIds"))
    return "Route table IDs are only supported for Gateway type VPC Endpoint." if wrong else None


@refuses("ec2", *ENDPOINT_CALLS, code="InvalidParameter", source=f"{PRIVATE_DNS} (prerequisites)")
def private_dns_without_dns(parameters: dict) -> str | None:
    """An endpoint with private DNS in a VPC without DNS support and DNS hostnames. A new VPC has no DNS hostnames."""
    vpc = ec2._vpcs.get(vpc_id_of(parameters), {})
    has_dns = vpc.get("EnableDnsSupport", True) and vpc.get("EnableDnsHostnames", vpc.get("IsDefault", False))
    if parameters.get("PrivateDnsEnabled") is not True or has_dns:
        return None
    return (
        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for"
        f" {vpc_id_of(parameters)}"
    )


@refuses("ec2", *ENDPOINT_CALLS, code="InvalidParameter", source=f"{PRIVATE_DNS}; public reports of its words")
def private_dns_taken(parameters: dict) -> str | None:
    """A second endpoint of a VPC with private DNS for the same service."""
    vpc_id, service = vpc_id_of(parameters), service_of(parameters)
    others = [each for name, each in ec2._vpc_endpoints.items() if name != parameters.get("VpcEndpointId")]
    taken = any(
        other["VpcId"] == vpc_id and other["ServiceName"] == service and other.get("_private_dns") == "true" for other in others
    )
    if parameters.get("PrivateDnsEnabled") is not True or not taken:
        return None
    host = f"{'.'.join(reversed(short_name(service).split('.')))}.{ec2.get_region()}.amazonaws.com"
    return f"private-dns-enabled cannot be set because there is already a conflicting DNS domain for {host} in the VPC {vpc_id}"


@refuses("ec2", *ENDPOINT_CALLS, code="DuplicateSubnetsInSameZone", source=f"{CREATE} (SubnetIds)")
def two_subnets_of_a_zone(parameters: dict) -> str | None:
    """Two subnets of the same zone for an interface endpoint."""
    endpoint = ec2._vpc_endpoints.get(parameters.get("VpcEndpointId"), {})
    kept = [subnet for subnet in endpoint.get("SubnetIds", []) if subnet not in parameters.get("RemoveSubnetIds", [])]
    added = [*parameters.get("SubnetIds", []), *parameters.get("AddSubnetIds", [])]
    zones: set[str] = set()
    for subnet in dict.fromkeys([*kept, *added]):
        zone = ec2._subnets.get(subnet, {}).get("AvailabilityZone")
        if zone in zones:
            return f"Found another VPC endpoint subnet in the availability zone of {subnet}"
        zones.add(zone)
    return None


@refuses("ec2", *ENDPOINT_CALLS, code="InvalidParameter", source=f"{CREATE} (SubnetIds, SecurityGroupIds, RouteTableIds)")
def of_another_network(parameters: dict) -> str | None:
    """A subnet, a security group or a route table of another VPC than the endpoint's."""
    vpc_id = vpc_id_of(parameters)
    places = (("SubnetIds", ec2._subnets), ("SecurityGroupIds", ec2._security_groups), ("RouteTableIds", ec2._route_tables))
    named = [(store, each) for name, store in places for each in [*parameters.get(name, []), *parameters.get(f"Add{name}", [])]]
    wrong = next((each for store, each in named if vpc_of(store, each) != vpc_id), None)
    return f"{wrong} and the VPC endpoint belong to different networks: {vpc_id} is the endpoint's." if wrong else None


@refuses(
    "ec2",
    *ENDPOINT_CALLS,
    code="RouteAlreadyExists",
    source='https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html; public reports of "route table rtb-… already'
    ' has a route with destination-prefix-list-id pl-…"',
)
def second_gateway_endpoint(parameters: dict) -> str | None:
    """A second gateway endpoint for a service in a route table."""
    service = service_of(parameters)
    others = [each for name, each in ec2._vpc_endpoints.items() if name != parameters.get("VpcEndpointId")]
    taken = {table for other in others if other["ServiceName"] == service for table in other["RouteTableIds"]}
    tables = [*parameters.get("RouteTableIds", []), *parameters.get("AddRouteTableIds", [])]
    wrong = next((table for table in tables if table in taken), None)
    prefix_list = ec2._aws_pl_id_from_name(service)
    return f"route table {wrong} already has a route with destination-prefix-list-id {prefix_list}" if wrong else None


@refuses("ec2", "CreateVpcEndpoint", code="VpcEndpointLimitExceeded", source=QUOTAS)
def too_many_endpoints(parameters: dict) -> str | None:
    """More than 50 interface endpoints in a VPC, or 20 gateway endpoints in a region: the quotas of a new account."""
    kind, vpc_id = type_of(parameters), parameters.get("VpcId")
    same = [each for each in ec2._vpc_endpoints.values() if each["VpcEndpointType"] == kind]
    full = len(same) >= 20 if kind == "Gateway" else len([each for each in same if each["VpcId"] == vpc_id]) >= 50
    return "The maximum number of VPC endpoints has been reached." if full else None
