"""On which resources EC2 asks for an action. What is created is asked for on its kind, what it is created in on its id."""

from collections.abc import Callable, Iterator
from typing import Any

from rules.permissions import Implied, Needed, Parameters, arn

SOURCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html (resource types)"

# Operation: kind and the parameter with the id; a kind without a parameter is created.
_RESOURCES: dict[str, tuple[tuple[str, str | None], ...]] = {
    "CreateVpc": (("vpc", None),),
    "DeleteVpc": (("vpc", "VpcId"),),
    "ModifyVpcAttribute": (("vpc", "VpcId"),),
    "CreateSubnet": (("subnet", None), ("vpc", "VpcId")),
    "DeleteSubnet": (("subnet", "SubnetId"),),
    "ModifySubnetAttribute": (("subnet", "SubnetId"),),
    "CreateRouteTable": (("route-table", None), ("vpc", "VpcId")),
    "DeleteRouteTable": (("route-table", "RouteTableId"),),
    "CreateRoute": (("route-table", "RouteTableId"),),
    "ReplaceRoute": (("route-table", "RouteTableId"),),
    "DeleteRoute": (("route-table", "RouteTableId"),),
    "CreateInternetGateway": (("internet-gateway", None),),
    "DeleteInternetGateway": (("internet-gateway", "InternetGatewayId"),),
    "AttachInternetGateway": (("internet-gateway", "InternetGatewayId"), ("vpc", "VpcId")),
    "DetachInternetGateway": (("internet-gateway", "InternetGatewayId"), ("vpc", "VpcId")),
    "CreateNatGateway": (("natgateway", None), ("subnet", "SubnetId")),
    "DeleteNatGateway": (("natgateway", "NatGatewayId"),),
    "AllocateAddress": (("elastic-ip", None),),
    "ReleaseAddress": (("elastic-ip", "AllocationId"),),
    "CreateSecurityGroup": (("security-group", None),),
    "DeleteSecurityGroup": (("security-group", "GroupId"),),
    "AuthorizeSecurityGroupIngress": (("security-group", "GroupId"),),
    "AuthorizeSecurityGroupEgress": (("security-group", "GroupId"),),
    "RevokeSecurityGroupIngress": (("security-group", "GroupId"),),
    "RevokeSecurityGroupEgress": (("security-group", "GroupId"),),
    "ModifyVpcEndpoint": (("vpc-endpoint", "VpcEndpointId"),),
    "CreateVpcEndpoint": (("vpc-endpoint", None), ("vpc", "VpcId")),
    "CreateFlowLogs": (("vpc-flow-log", None),),
}
_KINDS = {
    **{"vpc": "vpc", "subnet": "subnet", "rtb": "route-table", "igw": "internet-gateway", "nat": "natgateway"},
    **{"eipalloc": "elastic-ip", "sg": "security-group", "sgr": "security-group-rule", "vpce": "vpc-endpoint", "fl": "vpc-flow-log"},
    **{"eni": "network-interface", "pl": "prefix-list", "acl": "network-acl", "dopt": "dhcp-options", "i": "instance", "vol": "volume"},
}


def resources_of(operation: str, given: Callable[[str], Any]) -> list[str]:
    """The ARNs that the operation is asked for; none where it knows no resource."""
    if operation in ("CreateTags", "DeleteTags"):
        named = [given(f"ResourceId.{index}") for index in range(1, 20)]
        return [_by_id(each) for each in named if each]
    found = ((kind, given(parameter) if parameter else "new") for kind, parameter in _RESOURCES.get(operation, ()))
    return [arn("ec2", f"{kind}/{name}") for kind, name in found if name]


def _by_id(resource_id: str) -> str:
    return arn("ec2", f"{_KINDS.get(resource_id.partition('-')[0], '*')}/{resource_id}")


def _further(operation: str, parameters: Parameters) -> Iterator[Needed]:
    """The first is what the request is asked for in any case."""
    if operation in _RESOURCES:
        for resource in resources_of(operation, lambda name: parameters.get(name))[1:]:
            yield Needed(f"ec2:{operation}", resource)


FURTHER = Implied("ec2", ("*",), "the further resources of an operation", SOURCE, _further)
