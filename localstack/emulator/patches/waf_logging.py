"""Gap: a web ACL has no logging configuration (Put-, Get- and DeleteLoggingConfiguration)."""

import json

from ministack.core.responses import AccountRegionScopedDict, error_response_json, json_response
from ministack.services import waf

from patches.replaces import replaces

_configurations = AccountRegionScopedDict()


def put(request: dict):
    configuration = request["LoggingConfiguration"]
    _configurations[configuration["ResourceArn"]] = configuration
    return json_response({"LoggingConfiguration": configuration})


def get(request: dict):
    configuration = _configurations.get(request["ResourceArn"])
    return json_response({"LoggingConfiguration": configuration}) if configuration else not_found()


def delete(request: dict):
    return json_response({}) if _configurations.pop(request["ResourceArn"], None) else not_found()


def not_found():
    return error_response_json("WAFNonexistentItemException", "The web ACL has no logging configuration.", 400)


OPERATIONS = {"PutLoggingConfiguration": put, "GetLoggingConfiguration": get, "DeleteLoggingConfiguration": delete}


@replaces(waf, "handle_request", "(method, path, headers, body, query_params)")
async def answer_logging_configurations(original, method, path, headers, body, query_params):
    operation = OPERATIONS.get(headers.get("x-amz-target", "").rpartition(".")[2])
    if operation:
        return operation(json.loads(body or "{}"))
    return await original(method, path, headers, body, query_params)


@replaces(waf, "reset", "()")
def forget_logging_configurations(original):
    original()
    _configurations.clear()
