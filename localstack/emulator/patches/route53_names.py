"""Gap: names of zones and records come back as they were given. Route 53 writes them in small letters and with escape codes."""

import re

from ministack.services import route53

from patches.replaces import replaces

PLAIN = re.compile(r"\\[0-7]{3}|[a-z0-9_.-]")


def escaped(name: str) -> str:
    """`*.Example.com` as `\\052.example.com`; what is escaped already stays."""
    written, at = [], 0
    lower = name.lower()
    while at < len(lower):
        found = PLAIN.match(lower, at)
        if found:
            written.append(found.group())
        else:
            written.extend(f"\\{byte:03o}" for byte in lower[at].encode())
        at = found.end() if found else at + 1
    return "".join(written)


@replaces(route53, "_normalise_name", "(name: str) -> str")
def normalise(original, name):
    return escaped(original(name))


@replaces(route53, "_parse_record_set", "(el) -> dict")
def normalise_alias(original, el):
    record = original(el)
    if record.get("AliasTarget"):
        record["AliasTarget"]["DNSName"] = record["AliasTarget"]["DNSName"].lower()
    return record
