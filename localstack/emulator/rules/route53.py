"""What Route 53 refuses of hosted zones."""

import re

from ministack.core.responses import get_account_id
from ministack.services import ec2, route53

from rules import refuses

API = "https://docs.aws.amazon.com/Route53/latest/APIReference"
CREATE = f"{API}/API_CreateHostedZone.html"
FORMAT = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html"
# Of the characters that are not letters, digits and hyphens, these may be in the name of a zone.
ZONE_NAME = re.compile(r"[a-z0-9!\"#$%&'()*+,\-/:;<=>?@\[\\\]^_`{|}~.]+", re.IGNORECASE)


def is_private(parameters: dict) -> bool:
    return bool(parameters.get("VPC") or parameters.get("HostedZoneConfig", {}).get("PrivateZone"))


@refuses("route53", "CreateHostedZone", code="InvalidDomainName", source=f"{FORMAT}; {CREATE} (Errors: InvalidDomainName)")
def no_domain_name(parameters: dict) -> str | None:
    """A zone whose name is no domain name (too long, an empty label, a star, other letters), or a public one for a top-level domain."""
    name = parameters.get("Name", "").removesuffix(".")
    labels = name.split(".")
    is_name = all(0 < len(label) <= 63 and label != "*" for label in labels) and len(name) <= 253 and ZONE_NAME.fullmatch(name)
    if is_name and (len(labels) > 1 or is_private(parameters)):
        return None
    return f"{parameters.get('Name')} is not a valid domain name."


RESERVED = 'public reports of "InvalidDomainName: example.com is reserved by AWS!"'


@refuses("route53", "CreateHostedZone", code="InvalidDomainName", source=RESERVED)
def reserved_name(parameters: dict) -> str | None:
    """A public zone for example.com or a name below it."""
    name = parameters.get("Name", "").lower().removesuffix(".")
    is_reserved = f".{name}".endswith(".example.com") and not is_private(parameters)
    return f"{parameters['Name']} is reserved by AWS!" if is_reserved else None


@refuses("route53", "CreateHostedZone", code="HostedZoneAlreadyExists", source=f"{CREATE} (CallerReference)")
def reference_used(parameters: dict) -> str | None:
    """A zone with the caller reference of another one."""
    used = parameters.get("CallerReference") in route53._caller_refs
    return "A hosted zone has already been created with the specified caller reference." if used else None


@refuses("route53", "CreateHostedZone", code="InvalidInput", source=f"{API}/API_HostedZoneConfig.html (PrivateZone)")
def private_without_vpc(parameters: dict) -> str | None:
    """A private zone without a VPC."""
    private = parameters.get("HostedZoneConfig", {}).get("PrivateZone")
    if not private or parameters.get("VPC"):
        return None
    when = "When you're creating a private hosted zone (when you specify true for PrivateZone)"
    return f"{when}, you must also specify values for VPCId and VPCRegion."


@refuses("route53", "CreateHostedZone", "AssociateVPCWithHostedZone", code="InvalidVPCId", source=f"{CREATE} (Errors: InvalidVPCId)")
def vpc_missing(parameters: dict) -> str | None:
    """A private zone of a VPC that is not in the region it names."""
    vpc = parameters.get("VPC")
    there = vpc and ec2._vpcs.get_scoped(get_account_id(), vpc.get("VPCRegion"), vpc.get("VPCId"))
    return "The VPC ID is invalid." if vpc and not there else None


@refuses("route53", "DeleteHostedZone", code="HostedZoneNotEmpty", source=f"{API}/API_DeleteHostedZone.html")
def zone_with_records(parameters: dict) -> str | None:
    """The deletion of a zone that has other records than its own NS and SOA."""
    zone = route53._zones.get(parameters.get("Id"), {})
    own = [(zone.get("name"), kind) for kind in ("NS", "SOA")]
    others = [each for each in route53._records.get(parameters.get("Id"), []) if (each["Name"], each["Type"]) not in own]
    return "The specified hosted zone contains non-required resource record sets and so cannot be deleted." if others else None
