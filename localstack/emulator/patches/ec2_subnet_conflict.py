"""Gap: two subnets of a VPC may have the same addresses, so a call that is repeated because its answer was lost makes a second one."""

from ipaddress import ip_network

from ministack.services import ec2

from patches.replaces import replaces


@replaces(ec2, "_create_subnet", "(p)")
def refuse_overlap(original, p):
    cidr = ip_network(ec2._p(p, "CidrBlock"), strict=False)
    neighbours = [subnet for subnet in ec2._subnets.values() if subnet["VpcId"] == ec2._p(p, "VpcId")]
    if any(cidr.overlaps(ip_network(subnet["CidrBlock"])) for subnet in neighbours):
        return ec2._error("InvalidSubnet.Conflict", f"The CIDR '{cidr}' conflicts with another subnet", 400)
    return original(p)
