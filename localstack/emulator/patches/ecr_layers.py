"""Gap: ECR forgets the layers that its API uploads, so an image may be put whose layers are not there."""

import base64

from ministack.core.responses import json_response
from ministack.services import ecr

from patches.replaces import replaces


@replaces(ecr, "_initiate_layer_upload", "(data)")
def begin(original, data):
    status, headers, body = original(data)
    if status == 200:
        upload = ecr.json.loads(body)["uploadId"]
        ecr._uploads.setdefault(data["repositoryName"], {})[upload] = bytearray()
    return status, headers, body


@replaces(ecr, "_upload_layer_part", "(data)")
def append(original, data):
    upload = ecr._uploads[data["repositoryName"]][data["uploadId"]]
    upload.extend(base64.b64decode(data["layerPartBlob"]))
    answer = {"registryId": ecr._registry_id(), "repositoryName": data["repositoryName"], "uploadId": data["uploadId"]}
    return json_response({**answer, "lastByteReceived": len(upload) - 1})


@replaces(ecr, "_complete_layer_upload", "(data)")
def complete(original, data):
    content = bytes(ecr._uploads[data["repositoryName"]].pop(data["uploadId"]))
    ecr._layer_blobs.setdefault(data["repositoryName"], {})[data["layerDigests"][0]] = content
    return original(data)


@replaces(ecr, "_batch_check_layer_availability", "(data)")
def tell_availability(original, data):
    layers = ecr._layer_blobs.get(data["repositoryName"], {})
    told = [
        {"layerDigest": digest, "layerAvailability": "AVAILABLE", "layerSize": len(layers[digest])}
        if digest in layers
        else {"layerDigest": digest, "layerAvailability": "UNAVAILABLE"}
        for digest in data["layerDigests"]
    ]
    return json_response({"layers": told, "failures": []})


@replaces(ecr, "_delete_repository", "(data)")
def forget(original, data):
    answer = original(data)
    if answer[0] == 200:
        for store in (ecr._layer_blobs, ecr._manifest_blobs, ecr._uploads):
            store.pop(data["repositoryName"], None)
    return answer
