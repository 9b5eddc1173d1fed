"""Delays that a seed decides. They depend on what a request is about and on nothing else: not on its time, nor on other requests."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

VARIABLE = "EVENTUAL_CONSISTENCY_SEED"
LARGEST = 2**32 - 1

# Most answers take up to QUICK seconds; a share of SLOW_SHARE of the requests takes up to SLOW.
QUICK, SLOW, SLOW_SHARE = 0.3, 2.0, 0.05

# Ids that a run makes up: UUIDs, hexadecimal ids, time stamps, ids of hosted zones.
_MADE_UP = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,}|Z[0-9A-Z]{12,}")


def seed_of(text: str | None) -> int | None:
    """None where eventual consistency is off; raises ValueError for a value that is none."""
    if not text:
        return None
    if re.fullmatch("[0-9]{1,10}", text) and int(text) <= LARGEST:
        return int(text)
    raise ValueError(
        f'{VARIABLE} is "{text}", not a whole number from 0 to {LARGEST}; unset it to switch eventual consistency off'
    )


def description(service: str, operation: str, parameters: Any) -> str:
    """What a request is about, without what differs from run to run; the order of lists is the client's chance."""
    return " ".join([service, operation, *sorted(_MADE_UP.sub("", text) for text in _texts(parameters, ""))])


def _texts(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{name}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
    elif not isinstance(value, bytes):
        yield f"{name}={value}"


def share(seed: int, *about: str) -> float:
    """From 0 up to 1."""
    digest = hashlib.sha256("\0".join([str(seed), *about]).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def answer_delay(seed: int, account: str, request: str) -> float:
    """Seconds that a request is under way before its service handles it."""
    drawn = share(seed, "answer", account, request)
    if drawn < SLOW_SHARE:
        return QUICK + (SLOW - QUICK) * drawn / SLOW_SHARE
    return QUICK * (drawn - SLOW_SHARE) / (1 - SLOW_SHARE)
