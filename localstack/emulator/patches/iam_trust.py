"""Gap: the owner of an account can assume a role that trusts a service alone, because MiniStack's services call as the owner."""

from ministack.core import iam_evaluator

from patches.replaces import replaces
from rules.policy_documents import parsed, statements

SIGNATURE = "(trust_doc: str | dict, caller_arn: str, ctx: ministack.core.iam_evaluator.EvalContext | None = None) -> bool"


@replaces(iam_evaluator, "evaluate_trust_policy", SIGNATURE)
def without_services(original, trust_doc, caller_arn, ctx=None):
    document = parsed(trust_doc) if isinstance(trust_doc, str) else trust_doc
    if not document or not caller_arn.endswith(":root"):
        return original(trust_doc, caller_arn, ctx)
    return original({**document, "Statement": [no_service(each) for each in statements(document)]}, caller_arn, ctx)


def no_service(statement: dict) -> dict:
    principal = statement.get("Principal")
    if not isinstance(principal, dict):
        return statement
    return {**statement, "Principal": {kind: value for kind, value in principal.items() if kind != "Service"}}
