"""
Gap: a denial names the action and the caller, but not the resource; and errors of Route 53 have the form of S3's, in which AWS's SDK for
Go, and so Terraform, finds no code.
"""

import re

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
    status, headers, body = original(service, action, principal_arn, request_id, message=message, resource_arn=resource_arn, **more)
    return status, headers, enveloped(body) if service == "route53" else body


def enveloped(body: bytes) -> bytes:
    """https://docs.aws.amazon.com/Route53/latest/APIReference/requests-rest-responses.html"""
    error = re.search(rb"<Code>.*</Message>", body, re.DOTALL)
    request = re.search(rb"<RequestId>.*</RequestId>", body)
    if not error or not request:
        return body
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">'
        b"<Error><Type>Sender</Type>" + error[0] + b"</Error>" + request[0] + b"</ErrorResponse>"
    )


def words(service: str, action: str, principal: str, resource: str, explicit: bool) -> str:
    found = iam_actions.identity_denial_message(action, principal, f'"{resource}"' if service == "s3" else resource, explicit)
    if resource == "*" and service in SILENT:
        found = found.replace(' on resource: "*"', "").replace(" on resource: *", "")
    return f"You are not authorized to perform this operation. {found}" if service == "ec2" else found
