"""What CloudWatch Logs refuses."""

import re
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch_logs, firehose, kinesis, kms, lambda_svc

from rules import refuses
from rules.documents import arn_of, is_policy
from rules.key_policies import admits, source
from rules.logs_patterns import SYNTAX, is_delimited_pattern, is_json_pattern, wrong_in

API = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference"
# Reports of AWS's answers, each from a deployment.
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/logs"
KMS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"
QUOTAS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html"
ON_KEYS = ("CreateLogGroup", "AssociateKmsKey")
ON_FILTERS = ("PutMetricFilter", "PutSubscriptionFilter")
# Where log events can be sent to, and the names of what is there.
DESTINATIONS = {"lambda": lambda_svc._functions, "kinesis": kinesis._streams, "firehose": firehose._streams, "logs": None}


def refused(operations: str | tuple[str, ...], where: str, code: str = "InvalidParameterException"):
    names = (operations,) if isinstance(operations, str) else operations
    return refuses("logs", *names, code=code, source=where)


@refused("CreateLogGroup", f"{API}/API_CreateLogGroup.html (names can't start with aws/); public reports of the message")
def reserved_name(group: dict) -> str | None:
    """A log group whose name begins with aws/."""
    return "Log groups starting with AWS/ are reserved for AWS." if group["logGroupName"].lower().startswith("aws/") else None


@refused(ON_KEYS, "https://github.com/hashicorp/terraform/issues/24194; https://github.com/hashicorp/terraform-provider-aws/issues/2605")
def key_by_arn(group: dict) -> str | None:
    """A log group on a key that is given by its id or an alias, in place of its ARN."""
    key = group.get("kmsKeyId")
    return f"The specified KMS Key Id could not be found. '{group.get('logGroupName', '')}'" if key and arn_of(key) is None else None


@refused(ON_KEYS, f"{API}/API_CreateLogGroup.html (the KMS key is disabled; only symmetric KMS keys)")
def usable_key(group: dict) -> str | None:
    """A log group on a key that is disabled, is going to be deleted or is not symmetric."""
    key = kms._resolve_key(group.get("kmsKeyId") or "")
    if key is None or (key.get("KeyState", "Enabled") == "Enabled" and key.get("KeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT"):
        return None
    return "The specified KMS key must be a symmetric key, and enabled"


@refused(ON_KEYS, f"https://github.com/hashicorp/terraform-provider-aws/issues/29282; {KMS}", code="AccessDeniedException")
def key_admits_logs(group: dict) -> str | None:
    """A log group on a key that does not exist, or whose policy does not let CloudWatch Logs of the region use it for this group."""
    if not group.get("kmsKeyId"):
        return None
    arn = group.get("resourceIdentifier") or f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{group.get('logGroupName', '')}"
    context = {"kms:EncryptionContext:aws:logs:arn": arn, **source(arn)}
    if admits(group["kmsKeyId"], f"logs.{get_region()}.amazonaws.com", ("GenerateDataKey",), context):
        return None
    return f"The specified KMS key does not exist or is not allowed to be used with Arn '{arn}'"


# Filters.


def transformation(metric_filter: dict[str, Any]) -> dict[str, Any]:
    return next(iter(metric_filter.get("metricTransformations") or []), {})


@refused(ON_FILTERS, f"{SYNTAX}; {REPORTS}/pf-logs-filter-pattern-bracket; https://github.com/hashicorp/terraform-provider-aws/issues/2945")
def readable_pattern(of_filter: dict) -> str | None:
    """A filter pattern that cannot be read: an open bracket, text in single quotes, or signs other than letters outside of quotes."""
    return wrong_in(of_filter["filterPattern"])


@refused("PutMetricFilter", f"{REPORTS}/pf-logs-metric-dimensions-default-exclusive")
def dimensions_or_default(metric_filter: dict) -> str | None:
    """A metric transformation with both dimensions and a default value."""
    both = transformation(metric_filter).get("dimensions") and transformation(metric_filter).get("defaultValue") is not None
    return "Invalid metric transformation: dimensions and default value are mutually exclusive properties" if both else None


@refused("PutMetricFilter", "https://github.com/hashicorp/terraform-provider-aws/issues/22105")
def pattern_with_fields(metric_filter: dict) -> str | None:
    """Dimensions with a pattern that has no fields: neither JSON nor delimited by spaces."""
    pattern = metric_filter["filterPattern"]
    has_fields = is_json_pattern(pattern) or is_delimited_pattern(pattern)
    wrong = transformation(metric_filter).get("dimensions") and not has_fields
    return "The specified filter pattern does not support dimensions" if wrong else None


@refused("PutMetricFilter", f"{REPORTS}/pf-logs-metric-dimension-selector")
def dimension_is_field(metric_filter: dict) -> str | None:
    """A dimension whose value is no field of the event, such as $.route."""
    wrong = any(not str(value).startswith("$") for value in (transformation(metric_filter).get("dimensions") or {}).values())
    return "Invalid metric transformation: dimension value must be valid selector" if wrong else None


@refused("PutMetricFilter", f"{API}/API_MetricTransformation.html (dimensions: as many as three)")
def few_dimensions(metric_filter: dict) -> str | None:
    """More than three dimensions in a metric transformation."""
    wrong = len(transformation(metric_filter).get("dimensions") or {}) > 3
    return "Invalid metric transformation: a metric filter can include at most 3 dimensions" if wrong else None


@refused("PutMetricFilter", f"{API}/API_MetricTransformation.html (metricValue)")
def value_is_number(metric_filter: dict) -> str | None:
    """A metric value that is neither a number nor a field of the event."""
    value = transformation(metric_filter).get("metricValue", "")
    wrong = not value.startswith("$") and not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", value)
    return f"Invalid metric transformation: metric value {value} must be a valid number" if wrong else None


@refused("PutMetricFilter", f"{REPORTS}/pf-logs-metric-namespace-reserved")
def own_namespace(metric_filter: dict) -> str | None:
    """A metric filter that writes to a namespace of AWS."""
    wrong = transformation(metric_filter).get("metricNamespace", "").startswith("AWS/")
    return "Metric namespaces starting with AWS/ are reserved for AWS." if wrong else None


@refused(ON_FILTERS, f"{REPORTS}/pf-logs-infrequent-access-metric-filter", code="ValidationException")
def standard_class(of_filter: dict) -> str | None:
    """A metric or subscription filter on a log group of another class than Standard."""
    group = cloudwatch_logs._log_groups.get(of_filter["logGroupName"]) or {}
    wrong = group.get("logGroupClass", "STANDARD") != "STANDARD"
    return "This operation is only supported on the Standard log class." if wrong else None


@refused(ON_FILTERS, f"{QUOTAS}; localstack/localstack tests/aws/services/logs (answers of AWS)", code="LimitExceededException")
def few_filters(of_filter: dict) -> str | None:
    """More than 100 metric filters, or more than two subscription filters, on a log group."""
    group, name = of_filter["logGroupName"], of_filter["filterName"]
    if "destinationArn" in of_filter:
        names, most = (cloudwatch_logs._log_groups.get(group) or {}).get("subscriptionFilters", {}), 2
    else:
        names, most = [filter_name for of, filter_name in cloudwatch_logs._metric_filters if of == group], 100
    return "Resource limit exceeded." if name not in names and len(names) >= most else None


# Subscriptions.


@refused("PutSubscriptionFilter", f"{REPORTS}/pf-logs-subscription-destination-vendor")
def destination_service(subscription: dict) -> str | None:
    """A destination of log events of a service that takes none."""
    arn = arn_of(subscription["destinationArn"])
    if arn is None:
        return "Invalid destinationArn"
    wrong = arn.service not in DESTINATIONS
    return f"PutSubscriptionFilter operation cannot work with destinationArn for vendor {arn.service}" if wrong else None


@refused("PutSubscriptionFilter", f"{REPORTS}/pf-logs-subscription-kinesis-role, pf-logs-subscription-lambda-no-role")
def role_of_destination(subscription: dict) -> str | None:
    """A stream as destination without a role, or a function with one."""
    service = arn_of(subscription["destinationArn"]).service
    if service in ("kinesis", "firehose") and not subscription.get("roleArn"):
        return f"destinationArn for vendor {service} cannot be used without roleArn"
    wrong = service == "lambda" and subscription.get("roleArn")
    return "destinationArn for vendor lambda cannot be used with roleArn" if wrong else None


@refused("PutSubscriptionFilter", "localstack/localstack tests/aws/services/logs (an answer of AWS)", code="AccessDeniedException")
def own_function(subscription: dict) -> str | None:
    """A function of another account as destination."""
    arn = arn_of(subscription["destinationArn"])
    wrong = arn.service == "lambda" and arn.account_id != get_account_id()
    words = "You must use DestinationPolicies to create cross account lambda triggers."
    return f"Cross-account lambda invocation passing is not allowed. {words}" if wrong else None


@refused("PutSubscriptionFilter", "hashicorp/terraform-provider-aws internal/service/logs/subscription_filter.go")
def destination_exists(subscription: dict) -> str | None:
    """A function or a stream as destination that does not exist."""
    arn = arn_of(subscription["destinationArn"])
    store, name = DESTINATIONS[arn.service], re.split(r"[:/]", arn.resource)[1]
    if store is None or name in store:
        return None
    if arn.service == "lambda":
        return "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function."
    kind = arn.service.capitalize()
    return f"Could not deliver test message to specified {kind} stream. Check if the given {kind} stream is in ACTIVE state."


@refused("PutResourcePolicy", f"{REPORTS}/pf-logs-resource-policy-json")
def policy_is_policy(resource_policy: dict) -> str | None:
    """A resource policy that is no policy in JSON, with statements."""
    document = resource_policy.get("policyDocument")
    words = "Please check if the accessPolicy has been constructed correctly using IAM grammar."
    return f"Error occurred while parsing accessPolicy. {words}" if document and not is_policy(document) else None


@refused("PutQueryDefinition", f"{REPORTS}/pf-logs-query-definition-log-groups-max")
def few_groups(definition: dict) -> str | None:
    """A saved query on more than 50 log groups."""
    return "Too many log groups specified" if len(definition.get("logGroupNames") or []) > 50 else None
