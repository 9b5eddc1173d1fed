"""What AWS refuses of images and their layers."""

import base64
import hashlib
import json
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import ecr

from rules import refuses
from rules.ecr import API, GUIDE, invalid, named


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
    return None if _manifest(parameters) else invalid("imageManifest", "Invalid JSON syntax")


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
    return f"Image with digest '{held['imageDigest']}' and tag '{parameters['imageTag']}' already exists in {named(parameters)}"


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
    return f"Images with digests '{missing}' required for pushing image into {named(parameters)} do not exist" if missing else None


@refuses("ecr", "DescribeImages", code="ImageNotFoundException", source=f"{API}/API_DescribeImages.html (Errors)")
def image_missing(parameters: dict[str, Any]) -> str | None:
    """An image that is not in the repository."""
    for each in parameters.get("imageIds") or []:
        if not ecr._find_image(parameters["repositoryName"], each):
            said = f"{{imageDigest:'{each.get('imageDigest', 'null')}', imageTag:'{each.get('imageTag', 'null')}'}}"
            return f"The image with imageId {said} does not exist within {named(parameters)}".replace(
                " in the registry", " in the registry"
            )
    return None


def _upload(parameters: dict[str, Any]) -> bytearray | None:
    return (ecr._uploads.get(parameters["repositoryName"]) or {}).get(parameters["uploadId"])


@refuses("ecr", "UploadLayerPart", "CompleteLayerUpload", code="UploadNotFoundException", source=f"{API}/API_UploadLayerPart.html (Errors)")
def no_upload(parameters: dict[str, Any]) -> str | None:
    """A part of an upload that was not begun, or is complete."""
    missing = f"Could not find layer upload with uploadId '{parameters['uploadId']}' in {named(parameters)}"
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
    return f"Layer with digest '{taken}' already exists in {named(parameters)}" if taken else None
