"""What the value of a record must look like, by its type."""

import ipaddress
import re
from collections.abc import Callable

TYPES = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html"
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
TEXT = re.compile(rf"\s*{QUOTED.pattern}(\s*{QUOTED.pattern})*\s*", re.DOTALL)
UNQUOTED = ("InvalidCharacterString", "Value should be enclosed in quotation marks")
LONGEST_STRING = 255

# A code and its words, or None for a value that is right.
Fault = tuple[str, str] | None


def is_address(kind: type, value: str) -> bool:
    try:
        kind(value)
    except ValueError:
        return False
    return True


def of_a(value: str) -> Fault:
    right = is_address(ipaddress.IPv4Address, value)
    return None if right else ("ARRDATAIllegalIPv4Address", "Value is not a valid IPv4 address")


def of_aaaa(value: str) -> Fault:
    right = is_address(ipaddress.IPv6Address, value)
    return None if right else ("AAAARRDATAIllegalIPv6Address", "Value is not a valid IPv6 address")


def of_text(value: str) -> Fault:
    if not TEXT.fullmatch(value):
        return UNQUOTED
    long = any(len(part) > LONGEST_STRING for part in QUOTED.findall(value))
    return ("CharacterStringTooLong", "Value is too long") if long else None


def of_name(value: str) -> Fault:
    if "" in value.removesuffix(".").split("."):
        return "DomainLabelEmpty", "Domain label is empty"
    return ("UnsupportedCharacter", "Value contains unsupported characters") if re.search(r"\s|://", value) else None


def of_mx(value: str) -> Fault:
    return None if len(value.split()) == 2 else ("MXRRDATANotTwoFields", "MX record doesn't have 2 fields")


def of_srv(value: str) -> Fault:
    return None if len(value.split()) == 4 else ("SRVRRDATANotFourFields", "SRV record doesn't have 4 fields")


BY_TYPE: dict[str, Callable[[str], Fault]] = {
    "A": of_a,
    "AAAA": of_aaaa,
    "TXT": of_text,
    "SPF": of_text,
    "CNAME": of_name,
    "NS": of_name,
    "PTR": of_name,
    "MX": of_mx,
    "SRV": of_srv,
}


def fault_of(kind: str, value: str) -> str | None:
    """Why Route 53 does not take a value, in its words."""
    fault = BY_TYPE[kind](value) if kind in BY_TYPE else None
    return f"Invalid Resource Record: 'FATAL problem: {fault[0]} ({fault[1]}) encountered with '{value}''" if fault else None
