"""Gap: CloudWatch's errors in CBOR and JSON, and some of SQS's, lack the header with the code that AWS's SDKs report."""

from ministack.core import iam_actions
from ministack.services import cloudwatch, sqs
from service_models import model_of

from patches.replaces import replaces

# https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
HEADER = "x-amzn-query-error"
_SHAPES = {shape.name: shape.metadata.get("error", {}).get("code", shape.name) for shape in model_of("monitoring").error_shapes}


def query_code(service: str, code: str) -> str:
    """The code of the query protocol for an error's name in the service model."""
    return (sqs._QUERY_COMPAT_CODES if service == "sqs" else _SHAPES).get(code, code)


@replaces(cloudwatch, "_error", "(code, message, status, use_json=False, use_cbor=False)")
def with_code_for_sdks(original, code, message, status, use_json=False, use_cbor=False):
    coded = query_code("monitoring", code)
    if not (use_json or use_cbor):
        return original(coded, message, status)
    status, headers, body = original(code, message, status, use_json, use_cbor)
    return status, {**headers, HEADER: f"{coded};{'Sender' if status < 500 else 'Receiver'}"}, body


@replaces(
    iam_actions,
    "access_denied_response",
    "(service: str, action: str, principal_arn: str, request_id: str, *, error_code: str = '', message: str = '', "
    "headers: dict | None = None, resource_arn: str = '*', explicit_deny: bool = False, resource_policy_arn: str = '') -> tuple",
)
def refused_with_code_for_sdks(original, service, action, principal_arn, request_id, **more):
    status, headers, body = original(service, action, principal_arn, request_id, **more)
    if service in ("monitoring", "sqs") and "xml" not in headers.get("Content-Type", ""):
        headers = {**headers, HEADER: f"{query_code(service, more.get('error_code') or 'AccessDenied')};Sender"}
    return status, headers, body
