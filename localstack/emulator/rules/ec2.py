"""References of EC2's requests: each must name something that exists."""

from collections.abc import Callable
from dataclasses import dataclass

from ministack.services import ec2

from rules.ec2_state import ERRORS, is_live, prefix_list_exists
from rules.references import must_exist


@dataclass(frozen=True)
class Kind:
    """What a request can name, and AWS's error where it is not there."""

    named: str
    exists: Callable[[str], bool]
    code: str
    words: str
    # What is wrong, where it is not that something does not exist.
    refused: str = ""


def gateway_exists(gateway_id: str) -> bool:
    """What a route may name as its gateway; `local` is none that can be named."""
    return any(gateway_id in store for store in (ec2._internet_gateways, ec2._vpn_gateways, ec2._vpc_endpoints))


def nat_gateway_is_live(nat_id: str) -> bool:
    return nat_id in ec2._nat_gateways and is_live(ec2._nat_gateways[nat_id])


def table_association_exists(association_id: str) -> bool:
    return any(
        association["RouteTableAssociationId"] == association_id
        for table in ec2._route_tables.values()
        for association in table["Associations"]
    )


def address_association_exists(association_id: str) -> bool:
    return any(address.get("AssociationId") == association_id for address in ec2._addresses.values())


def is_group_id(group_id: str) -> bool:
    return group_id in ec2._security_groups or not ec2._is_malformed_security_group_id(group_id)


def rule_exists(rule_id: str) -> bool:
    return any(
        rule_id == ec2._sg_rule_id(group["GroupId"], is_egress, rule)
        for group in ec2._security_groups.values()
        for is_egress, rules in ((False, "IpPermissions"), (True, "IpPermissionsEgress"))
        for rule in group.get(rules, [])
    )


def stored(named: str, store: object, code: str, words: str) -> Kind:
    return Kind(named, store.__contains__, code, words)


VPC = stored("A VPC", ec2._vpcs, "InvalidVpcID.NotFound", "The vpc ID '{}' does not exist")
SUBNET = stored("A subnet", ec2._subnets, "InvalidSubnetID.NotFound", "The subnet ID '{}' does not exist")
TABLE = stored("A route table", ec2._route_tables, "InvalidRouteTableID.NotFound", "The routeTable ID '{}' does not exist")
INTERNET_GATEWAY = stored(
    "An internet gateway", ec2._internet_gateways, "InvalidInternetGatewayID.NotFound", "The internetGateway ID '{}' does not exist"
)
GATEWAY = Kind("A gateway", gateway_exists, "InvalidGatewayID.NotFound", "The gateway ID '{}' does not exist")
NAT_TARGET = Kind("A NAT gateway", nat_gateway_is_live, "InvalidNatGatewayID.NotFound", "The natGateway ID '{}' does not exist")
NAT_GATEWAY = stored("A NAT gateway", ec2._nat_gateways, "NatGatewayNotFound", "The Nat Gateway {} was not found")
TABLE_ASSOCIATION = Kind(
    *("An association of a route table", table_association_exists),
    *("InvalidAssociationID.NotFound", "The association ID '{}' does not exist"),
)
ADDRESS_ASSOCIATION = Kind(
    *("An association of an address", address_association_exists),
    *("InvalidAssociationID.NotFound", "The association ID '{}' does not exist"),
)
ADDRESS = stored("An address", ec2._addresses, "InvalidAllocationID.NotFound", "The allocation ID '{}' does not exist")
NAT_ADDRESS = stored("An address", ec2._addresses, "InvalidElasticIpID.NotFound", "The elastic-ip ID '{}' does not exist")
INTERFACE = stored(
    "A network interface", ec2._network_interfaces, "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '{}' does not exist"
)
GROUP_ID = Kind(
    *("A security group", is_group_id, "InvalidGroupId.Malformed", 'Invalid id: "{}" (expecting "sg-...")'),
    refused="Text that is no id of a security group",
)
GROUP = stored("A security group", ec2._security_groups, "InvalidGroup.NotFound", "The security group '{}' does not exist")
INTERFACE_GROUP = stored(
    "A security group", ec2._security_groups, "InvalidSecurityGroupID.NotFound", "The securityGroup ID '{}' does not exist"
)
RULE = Kind(
    "A security group rule", rule_exists, "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '{}' does not exist"
)
PREFIX_LIST = Kind("A prefix list", prefix_list_exists, "InvalidPrefixListID.NotFound", "The prefix list ID '{}' does not exist")
ENDPOINT = stored("An endpoint", ec2._vpc_endpoints, "InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '{}' does not exist")
# Calls about endpoints have codes of their own.
ENDPOINT_VPC = stored("A VPC", ec2._vpcs, "InvalidVpcId.NotFound", "The Vpc Id {} does not exist")
ENDPOINT_SUBNET = stored("A subnet", ec2._subnets, "InvalidSubnetId.NotFound", "The subnet ID '{}' does not exist")
ENDPOINT_TABLE = stored("A route table", ec2._route_tables, "InvalidRouteTableId.NotFound", "The route table ID '{}' does not exist")
ENDPOINT_GROUP = stored(
    "A security group", ec2._security_groups, "InvalidSecurityGroupId.NotFound", "The security group ID '{}' does not exist"
)

AUTHORIZE = ("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress")
REVOKE = ("RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress")
GROUP_CALLS = ("DeleteSecurityGroup", *AUTHORIZE, *REVOKE, "ModifySecurityGroupRules")
PAIRED = "IpPermissions.UserIdGroupPairs.GroupId"
VPC_CALLS = (
    *("CreateSubnet", "CreateRouteTable", "CreateSecurityGroup", "CreateNetworkAcl", "AttachInternetGateway"),
    *("DetachInternetGateway", "ModifyVpcAttribute", "DescribeVpcAttribute", "DeleteVpc"),
)
SUBNET_CALLS = ("AssociateRouteTable", "CreateNetworkInterface", "CreateNatGateway", "DeleteSubnet", "ModifySubnetAttribute")
TABLE_CALLS = ("CreateRoute", "ReplaceRoute", "DeleteRoute", "AssociateRouteTable", "ReplaceRouteTableAssociation", "DeleteRouteTable")

# What is named, by which operations, and where.
REFERENCES = (
    (VPC, VPC_CALLS, "VpcId"),
    (SUBNET, SUBNET_CALLS, "SubnetId"),
    (TABLE, TABLE_CALLS, "RouteTableId"),
    (TABLE, ("DescribeRouteTables",), "RouteTableIds"),
    (INTERNET_GATEWAY, ("AttachInternetGateway", "DetachInternetGateway", "DeleteInternetGateway"), "InternetGatewayId"),
    (GATEWAY, ("CreateRoute", "ReplaceRoute"), "GatewayId"),
    (NAT_TARGET, ("CreateRoute", "ReplaceRoute"), "NatGatewayId"),
    (NAT_GATEWAY, ("DeleteNatGateway",), "NatGatewayId"),
    (NAT_GATEWAY, ("DescribeNatGateways",), "NatGatewayIds"),
    (TABLE_ASSOCIATION, ("DisassociateRouteTable", "ReplaceRouteTableAssociation"), "AssociationId"),
    (ADDRESS_ASSOCIATION, ("DisassociateAddress",), "AssociationId"),
    (ADDRESS, ("ReleaseAddress", "AssociateAddress"), "AllocationId"),
    (ADDRESS, ("DescribeAddresses",), "AllocationIds"),
    (NAT_ADDRESS, ("CreateNatGateway",), "AllocationId"),
    (INTERFACE, ("AssociateAddress", "DeleteNetworkInterface", "AttachNetworkInterface", "CreateRoute"), "NetworkInterfaceId"),
    (GROUP_ID, GROUP_CALLS, "GroupId"),
    (GROUP, GROUP_CALLS, "GroupId"),
    (GROUP_ID, AUTHORIZE, PAIRED),
    (GROUP, AUTHORIZE, PAIRED),
    (INTERFACE_GROUP, ("CreateNetworkInterface",), "Groups"),
    (RULE, (*REVOKE, "DescribeSecurityGroupRules"), "SecurityGroupRuleIds"),
    (RULE, ("ModifySecurityGroupRules",), "SecurityGroupRules.SecurityGroupRuleId"),
    (PREFIX_LIST, AUTHORIZE, "IpPermissions.PrefixListIds.PrefixListId"),
    (ENDPOINT, ("DescribeVpcEndpoints",), "VpcEndpointIds"),
    (ENDPOINT, ("ModifyVpcEndpoint",), "VpcEndpointId"),
    (ENDPOINT_VPC, ("CreateVpcEndpoint",), "VpcId"),
    (ENDPOINT_SUBNET, ("CreateVpcEndpoint",), "SubnetIds"),
    (ENDPOINT_SUBNET, ("ModifyVpcEndpoint",), "AddSubnetIds"),
    (ENDPOINT_TABLE, ("CreateVpcEndpoint",), "RouteTableIds"),
    (ENDPOINT_TABLE, ("ModifyVpcEndpoint",), "AddRouteTableIds"),
    (ENDPOINT_GROUP, ("CreateVpcEndpoint",), "SecurityGroupIds"),
    (ENDPOINT_GROUP, ("ModifyVpcEndpoint",), "AddSecurityGroupIds"),
)

for kind, operations, path in REFERENCES:
    told = {"kind": kind.named, "refused": kind.refused, "code": kind.code, "words": kind.words}
    must_exist("ec2", operations, path, kind.exists, **told, source=ERRORS)
