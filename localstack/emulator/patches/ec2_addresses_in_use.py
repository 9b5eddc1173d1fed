"""Gap: an address forgets the interface that has it, and a NAT gateway works without an internet gateway or with a taken address."""

import re

from ministack.services import ec2

from patches.replaces import replaces
from rules.ec2_state import attached_gateway, is_address_used


@replaces(ec2, "_associate_address", "(p)")
def remember_interface(original, p):
    response = original(p)
    if address := ec2._addresses.get(ec2._p(p, "AllocationId")):
        address["NetworkInterfaceId"] = ec2._p(p, "NetworkInterfaceId") or None
    return response


@replaces(ec2, "_disassociate_address", "(p)")
def forget_interface(original, p):
    for address in ec2._addresses.values():
        if address.get("AssociationId") == ec2._p(p, "AssociationId"):
            address["NetworkInterfaceId"] = None
    return original(p)


@replaces(ec2, "_create_nat_gateway", "(params)")
def fail_later(original, params):
    """As on AWS, the call succeeds and the gateway fails."""
    failure = failure_of(params)
    status, headers, body = original(params)
    match = re.search(r"<natGatewayId>(.*?)</natGatewayId>", body.decode())
    if failure and match:
        nat = ec2._nat_gateways[match[1]]
        nat["State"], nat["_failure"] = "failed", failure
        body = body.decode().replace("<state>available</state>", "<state>pending</state>").encode()
    return status, headers, body


def failure_of(params: dict) -> tuple[str, str] | None:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html (failureCode, failureMessage)"""
    if ec2._p(params, "ConnectivityType") == "private":
        return None
    vpc_id = ec2._subnets.get(ec2._p(params, "SubnetId"), {}).get("VpcId", "")
    allocation = ec2._p(params, "AllocationId")
    if not attached_gateway(vpc_id):
        return "Gateway.NotAttached", f"Network {vpc_id} has no Internet gateway attached"
    if is_address_used(allocation):
        return "Resource.AlreadyAssociated", f"Elastic IP address {allocation} is already associated"
    return None


@replaces(ec2, "_describe_nat_gateways", "(params)")
def describe_failure(original, params):
    status, headers, body = original(params)

    def with_failure(match: re.Match) -> str:
        code, message = ec2._nat_gateways.get(match[1], {}).get("_failure", ("", ""))
        return match[0] + (f"<failureCode>{code}</failureCode><failureMessage>{message}</failureMessage>" if code else "")

    return status, headers, re.sub(r"<natGatewayId>(\S+?)</natGatewayId>", with_failure, body.decode()).encode()
