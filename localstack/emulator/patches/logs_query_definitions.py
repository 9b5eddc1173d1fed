"""Gap: no saved CloudWatch Logs Insights queries (Put-, Describe- and DeleteQueryDefinition)."""

import time

from ministack.core.responses import AccountRegionScopedDict, error_response_json, json_response, new_uuid
from ministack.services import cloudwatch_logs

from patches.operations import adds_operations

_definitions = AccountRegionScopedDict()


def put(request: dict):
    definition_id = request.get("queryDefinitionId") or new_uuid()
    if request.get("queryDefinitionId") and definition_id not in _definitions:
        return not_found(definition_id)
    fields = {key: request[key] for key in ("name", "queryString", "logGroupNames", "queryLanguage") if key in request}
    _definitions[definition_id] = {
        "queryDefinitionId": definition_id,
        "lastModified": int(time.time() * 1000),
        "queryLanguage": "CWLI",
        **fields,
    }
    return json_response({"queryDefinitionId": definition_id})


def describe(request: dict):
    prefix = request.get("queryDefinitionNamePrefix") or ""
    found = [definition for definition in _definitions.values() if definition["name"].startswith(prefix)]
    return json_response({"queryDefinitions": found})


def delete(request: dict):
    definition_id = request.get("queryDefinitionId")
    if _definitions.pop(definition_id, None) is None:
        return not_found(definition_id)
    return json_response({"success": True})


def not_found(definition_id: str):
    return error_response_json("ResourceNotFoundException", f"There is no query definition {definition_id}.", 400)


OPERATIONS = {"PutQueryDefinition": put, "DescribeQueryDefinitions": describe, "DeleteQueryDefinition": delete}
adds_operations(__name__, cloudwatch_logs, OPERATIONS, _definitions)
