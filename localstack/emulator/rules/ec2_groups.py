"""Security groups and their rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from ministack.services import ec2

from rules import refuses
from rules.ec2_state import API, ERRORS, QUOTAS, is_block, uses_group, vpc_of
from rules.references import values_at

CREATE = f"{API}/API_CreateSecurityGroup.html"
AUTHORIZE = ("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress")
LISTS = {"IpPermissions": AUTHORIZE[0], "IpPermissionsEgress": AUTHORIZE[1]}
RULES_OF_A_GROUP = 60

TEXT = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")
VALID_TEXT = "Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"
# Where a permission has its sources, and the key of each.
SOURCES = (
    *(("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6")),
    *(("UserIdGroupPairs", "GroupId"), ("PrefixListIds", "PrefixListId")),
)
ALL = ("-1", "all")
NUMBERS = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


@dataclass(frozen=True)
class Permission:
    """One security group rule; ports are None where they mean nothing."""

    protocol: str
    ports: tuple[int | None, int | None]
    peer: str


def permissions(given: list[dict[str, Any]]) -> Iterator[Permission]:
    for each in given:
        protocol = NUMBERS.get(str(each.get("IpProtocol", "-1")).lower(), str(each.get("IpProtocol", "-1")).lower())
        is_all = protocol in ALL
        ports = (None, None) if is_all else (each.get("FromPort"), each.get("ToPort"))
        for name, key in SOURCES:
            for source in each.get(name) or []:
                yield Permission("-1" if is_all else protocol, ports, canonical(str(source.get(key, ""))))


def canonical(peer: str) -> str:
    return str(ip_network(peer, strict=False)) if is_block(peer) else peer


def asked(parameters: dict) -> list[Permission]:
    return list(permissions(parameters.get("IpPermissions") or flat(parameters)))


def flat(parameters: dict) -> list[dict]:
    """The older form, with one rule beside the group's id."""
    if "IpProtocol" not in parameters or "CidrIp" not in parameters:
        return []
    return [{**parameters, "IpRanges": [{"CidrIp": parameters["CidrIp"]}]}]


def held(group_id: str, rules: str) -> list[Permission]:
    return list(permissions(ec2._security_groups.get(group_id, {}).get(rules, [])))


def described(permission: Permission) -> str:
    if permission.protocol == "-1":
        return f"peer: {permission.peer}, ALL, ALLOW"
    low, high = permission.ports
    return f"peer: {permission.peer}, {permission.protocol.upper()}, from port: {low}, to port: {high}, ALLOW"


@refuses("ec2", "CreateSecurityGroup", code="InvalidParameterValue", source=f"{CREATE} (GroupName)")
def wrong_name(parameters: dict) -> str | None:
    """A name of a security group that starts with sg-, is longer than 255 characters or has characters other than AWS allows."""
    name = parameters.get("GroupName", "")
    if name == "default":
        return "Cannot use reserved security group name: default"
    if name.startswith("sg-"):
        return f"Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*."
    if not TEXT.fullmatch(name):
        return f"Value ({name}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported."
    return None


@refuses("ec2", "CreateSecurityGroup", code="InvalidParameterValue", source=f"{CREATE} (Description)")
def wrong_description(parameters: dict) -> str | None:
    """A description of a security group with characters other than AWS allows, or more than 255."""
    return None if TEXT.fullmatch(parameters.get("Description", "")) else f"Invalid security group description. {VALID_TEXT}"


@refuses("ec2", "CreateSecurityGroup", code="InvalidGroup.Duplicate", source=f"{ERRORS} (InvalidGroup.Duplicate)")
def name_taken(parameters: dict) -> str | None:
    """A second security group of a VPC with the same name, in whatever letters."""
    name, vpc_id = parameters.get("GroupName", ""), parameters.get("VpcId") or ec2._DEFAULT_VPC_ID
    names = [group["GroupName"].lower() for group in ec2._security_groups.values() if group["VpcId"] == vpc_id]
    return f"The security group '{name}' already exists for VPC '{vpc_id}'" if name.lower() in names else None


@refuses("ec2", "DeleteSecurityGroup", code="CannotDelete", source=f"{ERRORS} (CannotDelete)")
def default_group_deleted(parameters: dict) -> str | None:
    """The deletion of a VPC's default security group."""
    group = ec2._security_groups.get(parameters.get("GroupId"), {})
    words = f'the specified group: "{parameters.get("GroupId")}" name: "default" cannot be deleted by a user'
    return words if group.get("GroupName") == "default" else None


@refuses("ec2", "DeleteSecurityGroup", code="DependencyViolation", source=f"{API}/API_DeleteSecurityGroup.html")
def group_in_use(parameters: dict) -> str | None:
    """The deletion of a security group that a rule of another one names, or that a network interface has."""
    group = parameters.get("GroupId", "")
    return f"resource {group} has a dependent object" if uses_group(group) else None


@refuses("ec2", *AUTHORIZE, code="InvalidParameterValue", source=f"{API}/API_IpPermission.html (FromPort)")
def wrong_ports(parameters: dict) -> str | None:
    """A rule for TCP or UDP without both of its ports, or with ports in the wrong order or out of range."""
    for permission in asked(parameters):
        low, high = permission.ports
        if permission.protocol not in ("tcp", "udp"):
            continue
        if low is None or high is None:
            return "Invalid value for portRange. Must specify both from and to ports with TCP/UDP."
        if not 0 <= low <= high <= 65535:
            return f"Invalid TCP/UDP port range ({low}:{high})"
    return None


@refuses("ec2", *AUTHORIZE, code="InvalidParameterValue", source=f"{API}/API_IpPermission.html (IpProtocol)")
def wrong_protocol(parameters: dict) -> str | None:
    """A rule for a protocol that is neither tcp, udp, icmp, icmpv6 nor a number from -1 to 255."""
    for permission in asked(parameters):
        number = permission.protocol.removeprefix("-")
        known = permission.protocol in (*NUMBERS.values(), "-1") or (number.isdigit() and int(number) <= 255)
        if not known:
            return f"Invalid value '{permission.protocol}' for IP protocol. Unknown protocol."
    return None


@refuses(
    "ec2",
    *AUTHORIZE,
    code="InvalidParameterValue",
    source=f'{API}/API_IpRange.html; public reports of "CIDR block 10.0.0.1 is malformed"',
)
def malformed_block(parameters: dict) -> str | None:
    """A rule for addresses that are no block: an address without a prefix length, for one."""
    blocks = [value for path in ("IpRanges.CidrIp", "Ipv6Ranges.CidrIpv6") for value in values_at(parameters, f"IpPermissions.{path}")]
    wrong = next((each for each in [*blocks, *values_at(parameters, "CidrIp")] if not is_block(each)), None)
    return f"CIDR block {wrong} is malformed" if wrong is not None else None


@refuses("ec2", *AUTHORIZE, code="InvalidParameterValue", source=f"{API}/API_IpRange.html (Description)")
def wrong_rule_description(parameters: dict) -> str | None:
    """A description of a rule with characters other than AWS allows, or more than 255."""
    texts = [text for name, _ in SOURCES for text in values_at(parameters, f"IpPermissions.{name}.Description")]
    return None if all(TEXT.fullmatch(text) for text in texts) else f"Invalid rule description. {VALID_TEXT}"


@refuses(
    "ec2",
    *AUTHORIZE,
    code="InvalidGroup.NotFound",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html;"
    ' public reports of "You have specified two resources that belong to different networks."',
)
def group_of_another_network(parameters: dict) -> str | None:
    """A rule for a security group of another VPC."""
    own = vpc_of(ec2._security_groups, parameters.get("GroupId"))
    others = values_at(parameters, "IpPermissions.UserIdGroupPairs.GroupId")
    wrong = any(vpc_of(ec2._security_groups, other) != own for other in others)
    return "You have specified two resources that belong to different networks." if wrong else None


@refuses(
    "ec2",
    *AUTHORIZE,
    code="InvalidParameterValue",
    source='public reports of "The same permission must not appear multiple times"',
)
def rule_twice_in_a_request(parameters: dict) -> str | None:
    """The same rule twice in one request."""
    rules = asked(parameters)
    return "The same permission must not appear multiple times" if len(rules) > len(set(rules)) else None


def on_authorize(operation: str, rules: str) -> None:
    direction = "ingress" if rules == "IpPermissions" else "egress"

    def duplicate(parameters: dict) -> str | None:
        known = held(parameters.get("GroupId", ""), rules)
        found = next((permission for permission in asked(parameters) if permission in known), None)
        return f'the specified rule "{described(found)}" already exists' if found else None

    def too_many(parameters: dict) -> str | None:
        count = len(held(parameters.get("GroupId", ""), rules)) + len(asked(parameters))
        return "The maximum number of rules per security group has been reached." if count > RULES_OF_A_GROUP else None

    duplicate.__doc__ = f"An {direction} rule that the security group has already."
    too_many.__doc__ = f"More than {RULES_OF_A_GROUP} {direction} rules in a security group, which is the quota of a new account."
    refuses("ec2", operation, code="InvalidPermission.Duplicate", source=f"{ERRORS} (InvalidPermission.Duplicate)")(duplicate)
    refuses("ec2", operation, code="RulesPerSecurityGroupLimitExceeded", source=QUOTAS)(too_many)


def on_revoke(operation: str, rules: str) -> None:
    def unknown(parameters: dict) -> str | None:
        group = ec2._security_groups.get(parameters.get("GroupId"), {})
        if ec2._vpcs.get(group.get("VpcId"), {}).get("IsDefault"):
            return None
        known = held(parameters.get("GroupId", ""), rules)
        wrong = any(permission not in known for permission in asked(parameters))
        return "The specified rule does not exist in this security group." if wrong else None

    direction = "ingress" if rules == "IpPermissions" else "egress"
    unknown.__doc__ = f"The revocation of an {direction} rule that the security group does not have, in a VPC that is not the default one."
    source = f"{API}/API_RevokeSecurityGroupIngress.html"
    refuses("ec2", operation, code="InvalidPermission.NotFound", source=source)(unknown)


for rules, operation in LISTS.items():
    on_authorize(operation, rules)
    on_revoke(operation.replace("Authorize", "Revoke"), rules)
