"""Gap: a new group's allow-all egress rule cannot be revoked the way Terraform asks, with ports 0 to 0 instead of -1.

On AWS ports mean nothing when the protocol is "-1" (all). With the rule left in place, a closed group would look open.
"""

from ministack.services import ec2

from patches.replaces import replaces


@replaces(ec2, "_strip_descriptions", "(rule)")
def ignore_ports_of_all_protocols(original, rule):
    compared = original(rule)
    if str(compared.get("IpProtocol")) == "-1":
        compared.pop("FromPort", None)
        compared.pop("ToPort", None)
    return compared
