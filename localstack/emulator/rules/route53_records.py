"""What Route 53 refuses of changes of records."""

from collections.abc import Iterator
from typing import Any

from ministack.services import alb, route53

from rules import refuses
from rules.route53_values import TYPES, fault_of

API = "https://docs.aws.amazon.com/Route53/latest/APIReference"
CHANGE = f"{API}/API_ChangeResourceRecordSets.html"
ALIASES = f"{API}/API_AliasTarget.html"
QUOTAS = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html"
MEASURED = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/route53"
ROUTING = ("Weight", "Region", "Failover", "GeoLocation", "MultiValueAnswer", "GeoProximityLocation", "CidrRoutingConfig")
VALUES_OF_A_RECORD, VALUES_OF_A_REQUEST = 400, 1000
BALANCERS_ZONE = "Z35SXDOTRQ7X7K"
BALANCERS_DOMAIN = ".elb.amazonaws.com."

Key = tuple[str, str, str]


class Change:
    """A change of a batch, with the name as Route 53 writes it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.record = told.get("ResourceRecordSet", {})
        self.action = told.get("Action", "")
        self.name = route53._normalise_name(self.record.get("Name", ""))
        self.type = self.record.get("Type", "")
        self.identifier = self.record.get("SetIdentifier") or ""
        self.key: Key = (self.name, self.type, self.identifier)
        self.values = [each.get("Value", "") for each in self.record.get("ResourceRecords") or []]
        self.alias = self.record.get("AliasTarget")

    def told(self) -> str:
        identifier = self.identifier or "null"
        return f"[Action={self.action}, Name={self.record.get('Name')}, Type={self.type}, SetIdentifier={identifier}]"


def changes_in(parameters: dict) -> list[Change]:
    return [Change(each) for each in parameters.get("ChangeBatch", {}).get("Changes") or []]


def written_in(parameters: dict) -> list[Change]:
    return [change for change in changes_in(parameters) if change.action != "DELETE"]


def zone_of(parameters: dict) -> dict:
    return route53._zones.get(parameters.get("HostedZoneId"), {})


def keys_now(parameters: dict) -> list[Key]:
    return [route53._rs_key(each) for each in route53._records.get(parameters.get("HostedZoneId"), [])]


def keys_after(parameters: dict) -> list[Key]:
    """The records that there are when the batch is done."""
    keys = dict.fromkeys(keys_now(parameters))
    for change in changes_in(parameters):
        if change.action == "DELETE":
            keys.pop(change.key, None)
        else:
            keys[change.key] = None
    return list(keys)


def together(messages: Iterator[str]) -> str | None:
    """All messages of a batch, as Route 53 lists them."""
    found = list(dict.fromkeys(messages))
    return f"[{', '.join(found)}]" if found else None


def batch(source: str):
    return refuses("route53", "ChangeResourceRecordSets", code="InvalidChangeBatch", source=source)


def shape(source: str):
    return refuses("route53", "ChangeResourceRecordSets", code="InvalidInput", source=source)


@shape(f"{API}/API_ResourceRecordSet.html; {MEASURED}")
def one_kind_of_value(parameters: dict) -> str | None:
    """A record without values, without a time to live, or with both values and an alias."""
    for change in changes_in(parameters):
        has_ttl = change.record.get("TTL") is not None
        found = bool(change.alias) + bool(has_ttl and change.values)
        if found == 1 and not (change.alias and (has_ttl or change.values)):
            continue
        count = "more than one" if change.alias else "none"
        options = "[AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]"
        return f"Invalid request: Expected exactly one of {options}, but found {count} in Change with {change.told()}"
    return None


@shape(f"{API}/API_ResourceRecordSet.html (SetIdentifier)")
def identifier_of_routing(parameters: dict) -> str | None:
    """A record with a routing policy and no set identifier, or the other way round."""
    for change in changes_in(parameters):
        policies = [name for name in ROUTING if change.record.get(name) not in (None, False)]
        if policies and not change.identifier:
            return f"Invalid request: Missing field 'SetIdentifier' in Change with {change.told()}"
        if change.identifier and len(policies) != 1:
            options = f"[{', '.join(ROUTING[:-1])}, or {ROUTING[-1]}]"
            count = "more than one" if policies else "none"
            return f"Invalid request: Expected exactly one of {options}, but found {count} in Change with {change.told()}"
    return None


@batch(f"{QUOTAS}#limits-api-requests-changeresourcerecordsets")
def too_many_values(parameters: dict) -> str | None:
    """More than 1000 values in a request (of which UPSERT counts each twice), or more than 400 in a record."""
    changes = changes_in(parameters)
    if sum(len(each.values) * (2 if each.action == "UPSERT" else 1) for each in changes) > VALUES_OF_A_REQUEST:
        return f"[Number of records limit of {VALUES_OF_A_REQUEST} exceeded.]"
    if any(len(each.values) > VALUES_OF_A_RECORD for each in changes):
        return f"Cannot have more than {VALUES_OF_A_RECORD} records in a RRSet."
    return None


@batch(f"{CHANGE} (Errors: InvalidChangeBatch)")
def changed_twice(parameters: dict) -> str | None:
    """The same change of a record twice in a batch, or another change beside an UPSERT."""
    actions: dict[Key, list[str]] = {}
    for change in changes_in(parameters):
        actions.setdefault(change.key, []).append(change.action)
    return together(
        f"The request contains an invalid set of changes for a resource record set '{kind} {name}'"
        for (name, kind, _), each in actions.items()
        if len(set(each)) < len(each) or (len(each) > 1 and "UPSERT" in each)
    )


@batch(f"{CHANGE}; {TYPES}")
def in_another_zone(parameters: dict) -> str | None:
    """A record whose name is not in the zone."""
    zone = zone_of(parameters).get("name", "")
    return together(
        f"RRSet with DNS name {change.name} is not permitted in zone {zone}"
        for change in written_in(parameters)
        if zone and not f".{change.name}".endswith(f".{zone}")
    )


@batch(f"{TYPES} (CNAME)")
def alone_in_its_name(parameters: dict) -> str | None:
    """A CNAME at the top of a zone, next to another record of its name, or with more than one value; another record next to a CNAME."""
    zone, after = zone_of(parameters).get("name", ""), keys_after(parameters)

    def faults() -> Iterator[str]:
        for change in written_in(parameters):
            kinds = {kind for name, kind, _ in after if name == change.name}
            said = f"RRSet of type {change.type} with DNS name {change.name} is not permitted"
            if change.type == "CNAME" and change.name == zone:
                yield f"{said} at apex in zone {zone}"
            elif change.type == "CNAME" and kinds != {"CNAME"}:
                yield f"{said} as it conflicts with other records with the same DNS name in zone {zone}"
            elif change.type != "CNAME" and "CNAME" in kinds:
                yield f"{said} because a conflicting RRSet of type CNAME with the same DNS name already exists in zone {zone}"
            elif change.type == "CNAME" and len(change.values) > 1:
                yield f"{said} with more than one value"

    return together(faults()) if zone else None


@batch(TYPES)
def values_of_types(parameters: dict) -> str | None:
    """A value that its type does not allow (no address, text without quotation marks or too long, no domain name), or one value twice."""

    def faults() -> Iterator[str]:
        for change in written_in(parameters):
            for value in change.values:
                if fault := fault_of(change.type, value):
                    yield fault
                if change.values.count(value) > 1:
                    yield f"Duplicate Resource Record: '{value}'"

    return together(faults())


@batch(f"{CHANGE} (Action)")
def already_there(parameters: dict) -> str | None:
    """A record created that exists."""
    there = set(keys_now(parameters))

    def faults() -> Iterator[str]:
        for change in changes_in(parameters):
            if change.action == "CREATE" and change.key in there:
                set_identifier = f", set-identifier='{change.identifier}'" if change.identifier else ""
                told = f"[name='{change.name}', type='{change.type}'{set_identifier}]"
                yield f"Tried to create resource record set {told} but it already exists"
            if change.action == "DELETE":
                there.discard(change.key)
            else:
                there.add(change.key)

    return together(faults())


@batch(f"{API}/API_ResourceRecordSet.html (SetIdentifier)")
def simple_beside_routed(parameters: dict) -> str | None:
    """A record with a routing policy next to one of the same name and type without, or the other way round."""
    after = keys_after(parameters)

    def faults() -> Iterator[str]:
        for change in written_in(parameters):
            others = [key for key in after if key[:2] == change.key[:2] and bool(key[2]) != bool(change.identifier)]
            if others:
                identifier = f", SetIdentifier {change.identifier}" if change.identifier else ""
                named = f"RRSet with DNS name {change.name}, type {change.type}{identifier}"
                yield f"{named} cannot be created as other RRSets exist with the same name and type."

    return together(faults())


@batch(f"{CHANGE}; https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html")
def zone_without_its_own(parameters: dict) -> str | None:
    """The deletion of the NS or SOA record of the zone itself."""
    zone = zone_of(parameters).get("name", "")
    kinds = {kind for name, kind, _ in keys_after(parameters) if name == zone}

    def faults() -> Iterator[str]:
        if "SOA" not in kinds:
            yield "A HostedZone must contain exactly one SOA record."
        if "NS" not in kinds:
            yield "A HostedZone must contain at least one NS record for the zone itself."

    touched = any(change.name == zone for change in changes_in(parameters))
    return together(faults()) if zone and touched else None


def balancers_names() -> set[str]:
    return {f"{each['DNSName'].lower()}." for each in alb._lbs._data.values()}


@batch(f"{ALIASES}; {MEASURED}/pf-route53-alias-samezone-target-missing")
def alias_to_nothing(parameters: dict) -> str | None:
    """An alias of a name that is not in the zone it says, or is not there: of a load balancer, or of a record of the same zone and type."""
    zone, after = zone_of(parameters).get("name", ""), keys_after(parameters)

    def faults() -> Iterator[str]:
        for change in written_in(parameters):
            if not change.alias:
                continue
            target = route53._normalise_name(change.alias.get("DNSName", "")).removeprefix("dualstack.")
            target_zone = change.alias.get("HostedZoneId")
            said = f"Tried to create an alias that targets {target}, type {change.type} in zone {target_zone}, but"
            same_zone, of_balancer = target_zone == parameters.get("HostedZoneId"), target.endswith(BALANCERS_DOMAIN)
            if (same_zone and not f".{target}".endswith(f".{zone}")) or of_balancer != (target_zone == BALANCERS_ZONE):
                yield f"{said} the alias target name does not lie within the target zone"
            elif same_zone and (target, change.type) not in {key[:2] for key in after}:
                yield f"{said} that target was not found"
            elif of_balancer and (target not in balancers_names() or change.type not in ("A", "AAAA")):
                yield f"{said} that target was not found"

    return together(faults()) if zone else None
