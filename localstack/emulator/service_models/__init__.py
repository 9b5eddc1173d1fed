"""AWS's own descriptions of its APIs (the service models that botocore carries), as what the emulator holds requests against."""

from functools import cache

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel

from service_models.validation import Violation, violations

# MiniStack's names of the services that our stacks use, and botocore's.
MODELS = {
    "acm": "acm",
    "budgets": "budgets",
    "ec2": "ec2",
    "ecr": "ecr",
    "ecs": "ecs",
    "elasticloadbalancing": "elbv2",
    "events": "events",
    "iam": "iam",
    "kms": "kms",
    "logs": "logs",
    "monitoring": "cloudwatch",
    "route53": "route53",
    "s3": "s3",
    "secretsmanager": "secretsmanager",
    "sns": "sns",
    "sqs": "sqs",
    "ssm": "ssm",
    "sts": "sts",
    "tagging": "resourcegroupstaggingapi",
    "wafv2": "wafv2",
}


@cache
def model_of(service: str) -> ServiceModel | None:
    """The service model for MiniStack's name of a service; None for one that our stacks do not use."""
    name = MODELS.get(service)
    return ServiceModel(Loader().load_service_model(name, "service-2"), name) if name else None


# The code of an error that names a violated constraint. Services that are not here answer their protocol's common one.
_CODES = {
    "budgets": "InvalidParameterException",
    "ecr": "InvalidParameterException",
    "ecs": "InvalidParameterException",
    "logs": "InvalidParameterException",
    "route53": "InvalidInput",
    "s3": "InvalidArgument",
    "sqs": "InvalidAttributeName",
}
_COMMON = {"query": "ValidationError", "json": "ValidationException"}

# S3 takes values that its model does not list: the canned ACL log-delivery-write.
_OPEN_ENUMS = ("s3",)


def first_violation(model: ServiceModel, operation: OperationModel, parameters: dict) -> Violation | None:
    found = violations(operation.input_shape, parameters) if operation.input_shape else ()
    is_open = model.service_name in _OPEN_ENUMS
    return next((each for each in found if not (is_open and each.constraint == "enum")), None)


def code_of(operation: OperationModel, violation: Violation) -> str:
    """The error code that AWS answers for a violation of the model."""
    service = operation.service_model
    protocol = service.metadata["protocol"]
    if violation.constraint == "required" and (protocol == "ec2" or service.service_name == "sqs"):
        return "MissingParameter"
    if protocol == "ec2":
        return "InvalidParameterValue"
    return _CODES.get(service.service_name) or _COMMON.get(protocol, "ValidationError")


def message_of(operation: OperationModel, violation: Violation) -> str:
    """In the words of AWS's services."""
    if operation.service_model.metadata["protocol"] == "ec2" and violation.constraint == "required":
        return f"The request must contain the parameter {violation.name}"
    if operation.service_model.service_name == "sqs" and violation.constraint == "required":
        return f"The request must contain the parameter {violation.name[0].upper()}{violation.name[1:]}."
    value = "" if violation.value is None else f"Value '{violation.value}' at "
    return f"1 validation error detected: {value}'{violation.name}' failed to satisfy constraint: {violation.message}"
