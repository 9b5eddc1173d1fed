"""Gap: a web ACL has no logging configuration (Put-, Get- and DeleteLoggingConfiguration)."""

from ministack.core.responses import AccountRegionScopedDict, error_response_json, json_response
from ministack.services import waf

from patches.operations import adds_operations

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
adds_operations(__name__, waf, OPERATIONS, _configurations)
