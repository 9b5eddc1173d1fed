"""What AWS refuses of container repositories, their images and policies."""

import base64
import hashlib
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


def _named(parameters: dict[str, Any]) -> str:
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


def _invalid(parameter: str, reason: str) -> str:
    return f"Invalid parameter at '{parameter}' failed to satisfy constraint: '{reason}'"


@refuses(
    "ecr",
    "SetRepositoryPolicy",
    code="InvalidParameterException",
    source=f"{GUIDE}/repository-policies.html; https://github.com/awsdocs/amazon-ecr-user-guide/pull/20; https://github.com/aws/aws-cdk/issues/14818",
)
def repository_policy(parameters: dict[str, Any]) -> str | None:
    """A repository policy that is no JSON, has a statement without effect, principal or action, has a resource, or names a role or user that is not there."""
    try:
        document = json.loads(parameters["policyText"])
        statements = document["Statement"]
        every = statements if isinstance(statements, list) else [statements]
        sound = bool(every) and all(_is_sound(each) for each in every)
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    return None if sound else _invalid("PolicyText", "Invalid repository policy provided")


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


def _manifest(parameters: dict[str, Any]) -> dict[str, Any]:
    try:
        found = json.loads(parameters["imageManifest"])
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def _digest(parameters: dict[str, Any]) -> str:
    return ecr._image_digest(parameters["imageManifest"])


def _holding(parameters: dict[str, Any]) -> dict[str, Any] | None:
    """The image that has the tag of the request."""
    images = ecr._images.get(parameters["repositoryName"]) or []
    return next((each for each in images if parameters.get("imageTag") in (each.get("imageTags") or [])), None)


@refuses("ecr", "PutImage", code="InvalidParameterException", source=f"{API}/API_PutImage.html (imageManifest)")
def manifest_unreadable(parameters: dict[str, Any]) -> str | None:
    """An image manifest that is no JSON document."""
    return None if _manifest(parameters) else _invalid("imageManifest", "Invalid JSON syntax")


@refuses("ecr", "PutImage", code="ImageDigestDoesNotMatchException", source=f"{API}/API_PutImage.html (Errors)")
def other_digest(parameters: dict[str, Any]) -> str | None:
    """An image under a digest that its manifest does not have."""
    said, found = parameters.get("imageDigest"), _digest(parameters)
    return f"Image digest '{said}' does not match expected value '{found}'" if said and said != found else None


@refuses("ecr", "PutImage", code="ImageAlreadyExistsException", source=f"{API}/API_PutImage.html (Errors)")
def same_image_again(parameters: dict[str, Any]) -> str | None:
    """The same manifest under the same tag again."""
    held = _holding(parameters) if parameters.get("imageTag") else None
    if not held or held["imageDigest"] != _digest(parameters):
        return None
    return f"Image with digest '{held['imageDigest']}' and tag '{parameters['imageTag']}' already exists in {_named(parameters)}"


@refuses("ecr", "PutImage", code="ImageTagAlreadyExistsException", source=f"{GUIDE}/image-tag-mutability.html")
def immutable_tag(parameters: dict[str, Any]) -> str | None:
    """Another image under a tag that is taken, in a repository whose tags are immutable."""
    name, tag = parameters["repositoryName"], parameters.get("imageTag")
    immutable = ecr._repositories[name].get("imageTagMutability") == "IMMUTABLE"
    taken = (
        f"The image tag '{tag}' already exists in the '{name}' repository and cannot be overwritten because the repository is immutable."
    )
    return taken if immutable and tag and _holding(parameters) else None


@refuses("ecr", "PutImage", code="LayersNotFoundException", source=f"{API}/API_PutImage.html (Errors)")
def layers_missing(parameters: dict[str, Any]) -> str | None:
    """An image whose layers or configuration were not uploaded to its repository before."""
    manifest = _manifest(parameters)
    there = ecr._layer_blobs.get(parameters["repositoryName"]) or {}
    named = [each.get("digest") for each in [manifest.get("config") or {}, *(manifest.get("layers") or [])]]
    missing = [digest for digest in named if digest and digest not in there]
    return (
        f"Layers with digests '{missing}' required for pushing image into repository with name '{parameters['repositoryName']}' "
        f"in the registry with id '{get_account_id()}' do not exist"
        if missing
        else None
    )


@refuses("ecr", "PutImage", code="ReferencedImagesNotFoundException", source=f"{API}/API_PutImage.html (Errors)")
def images_missing(parameters: dict[str, Any]) -> str | None:
    """A list of images of which one is not in the repository."""
    there = [each["imageDigest"] for each in ecr._images.get(parameters["repositoryName"]) or []]
    missing = [each.get("digest") for each in _manifest(parameters).get("manifests") or [] if each.get("digest") not in there]
    return f"Images with digests '{missing}' required for pushing image into {_named(parameters)} do not exist" if missing else None


@refuses("ecr", "DescribeImages", code="ImageNotFoundException", source=f"{API}/API_DescribeImages.html (Errors)")
def image_missing(parameters: dict[str, Any]) -> str | None:
    """An image that is not in the repository."""
    for each in parameters.get("imageIds") or []:
        if not ecr._find_image(parameters["repositoryName"], each):
            said = f"{{imageDigest:'{each.get('imageDigest', 'null')}', imageTag:'{each.get('imageTag', 'null')}'}}"
            return f"The image with imageId {said} does not exist within {_named(parameters)}".replace(
                " in the registry", " in the registry"
            )
    return None


def _upload(parameters: dict[str, Any]) -> bytearray | None:
    return (ecr._uploads.get(parameters["repositoryName"]) or {}).get(parameters["uploadId"])


@refuses("ecr", "UploadLayerPart", "CompleteLayerUpload", code="UploadNotFoundException", source=f"{API}/API_UploadLayerPart.html (Errors)")
def no_upload(parameters: dict[str, Any]) -> str | None:
    """A part of an upload that was not begun, or is complete."""
    missing = f"Could not find layer upload with uploadId '{parameters['uploadId']}' in {_named(parameters)}"
    return missing if _upload(parameters) is None else None


@refuses("ecr", "UploadLayerPart", code="InvalidLayerPartException", source=f"{API}/API_UploadLayerPart.html (Errors)")
def part_out_of_order(parameters: dict[str, Any]) -> str | None:
    """A part that does not begin where the one before it ended, or is not as long as it says."""
    first, last = parameters["partFirstByte"], parameters["partLastByte"]
    length = len(base64.b64decode(parameters["layerPartBlob"]))
    fits = first == len(_upload(parameters) or b"") and last - first + 1 == length
    return None if fits else f"The layer part {first}-{last} of {length} bytes does not follow the bytes received before it"


@refuses("ecr", "CompleteLayerUpload", code="InvalidLayerException", source=f"{API}/API_CompleteLayerUpload.html (Errors)")
def other_layer_digest(parameters: dict[str, Any]) -> str | None:
    """An upload completed under a digest that its bytes do not have."""
    found = f"sha256:{hashlib.sha256(_upload(parameters) or b'').hexdigest()}"
    return None if found in parameters["layerDigests"] else f"Layer digests '{parameters['layerDigests']}' do not match '{found}'"


@refuses("ecr", "CompleteLayerUpload", code="LayerAlreadyExistsException", source=f"{API}/API_CompleteLayerUpload.html (Errors)")
def layer_again(parameters: dict[str, Any]) -> str | None:
    """A layer that is in the repository."""
    there = ecr._layer_blobs.get(parameters["repositoryName"]) or {}
    taken = next((digest for digest in parameters["layerDigests"] if digest in there), None)
    return f"Layer with digest '{taken}' already exists in {_named(parameters)}" if taken else None


@refuses(
    "ecr",
    "GetLifecyclePolicy",
    "DeleteLifecyclePolicy",
    code="LifecyclePolicyNotFoundException",
    source=f"{API}/API_GetLifecyclePolicy.html (Errors)",
)
def no_lifecycle_policy(parameters: dict[str, Any]) -> str | None:
    """The lifecycle policy of a repository without one."""
    return None if parameters["repositoryName"] in ecr._lifecycle_policies else f"Lifecycle policy does not exist for {_named(parameters)}"


@refuses(
    "ecr",
    "GetRepositoryPolicy",
    "DeleteRepositoryPolicy",
    code="RepositoryPolicyNotFoundException",
    source=f"{API}/API_GetRepositoryPolicy.html (Errors)",
)
def no_repository_policy(parameters: dict[str, Any]) -> str | None:
    """The policy of a repository without one."""
    return None if parameters["repositoryName"] in ecr._repo_policies else f"Repository policy does not exist for {_named(parameters)}"
