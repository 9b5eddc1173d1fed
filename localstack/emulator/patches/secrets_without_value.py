"""Gap: MiniStack gives a secret that is created without a value a version with the label AWSCURRENT. On AWS it has none."""

import json

from ministack.services import secretsmanager

from patches.replaces import replaces


@replaces(secretsmanager, "_create_secret", "(data)")
def create_without_version(original, data):
    status, headers, body = original(data)
    if status != 200 or "SecretString" in data or "SecretBinary" in data:
        return status, headers, body
    secretsmanager._secrets[data["Name"]]["Versions"] = {}
    answer = json.loads(body)
    answer.pop("VersionId", None)
    return status, headers, json.dumps(answer).encode()
