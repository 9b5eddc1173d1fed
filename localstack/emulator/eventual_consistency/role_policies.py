"""
What a role may do, as others see it: changes of its policies come late.
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html (Changes that I make are not always immediately visible)
"""

import time
from collections.abc import Callable
from typing import Any

from eventual_consistency.seeds import description, share

SECONDS = 3
INLINE = ("PutRolePolicy", "DeleteRolePolicy")
ATTACHED = ("AttachRolePolicy", "DetachRolePolicy")
CHANGES = (*INLINE, *ATTACHED)


class RolePolicies:
    def __init__(self, seed: int, now: Callable[[], float] = time.monotonic):
        self._seed = seed
        self._now = now
        # Of account and role, by policy: when the change is seen, and what was before; None where there was nothing.
        self._former: dict[tuple[str, str], dict[str, tuple[float, Any]]] = {}

    def change(self, account: str, role: dict, operation: str, parameters: dict) -> None:
        """To be called before the change."""
        name = parameters["PolicyName"] if operation in INLINE else parameters["PolicyArn"]
        if operation in INLINE:
            former = (role.get("InlinePolicies") or {}).get(name)
        else:
            former = True if name in role.get("AttachedPolicies", ()) else None
        delay = SECONDS * share(self._seed, "visible", account, description("iam", operation, parameters))
        self._former.setdefault((account, role["RoleName"]), {})[name] = (self._now() + delay, former)

    def as_seen(self, account: str, role: dict) -> dict:
        """The role with the policies that others see."""
        inline = dict(role.get("InlinePolicies") or {})
        attached = dict.fromkeys(role.get("AttachedPolicies") or (), True)
        for name, (seen_at, former) in self._former.get((account, role["RoleName"]), {}).items():
            policies = attached if name.startswith("arn:") else inline
            if seen_at > self._now():
                policies.pop(name, None)
                policies |= {} if former is None else {name: former}
        return {**role, "InlinePolicies": inline, "AttachedPolicies": list(attached)}
