"""Which of what was written is seen by whom yet, by the table of `late.py`."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

from eventual_consistency.late import LATE, Late, Parameters, Written
from eventual_consistency.seeds import description, share


class Visibility:
    def __init__(self, seed: int, now: Callable[[], float] = time.monotonic):
        self._seed = seed
        self._now = now
        # When the service of a row of the table sees what has the name.
        self._seen_at: dict[tuple[str, Late, str], float] = {}

    def write(self, account: str, service: str, operation: str, parameters: Parameters, answer: bytes = b"") -> None:
        about = description(service, operation, parameters)
        for late in LATE:
            if _is(late.written, service, operation):
                delay = late.seconds * share(self._seed, "visible", account, late.what, late.service, *late.operations, about)
                for name in _names(late.written, parameters, answer):
                    self._seen_at[account, late, name] = self._now() + delay

    def unseen(self, account: str, service: str, operation: str, parameters: Parameters) -> tuple[Late, str] | None:
        """What the request names and its service does not see yet, and how the request says it."""
        for late in LATE:
            if late.service == service and operation in late.operations:
                for text in late.named(parameters):
                    if self._seen_at.get((account, late, _name(text)), 0) > self._now():
                        return late, text
        return None


def _is(written: Written, service: str, operation: str) -> bool:
    return written.service == service and operation in written.operations


def _names(written: Written, parameters: Parameters, answer: bytes) -> Iterator[str]:
    yield from map(_name, written.named(parameters))
    if written.answer:
        # <vpcId>vpc-1</vpcId> or "KeyId": "1"
        found = re.search(rf'[<"]{written.answer}[>"]\s*:?\s*"?([^<"]+)', answer.decode(errors="replace"))
        yield from [_name(found[1])] if found else []


def _name(text: Any) -> str:
    """The last part of an ARN, a path or an address; of a name, the name."""
    return re.split("[:/]", str(text))[-1]
