"""Gap: under AUTH=true a condition on `iam:PermissionsBoundary` is never met: neither the request's boundary nor the role's is looked at."""

from ministack.core import iam_actions
from ministack.services import iam

from patches.replaces import replaces


@replaces(iam_actions, "request_tag_context", "(service: str, iam_action: str, body: bytes, params: dict) -> dict")
def add_boundary(original, service, iam_action, body, params):
    context = original(service, iam_action, body, params)
    if service != "iam":
        return context
    requested = iam_actions._query_param(params, "PermissionsBoundary")
    role = iam._roles.get(iam_actions._query_param(params, "RoleName")) or {}
    attached = role.get("PermissionsBoundary", "")
    return {**context, "iam:permissionsboundary": requested or attached}
