"""Gap: blocks of addresses are kept as they were written. AWS keeps 10.0.0.0/16 of 10.0.0.7/16."""

from ministack.services import ec2

from patches.replaces import replaces
from rules.ec2_state import block


def canonical(p: dict, key: str) -> dict:
    given = block(ec2._p(p, key))
    return {**p, key: [str(given)]} if given else p


@replaces(ec2, "_create_vpc", "(p)")
def keep_block_of_vpc(original, p):
    return original(canonical(p, "CidrBlock"))


@replaces(ec2, "_create_subnet", "(p)")
def keep_block_of_subnet(original, p):
    return original(canonical(p, "CidrBlock"))


@replaces(ec2, "_create_route", "(p)")
def keep_destination(original, p):
    return original(canonical(p, "DestinationCidrBlock"))


@replaces(ec2, "_replace_route", "(p)")
def keep_replaced_destination(original, p):
    return original(canonical(p, "DestinationCidrBlock"))


@replaces(ec2, "_delete_route", "(p)")
def find_destination(original, p):
    return original(canonical(p, "DestinationCidrBlock"))


@replaces(ec2, "_parse_ip_permissions", "(params, prefix)")
def keep_blocks_of_rules(original, params, prefix):
    rules = original(params, prefix)
    for rule in rules:
        for entry in rule["IpRanges"]:
            entry["CidrIp"] = str(block(entry["CidrIp"]) or entry["CidrIp"])
    return rules
