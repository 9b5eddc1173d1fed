"""What AWS refuses of container repositories, their images and policies."""

import json
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import ecr, iam, kms

from rules import refuses

API = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/AmazonECR/latest/userguide"
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/blob/main/docs/rules.md"
TAGS = 50

OF_A_REPOSITORY = (
    *("DeleteRepository", "PutLifecyclePolicy", "GetLifecyclePolicy", "DeleteLifecyclePolicy", "SetRepositoryPolicy"),
    *("GetRepositoryPolicy", "DeleteRepositoryPolicy", "PutImageTagMutability", "PutImageScanningConfiguration", "PutImage"),
    *("ListImages", "DescribeImages", "BatchGetImage", "BatchDeleteImage", "InitiateLayerUpload", "UploadLayerPart"),
    *("CompleteLayerUpload", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer"),
)


def named(parameters: dict[str, Any]) -> str:
    return f"the repository with name '{parameters['repositoryName']}' in the registry with id '{get_account_id()}'"


@refuses("ecr", *OF_A_REPOSITORY, code="RepositoryNotFoundException", source=f"{API}/API_PutLifecyclePolicy.html (Errors)")
def no_repository(parameters: dict[str, Any]) -> str | None:
    """A repository that does not exist."""
    name = parameters["repositoryName"]
    there = f"The repository with name '{name}' does not exist in the registry with id '{get_account_id()}'"
    return None if name in ecr._repositories else there


@refuses("ecr", "CreateRepository", code="RepositoryAlreadyExistsException", source=f"{API}/API_CreateRepository.html (Errors)")
def repository_taken(parameters: dict[str, Any]) -> str | None:
    """A repository under a name that is taken in the account and region."""
    name = parameters["repositoryName"]
    taken = f"The repository with name '{name}' already exists in the registry with id '{get_account_id()}'"
    return taken if name in ecr._repositories else None


@refuses("ecr", "DeleteRepository", code="RepositoryNotEmptyException", source=f"{API}/API_DeleteRepository.html (force)")
def repository_with_images(parameters: dict[str, Any]) -> str | None:
    """A repository deleted with images in it, and without force."""
    name = parameters["repositoryName"]
    full = f"The repository with name '{name}' in registry with id '{get_account_id()}' cannot be deleted because it still contains images"
    return full if ecr._images.get(name) and not parameters.get("force") else None


@refuses("ecr", "CreateRepository", code="InvalidParameterException", source=f"{API}/API_EncryptionConfiguration.html; {REPORTS}")
def key_without_kms(parameters: dict[str, Any]) -> str | None:
    """A KMS key of a repository whose encryption is not KMS."""
    encryption = parameters.get("encryptionConfiguration") or {}
    unused = encryption.get("kmsKey") and encryption.get("encryptionType") == "AES256"
    return "Invalid encryption configuration: Encryption key should not be set for AES256 encryption." if unused else None


@refuses("ecr", "CreateRepository", code="KmsException", source=f"{API}/API_CreateRepository.html (Errors: KmsException); {REPORTS}")
def key_unusable(parameters: dict[str, Any]) -> str | None:
    """A KMS key that does not exist, is of another region, is disabled or waits for its deletion."""
    named = (parameters.get("encryptionConfiguration") or {}).get("kmsKey")
    if not named:
        return None
    parts = named.split(":")
    if len(parts) > 5 and parts[3] != get_region():
        return f"Invalid arn {parts[3]}"
    if len(parts) > 5 and parts[4] != get_account_id():
        return None
    found = kms._resolve_key(named)
    if not found:
        return f"Key '{named}' does not exist"
    state = {"Disabled": "is disabled", "PendingDeletion": "is pending deletion"}.get(found["KeyState"])
    return f"{found['Arn']} {state}." if state else None


@refuses(
    "ecr",
    "CreateRepository",
    "PutImageTagMutability",
    code="InvalidParameterException",
    source=f"{GUIDE}/image-tag-mutability.html; {REPORTS}",
)
def filters_of_mutability(parameters: dict[str, Any]) -> str | None:
    """Tags excepted from a mutability that has no exceptions, or a mutability with exceptions and none named."""
    kind = parameters.get("imageTagMutability") or "MUTABLE"
    filters = parameters.get("imageTagMutabilityExclusionFilters")
    if filters and not kind.endswith("_WITH_EXCLUSION"):
        return f"ImageTagMutabilityExclusionFilters are not allowed when imageTagMutability is set to {kind}"
    if kind.endswith("_WITH_EXCLUSION") and not filters:
        return f"ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set to {kind}"
    return None


@refuses(
    "ecr", "CreateRepository", "TagResource", code="InvalidTagParameterException", source=f"{GUIDE}/ecr-using-tags.html (restrictions)"
)
def reserved_tag(parameters: dict[str, Any]) -> str | None:
    """A tag whose key begins with aws:, which is reserved."""
    keys = [each.get("Key") or "" for each in parameters.get("tags") or []]
    return "Tag keys cannot start with the reserved prefix 'aws:'." if any(key.lower().startswith("aws:") for key in keys) else None


@refuses("ecr", "CreateRepository", "TagResource", code="TooManyTagsException", source=f"{API}/API_TagResource.html (Errors)")
def too_many_tags(parameters: dict[str, Any]) -> str | None:
    """More than 50 tags on a repository."""
    held = ecr._find_repo_by_arn(parameters.get("resourceArn", "")) or {}
    keys = {each["Key"] for each in [*held.get("tags", []), *(parameters.get("tags") or [])]}
    return f"The list of tags on the repository is over the limit: {TAGS}." if len(keys) > TAGS else None


def invalid(parameter: str, reason: str) -> str:
    return f"Invalid parameter at '{parameter}' failed to satisfy constraint: '{reason}'"


@refuses(
    "ecr",
    "SetRepositoryPolicy",
    code="InvalidParameterException",
    source=f"{GUIDE}/repository-policies.html; https://github.com/aws/aws-cdk/issues/14818",
)
def repository_policy(parameters: dict[str, Any]) -> str | None:
    """A repository policy that is no JSON, or whose statement lacks effect, principal or action, has a resource, or names a role or user
    that is not there."""
    try:
        document = json.loads(parameters["policyText"])
        statements = document["Statement"]
        every = statements if isinstance(statements, list) else [statements]
        sound = bool(every) and all(_is_sound(each) for each in every)
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    return None if sound else invalid("PolicyText", "Invalid repository policy provided")


def _is_sound(statement: dict[str, Any]) -> bool:
    named = "Principal" in statement or "NotPrincipal" in statement
    acts = "Action" in statement or "NotAction" in statement
    no_resource = "Resource" not in statement and "NotResource" not in statement
    there = all(_is_there(each) for each in _principals(statement.get("Principal")))
    return statement.get("Effect") in ("Allow", "Deny") and named and acts and no_resource and there


def _principals(principal: Any) -> list[str]:
    named = principal.get("AWS", []) if isinstance(principal, dict) else []
    return named if isinstance(named, list) else [named]


def _is_there(principal: str) -> bool:
    """Whether a role or user exists; of anything else nothing is known here."""
    parts = principal.split(":")
    if len(parts) < 6 or parts[2] != "iam":
        return True
    kind, _, path = parts[5].partition("/")
    store = {"role": iam._roles, "user": iam._users}.get(kind)
    name = path.rsplit("/", 1)[-1]
    return store is None or any(key[0] == parts[4] and key[-1] == name for key in store._data)


@refuses(
    "ecr",
    "GetLifecyclePolicy",
    "DeleteLifecyclePolicy",
    code="LifecyclePolicyNotFoundException",
    source=f"{API}/API_GetLifecyclePolicy.html (Errors)",
)
def no_lifecycle_policy(parameters: dict[str, Any]) -> str | None:
    """The lifecycle policy of a repository without one."""
    return None if parameters["repositoryName"] in ecr._lifecycle_policies else f"Lifecycle policy does not exist for {named(parameters)}"


@refuses(
    "ecr",
    "GetRepositoryPolicy",
    "DeleteRepositoryPolicy",
    code="RepositoryPolicyNotFoundException",
    source=f"{API}/API_GetRepositoryPolicy.html (Errors)",
)
def no_repository_policy(parameters: dict[str, Any]) -> str | None:
    """The policy of a repository without one."""
    return None if parameters["repositoryName"] in ecr._repo_policies else f"Repository policy does not exist for {named(parameters)}"
