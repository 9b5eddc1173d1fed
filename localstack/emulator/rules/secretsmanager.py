"""Rules of Secrets Manager."""

import re
from typing import Any

from ministack.services import secretsmanager

from rules import refuses
from rules.policy_documents import invalid_principal, parsed, principals, statements

API = "https://docs.aws.amazon.com/secretsmanager/latest/apireference"


def secret_of(parameters: dict[str, Any]) -> dict[str, Any] | None:
    return secretsmanager._resolve(parameters.get("SecretId") or "")[1]


@refuses(
    "secretsmanager",
    "CreateSecret",
    code="ValidationException",
    source=f"{API}/API_CreateSecret.html (Name: letters, numbers and /_+=.@-)",
)
def secret_name_with_other_signs(parameters: dict) -> str | None:
    """A secret whose name has other characters than letters, numbers and /_+=.@-."""
    if re.fullmatch(r"[A-Za-z0-9/_+=.@!-]+", parameters["Name"]):
        return None
    return "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"


@refuses(
    "secretsmanager",
    "CreateSecret",
    code="InvalidRequestException",
    source=f"{API}/API_CreateSecret.html (Errors); {API}/API_DeleteSecret.html",
)
def name_of_a_dying_secret(parameters: dict) -> str | None:
    """A secret with the name of one that waits for its deletion."""
    if not (secretsmanager._secrets.get(parameters["Name"]) or {}).get("DeletedDate"):
        return None
    return "You can't create this secret because a secret with this name is already scheduled for deletion."


@refuses(
    "secretsmanager",
    *("CreateSecret", "PutSecretValue", "UpdateSecret"),
    code="InvalidParameterException",
    source=f"{API}/API_CreateSecret.html",
)
def two_values(parameters: dict) -> str | None:
    """A secret value that is both text and binary."""
    if not {"SecretString", "SecretBinary"} <= parameters.keys():
        return None
    return "You can't specify both a binary secret value and a string secret value in the same secret."


@refuses(
    "secretsmanager",
    "PutSecretValue",
    code="InvalidRequestException",
    source=f"{API}/API_PutSecretValue.html (SecretString or SecretBinary)",
)
def no_value(parameters: dict) -> str | None:
    """A new version of a secret without a value."""
    return None if {"SecretString", "SecretBinary"} & parameters.keys() else "You must provide either SecretString or SecretBinary."


_CHANGES = (
    *("PutResourcePolicy", "GetResourcePolicy", "DeleteResourcePolicy", "TagResource", "UntagResource"),
    *("RotateSecret", "PutSecretValue"),
)


@refuses("secretsmanager", *_CHANGES, code="InvalidRequestException", source=f"{API}/API_DeleteSecret.html")
def change_of_a_dying_secret(parameters: dict) -> str | None:
    """A change of a secret that waits for its deletion."""
    if not (secret_of(parameters) or {}).get("DeletedDate"):
        return None
    return "You can't perform this operation on the secret because it was marked for deletion."


@refuses(
    "secretsmanager",
    *("CreateSecret", "TagResource"),
    code="InvalidParameterException",
    source=f"{API}/API_TagResource.html (tag keys; 50 tags)",
)
def bad_tags(parameters: dict) -> str | None:
    """Tags of a secret that begin with aws:, or more than 50 of them."""
    keys = {each.get("Key", "") for each in parameters.get("Tags") or ()}
    if any(key.lower().startswith("aws:") for key in keys):
        return "Tag key cannot start with reserved prefix: aws:"
    kept = {each["Key"] for each in (secret_of(parameters) or {}).get("Tags", ())} if "SecretId" in parameters else set()
    return "A secret can have at most 50 tags." if len(keys | kept) > 50 else None


@refuses(
    "secretsmanager",
    "PutResourcePolicy",
    code="MalformedPolicyDocumentException",
    source=f"{API}/API_PutResourcePolicy.html (Errors: MalformedPolicyDocumentException)",
)
def malformed_resource_policy(parameters: dict) -> str | None:
    """A policy of a secret that is no JSON, has no principal, or one that does not exist."""
    document = parsed(parameters["ResourcePolicy"])
    if document is None or not statements(document):
        return "This resource policy contains invalid Json."
    if any(not list(principals(each)) for each in statements(document)):
        return "This resource policy contains a statement without a principal."
    return "This resource policy contains an unsupported principal." if invalid_principal(document) else None


@refuses(
    "secretsmanager",
    "PutResourcePolicy",
    code="PublicPolicyException",
    source=f"{API}/API_PutResourcePolicy.html (BlockPublicPolicy)",
)
def public_resource_policy(parameters: dict) -> str | None:
    """A policy of a secret that admits everybody, where public policies are blocked."""
    if not parameters.get("BlockPublicPolicy"):
        return None
    found = [each for each in statements(parsed(parameters["ResourcePolicy"]) or {}) if each.get("Effect") == "Allow"]
    public = any(("AWS", "*") in list(principals(each)) and not each.get("Condition") for each in found)
    return "This resource policy grants public access to your secrets." if public else None
