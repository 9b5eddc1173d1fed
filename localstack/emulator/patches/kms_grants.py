"""Gap: a grant of a KMS key is kept, but allows nothing."""

from ministack.core import iam_evaluator
from ministack.services import kms

from patches.replaces import replaces

SIGNATURE = (
    "(access_key_id: str, iam_action: str, service: str, region: str, resource_arn: str = '*',"
    " service_context: dict[str, typing.Any] | None = None)"
    " -> ministack.core.iam_evaluator.EvalResult | ministack.core.iam_evaluator.AuthError | None"
)


@replaces(iam_evaluator, "enforce", SIGNATURE)
def allow_by_grant(original, access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
    refusal = original(access_key_id, iam_action, service, region, resource_arn, service_context)
    if service != "kms" or getattr(refusal, "decision", "") != "ImplicitDeny":
        return refusal
    operation = iam_action.partition(":")[2]
    granted = any(admits(grant, refusal.principal_arn, resource_arn, operation, service_context or {}) for grant in kms._grants.values())
    return None if granted else refusal


def admits(grant: dict, principal: str, key_arn: str, operation: str, context: dict) -> bool:
    if grant["KeyId"] != key_arn or operation not in grant["Operations"]:
        return False
    given = {key.partition(":EncryptionContext:")[2]: value for key, value in context.items() if ":EncryptionContext:" in key}
    constraints = grant.get("Constraints") or {}
    equals, subset = constraints.get("EncryptionContextEquals"), constraints.get("EncryptionContextSubset") or {}
    within = (equals is None or equals == given) and subset.items() <= given.items()
    return within and iam_evaluator._principal_matches({"AWS": grant["GranteePrincipal"]}, principal)
