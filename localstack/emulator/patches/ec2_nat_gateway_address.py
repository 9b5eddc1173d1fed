"""Gap: a NAT gateway is described without its address, so one that is imported looks as if it had to be replaced."""

import re

from ministack.services import ec2

from patches.replaces import replaces


@replaces(ec2, "_describe_nat_gateways", "(params)")
def describe_address(original, params):
    status, headers, body = original(params)
    pattern = r"(<natGatewayId>(\S+?)</natGatewayId>.*?)<natGatewayAddressSet/>"
    described = re.sub(pattern, lambda match: match[1] + address_set(match[2]), body.decode(), flags=re.DOTALL)
    return status, headers, described.encode()


def address_set(nat_id: str) -> str:
    allocation_id = ec2._nat_gateways[nat_id]["AllocationId"]
    if not allocation_id:
        return "<natGatewayAddressSet/>"
    public_ip = ec2._addresses.get(allocation_id, {}).get("PublicIp", "")
    return (
        f"<natGatewayAddressSet><item><allocationId>{allocation_id}</allocationId><publicIp>{public_ip}</publicIp>"
        "<isPrimary>true</isPrimary><status>succeeded</status></item></natGatewayAddressSet>"
    )
