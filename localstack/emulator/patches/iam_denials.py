"""Gap: a denial names the action and who asked, but not the resource that was asked for."""

from ministack.core import iam_actions

from patches.replaces import replaces

SIGNATURE = (
    "(service: str, action: str, principal_arn: str, request_id: str, *, error_code: str = '', message: str = '',"
    " headers: dict | None = None, resource_arn: str = '*', explicit_deny: bool = False, resource_policy_arn: str = '') -> tuple"
)
# These leave out that an action has no resource.
SILENT = ("ec2", "elasticloadbalancing", "s3", "autoscaling")


@replaces(iam_actions, "access_denied_response", SIGNATURE)
def name_resource(original, service, action, principal_arn, request_id, *, message="", resource_arn="*", **more):
    if not message and not more.get("error_code") and not more.get("resource_policy_arn"):
        message = words(service, action, principal_arn, resource_arn, more.get("explicit_deny", False))
    return original(service, action, principal_arn, request_id, message=message, resource_arn=resource_arn, **more)


def words(service: str, action: str, principal: str, resource: str, explicit: bool) -> str:
    found = iam_actions.identity_denial_message(action, principal, f'"{resource}"' if service == "s3" else resource, explicit)
    if resource == "*" and service in SILENT:
        found = found.replace(' on resource: "*"', "").replace(" on resource: *", "")
    return f"You are not authorized to perform this operation. {found}" if service == "ec2" else found
