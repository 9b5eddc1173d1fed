"""Gap: APIs that are emulated elsewhere cannot ask IAM. What refuses a caller an action is answered at /_ministack/authorization, as JSON."""

import json
from urllib.parse import parse_qs

from ministack import app
from ministack.core import iam_evaluator
from ministack.core.iam_actions import identity_denial_message
from ministack.core.responses import set_request_account_id, set_request_region

from patches.replaces import replaces

PATH = "/_ministack/authorization"


def refusal(key: str, region: str, action: str, resource: str, context: dict[str, str]) -> str | None:
    """In AWS's words; None where the caller may, or where IAM is not enforced."""
    if not app.AUTH:
        return None
    set_request_account_id(key)
    set_request_region(region)
    found = iam_evaluator.enforce(key, action, action.partition(":")[0], region, resource, context)
    if isinstance(found, iam_evaluator.EvalResult):
        return identity_denial_message(action, found.principal_arn, resource, found.decision == "Deny")
    return found and found.message


@replaces(app, "app", "(scope, receive, send)")
async def answer_authorization(original, scope, receive, send):
    if scope["type"] != "http" or scope["path"] != PATH:
        await original(scope, receive, send)
        return
    query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()}
    asked = (query[name] for name in ("key", "region", "action", "resource"))
    answer = {"refusal": refusal(*asked, json.loads(query.get("context", "{}")))}
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
