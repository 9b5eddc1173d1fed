"""Rules of KMS."""

import base64
from typing import Any

from ministack.core.iam_evaluator import caller_arn, evaluate_resource_policy, EvalContext
from ministack.core.responses import get_account_id, get_region
from ministack.services import kms

from rules import refuses
from rules.policy_documents import invalid_principal, parsed, principals, statements

API = "https://docs.aws.amazon.com/kms/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/kms/latest/developerguide"
STATES = f"{GUIDE}/key-state.html"

_CRYPTOGRAPHIC = (
    *("Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext"),
    *("Sign", "Verify", "GenerateMac", "VerifyMac", "CreateGrant"),
)
_ROTATION = ("EnableKeyRotation", "DisableKeyRotation")
# Operations that name one key, by id or ARN, and most of them by alias too.
_OF_A_KEY = (
    *_CRYPTOGRAPHIC,
    *_ROTATION,
    *("DescribeKey", "GetKeyPolicy", "PutKeyPolicy", "ListKeyPolicies", "GetKeyRotationStatus", "EnableKey", "DisableKey"),
    *("ScheduleKeyDeletion", "CancelKeyDeletion", "UpdateKeyDescription", "TagResource", "UntagResource", "ListResourceTags"),
    *("ListGrants", "RevokeGrant", "GetPublicKey"),
)


def key_of(parameters: dict[str, Any], name: str = "KeyId") -> dict[str, Any] | None:
    return kms._resolve_key(parameters.get(name) or "")


def _alias_arn(name: str) -> str:
    return f"arn:aws:kms:{get_region()}:{get_account_id()}:{name}"


def no_such_key(key_id: str) -> str:
    """KMS says of ids and of aliases in different words that they are not there."""
    resource = key_id.partition(":key/")[2] or key_id
    if "alias/" in key_id:
        return f"Alias {key_id if key_id.startswith('arn:') else _alias_arn(key_id)} is not found."
    return f"Key '{key_id if key_id.startswith('arn:') else _alias_arn(f'key/{resource}')}' does not exist"


@refuses("kms", *_OF_A_KEY, code="NotFoundException", source=f"{API}/API_DescribeKey.html (Errors)")
def key_that_is_not_there(parameters: dict) -> str | None:
    """An operation on a key or alias that does not exist in the account and region."""
    # An alias of AWS's own keys stands for a key that is there from its first use on.
    key_id = parameters.get("KeyId") or ""
    return None if not key_id or "alias/aws/" in key_id or key_of(parameters) else no_such_key(key_id)


@refuses("kms", "CreateAlias", "UpdateAlias", code="NotFoundException", source=f"{API}/API_CreateAlias.html (Errors)")
def alias_of_no_key(parameters: dict) -> str | None:
    """An alias for a key that does not exist."""
    return None if key_of(parameters, "TargetKeyId") else no_such_key(parameters["TargetKeyId"])


@refuses("kms", "UpdateAlias", "DeleteAlias", code="NotFoundException", source=f"{API}/API_UpdateAlias.html (Errors)")
def alias_that_is_not_there(parameters: dict) -> str | None:
    """A change or deletion of an alias that does not exist."""
    name = parameters["AliasName"]
    return None if _alias_arn(name) in kms._aliases else f"Alias {_alias_arn(name)} is not found."


@refuses("kms", "CreateAlias", code="AlreadyExistsException", source=f"{API}/API_CreateAlias.html (Errors)")
def alias_taken(parameters: dict) -> str | None:
    """An alias that exists already, for whatever key."""
    arn = _alias_arn(parameters["AliasName"])
    return f"An alias with the name {arn} already exists" if arn in kms._aliases else None


@refuses(
    "kms",
    *("CreateAlias", "UpdateAlias", "DeleteAlias"),
    code="NotAuthorizedException",
    source=f"{API}/API_CreateAlias.html (AliasName)",
)
def alias_of_aws(parameters: dict) -> str | None:
    """An alias that begins with alias/aws/, which AWS keeps for its own keys."""
    name = parameters["AliasName"]
    return f"{name} is reserved for AWS managed keys." if name.startswith("alias/aws/") else None


@refuses(
    "kms",
    *("CreateAlias", "UpdateAlias"),
    code="ValidationException",
    source=f"{API}/API_CreateAlias.html (TargetKeyId: key id or key ARN)",
)
def alias_of_an_alias(parameters: dict) -> str | None:
    """An alias that points to an alias."""
    return "Aliases must refer to keys. Not aliases" if "alias/" in parameters["TargetKeyId"] else None


@refuses("kms", "CreateAlias", code="LimitExceededException", source=f"{GUIDE}/resource-limits.html (aliases per key: 50)")
def fifty_first_alias(parameters: dict) -> str | None:
    """More than 50 aliases of a key."""
    key = key_of(parameters, "TargetKeyId") or {}
    many = sum(target == key.get("KeyId") for target in kms._aliases.values()) >= 50
    return f"Cannot create more than 50 aliases for KMS key {key['Arn']}" if many else None


# States


@refuses("kms", *_CRYPTOGRAPHIC, *_ROTATION, code="DisabledException", source=STATES)
def key_that_is_disabled(parameters: dict) -> str | None:
    """A use, a grant or a rotation of a key that is disabled."""
    key = key_of(parameters) or {}
    return f"{key['Arn']} is disabled." if key.get("KeyState") == "Disabled" else None


@refuses(
    "kms",
    *(*_CRYPTOGRAPHIC, *_ROTATION, "EnableKey", "DisableKey", "ScheduleKeyDeletion"),
    *("UpdateKeyDescription", "TagResource", "UntagResource"),
    code="KMSInvalidStateException",
    source=STATES,
)
def key_that_waits_for_its_deletion(parameters: dict) -> str | None:
    """A use or change of a key whose deletion is scheduled."""
    key = key_of(parameters) or {}
    return f"{key['Arn']} is pending deletion." if key.get("KeyState") == "PendingDeletion" else None


@refuses("kms", "CreateAlias", "UpdateAlias", code="KMSInvalidStateException", source=STATES)
def alias_of_a_dying_key(parameters: dict) -> str | None:
    """An alias for a key whose deletion is scheduled."""
    key = key_of(parameters, "TargetKeyId") or {}
    return f"{key['Arn']} is pending deletion." if key.get("KeyState") == "PendingDeletion" else None


@refuses("kms", "CancelKeyDeletion", code="KMSInvalidStateException", source=STATES)
def deletion_that_is_not_scheduled(parameters: dict) -> str | None:
    """A cancelled deletion of a key whose deletion is not scheduled."""
    key = key_of(parameters) or {}
    return None if key.get("KeyState") == "PendingDeletion" else f"{key.get('Arn')} is not pending deletion."


@refuses("kms", "EnableKeyRotation", code="UnsupportedOperationException", source=f"{API}/API_EnableKeyRotation.html")
def rotation_of_other_keys(parameters: dict) -> str | None:
    """An automatic rotation of an asymmetric key, an HMAC key, or a key with imported material."""
    key = key_of(parameters) or {}
    if key.get("KeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT" and key.get("Origin", "AWS_KMS") == "AWS_KMS":
        return None
    return f"Automatic key rotation is not supported for {key['Arn']}."


# Arguments


@refuses("kms", "Encrypt", code="ValidationException", source=f"{API}/API_Encrypt.html (Plaintext: up to 4096 bytes)")
def long_plaintext(parameters: dict) -> str | None:
    """A direct encryption of more than 4096 bytes."""
    plain = parameters["Plaintext"]
    if len(base64.b64decode(plain) if isinstance(plain, str) else plain) <= 4096:
        return None
    return (
        "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: "
        "Member must have length less than or equal to 4096"
    )


@refuses(
    "kms",
    *("GenerateDataKey", "GenerateDataKeyWithoutPlaintext"),
    code="ValidationException",
    source=f"{API}/API_GenerateDataKey.html",
)
def data_key_of_no_size(parameters: dict) -> str | None:
    """A data key with both a spec and a number of bytes, or with neither."""
    return None if ("KeySpec" in parameters) != ("NumberOfBytes" in parameters) else "Please specify either number of bytes or key spec."


_USAGES = {
    "SYMMETRIC": ("ENCRYPT_DECRYPT",),
    "HMAC": ("GENERATE_VERIFY_MAC",),
    "RSA": ("ENCRYPT_DECRYPT", "SIGN_VERIFY"),
    "ECC_NIST_P": ("SIGN_VERIFY", "KEY_AGREEMENT"),
    "ECC": ("SIGN_VERIFY",),
    "ML": ("SIGN_VERIFY",),
}


@refuses("kms", "CreateKey", code="ValidationException", source=f"{API}/API_CreateKey.html (KeyUsage)")
def usage_that_the_key_does_not_have(parameters: dict) -> str | None:
    """A key whose usage does not fit its spec, or an asymmetric key without a usage."""
    spec = parameters.get("KeySpec") or parameters.get("CustomerMasterKeySpec") or "SYMMETRIC_DEFAULT"
    usages = next((usages for start, usages in _USAGES.items() if spec.startswith(start)), None)
    usage = parameters.get("KeyUsage")
    if usages is None or usage in usages or (usage is None and spec == "SYMMETRIC_DEFAULT"):
        return None
    if usage is None:
        return "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys."
    return f"KeyUsage {usage} is not compatible with KeySpec {spec}"


@refuses("kms", "CreateKey", "TagResource", code="TagException", source=f"{API}/API_TagResource.html (Errors; tag keys)")
def bad_tags(parameters: dict) -> str | None:
    """Tags of a key that begin with aws:, or of which two have one name."""
    names = [each.get("TagKey", "") for each in parameters.get("Tags") or ()]
    if any(name.lower().startswith("aws:") for name in names):
        return "Tags beginning with aws: are reserved"
    return "Duplicate tag keys" if len(set(names)) < len(names) else None


# Key policies


def _policy(parameters: dict[str, Any]) -> dict[str, Any] | None:
    return parsed(parameters["Policy"]) if parameters.get("Policy") else None


@refuses("kms", "CreateKey", "PutKeyPolicy", code="MalformedPolicyDocumentException", source=f"{API}/API_CreateKey.html (Policy)")
def malformed_key_policy(parameters: dict) -> str | None:
    """A key policy that is no JSON, or has a statement without a principal."""
    if not parameters.get("Policy"):
        return None
    document = _policy(parameters)
    if document is None or not statements(document):
        return "Policy is not a valid JSON document"
    without = any(not list(principals(each)) for each in statements(document))
    return "Policy contains a statement with no principal." if without else None


@refuses("kms", "CreateKey", "PutKeyPolicy", code="LimitExceededException", source=f"{GUIDE}/resource-limits.html (key policy: 32 KB)")
def long_key_policy(parameters: dict) -> str | None:
    """A key policy of more than 32 kilobytes."""
    return "The key policy exceeds the limit of 32768 bytes." if len((parameters.get("Policy") or "").encode()) > 32768 else None


@refuses(
    "kms",
    *("CreateKey", "PutKeyPolicy"),
    code="MalformedPolicyDocumentException",
    source=f"{API}/API_PutKeyPolicy.html (Policy); https://github.com/awslabs/minimum-viable-dataspace-on-aws/issues/6",
)
def key_policy_for_nobody(parameters: dict) -> str | None:
    """A key policy for a role, user or service that does not exist."""
    found = invalid_principal(_policy(parameters) or {})
    return "Policy contains a statement with one or more invalid principals." if found else None


@refuses(
    "kms",
    *("CreateKey", "PutKeyPolicy"),
    code="MalformedPolicyDocumentException",
    source=f"{API}/API_PutKeyPolicy.html (lockout safety check); https://github.com/terraform-aws-modules/terraform-aws-kms/issues/14",
)
def key_policy_that_locks_out(parameters: dict) -> str | None:
    """A key policy under which its author could not change it again."""
    document = _policy(parameters)
    if document is None or parameters.get("BypassPolicyLockoutSafetyCheck"):
        return None
    context = EvalContext(caller_arn(), "", get_account_id(), "kms:PutKeyPolicy", "*", get_region())
    unconditional = [{**each, "Condition": {}} for each in statements(document) if each.get("Effect") == "Allow"]
    if evaluate_resource_policy({"Statement": unconditional}, context).decision == "Allow":
        return None
    return "The new key policy will not allow you to update the key policy in the future."
